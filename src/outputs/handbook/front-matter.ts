// What stands before and after the parts of the book: cover, title page, approval, contents and colophon.

import { isUnconfirmed, known, type Unconfirmed } from '../../content/schema/schema.js';
import { type Html, html } from '../../core/html.js';
import { localeOf } from '../../core/language.js';
import { printedCode, type Stamp } from '../../document/declaration.js';
import { mark } from '../../document/words.js';
import { type BookContext, type Chapter, type Entry, numeral } from './context.js';
import { formPage, formsBehind } from './forms.js';
import { addressCell, factRow, factTable, heading, marked, textCell, textRow } from './tables.js';

export function cover(context: BookContext): Html {
  const { office, book } = context.handbook;
  const [year, month] = context.date.split('-').map(Number);
  const when =
    context.lang === 'zh'
      ? context.bookWord('republic', context.day(context.date).replace(/\d+日$/, ''))
      : new Intl.DateTimeFormat(localeOf(context.lang), { year: 'numeric', month: 'long', timeZone: 'UTC' }).format(
          Date.UTC(year ?? 0, (month ?? 1) - 1),
        );
  const approver = known(book.approval)?.approver;
  return context.template('handbook/cover.html', {
    logo: context.picture('logo'),
    parent: office.parent,
    office: office.name,
    title: book.title,
    subtitle: book.subtitle,
    draft: context.marks.length > 0 && stamps(context),
    edition: marked(book.edition ?? ''),
    approver: approver && marked(context.word('field', context.bookWord('approver'), approver)),
    date: when,
  });
}

/** 草案, 工作本: each with what may not be done with it. */
const stamps = (context: BookContext): Html =>
  html`${[...(context.draft ? ['draft'] : []), ...(context.workingCopy ? ['working-copy'] : [])].map(
    (key) =>
      html`<p class="stamp"><strong>${context.word(key)}</strong><span>${context.bookWord(`${key}-why`)}</span></p>`,
  )}`;

/** 書名頁: what the cover says, plainly, on the first right page. */
export function innerTitle(context: BookContext): Html {
  const { office, book } = context.handbook;
  return html`<section class="inner-title"><p class="inner-name">${book.title}</p>${
    book.subtitle && html`<p class="subtitle">${book.subtitle}</p>`
  }<p class="inner-edition">${marked(book.edition ?? '')}</p><p class="inner-office">${
    office.parent && html`<span class="cover-parent">${office.parent}</span>`
  }${office.name}${context.bookWord('made') !== '' && html`<span class="inner-made">${context.bookWord('made')}</span>`}</p></section>`;
}

export function approvalPage(context: BookContext): Html {
  const { office, book } = context.handbook;
  const approval = known(book.approval);
  const day = (value: string | Unconfirmed | undefined): Html | undefined =>
    value === undefined ? undefined : isUnconfirmed(value) ? mark(value) : html`${context.day(value)}`;
  return html`<section class="approval"><h1 class="front-title">${context.bookWord('approval-page')}</h1>${factTable([
    textRow(context.bookWord('book-title'), book.title),
    textRow(context.bookWord('publisher'), office.name),
    textRow(context.bookWord('edition'), book.edition),
    factRow(context.bookWord('edition-date'), day(book.date)),
    factRow(
      context.bookWord('approver'),
      isUnconfirmed(book.approval) ? mark(book.approval) : textCell(approval?.approver),
    ),
    factRow(context.bookWord('approval-date'), day(approval?.date)),
    textRow(context.bookWord('approval-number'), approval?.number),
    factRow(context.bookWord('effective'), day(book.effective)),
  ])}${!context.draft && context.picture('seal')}${stamps(context)}<p>${context.legend}</p></section>`;
}

export function contents(context: BookContext, chapters: readonly Chapter[]): Html {
  const line = (entry: Entry): Html =>
    html`<a class="line" href="#${entry.id}"><span class="numeral">${entry.number}</span><span class="entry">${entry.title}</span></a>${
      context.medium === 'paper' && html`<span class="leader"></span>${context.pageOf(entry.id)}`
    }`;
  return html`<nav class="contents" id="contents" aria-labelledby="contents-title">${heading(context.medium === 'paper' ? 1 : 2, context.bookWord('contents'), { id: 'contents-title', cls: 'front-title' })}<ol>${chapters.map(
    (chapter) =>
      html`<li><div class="row chapter-row">${line(chapter)}</div>${
        chapter.entries.length > 0 &&
        html`<ol${chapter.leaves.length === 1 && html` class="run-in"`}>${chapter.entries.map(
          (entry) =>
            html`<li>${entry.group && html`<p class="group">${entry.group}</p>`}<div class="row">${line(entry)}</div></li>`,
        )}</ol>`
      }</li>`,
  )}${context.medium === 'paper' && appendixLines(context)}</ol></nav>`;
}

/** The forms behind the book, in the contents. */
function appendixLines(context: BookContext): Html | false {
  const forms = formsBehind(context);
  const line = (number: string, title: string, form: number): Html =>
    html`<span class="line"><span class="numeral">${number}</span><span class="entry">${title}</span></span><span class="leader"></span>${formPage(form)}`;
  return (
    forms.length > 0 &&
    html`<li><div class="row chapter-row">${line(context.bookWord('appendix'), context.bookWord('appendix-forms'), 0)}</div><ol>${forms.map(
      ({ title }, i) => html`<li><div class="row">${line(numeral(context, 2, i + 1), title, i)}</div></li>`,
    )}</ol></li>`
  );
}

export function colophon(context: BookContext, stamp: Stamp): Html {
  const { office, book } = context.handbook;
  const approval = known(book.approval);
  return html`<footer class="colophon">${factTable(
    [
      textRow(context.bookWord('book-title'), book.title),
      textRow(context.bookWord('publisher'), office.name),
      textRow(context.bookWord('address'), office.address),
      textRow(context.bookWord('telephone'), office.telephone),
      factRow(context.bookWord('url'), addressCell(book.url ?? office.url)),
      factRow(
        context.bookWord('edition'),
        textCell([book.edition, ...context.marks].filter(Boolean).join(context.word('between'))),
      ),
      textRow(context.bookWord('edition-date'), context.day(context.date)),
      textRow(context.bookWord('approver'), approval?.approver),
      textRow(context.bookWord('approval-number'), approval?.number),
      factRow(context.word('check-code-label'), html`${printedCode(stamp)}`),
    ],
    'facts plain',
  )}</footer>`;
}

// What stands before and after the parts of the book: cover, title page, approval, contents and colophon.

import { isUnconfirmed, known, type Unconfirmed } from '../../content/schema/schema.js';
import { type Html, html } from '../../core/html.js';
import { printedCode, type Stamp } from '../../document/declaration.js';
import { localeOf, mark } from '../../document/words.js';
import { type Chapter, type Entry, numeral, type Press } from './context.js';
import { formPage, formsBehind } from './forms.js';
import { addressCell, factRow, factTable, marked, textCell } from './tables.js';

export function cover({ kit, say }: Press): Html {
  const { office, book } = kit.handbook;
  const [year, month] = kit.date.split('-').map(Number);
  const when =
    kit.lang === 'zh'
      ? say('republic', kit.day(kit.date).replace(/\d+日$/, ''))
      : new Intl.DateTimeFormat(localeOf(kit.lang), { year: 'numeric', month: 'long', timeZone: 'UTC' }).format(
          Date.UTC(year ?? 0, (month ?? 1) - 1),
        );
  const approver = known(book.approval)?.approver;
  return kit.template('handbook/cover.html', {
    logo: kit.picture('logo'),
    parent: office.parent,
    office: office.name,
    title: book.title,
    subtitle: book.subtitle,
    draft:
      kit.draft && html`<p class="stamp"><strong>${kit.word('draft')}</strong><span>${say('draft-why')}</span></p>`,
    edition: marked(book.edition ?? ''),
    approver: approver && marked(kit.word('field', say('approver'), approver)),
    date: when,
  });
}

/** 書名頁: what the cover says, plainly, on the first right page. */
export function innerTitle({ kit, say }: Press): Html {
  const { office, book } = kit.handbook;
  return html`<section class="inner-title"><p class="inner-name">${book.title}</p>${
    book.subtitle && html`<p class="subtitle">${book.subtitle}</p>`
  }<p class="inner-edition">${marked(book.edition ?? '')}</p><p class="inner-office">${
    office.parent && html`<span class="cover-parent">${office.parent}</span>`
  }${office.name}${say('made') !== '' && html`<span class="inner-made">${say('made')}</span>`}</p></section>`;
}

export function approvalPage(press: Press): Html {
  const { kit, say } = press;
  const { office, book } = kit.handbook;
  const approval = known(book.approval);
  const day = (value: string | Unconfirmed | undefined): Html | undefined =>
    value === undefined ? undefined : isUnconfirmed(value) ? mark(value) : html`${kit.day(value)}`;
  return html`<section class="approval"><h1 class="front-title">${say('approval-page')}</h1>${factTable([
    factRow(say('book-title'), textCell(book.title)),
    factRow(say('publisher'), textCell(office.name)),
    factRow(say('edition'), textCell(book.edition)),
    factRow(say('edition-date'), day(book.date)),
    factRow(say('approver'), isUnconfirmed(book.approval) ? mark(book.approval) : textCell(approval?.approver)),
    factRow(say('approval-date'), day(approval?.date)),
    factRow(say('approval-number'), textCell(approval?.number)),
    factRow(say('effective'), day(book.effective)),
  ])}${!kit.draft && kit.picture('seal')}${kit.draft && html`<p class="stamp"><strong>${kit.word('draft')}</strong><span>${say('draft-why')}</span></p>`}<p>${kit.legend}</p></section>`;
}

export function contents(press: Press, chapters: readonly Chapter[]): Html {
  const line = (entry: Entry): Html =>
    html`<a class="line" href="#${entry.id}"><span class="numeral">${entry.number}</span><span class="entry">${entry.title}</span></a>${
      press.medium === 'paper' && html`<span class="leader"></span>${press.pageOf(entry.id)}`
    }`;
  return html`<nav class="contents" aria-labelledby="contents"><h1 class="front-title" id="contents">${press.say('contents')}</h1><ol>${chapters.map(
    (chapter) =>
      html`<li><div class="row chapter-row">${line(chapter)}</div>${
        chapter.entries.length > 0 &&
        html`<ol>${chapter.entries.map(
          (entry) =>
            html`<li>${entry.group && html`<p class="group">${entry.group}</p>`}<div class="row">${line(entry)}</div></li>`,
        )}</ol>`
      }</li>`,
  )}${press.medium === 'paper' && appendixLines(press)}</ol></nav>`;
}

/** The forms behind the book, in the contents. */
function appendixLines(press: Press): Html | false {
  const { kit, say } = press;
  const forms = formsBehind(kit);
  const line = (number: string, title: string, form: number): Html =>
    html`<span class="line"><span class="numeral">${number}</span><span class="entry">${title}</span></span><span class="leader"></span>${formPage(form)}`;
  return (
    forms.length > 0 &&
    html`<li><div class="row chapter-row">${line(say('appendix'), say('appendix-forms'), 0)}</div><ol>${forms.map(
      ({ title }, i) => html`<li><div class="row">${line(numeral(press, 2, i + 1), title, i)}</div></li>`,
    )}</ol></li>`
  );
}

export function colophon({ kit, say }: Press, stamp: Stamp): Html {
  const { office, book } = kit.handbook;
  const approval = known(book.approval);
  return html`<footer class="colophon">${factTable(
    [
      factRow(say('book-title'), textCell(book.title)),
      factRow(say('publisher'), textCell(office.name)),
      factRow(say('address'), textCell(office.address)),
      factRow(say('telephone'), textCell(office.telephone)),
      factRow(say('url'), addressCell(book.url ?? office.url)),
      factRow(
        say('edition'),
        textCell([book.edition, kit.draft && kit.word('draft')].filter(Boolean).join(kit.word('between'))),
      ),
      factRow(say('edition-date'), textCell(kit.day(kit.date))),
      factRow(say('approver'), textCell(approval?.approver)),
      factRow(say('approval-number'), textCell(approval?.number)),
      factRow(kit.word('check-code-label'), html`${printedCode(stamp)}`),
    ],
    'facts plain',
  )}</footer>`;
}

// The forms of the book: their list, the PDF files that stand behind the book, and the page each begins on.

import { known } from '../../content/schema/schema.js';
import { type Html, html, join } from '../../core/html.js';
import type { RenderContext } from '../../document/context.js';
import { formName } from '../../document/facts/documents.js';
import type { Appendix } from '../../document/sheet.js';
import type { BookContext } from './context.js';
import { footText } from './page-styles.js';
import { formsIn } from './record.js';
import { serviceLink } from './references.js';
import { addressCell, table } from './tables.js';

export function formsPart(context: BookContext): { body: Html } | undefined {
  const users = new Map(context.services.map((service) => [service, formsIn(service)]));
  const body = table(
    [
      { label: context.bookWord('number'), cls: 'number' },
      { label: context.bookWord('form') },
      { label: context.bookWord('using') },
      { label: context.bookWord('file'), cls: 'url' },
      { label: context.bookWord('note') },
    ],
    [
      {
        rows: (known(context.handbook.book.forms) ?? []).map((form, i) => [
          String(i + 1),
          form.name ?? '',
          join(
            context.services
              .filter((service) => users.get(service)?.has(form.id ?? ''))
              .map((service) => serviceLink(context, service)),
            html`<br>`,
          ),
          formPlace(context, form.file) ?? (form.url === undefined ? (form.file ?? '') : (addressCell(form.url) ?? '')),
          form.note ?? '',
        ]),
      },
    ],
    'forms',
  );
  return body && { body };
}

/** The forms of the book that are there as PDF, in the order of the list; they stand behind the book. */
export function formsBehind(context: RenderContext): { title: string; file: string; bytes: Uint8Array }[] {
  const behind = new Map<string, { title: string; file: string; bytes: Uint8Array }>();
  for (const { name, file } of known(context.handbook.book.forms) ?? []) {
    const bytes = file === undefined ? undefined : context.forms.get(file);
    if (file !== undefined && bytes && !behind.has(file))
      behind.set(file, { title: name ?? file, file: `forms/${file}`, bytes });
  }
  return [...behind.values()];
}

/** The page on which a form behind the book begins; the printer knows it. */
export const formPage = (form: number): Html => html`<span class="page-ref" data-form-page="${form}">000</span>`;

/** 第 12 頁, where the form of this file stands behind the book. */
function formPlace(context: BookContext, file: string | undefined): Html | undefined {
  const at = formsBehind(context).findIndex((form) => form.file === `forms/${file}`);
  if (context.medium === 'screen' || at === -1) return undefined;
  const [before, after] = context.bookWord('page-number', '\n').split('\n');
  return html`<span class="at-page">${before}${formPage(at)}${after}</span>`;
}

export function appendixOf(context: RenderContext): { appendix?: Appendix } {
  const forms = formsBehind(context);
  if (forms.length === 0) return {};
  const [before, between, after] = context.word('handbook.page-of', '\n', '\n').split('\n');
  const stamp = context.template('handbook/form.html', {
    lang: context.lang === 'zh' ? 'zh-Hant' : 'en',
    title: context.word('handbook.appendix-forms'),
    style: context.template('base.css', {}),
    foot: [footText(context), ...context.marks].filter(Boolean).join(context.word('between')),
    number: html`${before}<span data-number></span>${between}<span data-total></span>${after}`,
  });
  return {
    appendix: {
      forms,
      bookmark: `${context.word('handbook.appendix')}${context.word('between')}${context.word('handbook.appendix-forms')}`,
      stamp,
    },
  };
}

/** The name of a form, linked where it can be fetched. */
export function formHtml(context: BookContext, id: string): Html {
  const form = (known(context.handbook.book.forms) ?? []).find((each) => each.id === id);
  const place = formPlace(context, form?.file);
  if (place) return html`${formName(context, id)}${place}`;
  const url = form?.url;
  return url && /^https?:/.test(url)
    ? html`<a href="${url}">${formName(context, id)}</a>`
    : html`${formName(context, id)}`;
}

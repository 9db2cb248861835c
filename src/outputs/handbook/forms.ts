// The forms of the book: their list, the PDF files that stand behind the book, and the page each begins on.

import { known } from '../../content/schema/schema.js';
import { type Html, html, join } from '../../core/html.js';
import type { Kit } from '../../document/context.js';
import { formName } from '../../document/facts/documents.js';
import type { Appendix } from '../../document/sheet.js';
import type { Press } from './context.js';
import { footText } from './page-styles.js';
import { formsIn } from './record.js';
import { serviceLink } from './references.js';
import { addressCell, table } from './tables.js';

export function formsPart(press: Press): { body: Html } | undefined {
  const { kit, say } = press;
  const users = new Map(kit.services.map((service) => [service, formsIn(service)]));
  const body = table(
    [
      { label: say('number'), cls: 'number' },
      { label: say('form') },
      { label: say('using') },
      { label: say('file'), cls: 'url' },
      { label: say('note') },
    ],
    [
      {
        rows: (known(kit.handbook.book.forms) ?? []).map((form, i) => [
          String(i + 1),
          form.name ?? '',
          join(
            kit.services
              .filter((service) => users.get(service)?.has(form.id ?? ''))
              .map((service) => serviceLink(press, service)),
            html`<br>`,
          ),
          formPlace(press, form.file) ?? (form.url === undefined ? (form.file ?? '') : (addressCell(form.url) ?? '')),
          form.note ?? '',
        ]),
      },
    ],
    'forms',
  );
  return body && { body };
}

/** The forms of the book that are there as PDF, in the order of the list; they stand behind the book. */
export function formsBehind(kit: Kit): { title: string; file: string; bytes: Uint8Array }[] {
  const behind = new Map<string, { title: string; file: string; bytes: Uint8Array }>();
  for (const { name, file } of known(kit.handbook.book.forms) ?? []) {
    const bytes = file === undefined ? undefined : kit.forms.get(file);
    if (file !== undefined && bytes && !behind.has(file))
      behind.set(file, { title: name ?? file, file: `forms/${file}`, bytes });
  }
  return [...behind.values()];
}

/** The page on which a form behind the book begins; the press knows it. */
export const formPage = (form: number): Html => html`<span class="page-ref" data-form-page="${form}">000</span>`;

/** 第 12 頁, where the form of this file stands behind the book. */
function formPlace({ kit, say, medium }: Press, file: string | undefined): Html | undefined {
  const at = formsBehind(kit).findIndex((form) => form.file === `forms/${file}`);
  if (medium === 'screen' || at === -1) return undefined;
  const [before, after] = say('page-number', '\n').split('\n');
  return html`<span class="at-page">${before}${formPage(at)}${after}</span>`;
}

export function appendixOf(kit: Kit): { appendix?: Appendix } {
  const forms = formsBehind(kit);
  if (forms.length === 0) return {};
  const say = (key: string, ...values: string[]): string => kit.word(`handbook.${key}`, ...values);
  const [before, between, after] = say('page-of', '\n', '\n').split('\n');
  const stamp = kit.template('handbook/form.html', {
    lang: kit.lang === 'zh' ? 'zh-Hant' : 'en',
    title: say('appendix-forms'),
    style: kit.template('base.css', {}),
    foot: [footText(kit), kit.draft && kit.word('draft')].filter(Boolean).join(kit.word('between')),
    number: html`${before}<span data-number></span>${between}<span data-total></span>${after}`,
  });
  return { appendix: { forms, bookmark: `${say('appendix')}${kit.word('between')}${say('appendix-forms')}`, stamp } };
}

/** The name of a form, linked where it can be fetched. */
export function formHtml(press: Press, id: string): Html {
  const { kit } = press;
  const form = (known(kit.handbook.book.forms) ?? []).find((each) => each.id === id);
  const place = formPlace(press, form?.file);
  if (place) return html`${formName(kit, id)}${place}`;
  const url = form?.url;
  return url && /^https?:/.test(url) ? html`<a href="${url}">${formName(kit, id)}</a>` : html`${formName(kit, id)}`;
}

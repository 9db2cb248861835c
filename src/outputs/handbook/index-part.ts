// The index at the end of the book: services and documents by how many strokes their first character has, or by letter.

import { known } from '../../content/schema/schema.js';
import type { RequiredDocument, Service } from '../../content/schema/service.js';
import { saysUnconfirmed } from '../../content/schema/tree.js';
import { type Html, html, join } from '../../core/html.js';
import { chineseNumber } from '../../document/words.js';
import type { BookContext } from './context.js';
import { anchor, serviceLink } from './references.js';
import { marked } from './tables.js';

const STROKES = new Intl.Collator('zh-Hant-u-co-stroke');
/** More than any character has. */
const MOST = 64;

/**
 * So many services ask for a document that their pages are no help to find one. (Links in an entry taller than a column
 * would be doubled by Chromium, one of each pair in the column before.)
 */
const MANY = 24;

/**
 * How many strokes the first character has, as the collation of CLDR counts them: its index characters U+FDD0 U+2801 and so
 * on stand before all characters of one stroke, of two … 0 for what is no Chinese.
 */
function strokesOf(text: string): number {
  const [first = ''] = text;
  if (!/\p{Script=Han}/u.test(first)) return 0;
  let strokes = 0;
  for (let n = 1; n <= MOST; n += 1)
    if (STROKES.compare(String.fromCharCode(0xfdd0, 0x2800 + n), first) <= 0) strokes = n;
  return strokes;
}

/** Which service is where, and which service asks for which document. */
export function indexPart(context: BookContext): { body: Html } | undefined {
  const entries = new Map<string, { services: Set<Service>; isService: boolean }>();
  const add = (name: string | undefined, service: Service, isService: boolean): void => {
    if (!name || saysUnconfirmed(name)) return;
    const entry = entries.get(name) ?? { services: new Set(), isService };
    entry.services.add(service);
    entries.set(name, entry);
  };
  const addDocument = (document: RequiredDocument, service: Service): void => {
    add(document.name, service, false);
    for (const each of known(document.oneOf) ?? []) addDocument(each, service);
  };
  for (const service of context.services) {
    add(service.name, service, true);
    for (const entry of [service, ...(known(service.variants) ?? [])])
      for (const document of known(known(entry.documents)?.items) ?? []) addDocument(document, service);
  }
  if (entries.size === 0) return undefined;
  const byStrokes = context.lang === 'zh';
  const order = byStrokes ? STROKES : new Intl.Collator(context.tag);
  const headOf = (name: string): string => {
    const strokes = byStrokes ? strokesOf(name) : 0;
    return strokes === 0 ? ([...name][0] ?? '').toUpperCase() : context.bookWord('strokes', chineseNumber(strokes));
  };
  const groups = new Map<string, Html[]>();
  for (const [name, { services, isService }] of [...entries].sort(([a], [b]) => order.compare(a, b))) {
    const where =
      services.size > MANY
        ? [html`${context.bookWord('index-many', services.size)}`]
        : [...services].map((service) =>
            context.medium === 'paper' ? context.pageOf(anchor(service)) : serviceLink(context, service),
          );
    const line = html`<li class="row"><span class="entry${isService && ' service'}">${marked(name)}</span><span class="leader"></span><span class="where">${join(where, context.word('list-comma'))}</span></li>`;
    const head = headOf(name);
    groups.set(head, [...(groups.get(head) ?? []), line]);
  }
  return {
    body: html`<p class="aside">${context.bookWord(context.medium === 'paper' ? 'index-note' : 'index-note-screen')}</p><div class="index">${[
      ...groups,
    ].map(([head, lines]) => html`<section><p class="index-head">${head}</p><ul>${lines}</ul></section>`)}</div>`,
  };
}

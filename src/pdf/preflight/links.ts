// Whether links and bookmarks lead where they say.
import { PDFArray, PDFDict, type PDFDocument, PDFName, type PDFObject, PDFRef, PDFString } from '@cantoo/pdf-lib';
import type { Say } from '../../core/source.js';
import { boxIn } from '../geometry.js';
import { arrayAt, dictAt, dictOf, isText, listAt, nameAt, namedPlaces, valueAt } from '../objects.js';
import type { PageContent } from '../page-content.js';
import type { PreflightFault } from './fault.js';
import { plain, short, wordsAt } from './quoting.js';

/** Of all that a reader can follow: the links on the pages, and the bookmarks. */
export function* linkFaults(pdf: PDFDocument, contents: readonly PageContent[]): Generator<PreflightFault> {
  const pageOf = finderOfPages(pdf);
  for (const [index, { node }] of pdf.getPages().entries()) {
    const content = contents[index];
    for (const each of listAt(node, 'Annots')) {
      const note = dictOf(pdf.context.lookup(each));
      const fault = content && nameAt(note, 'Subtype') === 'Link' ? faultOfLink(note, content, pageOf) : undefined;
      if (fault) yield fault;
    }
  }
  yield* bookmarkFaults(pdf, pageOf);
}

/** The page that a link or bookmark leads to, 1-based; nothing when there is no such place. */
type PageOf = (target: PDFObject | undefined) => number | undefined;

function finderOfPages(pdf: PDFDocument): PageOf {
  const { context } = pdf;
  const pages = new Map(pdf.getPages().map(({ ref }, index) => [ref, index + 1]));
  const named = namedPlaces(pdf);
  return (target) => {
    let found = context.lookup(target);
    if (isText(found) || found instanceof PDFName) found = context.lookup(named.get(found.decodeText()));
    if (found instanceof PDFDict) found = valueAt(found, 'D');
    const first = found instanceof PDFArray ? found.get(0) : undefined;
    return first instanceof PDFRef ? pages.get(first) : undefined;
  };
}

function nowhere(target: PDFObject | undefined): Say {
  const shown = target instanceof PDFName || target instanceof PDFString ? `「${target.decodeText()}」` : '';
  return {
    zh: `連結指到的地方${shown}不在這個檔案裡；連結都要有去處。請改正或拿掉連結。`,
    en: `The link leads to a place ${shown.replace(/[「」]/g, '"')}${shown && ' '}that is not in the file; every link must lead somewhere. Correct or remove it.`,
  };
}

function faultOfLink(note: PDFDict | undefined, content: PageContent, pageOf: PageOf): PreflightFault | undefined {
  const { page } = content;
  const words = wordsIn(content, arrayAt(note, 'Rect'));
  const text = words === '' ? {} : { text: short(words) };
  const action = dictAt(note, 'A');
  const kind = nameAt(action, 'S');
  if (action && kind !== 'GoTo') {
    const address = wordsAt(action, 'URI');
    const message = kind === 'URI' ? addressFault(address) : kindFault(kind);
    return message && { rule: 'link-address', page, text: short(words || address || kind), message };
  }
  const target = action ? valueAt(action, 'D') : valueAt(note, 'Dest');
  const to = pageOf(target);
  if (to === undefined) return { rule: 'dead-link', page, ...text, message: nowhere(target) };
  const number = plain(words);
  if (!/^\d+$/.test(number) || Number(number) === to) return undefined;
  return {
    rule: 'page-number',
    page,
    ...text,
    message: {
      zh: `目錄寫第 ${number} 頁，連結卻到第 ${to} 頁；頁碼要是連結到的那一頁。請重新編印。`,
      en: `The page number says ${number}, its link leads to page ${to}; they must be the same. Print the file again.`,
    },
  };
}

function* bookmarkFaults({ catalog }: PDFDocument, pageOf: PageOf): Generator<PreflightFault> {
  const seen = new Set<PDFDict>();
  for (const waiting = [dictAt(dictAt(catalog, 'Outlines'), 'First')]; waiting.length > 0; ) {
    const mark = waiting.pop();
    if (!mark || seen.has(mark)) continue;
    seen.add(mark);
    waiting.push(dictAt(mark, 'Next'), dictAt(mark, 'First'));
    const action = dictAt(mark, 'A');
    const target = action ? valueAt(action, 'D') : valueAt(mark, 'Dest');
    // One without a target only holds others.
    if ((target !== undefined || nameAt(action, 'S') === 'GoTo') && pageOf(target) === undefined)
      yield { rule: 'dead-link', text: short(wordsAt(mark, 'Title')), message: nowhere(target) };
  }
}

/** The characters whose middle lies in the link. */
function wordsIn({ runs }: PageContent, rect: PDFArray | undefined): string {
  const [left, bottom, right, top] = boxIn(rect) ?? [0, 0, 0, 0];
  return runs
    .flatMap(({ glyphs }) => glyphs.filter(({ x, y }) => x > left && x < right && y > bottom && y < top))
    .map(({ text }) => text)
    .join('')
    .trim();
}

function addressFault(address: string): Say | undefined {
  const scheme = /^[a-z][a-z0-9+.-]*:/i.exec(address)?.[0].toLowerCase();
  const well =
    scheme === 'mailto:'
      ? /^mailto:[^\s@]+@[^\s@]+$/i.test(address)
      : scheme === 'tel:'
        ? /^tel:\+?[0-9().;=a-z#*-]*\d[0-9().;=a-z#*-]*$/i.test(address)
        : /^https?:$/.test(scheme ?? '') && /^https?:\/\/[^\s/]/i.test(address) && URL.canParse(address);
  if (well) return undefined;
  return {
    zh: `連結的網址「${short(address)}」不對；對外的連結只能是完整的 http、https、mailto 或 tel 網址。請改正網址。`,
    en: `The address of the link, "${short(address)}", is not valid; links to the outside must be complete http, https, mailto or tel addresses. Correct the address.`,
  };
}

const kindFault = (kind: string): Say => ({
  zh: `連結做的是「${kind}」；連結只能到檔案裡的地方或網址。請拿掉這個連結。`,
  en: `The link does "${kind}"; a link may only lead to a place in the file or to an address. Remove it.`,
});

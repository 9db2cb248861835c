// What a screen reader speaks of a PDF, in its order: the tags, and the words that they hold.
import { PDFDict, type PDFDocument, PDFName, PDFNumber, type PDFObject } from '@cantoo/pdf-lib';
import { dictAt, dictOf, nameAt, textAt } from './objects.js';
import type { PageContent } from './page-content.js';
import { kidsOf, standardRole } from './structure.js';

/**
 * A piece that is spoken in one go. `role`: the standard role of ISO 32000; `page`: 1-based, of its first words; `text`: empty
 * for a table and a list, of which `count` tells the rows or items; `lang`: where it is another than that of the file.
 */
export type Spoken = {
  readonly role: string;
  readonly page: number | undefined;
  readonly text: string;
  readonly count?: number;
  readonly lang?: string;
};

/** Part of a line, not a line of its own. */
const INLINE = /^(Span|Link|Quote|Em|Strong|Code|Reference|Annot|Ruby|RB|RT|RP|Warichu|WT|WP|Sub|NonStruct)$/;

type Where = { page: number | undefined; lang: string | undefined };
/** Words that stand beside one another, and where the first of them stand. */
type Line = { text: string; page: number | undefined };

/** The pieces of the whole file; none where it has no tags. `link`: how a link is announced, as 「連結：{0}」. */
export function readAloud(pdf: PDFDocument, contents: readonly PageContent[], link: string): Spoken[] {
  const root = dictAt(pdf.catalog, 'StructTreeRoot');
  return root ? new Reader(pdf, root, contents, link).read() : [];
}

class Reader {
  readonly #spoken: Spoken[] = [];
  readonly #seen = new Set<PDFDict>();
  readonly #pages: ReadonlyMap<PDFObject | undefined, number>;
  readonly #roles: PDFDict | undefined;
  readonly #lang: string | undefined;

  constructor(
    pdf: PDFDocument,
    private readonly root: PDFDict,
    private readonly contents: readonly PageContent[],
    private readonly link: string,
  ) {
    this.#pages = new Map(pdf.getPages().map(({ ref }, index) => [ref, index + 1]));
    this.#roles = dictAt(root, 'RoleMap');
    this.#lang = textAt(pdf.catalog, 'Lang');
  }

  read(): Spoken[] {
    for (const dict of this.#elementsIn(this.root))
      this.#block(dict, this.#roleOf(dict), this.#within(dict, { page: undefined, lang: this.#lang }));
    return this.#spoken;
  }

  #roleOf = (dict: PDFDict): string => standardRole(nameAt(dict, 'S'), this.#roles);

  #elementsIn(dict: PDFDict): PDFDict[] {
    return kidsOf(dict).flatMap((kid) => {
      const found = dictOf(dict.context.lookup(kid));
      return found && nameAt(found, 'S') !== '' ? [found] : [];
    });
  }

  #within(dict: PDFDict, { page, lang }: Where): Where {
    return { page: this.#pages.get(dict.get(PDFName.of('Pg'))) ?? page, lang: textAt(dict, 'Lang') ?? lang };
  }

  #block(dict: PDFDict, role: string, where: Where): void {
    const told = insteadOf(dict);
    if (told !== '') {
      this.#speak(role, { text: told, page: where.page }, where.lang);
      return;
    }
    if (role === 'L' || role === 'Table')
      this.#speak(role, { text: '', page: where.page }, where.lang, this.#count(dict, role === 'L' ? 'LI' : 'TR'));
    const line: Line = { text: '', page: undefined };
    this.#walk(dict, role, where, line);
    this.#speak(role, line, where.lang);
  }

  /** Adds the words of an element to a line; what is a line of its own ends it. */
  #walk(dict: PDFDict, role: string, where: Where, line: Line): void {
    if (this.#seen.has(dict)) return;
    this.#seen.add(dict);
    for (const kid of kidsOf(dict)) {
      const found = dict.context.lookup(kid);
      if (found instanceof PDFNumber) this.#add(line, where.page, found);
      if (!(found instanceof PDFDict)) continue;
      const there = this.#within(found, where);
      if (nameAt(found, 'Type') === 'MCR') this.#add(line, there.page, found.get(PDFName.of('MCID')));
      if (nameAt(found, 'S') === '') continue;
      const own = this.#roleOf(found);
      if (INLINE.test(own) && there.lang === where.lang) this.#inline(found, own, role, there, line);
      else {
        this.#speak(role, line, where.lang);
        Object.assign(line, { text: '', page: undefined });
        this.#block(found, INLINE.test(own) ? role : own, there);
      }
    }
  }

  #inline(dict: PDFDict, own: string, role: string, where: Where, line: Line): void {
    const inner: Line = { text: '', page: undefined };
    const told = own === 'Link' ? '' : insteadOf(dict);
    if (told === '') this.#walk(dict, role, where, inner);
    else inner.text = told;
    const words = inner.text.trim();
    if (words === '') line.text += inner.text;
    else {
      line.page ??= inner.page ?? where.page;
      line.text += own === 'Link' ? this.link.replace('{0}', () => words) : inner.text;
    }
  }

  #add(line: Line, page: number | undefined, mcid: PDFObject | undefined): void {
    if (page === undefined || !(mcid instanceof PDFNumber)) return;
    const text = this.contents[page - 1]?.words.get(mcid.asNumber()) ?? '';
    if (text.trim() !== '') line.page ??= page;
    line.text += text;
  }

  #count(dict: PDFDict, of: string): number {
    return this.#elementsIn(dict).reduce((sum, each) => {
      const role = this.#roleOf(each);
      return sum + (role === of ? 1 : /^(THead|TBody|TFoot)$/.test(role) ? this.#count(each, of) : 0);
    }, 0);
  }

  #speak(role: string, { text, page }: Line, lang: string | undefined, count?: number): void {
    const words = text.replace(/\s+/g, ' ').trim();
    if (words === '' && count === undefined) return;
    this.#spoken.push({
      role,
      page,
      text: words,
      ...(count === undefined ? {} : { count }),
      ...(lang === undefined || lang === this.#lang ? {} : { lang }),
    });
  }
}

const insteadOf = (dict: PDFDict): string => (textAt(dict, 'Alt') ?? textAt(dict, 'ActualText') ?? '').trim();

// Proves from a PDF alone that it may be printed and published: fonts, sizes, edges, links, tags and names.
import { EncryptedPDFError, ParseSpeeds, type PDFDict, PDFDocument } from '@cantoo/pdf-lib';
import { UserError } from '../../core/terminal.js';
import { dictAt, dictOf, infoOf, listAt, nameAt } from '../objects.js';
import type { PageContent } from '../page-content.js';
import { readPages } from '../read-pages.js';
import { readStructure } from '../structure.js';
import type { Expected, PreflightFault } from './fault.js';
import { fontFaults } from './fonts.js';
import { linkFaults } from './links.js';
import { boxFaults } from './page-boxes.js';
import { claimFaults, obstacles } from './pdf-ua.js';
import { tagFaults } from './structure.js';
import { missingFacts, missingTexts, textFaults } from './text.js';
import { longFaults, nameFaults, sizeFaults } from './whole-file.js';

/**
 * Key of the Info dictionary: what a file is that is made of another's pages. Nobody is to read a `booklet` or `tiles` on a
 * screen: they have no order of reading, and tiles cut through the text that they show together. An `excerpt` may begin below
 * headings that stand on pages which are left out.
 */
export const PURPOSE = 'ServicebookPurpose';

/**
 * Every fault of the file, in the order of its pages; what concerns the whole file comes first. Throws a UserError,
 * without the file's name, when it is no PDF, damaged or locked.
 */
export async function preflight(bytes: Uint8Array, expected?: Expected): Promise<PreflightFault[]> {
  const pdf = await opened(bytes);
  try {
    return [...sizeFaults(bytes), ...prove(pdf, expected).faults];
  } catch {
    throw DAMAGED;
  }
}

/** `faults` in the order of the pages. `accessible`: nothing that we can see speaks against calling it PDF/UA. */
export type Proof = { faults: PreflightFault[]; accessible: boolean };

/** The same for a file that is still open, but for its size. `contents`: when its pages have been read already. */
export function prove(
  pdf: PDFDocument,
  expected: Expected = {},
  contents: readonly PageContent[] = readPages(pdf),
): Proof {
  const purpose = nameAt(infoOf(pdf), PURPOSE);
  const toRead = purpose === '' || purpose === 'excerpt';
  const inParts = purpose === 'tiles';
  const elements = readStructure(pdf, contents);
  const tags = toRead ? [...tagFaults(pdf, contents, elements)] : [];
  const named = [...nameFaults(pdf)];
  const fonts = [...fontFaults(pdf)];
  const texts = contents
    .flatMap((content) => [...textFaults(content)])
    .filter(({ rule }) => !inParts || !/^text-(cut|outside)$/.test(rule));
  const unread = texts.filter(({ rule }) => rule === 'missing-glyph');
  const against = obstacles(pdf, contents, elements, [...named, ...tags, ...fonts, ...unread]);
  const faults = [
    ...(toRead ? longFaults(pdf) : []),
    ...named,
    ...claimFaults(pdf, against),
    ...missingTexts(contents, expected),
    ...fonts,
    ...boxFaults(pdf),
    ...texts,
    ...linkFaults(pdf, contents),
    ...tags.filter(({ rule }) => purpose !== 'excerpt' || rule !== 'heading-level'),
  ];
  return {
    faults: faults.sort((a, b) => (a.page ?? 0) - (b.page ?? 0)),
    accessible: toRead && elements.length > 0 && against.length === 0,
  };
}

// --------------------------------------------------------------------------------------------------------- opening

const DAMAGED = new UserError({
  zh: '這個 PDF 檔已損壞，或展開後大得讀不完，無法讀取。請重新編印或重新取得檔案。',
  en: 'This PDF is damaged, or unpacks to more than can be read. Print or fetch it again.',
});

/** A PDF of anybody's. Throws a UserError, without the file's name, when it is no PDF, damaged or locked. */
export async function opened(bytes: Uint8Array): Promise<PDFDocument> {
  const latin1 = (part: Uint8Array): string => Buffer.from(part).toString('latin1');
  if (!latin1(bytes.subarray(0, 1024)).includes('%PDF-'))
    throw new UserError({ zh: '這不是 PDF 檔。', en: 'This is not a PDF.' });
  // Cut short on its way; the reader below would rather guess.
  if (!latin1(bytes.subarray(-1024)).includes('%%EOF')) throw DAMAGED;
  try {
    const pdf = await PDFDocument.load(bytes, {
      updateMetadata: false,
      parseSpeed: ParseSpeeds.Fastest,
      throwOnInvalidObject: true,
    });
    refuseSharedPages(pdf);
    pdf.getPages();
    return pdf;
  } catch (error) {
    // Where even the objects are encrypted, they cannot be read far enough to say so.
    if (error instanceof EncryptedPDFError || latin1(bytes.subarray(-1024)).includes('/Encrypt'))
      throw new UserError({
        zh: '這個 PDF 檔設了保護，無法檢查。請解除保護後再檢查。',
        en: 'This PDF is encrypted and cannot be checked. Remove the protection first.',
      });
    throw DAMAGED;
  }
}

/** Throws where pages stand within one another or in two places: there would be no end to them, or next to none. */
function refuseSharedPages({ catalog, context }: PDFDocument): void {
  const seen = new Set<PDFDict>();
  const waiting = [dictAt(catalog, 'Pages') ?? []].flat();
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (seen.has(node)) throw DAMAGED;
    seen.add(node);
    for (const kid of listAt(node, 'Kids')) waiting.push(...[dictOf(context.lookup(kid)) ?? []].flat());
  }
}

/** What is owed and is read nowhere in these texts of a page, or not beside what it holds for. */
export const factsUnread = (shown: readonly string[], owed: NonNullable<Expected['owed']>): PreflightFault[] => [
  ...missingFacts([], shown, owed),
];

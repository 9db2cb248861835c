// Finishes a PDF that Chromium made: gives it metadata and what it declares, puts its tags right, proves and writes it.
import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { inflateSync } from 'node:zlib';
import { ParseSpeeds, PDFDocument, PDFHexString, PDFName, PDFRawStream, PDFRef, PDFString } from '@cantoo/pdf-lib';
import { escapeText } from '../core/html.js';
import { describeLinks, fixLists, markArtifacts, nestFigures } from './accessibility.js';
// Bounds what is unpacked while any file is opened.
import './admission.js';
import { restoreCharacters } from './characters.js';
import { dictAt, dictOf, flateStream, textAt, valueAt } from './objects.js';
import type { Expected, PreflightFault } from './preflight/fault.js';
import { prove } from './preflight/preflight.js';
import { sizeFaults } from './preflight/whole-file.js';
import { readPagesInTurn } from './read-pages.js';
import { renumber } from './renumber.js';

export type { PDFDocument } from '@cantoo/pdf-lib';

export const loadPdf = (bytes: Uint8Array): Promise<PDFDocument> =>
  PDFDocument.load(bytes, { updateMetadata: false, parseSpeed: ParseSpeeds.Fastest });

const PRODUCER = 'servicebook';

export type Finish = { file: string; date: string; source: string; declares?: string; expected?: Expected };
/** A PDF as it is written, and all that the preflight finds in it. */
export type Finished = { bytes: Uint8Array; faults: PreflightFault[] };

/**
 * Names the file, puts its tags right, makes it depend on the input alone and proves it. Changed in place: copying pages into
 * a new document would drop the tags. `source` is what was printed; it stands for the file in /ID. `declares`: kept in the
 * file. The file says that it is PDF/UA where the preflight sees nothing against it.
 */
export async function finishPdf(
  pdf: PDFDocument,
  { file, date, source, declares, expected = {} }: Finish,
): Promise<Finished> {
  const title = pdf.getTitle();
  const lang = textAt(pdf.catalog, 'Lang');
  if (!title || !lang) throw new Error(`${file}: the page has no ${title ? 'lang' : 'title'}`);
  const day = new Date(`${date.slice(0, 10)}T00:00:00Z`);
  pdf.setTitle(title, { showInWindowTitleBar: true });
  pdf.setCreator(PRODUCER);
  pdf.setProducer(PRODUCER);
  pdf.setCreationDate(day);
  pdf.setModificationDate(day);
  const { context } = pdf;
  const id = PDFHexString.of(createHash('sha256').update(`${file}\n${date}\n${source}`).digest('hex').slice(0, 32));
  context.trailerInfo.ID = context.obj([id, id]);
  if (declares !== undefined) keepDeclared(pdf, declares, day);
  restoreCharacters(pdf, new Set(source));
  nestFigures(pdf);
  fixLists(pdf);
  markArtifacts(pdf);
  const contents = await readPagesInTurn(pdf);
  await setImmediate();
  describeLinks(pdf, contents);
  // Chromium 147 says so itself; others may not.
  for (const { node } of pdf.getPages())
    if (node.has(PDFName.of('StructParents')) && !node.has(PDFName.of('Tabs')))
      node.set(PDFName.of('Tabs'), PDFName.of('S'));
  const describe = (accessible: boolean): void => {
    const about = new TextEncoder().encode(xmpOf(title, lang, day, accessible));
    const metadata = context.stream(about, { Type: 'Metadata', Subtype: 'XML' });
    const ref = pdf.catalog.get(METADATA);
    if (ref instanceof PDFRef) context.assign(ref, metadata);
    else pdf.catalog.set(METADATA, context.register(metadata));
  };
  describe(false);
  const { faults, accessible } = prove(pdf, expected, contents);
  if (accessible) describe(true);
  await setImmediate();
  renumber(pdf);
  const bytes = await pdf.save({
    addDefaultPage: false,
    updateFieldAppearances: false,
    objectsPerTick: PER_TICK,
  });
  return { bytes, faults: [...sizeFaults(bytes), ...faults] };
}

/** After so many objects the program hears whether it is to end. */
const PER_TICK = 5000;
const METADATA = PDFName.of('Metadata');

/** ISO 16684-1, and 5 of ISO 14289-1. */
function xmpOf(title: string, lang: string, day: Date, accessible: boolean): string {
  const stamp = day.toISOString().replace('.000', '');
  return `<?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">${escapeText(title)}</rdf:li></rdf:Alt></dc:title>
<dc:language><rdf:Bag><rdf:li>${escapeText(lang)}</rdf:li></rdf:Bag></dc:language>
<xmp:CreatorTool>${PRODUCER}</xmp:CreatorTool>
<xmp:CreateDate>${stamp}</xmp:CreateDate>
<xmp:ModifyDate>${stamp}</xmp:ModifyDate>
<pdf:Producer>${PRODUCER}</pdf:Producer>
</rdf:Description>${
    accessible
      ? '\n<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"><pdfuaid:part>1</pdfuaid:part></rdf:Description>'
      : ''
  }</rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>`;
}

const PIECES = 'PieceInfo';

/** What the sheet declares, as data of this program: ISO 32000, 14.5. */
function keepDeclared({ catalog, context }: PDFDocument, declares: string, day: Date): void {
  const kept = context.register(flateStream(context, new TextEncoder().encode(declares)));
  const piece = { [PRODUCER]: context.obj({ LastModified: PDFString.fromDate(day), Private: kept }) };
  catalog.set(PDFName.of(PIECES), context.obj(piece));
}

/** Largest text that is read back from a file anyone may have made, in bytes. */
const LARGEST = 64 * 1024 * 1024;

/** What `finishPdf` was given as `declares`; `undefined` where there is none. */
export function declaredIn({ catalog }: PDFDocument): string | undefined {
  // Of somebody's file, anything may stand in its place.
  const kept = valueAt(dictAt(dictAt(dictOf(catalog), PIECES), PRODUCER), 'Private');
  if (!(kept instanceof PDFRawStream)) return undefined;
  try {
    return inflateSync(kept.contents, { maxOutputLength: LARGEST }).toString('utf8');
  } catch {
    return undefined;
  }
}

// Opens the forms that offices hand in: PDFs of others, let in or refused with the reason.
import {
  decodePDFRawStream,
  EncryptedPDFError,
  ParseSpeeds,
  PDFBool,
  type PDFContext,
  PDFDict,
  PDFDocument,
  PDFName,
  PDFPageLeaf,
  PDFRawStream,
  type PDFRef,
  PDFStream,
} from '@cantoo/pdf-lib';
import type { Say } from '../core/source.js';
import { UserError } from '../core/terminal.js';
import { judgeBytes, judgeLayers, judgeObjects, judgeSize, pagesIn, Refusal, TOO_MUCH } from './admission.js';
import { contentOf, hasPredictor, latin1, textOfStream, withoutComments } from './content-stream.js';
import { type Drawn, judgeCost } from './cost.js';
import { eachAt, flateStream, nameAt, valueAt } from './objects.js';
import { type Frame, frameOf, type PageSize } from './page-frame.js';

/** A PDF that is not ours. `file` is what the user is told, `title` what the reader reads. */
export type Form = { title: string; file: string; bytes: Uint8Array };
export type FormPage = { ref: PDFRef; node: PDFPageLeaf; frame: Frame; content: string; resources: PDFDict };
export type OpenedForm = Form & { pdf: PDFDocument; pages: FormPage[] };

/** The size of every page of a form, or why it cannot be used. */
export async function sizesOf(form: Form): Promise<PageSize[] | Refusal> {
  const opened = await openForm(form);
  if (opened instanceof Refusal) return opened;
  return opened.pages.map(({ frame: { width, height } }) => ({ width, height }));
}

/** Every fault is told at once, as lint does. */
export async function openForms(forms: readonly Form[]): Promise<OpenedForm[]> {
  const refused: Say[] = [];
  const opened: OpenedForm[] = [];
  for (const form of forms) {
    const found = await openForm(form);
    if (found instanceof Refusal)
      refused.push({ zh: `書表 ${form.file} ${found.say.zh}`, en: `The form ${form.file} ${found.say.en}` });
    else opened.push(found);
  }
  if (refused.length > 0)
    throw new UserError({ zh: refused.map(({ zh }) => zh).join('\n'), en: refused.map(({ en }) => en).join('\n') }, 1);
  return opened;
}

/** Bytes of what all pages draw. */
const MOST_CONTENT = 128 * 1024 * 1024;

async function openForm(form: Form): Promise<OpenedForm | Refusal> {
  try {
    judgeBytes(form.bytes);
    const pdf = await PDFDocument.load(form.bytes, {
      updateMetadata: false,
      parseSpeed: ParseSpeeds.Fastest,
      throwOnInvalidObject: true,
    });
    // Its pages say "please wait", and what should stand on them is drawn by Acrobat alone.
    if (valueAt(pdf.catalog, 'NeedsRendering') === PDFBool.True)
      return new Refusal({
        zh: '是動態 XFA 表單，頁面內容只有 Acrobat 才畫得出來。請在 Acrobat 開啟後「列印成 PDF」，改用那個檔案。',
        en: 'is a dynamic XFA form, whose pages only Acrobat can draw. Open it in Acrobat, print it to a PDF and use that file.',
      });
    judgeObjects(pdf.context);
    judgeLayers(pdf);
    const refs = pagesIn(pdf);
    fixStreams(pdf.context);
    const pages = readPages(pdf.context, refs);
    if (pages.length === 0 || pages.length !== pdf.catalog.Pages().Count().asNumber())
      throw new Error('pages are missing');
    leaveUndrawn(pdf.context, judgeCost(pages));
    return { ...form, pdf, pages };
  } catch (error) {
    if (error instanceof Refusal) return error;
    // Where even the objects are encrypted, they cannot be read far enough to say so.
    if (error instanceof EncryptedPDFError || Buffer.from(form.bytes).includes('/Encrypt'))
      return new Refusal({
        zh: '有密碼或權限保護，無法放進手冊。請用原本的軟體另存一份沒有保護的 PDF。',
        en: 'is protected by a password or by permissions and cannot go into the book. Save it without protection from the program that made it.',
      });
    return new Refusal({
      zh: '不是完整的 PDF 檔，可能已損壞。請重新下載，或用 PDF 閱讀器開啟後另存新檔。',
      en: 'is not a whole PDF; it may be damaged. Download it again, or open it in a PDF reader and save it as a new file.',
    });
  }
}

/** Each page once: one that stands in the tree again is another. */
function readPages(context: PDFContext, refs: readonly PDFRef[]): FormPage[] {
  const seen = new Set<PDFRef>();
  let written = 0;
  return refs.map((listed, index) => {
    const first = pageAt(context, listed);
    const ref = seen.has(listed) ? context.register(first.clone()) : listed;
    seen.add(ref);
    const node = pageAt(context, ref);
    const resources = (node.Resources() ?? context.obj({})).clone();
    const frame = frameOf(node);
    judgeSize(frame, index + 1);
    const content = contentOf(node);
    written += content.length;
    if (written > MOST_CONTENT) throw TOO_MUCH;
    return { ref, node, frame, content: withoutComments(content), resources };
  });
}

function pageAt(context: PDFContext, ref: PDFRef): PDFPageLeaf {
  const page = context.lookup(ref);
  if (!(page instanceof PDFPageLeaf)) throw new Error('a page is not there');
  return page;
}

/**
 * Brings streams into the shape in which all that reads pages here can read them: Flate alone, not behind ASCII85 and the
 * like. A map to characters gets its filter in an array, which tells it from Chromium's: those `finishPdf` mends.
 */
function fixStreams(context: PDFContext): void {
  const objects = context.enumerateIndirectObjects();
  const maps = new Set<unknown>();
  for (const [, object] of objects) if (object instanceof PDFDict) maps.add(object.get(PDFName.of('ToUnicode')));
  for (const [ref, object] of objects) {
    if (!(object instanceof PDFRawStream)) continue;
    const filters = eachAt(object.dict, 'Filter');
    const behind = filters.length > 1 && filters.includes(PDFName.FlateDecode) && filters.every(isByteFilter);
    const hasMap = maps.has(ref) && (filters[0] === undefined || filters.every(isByteFilter));
    if ((!behind && !hasMap) || hasPredictor(object)) continue;
    const bytes = decodePDFRawStream(object).decode();
    const fresh = packedAnew(object, hasMap ? withoutComments(latin1(bytes)) : bytes);
    if (hasMap) fresh.dict.set(PDFName.of('Filter'), context.obj(['FlateDecode']));
    context.assign(ref, fresh);
  }
}

/** Takes out what no page draws, and what the writers of drawings noted beside what they draw: nobody would see it. */
function leaveUndrawn(context: PDFContext, { streams, written }: Drawn): void {
  for (const [ref, object] of context.enumerateIndirectObjects()) {
    if (!(object instanceof PDFStream)) continue;
    if (/^(Form|Image)$/.test(nameAt(object.dict, 'Subtype')) || object.dict.has(PDFName.of('PatternType'))) {
      if (!streams.has(object)) context.delete(ref);
    }
    if (!written.has(object)) continue;
    const text = textOfStream(object);
    const bare = withoutComments(text);
    if (bare === text) continue;
    context.assign(ref, packedAnew(object, bare));
  }
}

/** The same stream with other bytes. */
function packedAnew({ dict }: PDFStream, bytes: Uint8Array | string): PDFStream {
  const fresh = flateStream(dict.context, bytes);
  for (const [name, value] of dict.entries())
    if (!/^\/(Length|Filter|DecodeParms)$/.test(name.asString())) fresh.dict.set(name, value);
  return fresh;
}

const isByteFilter = (filter: unknown): boolean =>
  filter instanceof PDFName && /^\/(Flate|LZW|ASCII85|ASCIIHex|RunLength)Decode$/.test(filter.asString());

/** The size of every page of the forms, in order. Throws UserError, naming each form that cannot be used. */
export async function pagesOfForms(forms: readonly Form[]): Promise<PageSize[]> {
  const opened = await openForms(forms);
  return opened.flatMap(({ pages }) => pages.map(({ frame: { width, height } }) => ({ width, height })));
}

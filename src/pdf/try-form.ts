// Tries in a thread of its own whether a stranger's PDF can stand behind a book: all that a build does with it is done
// once with a book of one page, so that nothing is left to go wrong in the build.
import { parentPort } from 'node:worker_threads';
import { PDFDocument, PDFHeader, PDFName, PDFString } from '@cantoo/pdf-lib';
import type { Say } from '../core/source.js';
import { Refusal } from './admission.js';
import { appendForms } from './append-forms.js';
import { finishPdf, loadPdf } from './finish.js';
import { sizesOf } from './open-form.js';

const UNFIT: Say = {
  zh: '放不進手冊，可能已損壞。請用 PDF 閱讀器開啟後「列印成 PDF」，改用那個檔案。',
  en: 'does not go into the book; it may be damaged. Open it in a PDF reader, print it to a PDF and use that file.',
};

/**
 * Why the form cannot be printed, as a sentence that goes on from its name; else how many comments of reviewers it holds,
 * which are not printed.
 */
export async function tryForm(bytes: Uint8Array): Promise<{ say?: Say; comments?: number }> {
  const form = { title: '-', file: '-', bytes };
  const sizes = await sizesOf(form);
  if (sizes instanceof Refusal) return { say: sizes.say };
  try {
    const stamp = await PDFDocument.create({ updateMetadata: false });
    for (const { width, height } of sizes) stamp.addPage([width, height]).drawText('');
    const book = await bookOfOnePage();
    const { comments } = await appendForms(book, [form], {
      bookmark: '-',
      stamp: await loadPdf(await stamp.save({ useObjectStreams: false })),
    });
    await finishPdf(book, { file: '-', date: '2000-01-01', source: '' });
    return comments > 0 ? { comments } : {};
  } catch {
    return { say: UNFIT };
  }
}

async function bookOfOnePage(): Promise<PDFDocument> {
  const pdf = await PDFDocument.create({ updateMetadata: false });
  const { context, catalog } = pdf;
  // As Chromium's. A later version is written with streams of objects, in a time that grows with the square of their number.
  context.header = PDFHeader.forVersion(1, 4);
  pdf.addPage();
  pdf.setTitle('-');
  catalog.set(PDFName.of('Lang'), PDFString.of('zh'));
  const document = context.register(context.obj({ Type: 'StructElem', S: 'Document', K: [] }));
  catalog.set(PDFName.of('StructTreeRoot'), context.register(context.obj({ Type: 'StructTreeRoot', K: document })));
  return loadPdf(await pdf.save());
}

parentPort?.on('message', async (bytes: Uint8Array) => {
  parentPort?.postMessage(await tryForm(bytes));
});
parentPort?.postMessage('ready');

// What a file says of itself as a whole: its title, its language, its size, its bookmarks.
import { decodePDFRawStream, PDFBool, type PDFDocument, PDFRawStream } from '@cantoo/pdf-lib';
import { dictAt, infoOf, valueAt } from '../objects.js';
import type { PreflightFault } from './fault.js';
import { wordsAt } from './quoting.js';

/** Bytes that a mail server or the office's site still takes. */
const LARGEST = 20_000_000;
/** Pages beyond which nobody finds a place without bookmarks. */
const FEW_PAGES = 10;

export const xmpOf = ({ catalog }: PDFDocument): string => {
  const stream = valueAt(catalog, 'Metadata');
  if (!(stream instanceof PDFRawStream)) return '';
  try {
    return Buffer.from(decodePDFRawStream(stream).decode()).toString('utf8');
  } catch {
    return '';
  }
};

export function* nameFaults(pdf: PDFDocument): Generator<PreflightFault> {
  const { catalog } = pdf;
  const title = wordsAt(infoOf(pdf), 'Title');
  const shown = valueAt(dictAt(catalog, 'ViewerPreferences'), 'DisplayDocTitle') === PDFBool.True;
  if (title === '' || !shown)
    yield {
      rule: 'title',
      message:
        title === ''
          ? {
              zh: '檔案沒有標題；開啟檔案時要看得到標題。請加上 <title> 後重新編印。',
              en: 'The file has no title; a reader must see one. Give the page a <title> and print it again.',
            }
          : {
              zh: '檔案有標題，視窗卻顯示檔名（DisplayDocTitle 不是 true）；要顯示標題。請重新編印。',
              en: 'The file has a title but shows its file name (DisplayDocTitle is not true); the title must be shown. Print it again.',
            },
    };
  if (wordsAt(catalog, 'Lang') === '')
    yield {
      rule: 'language',
      message: {
        zh: '檔案沒有寫明語言（Lang）；朗讀軟體要知道用哪種語言。請加上 lang 後重新編印。',
        en: 'The file does not say its language (Lang); a program that reads aloud must know it. Give the page a lang and print it again.',
      },
    };
  const named = /<dc:title>[\s\S]*?<rdf:li[^>]*>\s*([^<\s][^<]*)<\/rdf:li>[\s\S]*?<\/dc:title>/.test(xmpOf(pdf));
  if (!named)
    yield {
      rule: 'metadata',
      message: {
        zh: '檔案的 XMP 詮釋資料沒有標題（dc:title）；收存與搜尋的系統靠它。請重新編印。',
        en: 'The XMP metadata of the file has no title (dc:title), by which archives and searches know it. Print the file again.',
      },
    };
}

/** Apart from the rest: only what is written has a size. */
export function* sizeFaults(bytes: Uint8Array): Generator<PreflightFault> {
  if (bytes.length > LARGEST)
    yield {
      rule: 'file-size',
      advice: true,
      message: {
        zh: `檔案有 ${(bytes.length / 1e6).toFixed(1)} MB；最多 ${LARGEST / 1e6} MB 才方便寄送與下載。請縮小圖片或分成幾個檔案。`,
        en: `The file has ${(bytes.length / 1e6).toFixed(1)} MB; at most ${LARGEST / 1e6} MB can be mailed and fetched easily. Make its pictures smaller or split it.`,
      },
    };
}

export function* longFaults(pdf: PDFDocument): Generator<PreflightFault> {
  const pages = pdf.getPageCount();
  if (pages > FEW_PAGES && !dictAt(dictAt(pdf.catalog, 'Outlines'), 'First'))
    yield {
      rule: 'bookmarks',
      advice: true,
      message: {
        zh: `檔案有 ${pages} 頁，卻沒有書籤；超過 ${FEW_PAGES} 頁就要有。請用帶書籤的方式重新編印。`,
        en: `The file has ${pages} pages and no bookmarks; beyond ${FEW_PAGES} pages they are needed. Print it again with bookmarks.`,
      },
    };
}

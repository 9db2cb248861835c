// Whether the tags tell pages, headings, figures and tables to those who listen.
import { PDFBool, type PDFDocument } from '@cantoo/pdf-lib';
import type { Say } from '../../core/source.js';
import { dictAt, nameAt, numberAt, valueAt } from '../objects.js';
import type { PageContent } from '../page-content.js';
import { below, type Element } from '../structure.js';
import type { PreflightFault } from './fault.js';
import { short, textOf } from './quoting.js';

export function* tagFaults(
  pdf: PDFDocument,
  contents: readonly PageContent[],
  elements: readonly Element[],
): Generator<PreflightFault> {
  const marked = valueAt(dictAt(pdf.catalog, 'MarkInfo'), 'Marked');
  if (marked !== PDFBool.True || elements.length === 0) {
    yield {
      rule: 'tags-missing',
      message: {
        zh: '檔案沒有標籤（結構樹），無法朗讀，也沒有閱讀順序；公開的檔案要有。請用帶標籤的方式重新編印。',
        en: 'The file has no tags (structure tree): it cannot be read aloud and has no reading order; published files need them. Print it again with tags.',
      },
    };
    // The rest would say the same again for every page.
    return;
  }
  yield* pageFaults(pdf, contents);
  let level = 0;
  for (const [index, { role, spoken }] of elements.entries()) {
    const heading = /^H([1-6])$/.exec(role)?.[1];
    if (!heading && role !== 'Figure' && role !== 'Table') continue;
    const inside = below(elements, index);
    const place = placeOf(inside);
    if (heading) {
      if (Number(heading) > level + 1)
        yield { rule: 'heading-level', ...place, message: stepTooFar(level, Number(heading)) };
      level = Number(heading);
    }
    if (role === 'Figure' && spoken === '')
      yield {
        rule: 'figure-alt',
        ...place,
        message: {
          zh: '圖沒有替代文字，看不到圖的人不知道畫了什麼；每張圖都要有。請加上圖的說明（alt 或 aria-label）。',
          en: 'The figure has no words in its place for those who cannot see it; every figure needs them. Describe it (alt or aria-label).',
        },
      };
    if (role === 'Table' && !inside.some((each) => each.role === 'TH'))
      yield {
        rule: 'table-head',
        ...place,
        message: {
          zh: '表格沒有標題格（TH），朗讀時不知道每一格是什麼；表格都要有。請把表頭改成 th。',
          en: 'The table has no header cell (TH), so nobody who listens knows what a cell is; every table needs one. Make its heads th.',
        },
      };
  }
}

/** Where an element with all that is below it (`inside`) is found. */
function placeOf(inside: readonly Element[]): { page?: number; text?: string } {
  const page = inside.find((each) => each.page !== undefined)?.page;
  const words = short(
    inside
      .map((each) => each.words)
      .join('')
      .trim(),
  );
  return { ...(page === undefined ? {} : { page }), ...(words === '' ? {} : { text: words }) };
}

const stepTooFar = (level: number, now: number): Say => ({
  zh: `${level === 0 ? '第一個標題就是' : `第 ${level} 級標題之後是`}第 ${now} 級；標題要一級一級往下。請改成第 ${level + 1} 級。`,
  en: `${level === 0 ? 'The first heading has' : `A heading of level ${level} is followed by one of`} level ${now}; levels go down one by one. Make it level ${level + 1}.`,
});

function* pageFaults(pdf: PDFDocument, contents: readonly PageContent[]): Generator<PreflightFault> {
  for (const [index, { node }] of pdf.getPages().entries()) {
    // A running head alone is read by nobody.
    const run = contents[index]?.runs.find(({ spoken }) => spoken !== 'artifact');
    if (!run) continue;
    const page = index + 1;
    if (numberAt(node, 'StructParents') === undefined)
      yield {
        rule: 'page-untagged',
        page,
        text: short(textOf(run)),
        message: {
          zh: '這一頁有文字，卻沒有連到標籤（StructParents）；每一頁的文字都要有閱讀順序。請重新編印。',
          en: 'The page shows text but has no part in the tags (StructParents); all text needs a reading order. Print the file again.',
        },
      };
    if (nameAt(node, 'Tabs') !== 'S')
      yield {
        rule: 'tab-order',
        page,
        message: {
          zh: '這一頁沒有寫明連結依閱讀順序（Tabs 要是 S）；用鍵盤的人會跳來跳去。請重新編印。',
          en: 'The page does not say that its links follow the reading order (Tabs must be S), so the keyboard jumps about. Print the file again.',
        },
      };
  }
}

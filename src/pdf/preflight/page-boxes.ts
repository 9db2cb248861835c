// Whether each page says how large it is, and where it is trimmed.
import { type PDFDict, type PDFDocument, PDFName } from '@cantoo/pdf-lib';
import type { Say } from '../../core/source.js';
import { type Box, boxBetween, holds, isArea } from '../geometry.js';
import { arrayAt, dictAt, numbersIn } from '../objects.js';
import type { PreflightFault } from './fault.js';

/** A box as the page states it. */
type Stated = Box | 'none' | 'bad';

function statedBox(page: PDFDict, name: string): Stated {
  // Media and crop box are inherited; the others are the page's own.
  let holder: PDFDict | undefined = page;
  if (/^(Media|Crop)Box$/.test(name))
    for (let up = 0; up < 50 && holder && !holder.has(PDFName.of(name)); up += 1) holder = dictAt(holder, 'Parent');
  if (!holder?.has(PDFName.of(name))) return 'none';
  const numbers = numbersIn(arrayAt(holder, name), Number.NaN);
  const [a = Number.NaN, b = Number.NaN, c = Number.NaN, d = Number.NaN] = numbers;
  const box = boxBetween(a, b, c, d);
  return numbers.length === 4 && isArea(box) ? box : 'bad';
}

export function* boxFaults(pdf: PDFDocument): Generator<PreflightFault> {
  for (const [index, { node }] of pdf.getPages().entries()) {
    const page = index + 1;
    const box = (name: string): Stated => statedBox(node, name);
    const fault = (message: Say): PreflightFault => ({ rule: 'page-box', page, message });
    const media = box('MediaBox');
    const bleed = box('BleedBox');
    if (media === 'none')
      yield fault({
        zh: '這一頁沒有寫紙張大小（MediaBox）；每一頁都要有。請重新編印。',
        en: 'The page does not say its size (MediaBox); every page must. Print the file again.',
      });
    for (const name of ['MediaBox', 'CropBox', 'BleedBox', 'TrimBox', 'ArtBox']) {
      const inner = box(name);
      if (inner === 'bad')
        yield fault({
          zh: `這一頁的 ${name} 是空的或寫錯；它要有寬有高。請重新編印。`,
          en: `The ${name} of the page is empty or wrong; it must have a width and a height. Print the file again.`,
        });
      if (typeof inner === 'string' || name === 'MediaBox') continue;
      const outer = name === 'TrimBox' && typeof bleed === 'object' ? 'BleedBox' : 'MediaBox';
      const limit = outer === 'BleedBox' ? bleed : media;
      if (typeof limit === 'object' && !holds(limit, inner))
        yield fault({
          zh: `這一頁的 ${name} 超出 ${outer}；裁切與出血的範圍要在裡面。請改正頁面的框線設定。`,
          en: `The ${name} of the page reaches beyond its ${outer}; it must lie inside. Set the boxes of the page right.`,
        });
    }
  }
}

// Whether a print shop takes the fonts, and a reader finds their text.
import type { PDFDict, PDFDocument } from '@cantoo/pdf-lib';
import { dictAt, dictOf, dictsIn, eachAt, listAt, nameAt } from '../objects.js';
import type { PreflightFault } from './fault.js';

export function* fontFaults(pdf: PDFDocument): Generator<PreflightFault> {
  const seen = new Set<PDFDict>();
  for (const [index, { node }] of pdf.getPages().entries()) {
    const page = index + 1;
    const waiting = [node.Resources()];
    for (const note of listAt(node, 'Annots')) {
      // An appearance, or one for each state of a field.
      const looks = dictsIn(dictAt(dictOf(pdf.context.lookup(note)), 'AP'));
      for (const look of looks) for (const each of [look, ...dictsIn(look)]) waiting.push(dictAt(each, 'Resources'));
    }
    for (let resources = waiting.pop(); resources || waiting.length > 0; resources = waiting.pop()) {
      if (!resources || seen.has(resources)) continue;
      seen.add(resources);
      for (const font of dictsIn(dictAt(resources, 'Font')))
        if (!seen.has(font)) {
          seen.add(font);
          yield* faultsOfFont(font, page);
        }
      for (const kind of ['XObject', 'Pattern'])
        for (const each of dictsIn(dictAt(resources, kind))) waiting.push(dictAt(each, 'Resources'));
    }
  }
}

function* faultsOfFont(font: PDFDict, page: number): Generator<PreflightFault> {
  const kind = nameAt(font, 'Subtype');
  const last = dictOf(eachAt(font, 'DescendantFonts')[0]) ?? font;
  const within = nameAt(last, 'Subtype');
  const text = nameAt(font, 'BaseFont').replace(/^[A-Z]{6}\+/, '') || nameAt(font, 'Name') || kind;
  const trueType = within === 'CIDFontType2' || within === 'TrueType';
  if (!trueType) {
    const what = kind === 'Type3' ? 'Type 3' : within === 'CIDFontType0' ? 'CFF (CIDFontType0)' : within || kind;
    yield {
      rule: 'font-type',
      page,
      text,
      message: {
        zh: `字型的格式是 ${what}，印刷廠不收；要用 TrueType。請改用系統裡的 TrueType 字型（.ttf），不要用網頁字型或 OpenType/CFF 字型。`,
        en: `The font is embedded as ${what}, which print shops refuse; TrueType was expected. Use an installed TrueType font (.ttf), no web font and no OpenType/CFF font.`,
      },
    };
  }
  const descriptor = dictAt(last, 'FontDescriptor');
  if (kind !== 'Type3' && !['FontFile', 'FontFile2', 'FontFile3'].some((name) => dictAt(descriptor, name)))
    yield {
      rule: 'font-embedded',
      page,
      text,
      message: {
        zh: '字型沒有嵌入檔案，別的電腦或印刷廠會換成別的字；每個字型都要嵌入。請重新編印，並在輸出時選擇嵌入字型。',
        en: 'The font is not embedded, so another machine replaces it; every font must be embedded. Print the file again with its fonts embedded.',
      },
    };
  if (!dictAt(font, 'ToUnicode'))
    yield {
      rule: 'font-unicode',
      page,
      text,
      message: {
        zh: '字型沒有文字對照（ToUnicode），文字搜尋、複製、朗讀會出錯；每個字型都要有。請改用別的字型重新編印。',
        en: 'The font has no table of characters (ToUnicode), so its text cannot be found, copied or read aloud; every font needs one. Print the file again with another font.',
      },
    };
}

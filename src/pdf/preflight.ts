// Proves from a PDF alone that it may be printed and published: fonts, sizes, edges, links, tags and names.
import {
  decodePDFRawStream,
  EncryptedPDFError,
  ParseSpeeds,
  PDFArray,
  PDFBool,
  PDFDict,
  PDFDocument,
  PDFHexString,
  PDFName,
  PDFNumber,
  type PDFObject,
  PDFRawStream,
  PDFRef,
  PDFStream,
  PDFString,
} from '@cantoo/pdf-lib';
import type { Lang, Say } from '../core/source.js';
import { UserError, visible } from '../core/terminal.js';
import { type Box, holds, TOLERANCE } from './geometry.js';
import type { Unseen } from './ink.js';
import type { PageContent, Run } from './page-content.js';
import { readPages } from './read-pages.js';

/**
 * What must be read in the file, whitespace and width of characters aside. `texts`: each as a whole. `shown`: every text
 * of the page that was printed; each character must be seen as often as it stands there.
 */
export type Expected = { texts?: readonly string[]; shown?: readonly string[] };

export type PreflightRule =
  | 'font-type'
  | 'font-embedded'
  | 'font-unicode'
  | 'missing-glyph'
  | 'text-missing'
  | 'text-small'
  | 'text-outside'
  | 'text-cut'
  | 'text-unseen'
  | 'page-number'
  | 'dead-link'
  | 'link-address'
  | 'page-box'
  | 'tags-missing'
  | 'page-untagged'
  | 'tab-order'
  | 'figure-alt'
  | 'heading-level'
  | 'table-head'
  | 'title'
  | 'language'
  | 'metadata'
  | 'ua-claim'
  | 'file-size'
  | 'bookmarks';

/** What a file alone cannot tell: an office's own templates hide what the program's show, or move it elsewhere. */
export type PressRule = 'override-hides' | 'override-moves';

/**
 * `page` is 1-based; `text` is what stands there. `message`: what is there, what was expected, how to mend it. `advice`: a
 * warning, for a file that is right on paper and on a screen, and yet could be better.
 */
export type PreflightFault = {
  rule: PreflightRule | PressRule;
  advice?: true;
  page?: number;
  text?: string;
  message: Say;
};

/**
 * Key of the Info dictionary: what a file is for that nobody is to read on a screen, `booklet` or `tiles`. Such a file
 * has no order of reading, and tiles cut through the text that they show together.
 * @internal
 */
export const PURPOSE = PDFName.of('ServicebookPurpose');

/** One line each, and as the compilers do: file, page, rule. */
export const linesOf = (found: readonly (PreflightFault & { file: string })[], lang: Lang): string =>
  found
    .map(({ file, page, rule, advice, text, message }) => {
      const place = page === undefined ? visible(file) : `${visible(file)}:${page}`;
      const shown = text === undefined ? '' : lang === 'zh' ? `「${visible(text)}」` : ` "${visible(text)}"`;
      const warns = advice ? (lang === 'zh' ? '（提醒）' : ' (warning)') : '';
      return `${place}: ${rule}${warns}${shown}${lang === 'zh' ? '：' : ': '}${message[lang]}\n`;
    })
    .join('');

/** pt. The smallest text that is still read on paper, and what Chromium's rounding to whole px takes from it. */
const SMALLEST = 8;
/** Bytes that a mail server or the office's site still takes. */
const LARGEST = 20_000_000;
/** Pages beyond which nobody finds a place without bookmarks. */
const FEW_PAGES = 10;

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

/**
 * The same for a file that is still open, but for its size. `contents`: when its pages have been read already.
 * @internal
 */
export function prove(
  pdf: PDFDocument,
  expected: Expected = {},
  contents: readonly PageContent[] = readPages(pdf),
): Proof {
  const info = pdf.context.lookup(pdf.context.trailerInfo.Info);
  const purpose = info instanceof PDFDict ? info.lookup(PURPOSE) : undefined;
  const toRead = !(purpose instanceof PDFName);
  const inParts = purpose === PDFName.of('tiles');
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
    ...tags,
  ];
  return {
    faults: faults.sort((a, b) => (a.page ?? 0) - (b.page ?? 0)),
    accessible: toRead && elements.length > 0 && against.length === 0,
  };
}

// --------------------------------------------------------------------------------------------------------- opening

const DAMAGED = new UserError({
  zh: '這個 PDF 檔已損壞，無法讀取。請重新編印或重新取得檔案。',
  en: 'This PDF is damaged and cannot be read. Print or fetch it again.',
});

async function opened(bytes: Uint8Array): Promise<PDFDocument> {
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

const textOf = ({ glyphs }: Run): string =>
  glyphs
    .map(({ text }) => text)
    .join('')
    .trim();
/** As much of a text as finds the place. */
const short = (text: string): string => ([...text].length > 40 ? `${[...text].slice(0, 39).join('')}…` : text);
const plain = (text: string): string => text.normalize('NFKC').replace(/\s/g, '');

// ---------------------------------------------------------------------------------------------------- text and size

const UNSEEN: Record<Unseen, Say> = {
  ground: { zh: '字的顏色和底色幾乎一樣', en: 'its colour is about that of its ground' },
  covered: { zh: '被後來畫上的色塊或圖片蓋住', en: 'an area or a picture was painted over it' },
  invisible: { zh: '設定為不顯示（例如 Tr 3）', en: 'it is set to be invisible (Tr 3)' },
};

function* textFaults({ page, box, runs, unseen }: PageContent): Generator<PreflightFault> {
  for (const run of runs) {
    const text = short(textOf(run));
    if (run.missing)
      yield {
        rule: 'missing-glyph',
        page,
        text,
        message: {
          zh: '有字沒有字型可印，印成空白方框（以 □ 表示）；每個字都要印得出來。請安裝含有這個字的 TrueType 字型，或改用別的字。',
          en: 'A character that no font has is printed as an empty box (shown as □); every character must be printed. Install a TrueType font that has it, or write another.',
        },
      };
    if (run.cut)
      yield {
        rule: 'text-cut',
        page,
        text,
        message: {
          zh: '文字放不進所在的框，被框邊切掉；每個字都要看得到。請縮短文字、允許換行，或加大那一框。',
          en: 'The text does not fit the frame it stands in and is cut by its edge; every character must be seen. Shorten it, let it wrap, or make the frame larger.',
        },
      };
    if (holds(box, run.box)) continue;
    const gone =
      run.box[2] <= box[0] || run.box[0] >= box[2] || run.box[3] <= box[1] || run.box[1] >= box[3]
        ? { zh: '整段落在紙張之外', en: 'lies wholly outside the page' }
        : { zh: '被紙張邊緣切到', en: 'is cut by the edge of the page' };
    yield {
      rule: 'text-outside',
      page,
      text,
      message: {
        zh: `文字${gone.zh}，印不出來；文字都要在紙張之內。請縮短文字、允許換行，或加大版面。`,
        en: `The text ${gone.en} and is not printed; all text must stand on the page. Shorten it, let it wrap, or give it more room.`,
      },
    };
  }
  for (const why of ['ground', 'covered', 'invisible'] as const) {
    const lost = unseen.flatMap((each) => (each.why === why && each.text.trim() !== '' ? [each.text] : []));
    const [first] = lost;
    if (first === undefined) continue;
    const many = lost.length === 1 ? 'A text' : `${lost.length} texts`;
    yield {
      rule: 'text-unseen',
      page,
      text: short(first.trim()),
      message: {
        zh: `這一頁有 ${lost.length} 段文字看不見：${UNSEEN[why].zh}；每個字都要看得到。請改正文字或底色，不要的字就刪去。`,
        en: `${many} on this page cannot be seen: ${UNSEEN[why].en}; every character must be seen. Set colour or ground right, or take the text out.`,
      },
    };
  }
  const small = runs.filter(({ size }) => size < SMALLEST - TOLERANCE);
  const least = small.reduce<Run | undefined>((a, b) => (a && a.size <= b.size ? a : b), undefined);
  if (least) {
    const size = Number(least.size.toFixed(2));
    yield {
      rule: 'text-small',
      page,
      text: short(textOf(least)),
      message: {
        zh: `這一頁有 ${small.length} 段文字太小，最小的是 ${size} pt；印出來的字至少要 ${SMALLEST} pt。請放大字級，圖太大時分成兩張或改用較大的紙。`,
        en: `${small.length} texts on this page are too small, the smallest ${size} pt; printed text must have at least ${SMALLEST} pt. Set it larger; split a chart that is too large, or take a larger paper.`,
      },
    };
  }
}

function* missingTexts(
  contents: readonly PageContent[],
  { texts = [], shown = [] }: Expected,
): Generator<PreflightFault> {
  const all = plain(contents.map(({ seen }) => seen).join(''));
  // A text that two pages share is whole only where it was laid out; that nothing of it is lost is counted below.
  const laidOut = plain(shown.join(''));
  for (const text of new Set(texts))
    if (!all.includes(plain(text)) && !laidOut.includes(plain(text)))
      yield {
        rule: 'text-missing',
        text: short(text),
        message: {
          zh: '內容裡有這段文字，這個檔案裡卻找不到；每項服務與每個步驟都要印出來。請重新編印。',
          en: 'The content says this and the file does not; every service and every step must be printed. Print it again.',
        },
      };
  // Columns, margins and page breaks part texts on paper, so characters are counted, and the texts are asked only then.
  const counts = new Map<string, number>();
  for (const character of all) counts.set(character, (counts.get(character) ?? 0) + 1);
  const lost = new Set<string>();
  for (const character of plain(shown.join(''))) {
    const left = (counts.get(character) ?? 0) - 1;
    counts.set(character, left);
    if (left < 0 && !/[\p{Cc}\p{Cf}\u{FFFD}]/u.test(character)) lost.add(character);
  }
  if (lost.size === 0) return;
  const found = shown.find((text) => [...plain(text)].some((each) => lost.has(each)) && !all.includes(plain(text)));
  yield {
    rule: 'text-missing',
    text: short((found ?? [...lost].join('')).trim()),
    message: {
      zh: '這段文字在頁面裡，紙上卻看不到或看不完整（放不進所在的框，或落在紙張之外）；每個字都要看得到。請縮短文字或加大版面。',
      en: 'This text is in the page but not, or not wholly, seen on paper (its frame is too small, or it lies outside the page); every character must be seen. Shorten it or give it more room.',
    },
  };
}

// ---------------------------------------------------------------------------------------------------- PDF, by name

const nameOf = (name: string): PDFName => PDFName.of(name);
const get = (dict: PDFDict | undefined, name: string): PDFObject | undefined => dict?.lookup(nameOf(name));
const dictIn = (dict: PDFDict | undefined, name: string): PDFDict | undefined => {
  const found = get(dict, name);
  return found instanceof PDFStream ? found.dict : found instanceof PDFDict ? found : undefined;
};
const arrayIn = (dict: PDFDict | undefined, name: string): PDFArray | undefined => {
  const found = get(dict, name);
  return found instanceof PDFArray ? found : undefined;
};
/** Without its slash. */
const nameIn = (dict: PDFDict | undefined, name: string): string => {
  const found = get(dict, name);
  return found instanceof PDFName ? found.decodeText() : '';
};
const textIn = (dict: PDFDict | undefined, name: string): string => {
  const found = get(dict, name);
  return found instanceof PDFString || found instanceof PDFHexString ? found.decodeText().trim() : '';
};
const entriesOf = (dict: PDFDict | undefined): PDFDict[] =>
  (dict?.keys() ?? []).flatMap((key) => dictIn(dict, key.decodeText()) ?? []);

// ----------------------------------------------------------------------------------------------------------- fonts

function* fontFaults(pdf: PDFDocument): Generator<PreflightFault> {
  const seen = new Set<PDFDict>();
  for (const [index, { node }] of pdf.getPages().entries()) {
    const page = index + 1;
    const waiting = [node.Resources()];
    for (const note of node.Annots()?.asArray() ?? []) {
      // An appearance, or one for each state of a field.
      const found = pdf.context.lookup(note);
      const looks = found instanceof PDFDict ? entriesOf(dictIn(found, 'AP')) : [];
      for (const look of looks) for (const each of [look, ...entriesOf(look)]) waiting.push(dictIn(each, 'Resources'));
    }
    for (let resources = waiting.pop(); resources || waiting.length > 0; resources = waiting.pop()) {
      if (!resources || seen.has(resources)) continue;
      seen.add(resources);
      for (const font of entriesOf(dictIn(resources, 'Font')))
        if (!seen.has(font)) {
          seen.add(font);
          yield* faultsOfFont(font, page);
        }
      for (const kind of ['XObject', 'Pattern'])
        for (const each of entriesOf(dictIn(resources, kind))) waiting.push(dictIn(each, 'Resources'));
    }
  }
}

function* faultsOfFont(font: PDFDict, page: number): Generator<PreflightFault> {
  const kind = nameIn(font, 'Subtype');
  const inner = arrayIn(font, 'DescendantFonts')?.lookup(0);
  const last = inner instanceof PDFDict ? inner : font;
  const within = nameIn(last, 'Subtype');
  const text = nameIn(font, 'BaseFont').replace(/^[A-Z]{6}\+/, '') || nameIn(font, 'Name') || kind;
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
  const descriptor = dictIn(last, 'FontDescriptor');
  if (kind !== 'Type3' && !['FontFile', 'FontFile2', 'FontFile3'].some((name) => dictIn(descriptor, name)))
    yield {
      rule: 'font-embedded',
      page,
      text,
      message: {
        zh: '字型沒有嵌入檔案，別的電腦或印刷廠會換成別的字；每個字型都要嵌入。請重新編印，並在輸出時選擇嵌入字型。',
        en: 'The font is not embedded, so another machine replaces it; every font must be embedded. Print the file again with its fonts embedded.',
      },
    };
  if (!dictIn(font, 'ToUnicode'))
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

// ----------------------------------------------------------------------------------------------------------- boxes

function* boxFaults(pdf: PDFDocument): Generator<PreflightFault> {
  for (const [index, { node }] of pdf.getPages().entries()) {
    const page = index + 1;
    const box = (name: string): Box | 'none' | 'bad' => {
      // Media and crop box are inherited; the others are the page's own.
      let holder: PDFDict | undefined = node;
      if (/^(Media|Crop)Box$/.test(name))
        for (let up = 0; up < 50 && holder && !holder.has(nameOf(name)); up += 1) holder = dictIn(holder, 'Parent');
      if (!holder?.has(nameOf(name))) return 'none';
      const numbers = arrayIn(holder, name)?.asArray() ?? [];
      const [a, b, c, d] = numbers.map((each) => {
        const number = pdf.context.lookup(each);
        return number instanceof PDFNumber ? number.asNumber() : Number.NaN;
      });
      if (numbers.length !== 4 || a === undefined || b === undefined || c === undefined || d === undefined)
        return 'bad';
      const found: Box = [Math.min(a, c), Math.min(b, d), Math.max(a, c), Math.max(b, d)];
      return found[2] - found[0] > 0 && found[3] - found[1] > 0 ? found : 'bad';
    };
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

// ----------------------------------------------------------------------------------------------------------- links

/** Something that a reader can press: a link on a page, or a bookmark. */
function* linkFaults(pdf: PDFDocument, contents: readonly PageContent[]): Generator<PreflightFault> {
  const { context, catalog } = pdf;
  const pages = new Map(pdf.getPages().map(({ ref }, index) => [ref, index + 1]));
  const named = destinationsOf(pdf);
  /** The page it leads to; nothing when there is no such place. */
  const pageOf = (target: PDFObject | undefined): number | undefined => {
    let found = target instanceof PDFRef ? context.lookup(target) : target;
    if (found instanceof PDFString || found instanceof PDFHexString || found instanceof PDFName)
      found = named.get(found.decodeText());
    if (found instanceof PDFDict) found = get(found, 'D');
    const first = found instanceof PDFArray ? found.get(0) : undefined;
    return first instanceof PDFRef ? pages.get(first) : undefined;
  };
  const nowhere = (target: PDFObject | undefined): Say => {
    const shown = target instanceof PDFName || target instanceof PDFString ? `「${target.decodeText()}」` : '';
    return {
      zh: `連結指到的地方${shown}不在這個檔案裡；連結都要有去處。請改正或拿掉連結。`,
      en: `The link leads to a place ${shown.replace(/[「」]/g, '"')}${shown && ' '}that is not in the file; every link must lead somewhere. Mend or remove it.`,
    };
  };

  for (const [index, { node }] of pdf.getPages().entries()) {
    const content = contents[index];
    for (const each of node.Annots()?.asArray() ?? []) {
      const note = context.lookup(each);
      if (!(note instanceof PDFDict) || nameIn(note, 'Subtype') !== 'Link' || !content) continue;
      const page = index + 1;
      const words = wordsIn(content, arrayIn(note, 'Rect'));
      const text = words === '' ? {} : { text: short(words) };
      const action = dictIn(note, 'A');
      const kind = nameIn(action, 'S');
      if (action && kind !== 'GoTo') {
        const address = textIn(action, 'URI');
        const fault = kind === 'URI' ? addressFault(address) : kindFault(kind);
        if (fault) yield { rule: 'link-address', page, text: short(words || address || kind), message: fault };
        continue;
      }
      const target = action ? get(action, 'D') : get(note, 'Dest');
      const to = pageOf(target);
      if (to === undefined) yield { rule: 'dead-link', page, ...text, message: nowhere(target) };
      else if (/^\d+$/.test(plain(words)) && Number(plain(words)) !== to)
        yield {
          rule: 'page-number',
          page,
          ...text,
          message: {
            zh: `目錄寫第 ${plain(words)} 頁，連結卻到第 ${to} 頁；頁碼要是連結到的那一頁。請重新編印。`,
            en: `The page number says ${plain(words)}, its link leads to page ${to}; they must be the same. Print the file again.`,
          },
        };
    }
  }

  const seen = new Set<PDFDict>();
  for (const waiting = [dictIn(dictIn(catalog, 'Outlines'), 'First')]; waiting.length > 0; ) {
    const mark = waiting.pop();
    if (!mark || seen.has(mark)) continue;
    seen.add(mark);
    waiting.push(dictIn(mark, 'Next'), dictIn(mark, 'First'));
    const action = dictIn(mark, 'A');
    const target = action ? get(action, 'D') : get(mark, 'Dest');
    // One without a target only holds others.
    if ((target !== undefined || nameIn(action, 'S') === 'GoTo') && pageOf(target) === undefined)
      yield { rule: 'dead-link', text: short(textIn(mark, 'Title')), message: nowhere(target) };
  }
}

/** Of both kinds of name: the catalog's /Dests, and the tree under /Names. */
function destinationsOf({ catalog, context }: PDFDocument): Map<string, PDFObject | undefined> {
  const named = new Map<string, PDFObject | undefined>();
  const old = dictIn(catalog, 'Dests');
  for (const key of old?.keys() ?? []) named.set(key.decodeText(), old?.lookup(key));
  const seen = new Set<PDFDict>();
  for (const waiting = [dictIn(dictIn(catalog, 'Names'), 'Dests')]; waiting.length > 0; ) {
    const node = waiting.pop();
    if (!node || seen.has(node)) continue;
    seen.add(node);
    const pairs = arrayIn(node, 'Names');
    for (let i = 0; pairs && i + 1 < pairs.size(); i += 2) {
      const key = pairs.lookup(i);
      if (key instanceof PDFString || key instanceof PDFHexString) named.set(key.decodeText(), pairs.lookup(i + 1));
    }
    for (const kid of arrayIn(node, 'Kids')?.asArray() ?? []) {
      const found = context.lookup(kid);
      if (found instanceof PDFDict) waiting.push(found);
    }
  }
  return named;
}

function wordsIn({ runs }: PageContent, rect: PDFArray | undefined): string {
  const [a = 0, b = 0, c = 0, d = 0] = (rect?.asArray() ?? []).map((each) =>
    each instanceof PDFNumber ? each.asNumber() : 0,
  );
  const [left, bottom, right, top] = [Math.min(a, c), Math.min(b, d), Math.max(a, c), Math.max(b, d)];
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
    en: `The address of the link, "${short(address)}", is not good; outside links must be whole http, https, mailto or tel addresses. Mend the address.`,
  };
}

const kindFault = (kind: string): Say => ({
  zh: `連結做的是「${kind}」；連結只能到檔案裡的地方或網址。請拿掉這個連結。`,
  en: `The link does "${kind}"; a link may only lead to a place in the file or to an address. Remove it.`,
});

// ------------------------------------------------------------------------------------------------------------ tags

/** A structure element, in reading order; what is below it follows it with a greater depth. @internal */
export type Element = {
  role: string;
  depth: number;
  page: number | undefined;
  /** What it says instead of a picture. */
  spoken: string;
  /** The words right in it. */
  words: string;
  /** The element right above it. */
  parent: Element | undefined;
  dict: PDFDict;
};

/** @internal */
export function readStructure(pdf: PDFDocument, contents: readonly PageContent[]): Element[] {
  const { context, catalog } = pdf;
  const root = dictIn(catalog, 'StructTreeRoot');
  const roles = dictIn(root, 'RoleMap');
  const pages = new Map(pdf.getPages().map(({ ref }, index) => [ref as PDFObject, index + 1]));
  const pageIn = (dict: PDFDict): number | undefined => {
    const ref = dict.get(nameOf('Pg'));
    return ref && pages.get(ref);
  };
  const standard = (role: string): string => {
    let found = role;
    for (let step = 0; step < 10 && nameIn(roles, found); step += 1) found = nameIn(roles, found);
    return found;
  };
  const elements: Element[] = [];
  const seen = new Set<PDFDict>();
  type Waiting = { kid: PDFObject | undefined; depth: number; page: number | undefined; within: Element | undefined };
  for (const waiting: Waiting[] = [{ kid: root?.get(nameOf('K')), depth: 0, page: undefined, within: undefined }]; ; ) {
    const next = waiting.pop();
    if (!next) break;
    const { depth, page, within } = next;
    const kid = next.kid instanceof PDFRef ? context.lookup(next.kid) : next.kid;
    if (kid instanceof PDFArray) for (const each of kid.asArray().reverse()) waiting.push({ ...next, kid: each });
    if (kid instanceof PDFNumber && within) {
      within.page ??= page;
      if (page !== undefined) within.words += contents[page - 1]?.words.get(kid.asNumber()) ?? '';
    }
    if (!(kid instanceof PDFDict) || seen.has(kid)) continue;
    seen.add(kid);
    const own = pageIn(kid) ?? page;
    const kind = nameIn(kid, 'Type');
    if (kind === 'MCR') waiting.push({ kid: kid.get(nameOf('MCID')), depth, page: own, within });
    else if (kind === 'OBJR') {
      if (within) within.page ??= own;
    } else if (nameIn(kid, 'S')) {
      const element: Element = {
        role: standard(nameIn(kid, 'S')),
        depth,
        page: pageIn(kid),
        spoken: textIn(kid, 'Alt') || textIn(kid, 'ActualText'),
        words: '',
        parent: within,
        dict: kid,
      };
      elements.push(element);
      waiting.push({ kid: kid.get(nameOf('K')), depth: depth + 1, page: own, within: element });
    }
  }
  return elements;
}

/** An element and all below it. */
function below(elements: readonly Element[], index: number): Element[] {
  const depth = elements[index]?.depth ?? 0;
  let end = index + 1;
  while ((elements[end]?.depth ?? -1) > depth) end += 1;
  return elements.slice(index, end);
}

function* tagFaults(
  pdf: PDFDocument,
  contents: readonly PageContent[],
  elements: readonly Element[],
): Generator<PreflightFault> {
  const marked = get(dictIn(pdf.catalog, 'MarkInfo'), 'Marked');
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
  for (const [index, { node }] of pdf.getPages().entries()) {
    const run = contents[index]?.runs[0];
    if (!run) continue;
    const page = index + 1;
    if (!(get(node, 'StructParents') instanceof PDFNumber))
      yield {
        rule: 'page-untagged',
        page,
        text: short(textOf(run)),
        message: {
          zh: '這一頁有文字，卻沒有連到標籤（StructParents）；每一頁的文字都要有閱讀順序。請重新編印。',
          en: 'The page shows text but has no part in the tags (StructParents); all text needs a reading order. Print the file again.',
        },
      };
    if (nameIn(node, 'Tabs') !== 'S')
      yield {
        rule: 'tab-order',
        page,
        message: {
          zh: '這一頁沒有寫明連結依閱讀順序（Tabs 要是 S）；用鍵盤的人會跳來跳去。請重新編印。',
          en: 'The page does not say that its links follow the reading order (Tabs must be S), so the keyboard jumps about. Print the file again.',
        },
      };
  }
  let level = 0;
  for (const [index, { role, spoken }] of elements.entries()) {
    const heading = /^H([1-6])$/.exec(role)?.[1];
    if (!heading && role !== 'Figure' && role !== 'Table') continue;
    const inside = below(elements, index);
    const page = inside.find((each) => each.page !== undefined)?.page;
    const words = short(
      inside
        .map((each) => each.words)
        .join('')
        .trim(),
    );
    const place = { ...(page === undefined ? {} : { page }), ...(words === '' ? {} : { text: words }) };
    if (heading) {
      const now = Number(heading);
      if (now > level + 1)
        yield {
          rule: 'heading-level',
          ...place,
          message: {
            zh: `${level === 0 ? '第一個標題就是' : `第 ${level} 級標題之後是`}第 ${now} 級；標題要一級一級往下。請改成第 ${level + 1} 級。`,
            en: `${level === 0 ? 'The first heading has' : `A heading of level ${level} is followed by one of`} level ${now}; levels go down one by one. Make it level ${level + 1}.`,
          },
        };
      level = now;
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

// ----------------------------------------------------------------------------------------------------------- names

const xmpOf = ({ catalog }: PDFDocument): string => {
  const stream = get(catalog, 'Metadata');
  if (!(stream instanceof PDFRawStream)) return '';
  try {
    return Buffer.from(decodePDFRawStream(stream).decode()).toString('utf8');
  } catch {
    return '';
  }
};

function* nameFaults(pdf: PDFDocument): Generator<PreflightFault> {
  const { catalog, context } = pdf;
  const info = context.lookup(context.trailerInfo.Info);
  const title = info instanceof PDFDict ? textIn(info, 'Title') : '';
  const shown = get(dictIn(catalog, 'ViewerPreferences'), 'DisplayDocTitle') === PDFBool.True;
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
  if (textIn(catalog, 'Lang') === '')
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

/** ISO 32000-1, 14.8.4: the roles that every program knows. */
const ROLES = new Set(
  'Document Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct Private P H H1 H2 H3 H4 H5 H6 L LI Lbl LBody Table TR TH TD THead TBody TFoot Span Quote Note Reference BibEntry Code Link Annot Ruby RB RT RP Warichu WT WP Figure Formula Form'.split(
    ' ',
  ),
);

/** ISO 32000-1, tables 336 and 337: what may stand right in a list or table; of others nothing is said. */
const KIDS: Readonly<Record<string, RegExp>> = {
  L: /^(Caption|LI|L)$/,
  LI: /^(Lbl|LBody)$/,
  Table: /^(Caption|TR|THead|TBody|TFoot)$/,
  THead: /^TR$/,
  TBody: /^TR$/,
  TFoot: /^TR$/,
  TR: /^(TH|TD)$/,
};
const WITHIN: Readonly<Record<string, RegExp>> = {
  LI: /^L$/,
  LBody: /^LI$/,
  TR: /^(Table|THead|TBody|TFoot)$/,
  TH: /^TR$/,
  TD: /^TR$/,
};

/** All that speaks against PDF/UA (ISO 14289-1), as far as a program can see: 7.1 to 7.5, 7.18, 7.21. */
function obstacles(
  pdf: PDFDocument,
  contents: readonly PageContent[],
  elements: readonly Element[],
  found: readonly PreflightFault[],
): Say[] {
  const { context, catalog } = pdf;
  const against: Say[] = [];
  const [first] = found;
  if (first) against.push({ zh: `有「${first.rule}」的問題`, en: `it has the fault ${first.rule}` });
  if (get(dictIn(catalog, 'MarkInfo'), 'Suspects') === PDFBool.True)
    against.push({ zh: '標籤標示為可疑（Suspects）', en: 'its tags are marked as suspects' });
  const loose = contents.find((content) => content.loose);
  if (loose) {
    const text = loose.runs.find(({ spoken }) => spoken === 'untagged');
    against.push(
      text
        ? {
            zh: `第 ${loose.page} 頁的「${short(textOf(text))}」沒有標籤`,
            en: `"${short(textOf(text))}" on page ${loose.page} has no tag`,
          }
        : { zh: `第 ${loose.page} 頁有圖形沒有標籤`, en: `a drawing on page ${loose.page} has no tag` },
    );
  }
  const unknown = elements.find(({ role }) => !ROLES.has(role));
  if (unknown)
    against.push({ zh: `標籤「${unknown.role}」不是標準標籤`, en: `the tag ${unknown.role} is not a standard one` });
  const misplaced = elements.find(
    ({ role, parent }) =>
      (parent && KIDS[parent.role]?.test(role) === false) || WITHIN[role]?.test(parent?.role ?? '') === false,
  );
  if (misplaced)
    against.push({
      zh: `標籤「${misplaced.role}」不能放在「${misplaced.parent?.role ?? ''}」裡`,
      en: `the tag ${misplaced.role} may not stand in ${misplaced.parent?.role ?? 'the root'}`,
    });
  const headless = elements.find(({ role, dict }) => role === 'TH' && !hasAttribute(dict, 'Scope'));
  if (headless)
    against.push({ zh: '有標題格沒有寫明是列還是欄（Scope）', en: 'a header cell does not say what it heads (Scope)' });
  // From the content to its element, and from a note to its own.
  const owners = ownersOf(pdf);
  for (const [index, { node }] of pdf.getPages().entries()) {
    const key = get(node, 'StructParents');
    const listed = key instanceof PDFNumber ? owners.get(key.asNumber()) : undefined;
    const stray = [...(contents[index]?.words.keys() ?? [])].find(
      (piece) => !(listed instanceof PDFArray) || !(listed.lookup(piece) instanceof PDFDict),
    );
    if (stray !== undefined) {
      against.push({
        zh: `第 ${index + 1} 頁有內容不在結構樹裡`,
        en: `content of page ${index + 1} is not in the tags`,
      });
      break;
    }
  }
  const roles = new Map(elements.map(({ dict, role }) => [dict, role]));
  const notes = pdf.getPages().flatMap(({ node }) => node.Annots()?.asArray() ?? []);
  for (const each of notes) {
    const note = context.lookup(each);
    const kind = note instanceof PDFDict ? nameIn(note, 'Subtype') : 'Popup';
    if (!(note instanceof PDFDict) || kind === 'Popup') continue;
    const key = get(note, 'StructParent');
    const owner = key instanceof PDFNumber ? owners.get(key.asNumber()) : undefined;
    const role = kind === 'Link' ? 'Link' : kind === 'Widget' ? 'Form' : 'Annot';
    const held = owner instanceof PDFDict && roles.get(owner) === role;
    if (!held) {
      against.push({ zh: `有註解（${kind}）不在結構樹裡`, en: `a note (${kind}) is not in the tags` });
      break;
    }
    const told =
      textIn(note, 'Contents') || (kind === 'Widget' && (textIn(note, 'TU') || textIn(dictIn(note, 'Parent'), 'TU')));
    if (!told) {
      against.push({
        zh: kind === 'Link' ? '有連結沒有說明（Contents）' : `有註解（${kind}）沒有說明`,
        en: kind === 'Link' ? 'a link has no description (Contents)' : `a note (${kind}) has no description`,
      });
      break;
    }
  }
  return against;
}

function hasAttribute(element: PDFDict, name: string): boolean {
  const found = get(element, 'A');
  const each = found instanceof PDFArray ? found.asArray().map((one) => element.context.lookup(one)) : [found];
  return each.some((one) => one instanceof PDFDict && one.has(nameOf(name)));
}

/** The number tree from content and notes to elements; ISO 32000, 14.7.4.4. @internal */
export function ownersOf({ catalog, context }: PDFDocument): Map<number, PDFObject | undefined> {
  const owners = new Map<number, PDFObject | undefined>();
  const seen = new Set<PDFDict>();
  for (const waiting = [dictIn(dictIn(catalog, 'StructTreeRoot'), 'ParentTree')]; waiting.length > 0; ) {
    const node = waiting.pop();
    if (!node || seen.has(node)) continue;
    seen.add(node);
    const pairs = arrayIn(node, 'Nums');
    for (let i = 0; pairs && i + 1 < pairs.size(); i += 2) {
      const key = pairs.lookup(i);
      if (key instanceof PDFNumber) owners.set(key.asNumber(), pairs.lookup(i + 1));
    }
    for (const kid of arrayIn(node, 'Kids')?.asArray() ?? []) {
      const found = context.lookup(kid);
      if (found instanceof PDFDict) waiting.push(found);
    }
  }
  return owners;
}

/** Whoever claims PDF/UA is believed; so nothing may speak against it. */
function* claimFaults(pdf: PDFDocument, against: readonly Say[]): Generator<PreflightFault> {
  if (against.length === 0 || !/pdfuaid:part\b/.test(xmpOf(pdf))) return;
  yield {
    rule: 'ua-claim',
    message: {
      zh: `檔案宣稱符合 PDF/UA，其實不符：${against.map(({ zh }) => zh).join('、')}。請改正，或拿掉 pdfuaid:part。`,
      en: `The file claims to be PDF/UA and is not: ${against.map(({ en }) => en).join(', ')}. Mend that, or take pdfuaid:part away.`,
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

function* longFaults(pdf: PDFDocument): Generator<PreflightFault> {
  const pages = pdf.getPageCount();
  if (pages > FEW_PAGES && !dictIn(dictIn(pdf.catalog, 'Outlines'), 'First'))
    yield {
      rule: 'bookmarks',
      advice: true,
      message: {
        zh: `檔案有 ${pages} 頁，卻沒有書籤；超過 ${FEW_PAGES} 頁就要有。請用帶書籤的方式重新編印。`,
        en: `The file has ${pages} pages and no bookmarks; beyond ${FEW_PAGES} pages they are needed. Print it again with bookmarks.`,
      },
    };
}

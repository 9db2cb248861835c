// Whether all text of a page is there, whole, on the paper, large enough and seen.
import type { Say } from '../../core/source.js';
import { holds, TOLERANCE } from '../geometry.js';
import type { Unseen } from '../ink.js';
import type { PageContent, Run } from '../page-content.js';
import type { Expected, PreflightFault } from './fault.js';
import { plain, short, textOf } from './quoting.js';

/** pt. The smallest text that is still read on paper, and what Chromium's rounding to whole px takes from it. */
const SMALLEST = 8;

const UNSEEN: Record<Unseen, Say> = {
  ground: { zh: '字的顏色和底色幾乎一樣', en: 'its colour is about that of its ground' },
  covered: { zh: '被後來畫上的色塊或圖片蓋住', en: 'an area or a picture was painted over it' },
  invisible: { zh: '設定為不顯示（例如 Tr 3）', en: 'it is set to be invisible (Tr 3)' },
};

export function* textFaults({ page, box, runs, unseen }: PageContent): Generator<PreflightFault> {
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

export function* missingTexts(
  contents: readonly PageContent[],
  { texts = [], shown = [], owed = [] }: Expected,
): Generator<PreflightFault> {
  yield* missingFacts(contents, shown, owed);
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

/** What paper sets anew falls away: blanks, width, and the signs between words. */
const letters = (text: string): string => text.normalize('NFKC').replace(/[^\p{L}\p{M}\p{N}]/gu, '');

/** Whether two texts are read somewhere with no more than so many letters between them, whichever is first. */
function isBeside(all: string, one: string, other: string, within: number): boolean {
  if (one.includes(other)) return all.includes(one);
  for (let at = all.indexOf(one); at >= 0; at = all.indexOf(one, at + 1)) {
    const end = at + one.length;
    const near = all.slice(Math.max(0, at - within - other.length), end + within + other.length);
    if (near.includes(other)) return true;
  }
  return false;
}

const apart = (of: Say, text: string, beside: string): PreflightFault => ({
  rule: 'fact-missing',
  text: short(text),
  message: {
    zh: `「${short(text)}」只在「${short(beside)}」時適用，印出來卻沒有在一起；條件要印在它的項目旁邊。這是程式或範本的問題，請回報。`,
    en: `"${short(text)}" holds for "${short(beside)}" alone, and they do not stand together (${of.en}); a condition is printed beside what it holds for. It is a fault of the program or of a template; please report it.`,
  },
});

/** Characters. */
const NEARBY = 20_000;

/** So many texts of a paper are held against one another; a book of a thousand services has more. */
const COMPARED = 3000;

/** Whether every place at which a text stands lies within another text that is owed. */
function standing(laidOut: string, owed: NonNullable<Expected['owed']>): ((needed: string) => boolean) | undefined {
  if (owed.length > COMPARED || !owed.some(({ alone }) => alone)) return undefined;
  const texts = [...new Set(owed.flatMap(({ text, beside }) => (beside === undefined ? [letters(text)] : [])))];
  return (needed) => {
    const around = texts.filter((text) => text !== needed && text.includes(needed));
    const inside = (at: number): boolean =>
      around.some((text) => {
        const from = Math.max(0, at + needed.length - text.length);
        return laidOut.slice(from, at + text.length).includes(text);
      });
    for (let at = laidOut.indexOf(needed); at !== -1; at = laidOut.indexOf(needed, at + 1))
      if (!inside(at)) return false;
    return laidOut.includes(needed);
  };
}

/** What is owed and not read on paper; without `contents`, in what is shown alone. */
export function* missingFacts(
  contents: readonly PageContent[],
  shown: readonly string[],
  owed: NonNullable<Expected['owed']>,
): Generator<PreflightFault> {
  if (owed.length === 0) return;
  const whole = new Set(shown.map(letters));
  const laidOut = letters(shown.join(''));
  const seen = letters(contents.map((content) => content.seen).join(''));
  // Facts come about in the order of the paper: of a long book not all is gone through for each.
  let near = 0;
  const isRead = (needed: string): boolean => {
    if (whole.has(needed)) return true;
    const at = laidOut.indexOf(needed, near);
    if (at >= 0 && at - near < NEARBY) near = Math.max(0, at - NEARBY / 2);
    return at >= 0 || laidOut.includes(needed) || seen.includes(needed);
  };
  const within = standing(laidOut, owed);
  for (const { of, text, alone, beside } of owed) {
    if (beside !== undefined) {
      if (!isBeside(laidOut, letters(text), letters(beside.text), beside.within)) yield apart(of, text, beside.text);
      continue;
    }
    const needed = letters(text);
    // A name that is read only within what else is owed is not told itself.
    const hidden = alone === true && !whole.has(needed) && within?.(needed) === true;
    if (isRead(needed) && !hidden) continue;
    yield {
      rule: 'fact-missing',
      text: short(text),
      message: {
        zh: `這一張應載明「${of.zh}」的這段內容，印出來卻找不到；印在紙上的必須和內容一致。這是程式或範本的問題，請回報。`,
        en: `This paper owes its reader this (${of.en}), and it is not on it; what is printed must say what the content says. It is a fault of the program or of a template; please report it.`,
      },
    };
  }
}

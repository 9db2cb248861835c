// How much of anything content may hold: the one place of its bounds, and the sentences that tell them. They lie far
// beyond what an office writes, and so low that whatever keeps to them is read within seconds.
import type { Say } from '../core/source.js';

/** Characters (UTF-16 units) in a line of a content file. */
export const LONGEST_LINE = 5_000;
/** Characters in one field: a name, a condition, a note. */
export const LONGEST_FIELD = 2_000;
/** Characters in a text of Markdown: a chapter, the notes of a service, a service written in Markdown. */
export const LONGEST_PROSE = 50_000;
/** Characters in a chart given as Mermaid text. */
export const LONGEST_CHART = 20_000;
/** Characters of YAML with a fault in it of which the cause is sought; in a longer one its place is told. */
export const LONGEST_EXPLAINED = 50_000;
/** Levels of lists and groups within one another in YAML, and columns before the text of a line. */
export const DEEPEST_TREE = 40;
const DEEPEST_INDENT = 200;
/** Levels of lists and quotations within one another in Markdown, and columns before the text of a line. */
const DEEPEST_PROSE = 8;
const DEEPEST_PROSE_INDENT = 60;
/** Signs of Markdown within one paragraph: asterisks, brackets and the like. */
const MOST_MARKS = 1_000;
/** Items, headings and quotations in a text of Markdown, and headings that a line below them makes. */
const MOST_BLOCKS = 3_000;
const MOST_UNDERLINES = 200;
/** Entries of one list: documents, fee lines, units of an office. */
export const MOST_ITEMS = 1_000;
/** Steps of one procedure, those of its branches among them; what comes behind is not looked at. */
export const MOST_STEPS = 1_000;
/** A number of things: copies, times, rings. */
export const LARGEST_COUNT = 9_999;
/** A sum of money, and a number of things or of money that tiers are counted on. */
export const LARGEST_AMOUNT = 1_000_000_000;
export const LARGEST_QUANTITY = 100_000_000_000;
/** A share of a base: all of it. */
export const LARGEST_SHARE = 1;
/** A length of time, by its unit: a hundred years; of the short units what nobody waits. */
export const LONGEST_TIME = {
  second: 9_999,
  minute: 9_999,
  hour: 9_999,
  halfday: 9_999,
  day: 36_500,
  workday: 36_500,
  week: 5_200,
  month: 1_200,
  year: 100,
} as const;
/** The years a date may have, of the common era. */
export const FIRST_YEAR = 1912;
export const LAST_YEAR = 2200;

/** What lies beyond a bound: from where to where in the text, what is there and allowed, and a right example. */
export type Breach = { start: number; end: number; message: Say; hint: Say };

/** 36500 → 36,500, in both languages. */
export const figure = (n: number): string => String(n).replace(/\B(?=(\d{3})+$)/g, ',');

/** The first line of a text that is too long or too far indented to be read. */
export function breachOfLines(text: string, from = 0, to = text.length): Breach | undefined {
  for (let at = from; at < to; ) {
    const newline = text.indexOf('\n', at);
    const end = newline === -1 || newline > to ? to : newline;
    if (end - at > LONGEST_LINE) return tooLongLine(at, end);
    if (end - at > DEEPEST_INDENT) {
      let i = at;
      while (i < end && (text[i] === ' ' || text[i] === '-' || text[i] === '\t' || text[i] === '?')) i += 1;
      // A line of blanks alone, or of dashes, is no nesting.
      if (i < end && i - at > DEEPEST_INDENT && text[i] !== '\r')
        return {
          start: i,
          end: i + 1,
          message: {
            zh: `這一行前面有 ${figure(i - at)} 格，最多 ${DEEPEST_INDENT} 格。`,
            en: `There are ${figure(i - at)} columns before the text of this line; there may be ${DEEPEST_INDENT}.`,
          },
          hint: {
            zh: '每深一層只多空兩格，例如「應備證件:」的下一行寫「  - 申請書」。',
            en: 'Indent each level by two blanks: "  - 申請書" below "應備證件:".',
          },
        };
    }
    at = end + 1;
  }
  return undefined;
}

const tooLongLine = (start: number, end: number): Breach => ({
  start,
  end: start + 1,
  message: {
    zh: `這一行有 ${figure(end - start)} 字，一行最多 ${figure(LONGEST_LINE)} 字。`,
    en: `This line has ${figure(end - start)} characters; a line may have ${figure(LONGEST_LINE)}.`,
  },
  hint: {
    zh: '刪去多餘的空白，或把內容分成幾行、幾項，例如一行一項「- 申請書」。',
    en: 'Delete needless blanks, or break it into lines or items: one item a line, "- 申請書".',
  },
});

/** A field of text that is longer than such a field may be. */
export const tooLongField = (length: number, most: number): Pick<Breach, 'message' | 'hint'> => ({
  message: {
    zh: `這一項有 ${figure(length)} 字，最多 ${figure(most)} 字。`,
    en: `This text has ${figure(length)} characters; it may have ${figure(most)}.`,
  },
  hint:
    most === LONGEST_CHART
      ? { zh: '分成幾張圖，或改寫成「申請程序」。', en: 'Draw several charts, or write it as a procedure (申請程序).' }
      : most === LONGEST_PROSE
        ? {
            zh: '分成幾個章節，例如 chapters/desk-1.md 與 chapters/desk-2.md。',
            en: 'Divide it into chapters, such as chapters/desk-1.md and chapters/desk-2.md.',
          }
        : {
            zh: '一項只寫一件事，例如「辦理時限: 3 工作日」；長的說明寫在「注意事項」。',
            en: 'Say one thing in a field, such as "辦理時限: 3 工作日"; longer notes belong under 注意事項 (notes).',
          },
});

export const tooManyItems = (count: number, most: number): Pick<Breach, 'message' | 'hint'> => ({
  message: {
    zh: `這份清單有 ${figure(count)} 項，最多 ${figure(most)} 項。`,
    en: `This list has ${figure(count)} entries; it may have ${figure(most)}.`,
  },
  hint: {
    zh: '分寫成幾項服務或幾份清單，例如每項服務一個檔案。',
    en: 'Divide it among several services or lists, such as a file for each service.',
  },
});

export const tooDeepTree = (): Pick<Breach, 'message' | 'hint'> => ({
  message: {
    zh: `清單與項目一層套一層，超過了 ${DEEPEST_TREE} 層。`,
    en: `Lists and groups stand within one another on more than ${DEEPEST_TREE} levels.`,
  },
  hint: {
    zh: '把裡層的內容移到外層；例如分支裡的步驟改寫成「是: 5」，接到第 5 步。',
    en: 'Move what is inside out: a branch may lead to a step by its id, as in "是: 5".',
  },
});

const SIGN = /[*_~[\]<!&`@|\\]/;
const PLAIN_LINE = /[*_~[\]<!&`@|\\]|^\s*(?:[-+>#=]|\d)|^ {20}/m;

/**
 * The first thing in a text of Markdown that a reader of Markdown would take too long over: its length, a line, nesting,
 * signs in one paragraph, the number of its items.
 */
export function breachOfProse(text: string, from = 0): Breach | undefined {
  if (text.length - from > LONGEST_PROSE)
    return { start: from, end: from + 1, ...tooLongField(text.length - from, LONGEST_PROSE) };
  const long = breachOfLines(text, from);
  if (long) return long;
  // Most texts have no more signs than lines.
  if (!PLAIN_LINE.test(text)) return undefined;
  let marks = 0;
  let paragraph = from;
  let blocks = 0;
  let underlines = 0;
  let fence = '';
  for (let at = from; at < text.length; ) {
    const newline = text.indexOf('\n', at);
    const end = newline === -1 ? text.length : newline;
    const line = text.slice(at, end);
    const { depth, column, at: begin } = leadOf(line);
    const rest = line.slice(begin);
    fence = fenceAfter(fence, rest);
    if (rest.trim() === '' && depth === 0) {
      marks = 0;
      paragraph = end + 1;
    } else {
      if (depth > DEEPEST_PROSE || (column > DEEPEST_PROSE_INDENT && rest.trim() !== '' && fence === ''))
        return { start: at + begin, end: at + begin + 1, ...tooDeepProse(depth, column) };
      blocks += depth + (rest.startsWith('#') ? 1 : 0);
      if (/^(=+|-+)\s*$/.test(rest)) underlines += 1;
      // What is counted is how much of the paragraph must be looked at again for each sign of it.
      if (fence === '') marks += signsIn(rest);
      // The cells of a table are read one by one.
      if (/^\|/.test(rest)) marks = Math.min(marks, MOST_MARKS / 2);
      if (marks > MOST_MARKS) return { start: paragraph, end: paragraph + 1, ...tooManyMarks() };
      if (blocks > MOST_BLOCKS || underlines > MOST_UNDERLINES)
        return {
          start: at,
          end: at + 1,
          ...tooManyBlocks(underlines > MOST_UNDERLINES ? MOST_UNDERLINES : MOST_BLOCKS),
        };
    }
    at = end + 1;
  }
  return undefined;
}

function signsIn(text: string): number {
  let signs = 0;
  for (let i = 0; i < text.length; i += 1) if (SIGN.test(text.charAt(i))) signs += 1;
  return signs;
}

/** The marks of the fence that is open after a line; none where none is. */
function fenceAfter(fence: string, rest: string): string {
  const mark = /^(`{3,}|~{3,})/.exec(rest)?.[1];
  if (fence === '') return mark ?? '';
  // Inside of a fence all is plain, but a quotation or a list that ends takes it along.
  return mark?.startsWith(fence) && rest.trim() === mark ? '' : fence;
}

const tooDeepProse = (depth: number, column: number): Pick<Breach, 'message' | 'hint'> => ({
  message: {
    zh: `清單或引文一層套一層，這裡前面有 ${figure(depth)} 個記號、${figure(column)} 格；最多 ${DEEPEST_PROSE} 個記號、${DEEPEST_PROSE_INDENT} 格。`,
    en: `Lists or quotations stand too deep within one another: ${figure(depth)} signs and ${figure(column)} columns before the text; there may be ${DEEPEST_PROSE} and ${DEEPEST_PROSE_INDENT}.`,
  },
  hint: {
    zh: '改成兩、三層，例如「- 甲」之下寫「  - 乙」。',
    en: 'Make it two or three levels: "  - 乙" below "- 甲".',
  },
});

const tooManyMarks = (): Pick<Breach, 'message' | 'hint'> => ({
  message: {
    zh: `這一段有超過 ${figure(MOST_MARKS)} 個記號（* _ [ ] < 等），一段最多 ${figure(MOST_MARKS)} 個。`,
    en: `This paragraph has more than ${figure(MOST_MARKS)} signs (* _ [ ] < and the like); it may have ${figure(MOST_MARKS)}.`,
  },
  hint: {
    zh: '用空行分成幾段；粗體只標要緊的幾個字，例如「**正本**」。',
    en: 'Part it with empty lines, and mark a few words only: "**正本**".',
  },
});

const tooManyBlocks = (most: number): Pick<Breach, 'message' | 'hint'> => ({
  message: {
    zh: `到這裡已超過 ${figure(most)} 個標題、清單項目、引文或分隔線。`,
    en: `Up to here there are more than ${figure(most)} headings, items, quotations or rules.`,
  },
  hint: {
    zh: '分成幾個章節，例如 chapters/desk-1.md 與 chapters/desk-2.md；標題寫成「## 標題」。',
    en: 'Divide it into chapters, such as chapters/desk-1.md and chapters/desk-2.md; write headings as "## heading".',
  },
});

/** What stands before the text of a line: signs of lists and quotations, and the column they reach. */
function leadOf(line: string): { depth: number; column: number; at: number } {
  let depth = 0;
  let column = 0;
  let i = 0;
  for (; i < line.length; i += 1) {
    const c = line.charAt(i);
    if (c === ' ') column += 1;
    else if (c === '\t') column += 4 - (column % 4);
    else if (c === '>') {
      depth += 1;
      column += 1;
    } else if ((c === '-' || c === '+' || c === '*') && /^[ \t]|^$/.test(line.slice(i + 1, i + 2))) {
      depth += 1;
      column += 1;
    } else {
      const number = /^\d{1,9}[.)](?=[ \t]|$)/.exec(line.slice(i, i + 11))?.[0];
      if (number === undefined) break;
      depth += 1;
      column += number.length;
      i += number.length - 1;
    }
  }
  return { depth, column, at: i };
}

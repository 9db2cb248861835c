// One scan over every text of the book for all wording rules: it stops only at characters that may begin something, and
// asks what is text only where something was seen. A file in order is never read a second time.
import type { Handbook } from '../../content/schema/model.js';
import type { Source, Span } from '../../core/source.js';
import { inName, inTitle, namesOf } from './names.js';
import { digitsOf, NUMERALS } from './numerals.js';
import { HALF_WIDTH_MARKS, halfWidthAt, isWide } from './punctuation.js';
import { CHARACTERS, DEADLINE_TERMS, OLD_OFFICE, TERM_BEGINS, TERMS, TRADITIONAL, type Usage } from './usage.js';
import { isInternal, isMarkdown, OTHER, TEXT, type Zones, zonesOf } from './zones.js';

/** What a wording rule reports: the place, what is written there, and what belongs there if that is certain. */
export type Wording = {
  readonly span: Span;
  readonly written: string;
  /** What was expected. */
  readonly right?: string;
  /** The text that may replace it without changing what is said. */
  readonly fix?: string;
  readonly usage?: Usage;
};

export type WordingKind =
  | 'characters'
  | 'terms'
  | 'simplified'
  | 'punctuation'
  | 'deadline-term'
  | 'day-word'
  | 'numerals'
  | 'title'
  | 'sentence'
  | 'old-office';
export type Wordings = { readonly [K in WordingKind]: readonly Wording[] };

/** The scan is made once for all wording rules; it is kept with the handbook it was made of. */
const scanned = new WeakMap<Handbook, Wordings>();

export function wordingsOf(handbook: Handbook): Wordings {
  const before = scanned.get(handbook);
  if (before) return before;
  const found: Record<WordingKind, Wording[]> = {
    characters: [],
    terms: [],
    simplified: [],
    punctuation: [],
    'deadline-term': [],
    'day-word': [],
    numerals: [],
    title: [],
    sentence: [],
    'old-office': [],
  };
  const names = namesOf(handbook, (name) => [...name].some((_, i) => beginsWord(name, i)));
  for (const source of handbook.sources) scan(source, handbook, names, found);
  scanned.set(handbook, found);
  return found;
}

// ---------------------------------------------------------------- where something may begin

type Row = { readonly kind: 'characters' | 'old-office' | 'deadline-term'; readonly usage: Usage };
const ROWS: readonly Row[] = [
  ...CHARACTERS.map((usage): Row => ({ kind: 'characters', usage })),
  { kind: 'old-office', usage: OLD_OFFICE },
  ...DEADLINE_TERMS.map((wrong): Row => ({ kind: 'deadline-term', usage: { wrong, right: wrong, of: 'drafting' } })),
];
/** The rows of the tables by their first character. */
const WORDS = new Map<string, Row[]>();
for (const row of ROWS) {
  const first = row.usage.wrong.charAt(0);
  WORDS.set(first, [...(WORDS.get(first) ?? []), row]);
}

/** Whether a word that is written otherwise stands at a place of a name. */
const beginsWord = (name: string, place: number): boolean =>
  TRADITIONAL.has(name.charAt(place)) ||
  WORDS.get(name.charAt(place))?.some(({ usage }) => name.startsWith(usage.wrong, place)) === true;

/** What may begin at a character; at all others the scan looks no further. */
const FINDERS: readonly (readonly [characters: string, find: (scan: Scan, place: number) => void])[] = [
  [[...TRADITIONAL.keys()].join(''), findSimplified],
  [[...WORDS.keys(), TERM_BEGINS].join(''), findWords],
  [HALF_WIDTH_MARKS, findHalfWidth],
  ['０１２３４５６７８９', findWideDigits],
  ['。！？；\n', findEnd],
  ['天', findDay],
  ['年', findYear],
];
/** The number of the finder, from 1, by the code of a character. */
const FLAGS = new Uint8Array(65536);
for (const [i, [characters]] of FINDERS.entries()) for (const c of characters) FLAGS[c.charCodeAt(0)] = i + 1;

/** One source as it is scanned. */
type Scan = {
  readonly source: Source;
  readonly text: string;
  /** Names in which every word is right as it is. */
  readonly names: readonly string[];
  zones(): Zones;
  kindAt(place: number): number;
  add(kind: WordingKind, start: number, end: number, rest?: Omit<Wording, 'span' | 'written'>): void;
  /** Where the sentence began that is being read. */
  sentence: number;
  /** Where the last run of Simplified characters ended. */
  simplified: number;
  /** Where the last word ended that was found: 實施計劃書 is one finding. */
  replaced: number;
};

function scan(
  source: Source,
  handbook: Handbook,
  names: readonly string[],
  found: Record<WordingKind, Wording[]>,
): void {
  const { text } = source;
  let seen: Zones | undefined;
  const zones = (): Zones => {
    seen ??= zonesOf(source, handbook);
    return seen;
  };
  const state: Scan = {
    source,
    text,
    names,
    zones,
    kindAt: (place) => zones().kinds[place] ?? OTHER,
    add: (kind, start, end, rest = {}) => {
      found[kind].push({ span: { source, start, end }, written: text.slice(start, end), ...rest });
    },
    sentence: 0,
    simplified: 0,
    replaced: 0,
  };
  for (let i = 0; i < text.length; i += 1) {
    const finder = FLAGS[text.charCodeAt(i)];
    if (finder) FINDERS[finder - 1]?.[1](state, i);
  }
  endSentence(state, text.length);
}

// ---------------------------------------------------------------- words and terms

function findWords(scan: Scan, place: number): void {
  const { text } = scan;
  for (const row of WORDS.get(text.charAt(place)) ?? []) if (stands(scan, place, row)) addWord(scan, place, row);
  if (TERM_BEGINS.includes(text.charAt(place))) findTerm(scan, place);
}

/** Whether a word of the tables stands at a place, as a word of its own and in the author's text. */
function stands({ text, names, replaced, kindAt }: Scan, place: number, { kind, usage }: Row): boolean {
  const { wrong, before, after } = usage;
  if (!text.startsWith(wrong, place) || place < replaced) return false;
  const next = text.charAt(place + wrong.length);
  if (place > 0 && before?.includes(text.charAt(place - 1))) return false;
  if (next !== '' && after?.includes(next)) return false;
  // 「辦理時限：」 is a key or a label, and keys are no text.
  if (kind === 'deadline-term' && (next === ':' || next === '：')) return false;
  // 原臺北行政執行處: what it was called then.
  if (
    kind === 'old-office' &&
    /[原前舊](?:法務部)?(?:行政執行署)?[\u4e00-\u9fff]{0,3}$/.test(text.slice(Math.max(0, place - 12), place))
  )
    return false;
  return kindAt(place) === TEXT && !inName(text, place, wrong, names);
}

function addWord(scan: Scan, place: number, { kind, usage }: Row): void {
  const { wrong, right, open } = usage;
  const end = place + wrong.length;
  if (kind === 'deadline-term') scan.add(kind, place, end);
  else if (!inTitle(scan.text, end)) {
    scan.add(kind, place, end, { right, usage, ...(open ? {} : { fix: right }) });
    scan.replaced = end;
  }
}

function findTerm({ text, kindAt, add }: Scan, place: number): void {
  for (const { pattern, right } of TERMS) {
    pattern.lastIndex = place;
    const match = pattern.exec(text);
    const expected = match ? right(match) : undefined;
    if (!match || expected === undefined || expected === match[0] || kindAt(place) === OTHER) continue;
    // A quotation must be compared with the law itself; it is not rewritten.
    const fix = kindAt(place) === TEXT ? { fix: expected } : {};
    add('terms', place, place + match[0].length, { right: expected, ...fix });
    return;
  }
}

/** A run of Simplified characters, with up to five others between two of them, 60 characters at the most. */
function findSimplified(scan: Scan, place: number): void {
  const { text, names, kindAt } = scan;
  if (place < scan.simplified || kindAt(place) !== TEXT || inName(text, place, text.charAt(place), names)) return;
  let end = place + 1;
  for (let i = end; i < text.length && i < end + 6 && i < place + 60; i += 1) {
    const c = text.charAt(i);
    if (c === '\n' || '，。；、：'.includes(c) || kindAt(i) !== TEXT) break;
    if (TRADITIONAL.has(c)) end = i + 1;
  }
  const written = text.slice(place, end);
  // A company of Japan is called so.
  if (written === '会' && /株式$/.test(text.slice(place - 2, place)) && text.charAt(end) === '社') return;
  const right = [...written].map((c) => TRADITIONAL.get(c) || c).join('');
  scan.add('simplified', place, end, right === written ? {} : { right, fix: right });
  scan.simplified = end;
}

function findHalfWidth(scan: Scan, place: number): void {
  const { source, text, kindAt } = scan;
  const found = halfWidthAt(source, place);
  if (found.length > 0 && found.every(({ start }) => kindAt(start) === TEXT))
    for (const { start, end, right, sure } of found)
      scan.add('punctuation', start, end, { right, ...(sure ? { fix: right } : {}) });
  if ('!?;'.includes(text.charAt(place)) && isWide(text.charCodeAt(place - 1))) endSentence(scan, place);
}

// ---------------------------------------------------------------- numbers and days

/** 15 in full-width digits; or 二０, a zero among Chinese numerals: which of the two systems was meant the author says. */
function findWideDigits({ text, kindAt, add }: Scan, place: number): void {
  const isDigit = (at: number): boolean => /^[０-９]$/.test(text.charAt(at));
  const isChinese = (at: number): boolean => /^[一二三四五六七八九十百千]$/.test(text.charAt(at));
  if (isDigit(place - 1) || kindAt(place) !== TEXT) return;
  let end = place + 1;
  while (isDigit(end)) end += 1;
  const written = text.slice(place, end);
  if (written === '０' && (isChinese(place - 1) || isChinese(end))) {
    add('numerals', isChinese(place - 1) ? place - 1 : place, isChinese(end) ? end + 1 : end);
    return;
  }
  const right = written.replace(/[０-９]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0));
  add('numerals', place, end, { right, fix: right });
}

/** Before a number of years that is no year of an era: 上一年七月一日, 第一年一月一日, 每一年, 滿十年一月. */
const NO_YEAR = '第上前去每次翌下同滿逾達近數餘屆本當期足後頭零隔另又再經歷約';

/** Behind the year in a name: 中華民國八十年度所得稅稅率條例 is called so. */
const NAMED_BY_YEAR =
  /^(?:(?!修正|公布|發布|施行|以[前後]|[之起])[^，。；：、\s「」]){1,24}(?:條例|辦法|細則|要點|規則|準則|規程|標準|命令)/;

/** 民國一○五年一月十二日: a year in Chinese numerals, with its era, or with day, or with month and a zero. */
function findYear(scan: Scan, place: number): void {
  findWords(scan, place);
  const { text, kindAt, add } = scan;
  let start = place;
  while (start > 0 && place - start < 8 && NUMERALS.includes(text.charAt(start - 1))) start -= 1;
  if (start === place) return;
  const tail = /年(?:([一二三四五六七八九十]{1,3})月(?:([一二三四五六七八九十]{1,4})日)?(?![〇○]))?(?!代)/y;
  tail.lastIndex = place;
  const [whole, month, day] = tail.exec(text) ?? [];
  const year = text.slice(start, place);
  // 一○五年一月○日 is half a blank.
  if (month === undefined && /^年[〇○零一二三四五六七八九十]{1,3}月/.test(text.slice(place, place + 5))) return;
  // ○年 is a blank to be filled in, 百年 and 十餘年 are no dates.
  if (whole === undefined || /^[〇○零]/.test(year) || !/[一二三四五六七八九]|^十$/.test(year)) return;
  const era = /(民國|西元)$/.test(text.slice(Math.max(0, start - 2), start));
  const dated = day !== undefined || (month !== undefined && /[〇○零]/.test(year));
  if (
    !(era || (dated && year.length > 1 && !NO_YEAR.includes(text.charAt(start - 1) || '。'))) ||
    NAMED_BY_YEAR.test(text.slice(place + whole.length, place + whole.length + 30)) ||
    kindAt(start) !== TEXT
  )
    return;
  const right = `${digitsOf(year)}年${month ? `${digitsOf(month)}月` : ''}${day ? `${digitsOf(day)}日` : ''}`;
  add('numerals', start, place + whole.length, { right, fix: right });
}

/** A number of days called 天: 5 天, 3 個工作天. */
function findDay({ text, kindAt, add }: Scan, place: number): void {
  const number = /(第?)[ \t]*(?:[\d０-９]+|[一二三四五六七八九十兩]{1,3})[ \t]*個?(工作|日曆)?$/;
  const [lead, nth, of] = number.exec(text.slice(Math.max(0, place - 12), place)) ?? [];
  if (lead === undefined || nth || of === '日曆') return;
  if ('數然夜氣花線地生空'.includes(text.charAt(place + 1) || '\n') || kindAt(place) !== TEXT) return;
  const right = of ? '工作日' : '日';
  add('day-word', of ? place - 2 : place, place + 1, { right, fix: right });
}

const WORKING_DAYS = /(?:[\d０-９]{1,3}|[一二三四五六七八九十]{1,3})[ \t]*個?工作日/g;
const DAYS =
  /(?<![月第][ \t]{0,2})(?<![\d０-９\-/.一二三四五六七八九十])(?:[\d０-９]{1,3}|[一二三四五六七八九十]{1,3})[ \t]*日(?!期|曆|報|本)/g;

/** Where a source first says 日 of a number of days, and where 工作日. */
export function dayWordsIn(source: Source, handbook: Pick<Handbook, 'parseMarkdown'>): { word: string; span: Span }[] {
  let zones: Zones | undefined;
  return [
    { word: '日', pattern: DAYS },
    { word: '工作日', pattern: WORKING_DAYS },
  ].flatMap(({ word, pattern }) => {
    for (const { 0: found, index } of source.text.matchAll(pattern)) {
      zones ??= zonesOf(source, handbook);
      if (zones.kinds[index] === TEXT) return [{ word, span: { source, start: index, end: index + found.length } }];
    }
    return [];
  });
}

// ---------------------------------------------------------------- titles and sentences

const HEADING = /[ ]{0,3}#{1,6}[ \t]/y;

/** The end of a sentence, of a line; a line may be a heading, and what follows it something new. */
function findEnd(scan: Scan, place: number): void {
  const { source, text } = scan;
  if (text.charAt(place) !== '\n') {
    endSentence(scan, place);
    return;
  }
  const last = text[place - 1] === '\r' ? place - 2 : place - 1;
  if (isMarkdown(source) && '，。；：、,;:.'.includes(text.charAt(last) || '\n')) {
    HEADING.lastIndex = text.lastIndexOf('\n', last) + 1;
    if (HEADING.test(text) && scan.kindAt(last) !== OTHER) scan.add('title', last, last + 1);
  }
  if (beginsNew(text, place + 1)) endSentence(scan, place);
}

const NEW_ITEM =
  /[ \t]*(?:\r?\n|$|[-*+#|>`<~]|\d+[.)、]|[（(]?[一二三四五六七八九十]{1,3}[）)、]|[^\s：:。，]{1,15}:(?=\s|$))/y;
/** Whether a new paragraph, item, row or key begins behind a line break, and not the rest of a sentence. */
function beginsNew(text: string, place: number): boolean {
  NEW_ITEM.lastIndex = place;
  return NEW_ITEM.test(text);
}

/** Characters in one sentence above which a reader loses the thread. */
export const LONG_SENTENCE = 80;

function endSentence(scan: Scan, end: number): void {
  if (end - scan.sentence > LONG_SENTENCE) findLong(scan, scan.sentence, end);
  scan.sentence = end + 1;
}

/** The first piece of plain text in a sentence that is too long. */
function findLong({ text, zones, add }: Scan, from: number, to: number): void {
  const { kinds } = zones();
  let start = from;
  let length = 0;
  for (let i = from; i <= to; i += 1) {
    if (i === to || (kinds[i] ?? OTHER) === OTHER) {
      if (length > LONG_SENTENCE && !isInternal(zones(), start)) {
        add('sentence', start, i);
        return;
      }
      length = 0;
      start = i + 1;
    } else if (counts(text, i)) length += 1;
    else if (length === 0 && /\s/.test(text.charAt(i))) start = i + 1;
  }
}

const isLatin = (code: number): boolean =>
  (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a) || (code >= 0x30 && code <= 0x39);
/** Whether a place counts: every Chinese character and mark, and the beginning of every word or number in Latin script. */
function counts(text: string, place: number): boolean {
  const code = text.charCodeAt(place);
  if (code > 0x2e80) return true;
  if (!isLatin(code)) return false;
  const before = text.charCodeAt(place - 1);
  return !isLatin(before) && before !== 0x2e && before !== 0x2c; // 3.5, 1,000
}
/** The length of a sentence as a reader feels it: Chinese characters and marks, words and numbers. */
export const lengthOf = (sentence: string): number =>
  Array.from(sentence, (_, i) => counts(sentence, i)).filter(Boolean).length;

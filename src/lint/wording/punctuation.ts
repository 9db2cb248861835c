// Half-width marks between Chinese characters, found by their neighbours alone, before anybody reads the whole file.

import type { Source } from '../../core/source.js';
import { isKey, isMarkdown } from './zones.js';

const FULL_WIDTH: Readonly<Record<string, string>> = {
  ',': '，',
  ';': '；',
  ':': '：',
  '?': '？',
  '!': '！',
  '(': '（',
  ')': '）',
};
/** The marks at which something may be found; a closing bracket is found with its partner. */
export const HALF_WIDTH_MARKS = ',;:?!(';

/** A half-width mark: where it stands, what belongs there, and whether that can be put there without asking. */
export type HalfWidth = {
  readonly start: number;
  readonly end: number;
  readonly right: string;
  readonly sure: boolean;
};

const isHan = (code: number): boolean =>
  (code >= 0x4e00 && code <= 0x9fff) || (code >= 0x3400 && code <= 0x4dbf) || (code >= 0xf900 && code <= 0xfaff);
const BRACKETS = new Set([...'「」『』（）《》〈〉【】'].map((c) => c.charCodeAt(0)));
/** Whether a character, given by its code, is Chinese or a bracket of Chinese text. */
export const isWide = (code: number): boolean => isHan(code) || BRACKETS.has(code);

/** The half-width marks that begin at a place of a text; whether the place is the author's text is for the caller to ask. */
export function halfWidthAt(source: Source, place: number): HalfWidth[] {
  const { text } = source;
  if (text[place] === '(') return bracketsAt(text, place);
  const mark = text.charAt(place);
  const next = text.charCodeAt(place + 1);
  if (place === 0 || !isWide(text.charCodeAt(place - 1))) return [];
  const ends = next === 10 || next === 13 || Number.isNaN(next);
  const spaced = next === 0x20 && isWide(text.charCodeAt(place + 2));
  if (!isWide(next) && !spaced && !((mark === '?' || mark === '!') && ends)) return [];
  if (isSignOfYaml(source, place, spaced)) return [];
  // In a field, 「甲，乙」 is a list of two: a comma is only replaced where the text is plainly prose.
  const sure = mark !== ',' || /(^|\/)chapters\//.test(source.path) || /[。；]/.test(lineOf(text, place));
  return [{ start: place, end: spaced ? place + 2 : place + 1, right: FULL_WIDTH[mark] ?? '', sure }];
}

/** Brackets around Chinese text, behind or before a Chinese character. */
function bracketsAt(text: string, place: number): HalfWidth[] {
  const before = text.charCodeAt(place - 1);
  const close = closing(text, place);
  if (!/[\u4e00-\u9fff]/.test(text.slice(place + 1, close))) return [];
  const apart = before <= 0x20 || before >= 0x3000 || Number.isNaN(before);
  if (!isWide(before) && !(isHan(text.charCodeAt(place + 1)) && apart)) return [];
  return [place, close].map((at) => ({
    start: at,
    end: at + 1,
    right: FULL_WIDTH[text.charAt(at)] ?? '',
    sure: true,
  }));
}

/** Where the bracket that opens at `place` closes on its line, 80 characters on at the most; `place` itself where it does not. */
function closing(text: string, place: number): number {
  let depth = 0;
  for (let i = place; i < place + 80 && text[i] !== '\n'; i += 1) {
    if (text[i] === '(') depth += 1;
    else if (text[i] === ')') depth -= 1;
    if (depth === 0) return i;
  }
  return place;
}

/** Whether a mark is plainly a sign of YAML. What is not plain the syntax tree tells; this spares nearly all readings of it. */
function isSignOfYaml(source: Source, place: number, spaced: boolean): boolean {
  const { text } = source;
  const line = lineBefore(text, place);
  // 「名稱:申請書」 lacks the space after a key; a full-width mark would not mend that.
  if (text[place] === ':' && isKey(/[^\s，。；、：:{}[\],-]*$/.exec(line.slice(-13))?.[0] ?? '')) return true;
  if (!spaced || isMarkdown(source)) return false;
  // A key, as in 「名稱: 申請書」.
  if (text[place] === ':' && /(?:^|[ {,])[^ \n{,，。；、"']{1,16}$/.test(line.slice(-17))) return true;
  // Between the items of [ ] and { }.
  return /[[{]/.test(line);
}

/** The line before and around a place; of endless lines the near part (characters), so that none is read twice as a whole. */
const NEAR = 400;
function lineBefore(text: string, place: number): string {
  const near = text.slice(Math.max(0, place - NEAR), place);
  return near.slice(near.lastIndexOf('\n') + 1);
}
function lineOf(text: string, place: number): string {
  const [after = ''] = text.slice(place, place + NEAR).split('\n', 1);
  return lineBefore(text, place) + after;
}

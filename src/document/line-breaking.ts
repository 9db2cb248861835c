// Where a printed text may be broken into lines: at words, with their punctuation, and never before a lone character.
import { eastAsianWidth } from 'get-east-asian-width';
import { firstOf, hasSigns, plainOf, secondOf, showLacking, splitSigns } from '../core/language.js';

/** Characters that may not begin a line, and those that may not end one (W3C clreq). */
const NOT_FIRST = /^[、，。．；：？！）」』》〉】〕…—～·‧・／]/u;
const NOT_LAST = /([（「『《〈【〔]|\d\.\u2002)$/u;
/** A lone character of these goes with the word after it, any other with the word before. */
const LEADS = /^[及與或並和暨至於以由向對得應不未無有可已待為各該每其第逕（「『《〈【〔]$/u;
const LONE = /^\p{sc=Han}$/u;
/** A lone character of these belongs to the word before it whatever follows. */
const TRAILS = /^[者的之後時前中內外上下人書點]$/u;
/** What is counted stays with its number. */
const COUNTED = /^[元日天週年月分時小個條項款點號頁張份件次期工樓人倍]/u;
/** A number in Chinese characters is not parted, nor from what it counts. */
const NUMERAL = /[〇零一二三四五六七八九十百千萬]$/u;
const NUMERALS = /^[〇零一二三四五六七八九十百千萬]/u;
/** Its dictionary takes longer to open than a book to lint: only drawing and printing ask for it. */
let segmenter: Intl.Segmenter | undefined;
/** Width in full-width characters: a half-width one counts 0.5. */
export const fullWidthsOf = (text: string): number => {
  let width = 0;
  for (const c of text) width += eastAsianWidth(c.codePointAt(0) ?? 0, { ambiguousAsWide: true }) / 2;
  return width;
};

/** Words and what is between them. Two characters behind a word that the dictionary does not know are one (審核權責). */
function wordsOf(text: string): string[] {
  segmenter ??= new Intl.Segmenter('zh-Hant', { granularity: 'word' });
  const segments = Array.from(segmenter.segment(text), ({ segment }) => segment);
  const words: string[] = [];
  for (let i = 0; i < segments.length; i += 1) {
    const [one = '', other = ''] = segments.slice(i, i + 2);
    const behind = /^\p{sc=Han}{2,}$/u.test(words.at(-1) ?? '');
    if (one === '-' && /[A-Za-z]$/.test(words.at(-1) ?? '') && /^[A-Za-z]/.test(other)) {
      // Wi-Fi
      words[words.length - 1] += one + other;
      i += 1;
    } else if (behind && TRAILS.test(one)) words[words.length - 1] += one;
    else if (behind && isUnknown(one) && isUnknown(other)) {
      words.push(one + other);
      i += 1;
    } else words.push(one);
  }
  return words;
}
const isUnknown = (segment: string): boolean => LONE.test(segment) && !LEADS.test(segment);

/** The parts of a text between which a line may end: words with their punctuation, none of a single character. */
export function phrasesOf(text: string): string[] {
  // The signs between two languages stay apart from the words.
  if (hasSigns(text)) return splitSigns(text).flatMap((part, i) => (i % 2 ? [part] : phrasesOf(part)));
  const phrases: string[] = [];
  let lead = '';
  for (const segment of wordsOf(text)) {
    if (LEADS.test(segment)) {
      lead += segment;
      continue;
    }
    const phrase = lead + segment;
    lead = '';
    const last = phrases.at(-1);
    const first = phrases.length === 1 && LONE.test(last ?? '');
    const lone = [...phrase].length === 1 && !NOT_FIRST.test(last?.at(-1) ?? '') && fullWidthsOf(last ?? '') < 6;
    const number = NUMERAL.test(last ?? '');
    const counted =
      (number && NUMERALS.test(phrase)) || ((number || /\d\s?$/.test(last ?? '')) && COUNTED.test(phrase));
    const bound = first || lone || counted || phrase.trim() === '' || NOT_FIRST.test(phrase);
    if (last !== undefined && (bound || NOT_LAST.test(last))) phrases[phrases.length - 1] = last + phrase;
    else phrases.push(phrase);
  }
  if (lead) phrases.push(lead);
  return phrases;
}

/** Breaks a label into lines of about equal width, at most `most` full-width characters, at word boundaries where it can. */
export function wrapLabel(text: string, most: number): string[] {
  const width = fullWidthsOf(text);
  if (width <= most) return [text];
  const phrases = phrasesOf(text).flatMap((phrase) => (fullWidthsOf(phrase) > most ? brokenUp(phrase) : [phrase]));
  const aim = width / Math.ceil(width / most);
  // The best lines for the first phrases: as few as can be, then as even as can be.
  const best: { lines: string[]; cost: number }[] = [{ lines: [], cost: 0 }];
  for (let end = 1; end <= phrases.length; end += 1) {
    let found: (typeof best)[number] | undefined;
    for (let start = end - 1; start >= 0; start -= 1) {
      const line = phrases.slice(start, end).join('').trim();
      if (start < end - 1 && fullWidthsOf(line) > most) break;
      const before = best[start];
      if (!before) continue;
      const cost = before.cost + 1000 + (fullWidthsOf(line) - aim) ** 2;
      if (!found || cost < found.cost) found = { lines: line ? [...before.lines, line] : before.lines, cost };
    }
    if (found) best.push(found);
  }
  return best.at(-1)?.lines ?? [text];
}

/** A phrase that no line holds, character by character, but for those that may not begin or end a line. */
function brokenUp(phrase: string): string[] {
  const parts: string[] = [];
  for (const c of phrase) {
    const last = parts.at(-1);
    if (last !== undefined && (NOT_FIRST.test(c) || NOT_LAST.test(last))) parts[parts.length - 1] = last + c;
    else parts.push(c);
  }
  return parts;
}

/** The lines of a label; one in two languages says it in the first and then in the second. */
export function labelLines(text: string, most: number): string[] {
  const lines = (side: string): string[] => wrapLabel(showLacking(side, '', '※'), most);
  const [first, second] = [firstOf(text), secondOf(text)];
  return plainOf(first) === plainOf(second) ? lines(second) : [...lines(first), ...lines(second)];
}

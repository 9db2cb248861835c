// Characters that deceive: they are not seen, turn the order of what is read, or look like others. What they are, where
// they stand, written as they are or in a code, and what is read in their place.
import { decodeNamedCharacterReference } from 'decode-named-character-reference';
import type { Fault } from './diagnostic.js';
import { LIKE, RADICALS } from './look-alikes.js';
import type { Say, Source } from './source.js';

type Kind =
  | 'hidden'
  | 'bidi'
  | 'control'
  | 'nonchar'
  | 'surrogate'
  | 'lookalike'
  | 'mark'
  | 'digit'
  | 'radical'
  | 'compatibility';

/** What stands at [start, end) of a text: the characters themselves or a code for them. `right`: what was meant. */
type Deception = { kind: Kind; start: number; end: number; characters: string; right: string | undefined };

/** Never seen: what no text for people to read needs. Line ends and tabs are seen. */
const UNSEEN =
  /[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\p{Zl}\p{Zp}\p{Cs}\p{Noncharacter_Code_Point}\u2800\uFFFC\uFFFD]/u;
const SEEN_CONTROLS = /[\t\n\r]/;
const BIDI = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/;
/** Scripts whose letters join otherwise, or whose words part, by a sign that is not seen. */
const JOINING =
  /[\p{Script=Arabic}\p{Script=Bengali}\p{Script=Devanagari}\p{Script=Gujarati}\p{Script=Gurmukhi}\p{Script=Kannada}\p{Script=Khmer}\p{Script=Lao}\p{Script=Malayalam}\p{Script=Mongolian}\p{Script=Myanmar}\p{Script=Oriya}\p{Script=Sinhala}\p{Script=Syriac}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Thai}]/u;
const PICTOGRAPH = /[\p{Extended_Pictographic}\p{Emoji_Modifier}]|\uFE0F/u;
const HAN = /\p{Script=Han}/u;

/** Marks that stand on the letter before them; those of one script come with its letters. */
const MARK = /[\u0300-\u036F\u1AB0-\u1AFF\u1DC0-\u1DFF\u20D0-\u20FF\uFE20-\uFE2F]/;
const ANY_MARK = /\p{M}/u;
/** Strokes through what they stand on. */
const STROKE = /[\u0334-\u0338\u20D2\u20D3\u20D8-\u20DA\u20E5\u20E6\u20EA\u20EB]/;
/** A heap of them on one letter: Vietnamese, Thai and the spellings of Taiwan's languages have two, Burmese has four. */
const HEAP = new RegExp(`(?:${MARK.source}|(?=\\p{M})\\p{Script=Thai}){4,}|\\p{M}{9,}`, 'u');

/** Letters of these are read as what they are in an office's papers. */
const OURS =
  /[\p{Script=Latin}\p{Script=Han}\p{Script=Bopomofo}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Common}\p{Script=Inherited}]/u;
const LETTER = /[\p{L}\p{Nd}\p{M}]/u;
const GREEK = /\p{Script=Greek}/u;

/** Greek letters stand for quantities; these are never told from Latin ones. ι and υ are. */
const GREEK_LIKE = /[ΑΒΕΖΗΙΚΜΝΟΡΤΥΧοϹϲϺϜͿϳ]/;
/** Latin letters of phonetics and of Turkish. */
const LATIN_LIKE = /[ɑɡıɩǀǃᴄᴏꜱᴜᴠᴡᴢ]/;
/** Letters that stand for one or two others: the sign of kelvin, the fi of a PDF. Ⅷ, ａ and ª are seen as what they are. */
const COMPATIBLE =
  /[\u0132\u0133\u0149\u017F\u01C4-\u01CC\u01F1-\u01F3\u1E9A\u2102\u210A-\u210E\u2110-\u2112\u2115\u2119-\u211D\u2124\u2128\u212A-\u212D\u212F-\u2131\u2133\u2134\u2145-\u2149\uFB00-\uFB06]/;
/** Kana, Bopomofo, Hangul and strokes that look like Han characters, among these alone. */
const HAN_LIKE = /[ㄧㅡㅁㅅー㇐ロカニエハタト]/;
const SYLLABLE = /[\p{Script=Bopomofo}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}ー]/u;

/** What may be one of them: asked first, of every text. */
const SUSPECT = new RegExp(
  `${HEAP.source}|(?![\\t\\n\\r])${UNSEEN.source}|[\\u2E80-\\u2FDF\\u3038-\\u303A\\uF900-\\uFAFF\\u{2F800}-\\u{2FA1F}]|${MARK.source}|${COMPATIBLE.source}|[${[...LIKE.keys()].join('')}]|(?![0-9０-９])\\p{Nd}|(?!${OURS.source})\\p{L}|[\\u{1D400}-\\u{1D7FF}]`,
  'u',
);
/** Characters in a code: of a double-quoted text of YAML, of Markdown, of a chart (which is read as HTML at last). */
const CODED =
  /\\u[0-9a-fA-F]{4}|\\U[0-9a-fA-F]{8}|\\x[0-9a-fA-F]{2}|\\[0abefvLPN]|&#(?:[xX][0-9a-fA-F]{1,16}|\d{1,16});?|[&#][A-Za-z][A-Za-z0-9]{1,31};|&shy|#\d{1,16};/g;
/** Whether a file may hold a chart in Mermaid text, which writes a character as `#8238;` or `#zwnj;`. */
const CHART = /流程圖|mermaid/i;
const SHORT: Readonly<Record<string, string>> = {
  '0': '\0',
  a: '\x07',
  b: '\b',
  e: '\x1B',
  f: '\f',
  v: '\v',
  L: '\u2028',
  P: '\u2029',
  N: '\x85',
};

/** A sign that stands for what cannot be printed, as printers use it. */
const GETA = '〓';

/** What is printed of a text in which something deceives: what was meant, where that is known, and nothing unseen. */
export function undeceived(text: string): string {
  if (!SUSPECT.test(text)) return text;
  let out = '';
  let at = 0;
  for (const { start, end, right } of deceptionsIn(text)) {
    out += text.slice(at, start) + (right ?? GETA);
    at = end;
  }
  return out + text.slice(at);
}

/**
 * The same of a text that is read once more before it is printed: of Markdown, where a character may be written as
 * `&#8238;`, and of a chart, where it may be `#8238;` too.
 */
export function undeceivedIn(notation: 'markdown' | 'chart', text: string): string {
  const plain = undeceived(text);
  const chart = notation === 'chart';
  const codes = codedIn(plain, 0, chart);
  const without = (put: (code: Deception) => string): string => {
    let out = '';
    let at = 0;
    for (const code of codes) {
      out += plain.slice(at, code.start) + put(code);
      at = code.end;
    }
    return out + plain.slice(at);
  };
  if (codes.length === 0) return plain;
  const right = without((code) => code.right ?? GETA);
  // What is taken out of the middle of a code may leave another one.
  return codedIn(right, 0, chart).length === 0 ? right : without(() => GETA);
}

/** Whether something in a file may deceive, as it stands or in a code. */
export const mayDeceive = (text: string): boolean => SUSPECT.test(text) || /\\[uUxabefvLPN0]|[&#][#\w]/.test(text);

/** The name of a file without its folder and ending, with nothing in it that deceives. */
export const stemOf = (path: string): string => undeceived(path.replace(/^.*\//, '').replace(/\.[^.]+$/, '')) || GETA;

/** A text for a parser that stumbles over characters no text may hold: the same, and as long. */
export const parsable = (text: string): string =>
  STUMBLING.test(text)
    ? text.replace(new RegExp(STUMBLING.source, 'gu'), (each) => '\u2060'.repeat(each.length))
    : text;
const STUMBLING = /(?![\t\n\r])[\p{Cc}\p{Cs}\uFFFE\uFFFF\uFDD0-\uFDEF\u2028\u2029\uFEFF]/u;

/**
 * Reports what deceives in a file, neighbours of one kind together. What is behind the first `longest` characters of a
 * line is not looked at: whoever sets that bound tells that the line is too long.
 */
export function reportDeceptions(source: Source, report: (fault: Fault) => void, longest?: number): void {
  const text = longest === undefined ? source.text : withoutTails(source.text, longest);
  const plain = SUSPECT.test(text) ? deceptionsIn(text) : [];
  const found = [
    ...plain,
    ...(/[\\&#]/.test(text) ? codedIn(text, yamlEnd({ ...source, text }), CHART.test(text)) : []),
  ].sort((a, b) => a.start - b.start);
  for (const group of together(found)) {
    const [first] = group;
    const last = group.at(-1);
    if (!first || !last) continue;
    const span = { source, start: first.start, end: last.end };
    const rights = group.map(({ right }) => right);
    const right = rights.every((each) => each !== undefined) ? rights.join('') : undefined;
    const characters = group.map((each) => each.characters).join('');
    const certain = /^(hidden|digit|radical|compatibility)$/.test(first.kind) && right !== undefined;
    report({
      rule: 'deceptive-character',
      span,
      ...said(first.kind, characters, right),
      ...(certain ? { fix: { span, text: right } } : {}),
    });
  }
}

/** The same length, and blanks behind the first so many characters of a line. */
export function withoutTails(text: string, longest: number): string {
  let out = '';
  let kept = 0;
  for (let at = 0; at < text.length; ) {
    const newline = text.indexOf('\n', at);
    const end = newline === -1 ? text.length : newline;
    if (end - at > longest) {
      out += text.slice(kept, at + longest) + ' '.repeat(end - at - longest);
      kept = end;
    }
    at = end + 1;
  }
  return kept === 0 ? text : out + text.slice(kept);
}

/** What deceives in the name of a file. */
export function deceptionOf(name: string): { message: Say; hint: Say } | undefined {
  const [first] = deceptionsIn(name);
  return first && said(first.kind, first.characters, first.right);
}

function deceptionsIn(text: string): Deception[] {
  const found: Deception[] = [];
  const one = new RegExp(SUSPECT.source, 'gu');
  const isForeign = foreignWordsOf(text);
  for (let match = one.exec(text); match; match = one.exec(text)) {
    const [characters] = match;
    const deception = judged(characters, text, match.index, isForeign);
    if (!deception) continue;
    const { kind, right } = deception;
    const before = found.at(-1);
    // Many of a kind in a row are one.
    if (before?.end === match.index && before.kind === kind && before.right !== undefined && right !== undefined) {
      before.characters += characters;
      before.right += right;
      before.end += characters.length;
    } else found.push({ kind, right, start: match.index, end: match.index + characters.length, characters });
  }
  return found;
}

/** Up to where a file is YAML: all of it, or the front matter of a Markdown file. */
function yamlEnd({ path, text }: Source): number {
  if (/\.ya?ml$/i.test(path)) return text.length;
  return (/^---[ \t]*\r?\n[\s\S]*?^---[ \t]*\r?$/m.exec(text)?.index === 0 && text.indexOf('\n---', 3)) || 0;
}

/** Backslashes are codes up to `yaml`; `#8238;`, and `&#8238` without its end, are where there may be a chart. */
function codedIn(text: string, yaml: number, chart: boolean): Deception[] {
  const found: Deception[] = [];
  const isQuoted = quotesOf(text);
  for (const { 0: code, index } of text.matchAll(CODED)) {
    const slash = code.startsWith('\\');
    if (!chart && (code.startsWith('#') || !(slash || code.endsWith(';')))) continue;
    // A backslash before it makes it a backslash; only between double quotes does YAML read codes.
    if (
      slash &&
      (index >= yaml || /(?<!\\)(\\\\)*\\$/.test(text.slice(Math.max(0, index - 20), index)) || !isQuoted(index))
    )
      continue;
    let characters = decoded(code);
    let end = index + code.length;
    if (/^[\uD800-\uDBFF]$/.test(characters)) {
      // Two codes of a pair are one character.
      const low = /^\\u(d[c-f][0-9a-f]{2})/i.exec(text.slice(end, end + 6));
      if (low) {
        characters += String.fromCharCode(Number.parseInt(low[1] ?? '', 16));
        end += 6;
      }
    } else if (/^[\uDC00-\uDFFF]$/.test(characters) && /\\ud[89ab][0-9a-f]{2}$/i.test(text.slice(index - 6, index)))
      continue;
    if (!SUSPECT.test(characters)) continue;
    const around = `${text.slice(Math.max(0, index - 2), index)}${characters}${text.slice(end, end + 2)}`;
    const deception =
      [...characters].length > 1
        ? deceptionsIn(characters)[0]
        : judged(characters, around, Math.min(2, index), foreignWordsOf(around));
    if (deception) found.push({ ...deception, start: index, end, characters });
  }
  return found;
}

function decoded(code: string): string {
  if (/^[&#]/.test(code)) {
    const number = /^&?#(?:x([0-9a-f]+)|(\d+));?$/i.exec(code);
    if (!number) return decodeNamedCharacterReference(code.replace(/^.|;$/g, '')) || '';
    return ofNumber(number[1] ? Number.parseInt(number[1], 16) : Number(number[2]));
  }
  return /^\\[uUx]/.test(code) ? ofNumber(Number.parseInt(code.slice(2), 16)) : (SHORT[code.slice(1)] ?? '');
}
const ofNumber = (number: number): string => (number <= 0x10ffff ? String.fromCodePoint(number) : '');

/** Whether a place of its line stands behind an odd number of double quotes, or none; asked from the front to the back. */
function quotesOf(text: string): (index: number) => boolean {
  let at = 0;
  let quotes = 0;
  let any = false;
  return (index) => {
    for (; at < index; at += 1) {
      const sign = text[at];
      if (sign === '\n') {
        quotes = 0;
        any = false;
      } else if (sign === '"') {
        quotes += 1;
        any = true;
      } else if (sign === '\\' && text[at + 1] !== '\n') {
        at += 1;
        if (text[at] === '"') any = true;
      }
    }
    return quotes % 2 === 1 || !any;
  };
}

type Judgement = Pick<Deception, 'kind' | 'right'>;

/** What deceives in a character of a text, by itself and by its neighbours. */
function judged(
  character: string,
  text: string,
  index: number,
  isForeign: (index: number) => boolean,
): Judgement | undefined {
  if (/\p{Cs}/u.test(character)) return { kind: 'surrogate', right: '' };
  if (/\p{Noncharacter_Code_Point}/u.test(character)) return { kind: 'nonchar', right: '' };
  if (/\p{Cc}/u.test(character)) return SEEN_CONTROLS.test(character) ? undefined : { kind: 'control', right: '' };
  if (BIDI.test(character)) return { kind: 'bidi', right: '' };
  if (/\p{Zl}|\p{Zp}/u.test(character)) return { kind: 'control', right: '' };
  if (UNSEEN.test(character)) return unseenJudged(character, text, index);
  if (ANY_MARK.test(character)) return markJudged(character, text, index);
  return formJudged(character) ?? letterJudged(character, text, index, isForeign);
}

const before = (text: string, index: number): string => lastOf(text.slice(Math.max(0, index - 2), index));
const after = (text: string, end: number): string => firstOf(text.slice(end, end + 2));

/** What is not seen is right where the letters or pictures beside it need it. */
function unseenJudged(character: string, text: string, index: number): Judgement | undefined {
  const [left, right] = [before(text, index), after(text, index + character.length)];
  // A joiner between letters that need it, or between the parts of a picture; what chooses a form of the character before.
  if (/[\u200B-\u200D]/.test(character) && JOINING.test(left) && JOINING.test(right)) return undefined;
  if (character === '\u200D' && PICTOGRAPH.test(left) && PICTOGRAPH.test(right)) return undefined;
  if (/[\uFE0E\uFE0F]/.test(character) && (/[0-9#*]/.test(left) ? right === '\u20E3' : /\p{Emoji}/u.test(left)))
    return undefined;
  if (/[\uFE00-\uFE02\u{E0100}-\u{E01EF}]/u.test(character) && HAN.test(left)) return undefined;
  // The punctuation of Taiwan, or of Japan.
  if (/[\uFE00\uFE01]/.test(character) && /[、。，．：；！？]/.test(left)) return undefined;
  // The mark of the byte order at the very beginning is none of the text.
  if (character === '\uFEFF' && index === 0) return undefined;
  // What these stood for is lost.
  if (/[\uFFFC\uFFFD]/.test(character)) return { kind: 'nonchar', right: undefined };
  return { kind: 'hidden', right: '' };
}

/** Another form of a character: a radical, a compatibility character, a letter or digit of mathematics. */
function formJudged(character: string): Judgement | undefined {
  const code = character.codePointAt(0) ?? 0;
  if (code >= 0x2e80 && code <= 0x2fdf) {
    const right = RADICALS.get(character) ?? character.normalize('NFKC');
    return { kind: 'radical', right: right === character ? undefined : right };
  }
  const plain = character.normalize('NFKC');
  if (COMPATIBLE.test(character)) return { kind: 'compatibility', right: plain };
  if (HAN.test(character)) return plain === character ? undefined : { kind: 'compatibility', right: plain };
  if (code >= 0x1d400 && code <= 0x1d7ff) return { kind: /\d/.test(plain) ? 'digit' : 'lookalike', right: plain };
  return undefined;
}

/** A letter or digit of another script: right in a word of that script, read as another beside ours. */
function letterJudged(
  character: string,
  text: string,
  index: number,
  isForeign: (index: number) => boolean,
): Judgement | undefined {
  if (HAN.test(character)) return undefined;
  const like: Judgement = { kind: 'lookalike', right: LIKE.get(character) };
  if (/\p{Nd}/u.test(character)) {
    const thai = /[\u0E50-\u0E59]/;
    if (thai.test(character) && /\p{Script=Thai}/u.test(lineAround(text, index).replace(/[\u0E50-\u0E59]/g, '')))
      return undefined;
    return { kind: 'digit', right: String(digitOf(character.codePointAt(0) ?? 0)) };
  }
  if (HAN_LIKE.test(character)) {
    const beside = [before(text, index), after(text, index + character.length)];
    const amongSyllables = beside.some((each) => SYLLABLE.test(each));
    return amongSyllables || !beside.some((each) => HAN.test(each)) ? undefined : like;
  }
  if (LATIN_LIKE.test(character)) return like;
  if (GREEK.test(character) ? !GREEK_LIKE.test(character) : OURS.test(character)) return undefined;
  return isForeign(index) ? undefined : like;
}

/** A mark is on a letter, through none, and not one of many on the same. */
function markJudged(character: string, text: string, index: number): Judgement | undefined {
  if (STROKE.test(character)) return { kind: 'hidden', right: '' };
  if (HEAP.test(character)) return { kind: 'mark', right: '' };
  const base = text.slice(Math.max(0, index - 8), index).replace(/\p{M}+$/u, '');
  const on = lastOf(base);
  if (character === '\u20E3' && /[0-9#*]\uFE0F?$/.test(text.slice(Math.max(0, index - 2), index))) return undefined;
  if (on === '' ? index > 0 : /(?!\p{Script=Han})[\p{L}\u25CC]/u.test(on)) return undefined;
  return { kind: 'mark', right: '' };
}

/**
 * Whether the word at a place is one of another script and holds more than look-alikes; asked from the front to the back,
 * so that each word is looked at once.
 */
function foreignWordsOf(text: string): (index: number) => boolean {
  const word = new RegExp(`${LETTER.source}+`, 'gu');
  let found: { from: number; to: number; foreign: boolean } | undefined;
  return (index) => {
    while (!found || found.to <= index) {
      const next = word.exec(text);
      if (!next) return false;
      const letters = [...next[0]];
      const own = letters.every((each) => !OURS.test(each) || ANY_MARK.test(each));
      const foreign = own && letters.some((each) => !LIKE.has(each));
      found = { from: next.index, to: next.index + next[0].length, foreign };
    }
    return found.from <= index && found.foreign;
  };
}

const lastOf = (text: string): string => [...text].at(-1) ?? '';
const firstOf = (text: string): string => [...text][0] ?? '';
const lineAround = (text: string, index: number): string =>
  text.slice(Math.max(0, index - 200), index).replace(/^[\s\S]*\n/, '') +
  text.slice(index, index + 200).replace(/\n[\s\S]*$/, '');
/** Ten digits of a script follow one another, beginning with 0. */
function digitOf(code: number): number {
  let zero = code;
  while (code - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero -= 1;
  return code - zero;
}

function together(found: readonly Deception[]): Deception[][] {
  const groups: Deception[][] = [];
  for (const each of found) {
    const last = groups.at(-1);
    const before = last?.at(-1);
    if (last && before && before.kind === each.kind && before.end === each.start) last.push(each);
    else if (!before || each.start >= before.end) groups.push([each]);
  }
  return groups;
}

// ---------------------------------------------------------------- what is said of them

const NAMES: Readonly<Record<string, Say>> = {
  '\u00AD': { zh: '軟連字號', en: 'soft hyphen' },
  '\u200B': { zh: '零寬空格', en: 'zero width space' },
  '\u200C': { zh: '零寬不連字', en: 'zero width non-joiner' },
  '\u200D': { zh: '零寬連字', en: 'zero width joiner' },
  '\u2060': { zh: '零寬不斷行', en: 'word joiner' },
  '\uFEFF': { zh: '位元組順序記號 BOM', en: 'byte order mark' },
  '\u200E': { zh: '由左至右標記', en: 'left-to-right mark' },
  '\u200F': { zh: '由右至左標記', en: 'right-to-left mark' },
  '\u202E': { zh: '由右至左覆寫', en: 'right-to-left override' },
  '\u202D': { zh: '由左至右覆寫', en: 'left-to-right override' },
  '\uFFFD': { zh: '轉碼失敗的記號 �', en: 'the sign � of a failed conversion' },
};

const codeOf = (character: string): string =>
  `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;

const codesOf = (text: string): string => [...text].slice(0, 3).map(codeOf).join(' ');

/** No more of it is quoted. */
const MOST_QUOTED = 20;
const short = (text: string): string => {
  const some = [...text.slice(0, 4 * MOST_QUOTED)];
  return some.length > MOST_QUOTED ? `${some.slice(0, MOST_QUOTED).join('')}…` : text;
};

/** The characters of a deception, as they are quoted in what is said of them. */
type Quoted = {
  count: number;
  /** The first of them, and what they should be. */
  characters: string;
  right: string | undefined;
  /** Their codes, with the name of the first. */
  code: Say;
};

function said(kind: Kind, written: string, meant: string | undefined): { message: Say; hint: Say } {
  const all = [...written];
  const name = NAMES[all[0] ?? ''];
  const codes = all.slice(0, 3).map(codeOf).join('、') + (all.length > 3 ? '…' : '');
  const right = meant && short(meant);
  const message = MESSAGES[kind]({
    count: all.length,
    characters: short(written),
    right,
    code: {
      zh: name ? `${codes}（${name.zh}）` : codes,
      en: `${codes.replaceAll('、', ', ')}${name ? ` (${name.en})` : ''}`,
    },
  });
  if (!/^(digit|radical|compatibility|lookalike)$/.test(kind))
    return {
      message,
      hint: { zh: '刪去這個字元；重新輸入這個詞最穩當。', en: 'Delete it; it is safest to type the word anew.' },
    };
  if (right === undefined) return { message, hint: { zh: '用輸入法重新輸入這個字。', en: 'Type the character anew.' } };
  return { message, hint: { zh: `改成「${right}」。`, en: `Write "${right}".` } };
}

const MESSAGES: Readonly<Record<Kind, (quoted: Quoted) => Say>> = {
  hidden: ({ code }) => ({
    zh: `這裡有看不見的字元 ${code.zh}，讀到的與看到的不一樣；應只有看得見的字。`,
    en: `Here is a character that is not seen, ${code.en}: what is read is not what is seen.`,
  }),
  bidi: ({ code }) => ({
    zh: `這裡有改變書寫方向的字元 ${code.zh}，看到的順序與實際的不同；應只有看得見的字。`,
    en: `Here is a character that turns the direction of writing, ${code.en}: the order seen is not the order written.`,
  }),
  control: ({ code }) => ({
    zh: `這裡有控制字元 ${code.zh}，印不出來；應只有看得見的字。`,
    en: `Here is a control character, ${code.en}, which cannot be printed.`,
  }),
  nonchar: ({ code }) => ({
    zh: `這裡的 ${code.zh} 不是字元，印不出來；應只有看得見的字。`,
    en: `${code.en} is no character and cannot be printed.`,
  }),
  surrogate: ({ code }) => ({
    zh: `這裡的 ${code.zh} 不是字元（只有半個字），印不出來；應只有看得見的字。`,
    en: `${code.en} is no character but half of one and cannot be printed.`,
  }),
  mark: ({ count, code }) =>
    count > 3
      ? {
          zh: `這裡有 ${count} 個附加符號（${code.zh}）疊在同一個字上，會蓋住上下行；一個字最多 3 個。`,
          en: `Here are ${count} accents (${code.en}) on one letter, which cover the lines around it; a letter has 3 at most.`,
        }
      : {
          zh: `這裡有附加符號 ${code.zh} 疊在前一個字上，這個字不應有附加符號。`,
          en: `Here is an accent, ${code.en}, on a character that takes none.`,
        },
  digit: ({ characters, code, right }) => ({
    zh: `這裡的數字「${characters}」（${code.zh}）是另一種文字的數字，應寫「${right}」。`,
    en: `The digits "${characters}" (${code.en}) are of another script; expected "${right}".`,
  }),
  radical: ({ characters, code, right }) => ({
    zh: `這裡的「${characters}」（${code.zh}）是部首符號，看起來像字卻不是字，搜尋不到${right === undefined ? '' : `；應寫「${right}」`}。`,
    en: `"${characters}" (${code.en}) is a sign for a radical that looks like a character and is not found by searching${right === undefined ? '' : `; expected "${right}"`}.`,
  }),
  compatibility: ({ characters, code, right = '' }) => ({
    zh: `這裡的「${characters}」（${code.zh}）是相容字，看起來一樣卻是另一個字碼，搜尋不到；應寫「${right}」（${codesOf(right)}）。`,
    en: `"${characters}" (${code.en}) is a compatibility character with another code than the one it looks like; expected "${right}" (${codesOf(right)}).`,
  }),
  lookalike: ({ characters, code, right }) => ({
    zh: `這裡的「${characters}」（${code.zh}）是另一種文字的字母${right === undefined ? '，夾在別的文字裡會被看錯' : `，看起來像「${right}」（${codesOf(right)}）`}。`,
    en: `"${characters}" (${code.en}) is of another script${right === undefined ? ' and is misread among other letters' : ` and looks like "${right}" (${codesOf(right)})`}.`,
  }),
};

// Characters that deceive: they are not seen, turn the order of what is read, or look like others. What they are, where
// they stand, written as they are or in a code, and what is read in their place.
import type { Fault, Say, Source } from './source.js';

type Kind =
  | 'hidden'
  | 'bidi'
  | 'control'
  | 'nonchar'
  | 'surrogate'
  | 'lookalike'
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
const PICTOGRAPH = /[\p{Extended_Pictographic}\p{Emoji_Modifier}\p{Emoji}]|\uFE0F|\u20E3/u;
const HAN = /\p{Script=Han}/u;

/** Letters of these are read as what they are in an office's papers. */
const OURS =
  /[\p{Script=Latin}\p{Script=Han}\p{Script=Bopomofo}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Common}\p{Script=Inherited}]/u;
const LETTER = /[\p{L}\p{Nd}\p{M}]/u;
const GREEK = /\p{Script=Greek}/u;

/** By what each looks like (Unicode TR 39, those that a font of Taiwan sets alike). */
const LIKE = new Map<string, string>();
for (const [right, others] of Object.entries({
  A: 'АΑᎪꓮ',
  B: 'ВΒᏴꓐ',
  C: 'СᏟꓚϹ',
  D: 'ᎠꓓԀ',
  E: 'ЕΕᎬꓰ',
  F: 'Ϝꓝ',
  G: 'Ԍꮐꓖ',
  H: 'НΗᎻꓧ',
  I: 'ІΙӀꓲ',
  J: 'ЈᎫꓙͿ',
  K: 'КΚᏦꓗ',
  L: 'Ꮮꓡ',
  M: 'МΜᎷꓟϺ',
  N: 'Νꓠ',
  O: 'ОΟՕꓳ',
  P: 'РΡᏢꓑ',
  Q: 'Ԛ',
  R: 'Ꭱꓣ',
  S: 'ЅᏚՏꓢ',
  T: 'ТΤᎢꓔ',
  U: 'Սꓴ',
  V: 'ѴᏙꓦ',
  W: 'ԜᎳꓪ',
  X: 'ХΧꓫ',
  Y: 'УΥҮꓬ',
  Z: 'ΖᏃꓜ',
  a: 'аɑ',
  c: 'сϲ',
  d: 'ԁ',
  e: 'еҽ',
  g: 'ցɡ',
  h: 'һհ',
  i: 'іıι',
  j: 'јϳ',
  k: 'к',
  l: 'ӏ',
  n: 'ո',
  o: 'оοօ',
  p: 'рр',
  q: 'ԛզ',
  r: 'г',
  s: 'ѕ',
  u: 'սυ',
  v: 'ѵ',
  w: 'ԝա',
  x: 'х',
  y: 'уү',
  一: 'ㄧㅡー',
  口: 'ロㅁ',
  力: 'カ',
  二: 'ニ',
  工: 'エ',
  八: 'ハ',
  夕: 'タ',
  卜: 'ト',
  人: 'ㅅ',
}))
  for (const other of others) LIKE.set(other, right);
/** Greek letters stand for quantities; these are never told from Latin ones. ι and υ are. */
const GREEK_LIKE = /[ΑΒΕΖΗΙΚΜΝΟΡΤΥΧοϹϲϺϜͿϳ]/;
/** Latin letters of phonetics and of Turkish. */
const LATIN_LIKE = /[ɑɡı]/;
/** Kana, Bopomofo and Hangul that look like Han characters, among these alone. */
const HAN_LIKE = /[ㄧㅡㅁㅅーロカニエハタト]/;
const SYLLABLE = /[\p{Script=Bopomofo}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}ー]/u;

/** Radicals of the Supplement have no decomposition; these come out of PDFs that were copied from. */
const RADICALS = new Map(
  Object.entries({
    '⺁': '厂',
    '⺅': '亻',
    '⺉': '刂',
    '⺌': '小',
    '⺍': '小',
    '⺎': '兀',
    '⺏': '尣',
    '⺐': '尢',
    '⺓': '幺',
    '⺖': '忄',
    '⺗': '心',
    '⺘': '扌',
    '⺙': '攵',
    '⺛': '旡',
    '⺝': '月',
    '⺟': '母',
    '⺠': '民',
    '⺡': '氵',
    '⺢': '水',
    '⺣': '灬',
    '⺤': '爪',
    '⺥': '爫',
    '⺦': '丬',
    '⺨': '犭',
    '⺩': '王',
    '⺪': '疋',
    '⺫': '目',
    '⺬': '示',
    '⺭': '礻',
    '⺮': '竹',
    '⺯': '糹',
    '⺲': '罒',
    '⺳': '网',
    '⺶': '羊',
    '⺷': '羊',
    '⺹': '耂',
    '⺼': '肉',
    '⺽': '臼',
    '⺾': '艹',
    '⻀': '艹',
    '⻁': '虎',
    '⻂': '衤',
    '⻃': '覀',
    '⻄': '西',
    '⻅': '見',
    '⻆': '角',
    '⻇': '角',
    '⻉': '貝',
    '⻊': '足',
    '⻋': '車',
    '⻌': '辶',
    '⻍': '辶',
    '⻎': '辶',
    '⻏': '阝',
    '⻐': '金',
    '⻑': '長',
    '⻒': '長',
    '⻓': '長',
    '⻔': '門',
    '⻕': '阜',
    '⻖': '阝',
    '⻗': '雨',
    '⻘': '青',
    '⻙': '韋',
    '⻚': '頁',
    '⻛': '風',
    '⻜': '飛',
    '⻝': '食',
    '⻞': '食',
    '⻟': '食',
    '⻠': '食',
    '⻡': '首',
    '⻢': '馬',
    '⻣': '骨',
    '⻤': '鬼',
    '⻥': '魚',
    '⻦': '鳥',
    '⻧': '鹵',
    '⻨': '麥',
    '⻩': '黃',
    '⻪': '黽',
    '⻬': '齊',
    '⻮': '齒',
    '⻯': '龍',
    '⻰': '龍',
    '⻱': '龜',
    '⻲': '龜',
    '⻳': '龜',
  }),
);

/** What may be one of them: asked first, of every text. */
const SUSPECT = new RegExp(
  `(?![\\t\\n\\r])${UNSEEN.source}|[\\u2E80-\\u2FDF\\uF900-\\uFAFF\\u{2F800}-\\u{2FA1F}\\u0334-\\u0338]|[${[...LIKE.keys()].join('')}]|(?![0-9０-９])\\p{Nd}|(?!${OURS.source})\\p{L}|[\\u{1D400}-\\u{1D7FF}]`,
  'u',
);
/** Characters in a code: of a double-quoted text of YAML, of Markdown. */
const CODED =
  /\\u[0-9a-fA-F]{4}|\\U[0-9a-fA-F]{8}|\\x[0-9a-fA-F]{2}|\\[0abefvLPN]|&#(?:[xX][0-9a-fA-F]{1,6}|\d{1,7});|[&#](?:shy|zwj|zwnj|lrm|rlm|ZeroWidthSpace|NoBreak|ApplyFunction|InvisibleTimes|InvisibleComma|af|it|ic);|#\d{1,7};/g;
/** Whether a file may hold a chart in Mermaid text, which writes a character as `#8238;` or `#zwnj;`. */
const CHART = /流程圖|mermaid/i;
const NAMED: Readonly<Record<string, string>> = {
  shy: '\u00AD',
  zwj: '\u200D',
  zwnj: '\u200C',
  lrm: '\u200E',
  rlm: '\u200F',
  ZeroWidthSpace: '\u200B',
  NoBreak: '\u2060',
  ApplyFunction: '\u2061',
  af: '\u2061',
  InvisibleTimes: '\u2062',
  it: '\u2062',
  InvisibleComma: '\u2063',
  ic: '\u2063',
};
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

/** Whether something in a file may deceive, as it stands or in a code. */
export const mayDeceive = (text: string): boolean => SUSPECT.test(text) || /\\[uUxabefvLPN0]|&[#a-zA-Z]/.test(text);

/** A text for a parser that stumbles over characters no text may hold: the same, and as long. */
export const parsable = (text: string): string =>
  STUMBLING.test(text)
    ? text.replace(new RegExp(STUMBLING.source, 'gu'), (each) => '\u2060'.repeat(each.length))
    : text;
const STUMBLING = /(?![\t\n\r])[\p{Cc}\p{Cs}\uFFFE\uFFFF\uFDD0-\uFDEF\u2028\u2029\uFEFF]/u;

/** Reports what deceives in a file, neighbours of one kind together. */
export function reportDeceptions(source: Source, report: (fault: Fault) => void): void {
  const { text } = source;
  const plain = SUSPECT.test(text) ? deceptionsIn(text) : [];
  const found = [...plain, ...(/[\\&#]/.test(text) ? codedIn(text, yamlEnd(source)) : [])].sort(
    (a, b) => a.start - b.start,
  );
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

/** What deceives in the name of a file. */
export function deceptionOf(name: string): { message: Say; hint: Say } | undefined {
  const [first] = deceptionsIn(name);
  return first && said(first.kind, first.characters, first.right);
}

function deceptionsIn(text: string): Deception[] {
  const found: Deception[] = [];
  const one = new RegExp(SUSPECT.source, 'gu');
  for (let match = one.exec(text); match; match = one.exec(text)) {
    const [characters] = match;
    const deception = judged(characters, text, match.index);
    if (deception) found.push({ ...deception, start: match.index, end: match.index + characters.length, characters });
  }
  return found;
}

/** Up to where a file is YAML: all of it, or the front matter of a Markdown file. */
function yamlEnd({ path, text }: Source): number {
  if (/\.ya?ml$/i.test(path)) return text.length;
  return (/^---[ \t]*\r?\n[\s\S]*?^---[ \t]*\r?$/m.exec(text)?.index === 0 && text.indexOf('\n---', 3)) || 0;
}

/** Backslashes are codes up to `yaml`; `#8238;` is one where a chart is given as Mermaid text. */
function codedIn(text: string, yaml: number): Deception[] {
  const found: Deception[] = [];
  const chart = CHART.test(text);
  const isQuoted = quotesOf(text);
  for (const { 0: code, index } of text.matchAll(CODED)) {
    const slash = code.startsWith('\\');
    if (code.startsWith('#') && !chart) continue;
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
    const around = `${text.slice(Math.max(0, index - 2), index)}${characters}${text.slice(end, end + 2)}`;
    const deception = SUSPECT.test(characters) && judged(characters, around, Math.min(2, index));
    if (deception) found.push({ ...deception, start: index, end, characters });
  }
  return found;
}

function decoded(code: string): string {
  if (/^[&#]/.test(code)) {
    const number = /^&?#(?:x([0-9a-f]+)|(\d+));$/i.exec(code);
    if (!number) return NAMED[code.slice(1, -1)] ?? '';
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

/** What deceives in a character of a text, by itself and by its neighbours. */
function judged(character: string, text: string, index: number): Pick<Deception, 'kind' | 'right'> | undefined {
  const before = lastOf(text.slice(Math.max(0, index - 2), index));
  const after = firstOf(text.slice(index + character.length, index + character.length + 2));
  const code = character.codePointAt(0) ?? 0;
  if (/\p{Cs}/u.test(character)) return { kind: 'surrogate', right: '' };
  if (/\p{Noncharacter_Code_Point}/u.test(character)) return { kind: 'nonchar', right: '' };
  if (/\p{Cc}/u.test(character)) return SEEN_CONTROLS.test(character) ? undefined : { kind: 'control', right: '' };
  if (BIDI.test(character)) return { kind: 'bidi', right: '' };
  if (/\p{Zl}|\p{Zp}/u.test(character)) return { kind: 'control', right: '' };
  if (UNSEEN.test(character)) {
    // A joiner between letters that need it, or between the parts of a picture; what chooses a form of the character before.
    if (/[\u200B-\u200D]/.test(character) && JOINING.test(before) && JOINING.test(after)) return undefined;
    if (character === '\u200D' && PICTOGRAPH.test(before) && PICTOGRAPH.test(after)) return undefined;
    if (/[\uFE0E\uFE0F]/.test(character) && /[\p{S}\p{P}\p{Extended_Pictographic}0-9]/u.test(before)) return undefined;
    if (/[\uFE00-\uFE02\u{E0100}-\u{E01EF}]/u.test(character) && HAN.test(before)) return undefined;
    // The mark of the byte order at the very beginning is none of the text.
    if (character === '\uFEFF' && index === 0) return undefined;
    // What these stood for is lost.
    if (/[\uFFFC\uFFFD]/.test(character)) return { kind: 'nonchar', right: undefined };
    return { kind: 'hidden', right: '' };
  }
  if (/[\u0334-\u0338]/.test(character)) return { kind: 'hidden', right: '' };
  if (code >= 0x2e80 && code <= 0x2fdf) {
    const right = RADICALS.get(character) ?? character.normalize('NFKC');
    return { kind: 'radical', right: right === character ? undefined : right };
  }
  if (HAN.test(character)) {
    const right = character.normalize();
    return right === character ? undefined : { kind: 'compatibility', right };
  }
  if (code >= 0x1d400 && code <= 0x1d7ff) {
    const right = character.normalize('NFKC');
    return { kind: /\d/.test(right) ? 'digit' : 'lookalike', right };
  }
  if (/\p{Nd}/u.test(character)) {
    if (
      /[\u0E50-\u0E59]/.test(character) &&
      /\p{Script=Thai}/u.test(lineAround(text, index).replace(/[\u0E50-\u0E59]/g, ''))
    )
      return undefined;
    return { kind: 'digit', right: String(digitOf(code)) };
  }
  if (HAN_LIKE.test(character)) {
    const among = SYLLABLE.test(before) || SYLLABLE.test(after);
    if (among || !(HAN.test(before) || HAN.test(after))) return undefined;
    return { kind: 'lookalike', right: LIKE.get(character) };
  }
  if (LATIN_LIKE.test(character)) return { kind: 'lookalike', right: LIKE.get(character) };
  if (GREEK.test(character)) return GREEK_LIKE.test(character) ? alone(character, text, index) : undefined;
  return OURS.test(character) ? undefined : alone(character, text, index);
}

/** A letter of another script: read as what it is only in a word of that script that holds more than look-alikes. */
function alone(character: string, text: string, index: number): Pick<Deception, 'kind' | 'right'> | undefined {
  let from = index;
  while (from > 0 && index - from < 60 && LETTER.test(lastOf(text.slice(Math.max(0, from - 2), from))))
    from -= lastOf(text.slice(Math.max(0, from - 2), from)).length;
  let to = index + character.length;
  while (to < text.length && to - index < 60 && LETTER.test(firstOf(text.slice(to, to + 2))))
    to += firstOf(text.slice(to, to + 2)).length;
  const word = [...text.slice(from, to)];
  const own = word.every((each) => !OURS.test(each) || /\p{M}/u.test(each));
  if (own && word.some((each) => !LIKE.has(each))) return undefined;
  return { kind: 'lookalike', right: LIKE.get(character) };
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

function said(kind: Kind, characters: string, right: string | undefined): { message: Say; hint: Say } {
  const all = [...characters];
  const name = NAMES[all[0] ?? ''];
  const codes = all.slice(0, 3).map(codeOf).join('、') + (all.length > 3 ? '…' : '');
  const code = {
    zh: name ? `${codes}（${name.zh}）` : codes,
    en: `${codes.replaceAll('、', ', ')}${name ? ` (${name.en})` : ''}`,
  };
  const remove: Say = {
    zh: '刪去這個字元；重新輸入這個詞最穩當。',
    en: 'Delete it; it is safest to type the word anew.',
  };
  const write: Say =
    right === undefined
      ? { zh: '用輸入法重新輸入這個字。', en: 'Type the character anew.' }
      : { zh: `改成「${right}」。`, en: `Write "${right}".` };
  switch (kind) {
    case 'hidden':
      return {
        message: {
          zh: `這裡有看不見的字元 ${code.zh}，讀到的與看到的不一樣；應只有看得見的字。`,
          en: `Here is a character that is not seen, ${code.en}: what is read is not what is seen.`,
        },
        hint: remove,
      };
    case 'bidi':
      return {
        message: {
          zh: `這裡有改變書寫方向的字元 ${code.zh}，看到的順序與實際的不同；應只有看得見的字。`,
          en: `Here is a character that turns the direction of writing, ${code.en}: the order seen is not the order written.`,
        },
        hint: remove,
      };
    case 'control':
      return {
        message: {
          zh: `這裡有控制字元 ${code.zh}，印不出來；應只有看得見的字。`,
          en: `Here is a control character, ${code.en}, which cannot be printed.`,
        },
        hint: remove,
      };
    case 'nonchar':
    case 'surrogate':
      return {
        message: {
          zh: `這裡的 ${code.zh} 不是字元${kind === 'surrogate' ? '（只有半個字）' : ''}，印不出來；應只有看得見的字。`,
          en: `${code.en} is no character${kind === 'surrogate' ? ' but half of one' : ''} and cannot be printed.`,
        },
        hint: remove,
      };
    case 'digit':
      return {
        message: {
          zh: `這裡的數字「${characters}」（${code.zh}）是另一種文字的數字，應寫「${right}」。`,
          en: `The digits "${characters}" (${code.en}) are of another script; expected "${right}".`,
        },
        hint: write,
      };
    case 'radical':
      return {
        message: {
          zh: `這裡的「${characters}」（${code.zh}）是部首符號，看起來像字卻不是字，搜尋不到${right === undefined ? '' : `；應寫「${right}」`}。`,
          en: `"${characters}" (${code.en}) is a sign for a radical that looks like a character and is not found by searching${right === undefined ? '' : `; expected "${right}"`}.`,
        },
        hint: write,
      };
    case 'compatibility':
      return {
        message: {
          zh: `這裡的「${characters}」（${code.zh}）是相容字，看起來一樣卻是另一個字碼，搜尋不到；應寫「${right}」（${codeOf(right ?? '')}）。`,
          en: `"${characters}" (${code.en}) is a compatibility character with another code than the one it looks like; expected "${right}" (${codeOf(right ?? '')}).`,
        },
        hint: write,
      };
    case 'lookalike':
      return {
        message: {
          zh: `這裡的「${characters}」（${code.zh}）是另一種文字的字母${right === undefined ? '，夾在別的文字裡會被看錯' : `，看起來像「${right}」（${[...right].slice(0, 3).map(codeOf).join('、')}）`}。`,
          en: `"${characters}" (${code.en}) is of another script${right === undefined ? ' and is misread among other letters' : ` and looks like "${right}" (${[...right].slice(0, 3).map(codeOf).join(', ')})`}.`,
        },
        hint: write,
      };
  }
}

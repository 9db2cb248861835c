// What the parser of YAML complains of, in a clerk's words and where the slip was made.
import type { visitor, YAMLError } from 'yaml';
import type { Say } from '../../core/source.js';

/** `pos`: offsets into the text. */
type Complaint = { code: YAMLError['code']; pos?: readonly [number, number] };

/** A complaint in a clerk's words. `at`: the character at fault, where it is another than the parser stopped at. */
export type SyntaxFault = { message: Say; hint?: Say; at?: readonly [number, number] };

/** The parser's complaint in a clerk's words. */
export function syntaxFault({ code, pos }: Complaint, text = ''): SyntaxFault {
  if (pos && /^(MISSING_CHAR|MULTILINE_IMPLICIT_KEY|BLOCK_AS_IMPLICIT_KEY|UNEXPECTED_TOKEN)$/.test(code)) {
    const { line, from } = lineAround(text, pos[0]);
    const [lead = '', key, blank] = STUCK_COLON.exec(line) ?? [];
    // Where the blank is no plain one, it is the character at fault; otherwise the colon is.
    const end = from + lead.length;
    if (key !== undefined) return { ...stuck(key, blank), at: [end - 1, end] };
    const [, wide, rest = ''] = WIDE.exec(line) ?? [];
    const colon = from + line.indexOf('：');
    if (wide !== undefined) return { ...widened(wide, rest.trim()), at: [colon, colon + 1] };
  }
  switch (code) {
    case 'UNEXPECTED_TOKEN': {
      const mark = text.slice(0, pos?.[0]).trimEnd().at(-1) ?? '';
      return mark === '"' || mark === "'" ? BEHIND_QUOTE : UNREADABLE;
    }
    case 'TAB_AS_INDENT':
      return {
        message: {
          zh: '這裡用了 Tab 鍵縮排，YAML 只能用空格。',
          en: 'This line is indented with a tab; YAML takes spaces only.',
        },
        hint: { zh: '刪去 Tab，改按兩次空白鍵。', en: 'Replace the tab by two spaces.' },
      };
    case 'BAD_INDENT':
      return {
        message: {
          zh: '這一行的縮排對不上前面的行。',
          en: 'The indentation of this line does not fit the lines above.',
        },
        hint: { zh: '同一層的項目要從同一欄開始。', en: 'Keys of one level start in the same column.' },
      };
    case 'MISSING_CHAR':
      return {
        message: {
          zh: '這裡少了一個符號（引號、括號或「:」）。',
          en: 'A character is missing here (quote, bracket or ":").',
        },
        hint: {
          zh: '檢查引號與括號是否成對，以及「項目:」之後是否有空格。',
          en: 'Check that quotes and brackets are closed and that ":" is followed by a space.',
        },
      };
    case 'MULTIPLE_DOCS':
      return {
        message: {
          zh: '檔案中間有「---」，一個檔案只能有一份資料。',
          en: 'There is a "---" inside the file; a file holds one document.',
        },
        hint: { zh: '刪去中間的「---」，或分成兩個檔案。', en: 'Delete the "---" or split the file.' },
      };
    case 'TAG_RESOLVE_FAILED':
      return {
        message: {
          zh: '這裡用了 YAML 的標籤（! 開頭），本程式不接受。',
          en: 'This is a YAML tag (starting with "!"), which is not accepted.',
        },
        hint: { zh: '若「!」是文字的一部分，請用引號括起來。', en: 'Quote the text if "!" belongs to it.' },
      };
    case 'MULTILINE_IMPLICIT_KEY':
    case 'BLOCK_AS_IMPLICIT_KEY':
      return {
        message: { zh: '這一行不是「項目: 內容」的寫法。', en: 'This line is not "key: value".' },
        hint: {
          zh: '冒號要用半形「:」，後面空一格，例如「規費: 免費」；清單的每一項以「- 」開頭，例如「- 申請書（正本，1 份）」。',
          en: 'Use a half-width ":" followed by a space, as in "fee: free"; list items start with "- ", as in "- 申請書（正本，1 份）".',
        },
      };
    default:
      return UNREADABLE;
  }
}

/** 「規費:免費」, or with a blank behind the colon that is none to YAML. */
const STUCK_COLON = /^[ \t-]*([^\s:：#"'{[]{1,20}):(?:([\u00A0\u2000-\u200A\u202F\u3000])|(?=[^\s/:]))/;
/** The line of a place; of one at the beginning of a line, the line before where there is nothing in it. */
function lineAround(text: string, at: number): { line: string; from: number } {
  const from = text.lastIndexOf('\n', at - 1) + 1;
  const to = text.indexOf('\n', from);
  const line = text.slice(from, to === -1 ? undefined : to);
  return line.trim() === '' && from > 0 ? lineAround(text, from - 1) : { line, from };
}
/** 「規費：免費」. */
const WIDE = /^[ \t-]*([^\s:：#"'{[]{1,20})：[ \t\u00A0\u3000]*(.{0,20})/;
const widened = (key: string, rest: string): { message: Say; hint: Say } => ({
  message: {
    zh: `「${key}」後面的冒號是全形「：」，這一行不是「項目: 內容」的寫法。`,
    en: `The colon behind "${key}" is a full-width "：", so this line is not "key: value".`,
  },
  hint: {
    zh: `改成半形「:」，後面空一格，寫成「${key}: ${rest || '…'}」；清單的每一項以「- 」開頭，例如「- 申請書（正本，1 份）」。`,
    en: `Use a half-width ":" and a space: "${key}: ${rest || '…'}"; list items start with "- ", as in "- 申請書（正本，1 份）".`,
  },
});
const BLANKS: Readonly<Record<string, Say>> = {
  '\u00A0': { zh: '不換行空格（U+00A0）', en: 'a no-break space (U+00A0)' },
  '\u202F': { zh: '窄的不換行空格（U+202F）', en: 'a narrow no-break space (U+202F)' },
  '\u3000': { zh: '全形空格（U+3000）', en: 'a full-width space (U+3000)' },
};
const blankName = (blank: string): Say => {
  const code = `U+${blank.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
  return BLANKS[blank] ?? { zh: `特殊的空白（${code}）`, en: `a special space (${code})` };
};
const stuck = (key: string, blank: string | undefined): { message: Say; hint: Say } => ({
  message:
    blank !== undefined
      ? {
          zh: `「${key}:」後面的空白不是半形空格，而是${blankName(blank).zh}，這一行讀不懂。`,
          en: `The blank behind "${key}:" is no plain space but ${blankName(blank).en}, so the line cannot be read.`,
        }
      : {
          zh: `「${key}:」的冒號後面沒有空格，這一行讀不懂。`,
          en: `There is no space behind the colon of "${key}:", so the line cannot be read.`,
        },
  hint: {
    zh: `冒號後面用半形空一格，寫成「${key}: …」。`,
    en: `Put one plain space there: "${key}: …".`,
  },
});

const UNREADABLE: { message: Say; hint: Say } = {
  message: { zh: '這裡的寫法讀不懂。', en: 'This cannot be read.' },
  hint: {
    zh: '冒號要用半形「:」，後面空一格；含有「: 」「 #」「{」，或以 @、%、`、&、*、! 開頭的文字請用引號括起來。',
    en: 'Use ": " after keys; quote texts that contain ": ", " #" or "{", or begin with @, %, `, &, * or !.',
  },
};
const BEHIND_QUOTE: { message: Say; hint: Say } = {
  message: {
    zh: '引號已經結束，後面還有文字；引號裡的引號會讓文字提前結束。',
    en: 'There is text behind the closing quote; a quote within quotes ends the text.',
  },
  hint: {
    zh: '裡面的引號改用「」，例如「摘要: 俗稱「紅單」」。',
    en: 'Use 「」 within, or write the text without quotes.',
  },
};

/** What the first sign of a line's rest opened and nothing closed, told where it stands. */
export function unclosed(rest: string): { message: Say; hint: Say } {
  const sign = rest.charAt(0);
  const close = { '[': ']', '{': '}' }[sign] ?? sign;
  const [zh, en] = close === sign ? ['引號', 'quote'] : ['括號', 'bracket'];
  // A remark may have taken the closing bracket with it.
  const remark = close === sign ? undefined : /[ \t](#.*)/.exec(rest)?.[1]?.trimEnd();
  if (remark?.includes(close))
    return {
      message: {
        zh: `這裡的括號 ${sign} 沒有對應的 ${close}：空格後面的「#」是註解的開頭，「${remark}」不算在內。`,
        en: `This bracket ${sign} is never closed by ${close}: a "#" behind a blank begins a remark, and "${remark}" is one.`,
      },
      hint: {
        zh: '含有「 #」的文字加上引號，例如 {電話: "02-2345-6789 #123"}。',
        en: 'Quote a text that contains " #", as in {phone: "02-2345-6789 #123"}.',
      },
    };
  return {
    message: {
      zh: `這裡的${zh} ${sign} 沒有對應的 ${close}，後面的各行都被當成它的內容。`,
      en: `This ${en} ${sign} is never closed by ${close}; the lines below are taken for a part of it.`,
    },
    hint: {
      zh: close === sign ? `在這段文字的結尾補上 ${close}；也可以不用引號。` : `在這一項的結尾補上 ${close}。`,
      en: close === sign ? `Put a ${close} behind the text, or do without quotes.` : `Put a ${close} at its end.`,
    },
  };
}

/** Where a quotation or bracket was opened of which the parser says that its end is missing. */
export function openedAt(text: string, { code, pos }: Complaint, look: (visitor: visitor) => void): number | undefined {
  if ((code !== 'MISSING_CHAR' && code !== 'BAD_INDENT') || !pos) return undefined;
  const opened: number[] = [];
  const note = (start: number | undefined): void => {
    if (start !== undefined && start < pos[0]) opened.push(start);
  };
  look({
    Scalar(_, { type, range, srcToken }) {
      const written = srcToken && 'source' in srcToken ? srcToken.source.trimEnd() : '';
      if (!type?.startsWith('QUOTE_')) return;
      const sign = written.charAt(0);
      const ended = sign === '"' ? !/(?<!\\)(\\\\)*\\"$/.test(written) : written.split(sign).length % 2 === 1;
      const closed = written.length > 1 && written.endsWith(sign) && ended;
      if (!closed) note(range?.[0]);
    },
    Collection(_, { flow, range, srcToken }) {
      const end = srcToken && 'end' in srcToken ? (srcToken.end ?? []) : [];
      if (flow && !end.some(({ type }) => /^flow-(seq|map)-end$/.test(type) && closes(text, range?.[0], type)))
        note(range?.[0]);
    },
  });
  return opened.length > 0 ? Math.max(...opened) : undefined;
}
const closes = (text: string, start: number | undefined, type: string): boolean =>
  start !== undefined && text.charAt(start) === (type === 'flow-seq-end' ? '[' : '{');

// The bytes of a content file as text, or what they are instead and what to do about it. Decides nothing else.
import { isUtf8 } from 'node:buffer';
import type { Say } from '../core/source.js';

/** Why bytes are no text to be read: what is there, and the cure. */
export type Undecodable = { message: Say; hint: Say };

/** Nothing in it asks for a look at the bytes: no byte order mark, no zero, nothing undecodable, and not too long. */
export const isPlain = (text: string, longest: number): boolean =>
  text.length <= longest && !/[\0\uFEFF\uFFFD]|\r(?!\n)/.test(text);

/** UTF-8 text without byte order mark, or what the bytes are instead. A stray zero in a text is a character to be told. */
export function decode(bytes: Buffer): string | Undecodable {
  const [a, b] = bytes;
  if ((a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff)) return encoded('UTF-16（Unicode）', 'UTF-16');
  const zeros = bytes.subarray(0, 4096).filter((byte) => byte === 0).length;
  if (zeros > Math.min(bytes.length, 4096) / 8) return isWide(bytes) ? encoded('UTF-16（Unicode）', 'UTF-16') : BINARY;
  if (isUtf8(bytes) && zeros <= bytes.length / 100 + 1) {
    const text = bytes.toString('utf8', bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0);
    const returns = text.match(/\r(?!\n)/g)?.length ?? 0;
    return returns > text.split('\n').length ? OLD_LINES : text;
  }
  if (zeros > 0) return BINARY;
  if (decodes(bytes, 'big5')) return encoded('Big5（大五碼）', 'Big5');
  return decodes(bytes, 'gb18030') ? encoded('GBK（簡體中文）', 'GBK') : BINARY;
}

const encoded = (zh: string, en: string): Undecodable => ({
  message: { zh: `檔案的編碼是 ${zh}，應為 UTF-8。`, en: `The file is encoded as ${en}; expected UTF-8.` },
  hint: { zh: '在編輯程式（記事本）選「另存新檔」，編碼選「UTF-8」。', en: 'Save it again as UTF-8.' },
});
const BINARY: Undecodable = {
  message: {
    zh: '這不是文字檔（可能是改了副檔名的 Word、PDF 或圖檔），或已經損壞。',
    en: 'This is no text (perhaps a document or a picture with another ending), or it is damaged.',
  },
  hint: {
    zh: '是否放錯了檔案？內容檔用編輯程式（記事本）寫，存成 UTF-8。',
    en: 'Is it the right file? Content is written in a text editor and saved as UTF-8.',
  },
};
const OLD_LINES: Undecodable = {
  message: {
    zh: '檔案的換行是舊式 Mac 的（只有 CR），各行分不開。',
    en: 'The lines of this file end as on an old Mac (CR alone), so they are not told apart.',
  },
  hint: {
    zh: '在編輯程式把換行改成 Windows（CRLF）或 Unix（LF），再存一次。',
    en: 'Save it again with line ends of Windows (CRLF) or Unix (LF).',
  },
};

/** Whether every other byte is zero far more often than the one beside it, as in UTF-16. */
function isWide(bytes: Buffer): boolean {
  const some = bytes.subarray(0, 4096);
  const odd = some.filter((byte, i) => byte === 0 && i % 2 === 1).length;
  const even = some.filter((byte, i) => byte === 0 && i % 2 === 0).length;
  return Math.min(odd, even) * 4 < Math.max(odd, even);
}

function decodes(bytes: Uint8Array, encoding: string): boolean {
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
    // Any bytes can be taken for one of them; a text has no controls.
    return !/(?![\t\n\r])[\p{Cc}\p{Co}]/u.test(text);
  } catch {
    return false;
  }
}

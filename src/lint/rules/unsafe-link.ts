// Links and pictures may not lead to files outside the project or fetch anything while printing.
import type { Rule } from '../rule.js';

/** A web address, a mail or telephone link, or a place in this book. */
const ALLOWED = /^(https?:\/\/|mailto:|tel:|#)/i;

export default {
  severity: 'error',
  why: {
    zh: '列印時不連網路，也不讀其他資料夾的檔案；圖片與這類連結不會印出來。',
    en: 'Printing reaches no network and reads no other file; such a link or picture cannot be printed.',
  },
  good: [{ file: 'chapters/example.md', text: '---\n標題: 服務台\n---\n\n見[法規](https://law.moj.gov.tw/)。\n' }],
  bad: [
    { file: 'chapters/example.md', text: '---\n標題: 服務台\n---\n\n見[檔案](../../secret.txt)。\n', at: '[檔案]' },
    { file: 'chapters/example.md', text: '---\n標題: 服務台\n---\n\n![圖](https://example.org/a.png)\n', at: '![圖]' },
    { file: 'chapters/example.md', text: '---\n標題: 服務台\n---\n\n見[檔案](file:///etc/passwd)。\n', at: '[檔案]' },
  ],
  check(handbook, report) {
    for (const { kind, target, span } of handbook.embedded) {
      if (kind === 'image')
        report({
          span,
          message: {
            zh: `圖片「${target}」不會印出來：手冊不收圖片檔。`,
            en: `The picture "${target}" is not printed: the book takes no picture files.`,
          },
          hint: {
            zh: '流程以「申請程序」書寫，程式會畫成圖；其他圖片請刪去。',
            en: 'Write procedures as steps, they are drawn; delete other pictures.',
          },
        });
      else if (kind === 'link' && !ALLOWED.test(target))
        report({
          span,
          message: {
            zh: `連結「${target}」指向檔案或不明的位置，應為 https:// 開頭的網址。`,
            en: `The link "${target}" leads to a file or an unknown place; expected an https:// address.`,
          },
          hint: { zh: '改成網址，或只留下文字。', en: 'Give a web address, or keep the text alone.' },
        });
    }
  },
} satisfies Rule;

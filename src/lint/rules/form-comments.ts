// Comments of reviewers in a PDF form are not printed, and whoever has typed part of the form as a comment must know.

import { known } from '../../content/schema/schema.js';
import { HANDBOOK } from '../example-records.js';
import type { Rule } from '../rule.js';

/** A PDF of one empty page; `notes`: what is noted on it. */
const page = (notes: string): string =>
  `%PDF-1.4
1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj
2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj
3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]${notes}>> endobj
trailer <</Root 1 0 R/Size 4>>
%%EOF
`;
const text = `${HANDBOOK}書表:\n  - {編號: f1, 名稱: 申請書, 檔案: f1.pdf}\n`;

export default {
  severity: 'warn',
  why: {
    zh: '審閱時寫在 PDF 上的註解、螢光標示與圖章是內部意見，不應隨手冊公布，所以不會印出來。如果書表有一部分是用註解打上去的，那一部分也不會印出來。',
    en: 'Comments, highlights and stamps that reviewers left on a PDF are not for the public and are not printed. Neither is a part of the form that was typed as a comment.',
  },
  good: [{ file: 'handbook.yaml', text, also: { 'forms/f1.pdf': page('') } }],
  bad: [
    {
      file: 'handbook.yaml',
      text,
      also: { 'forms/f1.pdf': page('/Annots[<</Subtype/Text/Rect[9 9 30 30]/Contents(?)>>]') },
      at: 'f1.pdf',
    },
  ],
  whole({ handbook }, report) {
    for (const { file, at } of known(handbook.book.forms) ?? []) {
      const comments = file === undefined ? 0 : (handbook.formComments?.get(file) ?? 0);
      if (comments > 0)
        report({
          span: at.file ?? at.self,
          message: {
            zh: `書表檔「${file}」有 ${comments} 個註解或標示，不會放進手冊。`,
            en: `The form "${file}" has ${comments === 1 ? 'a comment or mark' : `${comments} comments or marks`} of a reviewer, which will not be in the book.`,
          },
          hint: {
            zh: '請用原本的軟體刪去註解再輸出；如果是書表的一部分，請「列印成 PDF」，改用那個檔案。',
            en: 'Delete them and export the form again; if they are part of the form, print it to a PDF and use that file.',
          },
        });
    }
  },
} satisfies Rule;

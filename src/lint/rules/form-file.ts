// The file of a form lies in `forms/`, and nowhere else.

import { known } from '../../content/schema/schema.js';
import { saysUnconfirmed } from '../../content/schema/tree.js';
import { HANDBOOK } from '../example-records.js';
import type { Rule } from '../rule.js';

export default {
  severity: 'error',
  why: {
    zh: '書表檔放在 forms/ 裡，才能隨手冊一起提供；程式不讀其他資料夾的檔案。壞掉、有密碼、或怎麼也讀不完的 PDF 放不進手冊。',
    en: 'Forms are handed out with the book from forms/; no other folder is read. A PDF that is broken, locked or without end cannot stand behind the book.',
  },
  good: [
    {
      file: 'handbook.yaml',
      text: `${HANDBOOK}書表:\n  - {編號: f1, 名稱: 申請書, 網址: "https://example.org/f1"}\n`,
    },
  ],
  bad: [
    {
      file: 'handbook.yaml',
      text: `${HANDBOOK}書表:\n  - {編號: f1, 名稱: 申請書, 檔案: ../../etc/passwd}\n`,
      at: '../../etc/passwd',
    },
    {
      file: 'handbook.yaml',
      text: `${HANDBOOK}書表:\n  - {編號: f1, 名稱: 申請書, 檔案: f1.pdf}\n`,
      at: 'f1.pdf',
    },
    {
      file: 'handbook.yaml',
      text: `${HANDBOOK}書表:\n  - {編號: f1, 名稱: 申請書, 檔案: f1.pdf}\n`,
      also: { 'forms/f1.pdf': '這不是 PDF' },
      at: 'f1.pdf',
    },
  ],
  whole({ handbook }, report) {
    for (const { file, at } of known(handbook.book.forms) ?? []) {
      const wrong = file === undefined ? undefined : handbook.formFaults?.get(file);
      if (wrong)
        report({
          span: at.file ?? at.self,
          message: { zh: `書表檔「${file}」${wrong.zh}`, en: `The form "${file}" ${wrong.en}` },
        });
      if (file === undefined || saysUnconfirmed(file) || handbook.formFiles.includes(file)) continue;
      const outside = /[\\/]|^\.\.?$|^[a-z]:/i.test(file);
      report({
        span: at.file ?? at.self,
        message: outside
          ? {
              zh: `「${file}」指向 forms/ 以外，檔案應直接放在 forms/ 裡。`,
              en: `"${file}" leads out of forms/; the file must lie in forms/.`,
            }
          : { zh: `forms/ 裡沒有「${file}」。`, en: `There is no "${file}" in forms/.` },
        hint: {
          zh: '把檔案放進 forms/，這裡只寫檔名；還沒有檔案時寫「待確認」。',
          en: 'Put the file into forms/ and give its name alone; write 待確認 when there is none yet.',
        },
      });
    }
  },
} satisfies Rule;

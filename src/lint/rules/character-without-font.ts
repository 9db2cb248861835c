// Every character can be printed.
import { RECORD } from '../example-records.js';
import type { Rule } from '../rule.js';

/** Found while reading, for it takes the fonts to tell (see fonts). */
export default {
  severity: 'error',
  why: {
    zh: '沒有字型的字會印成空白方框。機關的造字與罕用字，要把有這個字的字型檔放在內容資料夾的 fonts/，就會和隨附的字型一樣嵌入。',
    en: 'A character that no font has is printed as an empty box. For rare characters and those of its own, an office puts a font that has them into fonts/ of the content folder; it is embedded like those of the program.',
  },
  good: [{ text: `${RECORD}摘要: 請洽游錫堃先生。\n` }, { text: `# 🙂 不會印出來\n${RECORD}` }],
  bad: [
    { text: `${RECORD}摘要: 請洽𠮷先生，𠮷先生不在時請留言。\n`, at: '𠮷' },
    { text: `${RECORD}摘要: "請洽\\uE000先生。"\n`, at: '\\uE000' },
    { file: 'chapters/a.md', text: '# 說明\n\n請洽&#x20BB7;先生。\n', at: '&#x20BB7;' },
  ],
} satisfies Rule;

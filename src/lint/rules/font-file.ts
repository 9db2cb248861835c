// The office's own fonts can be read, printed with and embedded.
import type { Rule } from '../rule.js';

/** What is wrong with a font is found while reading (see fonts). */
export default {
  severity: 'error',
  why: {
    zh: 'fonts/ 裡的字型會嵌入每個檔案，用來印隨附字型沒有的字。只收靜態 TrueType（.ttf、.tte）：其他格式嵌入後印刷廠不收，壞掉的字型印不出字。',
    en: 'The fonts in fonts/ are embedded in every file, for characters that those of the program lack. Only static TrueType (.ttf, .tte) will do: print shops refuse what else would be embedded, and a broken font prints nothing.',
  },
  good: [{ file: 'fonts/README.md', text: '造字檔由秘書室提供。\n' }],
  bad: [
    { file: 'fonts/own.ttf', text: '這不是字型' },
    { file: 'fonts/own.ttf', text: 'OTTO and no more' },
  ],
} satisfies Rule;

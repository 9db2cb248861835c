// Simplified characters slip in by copying; the book is printed in Traditional ones.
import { RECORD } from '../example-records.js';
import type { Rule } from '../rule.js';
import { wordingsOf } from '../wording/scan.js';

export default {
  severity: 'warn',
  strict: 'error',
  mends: true,
  why: {
    zh: '簡化字多半是複製貼上帶進來的；對外文件應以正體字印行。',
    en: 'Simplified characters come in by copying; public documents are printed in Traditional ones.',
  },
  good: [
    { text: `${RECORD}摘要: 里長室在後面，請至台北分署只領一份。\n` },
    { text: `${RECORD}摘要: 戶籍資料載為「李实发」者，依原載。\n` },
    { text: `# 复制来的说明\n${RECORD}` },
  ],
  bad: [
    { text: `${RECORD}摘要: 实際日期另行公告。\n`, at: '实' },
    { text: `${RECORD}摘要: 由分署处理。\n`, at: '处' },
    { text: `${RECORD}摘要: 複印後发還。\n`, at: '发' },
  ],
  check(handbook, report) {
    for (const { span, written, right, fix } of wordingsOf(handbook).simplified)
      report({
        span,
        message: {
          zh: `「${written}」是簡化字，應寫正體字${right === undefined ? '' : `「${right}」`}。`,
          en: `"${written}" is in Simplified characters; expected Traditional ones${right === undefined ? '' : `: "${right}"`}.`,
        },
        hint: {
          zh: '「发」這類字對應兩個以上正體字（發、髮），請自行選擇。',
          en: 'A character such as 发 stands for several Traditional ones (發, 髮); choose.',
        },
        ...(fix === undefined ? {} : { fix: { span, text: fix } }),
      });
  },
} satisfies Rule;

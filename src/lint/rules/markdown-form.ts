// Markdown that is read as it was meant, and that other programs read as something else.
import type { Rule } from '../rule.js';

const HEAD = '---\n規費: 免費\n辦理時限: 隨到隨辦\n審核權責: 分署長\n申請程序: 無須申請\n---\n# 案件查詢\n\n';
const file = 'services/example.md';

/** Found while reading (see sections). */
export default {
  severity: 'warn',
  mends: true,
  why: {
    zh: '同一個檔案別人也會用別的軟體看；標題與項目在那裡變成內文，改的人就不知道它是什麼。',
    en: 'Others look at the file in other programs; what is a heading or a field here is running text there.',
  },
  good: [{ file, text: `${HEAD}## 應備證件\n\n- 傳繳通知書\n` }],
  bad: [
    { file, text: `${HEAD}##應備證件\n\n- 傳繳通知書\n`, at: '##應備證件' },
    { file, text: `${HEAD}應備證件：無\n`, at: '應備證件：無' },
  ],
} satisfies Rule;

// A part of a Markdown service that belongs to no key.
import type { Rule } from '../rule.js';

/** Found while reading (see notation, shape and read). */
export default {
  severity: 'error',
  why: {
    zh: 'Markdown 服務檔的每一段都要在「## 項目」之下，才知道印在哪裡。',
    en: 'Every part of a Markdown service stands under a "## key".',
  },
  good: [
    {
      file: 'services/example.md',
      text: '---\n規費: 免費\n辦理時限: 隨到隨辦\n審核權責: 分署長\n申請程序: 無須申請\n---\n# 案件查詢\n\n## 應備證件\n\n- 傳繳通知書\n',
    },
  ],
  bad: [
    {
      file: 'services/example.md',
      text: '---\n應備證件: 無\n規費: 免費\n辦理時限: 隨到隨辦\n審核權責: 分署長\n申請程序: 無須申請\n---\n# 案件查詢\n\n- 請先打電話。\n',
      at: '- 請先打電話。',
    },
  ],
} satisfies Rule;

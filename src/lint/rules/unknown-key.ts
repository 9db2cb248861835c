// A key that no record knows.
import { RECORD } from '../example-records.js';
import type { Rule } from '../rule.js';

/** Found while reading (see notation, shape and read). */
export default {
  severity: 'error',
  why: {
    zh: '寫錯的項目名稱會使內容無聲消失，所以不認得的項目一律是錯誤。',
    en: 'A mistyped key would make its content vanish silently.',
  },
  good: [{ text: RECORD }],
  bad: [
    {
      text: '名稱: 檔案應用\n應備證件: 無\n規廢: 免費\n辦理時限: 3 工作日\n審核權責: 分署長\n申請程序: 無須申請\n規費: 免費\n',
      at: '規廢',
    },
  ],
} satisfies Rule;

// An office with service standards has one for waiting.

import { known } from '../../content/schema/schema.js';
import type { Rule } from '../rule.js';

const OFFICE =
  '名稱: 範例分署\n地址: 範例路1號\n電話: 00-0000-0000\n職稱: [書記官, 分署長]\n當事人: [義務人, 申請人]\n職務代理人: [{姓名: 書記官, 代理人: 同股書記官}]\n服務標準: {引導時限: 5 分鐘, 臨櫃辦畢時限: 30 分鐘, 電話接聽時限: 10 秒, 最多洽辦次數: 2 次, 陳情回復時限: 6 日}\n';

export default {
  severity: 'warn',
  strict: 'error',
  why: {
    zh: '到服務台多久會有人引導、多久辦完，應寫明並公開。',
    en: 'How soon somebody is guided and served is declared.',
  },
  good: [{ file: 'office.yaml', text: OFFICE }],
  bad: [{ file: 'office.yaml', text: OFFICE.replace('引導時限: 5 分鐘, 臨櫃辦畢時限: 30 分鐘, ', ''), at: '{' }],
  whole({ handbook }, report) {
    const standards = known(handbook.office.standards);
    if (!standards || standards.guide !== undefined || standards.counter !== undefined) return;
    const at = handbook.office.at.standards ?? handbook.office.at.self;
    report({
      span: at,
      message: {
        zh: '服務標準沒有寫等候的標準。',
        en: 'The service standards say nothing on waiting.',
      },
      hint: { zh: '加上「引導時限、臨櫃辦畢時限」。', en: 'Add guide or counter.' },
    });
  },
} satisfies Rule;

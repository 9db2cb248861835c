// An office with service standards has one for the telephone.

import { known } from '../../content/schema/schema.js';
import type { Rule } from '../rule.js';

const OFFICE =
  '名稱: 範例分署\n地址: 範例路1號\n電話: 00-0000-0000\n職稱: [書記官, 分署長]\n當事人: [義務人, 申請人]\n職務代理人: [{姓名: 書記官, 代理人: 同股書記官}]\n服務標準: {引導時限: 5 分鐘, 臨櫃辦畢時限: 30 分鐘, 電話接聽時限: 10 秒, 最多洽辦次數: 2 次, 陳情回復時限: 6 日}\n';

export default {
  severity: 'warn',
  strict: 'error',
  why: {
    zh: '電話多久要接，是民眾最先碰到的服務；標準應寫明並公開。',
    en: 'How soon the telephone is answered is the first service anybody meets; it is declared.',
  },
  good: [{ file: 'office.yaml', text: OFFICE }],
  bad: [{ file: 'office.yaml', text: OFFICE.replace('電話接聽時限: 10 秒, ', ''), at: '{' }],
  whole({ handbook }, report) {
    const standards = known(handbook.office.standards);
    if (!standards || standards.answer !== undefined || standards.rings !== undefined) return;
    const at = handbook.office.at.standards ?? handbook.office.at.self;
    report({
      span: at,
      message: {
        zh: '服務標準沒有寫電話接聽的標準。',
        en: 'The service standards say nothing on the telephone.',
      },
      hint: { zh: '加上「電話接聽時限、電話鈴響」。', en: 'Add answer or rings.' },
    });
  },
} satisfies Rule;

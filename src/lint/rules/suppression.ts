// A comment that passes over a finding names a rule and gives a reason. Found while judging.
import type { Rule } from '../rule.js';

const service = (comment: string): string =>
  `名稱: 檔案應用\n摘要: 身份查驗${comment}\n應備證件: 無\n規費: 免費\n辦理時限: 3 工作日\n審核權責: 分署長\n申請程序: 無須申請\n`;

export default {
  severity: 'error',
  why: {
    zh: '例外要有理由：沒有理由的略過，以後的人不知道能不能刪；規則名稱寫錯則等於沒寫。',
    en: 'An exception needs a reason, or nobody later knows whether it still holds; a mistyped name does nothing.',
  },
  good: [{ text: service(' # 略過 official-characters：引用原機關的用字') }],
  bad: [
    { text: service('').replace('身份', '身分').replace('查驗', '查驗 # 略過 official-characters'), at: '# 略過' },
    { text: service('').replace('身份查驗', '身分查驗 # 略過 official-charakters：引用'), at: 'official-charakters' },
    { text: service('').replace('身份查驗', '身分查驗 # 略過 unknown-key：引用'), at: 'unknown-key' },
    { text: service('').replace('身份查驗', '身分查驗 # 略過 mobile-number：公務用'), at: 'mobile-number' },
  ],
} satisfies Rule;

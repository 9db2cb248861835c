// A chart of more than 50 steps is not read.
import { withSteps } from '../example-records.js';
import { reportLength } from '../procedure-length.js';
import type { Rule } from '../rule.js';

const steps = (n: number): string => Array.from({ length: n }, (_, i) => `  - 審核第${i + 1}項\n`).join('');

export default {
  severity: 'error',
  why: {
    zh: '超過 50 步的流程圖，印出來沒有人看得完；研究指出步驟愈多，錯誤愈多（7PMG）。',
    en: 'Nobody reads a chart of more than 50 steps; the more elements, the more errors (7PMG).',
  },
  good: [{ text: withSteps('  - 提出申請書\n  - 結束: 通知申請人\n') }],
  bad: [{ text: withSteps(`${steps(51)}  - 結束: 通知申請人\n`), at: '審核第1項' }],
  check(_handbook, report, procedures) {
    reportLength(procedures, { most: 50 }, report);
  },
} satisfies Rule;

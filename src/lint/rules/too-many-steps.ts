// A chart of more than 30 steps is not read.
import { withSteps } from '../example-records.js';
import type { Rule } from '../rule.js';

export default {
  severity: 'warn',

  why: {
    zh: '超過 30 步的流程圖，印出來沒有人看得完；研究指出步驟愈多，錯誤愈多（7PMG）。',
    en: 'Nobody reads a chart of more than 30 steps; the more elements, the more errors (7PMG).',
  },
  good: [{ text: withSteps(`${'  - 審核\n'.repeat(29)}  - 結束: 通知申請人\n`.replace('審核', '提出申請書')) }],
  bad: [{ text: withSteps(`${'  - 審核\n'.repeat(31)}  - 結束: 通知申請人\n`), at: '審核' }],
  check(_handbook, report, procedures) {
    for (const { flow, name, at } of procedures) {
      const count = flow.nodes.filter(({ kind }) => kind !== 'fork' && kind !== 'join').length;
      if (count <= 30 || count > 50) continue;
      report({
        span: flow.start?.span ?? at,
        message: {
          zh: `「${name}」的程序有${count}步，應在 30 步以內。`,
          en: `"${name}" has ${count} steps; it should have 30 at most.`,
        },
        hint: {
          zh: '把一段獨立的步驟寫成另一項服務，這裡用「子程序」帶過。',
          en: 'Make a part of it a service of its own and refer to it by 子程序 (subprocess).',
        },
      });
    }
  },
} satisfies Rule;

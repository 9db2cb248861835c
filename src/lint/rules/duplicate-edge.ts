// The same way is drawn once.
import { withSteps } from '../example-records.js';
import type { Rule } from '../rule.js';

export default {
  severity: 'warn',

  why: {
    zh: '同樣的線畫兩次，讀的人以為是兩條不同的路。',
    en: 'A way drawn twice looks like two ways.',
  },
  good: [
    {
      text: withSteps(`  - {步驟: 提出申請書, 接: ok}
  - {結束: 通知申請人, 編號: ok}
`),
    },
  ],
  bad: [
    {
      text: withSteps(`  - {步驟: 提出申請書, 接: [{到: ok, 標示: 送件}, {到: ok, 標示: 送件}]}
  - {結束: 通知申請人, 編號: ok}
`),
      at: '{到: ok, 標示: 送件}]',
    },
  ],
  check(_handbook, report, procedures) {
    for (const { flow, name } of procedures) {
      const seen = new Set<string>();
      const textOf = new Map(flow.nodes.map(({ id, text }) => [id, text]));
      for (const { from, to, label, span } of flow.edges) {
        const key = `${from} ${to} ${label ?? ''}`;
        if (seen.has(key))
          report({
            span,
            message: {
              zh: `「${name}」從「${textOf.get(from)}」到「${textOf.get(to)}」的線畫了兩次。`,
              en: `"${name}" draws the way from "${textOf.get(from)}" to "${textOf.get(to)}" twice.`,
            },
            hint: { zh: '刪去一條，或寫上不同的標示。', en: 'Delete one, or label them differently.' },
          });
        seen.add(key);
      }
    }
  },
} satisfies Rule;

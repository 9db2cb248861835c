// Two ways out of a decision say different things.

import { exits } from '../../content/procedure.js';
import { withSteps } from '../example-records.js';
import type { Rule } from '../rule.js';

export default {
  severity: 'error',

  why: {
    zh: '兩條路寫一樣的條件，民眾不知道走哪一條。',
    en: 'Two ways with one label leave the reader to guess.',
  },
  good: [
    {
      text: withSteps(`  - 提出申請書
  - 判斷: 齊備？
    接: [{到: ok, 標示: 是}, {到: no, 標示: 否}]
  - {結束: 通知補正, 編號: no}
  - {結束: 通知申請人, 編號: ok}
`),
    },
  ],
  bad: [
    {
      text: withSteps(`  - 提出申請書
  - 判斷: 齊備？
    接: [{到: ok, 標示: 是}, {到: no, 標示: 是}]
  - {結束: 通知補正, 編號: no}
  - {結束: 通知申請人, 編號: ok}
`),
      at: '{到: no',
    },
  ],
  check(_handbook, report, procedures) {
    for (const { flow, name } of procedures)
      for (const node of flow.nodes) {
        if (node.kind !== 'decision') continue;
        const seen = new Map<string, string>();
        for (const { label, to, span } of exits(flow, node)) {
          if (label === undefined) continue;
          const other = seen.get(label.trim());
          seen.set(label.trim(), to);
          if (other === undefined || other === to) continue;
          report({
            span,
            message: {
              zh: `「${name}」的判斷「${node.text}」有兩條路都寫「${label}」，卻通往不同的地方。`,
              en: `Two ways out of "${node.text}" of "${name}" are both labelled "${label}" and lead to different places.`,
            },
            hint: { zh: '每條路寫不同的條件。', en: 'Give each way a condition of its own.' },
          });
        }
      }
  },
} satisfies Rule;

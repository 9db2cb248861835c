// A decision has at least two ways out, and each says when it is taken.

import { exits } from '../../content/procedure.js';
import { withSteps } from '../example-records.js';
import type { Rule } from '../rule.js';

export default {
  severity: 'error',
  why: {
    zh: '判斷要有兩條以上、寫明條件的路，民眾才知道自己走哪一條。',
    en: 'A decision needs two labelled ways, or it decides nothing.',
  },
  good: [
    {
      text: withSteps(
        '  - 提出申請書\n  - 判斷: 齊備？\n    分支:\n      是: ok\n      否: [結束：通知補正]\n  - {結束: 通知申請人, 編號: ok}\n',
      ),
    },
  ],
  bad: [
    {
      text: withSteps('  - 提出申請書\n  - 判斷: 齊備？\n    分支:\n      是: ok\n  - {結束: 通知申請人, 編號: ok}\n'),
      at: '齊備？',
    },
    {
      text: withSteps('  - 提出申請書\n  - 齊備？\n  - 結束: 通知申請人\n'),
      at: '齊備？',
    },
  ],
  check(_handbook, report, procedures) {
    for (const { flow, name } of procedures)
      for (const node of flow.nodes) {
        if (node.kind !== 'decision' || node.step.unread.length > 0) continue;
        const written = Array.isArray(node.step.branches) ? node.step.branches.length : 0;
        const labelled = Math.max(written, exits(flow, node).filter((edge) => edge.label).length);
        if (labelled >= 2) continue;
        report({
          span: node.span,
          message: {
            zh: `「${name}」的判斷「${node.text}」${labelled === 1 ? '只有一條' : '沒有'}寫明條件的分支，至少要有兩條。`,
            en: `The decision "${node.text}" of "${name}" has ${labelled === 1 ? 'one labelled branch' : 'no labelled branches'}; it needs two.`,
          },
          hint: node.span.source.path.endsWith('.md')
            ? {
                zh: '在它下面縮排寫「- 是：核定（分署長）→ 4」「- 否：通知補正（書記官）→ 2」，數字是接到第幾步。',
                en: 'Below it, indented: "- 是：核定（分署長）→ 4" and "- 否：通知補正（書記官）→ 2", with the number of the step that follows.',
              }
            : {
                zh: '例如「分支: {是: 下一步編號, 否: [步驟…]}」。',
                en: 'For example "branches: {yes: <step id>, no: [steps…]}".',
              },
        });
      }
  },
} satisfies Rule;

// Every step says who does it.
import { withSteps } from '../example-records.js';
import type { Rule } from '../rule.js';

export default {
  severity: 'warn',
  strict: 'error',
  why: {
    zh: '流程裡有的步驟寫了由誰做，有的沒寫；沒寫的那一步，民眾與同仁都不知道該找誰。',
    en: 'Where some steps name who acts, one that does not leaves nobody responsible.',
  },
  good: [
    {
      text: withSteps(`  - 提出申請書（申請人）
  - 核定（分署長）
  - 結束: 通知申請人
`),
    },
    {
      text: withSteps(`  - 提出申請書
  - 審核
  - 結束: 通知申請人
`),
    },
  ],
  bad: [
    {
      text: withSteps(`  - 提出申請書（申請人）
  - 核定（分署長）
  - 登記
  - 結束: 通知申請人
`),
      at: '登記',
    },
  ],
  check(_handbook, report, procedures) {
    for (const { flow, name } of procedures) {
      // A procedure that names nobody is a sketch in plain order, not a forgotten duty.
      if (!flow.nodes.some(({ actors }) => actors.length > 0)) continue;
      for (const node of flow.nodes) {
        const bar = node.kind === 'fork' || node.kind === 'join';
        if (bar || node.kind === 'end' || node.step.actor !== undefined || node.step.unread.includes('actor')) continue;
        const bracket = /（([^（），、]+)）$|\(([^(),]+)\)$/.exec(node.text);
        const named = bracket?.[1] ?? bracket?.[2];
        report({
          span: node.span,
          message: {
            zh: `「${name}」的「${node.text}」沒有寫由誰做。`,
            en: `"${node.text}" of "${name}" does not say who does it.`,
          },
          hint: named
            ? {
                zh: `括號裡的「${named}」不在 office.yaml 的單位、職稱、相關機關、當事人裡：改成其中的名稱，或把它加進去。`,
                en: `"${named}" in brackets is no unit, title, related office or party of office.yaml: use one of those, or add it there.`,
              }
            : {
                zh: '加上「權責: …」，或在步驟後面以括號寫單位或職稱，例如「審查申請書（書記官）」。',
                en: 'Add 權責 (actor), or the unit or title in brackets, as in "審查申請書（書記官）".',
              },
        });
      }
    }
  },
} satisfies Rule;

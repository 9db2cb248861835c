// Who decides has a step in which to decide.

import { flowsOf, roleText } from '../../content/procedure.js';
import { known } from '../../content/schema/schema.js';
import { saysUnconfirmed } from '../../content/schema/tree.js';
import { withSteps } from '../example-records.js';
import type { Rule } from '../rule.js';

export default {
  severity: 'warn',
  strict: 'error',
  why: {
    zh: '寫了由誰核定，流程裡卻沒有他的步驟：不是流程漏了一關，就是核定權責寫錯了。',
    en: 'The authority that decides never acts in the flow: a step is missing, or the authority is wrong.',
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
  - 審核（書記官）
  - 結束: 通知申請人（書記官）
`),
      at: '分署長',
    },
  ],
  check(handbook, report, procedures) {
    const flows = flowsOf(procedures);
    for (const service of handbook.services) {
      const flow = flows.get(service);
      const authority = known(service.authority);
      const acting = flow?.nodes.flatMap(({ actors }) => actors) ?? [];
      if (!authority || acting.length === 0) continue;
      const deciding =
        known(authority.decide) ?? (known(authority.stages) ?? []).flatMap(({ decide }) => known(decide) ?? []);
      for (const role of deciding) {
        const names = [role.office, role.unit, ...(known(role.titles) ?? []), role.written].filter(
          (name) => name !== undefined,
        );
        if (names.length === 0 || names.some(saysUnconfirmed)) continue;
        const isNamed = (own: string | undefined): boolean =>
          own !== undefined && names.some((name) => own.endsWith(name));
        const acts = acting.some(
          (actor) =>
            isNamed(actor.written) ||
            isNamed(actor.unit) ||
            isNamed(actor.office) ||
            (known(actor.titles) ?? []).some(isNamed) ||
            isNamed(roleText(actor)),
        );
        if (acts) continue;
        report({
          span: role.at.self,
          message: {
            zh: `「${service.name}」由${roleText(role)}核定，但流程裡沒有${roleText(role)}的步驟。`,
            en: `"${service.name}" is decided by ${roleText(role)}, who never acts in its flow.`,
          },
          hint: {
            zh: '在流程加上核定的步驟，或改正審核權責。',
            en: 'Add the step in which it is decided, or fix the authority.',
          },
        });
      }
    }
  },
} satisfies Rule;

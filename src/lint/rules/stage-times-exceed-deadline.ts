// What the steps take fits the deadline.

import { addDurations, compareDurations } from '../../content/duration.js';
import { type FlowNode, flowsOf, longestWay, roleText } from '../../content/procedure.js';
import type { TimeUnit } from '../../content/schema/procedure.js';
import { known } from '../../content/schema/schema.js';
import { withSteps } from '../example-records.js';
import type { Rule } from '../rule.js';

/** Units that add up with one another, each in the smallest of its family. */
const FAMILIES: readonly Partial<Record<TimeUnit, number>>[] = [
  { second: 1, minute: 60, hour: 3600 },
  { day: 1, week: 7 },
  { workday: 1 },
  { month: 1, year: 12 },
];

export default {
  severity: 'warn',
  strict: 'error',
  why: {
    zh: '步驟的時限加起來比辦理時限還長，照流程做就一定逾期。',
    en: 'The limits of the steps add up to more than the deadline: by its own flow the office is late.',
  },
  good: [
    {
      text: withSteps(`  - 提出申請書（申請人）
  - 審核（書記官，1 工作日）
  - 核定（分署長，2 工作日）
  - 結束: 通知申請人
`),
    },
    {
      text: withSteps(`  - 提出申請書（申請人）
  - {步驟: 補正, 權責: 申請人, 時限: 7 工作日}
  - 核定（分署長，2 工作日）
  - 結束: 通知申請人
`),
    },
    {
      text: withSteps(`  - 提出申請書（申請人）
  - {步驟: 審核, 權責: 書記官, 時限: 2 工作日, 起算: 收件}
  - {步驟: 核定, 權責: 分署長, 時限: 3 工作日, 起算: 收件}
  - 結束: 通知申請人
`),
    },
  ],
  bad: [
    {
      text: withSteps(`  - 提出申請書（申請人）
  - 審核（書記官，2 工作日）
  - 核定（分署長，2 工作日）
  - 結束: 通知申請人
`),
      at: '3 工作日',
    },
  ],
  check(handbook, report, procedures) {
    const flows = flowsOf(procedures);
    const parties = known(handbook.office.parties) ?? [];
    /** The time of the office itself: what the citizen or another office takes does not count, nor what runs from another start. */
    const counts = ({ limit, step, actors }: FlowNode): boolean =>
      limit !== undefined &&
      step.from === undefined &&
      !actors.some((actor) => actor.office !== undefined || parties.includes(roleText(actor)));
    for (const service of handbook.services) {
      const flow = flows.get(service);
      const deadline = known(service.deadline);
      const allowed = known(deadline?.limit);
      if (!flow || !allowed) continue;
      for (const units of FAMILIES) {
        if (!flow.nodes.some((node) => node.limit && units[node.limit.unit] && counts(node))) continue;
        const way = longestWay(flow, (node) =>
          counts(node) && node.limit && units[node.limit.unit] ? node.limit.most * (units[node.limit.unit] ?? 0) : 0,
        );
        const timed = way.nodes.filter((node) => counts(node) && node.limit && units[node.limit.unit]);
        const total = addDurations(timed.flatMap(({ limit }) => limit ?? []));
        if (!total || compareDurations(total, allowed) !== 1) continue;
        report({
          span: deadline?.at.limit ?? service.at.deadline ?? service.at.self,
          message: {
            zh: `「${service.name}」的辦理時限是${allowed.printed}，流程最長的一條路卻要${total.printed}（${timed.map(({ text, limit }) => `${text} ${limit?.printed}`).join('、')}）。`,
            en: `"${service.name}" is due in ${allowed.printed}, but the longest way through its flow takes ${total.printed} (${timed.map(({ text, limit }) => `${text} ${limit?.printed}`).join(', ')}).`,
          },
          hint: {
            zh: '縮短步驟的時限，或改正辦理時限；同一時點起算的步驟寫上「起算」。',
            en: 'Shorten the steps or fix the deadline; steps counted from one start say so under 起算 (from).',
          },
        });
      }
    }
  },
} satisfies Rule;

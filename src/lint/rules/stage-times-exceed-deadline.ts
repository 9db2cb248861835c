// What the steps take fits the deadline.

import { addDurations, compareDurations } from '../../content/duration.js';
import { type FlowNode, flowsOf, longestWay, roleText } from '../../content/procedure.js';
import type { TimeUnit } from '../../content/schema/procedure.js';
import { known } from '../../content/schema/schema.js';
import type { Service } from '../../content/schema/service.js';
import { RECORD, withSteps } from '../example-records.js';
import type { Found, Rule } from '../rule.js';

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
    zh: '步驟或階段的時限加起來比辦理時限（或法定期限）還長，照流程做就一定逾期。',
    en: 'The limits of the steps or stages add up to more than the deadline: by its own flow the office is late.',
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
    {
      text: RECORD.replace(
        '3 工作日',
        '{期限: 10 日, 階段: [{名稱: 收件, 期限: 4 日}, {名稱: 審查, 期限: 4 日}, {名稱: 核定, 期限: 4 日}]}',
      ),
      at: '10 日',
    },
    {
      text: RECORD.replace(
        '3 工作日',
        '{法定: {期限: 10 日, 依據: [檔案法第19條]}, 計算方式: 同一起算, 階段: [{名稱: 收件, 期限: 4 日}, {名稱: 核定, 期限: 12 日}]}',
      ),
      at: '12 日',
    },
  ],
  check(handbook, report, procedures) {
    for (const service of handbook.services) reportStages(service, report);
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

/** The stages of a deadline, against the limit and against the statutory one: their sum where one follows another, else each. */
function reportStages(service: Service, report: (found: Found) => void): void {
  const deadline = known(service.deadline);
  const stages = (known(deadline?.stages) ?? []).filter(({ yours }) => yours !== true);
  const statutory = known(deadline?.statutory);
  const limit = known(deadline?.limit);
  const [allowed, at] = limit
    ? [limit, deadline?.at.limit]
    : [statutory && statutory.yours !== true ? known(statutory.limit) : undefined, statutory?.at.limit];
  if (!deadline || !allowed || stages.length === 0) return;
  for (const stage of stages) {
    const own = known(stage.limit);
    if (own && compareDurations(own, allowed) === 1)
      report({
        span: stage.at.limit ?? stage.at.self,
        message: {
          zh: `階段「${stage.name}」要${own.printed}，比全部的期限${allowed.printed}還長。`,
          en: `The stage "${stage.name}" takes ${own.printed}, longer than the whole limit of ${allowed.printed}.`,
        },
        hint: { zh: '縮短這個階段，或改正期限。', en: 'Shorten the stage, or fix the limit.' },
      });
  }
  // Stages that are counted from starts of their own do not add up.
  if (known(deadline.counting) === 'together' || stages.some(({ from }) => from !== undefined)) return;
  const limits = stages.map((stage) => known(stage.limit));
  if (limits.some((each) => each === undefined) || stages.length < 2) return;
  const total = addDurations(limits.flatMap((each) => each ?? []));
  if (!total || compareDurations(total, allowed) !== 1) return;
  report({
    span: at ?? deadline.at.self,
    message: {
      zh: `「${service.name}」的期限是${allowed.printed}，各階段加起來卻要${total.printed}（${stages.map(({ name, limit: own }) => `${name} ${known(own)?.printed}`).join('、')}）。`,
      en: `"${service.name}" is due in ${allowed.printed}, but its stages add up to ${total.printed} (${stages.map(({ name, limit: own }) => `${name} ${known(own)?.printed}`).join(', ')}).`,
    },
    hint: {
      zh: '縮短階段，或改正期限；同一時點起算的寫「計算方式: 同一起算」。',
      en: 'Shorten the stages or fix the limit; those counted from one start say 計算方式: 同一起算 (counting: together).',
    },
  });
}

// A service done at the counter keeps the office’s own standard.

import { compareDurations } from '../../content/duration.js';
import { known } from '../../content/schema/schema.js';
import { RECORD } from '../example-records.js';
import type { Rule } from '../rule.js';

export default {
  severity: 'warn',
  strict: 'error',
  why: {
    zh: '本機關承諾臨櫃多久辦畢，個別服務的時限就不能更長。',
    en: 'The office promises how long the counter takes; no single service may take longer.',
  },
  good: [{ text: RECORD.replace('3 工作日', '20 分鐘') }, { text: RECORD }],
  bad: [
    { text: RECORD.replace('3 工作日', '40 分鐘'), at: '40 分鐘' },
    { text: RECORD.replace('3 工作日', '1 小時（目標）'), at: '1 小時' },
  ],
  check(handbook, report) {
    const standard = known(known(handbook.office.standards)?.counter);
    if (!standard) return;
    for (const service of handbook.services)
      for (const entry of [service, ...(known(service.variants) ?? [])]) {
        const deadline = known(entry.deadline);
        for (const field of ['limit', 'target'] as const) {
          const own = known(deadline?.[field]);
          // A limit in hours or minutes is one for which the citizen waits.
          if (!own || !['second', 'minute', 'hour'].includes(own.unit) || compareDurations(own, standard) !== 1)
            continue;
          report({
            span: deadline?.at[field] ?? entry.at.deadline ?? service.at.self,
            message: {
              zh: `「${entry.name ?? service.name}」臨櫃要${own.printed}，超過本機關承諾的${standard.printed}。`,
              en: `"${entry.name ?? service.name}" takes ${own.printed} at the counter; the office promises ${standard.printed}.`,
            },
            hint: {
              zh: '縮短時限；當場辦不完的改以工作日計。',
              en: 'Shorten it; what is not done at once is counted in working days.',
            },
          });
        }
      }
  },
} satisfies Rule;

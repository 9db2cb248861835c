// Complaints are answered within the office’s own standard.

import { compareDurations } from '../../content/duration.js';
import { known } from '../../content/schema/schema.js';
import { OFFICE_WITH_STANDARDS, RECORD } from '../example-records.js';
import type { Rule } from '../rule.js';

const also = {
  'office.yaml': OFFICE_WITH_STANDARDS,
};

export default {
  severity: 'warn',
  strict: 'error',
  why: {
    zh: '民眾抱怨、陳情多久回復，本機關有承諾；服務的時限不能更長。',
    en: 'The office promises how soon complaints are answered; the service may not take longer.',
  },
  good: [{ text: RECORD.replace('檔案應用', '人民陳情').replace('3 工作日', '6 日'), also }],
  bad: [{ text: RECORD.replace('檔案應用', '人民陳情').replace('3 工作日', '10 日'), also, at: '10 日' }],
  check(handbook, report) {
    const standard = known(known(handbook.office.standards)?.complaint);
    if (!standard) return;
    for (const service of handbook.services) {
      const deadline = known(service.deadline);
      const own = known(deadline?.limit);
      if (!own || !/陳情|抱怨|申訴/.test(service.name) || compareDurations(own, standard) !== 1) continue;
      report({
        span: deadline?.at.limit ?? service.at.deadline ?? service.at.self,
        message: {
          zh: `「${service.name}」的時限是${own.printed}，超過本機關承諾的${standard.printed}。`,
          en: `"${service.name}" takes ${own.printed}; the office promises ${standard.printed}.`,
        },
        hint: { zh: '縮短時限，或改正服務標準。', en: 'Shorten it, or fix the standard.' },
      });
    }
  },
} satisfies Rule;

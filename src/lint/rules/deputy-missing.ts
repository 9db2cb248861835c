// Somebody stands in when the clerk is away.

import { isUnconfirmed } from '../../content/schema/schema.js';
import { OFFICE, RECORD } from '../example-records.js';
import type { Rule } from '../rule.js';

export default {
  severity: 'warn',
  strict: 'error',
  why: {
    zh: '承辦人不在時要有代理人，民眾才不會白跑一趟。',
    en: 'When the clerk is away somebody stands in, or people have come in vain.',
  },
  good: [{ text: RECORD }],
  bad: [
    {
      text: RECORD,
      also: {
        'office.yaml': OFFICE.replace(/職務代理人.*\n/, ''),
        'services/other.yaml': `${RECORD.replace('檔案應用', '閱覽')}聯絡: {電話: 00-0000-0000, 代理人: 同股書記官}\n`,
      },
      at: '檔案應用',
    },
  ],
  check(handbook, report) {
    const { office } = handbook;
    if (isUnconfirmed(office.deputies) || (office.deputies ?? []).length > 0) return;
    for (const service of handbook.services) {
      if (isUnconfirmed(service.contact) || service.contact?.deputy !== undefined) continue;
      report({
        span: service.at.name ?? { ...service.at.self, end: service.at.self.start },
        message: {
          zh: `「${service.name}」沒有寫代理人，office.yaml 也沒有職務代理人。`,
          en: `"${service.name}" names no deputy, and office.yaml has none.`,
        },
        hint: {
          zh: '在「聯絡」寫「代理人」，或在 office.yaml 寫「職務代理人」。',
          en: 'Give 代理人 (deputy) under 聯絡, or 職務代理人 (deputies) in office.yaml.',
        },
      });
    }
  },
} satisfies Rule;

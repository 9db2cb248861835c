// A service can be asked about and found.

import { isUnconfirmed, known } from '../../content/schema/schema.js';
import { OFFICE, RECORD } from '../example-records.js';
import type { Rule } from '../rule.js';

export default {
  severity: 'warn',
  strict: 'error',
  why: {
    zh: '沒有電話、沒有地點，民眾不知道問誰、到哪裡辦。',
    en: 'Without telephone or place nobody knows whom to ask or where to go.',
  },
  good: [{ text: RECORD }],
  bad: [
    {
      text: `${RECORD}地點: 服務台\n`,
      also: {
        'office.yaml': OFFICE.replace('電話: 00-0000-0000\n', ''),
        'services/other.yaml': `${RECORD.replace('檔案應用', '閱覽')}地點: 服務台\n聯絡: {電話: 00-0000-0000}\n`,
      },
      at: '檔案應用',
    },
  ],
  check(handbook, report) {
    const { office } = handbook;
    for (const service of handbook.services) {
      const contact = known(service.contact);
      const channels = known(service.channels) ?? [];
      const telephone = contact?.telephone ?? contact?.extension ?? office.telephone;
      const place = service.place ?? contact?.floor ?? office.address ?? channels.find((each) => each.place)?.place;
      if (isUnconfirmed(service.contact) || (telephone !== undefined && place !== undefined)) continue;
      const missing = [
        telephone === undefined && { zh: '電話', en: 'telephone' },
        place === undefined && { zh: '地點', en: 'place' },
      ];
      const say = missing.filter((each) => each !== false);
      report({
        span: service.at.name ?? { ...service.at.self, end: service.at.self.start },
        message: {
          zh: `「${service.name}」沒有寫${say.map(({ zh }) => zh).join('與')}，office.yaml 也沒有。`,
          en: `"${service.name}" has no ${say.map(({ en }) => en).join(' and no ')}, and office.yaml has none.`,
        },
        hint: {
          zh: '在服務寫「聯絡」「地點」，或在 office.yaml 寫電話與地址。',
          en: 'Give 聯絡 (contact) and 地點 (place), or telephone and address in office.yaml.',
        },
      });
    }
  },
} satisfies Rule;

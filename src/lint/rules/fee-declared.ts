// A service must declare its fee; silence is not a declaration.

import type { Service } from '../../content/schema/model.js';
import { isUnconfirmed } from '../../content/schema/schema.js';
import { RECORD, record } from '../example-records.js';
import type { Rule } from '../rule.js';

type Declaring = Pick<Service, 'fee' | 'unread'>;

const declares = (fee: Declaring['fee']): boolean =>
  isUnconfirmed(fee) ||
  (fee !== undefined &&
    (fee.free === true ||
      isUnconfirmed(fee.free) ||
      isUnconfirmed(fee.lines) ||
      (fee.lines ?? []).some(
        (line) => line.amount !== undefined || line.rate !== undefined || line.tiers !== undefined,
      )));

const settled = (service: Declaring): boolean => declares(service.fee) || service.unread.includes('fee');

export default {
  severity: 'error',
  why: {
    zh: '民眾洽公前必須知道要繳多少費用。本分署為民服務注意事項貳、二規定應明確規定並明顯標示。',
    en: 'A citizen must know what it costs before coming; the branch’s own rules (貳、二) demand that it is stated and shown.',
  },
  good: [{ text: RECORD }],
  bad: [
    { text: record({ 規費: undefined }), at: '名稱: 檔案應用' },
    { text: record({ 規費: '' }), at: '規費' },
  ],
  check(handbook, report) {
    for (const service of handbook.services) {
      const variants = isUnconfirmed(service.variants) ? [] : (service.variants ?? []);
      if (settled(service) || (variants.length > 0 && variants.every(settled))) continue;
      report({
        span: service.at.fee ?? service.at.self,
        message: {
          zh: `「${service.name}」沒有寫明規費，每項服務都必須寫明。`,
          en: `"${service.name}" does not declare its fee; every service must.`,
        },
        hint: {
          zh: '不收費時寫「規費: 免費」；還不知道時寫「規費: 待確認」。',
          en: 'Write 免費 when nothing is charged, 待確認 when it is not known yet.',
        },
      });
    }
  },
} satisfies Rule;

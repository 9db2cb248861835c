// A service must declare its deadline; silence is not a declaration.

import type { Service } from '../../content/schema/model.js';
import { isUnconfirmed } from '../../content/schema/schema.js';
import { RECORD, record } from '../example-records.js';
import type { Rule } from '../rule.js';

type Declaring = Pick<Service, 'deadline' | 'unread'>;

const LIMITS = ['immediate', 'limit', 'target', 'statutory', 'stages', 'byChannel', 'byCase', 'open'] as const;
const declares = (deadline: Declaring['deadline']): boolean =>
  isUnconfirmed(deadline) ||
  (deadline !== undefined && LIMITS.some((key) => deadline[key] !== undefined && deadline[key] !== false));

const settled = (service: Declaring): boolean => declares(service.deadline) || service.unread.includes('deadline');

export default {
  severity: 'error',
  why: {
    zh: '民眾洽公前必須知道多久可以辦好。本分署為民服務注意事項貳、二規定應明確規定並明顯標示。',
    en: 'A citizen must know how long it takes before coming; the branch’s own rules (貳、二) demand that it is stated and shown.',
  },
  good: [{ text: RECORD }],
  bad: [
    { text: record({ 辦理時限: undefined }), at: '名稱: 檔案應用' },
    { text: record({ 辦理時限: 'TODO' }), at: 'TODO' },
  ],
  check(handbook, report) {
    for (const service of handbook.services) {
      const variants = isUnconfirmed(service.variants) ? [] : (service.variants ?? []);
      if (settled(service) || (variants.length > 0 && variants.every(settled))) continue;
      report({
        span: service.at.deadline ?? service.at.self,
        message: {
          zh: `「${service.name}」沒有寫明辦理時限，每項服務都必須寫明。`,
          en: `"${service.name}" does not declare its deadline; every service must.`,
        },
        hint: {
          zh: '當場辦好寫「辦理時限: 隨到隨辦」；還不知道時寫「辦理時限: 待確認」。',
          en: 'Write 隨到隨辦 when it is done at once, 待確認 when it is not known yet.',
        },
      });
    }
  },
} satisfies Rule;

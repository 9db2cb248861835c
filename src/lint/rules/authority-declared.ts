// A service must declare its authority; silence is not a declaration.

import type { Service } from '../../content/schema/model.js';
import { isUnconfirmed } from '../../content/schema/schema.js';
import { RECORD, record } from '../example-records.js';
import type { Rule } from '../rule.js';

type Declaring = Pick<Service, 'authority' | 'unread'>;

const declares = (authority: Declaring['authority']): boolean => {
  if (isUnconfirmed(authority)) return true;
  const stages = authority?.stages;
  return (
    authority?.decide !== undefined ||
    isUnconfirmed(stages) ||
    (stages ?? []).some((stage) => stage.decide !== undefined)
  );
};

const settled = (service: Declaring): boolean => declares(service.authority) || service.unread.includes('authority');

export default {
  severity: 'error',
  why: {
    zh: '民眾洽公前必須知道由誰審核決定。本分署為民服務注意事項貳、二規定應明確規定並明顯標示。',
    en: 'A citizen must know who decides before coming; the branch’s own rules (貳、二) demand that it is stated and shown.',
  },
  good: [{ text: RECORD }],
  bad: [
    { text: record({ 審核權責: undefined }), at: '名稱: 檔案應用' },
    { text: record({ 審核權責: '""' }), at: '""' },
  ],
  check(handbook, report) {
    for (const service of handbook.services) {
      const variants = isUnconfirmed(service.variants) ? [] : (service.variants ?? []);
      if (settled(service) || (variants.length > 0 && variants.every(settled))) continue;
      report({
        span: service.at.authority ?? service.at.self,
        message: {
          zh: `「${service.name}」沒有寫明審核權責，每項服務都必須寫明。`,
          en: `"${service.name}" does not declare its authority; every service must.`,
        },
        hint: {
          zh: '例如「審核權責: 分署長」；還不知道時寫「審核權責: 待確認」。',
          en: 'For example 審核權責: 分署長; write 待確認 when it is not known yet.',
        },
      });
    }
  },
} satisfies Rule;

// A service must declare its documents; silence is not a declaration.

import type { Service } from '../../content/schema/model.js';
import { isUnconfirmed } from '../../content/schema/schema.js';
import { RECORD, record } from '../example-records.js';
import type { Rule } from '../rule.js';

type Declaring = Pick<Service, 'documents' | 'unread'>;

const declares = (documents: Declaring['documents']): boolean =>
  isUnconfirmed(documents) ||
  (documents !== undefined &&
    (documents.none === true ||
      isUnconfirmed(documents.none) ||
      isUnconfirmed(documents.items) ||
      (documents.items ?? []).length > 0));

const settled = (service: Declaring): boolean => declares(service.documents) || service.unread.includes('documents');

export default {
  severity: 'error',
  why: {
    zh: '民眾洽公前必須知道要帶什麼證件。本分署為民服務注意事項貳、二規定應明確規定並明顯標示。',
    en: 'A citizen must know what to bring before coming; the branch’s own rules (貳、二) demand that it is stated and shown.',
  },
  good: [{ text: RECORD }],
  bad: [
    { text: record({ 應備證件: undefined }), at: '名稱: 檔案應用' },
    { text: record({ 應備證件: '[]' }), at: '[]' },
  ],
  check(handbook, report) {
    for (const service of handbook.services) {
      const variants = isUnconfirmed(service.variants) ? [] : (service.variants ?? []);
      if (settled(service) || (variants.length > 0 && variants.every(settled))) continue;
      report({
        span: service.at.documents ?? service.at.self,
        message: {
          zh: `「${service.name}」沒有寫明應備證件，每項服務都必須寫明。`,
          en: `"${service.name}" does not declare its documents; every service must.`,
        },
        hint: {
          zh: '不需要證件時寫「應備證件: 無」；還不知道時寫「應備證件: 待確認」。',
          en: 'Write 無 when none is needed, 待確認 when it is not known yet.',
        },
      });
    }
  },
} satisfies Rule;

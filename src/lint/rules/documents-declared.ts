// A service must declare its documents; silence is not a declaration.

import { isUnconfirmed } from '../../content/schema/schema.js';
import { RECORD, record } from '../example-records.js';
import type { Rule } from '../rule.js';
import { reportUndeclared } from '../undeclared.js';

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
  check({ services }, report) {
    reportUndeclared(
      services,
      'documents',
      ({ none, items, like }) =>
        none === true || isUnconfirmed(none) || isUnconfirmed(items) || (items ?? []).length > 0 || like !== undefined,
      {
        name: { zh: '應備證件', en: 'documents' },
        hint: {
          zh: '不需要證件時寫「應備證件: 無」；還不知道時寫「應備證件: 待確認」。',
          en: 'Write 無 when none is needed, 待確認 when it is not known yet.',
        },
      },
      report,
    );
  },
} satisfies Rule;

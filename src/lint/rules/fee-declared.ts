// A service must declare its fee; silence is not a declaration.

import { isUnconfirmed } from '../../content/schema/schema.js';
import { RECORD, record } from '../example-records.js';
import type { Rule } from '../rule.js';
import { reportUndeclared } from '../undeclared.js';

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
  check({ services }, report) {
    reportUndeclared(
      services,
      'fee',
      ({ free, lines }) =>
        free === true ||
        isUnconfirmed(free) ||
        isUnconfirmed(lines) ||
        (lines ?? []).some(
          ({ amount, rate, tiers }) => amount !== undefined || rate !== undefined || tiers !== undefined,
        ),
      {
        name: { zh: '規費', en: 'fee' },
        hint: {
          zh: '不收費時寫「規費: 免費」；還不知道時寫「規費: 待確認」。',
          en: 'Write 免費 when nothing is charged, 待確認 when it is not known yet.',
        },
      },
      report,
    );
  },
} satisfies Rule;

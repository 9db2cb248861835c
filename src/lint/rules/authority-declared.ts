// A service must declare its authority; silence is not a declaration.

import { isUnconfirmed } from '../../content/schema/schema.js';
import { RECORD, record } from '../example-records.js';
import type { Rule } from '../rule.js';
import { reportUndeclared } from '../undeclared.js';

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
  check({ services }, report) {
    reportUndeclared(
      services,
      'authority',
      ({ decide, stages }) =>
        decide !== undefined || isUnconfirmed(stages) || (stages ?? []).some((stage) => stage.decide !== undefined),
      {
        name: { zh: '審核權責', en: 'authority' },
        hint: {
          zh: '例如「審核權責: 分署長」；還不知道時寫「審核權責: 待確認」。',
          en: 'For example 審核權責: 分署長; write 待確認 when it is not known yet.',
        },
      },
      report,
    );
  },
} satisfies Rule;

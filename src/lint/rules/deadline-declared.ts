// A service must declare its deadline; silence is not a declaration.

import { RECORD, record } from '../example-records.js';
import type { Rule } from '../rule.js';
import { reportUndeclared } from '../undeclared.js';

const LIMITS = ['immediate', 'limit', 'target', 'statutory', 'stages', 'byChannel', 'byCase', 'open'] as const;

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
  check({ services }, report) {
    reportUndeclared(
      services,
      'deadline',
      (deadline) => LIMITS.some((key) => deadline[key] !== undefined && deadline[key] !== false),
      {
        name: { zh: '辦理時限', en: 'deadline' },
        hint: {
          zh: '當場辦好寫「辦理時限: 隨到隨辦」；還不知道時寫「辦理時限: 待確認」。',
          en: 'Write 隨到隨辦 when it is done at once, 待確認 when it is not known yet.',
        },
      },
      report,
    );
  },
} satisfies Rule;

// A service must say how to ask for it, or that nobody need ask.

import { RECORD, record, withSteps } from '../example-records.js';
import type { Rule } from '../rule.js';
import { reportUndeclared } from '../undeclared.js';

export default {
  severity: 'warn',
  strict: 'error',
  why: {
    zh: '本分署為民服務注意事項貳、二規定申請程序應明確規定並明顯標示；沒有寫，民眾不知道從哪裡開始。',
    en: 'The branch’s own rules (貳、二) demand that the procedure is stated and shown; without it nobody knows where to begin.',
  },
  good: [
    { text: RECORD },
    { text: withSteps('  - 開始: 提出申請書（申請人）\n  - 核定（分署長）\n  - 結束: 通知申請人（書記官）\n') },
  ],
  bad: [
    { text: record({ 申請程序: undefined }), at: '名稱: 檔案應用' },
    { text: record({ 申請程序: 'TODO' }), at: 'TODO' },
  ],
  check({ services }, report) {
    // A chart that the author drew is a procedure too.
    const drawn = services.filter(({ mermaid }) => mermaid === undefined);
    reportUndeclared(
      drawn,
      'procedure',
      () => true,
      {
        name: { zh: '申請程序', en: 'procedure' },
        hint: {
          zh: '例如「申請程序: 提出申請書（申請人）→審查（書記官）→核定（分署長）」；機關主動辦理的寫「申請程序: 無須申請」；還不知道時寫「待確認」。',
          en: 'For example 提出申請書（申請人）→審查（書記官）→核定（分署長）; 無須申請 where there is nothing to ask for, 待確認 when it is not known yet.',
        },
      },
      report,
    );
  },
} satisfies Rule;

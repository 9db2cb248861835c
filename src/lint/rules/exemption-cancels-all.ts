// An exemption for everybody is no exemption: the service is free.

import { known } from '../../content/schema/schema.js';
import { record } from '../example-records.js';
import type { Rule } from '../rule.js';

const RECORD = record({ 規費: undefined });
const exempt = (who: string): string =>
  `${RECORD}規費:\n  明細:\n    - {項目: 閱覽, 金額: 20 元}\n  減免:\n    - ${who}\n`;
const EVERYBODY =
  /^(任何人|人人|所有人|全體|全部|一律|所有(的)?申請人|全體申請人|任何申請人|所有民眾|全體民眾|不限(對象|資格|身分)?)$/;
const FREE = /^(全部)?(免收|免費|全免|免徵|免繳|免除)(規費)?$/;

export default {
  severity: 'error',
  why: {
    zh: '減免的對象若是任何人，就沒有人要繳費；不是減免寫錯，就是應寫「免費」。',
    en: 'When everybody is exempt, nobody pays: either the exemption is wrong or the service is free.',
  },
  good: [
    { text: exempt('{對象: 低收入戶, 減免內容: 免收}') },
    { text: exempt('{對象: 任何人, 減免內容: 免收, 除外: 營利用途}') },
    { text: exempt('{對象: 所有申請人, 減免內容: 減半}') },
  ],
  bad: [
    { text: exempt('{對象: 任何人, 減免內容: 免收}'), at: '任何人' },
    { text: exempt('{對象: 所有申請人}'), at: '所有申請人' },
  ],
  check(handbook, report) {
    for (const service of handbook.services)
      for (const entry of [service, ...(known(service.variants) ?? [])])
        for (const { who, extent, except, at } of known(known(entry.fee)?.exemptions) ?? []) {
          if (who === undefined || except !== undefined || !EVERYBODY.test(who)) continue;
          if (extent !== undefined && !FREE.test(extent)) continue;
          report({
            span: at.who ?? at.self,
            message: {
              zh: `「${who}」都免收，等於沒有人要繳費；應寫明哪些人減免，或寫明例外。`,
              en: `Everybody ("${who}") is exempt, so nobody pays; expected who is exempt, or an exception.`,
            },
            hint: {
              zh: '真的不收費時寫「規費: 免費」；有例外時加上「除外: …」。',
              en: 'Write 規費: 免費 when it is free; give exceptions in 除外.',
            },
          });
        }
  },
} satisfies Rule;

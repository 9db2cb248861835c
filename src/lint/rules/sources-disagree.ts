// One provision has one tariff, one law one address: two that differ cannot both be right.

import { known } from '../../content/schema/schema.js';
import { HANDBOOK, record } from '../example-records.js';
import type { Mention, Rule } from '../rule.js';

const RECORD = record({ 名稱: undefined, 規費: undefined });
const fee = (amount: string): string =>
  `規費: {明細: [{項目: 閱覽, 金額: ${amount}, 單位: 每 2 小時}], 依據: [檔案閱覽抄錄複製收費標準第3條]}\n`;

/** A law that sets amounts; 規費法第10條 is a ground for many different ones. */
const TARIFF = /費.*(標準|基準|辦法|表)$/;

export default {
  severity: 'warn',
  strict: 'error',
  why: {
    zh: '同一條文、同一項目卻有兩種金額，或同一部法規有兩個網址，必有一個是錯的。',
    en: 'Two amounts for one item of one provision, or two addresses of one law: one of them is wrong.',
  },
  good: [
    {
      text: `名稱: 檔案應用\n${RECORD}${fee('20 元')}`,
      also: { 'services/b.yaml': `名稱: 卷宗閱覽\n${RECORD}${fee('20 元')}` },
    },
    {
      text: `名稱: 檔案應用\n${RECORD}${fee('20 元')}`,
      also: {
        'services/b.yaml': `名稱: 卷宗閱覽\n${RECORD}${fee('20 元').replace('第3條', '第4條').replace('20', '30')}`,
      },
    },
  ],
  bad: [
    {
      text: `名稱: 檔案應用\n${RECORD}${fee('20 元')}`,
      also: { 'services/zz.yaml': `名稱: 卷宗閱覽\n${RECORD}${fee('30 元')}` },
      at: '30 元',
    },
    {
      file: 'handbook.yaml',
      text: `${HANDBOOK}法規清單:\n  - {名稱: 檔案法, 網址: "https://example.org/1"}\n  - {名稱: 檔案法, 網址: "https://example.org/2"}\n`,
      at: '"https://example.org/2"',
    },
  ],
  mentions(handbook) {
    const tariffs: Mention[] = [];
    for (const service of handbook.services)
      for (const entry of [service, ...(known(service.variants) ?? [])]) {
        const declared = known(entry.fee);
        for (const line of known(declared?.lines) ?? []) {
          const money = known(line.amount);
          const basis = line.basis ?? declared?.basis ?? [];
          const [only] = basis;
          if (!money || !line.item || !only?.law || !only.article || basis.length > 1 || line.tiers) continue;
          if (!TARIFF.test(only.law)) continue;
          const { item, per = money.per, condition, channel, times, note } = line;
          const provision = only.law + only.article;
          tariffs.push({
            word: JSON.stringify([provision, item, per, condition, channel, times, note]),
            span: line.at.amount ?? line.at.self,
            also: [String(money.amount), money.printed, service.name, provision, item],
          });
        }
      }
    return tariffs;
  },
  whole({ handbook, mentions }, report) {
    const tariffs = new Map<string, readonly string[]>();
    for (const { word, span, also = [] } of mentions) {
      const before = tariffs.get(word);
      if (!before) tariffs.set(word, also);
      else if (before[0] !== also[0]) {
        const [, printed, , provision, item] = also;
        const [, there, where] = before;
        report({
          span,
          message: {
            zh: `${provision}的「${item}」在這裡是「${printed}」，在「${where}」是「${there}」，應該一致。`,
            en: `"${item}" under ${provision} is ${printed} here and ${there} in "${where}"; they should agree.`,
          },
          hint: { zh: '查對收費標準，改正其中一個。', en: 'Look the tariff up and fix one of them.' },
        });
      }
    }
    const addresses = new Map<string, string>();
    for (const { name, url, at } of known(handbook.book.laws) ?? []) {
      if (name === undefined || url === undefined) continue;
      const before = addresses.get(name);
      if (before === undefined) addresses.set(name, url);
      else if (before !== url)
        report({
          span: at.url ?? at.self,
          message: {
            zh: `「${name}」列了兩次，網址不同，應只有一個。`,
            en: `"${name}" is listed twice with different addresses; expected one.`,
          },
          hint: { zh: '打開兩個網址查對，刪去錯的一個。', en: 'Open both and delete the wrong one.' },
        });
    }
  },
} satisfies Rule;

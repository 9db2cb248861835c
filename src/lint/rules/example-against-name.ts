// The name of a worked example says the quantities that it is computed with.
import { known } from '../../content/schema/schema.js';
import { record } from '../example-records.js';
import { numberOf } from '../prose/quantities.js';
import type { Rule } from '../rule.js';
import { narrow } from '../wording/width.js';

const SERVICE = record({ 規費: '[{項目: 影印, 金額: 2 元, 單位: 每頁}]', 應備證件: '[申請書]' });
const example = (name: string): string =>
  `${SERVICE}情境:\n  - {名稱: ${name}, 數量: 影印 3 頁, 應備證件: 申請書, 規費: 6 元}\n`;
const COUNTED = /(\d[\d,]*|[一二兩三四五六七八九十百]+)\s*(?:個)?(頁|張|份|件|小時|人|筆|本|次|戶)/g;
const countsIn = (text: string): { n: number; unit: string }[] =>
  [...narrow(text).matchAll(COUNTED)].map(([, n = '', unit = '']) => ({ n: numberOf(n), unit }));

export default {
  severity: 'warn',
  strict: 'error',
  why: {
    zh: '情境的名稱寫 5 頁，卻用 3 頁算規費：看情境的人會以為 5 頁就是那個價錢。',
    en: 'An example that is called five pages and computed with three tells its readers the wrong price for five.',
  },
  good: [{ text: example('影印3頁') }, { text: example('影印三頁，一人到場') }, { text: example('影印') }],
  bad: [{ text: example('影印5頁'), at: '影印5頁' }],
  check({ services }, report) {
    for (const { examples } of services)
      for (const { name = '', quantities, at } of known(examples) ?? []) {
        const given = (known(quantities) ?? []).flatMap(countsIn);
        for (const { n, unit } of countsIn(name)) {
          const own = given.filter((each) => each.unit === unit);
          // Several of one unit may be added up in the name.
          const sum = own.reduce((all, each) => all + each.n, 0);
          if (own.length === 0 || sum === n || own.some((each) => each.n === n)) continue;
          const said = own.map((each) => `${each.n} ${unit}`).join('、');
          report({
            span: at.name ?? at.self,
            message: {
              zh: `情境的名稱寫「${n} ${unit}」，數量卻是「${said}」。`,
              en: `The example is called "${n} ${unit}", but its quantity is "${said}".`,
            },
            hint: { zh: '改成一樣，再核對規費。', en: 'Make them the same, and verify its fee.' },
          });
        }
      }
  },
} satisfies Rule;

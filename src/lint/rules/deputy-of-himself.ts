// Nobody is his own deputy.

import { isAtHand } from '../../content/schema/model.js';
import { known } from '../../content/schema/schema.js';
import { OFFICE } from '../example-records.js';
import type { Rule } from '../rule.js';

const office = (deputy: string) => ({
  file: 'office.yaml',
  text: OFFICE.replace('代理人: 同股書記官', `代理人: ${deputy}`),
});

export default {
  severity: 'warn',
  strict: 'error',
  why: {
    zh: '代理人寫成本人，請假時就沒有人代理，業務停頓。',
    en: 'Whoever is his own deputy has none while he is away.',
  },
  good: [office('同股書記官')],
  bad: [{ ...office('書記官'), at: '書記官}' }],
  check(handbook, report) {
    if (!isAtHand(handbook, handbook.office)) return;
    for (const { name, deputy, unit, at } of known(handbook.office.deputies) ?? []) {
      if (name === undefined || deputy === undefined) continue;
      if (deputy.trim() !== name.trim() && deputy.trim() !== `${unit ?? ''}${name}`) continue;
      report({
        span: at.deputy ?? at.self,
        message: {
          zh: `「${name}」的代理人還是「${deputy}」，應是另一個人或職務。`,
          en: `The deputy of "${name}" is "${deputy}" again; expected somebody else.`,
        },
        hint: { zh: '例如「同股書記官」「執行二科科長」。', en: 'For example 同股書記官.' },
      });
    }
  },
} satisfies Rule;

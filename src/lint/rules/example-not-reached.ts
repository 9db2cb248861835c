// Every condition, charge and case is reached by a worked example.
import { type Target, unreached } from '../../content/answer/examples.js';
import { known } from '../../content/schema/schema.js';
import type { Say } from '../../core/source.js';
import { record } from '../example-records.js';
import type { Rule } from '../rule.js';

const SERVICE = record({ 應備證件: '[申請書, {名稱: 委任書, 條件: 委託他人時}]' });
const EXAMPLE = '情境:\n  - {名稱: 本人, 應備證件: 申請書}\n';

const KINDS: Readonly<Record<Target['kind'], Say>> = {
  document: { zh: '證件', en: 'document' },
  fee: { zh: '規費', en: 'charge' },
  limit: { zh: '期限', en: 'limit' },
  variant: { zh: '子項目', en: 'sub-service' },
};

export default {
  severity: 'off',
  strict: 'warn',
  why: {
    zh: '沒有情境走到的條件、收費和案件，改錯了也沒有人會發現。「servicebook examples 服務」會提出缺少的情境，逐項核對後再寫進去。',
    en: 'A condition, charge or case that no example reaches may be changed wrongly and nobody finds out. "servicebook examples SERVICE" proposes those missing, to be looked through by hand.',
  },
  good: [{ text: `${SERVICE}${EXAMPLE}  - {名稱: 委託, 代理: 代理人, 應備證件: 申請書、委任書}\n` }],
  bad: [{ text: `${SERVICE}${EXAMPLE}`, at: '{名稱: 委任書' }],
  check({ services }, report) {
    for (const service of services) {
      // A service without any is told by `servicebook examples`.
      if ((known(service.examples) ?? []).length === 0) continue;
      for (const { kind, name, at } of unreached(service))
        report({
          span: at,
          message: {
            zh: `沒有情境走到這項${KINDS[kind].zh}「${name}」。`,
            en: `No example reaches this ${KINDS[kind].en} "${name}".`,
          },
          hint: {
            zh: `用「servicebook examples ${service.id}」看缺少的情境。`,
            en: `See those missing with "servicebook examples ${service.id}".`,
          },
        });
    }
  },
} satisfies Rule;

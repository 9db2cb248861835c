// A service that nobody may apply for on behalf of another asks for no power of attorney.

import { known } from '../../content/schema/schema.js';
import { record } from '../example-records.js';
import type { Rule } from '../rule.js';

const service = (representation: string, documents: string): string =>
  `${record({ 應備證件: documents })}代理申請: ${representation}\n`;
const NO = /^(?:否|無|不可|不得)|不[得可](?:由他人)?(?:委託|委任|代理|由)|限本人|須(?:由)?本人/;
/** Some may be represented after all. */
const SOME = /但|除|例外|法定代理|未成年|監護|[得可](?:委託|委任|由代理)(?<!不[得可](?:委託|委任|由代理))/;

export default {
  severity: 'warn',
  strict: 'error',
  why: {
    zh: '寫不得委託，卻要委任書：民眾不知道到底能不能請人代辦。',
    en: 'No representation, and yet a power of attorney among the documents: nobody can tell whether somebody else may come.',
  },
  good: [
    { text: service('可委託他人', '[{名稱: 委任書, 條件: 委託他人時}]') },
    { text: service('不得委託他人，但未成年人由法定代理人代為申請', '[{名稱: 關係證明, 條件: 法定代理時}]') },
    { text: service('不得委託他人', '[申請書]') },
  ],
  bad: [
    { text: service('不得委託他人', '[{名稱: 委任書, 條件: 委託他人時}]'), at: '委任書' },
    { text: service('限本人申請', '[{名稱: 身分證, 條件: 由代理人申請時}]'), at: '身分證' },
  ],
  check({ services }, report) {
    for (const { representation, documents } of services) {
      if (representation === undefined || !NO.test(representation) || SOME.test(representation)) continue;
      for (const { name, condition, at } of known(known(documents)?.items) ?? []) {
        if (!/委[任託](?:書|狀|人)|授權書/.test(name ?? '') && !/委[任託]|代理|代辦/.test(condition ?? '')) continue;
        // Parents and guardians are not entrusted by anybody.
        if (/法定|未成年|監護|輔助/.test(condition ?? '')) continue;
        report({
          span: at.name ?? at.self,
          message: {
            zh: `代理申請寫「${representation}」，卻要「${name ?? ''}」${condition ? `（${condition}）` : ''}。`,
            en: `Representation says "${representation}", yet "${name ?? ''}" is asked for${condition ? ` (${condition})` : ''}.`,
          },
          hint: {
            zh: '可以委託的，改正代理申請；不可以的，刪去這份文件。',
            en: 'Where others may apply, fix 代理申請; where not, delete the document.',
          },
        });
      }
    }
  },
} satisfies Rule;

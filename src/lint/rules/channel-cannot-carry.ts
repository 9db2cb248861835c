// An original that is shown and taken home again needs somebody who comes; an original on paper cannot be faxed.

import { known } from '../../content/schema/schema.js';
import { record } from '../example-records.js';
import type { Rule } from '../rule.js';

const service = (channels: string, kind: string): string =>
  `${record({ 應備證件: `[{名稱: 國民身分證, 形式: ${kind}}]` })}申請方式: [${channels}]\n`;
const BY_WIRE = /^(?:線上|網路|官網|電子表單|傳真|電話|電子郵件|e-?mail)/i;
/** What is shown when somebody comes for something else. */
const LATER = /到場|親自|臨櫃|領取|領回|閱覽|應用|報到/;
const BY_MAIL = /^(?:郵寄|掛號|通訊|郵遞|寄回|寄送)/;

export default {
  severity: 'warn',
  strict: 'error',
  why: {
    zh: '只收郵寄，卻要「驗正本」；只收傳真，卻要「正本」：照著做辦不到，民眾一定會打電話或白跑。',
    en: 'By mail alone, yet the original is to be shown; by fax alone, yet the original is asked for: it cannot be done as it is told.',
  },
  good: [
    { text: service('郵寄, 臨櫃', '驗正本') },
    { text: service('郵寄', '正本') },
    { text: service('傳真', '影本') },
    { text: service('郵寄', '驗正本').replace('驗正本}', '驗正本, 條件: 領取時}') },
  ],
  bad: [
    { text: service('郵寄', '驗正本'), at: '驗正本' },
    { text: service('線上, 傳真', '正本'), at: '正本' },
  ],
  check({ services }, report) {
    for (const service of services)
      for (const { channels: written, documents } of [service, ...(known(service.variants) ?? [])]) {
        const channels = (known(written) ?? []).flatMap(({ name }) => name ?? []);
        if (channels.length === 0 || !channels.every((each) => BY_WIRE.test(each) || BY_MAIL.test(each))) continue;
        const byWire = channels.every((each) => BY_WIRE.test(each));
        for (const { name, kind: told, condition, channel, at } of known(known(documents)?.items) ?? []) {
          const kind = known(told);
          const isShown = kind === 'shown' || kind === 'verified';
          if (LATER.test(condition ?? '') || known(channel) || !(isShown || (byWire && kind === 'original'))) continue;
          report({
            span: at.kind ?? at.self,
            message: {
              zh: `「${name ?? ''}」要正本，申請方式卻只有「${channels.join('、')}」。`,
              en: `The original of "${name ?? ''}" is asked for, but the only ways to apply are ${channels.join(', ')}.`,
            },
            hint: {
              zh: '改成可以寄送或傳送的形式，或加上可以到場的申請方式。',
              en: 'Ask for what can be sent, or add a way to apply in person.',
            },
          });
        }
      }
  },
} satisfies Rule;

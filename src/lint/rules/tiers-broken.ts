// Tiers of a fee meet: every quantity falls into one of them, and into one only.

import { tierFaults } from '../../content/fee.js';
import { isUnconfirmed, known } from '../../content/schema/schema.js';
import { record } from '../example-records.js';
import type { Rule } from '../rule.js';

const RECORD = record({ 規費: undefined });
const tiers = (second: string): string =>
  `${RECORD}規費:\n  明細:\n    - 項目: 登記費\n      級距:\n        - {以上: 0, 未滿: 10000, 金額: 100 元}\n        - {以上: ${second}, 金額: 200 元}\n`;

export default {
  severity: 'error',
  why: {
    zh: '級距有空隙，有人不知道要繳多少；級距重疊，同一案件有兩種金額。',
    en: 'In a gap between tiers nobody knows what to pay; where they overlap, two amounts apply.',
  },
  good: [{ text: tiers('10000') }],
  bad: [
    { text: tiers('10001'), at: '10001' },
    { text: tiers('9000'), at: '9000' },
  ],
  check(handbook, report) {
    for (const service of handbook.services)
      for (const entry of [service, ...(known(service.variants) ?? [])])
        for (const line of known(known(entry.fee)?.lines) ?? []) {
          const written = known(line.tiers) ?? [];
          if (
            written.some(({ from, below, unread }) => isUnconfirmed(from) || isUnconfirmed(below) || unread.length > 0)
          )
            continue;
          for (const { kind, index } of tierFaults(written)) {
            const tier = written[index];
            const before = written[index - 1];
            if (!tier || !before) continue;
            const end = known(before.below);
            const start = known(tier.from);
            report({
              span: tier.at.from ?? tier.at.self,
              message:
                kind === 'gap'
                  ? {
                      zh: `前一級到未滿 ${end}，這一級從 ${start} 起，中間有空隙；應從 ${end} 起。`,
                      en: `The tier before ends below ${end} and this one begins at ${start}: a gap; expected ${end}.`,
                    }
                  : {
                      zh: `前一級${end === undefined ? '沒有上限' : `到未滿 ${end}`}，這一級從 ${start} 起，兩級重疊；應從前一級終止處起。`,
                      en: `The tier before ${end === undefined ? 'has no end' : `ends below ${end}`} and this one begins at ${start}: they overlap; expected it to begin where the other ends.`,
                    },
              hint: {
                zh: '每一級「以上」含本數、「未滿」不含本數，兩級首尾相接。',
                en: '以上 includes its number, 未滿 does not; one tier ends where the next begins.',
              },
            });
          }
        }
  },
} satisfies Rule;

// The unit in charge acts in its own procedure, and is the one to be asked.

import { flowsOf, roleText } from '../../content/procedure.js';
import { known } from '../../content/schema/schema.js';
import { saysUnconfirmed } from '../../content/schema/tree.js';
import { withSteps } from '../example-records.js';
import type { Rule } from '../rule.js';

const service = (unit: string, acting: string, contact = unit): string =>
  `${withSteps(`  - 提出申請書（申請人）\n  - 審查（${acting}）\n  - 核定（分署長）\n  - 結束: 通知申請人（${acting}）\n`)}承辦單位: ${unit}\n聯絡: {單位: ${contact}, 電話: 00-0000-0000, 代理人: 服務台}\n`;

export default {
  severity: 'warn',
  strict: 'error',
  why: {
    zh: '承辦單位沒有出現在流程裡，或洽詢的是另一個單位，民眾不知道該找誰。',
    en: 'Where the unit in charge never acts, or another unit is to be asked, nobody knows whom to turn to.',
  },
  good: [{ text: service('執行一科', '執行一科') }, { text: service('執行一科', '書記官', '服務台') }],
  bad: [
    { text: service('執行一科', '秘書室'), at: '執行一科\n' },
    { text: service('執行一科', '執行一科', '秘書室'), at: '秘書室, 電話' },
  ],
  check(handbook, report, procedures) {
    const units = new Set(
      (known(handbook.office.units) ?? []).flatMap(({ name, short }) =>
        [name, short].filter((each) => each !== undefined),
      ),
    );
    const flows = flowsOf(procedures);
    for (const entry of handbook.services) {
      const own = (known(entry.unit) ?? []).map(roleText);
      if (own.length === 0 || own.some(saysUnconfirmed)) continue;
      const isOwn = (name: string): boolean => own.some((each) => each.includes(name) || name.includes(each));
      const acting = (flows.get(entry)?.nodes ?? []).flatMap(({ actors }) => actors.flatMap(({ unit }) => unit ?? []));
      // Titles may belong to any unit: only where other units act and this one does not, something is wrong.
      if (acting.length > 0 && acting.every((name) => units.has(name) && !isOwn(name)))
        report({
          span: entry.at.unit ?? entry.at.self,
          message: {
            zh: `承辦單位是「${own.join('、')}」，流程裡做事的單位卻只有「${[...new Set(acting)].join('、')}」。`,
            en: `The unit in charge is ${own.join(', ')}, but the units that act in the flow are ${[...new Set(acting)].join(', ')}.`,
          },
          hint: { zh: '改正承辦單位，或步驟的權責。', en: 'Fix the unit, or who does the steps.' },
        });
      const contact = known(entry.contact);
      if (
        contact?.unit &&
        units.has(contact.unit) &&
        !isOwn(contact.unit) &&
        !/服務台|為民服務|收發/.test(contact.unit)
      )
        report({
          span: contact.at.unit ?? contact.at.self,
          message: {
            zh: `承辦單位是「${own.join('、')}」，聯絡卻寫「${contact.unit}」。`,
            en: `The unit in charge is ${own.join(', ')}, but the contact is ${contact.unit}.`,
          },
          hint: {
            zh: '改成同一個單位；另有洽詢窗口的，在說明寫明。',
            en: 'Give the same unit; where another one answers, say so in a note.',
          },
        });
    }
  },
} satisfies Rule;

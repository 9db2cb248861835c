// A telephone number has as many digits as numbers of its area have.

import { isAtHand } from '../../content/schema/model.js';
import { known } from '../../content/schema/schema.js';
import type { Span } from '../../core/source.js';
import { OFFICE, RECORD } from '../example-records.js';
import type { Rule } from '../rule.js';
import { narrow } from '../wording/width.js';

/** A number with its area code, without what is dialled afterwards. */
const NUMBER = /(?<![\d-])\(?(0\d{1,3})\)?[\s-]*(\d[\d\s-]*\d)/g;

/** Digits in all, by how the number begins: the numbering plan of Taiwan. What is not listed is not judged. */
const LENGTHS: readonly (readonly [begins: RegExp, digits: readonly number[]])[] = [
  [/^0[89]0\d/, [10]],
  [/^09/, [10]],
  [/^02/, [10]],
  [/^049/, [10]],
  [/^04/, [9, 10]],
  [/^0(?:82|836|89|37)/, [9]],
  [/^0[35678]/, [9, 10]],
];

export default {
  severity: 'warn',
  strict: 'error',
  why: {
    zh: '少一碼或多一碼的電話打不通，民眾只能再跑一趟。',
    en: 'A number with a digit too few or too many reaches nobody, and people come in vain.',
  },
  good: [
    { text: `${RECORD}聯絡: {電話: (07) 715-2158 轉 123, 代理人: 同股書記官}\n` },
    { file: 'office.yaml', text: `${OFFICE.replace('00-0000-0000', '02-2345-6789、0800-000-123')}傳真: 089-310-113\n` },
  ],
  bad: [
    { text: `${RECORD}聯絡: {電話: 07-123-45, 代理人: 同股書記官}\n`, at: '07-123-45' },
    { file: 'office.yaml', text: `${OFFICE}傳真: 02-2345-67890\n`, at: '02-2345-67890' },
  ],
  check(handbook, report) {
    const { office } = handbook;
    const expect = (written: string | undefined, span: Span): void => {
      // What is dialled behind the number is no part of it.
      const [own = ''] = narrow(written ?? '').split(/轉|分機|#|ext/i);
      for (const [whole, area = '', rest = ''] of own.matchAll(NUMBER)) {
        const digits = `${area}${rest}`.replace(/\D/g, '');
        const [, lengths] = LENGTHS.find(([begins]) => begins.test(digits)) ?? [];
        if (!lengths || lengths.includes(digits.length)) continue;
        const start = span.source.text.indexOf(whole, span.start);
        report({
          span: start !== -1 && start < span.end ? { ...span, start, end: start + whole.length } : span,
          message: {
            zh: `「${whole}」連區域號碼有 ${digits.length} 碼，應為 ${lengths.join(' 或 ')} 碼。`,
            en: `"${whole}" has ${digits.length} digits with its area code; expected ${lengths.join(' or ')}.`,
          },
          hint: {
            zh: '打一次看看，再寫上正確的號碼，例如 07-123-4567。',
            en: 'Call it, then give the right number, such as 07-123-4567.',
          },
        });
      }
    };
    for (const { contact: written } of handbook.services) {
      const contact = known(written);
      if (contact) expect(contact.telephone, contact.at.telephone ?? contact.at.self);
    }
    if (!isAtHand(handbook, office)) return;
    for (const field of ['telephone', 'fax'] as const) expect(office[field], office.at[field] ?? office.at.self);
    for (const { telephone, at } of [
      ...(known(office.units) ?? []),
      ...(known(office.offices) ?? []),
      ...(known(office.sites) ?? []),
    ])
      expect(telephone, at.telephone ?? at.self);
  },
} satisfies Rule;

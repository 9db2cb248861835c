// Channels and applicants that documents, fees and limits name are those that the service declares.

import { known } from '../../content/schema/schema.js';
import { saysUnconfirmed } from '../../content/schema/tree.js';
import { nearest } from '../../core/nearest.js';
import type { Say, Span } from '../../core/source.js';
import { record } from '../example-records.js';
import type { Rule } from '../rule.js';

const service = (channel: string): string =>
  `${record({ 規費: `{明細: [{項目: 影印, 金額: 2 元, 單位: 每頁, 管道: ${channel}}], 來源: "https://example.org/fees"}` })}申請方式: [臨櫃, 網路]\n申請人: [義務人, 利害關係人]\n`;
const CHANNEL = { zh: '申請方式', en: 'channel' };
const APPLICANT = { zh: '申請人', en: 'applicant' };
type Named = { readonly name: string; readonly of: Say; readonly span: Span };
type At = { readonly self: Span; readonly [field: string]: Span };

export default {
  severity: 'warn',
  strict: 'error',
  why: {
    zh: '規費、證件、時限裡寫的申請方式或申請人，申請方式與申請人欄裡沒有：多半是寫成別的字（網絡、網路），民眾對不起來。',
    en: 'A channel or applicant that a fee, document or limit names and the service does not declare is mostly another spelling, and nobody can match the two.',
  },
  good: [{ text: service('網路') }, { text: `${service('臨櫃').replace('申請方式: [臨櫃, 網路]\n', '')}` }],
  bad: [
    { text: service('網絡'), at: '網絡' },
    { text: service('臨櫃').replace('應備證件: 無', '應備證件: [{名稱: 申請書, 適用申請人: 拍定人}]'), at: '拍定人' },
  ],
  check(handbook, report) {
    for (const service of handbook.services)
      for (const entry of [service, ...(known(service.variants) ?? [])]) {
        const channels = (known(entry.channels) ?? []).flatMap(({ name }) => name ?? []);
        const applicants = (known(entry.applicant) ?? []).flatMap(({ who }) => who ?? []);
        for (const { name, of, span } of namedIn(entry)) {
          const declared = of === CHANNEL ? channels : applicants;
          if (declared.length === 0 || saysUnconfirmed(name) || declared.some((each) => saysUnconfirmed(each)))
            continue;
          if (declared.some((each) => each.includes(name) || name.includes(each) || /任何人|民眾|不限/.test(each)))
            continue;
          const near = nearest(name, declared);
          report({
            span,
            message: {
              zh: `${of.zh}裡沒有「${name}」，有的是「${declared.join('、')}」。`,
              en: `"${name}" is no ${of.en} of this service; they are ${declared.join(', ')}.`,
            },
            hint: near
              ? { zh: `是不是要寫「${near}」？`, en: `Did you mean "${near}"?` }
              : { zh: `改成其中一個，或加到${of.zh}。`, en: `Use one of them, or add it.` },
          });
        }
      }
  },
} satisfies Rule;

/** Every channel and applicant that a service names beside its own lists. */
function namedIn({
  documents,
  fee: written,
  deadline,
}:
  | Parameters<NonNullable<Rule['check']>>[0]['services'][number]
  | Omit<Parameters<NonNullable<Rule['check']>>[0]['services'][number], 'id' | 'name' | 'source'>): Named[] {
  const found: Named[] = [];
  const add = (names: string | readonly string[] | undefined, of: Say, at: At, field: string): void => {
    for (const name of typeof names === 'string' ? [names] : (names ?? [])) {
      const span = at[field] ?? at.self;
      const start = span.source.text.indexOf(name, span.start);
      found.push({
        name,
        of,
        span: start !== -1 && start < span.end ? { ...span, start, end: start + name.length } : span,
      });
    }
  };
  for (const { channel, applicants, at } of known(known(documents)?.items) ?? []) {
    add(known(channel), CHANNEL, at, 'channel');
    add(known(applicants), APPLICANT, at, 'applicants');
  }
  const fee = known(written);
  for (const { channel, at } of [
    ...(known(fee?.lines) ?? []),
    ...(known(fee?.surcharges) ?? []),
    ...(known(fee?.discounts) ?? []),
    ...(known(fee?.exemptions) ?? []),
    ...(known(fee?.payment) ?? []),
  ])
    add(known(channel), CHANNEL, at, 'channel');
  for (const { channel, at } of known(known(deadline)?.byChannel) ?? []) add(channel, CHANNEL, at, 'channel');
  return found;
}

// A service must declare its fee; silence is not a declaration.

import { charges } from '../../content/fee.js';
import { isUnconfirmed, known } from '../../content/schema/schema.js';
import { RECORD, record } from '../example-records.js';
import type { Rule } from '../rule.js';
import { reportUndeclared } from '../undeclared.js';

export default {
  severity: 'error',
  why: {
    zh: '民眾洽公前必須知道要繳多少費用。本分署為民服務注意事項貳、二規定應明確規定並明顯標示。',
    en: 'A citizen must know what it costs before coming; the branch’s own rules (貳、二) demand that it is stated and shown.',
  },
  good: [{ text: RECORD }],
  bad: [
    { text: record({ 規費: undefined }), at: '名稱: 檔案應用' },
    { text: record({ 規費: '' }), at: '規費' },
    {
      text: record({ 規費: '{明細: [{項目: 影印, 金額: 5 元, 迄日: 100年12月31日}], 說明: 舊價}' }),
      at: '[{項目',
    },
    { text: record({ 規費: '{免費: 是, 明細: [{項目: 影印, 金額: 5 元}]}' }), at: '{免費' },
  ],
  check({ services, book }, report) {
    for (const service of services)
      for (const { fee, at } of [service, ...(known(service.variants) ?? [])])
        if (!isUnconfirmed(fee) && fee?.free === true && (known(fee.lines) ?? []).some(charges))
          report({
            span: at.fee ?? at.self,
            message: {
              zh: `「${service.name}」的規費既寫免費，又寫了要收的金額，兩者只能有一個。`,
              en: `The fee of "${service.name}" is both free of charge and an amount; it can be one of them.`,
            },
            hint: {
              zh: '要收費就刪去「免費」；有些情形才免費的，寫在「減免」。',
              en: 'Delete 免費 where something is charged; where it is free for some, write 減免 (exemptions).',
            },
          });
    for (const service of services)
      for (const { fee } of [service, ...(known(service.variants) ?? [])]) {
        const { lines, at } = known(fee) ?? {};
        if (!lines || isUnconfirmed(lines) || lines.length > 0 || !at?.lines) continue;
        report({
          span: at.lines,
          message: {
            zh: `「${service.name}」的各項收費，在編印日期（${known(book.date) ?? ''}）都不適用。`,
            en: `No charge of "${service.name}" is in force on the date of the edition (${known(book.date) ?? ''}).`,
          },
          hint: {
            zh: '改正「生效日」「迄日」，或寫上現在的收費，例如「- {項目: 影印, 金額: 5 元, 生效日: 115年1月1日}」。',
            en: 'Correct 生效日 and 迄日, or give the charge of today: - {項目: 影印, 金額: 5 元, 生效日: 115年1月1日}.',
          },
        });
      }
    reportUndeclared(
      services,
      'fee',
      ({ free, lines }) =>
        free === true ||
        isUnconfirmed(free) ||
        isUnconfirmed(lines) ||
        lines?.length === 0 ||
        (lines ?? []).some(
          ({ amount, rate, tiers, formula, unread }) =>
            amount !== undefined ||
            rate !== undefined ||
            tiers !== undefined ||
            formula !== undefined ||
            unread.length > 0,
        ),
      {
        name: { zh: '規費', en: 'fee' },
        hint: {
          zh: '不收費時寫「規費: 免費」；還不知道時寫「規費: 待確認」。',
          en: 'Write 免費 when nothing is charged, 待確認 when it is not known yet.',
        },
      },
      report,
    );
  },
} satisfies Rule;

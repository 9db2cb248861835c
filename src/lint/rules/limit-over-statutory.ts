// The office may promise to be faster than the law, never slower.

import { compareDurations } from '../../content/duration.js';
import type { Duration } from '../../content/schema/procedure.js';
import { known } from '../../content/schema/schema.js';
import type { Span } from '../../core/source.js';
import { record } from '../example-records.js';
import type { Rule } from '../rule.js';

const RECORD = record({ 辦理時限: undefined });

export default {
  severity: 'error',
  why: {
    zh: '本機關的時限可以比法定期限短，不能比它長。',
    en: 'The office’s own limit may be shorter than the statutory one, never longer.',
  },
  good: [
    { text: `${RECORD}辦理時限: {期限: 15 日, 法定: {期限: 30 日, 依據: [檔案法第19條]}}\n` },
    { text: `${RECORD}辦理時限: {期限: 5 工作日, 法定: {期限: 6 日, 依據: [檔案法第19條]}}\n` },
    {
      text: `${RECORD}辦理時限: {期限: 40 日, 起算: 補正之次日, 法定: {期限: 30 日, 起算: 收件之次日, 依據: [檔案法第19條]}}\n`,
    },
  ],
  bad: [
    { text: `${RECORD}辦理時限: {期限: 40 日, 法定: {期限: 30 日, 依據: [檔案法第19條]}}\n`, at: '40 日' },
    {
      text: `${RECORD}辦理時限:\n  期限: 20 日\n  依管道:\n    - {管道: 郵寄, 期限: 2 個月}\n  法定: {期限: 30 日, 依據: [檔案法第19條]}\n`,
      at: '2 個月',
    },
  ],
  check(handbook, report) {
    for (const service of handbook.services)
      for (const { deadline: written } of [service, ...(known(service.variants) ?? [])]) {
        const deadline = known(written);
        const statutory = known(deadline?.statutory);
        const most = known(statutory?.limit);
        if (!deadline || !most) continue;
        // Limits that are counted from different days cannot be compared.
        if (deadline.from !== undefined && statutory?.from !== undefined && deadline.from !== statutory.from) continue;
        const expect = (own: Duration | undefined, span: Span): void => {
          if (own && compareDurations(own, most) === 1)
            report({
              span,
              message: {
                zh: `期限「${own.printed}」比法定期限「${most.printed}」長，不能超過法定期限。`,
                en: `The limit ${own.printed} is longer than the statutory ${most.printed}; it may not exceed it.`,
              },
              hint: { zh: '縮短期限，或查對法定期限與依據。', en: 'Shorten it, or verify the statutory limit.' },
            });
        };
        expect(known(deadline.limit), deadline.at.limit ?? deadline.at.self);
        for (const { limit, at } of known(deadline.byChannel) ?? []) expect(known(limit), at.limit ?? at.self);
      }
  },
} satisfies Rule;

// Nobody pays without a law: a charge names its legal basis or its source.

import { charges } from '../../content/fee.js';
import type { Fee, FeeLine } from '../../content/schema/fee.js';
import { isUnconfirmed, known } from '../../content/schema/schema.js';
import { HANDBOOK, record } from '../example-records.js';
import type { Rule } from '../rule.js';

const RECORD = record({ 規費: undefined });
const BOOK = `${HANDBOOK}法規清單: [規費法, 檔案法]\n`;
const also = { 'handbook.yaml': BOOK };

const hasSource = ({ basis, cited }: Pick<FeeLine, 'basis' | 'cited'>): boolean =>
  (basis ?? []).length > 0 || Object.values(cited).some((list) => list.length > 0);

/** Lines that take money and say nowhere on what ground. */
const groundless = (fee: Fee): boolean =>
  !hasSource(fee) && (known(fee.lines) ?? []).some((line) => charges(line) && !hasSource(line));

export default {
  severity: 'warn',
  strict: 'error',
  why: {
    zh: '規費應有法規依據（規費法第10條）；沒有寫依據，民眾無從查對，同仁也無從說明。',
    en: 'A fee rests on a law (Charges and Fees Act, art. 10); without its basis nobody can verify or explain it.',
  },
  good: [
    { text: `${RECORD}規費: {明細: [{項目: 閱覽, 金額: 20 元}], 依據: [檔案法第19條]}\n`, also },
    { text: `${RECORD}規費: 免費\n`, also },
    { text: `${RECORD}規費: {值: 每份 100 元, 來源: "https://example.org/fees"}\n`, also },
    { text: `${RECORD}規費: 每份 100 元\n法令依據: [檔案閱覽抄錄複製收費標準第3條, 檔案法第19條]\n` },
    { text: `${RECORD}規費: 每份 100 元\n` },
  ],
  bad: [
    { text: `${RECORD}規費: 每份 100 元\n`, also, at: '每份' },
    { text: `${RECORD}規費:\n  明細:\n    - {項目: 閱覽, 金額: 20 元}\n`, also, at: '明細' },
  ],
  check(handbook, report) {
    // An office that lists no laws (an example, an association) does not claim to rest on any.
    if ((known(handbook.book.laws) ?? []).length === 0) return;
    for (const service of handbook.services)
      for (const entry of [service, ...(known(service.variants) ?? [])]) {
        const fee = entry.fee;
        if (fee === undefined || isUnconfirmed(fee) || !groundless(fee)) continue;
        if ((entry.cited.fee ?? service.cited.fee ?? []).length > 0) continue;
        if ((entry.basis ?? service.basis ?? []).some(({ law, title }) => (law ?? title ?? '').includes('費')))
          continue;
        report({
          span: entry.at.fee ?? fee.at.self,
          message: {
            zh: `「${service.name}」要收費，但沒有寫收費依據，應寫法規條次或來源。`,
            en: `"${service.name}" takes a fee without saying on what ground; expected a provision or a source.`,
          },
          hint: {
            zh: '在規費裡加上「依據: [收費標準第3條]」；還在查的寫「依據: 待確認」。',
            en: 'Add 依據 with the provision; write 待確認 while it is being looked up.',
          },
        });
      }
  },
} satisfies Rule;

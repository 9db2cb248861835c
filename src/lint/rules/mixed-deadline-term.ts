// One book, one name for the time in which a case is handled.
import { RECORD } from '../example-records.js';
import type { Rule } from '../rule.js';
import { wordingsOf } from '../wording/scan.js';
import { DEADLINE_TERMS } from '../wording/usage.js';

export default {
  severity: 'warn',
  why: {
    zh: '「辦理時限」「處理期限」「作業期限」混用，民眾會以為是不同的期間。公文用語應前後一貫。',
    en: 'Mixed names for one limit read like different limits; official wording stays the same throughout.',
  },
  good: [
    { text: `${RECORD}摘要: 辦理時限自收件之次日起算，補正期限另計。\n注意事項: 辦理時限得延長一次。\n` },
    { text: `${RECORD}摘要: 處理期限自收件之次日起算。\n` },
  ],
  bad: [
    { text: `${RECORD}摘要: 辦理時限自收件之次日起算。\n注意事項: 處理期限得延長一次。\n`, at: '處理期限' },
    {
      text: `${RECORD}摘要: 處理期限自收件之次日起算，處理期限得延長一次。\n`,
      also: { 'chapters/a.md': '---\n標題: 服務台\n---\n\n各項作業期限見一覽表。\n' },
      at: '作業期限',
    },
  ],
  mentions: (handbook) => wordingsOf(handbook)['deadline-term'].map(({ span, written }) => ({ word: written, span })),
  // The name used most stays; the others are findings.
  whole({ mentions }, report) {
    const counts = new Map<string, number>();
    for (const { word } of mentions) counts.set(word, (counts.get(word) ?? 0) + 1);
    const [[right] = ['']] = [...counts].sort(
      ([a, m], [b, n]) => n - m || DEADLINE_TERMS.indexOf(a) - DEADLINE_TERMS.indexOf(b),
    );
    for (const { span, word } of mentions)
      if (word !== right)
        report({
          span,
          message: {
            zh: `這裡寫「${word}」，本書其他地方多寫「${right}」，應用同一名稱。`,
            en: `This says "${word}"; most of the book says "${right}". Use one name.`,
          },
          hint: {
            zh: `改成「${right}」；引述法規用語請加引號「」。`,
            en: `Write "${right}"; put words of a law in 「」.`,
          },
        });
  },
} satisfies Rule;

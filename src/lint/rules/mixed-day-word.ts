// One book, one word for a day.
import { RECORD } from '../example-records.js';
import type { Rule } from '../rule.js';
import { dayWordsIn, wordingsOf } from '../wording/scan.js';
import { isMarkdown } from '../wording/zones.js';

export default {
  severity: 'warn',
  mends: true,
  why: {
    zh: '同一本書有的寫「天」、有的寫「日」，民眾會以為算法不同。法規用「日」。',
    en: 'A book that says now 天, now 日 seems to count in two ways; laws say 日.',
  },
  good: [
    { text: `${RECORD}摘要: 於 3 日內補正，每天上午受理。\n` },
    { text: `${RECORD}摘要: 於 3 天內補正，5 天內辦畢。\n` },
    { text: `${RECORD}摘要: 115年11月23日起，於 3 天內補正。\n` },
  ],
  bad: [
    { text: `${RECORD}摘要: 於 3 日內補正。\n注意事項: 得延長 5 天。\n`, at: '天' },
    { text: `${RECORD}摘要: 得延長 5 工作天。\n`, at: '工作天' },
  ],
  // What Markdown says is noted while its parser is at hand; YAML is looked at only where somebody writes 天.
  mentions: (handbook) => [
    ...wordingsOf(handbook)['day-word'].map(({ span, written, right = '' }) => ({
      word: written,
      span,
      also: [right],
    })),
    ...handbook.sources.filter(isMarkdown).flatMap((source) => dayWordsIn(source, handbook)),
  ],
  whole({ handbook, mentions, sources }, report) {
    if (!mentions.some(({ also }) => also)) return;
    const says = new Set(mentions.filter(({ also }) => !also).map(({ word }) => word));
    for (const source of sources)
      if (!isMarkdown(source)) for (const { word } of dayWordsIn(source, handbook)) says.add(word);
    for (const { span, word, also: [right = ''] = [] } of mentions)
      if (says.has(right))
        report({
          span,
          message: {
            zh: `這裡寫「${word}」，本書其他地方寫「${right}」，應用同一個字。`,
            en: `This says "${word}"; elsewhere the book says "${right}". Use one word.`,
          },
          hint: { zh: `改成「${right}」。`, en: `Write "${right}".` },
          fix: { span, text: right },
        });
  },
} satisfies Rule;

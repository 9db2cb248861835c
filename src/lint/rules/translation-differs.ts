// A translation says the numbers, days, articles and links of its Chinese.
import { HANDBOOK, record } from '../example-records.js';
import type { Rule } from '../rule.js';
import { differenceOf, placeOfTranslation } from '../translations.js';

const RECORD = record({ 名稱: undefined });
const service = (zh: string, en: string): string => `名稱: 卷宗閱覽\n${RECORD}摘要: {中文: ${zh}, 英文: ${en}}\n`;

export default {
  severity: 'warn',
  strict: 'error',
  why: {
    zh: '譯文的數字、日期、條次或連結與中文不同，看譯文的人就會遲到、少帶、走錯。',
    en: 'A translation with other numbers, dates, articles or links sends its readers late, short of a paper, or astray.',
  },
  good: [
    { text: service('20日內補正，一式二份', '"Correct within 20 days, in two copies"') },
    { text: service('不得少於14日；不收費', 'At least 14 days; free of charge') },
    { text: service('自115年1月1日起', '"From 1 January 2026"') },
  ],
  bad: [
    { text: service('20日內補正', 'Correct within 12 days'), at: 'Correct within 12' },
    { text: service('依行政執行法第8條', '"Under Article 18, Administrative Execution Act"'), at: 'Under Article 18' },
    { text: service('3 工作日內答復', 'Answered within 3 days'), at: 'Answered' },
    { text: service('不徵收執行費', 'A fee is charged for enforcement'), at: 'A fee' },
    {
      text: service('15日內核復，較法定30日為短', '"Answered within 30 days, shorter than the 15 days of the law"'),
      at: 'Answered',
    },
    { text: service('5分鐘內引導。30分鐘內辦畢。', 'Guided within 30 minutes. Done within 5 minutes.'), at: 'Guided' },
    {
      file: 'translations/en.yaml',
      text: '見[表單](https://example.org/a): "See the [form](https://example.org/b)"\n',
      also: { 'handbook.yaml': `${HANDBOOK}副標題: "見[表單](https://example.org/a)"\n` },
      at: 'See the',
    },
  ],
  check(handbook, report) {
    for (const translation of handbook.translations) {
      const difference = differenceOf(translation);
      if (!difference) continue;
      const { what, zh, there } = difference;
      report({
        span: placeOfTranslation(translation),
        message: difference.message ?? {
          zh: `譯文的${what.zh}是「${there}」，中文「${shortened(translation.zh)}」裡是「${zh}」。`,
          en: `The ${what.en} of this translation is "${there}"; the Chinese "${shortened(translation.zh)}" has "${zh}".`,
        },
        hint: { zh: '照中文改正譯文；中文改了，譯文也要改。', en: 'Make the translation say what the Chinese says.' },
      });
    }
  },
} satisfies Rule;

/** A long text by its beginning, without the addresses of its links. */
function shortened(text: string): string {
  const plain = text.replace(/\[([^\]\n]*)\]\([^)\n]*\)/g, '$1');
  return plain.length > 40 ? `${plain.slice(0, 40)}…` : plain;
}

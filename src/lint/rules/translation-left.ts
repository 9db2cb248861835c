// A translation is in its language: no Chinese is left in it.
import { record } from '../example-records.js';
import type { Rule } from '../rule.js';
import { placeOfTranslation } from '../translations.js';

const RECORD = record({ 名稱: undefined });
const service = (en: string): string => `名稱: 卷宗閱覽\n${RECORD}摘要: {中文: 閱覽卷宗, 英文: ${en}}\n`;

/** Chinese that stands in a bracket beside its translation explains it. */
const BESIDE = /[（(][^（()）]*[\u4e00-\u9fff][^（()）]*[）)]|「[^」]*」|“[^”]*”|"[^"]*"/g;

export default {
  severity: 'warn',
  strict: 'error',
  why: {
    zh: '譯文裡還是中文，看不懂中文的人就看不到這一句。',
    en: 'Chinese in a translation leaves its readers without that sentence.',
  },
  good: [{ text: service('Inspection of files 「卷宗」') }],
  bad: [
    { text: service('閱覽卷宗'), at: '閱覽卷宗}' },
    { text: service('Inspection of 卷宗'), at: 'Inspection' },
  ],
  check(handbook, report) {
    for (const translation of handbook.translations) {
      const left = /[\u4e00-\u9fff]+/.exec(translation.text.replace(BESIDE, ''))?.[0];
      if (left === undefined) continue;
      report({
        span: placeOfTranslation(translation),
        message: {
          zh: `譯文裡還有中文「${left.slice(0, 20)}」。`,
          en: `Chinese is left in this translation: "${left.slice(0, 20)}".`,
        },
        hint: {
          zh: '譯成那種語言；要並列中文的，放在括號裡。',
          en: 'Translate it; Chinese beside a translation stands in brackets.',
        },
      });
    }
  },
} satisfies Rule;

// An office's own words: which to use and which not, as handbook.yaml says.
import { isAtHand } from '../../content/schema/model.js';
import { HANDBOOK, RECORD } from '../example-records.js';
import { avoidedIn, termsOf } from '../house.js';
import type { Rule } from '../rule.js';
import { readingOf } from '../wording/zones.js';

const book = (bad: string): string =>
  `${HANDBOOK}用詞:\n  - 要用: 申請人\n    不用: [申請者, 客戶]\n    理由: 與法規一致\n    正例: 申請人到場辦理\n    反例: ${bad}\n`;
const also = { 'handbook.yaml': book('申請者到場辦理') };

export default {
  severity: 'warn',
  strict: 'error',
  why: {
    zh: '本機關在 handbook.yaml 的「用詞」說好的詞，全書一致，民眾才不會以為是兩種人、兩件事。',
    en: 'The words that an office agreed on under 用詞 (terms) in handbook.yaml are used throughout.',
  },
  good: [{ text: `${RECORD}摘要: 申請人到場辦理，「申請者」為舊稱。\n`, also }],
  bad: [
    { text: `${RECORD}摘要: 申請者到場辦理。\n`, also, at: '申請者' },
    { file: 'handbook.yaml', text: book('申請人到場辦理'), at: '申請人到場辦理\n' },
  ],
  check(handbook, report) {
    const terms = termsOf(handbook.book);
    if (terms.length === 0) return;
    if (isAtHand(handbook, handbook.book))
      for (const term of terms) {
        const { good = '', bad = '', at } = term;
        if (bad !== '' && avoidedIn(bad, term).length === 0)
          report({
            span: at.bad ?? at.self,
            message: {
              zh: `反例「${bad}」裡沒有不用的詞。`,
              en: `The wrong example "${bad}" has none of the words that are not to be used.`,
            },
            hint: { zh: '反例要寫出不用的詞。', en: 'Write a sentence with such a word.' },
          });
        if (avoidedIn(good, term).length > 0)
          report({
            span: at.good ?? at.self,
            message: {
              zh: `正例「${good}」裡還有不用的詞。`,
              en: `The right example "${good}" has a word that is not to be used.`,
            },
            hint: { zh: '改正例句，或「不用」的詞。', en: 'Fix the sentence, or the words.' },
          });
      }
    for (const source of handbook.sources) {
      if (source === handbook.book.at.self.source || /(^|\/)translations\//.test(source.path)) continue;
      for (const term of terms)
        for (const { word, index } of avoidedIn(source.text, term)) {
          const reading = readingOf(source, handbook);
          if (!reading.isText(index) || isQuoted(source.text, index)) continue;
          const span = { source, start: index, end: index + word.length };
          report({
            span,
            message: {
              zh: `本機關不用「${word}」，要用「${term.use}」：${term.reason ?? ''}`,
              en: `This office says "${term.use}", not "${word}": ${term.reason ?? ''}`,
            },
            hint: { zh: '引述原文請加引號「」。', en: 'Put quoted words in 「」.' },
            fix: { span, text: term.use ?? word },
          });
        }
    }
  },
} satisfies Rule;

/** Whether a place stands in 「」 on its line. */
function isQuoted(text: string, place: number): boolean {
  const line = text.slice(text.lastIndexOf('\n', place) + 1, place);
  return line.lastIndexOf('「') > line.lastIndexOf('」');
}

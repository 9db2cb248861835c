// A sentence that a citizen reads aloud must end before the breath does.
import { RECORD } from '../example-records.js';
import type { Rule } from '../rule.js';
import { LONG_SENTENCE, lengthOf, wordingsOf } from '../wording/scan.js';

const CLAUSE = '申請人應向櫃台取號並說明辦理事項，向本分署服務台提出，';

export default {
  severity: 'warn',
  why: {
    zh: `一句超過 ${LONG_SENTENCE} 字，民眾要讀兩遍。寫給民眾看的文字應簡淺明確。`,
    en: `A sentence of more than ${LONG_SENTENCE} characters has to be read twice; what citizens read should be short and plain.`,
  },
  good: [
    { text: `${RECORD}摘要: ${CLAUSE}由承辦股審查。${CLAUSE}逾期不受理；${CLAUSE}遺失者補發。\n` },
    { text: `${RECORD}查證說明: ${CLAUSE.repeat(4)}各來源不同。\n` },
    {
      text: `${RECORD}辦理結果: {名稱: ${CLAUSE}准許, 效期: ${CLAUSE}三個月, 交付方式: ${CLAUSE}當場領取, 說明: ${CLAUSE}通知}\n`,
    },
  ],
  bad: [
    { text: `${RECORD}摘要: ${CLAUSE.repeat(3)}由承辦股審查。\n`, at: '申請人應' },
    { text: `${RECORD}注意事項: |\n  先取號。\n  ${CLAUSE.repeat(2)}\n  ${CLAUSE}由承辦股審查。\n`, at: '申請人應' },
  ],
  check(handbook, report) {
    for (const { span, written } of wordingsOf(handbook).sentence) {
      const length = lengthOf(written);
      report({
        span,
        message: {
          zh: `這一句有 ${length} 字，應在 ${LONG_SENTENCE} 字以內。`,
          en: `This sentence has ${length} characters; expected ${LONG_SENTENCE} at most.`,
        },
        hint: {
          zh: '分成兩三句，或改成條列；一句只說一件事。',
          en: 'Make two or three sentences of it, or a list; one thing to a sentence.',
        },
      });
    }
  },
} satisfies Rule;

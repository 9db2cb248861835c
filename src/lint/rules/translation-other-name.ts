// A translation names the unit, the person or the law that its Chinese names.

import { isAtHand } from '../../content/schema/model.js';
import { known } from '../../content/schema/schema.js';
import { OFFICE } from '../example-records.js';
import type { Rule } from '../rule.js';
import { placeOfTranslation } from '../translations.js';

const NAMES = '秘書室: Secretariat\n會計室: Accounting Office\n義務人: Obligor\n債權人: Creditor\n';
const also = {
  'office.yaml': `${OFFICE.replace('[義務人, 申請人]', '[義務人, 債權人, 申請人]')}單位: [秘書室, {名稱: 會計室, 職掌: 收受款項（屬秘書室）}, {名稱: 服務台, 職掌: 引導義務人}]\n`,
};

export default {
  severity: 'warn',
  strict: 'error',
  why: {
    zh: '中文寫秘書室，譯文寫成會計室；中文寫義務人，譯文寫成債權人：看譯文的人會找錯單位、弄錯該由誰做。',
    en: 'Secretariat in Chinese and Accounting Office in the translation, obligor and creditor: its readers ask the wrong unit, or take what others must do for theirs.',
  },
  good: [
    {
      file: 'translations/en.yaml',
      text: `${NAMES}收受款項（屬秘書室）: Receives payments (part of the Secretariat)\n引導義務人: Guides obligors\n`,
      also,
    },
  ],
  bad: [
    {
      file: 'translations/en.yaml',
      text: `${NAMES}收受款項（屬秘書室）: Receives payments (part of the Accounting Office)\n`,
      also,
      at: 'Receives',
    },
    { file: 'translations/en.yaml', text: `${NAMES}引導義務人: Guides creditors\n`, also, at: 'Guides' },
  ],
  check(handbook, report) {
    const { office, book } = handbook;
    if (!isAtHand(handbook, office)) return;
    const offices = known(office.offices) ?? [];
    const acting = [
      ...(known(office.units) ?? []).flatMap(({ name }) => name ?? []),
      ...(known(office.titles) ?? []),
      ...(known(office.parties) ?? []),
      ...offices.flatMap(({ name, short }) => [name, short].filter((each) => each !== undefined)),
    ];
    const laws = (known(book.laws) ?? []).flatMap(({ name }) => name ?? []);
    for (const language of new Set(handbook.translations.map((each) => each.language))) {
      const all = handbook.translations.filter((each) => each.language === language);
      const given = new Map(all.map(({ zh, text }) => [zh, text]));
      for (const names of [acting, laws]) {
        const pairs = names.flatMap((zh) => {
          const text = given.get(zh);
          return text === undefined || text.length < 4 ? [] : [{ zh, text: text.toLowerCase() }];
        });
        const ofText = [...pairs].sort((a, b) => b.text.length - a.text.length);
        const ofChinese = [...pairs].sort((a, b) => b.zh.length - a.zh.length);
        for (const translation of all) {
          const ours = namesIn(translation.zh, ofChinese, ({ zh }) => zh, '');
          const theirs = namesIn(translation.text.toLowerCase(), ofText, ({ text }) => text, '(?<![a-z])');
          const lost = ours.find(({ text }) => !theirs.some((each) => each.text === text));
          const strange = theirs.find(({ text }) => !ours.some((each) => each.text === text));
          if (!lost || !strange) continue;
          report({
            span: placeOfTranslation(translation),
            message: {
              zh: `中文寫「${lost.zh}」，譯文寫的卻是「${strange.zh}」（${given.get(strange.zh)}）。`,
              en: `The Chinese names ${lost.zh} (${given.get(lost.zh)}), but this translation names ${given.get(strange.zh)} (${strange.zh}).`,
            },
            hint: {
              zh: '照中文改正譯文；譯名要前後一致。',
              en: 'Make the translation name the same, by the same name.',
            },
          });
        }
      }
    }
  },
} satisfies Rule;

type Name = { readonly zh: string; readonly text: string };
/** The names that stand in a text; within a longer one, a shorter one does not. */
function namesIn(text: string, longestFirst: readonly Name[], of: (name: Name) => string, before: string): Name[] {
  let left = text;
  return longestFirst.filter((name) => {
    const pattern = new RegExp(`${before}${of(name).replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}`, 'g');
    if (!pattern.test(left)) return false;
    left = left.replace(pattern, '\u0001');
    return true;
  });
}

// Two things have two names in every language: two services called alike in English cannot be told apart.

import { isAtHand } from '../../content/schema/model.js';
import { known } from '../../content/schema/schema.js';
import type { Say } from '../../core/source.js';
import { record } from '../example-records.js';
import type { Mention, Rule } from '../rule.js';
import { placeOfTranslation } from '../translations.js';

const service = (name: string): string => record({ 名稱: name });
const glossary = (second: string): string => `卷宗閱覽: Inspection of files\n檔案應用: ${second}\n`;
const also = { 'services/b.yaml': service('卷宗閱覽') };
const OF: Readonly<Record<string, Say>> = {
  service: { zh: '服務', en: 'services' },
  unit: { zh: '單位', en: 'units' },
  title: { zh: '職稱', en: 'titles' },
  category: { zh: '類別', en: 'categories' },
  form: { zh: '書表', en: 'forms' },
};

export default {
  severity: 'warn',
  strict: 'error',
  why: {
    zh: '兩項服務、兩個單位的譯名相同，看譯文的人分不出是哪一個。',
    en: 'Two services or units with one name in a language: its readers cannot tell them apart.',
  },
  good: [{ file: 'translations/en.yaml', text: glossary('Use of archives'), also }],
  bad: [{ file: 'translations/en.yaml', text: glossary('inspection of Files'), also, at: 'inspection of Files' }],
  mentions(handbook) {
    const { office, book } = handbook;
    const at = office.at.self;
    const note = (of: string, names: readonly (string | undefined)[]): Mention[] =>
      names.flatMap((name) => (name === undefined ? [] : [{ word: name, span: at, also: [of] }]));
    const given = (names: Mention[]): Mention[] =>
      handbook.translations
        .filter(({ zh }) => names.some(({ word }) => word === zh))
        .map(
          (each): Mention => ({
            word: each.zh,
            span: placeOfTranslation(each),
            also: ['given', each.language, each.text],
          }),
        );
    const services = handbook.services.map(
      ({ name, at: own }): Mention => ({ word: name, span: own.self, also: ['service'] }),
    );
    const frame = [
      ...(isAtHand(handbook, office)
        ? [
            ...note(
              'unit',
              (known(office.units) ?? []).map(({ name }) => name),
            ),
            ...note('title', known(office.titles) ?? []),
          ]
        : []),
      ...(isAtHand(handbook, book)
        ? [
            ...note(
              'category',
              (known(book.categories) ?? []).map(({ name }) => name),
            ),
            ...note(
              'form',
              (known(book.forms) ?? []).map(({ name }) => name),
            ),
          ].map((each) => ({ ...each, span: book.at.self }))
        : []),
    ];
    return [...services, ...frame, ...(services.length > 0 ? given(services) : [])];
  },
  whole({ handbook, mentions }, report) {
    const given = [
      ...handbook.translations.map((each) => ({
        zh: each.zh,
        language: each.language as string,
        text: each.text,
        span: placeOfTranslation(each),
      })),
      ...mentions.flatMap(({ word, span, also: [of, language = '', text = ''] = [] }) =>
        of === 'given' ? [{ zh: word, language, text, span }] : [],
      ),
    ];
    const kinds = new Map<string, Set<string>>();
    for (const { word, also: [of = ''] = [] } of mentions)
      if (of !== 'given') kinds.set(word, (kinds.get(word) ?? new Set()).add(of));
    const first = new Map<string, string>();
    for (const { zh, language, text, span } of given)
      for (const of of kinds.get(zh) ?? []) {
        const key = `${of} ${language} ${text.trim().toLowerCase()}`;
        const before = first.get(key);
        if (before === undefined) first.set(key, zh);
        else if (before !== zh) {
          const kind = OF[of] ?? { zh: '', en: '' };
          report({
            span,
            message: {
              zh: `${kind.zh}「${before}」與「${zh}」的譯名都是「${text}」。`,
              en: `The ${kind.en} "${before}" and "${zh}" are both called "${text}".`,
            },
            hint: { zh: '譯名也要看得出差別。', en: 'Let the translations tell them apart.' },
          });
        }
      }
  },
} satisfies Rule;

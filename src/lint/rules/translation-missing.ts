// In the languages the book says it has, every text has a translation.

import { known } from '../../content/schema/schema.js';
import { quote } from '../../content/schema/tree.js';
import { textsIn } from '../../content/translatable.js';
import { type Language, languageName } from '../../core/language.js';
import { HANDBOOK, record } from '../example-records.js';
import type { Mention, Rule } from '../rule.js';

const RECORD = record({ 名稱: undefined });
const ALSO = {
  'handbook.yaml': `${HANDBOOK}語言: [中文, 英文]\n`,
  'translations/en.yaml': `手冊: Handbook
初版: First edition
檔案應用: Use of archives
範例分署: Example Branch
範例市範例路1號: "1 Example Road, Example City"
執行一科: Enforcement Section 1
秘書室: Secretariat
服務台: Service desk
書記官: Clerk
同股書記官: Clerk of the same unit
分署長: Director
義務人: Obligor
申請人: Applicant
法務部行政執行署: Administrative Enforcement Agency
執行署: Agency
`,
};

/** The languages of the book beside Chinese. */
const otherLanguages = (languages: readonly Language[] | undefined): Language[] =>
  (languages ?? []).filter((language) => language !== 'zh');

export default {
  severity: 'warn',
  why: {
    zh: '書裡寫明有某種語言（`語言: [中文, 英文]`），就應該每段文字都有譯文；沒有譯文的，編印時印中文並加上「※」。',
    en: 'A book that says it has a language (`語言: [中文, 英文]`) has a translation for every text; what has none is printed in Chinese with the mark ※.',
  },
  good: [
    { text: `名稱: {中文: 變更地址, 英文: Change of address}\n${RECORD}`, also: ALSO },
    {
      text: `名稱: 變更地址\n${RECORD}`,
      also: { ...ALSO, 'translations/en.yaml': `${ALSO['translations/en.yaml']}變更地址: Change of address\n` },
    },
  ],
  bad: [{ text: `名稱: 變更地址\n${RECORD}`, also: ALSO, at: '變更地址' }],
  mentions(handbook) {
    if (otherLanguages(known(handbook.book.languages)).length === 0) return [];
    const given = new Map<string, Language[]>();
    for (const { zh, language } of handbook.translations) given.set(zh, [...(given.get(zh) ?? []), language]);
    return textsIn(handbook).map(({ zh, span, within }): Mention => {
      const also = [...(given.get(zh) ?? []), ...(within === undefined ? [] : (given.get(within) ?? []))];
      return also.length > 0 ? { word: zh, span, also } : { word: zh, span };
    });
  },
  whole({ handbook, mentions }, report) {
    const wanted = otherLanguages(known(handbook.book.languages));
    if (wanted.length === 0) return;
    const given = new Map<string, Set<string>>();
    const add = (zh: string, language: string): void => void given.set(zh, (given.get(zh) ?? new Set()).add(language));
    for (const { zh, language } of handbook.translations) add(zh, language);
    for (const { word, also } of mentions) for (const language of also ?? []) add(word, language);
    // A text is named once, where it stands first.
    for (const { word, span } of new Map([...mentions].reverse().map((each) => [each.word, each])).values()) {
      const missing = wanted.filter((language) => given.get(word)?.has(language) !== true);
      const [first] = missing;
      if (first === undefined) continue;
      report({
        span,
        message: {
          zh: `「${quote(word)}」沒有${missing.map((language) => languageName(language)).join('、')}譯文。`,
          en: `"${quote(word)}" has no translation (${missing.join(', ')}).`,
        },
        hint: {
          zh: `在 translations/${first}.yaml 加一行「中文: 譯文」，或在這裡寫「{中文: …, ${languageName(first)}: …}」。`,
          en: `Add a line "Chinese: translation" to translations/${first}.yaml, or write "{中文: …, ${languageName(first)}: …}" here.`,
        },
      });
    }
  },
} satisfies Rule;

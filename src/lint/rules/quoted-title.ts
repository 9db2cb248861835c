// What a reader is sent to by its title has that title: 見「檔案應用」.
import { isAtHand } from '../../content/schema/model.js';
import { known } from '../../content/schema/schema.js';
import { nearest } from '../../core/nearest.js';
import { record } from '../example-records.js';
import { placeIn, proseOf } from '../prose/texts.js';
import type { Mention, Rule } from '../rule.js';

const SENT = /(?:見|參閱|參見|請看|詳閱)「([^「」\n]{3,30})」/g;
const also = { 'services/other.yaml': record({ 名稱: '不到場繳款及回傳收據' }) };

export default {
  severity: 'warn',
  strict: 'error',
  why: {
    zh: '「見某某服務」的名稱差一個字，讀者在目錄裡就找不到；服務改了名，提到它的地方也要改。',
    en: 'With one character wrong in the title that a reader is sent to, the contents do not have it; where a service was renamed, what points to it was not.',
  },
  good: [
    { text: `${record()}注意事項: 回傳的方式，見「不到場繳款及回傳收據」；另見「注意事項公告」。\n`, also },
    { text: `${record()}注意事項: 繳款方式詳見「繳款通知書」。\n`, also },
  ],
  bad: [{ text: `${record()}注意事項: 回傳的方式，見「不到場繳費及回傳收據」。\n`, also, at: '不到場繳費' }],
  mentions(handbook) {
    const { office, book } = handbook;
    const texts = [
      ...handbook.services.flatMap((service) => proseOf(service)),
      ...handbook.chapters.map(({ prose }) => ({ text: prose.markdown, span: prose.span, key: '' })),
    ];
    const sent = texts.flatMap((text) =>
      [...text.text.matchAll(SENT)].map(({ 0: whole, 1: title = '', index }): Mention => {
        const start = index + whole.length - title.length - 1;
        return { word: title, span: placeIn(text, start, start + title.length), also: ['sent'] };
      }),
    );
    const names = [
      ...handbook.services.flatMap(({ name, aliases, variants, documents, at }) =>
        [
          name,
          ...(known(aliases) ?? []),
          ...(known(variants) ?? []).map((each) => each.name),
          ...(known(known(documents)?.items) ?? []).map((each) => each.name),
        ].map((word) => ({ word, span: at.self })),
      ),
      ...(isAtHand(handbook, office)
        ? (known(office.units) ?? []).map(({ name, at }) => ({ word: name, span: at.self }))
        : []),
      ...(isAtHand(handbook, book)
        ? [...(known(book.forms) ?? []), ...(known(book.laws) ?? [])].map(({ name, at }) => ({
            word: name,
            span: at.self,
          }))
        : []),
    ];
    return [...sent, ...names.flatMap(({ word, span }): Mention[] => (word ? [{ word, span }] : []))];
  },
  whole({ entries, mentions }, report) {
    const names = new Set(mentions.filter(({ also }) => also === undefined).map(({ word }) => word));
    // A heading within a chapter or the title of a page of the book may be meant as well.
    const titles = entries.flatMap(({ read }) => read?.name ?? []);
    for (const title of titles) names.add(title);
    for (const { word, span, also } of mentions) {
      if (also === undefined || names.has(word)) continue;
      const near = nearest(word, titles);
      if (near === undefined || near.length !== word.length) continue;
      report({
        span,
        message: {
          zh: `沒有名稱是「${word}」的服務或章節。`,
          en: `No service or chapter is called "${word}".`,
        },
        hint: { zh: `是不是要寫「${near}」？`, en: `Did you mean "${near}"?` },
        fix: { span, text: near },
      });
    }
  },
} satisfies Rule;

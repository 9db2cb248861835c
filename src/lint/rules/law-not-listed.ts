// A law that is cited stands in the book's list of laws.

import type { Handbook } from '../../content/schema/model.js';
import { known } from '../../content/schema/schema.js';
import { saysUnconfirmed } from '../../content/schema/tree.js';
import { nearest } from '../../core/nearest.js';
import type { Span } from '../../core/source.js';
import { citationsOf, lawOf } from '../citations.js';
import { HANDBOOK, RECORD } from '../example-records.js';
import type { Mention, Rule } from '../rule.js';
import { readingOf } from '../wording/zones.js';

const also = {
  'handbook.yaml': `${HANDBOOK}法規清單: [規費法, {名稱: 政府資訊公開法, 簡稱: 政資法}, 檔案法]\n`,
};

export default {
  severity: 'warn',
  strict: 'error',
  why: {
    zh: '法規一覽是民眾與同仁查對的依據；引用的法規不在其中，多半是漏列或名稱寫錯。',
    en: 'Readers verify citations in the list of laws; one that is missing was forgotten or misnamed.',
  },
  good: [
    { text: `${RECORD}法令依據: [檔案法第17條, 政資法第3條]\n`, also },
    { text: `${RECORD}法令依據: [行政程序法第46條]\n` },
  ],
  bad: [
    { text: `${RECORD}法令依據: [檔案法第17條, 行政程序法第46條, 行政程序法第47條]\n`, also, at: '行政程序法第46條' },
    { text: `${RECORD}法令依據: [政府資訊公開條例第3條]\n`, also, at: '政府資訊公開條例' },
    { text: `${RECORD}注意事項: 依訴訟費用法第3條繳納。\n`, also, at: '訴訟費用法' },
  ],
  mentions(handbook) {
    const laws = known(handbook.book.laws) ?? [];
    if (laws.length === 0) return [];
    const isListed = (law: string): boolean =>
      laws.some(({ name, short }) => [name, short].some((each) => each === law || (each && plain(each) === law)));
    const cited = citationsOf(handbook).flatMap(({ citation }): Mention[] => {
      const law = lawOf(citation);
      if (law === undefined || saysUnconfirmed(law) || isListed(law)) return [];
      return [{ word: law, span: within(citation.span, law) }];
    });
    const isOf = (word: string): boolean =>
      isListed(word) ||
      laws.some(({ name, short }) => [name, short].some((each) => each && word.endsWith(plain(each))));
    return [...cited, ...lawsInProse(handbook, isOf)];
  },
  whole({ handbook, mentions }, report) {
    const names = namesOf(known(handbook.book.laws) ?? []);
    const told = new Set<string>();
    for (const { word: law, span } of mentions) {
      if (told.has(law)) continue;
      told.add(law);
      const near = nearest(law, names);
      report({
        span,
        message: {
          zh: `「${law}」不在法規清單裡，引用的法規都應列入。`,
          en: `"${law}" is not in the list of laws; every law that is cited belongs there.`,
        },
        hint: near
          ? {
              zh: `是不是要寫「${near}」？不是的話，請加入 handbook.yaml 的「法規清單」。`,
              en: `Did you mean "${near}"? Otherwise add it to 法規清單 in handbook.yaml.`,
            }
          : { zh: '在 handbook.yaml 的「法規清單」加上這部法規。', en: 'Add it to 法規清單 in handbook.yaml.' },
      });
    }
  },
} satisfies Rule;

const plain = (name: string): string => (/[「」『』《》\s]/.test(name) ? name.replace(/[「」『』《》\s]/g, '') : name);
const namesOf = (laws: readonly { name?: string; short?: string }[]): string[] =>
  laws.flatMap(({ name, short }) => [name, short].filter((each) => each !== undefined));

/** The name itself in the citation, where it is written in one piece. */
function within(span: Span, name: string): Span {
  const start = span.source.text.slice(span.start, span.end).indexOf(name);
  return start === -1
    ? span
    : { source: span.source, start: span.start + start, end: span.start + start + name.length };
}

/** 依訴訟費用法第3條: a law with an article, behind a word that leads to one or at the beginning of a clause. */
const IN_PROSE =
  /(?:^|[，。；：、（「《\s]|(?:依|按|照|據|違反|準用|適用|符合|參照|援引|依照|依據|按照|根據))([\u4e00-\u9fff]{2,22}?(?:法|條例|細則|準則|標準|通則))第\s*[\d０-９一二三四五六七八九十百]+\s*條/gm;
/** What leads to a law, and what is no name of one but stands before an article: 本法, 同法, 該條例, 施行細則. */
const LEADS = /依照|依據|根據|按照|違反|準用|適用|符合|參照|援引|依|按|照|據|及|與|或/;
const NO_NAME = /^(?:(?:本|同|該|前|上開|此|各該|其|原)[^行]*|施行細則|[^行]?[法條]|收費標準|作業標準)$/;

function lawsInProse(handbook: Handbook, isListed: (law: string) => boolean): Mention[] {
  return handbook.sources.flatMap((source) =>
    /(^|\/)translations\//.test(source.path)
      ? []
      : [...source.text.matchAll(IN_PROSE)].flatMap(({ 0: whole, 1: written = '', index }): Mention[] => {
          const name = written.split(LEADS).at(-1) ?? '';
          const start = index + whole.lastIndexOf(name);
          if (name.length < 3 || NO_NAME.test(name) || isListed(name) || !readingOf(source, handbook).isText(start))
            return [];
          return [{ word: name, span: { source, start, end: start + name.length } }];
        }),
  );
}

// An article that is cited can be: no law has an article 0, and 檔案法 none beyond its last.

import type { Source } from '../../core/source.js';
import { citationsOf, lawOf } from '../citations.js';
import { RECORD } from '../example-records.js';
import { lastArticleOf, ROOM } from '../last-articles.js';
import { numberOf } from '../prose/quantities.js';
import type { Found, Rule } from '../rule.js';
import { readingOf } from '../wording/zones.js';

/** No law has more articles, no article more paragraphs, no paragraph more subparagraphs. */
const MOST = { 條: 1400, 項: 30, 款: 99, 點: 300, 目: 60 } as const;
const PARTS = /第\s*([\d０-９〇○零一二三四五六七八九十百千]+)\s*([條項款點目])/g;
const CITED = /([\u4e00-\u9fff]{2,20}?(?:法|條例|細則))第\s*([\d一二三四五六七八九十百千]+)\s*條/g;

export default {
  severity: 'warn',
  strict: 'error',
  why: {
    zh: '條次寫錯一個數字，就查不到、或查到別的規定；那部法律沒有的條次，一定是寫錯了。',
    en: 'One wrong figure and the provision cannot be found, or another is; an article that the law does not have is certainly wrong.',
  },
  good: [{ text: `${RECORD}法令依據: [檔案法第17條第1項, 民法第1122條]\n注意事項: 依行政執行法第9條辦理。\n` }],
  bad: [
    { text: `${RECORD}法令依據: [檔案法第170條]\n`, at: '檔案法第170條' },
    { text: `${RECORD}法令依據: [行政程序法第0條]\n`, at: '行政程序法第0條' },
    { text: `${RECORD}注意事項: 依行政執行法第９０條辦理。\n`.replace('９０', '90'), at: '行政執行法第90條' },
    { text: `${RECORD}法令依據: [檔案法第17條第90項]\n`, at: '檔案法第17條第90項' },
  ],
  check(handbook, report) {
    for (const { citation } of citationsOf(handbook)) {
      const [law, article = ''] = [lawOf(citation), citation.article];
      const fault = faultOf(law, article);
      if (fault) report({ span: citation.span, ...fault });
    }
    for (const source of handbook.sources) {
      if (/translations\//.test(source.path)) continue;
      for (const found of inProse(source)) {
        const { start, end, law, article } = found;
        const fault = faultOf(law, article);
        if (fault && readingOf(source, handbook).isText(start)) report({ span: { source, start, end }, ...fault });
      }
    }
  },
} satisfies Rule;

function inProse(source: Source): { start: number; end: number; law: string; article: string }[] {
  return [...source.text.matchAll(CITED)].flatMap(({ 0: whole, 1: name = '', 2: number = '', index }) => {
    // 依行政執行法: the law is what a known name ends with.
    const law = Array.from(name, (_, i) => name.slice(i)).find((each) => lastArticleOf(each) !== undefined);
    if (law === undefined) return [];
    const start = index + name.length - law.length;
    return [{ start, end: index + whole.length, law, article: `第${number}條` }];
  });
}

type Fault = Omit<Found, 'span'>;
/** Books cite the same articles again and again. */
const judged = new Map<string, Fault | null>();
function faultOf(law: string | undefined, article: string): Fault | undefined {
  const key = `${law ?? ''} ${article}`;
  const before = judged.get(key);
  if (before !== undefined) return before ?? undefined;
  const fault = judge(law, article);
  if (judged.size < 5000) judged.set(key, fault ?? null);
  return fault;
}

function judge(law: string | undefined, article: string): Fault | undefined {
  for (const [written, number = '', part = '條'] of article.matchAll(PARTS)) {
    const n = numberOf(number.replace(/[０-９]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0)));
    const last = part === '條' && law !== undefined ? lastArticleOf(law) : undefined;
    const most = last === undefined ? MOST[part as keyof typeof MOST] : last + ROOM;
    if (n >= 1 && n <= most) continue;
    return {
      message:
        last === undefined
          ? { zh: `沒有「${written}」這樣的條次。`, en: `There can be no "${written}".` }
          : {
              zh: `「${law}」最後一條是第 ${last} 條，這裡寫「${written}」。`,
              en: `The last article of ${law} is ${last}; this says "${written}".`,
            },
      hint: { zh: '到全國法規資料庫查對條次。', en: 'Look the article up in the Laws & Regulations Database.' },
    };
  }
  return undefined;
}

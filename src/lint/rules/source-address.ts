// The address of a source is one.

import { isAtHand } from '../../content/schema/model.js';
import { known } from '../../content/schema/schema.js';
import { saysUnconfirmed } from '../../content/schema/tree.js';
import type { Span } from '../../core/source.js';
import { citationsOf } from '../citations.js';
import { HANDBOOK, RECORD } from '../example-records.js';
import type { Rule } from '../rule.js';

/** http or https, a host with a dot, and no blank or Chinese character behind it that was not meant. */
const ADDRESS =
  /^https?:\/\/(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}(?::\d{1,5})?(?:[/?#][^\s，。；、（）「」]*)?$/i;

/** Whose pages a host has: the branches, as their own pages say. */
const BRANCHES: Readonly<Record<string, string>> = {
  tpy: '臺北',
  sly: '士林',
  pcy: '新北',
  tyr: '桃園',
  scy: '新竹',
  tcy: '臺中',
  chy: '彰化',
  cyy: '嘉義',
  tny: '臺南',
  ksy: '高雄',
  pty: '屏東',
  ily: '宜蘭',
};
const NAMED = /(臺北|台北|士林|新北|桃園|新竹|臺中|台中|彰化|嘉義|臺南|台南|高雄|屏東|宜蘭|花蓮)分署/g;
/** The branch whose page an address is, where the words beside it name another and not this one. */
function otherBranch(words: string, url: string): { named: string; own: string } | undefined {
  const own = BRANCHES[/^https?:\/\/www\.([a-z]{3})\.moj\.gov\.tw/.exec(url)?.[1] ?? ''];
  const named = [...words.matchAll(NAMED)].map(([, name = '']) => name.replace('台', '臺'));
  const [first] = named;
  return own === undefined || first === undefined || named.includes(own) ? undefined : { named: first, own };
}
const LINK = /\[([^[\]\n]{2,80})\]\((https?:\/\/[^\s)]+)\)/g;

export default {
  severity: 'warn',
  strict: 'error',
  why: {
    zh: '來源的網址打不開，就等於沒有來源；印成 QR code 也掃不到。',
    en: 'A source whose address cannot be opened is none, and its QR code leads nowhere.',
  },
  good: [{ text: `${RECORD}申請人: {值: 本人, 來源: {名稱: 網頁, 網址: "https://www.example.org/a?b=1"}}\n` }],
  bad: [
    { text: `${RECORD}申請人: {值: 本人, 來源: {名稱: 網頁, 網址: www.example.org/a}}\n`, at: 'www' },
    {
      file: 'handbook.yaml',
      text: `${HANDBOOK}法規清單: [{名稱: 檔案法, 網址: "https://example/1"}]\n`,
      at: '"https://example/1"',
    },
    {
      text: `${RECORD}申請人: {值: 本人, 來源: {名稱: 臺北分署網頁, 網址: "https://www.tny.moj.gov.tw/a"}}\n`,
      at: 'https://www.tny',
    },
    { text: `${RECORD}查證說明: "見[高雄分署](https://www.chy.moj.gov.tw/a)。"\n`, at: 'https://www.chy' },
  ],
  check(handbook, report) {
    const expect = (url: string | undefined, span: Span): void => {
      if (url === undefined || saysUnconfirmed(url) || ADDRESS.test(url.trim())) return;
      const start = span.source.text.indexOf(url, span.start);
      report({
        span:
          start !== -1 && start < span.end && span.source.text.charAt(start - 1) !== '"'
            ? { ...span, start, end: start + url.length }
            : span,
        message: { zh: `「${url}」不是網址。`, en: `"${url}" is no address.` },
        hint: { zh: '從瀏覽器複製，以 https:// 開頭。', en: 'Copy it from the browser; it begins with https://.' },
      });
    };
    const expectOf = (words: string, url: string, span: Span): void => {
      const other = otherBranch(words, url);
      if (!other) return;
      const start = span.source.text.indexOf(url, span.start);
      report({
        span: start !== -1 && start < span.end ? { ...span, start, end: start + url.length } : span,
        message: {
          zh: `來源寫「${other.named}分署」，這個網址卻是${other.own}分署的網站。`,
          en: `The source is called ${other.named}分署, but this address is on the site of ${other.own}分署.`,
        },
        hint: { zh: '打開看看，改正名稱或網址。', en: 'Open it, and fix the name or the address.' },
      });
    };
    for (const { citation } of citationsOf(handbook)) {
      expect(citation.url, citation.span);
      if (citation.url !== undefined && citation.title !== undefined)
        expectOf(citation.title, citation.url, citation.span);
    }
    for (const source of handbook.sources)
      for (const { 0: whole, 1: words = '', 2: url = '', index } of source.text.matchAll(LINK))
        expectOf(words, url, { source, start: index, end: index + whole.length });
    if (!isAtHand(handbook, handbook.book)) return;
    for (const { url, at } of known(handbook.book.laws) ?? []) expect(url, at.url ?? at.self);
  },
} satisfies Rule;

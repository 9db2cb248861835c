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
    for (const { citation } of citationsOf(handbook)) expect(citation.url, citation.span);
    if (!isAtHand(handbook, handbook.book)) return;
    for (const { url, at } of known(handbook.book.laws) ?? []) expect(url, at.url ?? at.self);
  },
} satisfies Rule;

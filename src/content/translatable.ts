// Every text of the content that a reader of another language would miss, with its place.

import { isChinese } from '../core/language.js';
import type { Span } from '../core/source.js';
import { bookShape } from './schema/book.js';
import { type Handbook, isAtHand } from './schema/model.js';
import { officeShape } from './schema/office.js';
import { type Translator, translated } from './schema/schema.js';
import { serviceShape } from './schema/service.js';
import { saysOnlyUnconfirmed } from './schema/tree.js';

/** `within`: the longer text it is a line of, which may be translated as a whole. */
export type Text = { readonly zh: string; readonly span: Span; readonly within?: string };

/** 每份、每 2 小時: said by the program in every language (`templates/words.yaml`). */
export const PER = /^每\s*(?:(份|張|頁|件|次|人|小時|日|天|月|年)|([\d.]+)\s*(分鐘|小時|日|天|週|個月|年))$/;

/** 每年 3 月 1 日前、每年 3 月 1 日至 5 月 31 日: the same. */
export const YEARLY =
  /^每年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日\s*(?:(前|起)|至\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日\s*止?)$/;

/** Changes the words of every line of Markdown, of every cell of a table; what marks them stays. */
export const eachLine = (markdown: string, change: (words: string) => string): string =>
  markdown
    .split('\n')
    .map((line) => {
      const words = (text: string): string => {
        const [, before = '', inner = '', after = ''] = /^(\s*)(.*?)(\s*)$/.exec(text) ?? [];
        return before + (inner === '' ? '' : change(inner)) + after;
      };
      if (line.trim().startsWith('|')) return line.split('|').map(words).join('|');
      const [, mark = '', text = ''] = /^(\s*(?:(?:[-*+]|\d+[.)]|#{1,6}|>)\s+)?)(.*)$/.exec(line) ?? [];
      return mark + words(text);
    })
    .join('\n');

/** The texts of one service or chapter, or of office and book, in the order of the fields. */
export function textsIn(excerpt: Handbook): Text[] {
  const texts: Text[] = [];
  const add = (zh: string, span: Span, within?: string): void => {
    if (!isChinese(zh) || saysOnlyUnconfirmed(zh)) return;
    const start = span.source.text.indexOf(zh, span.start);
    const place = start === -1 || start > span.end ? span : { source: span.source, start, end: start + zh.length };
    texts.push({ zh, span: place, ...(within === undefined ? {} : { within }) });
  };
  const listener: Translator = {
    text(zh, at) {
      add(zh, at);
      return zh;
    },
    prose(zh, at) {
      return eachLine(zh, (line) => {
        add(line, at, zh);
        return line;
      });
    },
    // Names of laws stand in handbook.yaml; pages are called what they are called.
    citation: (citation) => citation,
    values: {
      per(zh: string, at: Span) {
        if (!PER.test(zh)) add(zh, at);
        return zh;
      },
      dates(zh: string, at: Span) {
        if (!YEARLY.test(zh)) add(zh, at);
        return zh;
      },
    },
  };
  const { office, book } = excerpt;
  if (isAtHand(excerpt, office)) translated(officeShape, office, listener, office.at.self);
  if (isAtHand(excerpt, book)) translated(bookShape, book, listener, book.at.self);
  for (const service of excerpt.services) translated(serviceShape, service, listener, service.at.self);
  for (const { title, prose, source } of excerpt.chapters) {
    add(title, { source, start: 0, end: source.text.length });
    listener.prose(prose.markdown, prose.span);
  }
  return texts;
}

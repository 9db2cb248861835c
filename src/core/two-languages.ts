// A page in two languages: each block of text in the one and then in the other.
import { escapeText, type Html, trusted } from './html.js';
import { firstOf, hasSigns, pairOf, plainOf, secondLanguageOf, secondOf, showLacking, tagOf } from './language.js';

/** A tag, text, or a part in which no markup of ours may stand. */
const TOKEN = /<(style|title|svg)\b[\s\S]*?<\/\1>|<[^>]*>|[^<]+/g;
/** What stands within a line; any other tag begins or ends a block. */
const WITHIN = /^<\/?(?:span|a|b|strong|em|i|u|s|del|ins|small|sup|sub|code|mark|abbr|q|br|wbr)\b/;
const WORDS = /[\p{L}\p{N}]/u;
const wordsOf = (markup: string): string =>
  markup
    .replace(/<[^>]*>/g, '')
    .replace(/\s+/g, ' ')
    .trim();

/**
 * The page as it is read: each block whose text is in two languages says it in the first and then in the second, in a
 * span of the class `second`; Chinese where a translation is missing stands in a span of the class `untranslated`.
 * Where both say the same, or the second has no words, it is said once.
 */
export function languagesApart(page: Html): Html {
  const markup = page.toString();
  if (!hasSigns(markup)) return page;
  const whole: string[] = [];
  let line: string[] = [];
  const end = (): void => {
    whole.push(lineWithLanguagesApart(line.join('')));
    line = [];
  };
  for (const [token, own] of markup.matchAll(TOKEN)) {
    const part = own !== undefined || token.startsWith('<') ? plainOf(token) : token;
    if (own !== undefined || (token.startsWith('<') && !WITHIN.test(token))) {
      end();
      whole.push(part);
    } else line.push(part);
  }
  end();
  return trusted(whole.join(''));
}

/** A text whose first language is set in a way of its own; the second is plain text beside it. */
export function setFirst(text: string, show: (first: string) => Html): Html {
  const language = secondLanguageOf(text);
  if (language === undefined) return show(text);
  return trusted(pairOf(show(firstOf(text)).toString(), escapeText(secondOf(text)), language));
}

function lineWithLanguagesApart(line: string): string {
  const lacked = (text: string): string => showLacking(text, '<span class="untranslated" lang="zh-Hant">', '</span>');
  const language = secondLanguageOf(line);
  if (language === undefined) return lacked(line);
  const first = firstOf(line);
  // Places and boxes to tick are there once.
  let second = secondOf(line).replace(/ (?:id|data-[a-z-]+)="[^"]*"/g, '');
  for (let before = ''; before !== second; ) {
    before = second;
    second = second.replace(/<(span|a|b|strong|em|i|small|sup|sub)\b[^>]*>\s*<\/\1>/g, '');
  }
  const [said, again] = [wordsOf(showLacking(first, '', '')), wordsOf(showLacking(second, '', ''))];
  if (!WORDS.test(again)) return lacked(first);
  if (said === again)
    return hasSigns(second)
      ? `<span class="untranslated" lang="zh-Hant">${showLacking(first, '', '')}</span>`
      : lacked(first);
  return `${lacked(first)} <span class="second" lang="${tagOf(language)}">${lacked(second)}</span>`;
}

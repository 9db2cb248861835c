// Reads where a fact comes from: 「行政執行法第9條第1項 https://…」.
import type { Span } from '../../core/source.js';
import type { Citation } from './schema.js';

/** Under 法規 a name without an article is a law too, not the title of a page. */
export function lawOf(written: string | undefined, span: Span): Partial<Citation> {
  if (written === undefined) return {};
  const { title, ...cited } = citationOf(written, span);
  return { ...cited, ...(title ? { law: title } : {}) };
}

export const asArticle = (article: string): string =>
  /^\d+(-\d+)?$/.test(article) ? `第${article.replace('-', '條之')}${article.includes('-') ? '' : '條'}` : article;

/** 「行政執行法第9條第1項 https://…」 or an address alone, or a title. */
export function citationOf(written: string, span: Span): Citation {
  const url = /https?:\/\/[^\s（）「」，、；。]+/.exec(written)?.[0];
  const words = written.replace(url ?? '', '').trim();
  // The article begins at the first 第 with a number behind it, and the law has a name before it.
  const article = /(?!^)(?:第\s*[0-9０-９一二三四五六七八九十百壹貳參肆伍陸柒捌玖拾])/.exec(words)?.index;
  const law = words
    .slice(0, article ?? 0)
    .trim()
    .replace(/^「/, '')
    .replace(/」$/, '')
    .trim();
  if (article !== undefined && law !== '')
    return { law, article: words.slice(article).trim(), ...(url ? { url } : {}), span };
  return { ...(words ? { title: words } : {}), ...(url ? { url } : {}), span };
}

// The laws that services rest on: a part of the book for all of them, and the sources of each.

import { known } from '../../content/schema/schema.js';
import type { Service } from '../../content/schema/service.js';
import { type Html, html } from '../../core/html.js';
import { isChinese } from '../../core/language.js';
import { citationsIn, lawOf, type SourceRow, sourceRows } from '../../document/facts/sources.js';
import { citationText } from '../../document/words.js';
import type { BookContext } from './context.js';
import { pageNote, serviceLink } from './references.js';
import { addressCell, inLine, marked, table } from './tables.js';

export function lawsPart(context: BookContext): { body: Html } | undefined {
  const laws = new Map<
    string,
    { articles: Set<string>; services: Set<Service>; url?: string; note?: string; checked?: string }
  >();
  for (const law of known(context.handbook.book.laws) ?? []) {
    const checked = known(law.checked);
    laws.set(law.name ?? '', {
      articles: new Set(),
      services: new Set(),
      ...(law.url ? { url: law.url } : {}),
      ...(law.note ? { note: law.note } : {}),
      ...(checked ? { checked } : {}),
    });
  }
  const shortNames = new Map(
    (known(context.handbook.book.laws) ?? []).flatMap((law) =>
      law.short && law.name ? [[law.short, law.name] as const] : [],
    ),
  );
  for (const service of context.services)
    for (const citation of citationsIn(service)) {
      const cited = lawOf(citation);
      if (!cited) continue;
      const name = shortNames.get(cited) ?? cited;
      const law = laws.get(name) ?? { articles: new Set<string>(), services: new Set<Service>() };
      if (citation.article) law.articles.add(citation.article);
      law.services.add(service);
      if (citation.url) law.url ??= citation.url;
      if (citation.checked) law.checked ??= citation.checked;
      laws.set(name, law);
    }
  const body = table(
    [{ label: context.bookWord('law'), cls: 'law' }, { label: context.bookWord('cited') }],
    [
      {
        // One that nothing rests on and of which nothing is said tells nobody anything.
        rows: [...laws]
          .filter(([, { services, note }]) => services.size > 0 || note !== undefined)
          .map(([name, { articles, services, url, note, checked }]) => [
            html`${url && /^https?:/.test(url) ? html`<a href="${url}">${name}</a>` : name}${
              note && html`<span class="small">${marked(note)}</span>`
            }${checked && html`<span class="small">${context.bookWord('checked', context.day(checked))}</span>`}`,
            html`<p class="provisions">${marked(provisionsIn(articles).join(context.word('list-comma')))}</p><p class="aside">${inLine(
              [...services].map((service) => html`${serviceLink(context, service)} ${pageNote(context, service)}`),
              context.word('clause-comma'),
            )}</p>`,
          ]),
      },
    ],
    'laws',
  );
  return body && { body };
}

/** The laws a service rests on, each with its provisions in one line, and the pages its facts were read on. */
export function sourcesHtml(context: BookContext, service: Service): Html | undefined {
  const laws = new Map<string, { articles: Set<string>; url?: string; checked?: string }>();
  for (const citation of citationsIn(service)) {
    const { article, url, checked } = citation;
    const law = lawOf(citation);
    if (!law) continue;
    const row = laws.get(law) ?? { articles: new Set<string>() };
    if (article) row.articles.add(article);
    if (url) row.url ??= url;
    if (checked) row.checked ??= checked;
    laws.set(law, row);
  }
  const lawful = new Set(citationsIn(service).flatMap((citation) => (lawOf(citation) ? [citationText(citation)] : [])));
  // Only in Chinese do the articles follow the law without a comma.
  const apart = (articles: string): string => (articles === '' || isChinese(articles) ? articles : `, ${articles}`);
  const item = ({ text, url, checked }: SourceRow, more = ''): Html =>
    html`<li>${url && /^https?:/.test(url) ? html`<a href="${url}">${marked(text)}</a>` : (addressCell(text) ?? '')}${marked(more)}${
      checked &&
      html`<span class="checked">${context.word('brackets', context.bookWord('checked', context.day(checked)))}</span>`
    }</li>`;
  const provisions = [...laws].map(([text, { articles, ...row }]) =>
    item({ text, ...row }, apart(provisionsIn(articles).join(context.word('list-comma')))),
  );
  const pages = sourceRows(service)
    .filter(({ text }) => !lawful.has(text))
    .map((row) => item(row));
  if (provisions.length + pages.length === 0) return undefined;
  const group = (label: string, items: readonly Html[]): Html | false =>
    items.length > 0 && html`<dt>${label}</dt><dd><ul>${items}</ul></dd>`;
  return html`<dl class="sources">${group(context.bookWord('laws'), provisions)}${group(context.bookWord('sources'), pages)}</dl>`;
}

/** 「第31條、第9條第1項」 of several citations, each once and in the order of the law. */
function provisionsIn(articles: Iterable<string>): string[] {
  const each = [...articles].flatMap((article) => article.split(/、(?=第)/));
  return [...new Set(each)].sort(new Intl.Collator('zh-Hant', { numeric: true }).compare);
}

// The book on a screen: a bar with a search, contents at the side, and what can be asked for before anything else.

import { type Html, html } from '../../core/html.js';
import type { Stamp } from '../../document/declaration.js';
import type { BookContext, Chapter } from './context.js';
import { approvalPage, colophon, contents, cover } from './front-matter.js';
import { rulesHtml } from './my-list.js';
import { servicesByCategory } from './service.js';

/** All that stands in the page. What only works with the script of the page is hidden until that shows it. */
export const screenBody = (context: BookContext, chapters: readonly Chapter[], stamp: Stamp): Html =>
  html`<a class="skip" href="#main">${context.bookWord('skip')}</a>
${bar(context)}
${contents(context, chapters)}
<main id="main" tabindex="-1">
${cover(context)}
${start(context)}
${chapters.map(
  ({ id, leaves }) =>
    html`<section class="chapter" aria-labelledby="${id}">${leaves.map(({ body }) => html`<div class="leaf">${body}</div>`)}</section>\n`,
)}
${approvalPage(context)}
</main>
${rulesHtml(context)}
${colophon(context, stamp)}`;

function bar(context: BookContext): Html {
  const { office, book } = context.handbook;
  const word = context.bookWord;
  return html`<header class="bar"><a class="home" href="#top"><span>${office.name}</span> <span>${book.title}</span></a><div class="finder" role="search" hidden><label class="unseen" for="find">${word('find')}</label><input id="find" type="search" autocomplete="off" autocapitalize="off" spellcheck="false" enterkeyhint="search" placeholder="${word('find')}" aria-controls="found"><div id="found" data-found="${word('found', '\n')}" data-none="${word('found-none', '\n')}" data-in="${word('found-in')}" data-also="${context.word('aliases')}" data-documents="${context.word('documents')}" hidden><p role="status"></p><ol></ol></div></div><button class="to-contents" type="button" aria-controls="contents" aria-expanded="false" hidden>${word('contents')}</button></header>`;
}

/** The services by category, large enough to be touched. */
const start = (context: BookContext): Html | false =>
  context.services.length > 0 &&
  html`<section class="start" aria-labelledby="start"><h2 id="start">${context.bookWord('start')}</h2>${servicesByCategory(context)}</section>`;

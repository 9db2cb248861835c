// The handbook: one book of all services as a PDF with contents, heads and page numbers, and as one HTML file.

import { stepTexts } from '../../content/procedure.js';
import type { PartName } from '../../content/schema/book.js';
import { known } from '../../content/schema/schema.js';
import { type Html, html, join } from '../../core/html.js';
import { plainOf } from '../../core/language.js';
import { sealed } from '../../core/sealed.js';
import type { RenderContext } from '../../document/context.js';
import { declaration, type Stamp, stampOf } from '../../document/declaration.js';
import { phrasesOf } from '../../document/line-breaking.js';
import type { Output } from '../../document/output.js';
import { loudness } from '../../document/quiet.js';
import type { Part, Sheet } from '../../document/sheet.js';
import { telling } from '../../document/told-facts.js';
import { chartsPart, refuseTooLarge } from './chart-pages.js';
import {
  type BookContext,
  bookContextOf,
  type Chapter,
  type Entry,
  type Leaf,
  type Medium,
  numeral,
  type Run,
  type Turned,
} from './context.js';
import { appendixOf, formsBehind, formsPart } from './forms.js';
import { approvalPage, colophon, contents, cover, innerTitle } from './front-matter.js';
import { indexPart } from './index-part.js';
import { lawsPart } from './laws.js';
import { officePart, relatedOfficesPart, revisionsPart, standardsPart } from './office-parts.js';
import { footRules, formatStyle, pageRules } from './page-styles.js';
import { textPart } from './prose.js';
import { anchor, chapterOf, chartOf, endOf, oneOf, partOf, wholeOf } from './references.js';
import { screenBody } from './screen.js';
import { servicesPart } from './service.js';
import { feesPart, summaryPart, unconfirmedPart } from './summary-parts.js';
import { phrased } from './tables.js';

/** What is printed of the content. */
const SHOWS = [
  'summary',
  'category',
  'documents',
  'fee',
  'deadline',
  'authority',
  'steps',
  'unit',
  'applicant',
  'representation',
  'window',
  'channels',
  'place',
  'hours',
  'contact',
  'own-deputy',
  'rest',
  'chart.note',
  'office.name',
  'office.parent',
  'office.english',
  'office.address',
  'office.hours',
  'office.telephone',
  'office.fax',
  'office.email',
  'office.url',
  'office.standards',
  'office.standard-notes',
  'office.floors',
  'office.units',
  'office.deputies',
  'office.rest',
  'book.title',
  'book.url',
  'book.chapters',
  'book.rest',
] as const;

export default {
  summary: { zh: '服務手冊：A4 或 A5 印本與單一檔案網頁', en: 'The handbook: A4 or A5 for print, and one HTML file' },
  declares: { of: 'all', shows: SHOWS },
  tells: telling('whole'),
  papers: ['A4', 'A5'],
  oneLanguage: true,
  folds: true,
  render(context) {
    const stamp = stampOf(context, {
      sheet: 'handbook',
      id: 'handbook',
      shows: SHOWS,
      subject: { services: 'all', charts: 'all' },
    });
    const screen: Sheet = {
      kind: 'text',
      file: 'handbook.html',
      text: sealed(bookHtml(bookOf(context, 'screen'), stamp), declaration(stamp), context.script('handbook')),
    };
    if (context.onScreen) return [screen];
    const book = bookOf(context, 'paper');
    return [
      {
        kind: 'page',
        file: 'handbook.pdf',
        html: bookHtml(book, stamp),
        date: context.date,
        declares: declaration(stamp),
        expects: [
          ...context.services.map(({ name }) => plainOf(name)),
          ...[...context.charts.values()].flatMap(({ flow }) => (flow ? stepTexts(flow) : [])),
        ],
        numbered: true,
        parts: partsOf(book),
        ...appendixOf(context),
      },
      screen,
    ];
  },
} satisfies Output;

/** The book in one medium. */
type Book = { readonly context: BookContext; readonly chapters: readonly Chapter[] };

function bookOf(asked: RenderContext, medium: Medium): Book {
  const context = bookContextOf(asked, medium);
  if (medium === 'paper') refuseTooLarge(context);
  return { context, chapters: chaptersOf(context) };
}

/** The services, and the chapters by their file, name or title. */
function partsOf({ context, chapters }: Book): Part[] {
  return [
    ...context.services.map(
      (service): Part => ({
        of: 'service',
        name: service.id,
        called: [],
        begin: anchor(service),
        end: wholeOf(service),
      }),
    ),
    ...chapters.map(({ id, number, title }, i): Part => {
      const next = chapters[i + 1]?.id;
      const name = id.replace(/^[cp]-/, '');
      return { of: 'chapter', name, called: [title, `${number}${title}`], begin: id, ...(next ? { next } : {}) };
    }),
  ];
}

function bookHtml({ context, chapters }: Book, stamp: Stamp): Html {
  const { medium } = context;
  const onPaper = medium === 'paper';
  const runs = onPaper ? runsOf(context, chapters, colophon(context, stamp)) : [];
  const style = [
    ...['base.css', ...loudness(context)].map((file) => context.template(file, {})),
    context.template('handbook/book.css', {}),
    context.template(`handbook/${medium}.css`, {}),
    ...(onPaper ? [formatStyle(context), pageRules(context, runs)] : []),
  ];
  const recto = onPaper && beginOf(context) === 'recto';
  const body = onPaper
    ? join(
        [
          cover(context),
          footRules(context),
          recto && html`${blankLeaf(context)}${innerTitle(context)}`,
          approvalPage(context),
          contents(context, chapters),
          html`<main>${runs.map(({ body }) => body)}</main>`,
          recto && formsBehind(context).length > 0 && blankLeaf(context, 'recto', ''),
          placesAsked(context, runs),
        ],
        '\n',
      )
    : screenBody(context, chapters, stamp);
  return context.template('handbook/book.html', {
    lang: context.tag,
    title: [context.handbook.office.name, context.handbook.book.title].filter(Boolean).join(' '),
    style: join(style, '\n'),
    medium,
    body,
  });
}

type Begin = 'run' | 'page' | 'recto';
const beginOf = ({ handbook }: BookContext): Begin => known(handbook.book.begin) ?? 'run';

/** A chapter on pages that others share: `body` is what it says. */
type Shared = { chapter: Chapter; body: Html; turned: readonly Turned[]; before: string | undefined };

/** What begins on a page of its own, in order; `last` ends the book. */
function runsOf(context: BookContext, chapters: readonly Chapter[], last: Html): Run[] {
  const begin = beginOf(context);
  const runs: Run[] = [];
  let shared: Shared[] = [];
  const close = (behind?: Html): void => {
    if (shared.length > 0 || behind) runs.push(runOf(context, `run-${runs.length + 1}`, shared, behind));
    shared = [];
  };
  for (const chapter of chapters) {
    const [first, ...leaves] = chapter.leaves;
    if (!first) continue;
    if (begin !== 'run') close();
    shared.push({ chapter, body: first.body, turned: first.turned ?? [], before: leaves[0]?.name });
    if (leaves.length > 0) close();
    for (const leaf of leaves)
      runs.push({
        ...leaf,
        left: `${chapter.number}${chapter.title}`,
        ends: [],
        body: html`${blankLeaf(context, 'verso', leaf.name)}<div class="leaf" style="page: ${leaf.name}">${leaf.body}</div>\n`,
      });
  }
  close(last);
  return runs;
}

/** Chapters that follow one another; one alone has its name in the head. `behind`: what stands below the last. */
function runOf(context: BookContext, name: string, shared: readonly Shared[], behind?: Html): Run {
  const [only, ...more] = shared;
  const begin = beginOf(context);
  const ends = only !== undefined && endsOnPage(shared.at(-1) as Shared);
  const end = `${name}-end`;
  return {
    name,
    left:
      only && more.length === 0 ? `${only.chapter.number}${only.chapter.title}` : (context.handbook.book.title ?? ''),
    head: '',
    turned: shared.flatMap(({ turned }) => turned),
    ends: ends ? [end] : [],
    body: html`${begin === 'recto' && only && blankLeaf(context, 'recto', only.chapter.id)}<div class="leaf" style="page: ${name}"${
      ends && html` data-begin="${only.chapter.id}" data-end="${end}"`
    }>${shared.map(
      ({ chapter, body, before }) =>
        html`<section class="chapter" aria-labelledby="${chapter.id}"${begin === 'run' && before && html` data-runs="${before}"`}>${body}</section>`,
    )}${behind}${ends && html`<span id="${end}"></span>`}</div>\n`,
  };
}

/** After a chart on another paper, the mark of the end would stand alone on a page of the book. */
const endsOnPage = ({ turned }: Shared): boolean => turned.length === 0;

/** An empty page; with an id only where that would begin on the other side than `side`. */
const blankLeaf = (context: BookContext, side?: 'recto' | 'verso', id?: string): Html =>
  html`<div class="blank"${side && html` data-${side}="${id}" hidden`}><p>${context.bookWord('blank')}</p></div>`;

/** Links that nobody sees: the printer learns from them where the ends of the services and their charts landed. */
const placesAsked = (context: BookContext, runs: readonly Run[]): Html =>
  html`<div hidden>${[
    ...context.services.flatMap((service) => [endOf(service), chartOf(service), wholeOf(service)]),
    ...runs.flatMap(({ ends }) => ends),
  ].map((id) => html`<a href="#${id}"></a>`)}</div>`;

/** The usual order, for a book that does not say. */
const USUAL: readonly (PartName | 'chapters')[] = [
  'office',
  'standards',
  'charts',
  'summary',
  'chapters',
  'services',
  'fees',
  'offices',
  'documents',
  'forms',
  'laws',
  'unconfirmed',
  'revisions',
];

type PartMaker = (
  context: BookContext,
  chapter: Entry,
) => { body: Html; turned?: Turned[]; entries?: Entry[]; leaves?: Leaf[] } | undefined;
const MAKERS: Readonly<Record<PartName, PartMaker>> = {
  office: officePart,
  standards: standardsPart,
  charts: chartsPart,
  summary: summaryPart,
  services: servicesPart,
  fees: feesPart,
  offices: relatedOfficesPart,
  documents: indexPart,
  forms: formsPart,
  laws: lawsPart,
  unconfirmed: unconfirmedPart,
  revisions: revisionsPart,
};

function chaptersOf(context: BookContext): Chapter[] {
  const { book, chapters: texts } = context.handbook;
  const wanted: { id: string; title: string; make: PartMaker }[] = [];
  const addText = (text: (typeof texts)[number] | undefined, title?: string): void => {
    if (text)
      wanted.push({
        id: chapterOf(text.file),
        title: title ?? text.title,
        make: (p, chapter) => textPart(p, chapter, text),
      });
  };
  const addPart = (part: PartName, title?: string): void => {
    wanted.push({ id: partOf(part), title: title ?? context.bookWord(`part-${part}`), make: MAKERS[part] });
  };
  const parts = known(book.parts);
  for (const part of parts ?? []) {
    const name = known(part.part);
    if (name) addPart(name, part.title);
    else
      addText(
        texts.find(({ file }) => file === part.file || file === `${part.file}.md`),
        part.title,
      );
  }
  if (!parts)
    for (const part of USUAL) {
      if (part === 'chapters') for (const text of texts) addText(text);
      else addPart(part);
    }
  const made: Chapter[] = [];
  const ids = new Set<string>();
  for (const { id, title, make } of wanted) {
    const n = made.length + 1;
    const entry: Entry = { id: oneOf(id, ids), number: numeral(context, 1, n), title };
    const part = make(context, entry);
    if (!part) continue;
    made.push({
      ...entry,
      entries: part.entries ?? [],
      leaves: [
        {
          name: `part-${n}`,
          head: '',
          body: html`${chapterTitle(entry)}${part.body}`,
          ...(part.turned ? { turned: part.turned } : {}),
        },
        ...(part.leaves ?? []),
      ],
    });
  }
  return made;
}

const chapterTitle = ({ id, number, title }: Entry): Html =>
  html`<h1 class="chapter-title" id="${id}"><span class="numeral">${number}</span>${phrased(phrasesOf(title))}</h1>`;

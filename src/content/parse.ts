// Sources to the Handbook: reads every file into the model and gathers what is wrong with it. Never throws on content.
import type { Nodes, Root } from 'mdast';
import { reportDeceptions, stemOf, undeceived, undeceivedIn } from '../core/deceptive-characters.js';
import type { Fault } from '../core/diagnostic.js';
import { LANGUAGES, languageName, languageNamed } from '../core/language.js';
import type { Say, Source, Span } from '../core/source.js';
import { breachOfProse, LONGEST_LINE, LONGEST_PROSE, tooLongField } from './bounds.js';
import { onDay, withLikes } from './in-force.js';
import { KEYS } from './keys.js';
import type { Content } from './read.js';
import { type Book, bookShape } from './schema/book.js';
import { faultOfId } from './schema/id.js';
import { type Chapter, documented, type Embedded, type Handbook, type Translation } from './schema/model.js';
import { type Office, officeShape } from './schema/office.js';
import { known, type Reading, type Shape, type Shorthand } from './schema/schema.js';
import { type Service, serviceShape } from './schema/service.js';
import { type Prose, quote, type Tree } from './schema/tree.js';
import { type DutyReader, dutyReader, inFull, shorthandsFor } from './shorthands.js';
import { frontMatter, markdownTree } from './syntax/sections.js';
import { tellBreach, tellMarkdownCodes } from './syntax/text-faults.js';
import { yamlTree } from './syntax/yaml.js';

/** A handbook that is read file by file: the records of office and book first, then any service or chapter alone. */
export type Reader = {
  /** Office and book, with the faults of files that could not be read as text. */
  readonly frame: Handbook;
  service(source: Source): Handbook;
  chapter(source: Source): Handbook;
};

/** `parseMarkdown` is handed in so that YAML alone never loads the Markdown parser. */
export function readerOf(
  {
    office: officeFile,
    book: bookFile,
    formFiles,
    images = [],
    translations: glossaries,
    asOf,
    faults: unreadable,
  }: Omit<Content, 'services' | 'chapters'>,
  parseMarkdown?: (text: string) => Root,
): Reader {
  const first = notes();
  for (const source of [officeFile, bookFile, ...glossaries]) if (source) first.judge(source);
  for (const glossary of glossaries) readGlossary(glossary, first);
  const office = (readOne(officeFile, officeShape, first.reading(shorthandsFor(), officeFile), first.report) ??
    NOWHERE) as Office;
  const shorthands = shorthandsFor(officeFile && office);
  const written = (readOne(bookFile, bookShape, first.reading(shorthands, bookFile), first.report) ?? NOWHERE) as Book;
  const duty = dutyReader(officeFile && office);
  const book = inFullBook(written, duty);

  const excerpt = (
    { faults, unconfirmed, proses, translations }: Notes,
    sources: readonly Source[],
    read: Partial<Pick<Handbook, 'services' | 'chapters' | 'unread' | 'unreadChapters' | 'parseMarkdown'>>,
  ): Handbook => {
    // Before the faults are counted: it may add to them.
    const embedded = parseMarkdown ? embeddedInAll(proses, parseMarkdown, faults) : [];
    return {
      office,
      book,
      services: [],
      chapters: [],
      unread: [],
      ...(parseMarkdown ? { parseMarkdown } : {}),
      ...read,
      sources,
      formFiles,
      imageFiles: images.map(({ name }) => name),
      faults: distinct(faults),
      embedded,
      unconfirmed,
      translations,
    };
  };

  const frame = excerpt(
    first,
    [...[office, book].map(({ at }) => at.self.source).filter(({ path }) => path !== ''), ...glossaries],
    {},
  );
  return {
    frame: withUnread(frame, unreadable),
    service(source) {
      const own = notes();
      own.judge(source);
      const parsed = /\.md$/i.test(source.path) ? parsedOnce(given(parseMarkdown)) : undefined;
      const tree = parsed
        ? markdownTree(source, parsed, isProseKey, own.report, fieldsBehind)
        : yamlTree(source, own.report);
      const service = serviceOf(source, tree, own, { shorthands, duty, day: dayFor(asOf, book) });
      if (service) return excerpt(own, [source], { services: [service], ...(parsed ? { parseMarkdown: parsed } : {}) });
      // What its words are can be told all the same.
      const told = own.faults.some(({ rule }) => rule === 'out-of-bounds') ? [source] : [];
      return excerpt(own, told, { unread: [stemOf(source.path)] });
    },
    chapter(source) {
      const own = notes();
      own.judge(source);
      const chapters = chapterOf(source, given(parseMarkdown), own.report);
      for (const { prose } of chapters) own.proses.push(prose);
      return excerpt(
        own,
        chapters.map((each) => each.source),
        { chapters },
      );
    },
  };
}

/** The day of which fees are told; none where those of every day are. */
const dayFor = (asOf: string | undefined, book: Book): string | undefined =>
  asOf === 'always' ? undefined : (asOf ?? known(book.date));

/** The book with the procedures of its charts in full; a chart without an id is called by its number. */
function inFullBook(book: Book, duty: DutyReader): Book {
  const charts = known(book.charts)?.map((chart, i) => ({ ...inFull(chart, duty), id: chart.id ?? `chart-${i + 1}` }));
  return charts ? { ...book, charts } : book;
}

/** The parser of a file that cannot be read without one. */
function given(parseMarkdown: ((text: string) => Root) | undefined): (text: string) => Root {
  if (!parseMarkdown) throw new Error('a Markdown file was given without a Markdown parser');
  return parseMarkdown;
}

/** Office and book, with the faults of files that could not be read as text. */
export const withUnread = (frame: Handbook, unreadable: readonly Fault[]): Handbook => ({
  ...frame,
  faults: distinct([...unreadable, ...frame.faults]),
  ...unreadIn(unreadable),
});

/** Services and chapters whose files could not be read as text. */
const unreadIn = (unreadable: readonly Fault[]): Pick<Handbook, 'unread' | 'unreadChapters'> => ({
  unread: unreadable.flatMap(({ span }) =>
    /(^|\/)services\/[^/]+\.(ya?ml|md)$/i.test(span.source.path) ? [stemOf(span.source.path)] : [],
  ),
  unreadChapters: unreadable.flatMap(({ span }) => /(?:^|\/)chapters\/([^/]+\.md)$/i.exec(span.source.path)?.[1] ?? []),
});

/** The service that a file describes; `undefined` where nothing of it can be read, which is told. */
function serviceOf(
  source: Source,
  tree: Tree | undefined,
  { faults, report, reading }: ReturnType<typeof notes>,
  { shorthands, duty, day }: { shorthands: Record<string, Shorthand>; duty: DutyReader; day: string | undefined },
): Service | undefined {
  const value = tree && serviceShape.read(tree, reading(shorthands, source));
  const stem = stemOf(source.path);
  if (typeof value !== 'object') {
    if (tree && value === undefined && !faults.some(({ rule }) => /^(markdown-section|yaml-syntax)$/.test(rule)))
      report('empty-file', tree.span, { zh: '檔案裡沒有內容。', en: 'The file has no content.' });
    return undefined;
  }
  const id = value.id ?? stem;
  const fault = value.id === undefined && !value.unread.includes('id') ? faultOfId(stem) : undefined;
  if (fault) tellFileName(source, stem, fault, report);
  const variants = known(value.variants)?.map((variant) => inFull(variant, duty));
  const service = { ...inFull(value, duty), ...(variants ? { variants } : {}), id, name: value.name ?? stem, source };
  return onDay(service, day);
}

/** In the place of a service of which nothing is known but how it is called. */
export const standIn = (id: string, name: string, source: Source): Service => ({
  id,
  name,
  source,
  at: { self: { source, start: 0, end: 0 } },
  cited: {},
  unread: [],
});

/** A parser that remembers the last text it was given: a file is read for its facts, and again for its words. */
function parsedOnce(parseMarkdown: (text: string) => Root): (text: string) => Root {
  let last: { text: string; root: Root } | undefined;
  return (text) => {
    if (last?.text !== text) last = { text, root: parseMarkdown(text) };
    return last.root;
  };
}

/** The frame, then every service and every chapter by itself. */
export function excerptsOf(content: Content, parseMarkdown?: (text: string) => Root): Handbook[] {
  const reader = readerOf(content, parseMarkdown);
  return [reader.frame, ...content.services.map(reader.service), ...content.chapters.map(reader.chapter)];
}

/** The excerpts of one content put together. */
export function bound(excerpts: readonly Handbook[]): Handbook {
  const [frame] = excerpts;
  if (!frame) throw new Error('a handbook of no excerpts');
  return {
    ...frame,
    sources: excerpts.flatMap(({ sources }) => sources),
    services: withLikes(excerpts.flatMap(({ services }) => services)),
    chapters: excerpts.flatMap(({ chapters }) => chapters),
    faults: excerpts.flatMap(({ faults }) => faults),
    unread: excerpts.flatMap(({ unread }) => unread),
    embedded: excerpts.flatMap(({ embedded }) => embedded),
    unconfirmed: excerpts.flatMap(({ unconfirmed }) => unconfirmed),
    translations: excerpts.flatMap(({ translations }) => translations),
  };
}

export const parse = (content: Content, parseMarkdown?: (text: string) => Root): Handbook =>
  bound(excerptsOf(content, parseMarkdown));

/** What reading takes note of beside the values. */
type Notes = { faults: Fault[]; unconfirmed: Span[]; proses: Prose[]; translations: Translation[] };

function notes(): Notes & {
  report: Report;
  /** Takes note of what deceives in a file. */
  judge(source: Source): void;
  reading(shorthands: Record<string, Shorthand>, source: Source | undefined): Reading;
} {
  const taken: Notes = { faults: [], unconfirmed: [], proses: [], translations: [] };
  const report: Report = (rule, span, message, hint, fix) => {
    taken.faults.push({ rule, span, message, ...(hint ? { hint } : {}), ...(fix ? { fix } : {}) });
  };
  return {
    ...taken,
    report,
    judge: (source) => reportDeceptions(source, (fault) => taken.faults.push(fault), LONGEST_LINE),
    reading: (shorthands, source = { path: '', text: '' }) => ({
      report,
      unconfirmed: (span) => taken.unconfirmed.push(span),
      prose: (value) => taken.proses.push(value),
      translated: (zh, language, text) => taken.translations.push({ zh, language, text: text.normalize(), source }),
      shorthands,
    }),
  };
}

/** A file of `translations/`, named for its language: 「中文: translation」, a line each. What is left empty is still to be done. */
function readGlossary(source: Source, { report, translations }: Notes & { report: Report }): void {
  const language = languageNamed(stemOf(source.path));
  if (language === undefined || language === 'zh') {
    const others = LANGUAGES.filter((each) => each !== 'zh');
    report(
      'unknown-file',
      { source, start: 0, end: 0 },
      {
        zh: `「${stemOf(source.path)}」不是可用的語言，translations/ 裡的檔案以語言命名。`,
        en: `"${stemOf(source.path)}" is no language; a file in translations/ is named for its language.`,
      },
      {
        zh: `可用的檔名：${others.map((each) => `${each}.yaml（${languageName(each)}）`).join('、')}。`,
        en: `File names: ${others.map((each) => `${each}.yaml`).join(', ')}.`,
      },
    );
    return;
  }
  if (source.text.trim() === '') return;
  const tree = yamlTree(source, report);
  if (tree && tree.kind !== 'map' && !(tree.kind === 'scalar' && tree.text === ''))
    report('wrong-type', tree.span, {
      zh: '譯文檔應為一行一則「中文: 譯文」。',
      en: 'A file of translations holds lines of "Chinese: translation".',
    });
  for (const { key, value } of tree?.kind === 'map' ? tree.entries : []) {
    if (value.kind !== 'scalar')
      report('wrong-type', value.span, {
        zh: `「${key}」的譯文應為一段文字。`,
        en: `The translation of "${key}" must be text.`,
      });
    else if (value.text.trim() !== '')
      translations.push({ zh: key.trim(), language, text: value.text.trim().normalize(), source });
  }
}

/** Whether the text can hold anything that `embedded` looks for: then the Markdown parser is worth loading. */
export const mayEmbed = (text: string): boolean => text.includes('](') || text.includes('<') || text.includes('][');

/** Of more text in one file than two chapters may have, the fault is told instead. */
function embeddedInAll(proses: readonly Prose[], parseMarkdown: (text: string) => Root, faults: Fault[]): Embedded[] {
  let total = 0;
  return proses.flatMap((prose) => {
    const { markdown, span } = prose;
    if (!mayEmbed(markdown)) return [];
    const before = total;
    total += markdown.length;
    if (total <= 2 * LONGEST_PROSE) return embeddedIn(prose, parseMarkdown);
    if (before <= 2 * LONGEST_PROSE)
      faults.push({ rule: 'out-of-bounds', span, ...tooLongField(total, 2 * LONGEST_PROSE) });
    return [];
  });
}

/** Raw HTML, links and pictures. In Markdown files places are exact; in YAML they are those of the whole text. */
function embeddedIn({ markdown, span }: Prose, parseMarkdown: (text: string) => Root): Embedded[] {
  if (!mayEmbed(markdown)) return [];
  const found: Embedded[] = [];
  const start = span.source.text.indexOf(markdown, span.start);
  const visit = (node: Nodes): void => {
    const kind =
      node.type === 'html' || node.type === 'link' || node.type === 'image'
        ? node.type
        : node.type === 'definition'
          ? 'link'
          : undefined;
    if (kind) {
      const from = node.position?.start.offset;
      const to = node.position?.end.offset;
      const at =
        start === -1 || from === undefined || to === undefined
          ? span
          : { source: span.source, start: start + from, end: start + to };
      found.push({ kind, target: 'url' in node ? node.url : 'value' in node ? node.value : '', span: at });
    }
    if ('children' in node) for (const child of node.children) visit(child);
  };
  visit(parseMarkdown(markdown));
  return found;
}

/** Stands for a file that is missing or cannot be read; the fault is already reported. */
const NOWHERE = { at: { self: { source: { path: '', text: '' }, start: 0, end: 0 } }, cited: {}, unread: [] };

type Report = Reading['report'];

function readOne<T>(source: Source | undefined, shape: Shape<T>, reading: Reading, report: Report): T | undefined {
  const tree = source && yamlTree(source, report);
  const value = tree && shape.read(tree, reading);
  return typeof value === 'object' ? (value as T) : undefined;
}

const PROSE_KEYS = new Set(
  Object.entries(documented.service).flatMap(([key, { shape }]) => (shape.markdown ? [key, ...(KEYS[key] ?? [])] : [])),
);
/** The spellings of the keys that may follow a list in a section: 減免 behind the lines of 規費. */
const FIELDS_BEHIND = new Map(
  Object.entries(documented.service).flatMap(([key, { shape }]) => {
    if (!shape.listed) return [];
    const spellings = new Set(Object.keys(shape.fields ?? {}).flatMap((field) => [field, ...(KEYS[field] ?? [])]));
    return [key, ...(KEYS[key] ?? [])].map((word) => [word, spellings] as const);
  }),
);
const NOTHING: ReadonlySet<string> = new Set();
const fieldsBehind = (key: string): ReadonlySet<string> => FIELDS_BEHIND.get(key) ?? NOTHING;
const isProseKey = (key: string): boolean => PROSE_KEYS.has(key);

/** What an author wrote in a file that is a record, as a tree with places; nothing where it cannot be read. Tells of no fault. */
export const treeOf = (source: Source, parseMarkdown: (text: string) => Root): Tree | undefined =>
  /\.md$/i.test(source.path)
    ? markdownTree(source, parseMarkdown, isProseKey, () => undefined, fieldsBehind)
    : yamlTree(source, () => undefined);

/** A chapter is front matter (標題) and prose; without a 標題 its first heading of level one is the title. */
function chapterOf(source: Source, parseMarkdown: (text: string) => Root, report: Report): Chapter[] {
  if (source.text.trim() === '') {
    report('empty-file', { source, start: 0, end: 0 }, { zh: '檔案是空的。', en: 'The file is empty.' });
    return [];
  }
  const file = source.path.replace(/^.*\//, '');
  const prose = (start: number, markdown: string): Prose => ({
    markdown,
    span: { source, start, end: source.text.length },
  });
  const breach = breachOfProse(source.text);
  if (breach) {
    tellBreach(source, breach, report);
    // There is a chapter, and its words can be told; nothing of it is printed.
    return [{ file, title: file.replace(/\.md$/i, ''), prose: prose(0, ''), source }];
  }
  tellMarkdownCodes(source, report);
  const { head, body } = frontMatter(source, report);
  const spellings = new Set(['title', ...(KEYS.title ?? []), 'name', ...(KEYS.name ?? [])]);
  let title: string | undefined;
  for (const { key, keySpan, value } of head?.entries ?? []) {
    if (spellings.has(key) && value.kind === 'scalar') title = value.text.trim();
    else
      report(
        'unknown-key',
        keySpan,
        { zh: `章節檔頭不認得「${quote(key)}」。`, en: `Unknown key "${quote(key)}" in a chapter.` },
        { zh: '章節的檔頭只有「標題」。', en: 'A chapter takes "title" only.' },
      );
  }
  let start = body;
  // A heading ends with its paragraph: no more is looked at.
  const top = /^(?:[ \t]*\r?\n)*(?:[^\n]*\S[^\n]*(?:\n|$))+/.exec(source.text.slice(body))?.[0] ?? '';
  const [first] = title === undefined ? parseMarkdown(top).children : [];
  if (first?.type === 'heading' && first.depth === 1) {
    title = first.children.map((child) => ('value' in child ? child.value : '')).join('');
    start = body + (first.position?.end.offset ?? 0);
  }
  return [
    {
      file,
      title: undeceived(title || file.replace(/\.md$/i, '')),
      prose: prose(start, undeceivedIn('markdown', source.text.slice(start).trim())),
      source,
    },
  ];
}

/** Without an id of its own a service is called by its file. */
function tellFileName(
  source: Source,
  stem: string,
  fault: { rule: string; message: Say; hint: Say },
  report: Report,
): void {
  report(
    fault.rule,
    { source, start: 0, end: 0 },
    {
      zh: `檔名「${quote(stem)}」會當作服務編號。${fault.message.zh}`,
      en: `The file name "${quote(stem)}" serves as the service id. ${fault.message.en}`,
    },
    {
      zh: `改檔名，或在檔案裡寫一行「編號: …」，${fault.hint.zh}`,
      en: `Rename the file, or give an id inside ("編號: …"). ${fault.hint.en}`,
    },
  );
}

const distinct = (faults: readonly Fault[]): Fault[] => {
  const seen = new Set<string>();
  return faults.filter(({ rule, span, message }) => {
    const key = `${rule} ${span.source.path} ${span.start} ${message.en}`;
    return seen.size !== seen.add(key).size;
  });
};

// Sources to the Handbook: reads every file into the model and gathers what is wrong with it. Never throws on content.

import type { Nodes, Root } from 'mdast';
import { reportDeceptions, stemOf, undeceived, undeceivedIn } from '../core/deceptive-characters.js';
import type { Fault } from '../core/diagnostic.js';
import { TONGUE_NAMES, TONGUES, tongueNamed } from '../core/language.js';
import type { Say, Source, Span } from '../core/source.js';
import { breachOfProse, LONGEST_LINE, LONGEST_PROSE, tooLongField } from './bounds.js';
import { halfWidth, readCorrection, readDeadline, readDuration, readProlong, readStatutory } from './duration.js';
import { readFee, readFeeLine, readMoney, readQuantity, readRate } from './fee.js';
import { KEYS } from './keys.js';
import type { Content } from './read.js';
import { type Book, bookShape, partNames } from './schema/book.js';
import { faultOfId } from './schema/id.js';
import { type Chapter, documented, type Embedded, type Handbook, type Translation } from './schema/model.js';
import { type Office, officeShape } from './schema/office.js';
import { type Duration, type Role, STEP_KINDS, type Step, type StepKind } from './schema/procedure.js';
import { countOf } from './schema/scalars.js';
import { known, type Reading, type Shape, type Shorthand, type Unconfirmed, Unreadable } from './schema/schema.js';
import { type DocumentKind, serviceShape } from './schema/service.js';
import { isPlaceholder, lastBracket, nearest, type Prose, pieces, quote, saysUnconfirmed } from './schema/tree.js';
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
    faults: unreadable,
  }: Omit<Content, 'services' | 'chapters'>,
  parseMarkdown?: (text: string) => Root,
): Reader {
  const markdown = (): ((text: string) => Root) => {
    if (!parseMarkdown) throw new Error('a Markdown file was given without a Markdown parser');
    return parseMarkdown;
  };

  const first = notes();
  for (const source of [officeFile, bookFile, ...glossaries]) if (source) first.judge(source);
  for (const glossary of glossaries) readGlossary(glossary, first);
  const office = (readOne(officeFile, officeShape, first.reading(shorthandsFor(), officeFile), first.report) ??
    NOWHERE) as Office;
  const shorthands = shorthandsFor(officeFile && office);
  const written = (readOne(bookFile, bookShape, first.reading(shorthands, bookFile), first.report) ?? NOWHERE) as Book;
  const duty = dutyReader(officeFile && office);
  const charts = known(written.charts)?.map((chart, i) => ({
    ...inFull(chart, duty),
    id: chart.id ?? `chart-${i + 1}`,
  }));
  const book = charts ? { ...written, charts } : written;

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

  return {
    frame: excerpt(
      { ...first, faults: [...unreadable, ...first.faults] },
      [...[office, book].map(({ at }) => at.self.source).filter(({ path }) => path !== ''), ...glossaries],
      {
        unread: unreadable.flatMap(({ span }) =>
          /(^|\/)services\/[^/]+\.(ya?ml|md)$/i.test(span.source.path) ? [stemOf(span.source.path)] : [],
        ),
        unreadChapters: unreadable.flatMap(
          ({ span }) => /(?:^|\/)chapters\/([^/]+\.md)$/i.exec(span.source.path)?.[1] ?? [],
        ),
      },
    ),
    service(source) {
      const own = notes();
      own.judge(source);
      const { report } = own;
      const parsed = /\.md$/i.test(source.path) ? parsedOnce(markdown()) : undefined;
      const tree = parsed ? markdownTree(source, parsed, isProseKey, report) : yamlTree(source, report);
      const value = tree && serviceShape.read(tree, own.reading(shorthands, source));
      const stem = stemOf(source.path);
      if (typeof value !== 'object') {
        if (
          tree &&
          value === undefined &&
          !own.faults.some(({ rule }) => /^(markdown-section|yaml-syntax)$/.test(rule))
        )
          report('empty-file', tree.span, { zh: '檔案裡沒有內容。', en: 'The file has no content.' });
        // What its words are can be told all the same.
        return excerpt(own, own.faults.some(({ rule }) => rule === 'out-of-bounds') ? [source] : [], {
          unread: [stem],
        });
      }
      const id = value.id ?? stem;
      const fault = value.id === undefined && !value.unread.includes('id') ? faultOfId(stem) : undefined;
      if (fault) tellFileName(source, stem, fault, report);
      const variants = known(value.variants)?.map((variant) => inFull(variant, duty));
      const name = value.name ?? stem;
      return excerpt(own, [source], {
        services: [{ ...inFull(value, duty), ...(variants ? { variants } : {}), id, name, source }],
        ...(parsed ? { parseMarkdown: parsed } : {}),
      });
    },
    chapter(source) {
      const own = notes();
      own.judge(source);
      const chapters = chapterOf(source, markdown(), own.report);
      for (const { prose } of chapters) own.proses.push(prose);
      return excerpt(
        own,
        chapters.map((each) => each.source),
        { chapters },
      );
    },
  };
}

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
    services: excerpts.flatMap(({ services }) => services),
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
      translated: (zh, tongue, text) => taken.translations.push({ zh, tongue, text: text.normalize(), source }),
      shorthands,
    }),
  };
}

/** A file of `translations/`, named for its language: 「中文: translation」, a line each. What is left empty is still to be done. */
function readGlossary(source: Source, { report, translations }: Notes & { report: Report }): void {
  const tongue = tongueNamed(stemOf(source.path));
  if (tongue === undefined || tongue === 'zh') {
    const others = TONGUES.filter((each) => each !== 'zh');
    report(
      'unknown-file',
      { source, start: 0, end: 0 },
      {
        zh: `「${stemOf(source.path)}」不是可用的語言，translations/ 裡的檔案以語言命名。`,
        en: `"${stemOf(source.path)}" is no language; a file in translations/ is named for its language.`,
      },
      {
        zh: `可用的檔名：${others.map((each) => `${each}.yaml（${TONGUE_NAMES[each][0]}）`).join('、')}。`,
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
      translations.push({ zh: key.trim(), tongue, text: value.text.trim().normalize(), source });
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
const isProseKey = (key: string): boolean => PROSE_KEYS.has(key);

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

/** A plain record made from one line of text, in the form of one that was written out. */
const located = <T extends object>(fields: T, span: Span) => ({ ...fields, at: { self: span }, cited: {}, unread: [] });

const NONE = new Set(['無', '免', '不需要', '不需', '免附', '無須檢附', 'none']);
const DOCUMENT_KINDS: Record<string, DocumentKind> = {
  正本: 'original',
  影本: 'copy',
  驗正本: 'shown',
  出示正本: 'shown',
  驗正本收影本: 'verified',
  正本或影本: 'either',
  電子檔: 'electronic',
};
const STEP_WORDS = new Map<string, StepKind>(
  STEP_KINDS.flatMap((kind) => [[kind, kind] as const, ...(KEYS[kind] ?? []).map((word) => [word, kind] as const)]),
);
const AUTHORITY_WORDS: Record<string, 'prepare' | 'review' | 'countersign' | 'decide'> = {
  擬辦: 'prepare',
  承辦: 'prepare',
  審核: 'review',
  核轉: 'review',
  會辦: 'countersign',
  核定: 'decide',
  決行: 'decide',
};

/** The pieces inside the last （…） of a text, and what stands before. */
function bracket(text: string): { before: string; inside: string[] } | undefined {
  const found = lastBracket(text);
  return found && { before: found.before, inside: found.inside.split(/[，,、]/).map((each) => each.trim()) };
}

/** Only what begins with a number can be a length of time: cheaper than asking in vain. */
const durationIn = (text: string): Duration | undefined =>
  /^[\d０-９零一二三四五六七八九十兩半]/.test(text) ? attempt(() => readDuration(text)) : undefined;

const attempt = <T>(work: () => T): T | undefined => {
  try {
    return work();
  } catch (error) {
    if (error instanceof Unreadable) return undefined;
    throw error;
  }
};

/** A step's own words, and who and how long from the brackets behind them. */
type Duty = { words: string; actor?: readonly Role[]; limit?: Duration };

const inFull = <T extends { readonly procedure?: readonly Step[] | Unconfirmed }>(owner: T, duty: DutyReader): T => {
  const steps = known(owner.procedure);
  return steps ? { ...owner, procedure: withDuties(steps, duty) } : owner;
};

/** 「開始: 提出申請書（申請人）」 written with its key says as much as the same text written alone. */
function withDuties(steps: readonly Step[], duty: DutyReader): Step[] {
  return steps.map((step) => {
    const kind = STEP_KINDS.find((each) => step[each] !== undefined);
    const { words, ...rest } = kind ? duty(step[kind] ?? '', step.at[kind] ?? step.at.self) : { words: '' };
    const branches = known(step.branches)?.map((branch) => {
      const own = known(branch.value.steps);
      return own ? { ...branch, value: { ...branch.value, steps: withDuties(own, duty) } } : branch;
    });
    const parallel = known(step.parallel)?.map((way) => withDuties(way, duty));
    if (!branches && !parallel && (!kind || words === step[kind])) return step;
    return {
      ...rest,
      ...step,
      ...(kind ? { [kind]: words } : {}),
      ...(branches ? { branches } : {}),
      ...(parallel ? { parallel } : {}),
    };
  });
}

type DutyReader = (words: string, span: Span) => Duty;

function dutyReader(office?: Office): DutyReader {
  const role = roleReader(office);
  return (words, span) => {
    const brackets = bracket(words);
    const actors: Role[] = [];
    let limit: ReturnType<typeof readDuration> | undefined;
    const understood = brackets?.inside.every((piece) => {
      const time = durationIn(piece);
      if (time) limit = time;
      const who = time || !office ? undefined : attempt(() => role(piece, span));
      if (who) actors.push(located(who as object, span) as Role);
      return time !== undefined || who !== undefined;
    });
    if (!understood || !brackets) return { words };
    return { words: brackets.before, ...(actors.length > 0 ? { actor: actors } : {}), ...(limit ? { limit } : {}) };
  };
}

/** The domain languages by the names that the schemas use. Without an office, roles are taken as written. */
function shorthandsFor(office?: Office): Record<string, Shorthand> {
  const role = roleReader(office);
  const document: Shorthand = (text) => {
    if (NONE.has(text))
      throw new Unreadable('wrong-type', {
        zh: `「${text}」應直接寫在「應備證件:」之後，不寫成清單。`,
        en: `Write "${text}" directly after the key, not as a list item.`,
      });
    const prefixed = /^([^：:（(]{1,30})[：:]\s*(\S.*)$/.exec(text);
    const rest = prefixed?.[2] ?? text;
    const fields: Record<string, unknown> = prefixed ? { condition: prefixed[1] } : {};
    const brackets = bracket(rest);
    const others: string[] = [];
    let taken = 0;
    for (const piece of brackets?.inside ?? []) {
      // No kind of document with its number is longer.
      const counted =
        piece.length > 40 ? null : /^(.*?)\s*([0-9０-９]+|[一二三四五六七八九十兩]+)\s*(?:份|張|件)$/.exec(piece);
      const word = counted ? counted[1]?.trim() : piece;
      const kind = word ? DOCUMENT_KINDS[word] : undefined;
      const fresh =
        kind || counted ? undefined : durationIn(piece.slice(0, 80).replace(/(核發|申請|開立)(者|之.*)?$/, ''));
      if (kind) fields.kind = kind;
      if (counted && (kind || !word)) fields.copies = countOf(halfWidth(counted[2] ?? ''));
      if (fresh) fields.fresh = fresh;
      if (kind || fresh || (counted && !word)) taken += 1;
      else others.push(piece);
    }
    if (!brackets || taken === 0) return { ...fields, name: rest };
    return { ...fields, name: brackets.before, ...(others.length > 0 ? { note: others.join('、') } : {}) };
  };
  const duty = dutyReader(office);
  const step: Shorthand = (text, span) => {
    const prefixed = /^([^：:（(\s]{1,8})[：:]\s*(\S.*)$/.exec(text);
    const kind = prefixed ? STEP_WORDS.get(prefixed[1] ?? '') : undefined;
    const { words, ...rest } = duty(kind ? (prefixed?.[2] ?? '') : text, span);
    return { [kind ?? (/[？?]$/.test(words) ? 'decision' : 'step')]: words, ...rest };
  };
  const authority: Shorthand = (text, span) => {
    const fields: Record<string, Role[]> = {};
    for (const piece of pieces(text, span)) {
      const ending = Object.keys(AUTHORITY_WORDS).find(
        (word) => piece.text.endsWith(word) && piece.text.length > word.length,
      );
      const key = ending ? (AUTHORITY_WORDS[ending] ?? 'decide') : 'decide';
      const who = ending ? piece.text.slice(0, -ending.length).trim() : piece.text;
      fields[key] = [...(fields[key] ?? []), located(role(who, piece.span) as object, piece.span) as Role];
    }
    return fields;
  };
  return {
    role,
    document,
    step,
    authority,
    documents: (text, span) =>
      NONE.has(text) ? { none: true } : { items: [located(document(text, span) as object, span)] },
    duration: readDuration,
    deadline: readDeadline,
    statutory: readStatutory,
    correction: readCorrection,
    prolong: readProlong,
    money: readMoney,
    rate: readRate,
    quantity: readQuantity,
    fee: readFee,
    feeLine: readFeeLine,
    branch: (text) => ({ next: text }),
    link: (text) => ({ to: text }),
    applicant: (text) => ({ who: text }),
    channel: (text) => ({ name: text }),
    result: (text) => ({ name: text }),
    remedy: (text) => ({ remedy: text }),
    contact: (text) => ({ note: text }),
    named: (text) => ({ name: text }),
    image: (text) => ({ file: text }),
    part: (text) => {
      if (/\.md$/i.test(text)) return { file: text };
      const found = Object.entries(partNames).find(([name, words]) => name === text || words.includes(text));
      if (found) return { part: found[0] };
      const near = nearest(text, Object.values(partNames).flat());
      throw new Unreadable(
        'unknown-reference',
        {
          zh: `「${text}」不是章節檔（.md），也不是程式編排的部分。`,
          en: `"${text}" is neither a chapter file (.md) nor a part of the book.`,
        },
        near
          ? { zh: `是不是要寫「${near}」？`, en: `Did you mean "${near}"?` }
          : {
              zh: `可用的部分：${Object.values(partNames)
                .map((words) => words[0])
                .join('、')}。`,
              en: `Parts: ${Object.keys(partNames).join(', ')}.`,
            },
      );
    },
  };
}

/** 「執行一科書記官」: office, unit and title as `office.yaml` names them. A person outside stands there as 當事人. */
function roleReader(office?: Office): Shorthand {
  const longestFirst = (names: readonly string[]): string[] => [...names].sort((a, b) => b.length - a.length);
  const namesOf = (list: unknown): string[] =>
    Array.isArray(list)
      ? list.flatMap((each: { name?: string; short?: string }) =>
          [each.name, each.short].filter((name) => name !== undefined),
        )
      : [];
  const offices = [...namesOf(office?.offices), ...[office?.name, office?.short].filter((name) => name !== undefined)];
  const units = namesOf(office?.units);
  const titles = known(office?.titles) ?? [];
  const parties = known(office?.parties) ?? [];
  const [officesFirst, unitsFirst] = [longestFirst(offices), longestFirst(units)];
  return (text) => {
    if (!office || parties.includes(text) || saysUnconfirmed(text) || isPlaceholder(text)) return { written: text };
    const inOffice = officesFirst.find((name) => text.startsWith(name));
    const afterOffice = inOffice ? text.slice(inOffice.length) : text;
    const unit = unitsFirst.find((name) => afterOffice.startsWith(name));
    const afterUnit = unit ? afterOffice.slice(unit.length) : afterOffice;
    // In another office units and titles are not ours to know.
    const title =
      titles.includes(afterUnit) || (inOffice && inOffice !== office.name && inOffice !== office.short)
        ? afterUnit
        : undefined;
    if ((afterUnit === '' && (inOffice || unit)) || title)
      return {
        written: text,
        ...(inOffice ? { office: inOffice } : {}),
        ...(unit ? { unit } : {}),
        ...(title ? { titles: [title] } : {}),
      };
    const near = nearest(text, [...units, ...titles, ...offices, ...parties]);
    const some = titles[0] ?? units[0];
    throw new Unreadable(
      'unknown-reference',
      {
        zh: `「${text}」不是 office.yaml 裡的單位、職稱、相關機關或當事人。`,
        en: `"${text}" is no unit, title, related office or party of office.yaml.`,
      },
      near
        ? { zh: `是不是要寫「${near}」？`, en: `Did you mean "${near}"?` }
        : {
            zh: `改成 office.yaml 裡的名稱${some ? `（例如「${some}」）` : ''}，或把它加進「單位」「職稱」「相關機關」「當事人」。`,
            en: `Use a name from office.yaml${some ? `, such as "${some}"` : ''}, or add it there.`,
          },
    );
  };
}

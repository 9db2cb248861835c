// The content of an office while the program works on it: read from its folder again and again, or once. What has not
// changed since is neither parsed nor judged nor laid out again, and what a run judged the next one remembers.
import { isAbsolute, relative, resolve, sep } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Root } from 'mdast';
import type { Answers } from '../content/author-chart.js';
import { type Verdict, type Verdicts, withFormsTried } from '../content/form-files.js';
import { likesOf } from '../content/in-force.js';
import { bound, mayEmbed, type Reader, readerOf, standIn, withUnread } from '../content/parse.js';
import { type Content, read, withTexts } from '../content/read.js';
import type { Handbook } from '../content/schema/model.js';
import { known } from '../content/schema/schema.js';
import type { Service } from '../content/schema/service.js';
import { type CacheFolder, keyOf, type Memory, openMemory, programId } from '../core/cache.js';
import type { Diagnostic, Fault } from '../core/diagnostic.js';
import { knownOfLanguages } from '../core/language.js';
import { loadFolder } from '../core/program-files.js';
import type { Source } from '../core/source.js';
import { UserError } from '../core/terminal.js';
import { type Conclusion, conclude, entriesOf, type Judged, judge } from '../lint/engine.js';
import { type Packed, packed, unpacked } from '../lint/remembered.js';
import { cannotBeChanged, isFixed, type Rule, ruleNamed } from '../lint/rule.js';
import type { BuildTemplates } from '../theme/templates.js';
import { type Approved, approvedIn, isUnapproved, recordFaults, unapprovedIn, withApproval } from './approved.js';

/** A content folder, relative to `cwd` or absolute, or a content that was read before. */
export type Place = { folder: string; cwd: string } | Content;

/** Texts that stand in place of those of the files, by path as it is shown: mended, or not saved yet. */
export type Texts = ReadonlyMap<string, string>;

/** What is remembered between runs: what was found in files beside the same office and book, and of forms. */
export type Memories = {
  findings(beside: string): Memory<Packed>;
  forms(): Memory<Verdict>;
};

export type ProjectOptions = {
  /** Ids of the rules that are to judge; all if omitted. What these alone find is not remembered. */
  only?: readonly string[] | undefined;
  /** The strict set of rules; what handbook.yaml says if omitted. */
  strict?: boolean | undefined;
  /** Ids of rules that are switched off, whatever the content says. */
  off?: readonly string[] | undefined;
  /** Whether content may pass over findings and lower rules; it may if omitted. */
  suppressions?: boolean | undefined;
  /** The day of which fees are told (ISO); that of the edition if omitted. */
  asOf?: string | undefined;
  /** Templates in black and white only. */
  mono?: boolean | undefined;
  memories?: Memories | undefined;
  /** Those of the program if omitted. */
  rules?: ReadonlyMap<string, Rule>;
};

/** How a service is called. */
export type Called = Pick<Service, 'id' | 'name'>;

/** A content that was read and judged, with the templates it is printed with. */
export type Compilation = {
  content: Content;
  handbook: Handbook;
  /** Everything lint says, in order. */
  diagnostics: readonly Diagnostic[];
  templates: BuildTemplates;
  /** Every page is marked 草案: it differs from what was approved, or nothing was and it has 待確認; or it has errors. */
  draft: boolean;
  /** The last approval, and in what the content differs from it. */
  approval?: Approved | undefined;
};

/**
 * Each of these reads the folder anew. They throw UserError for a folder or a rule that is not there, never for what the
 * content says. A content in which nothing has changed is the same object as the last time.
 */
export type Project = {
  /** Judges nothing. */
  read(texts?: Texts): Promise<Pick<Compilation, 'content' | 'handbook'>>;
  /** Parses only what is not remembered, and loads nothing that prints. */
  lint(texts?: Texts): Promise<Pick<Compilation, 'content'> & Conclusion>;
  refresh(texts?: Texts): Promise<Compilation>;
  /**
   * The same for Chinese papers of the service that `choose` names by its id, which are the same with less: of the other
   * services only how they are called is read, where what was found in them is remembered. `found` hears of it before
   * anything else is read; what it throws ends it.
   */
  refreshFor(
    choose: (services: readonly Called[]) => string,
    found: (service: Service | undefined) => void,
  ): Promise<Compilation>;
  /** Keeps for the next run what was judged. */
  remember(): void;
};

/** Reads nothing yet. */
export const openProject = (place: Place, options: ProjectOptions = {}): Project => new OpenProject(place, options);

/** What is remembered in the folder of the cache of this content (absolute); nothing where the program runs from its source. */
export function memoriesIn(cache: CacheFolder | undefined, content: string): Memories | undefined {
  const program = programId();
  if (!cache || program === undefined) return undefined;
  const open = <T>(kind: string, beside: string): Memory<T> =>
    openMemory(`${cache.path}/${kind}-${keyOf(content)}`, keyOf(JSON.stringify([program, beside])));
  return { findings: (beside) => open('lint', beside), forms: () => open('forms', '') };
}

/** Files judged at once: enough for rules to run warm, and so few that their trees never grow old (npm run bench). */
const AT_ONCE = 16;
/** So many states are kept: a broken office is judged as it is and shown as it was. */
const KEPT = 2;

type ParseMarkdown = (text: string) => Root;
/** What every file is read beside, and shapes what is found in it. */
type Frame = Pick<Content, 'office' | 'book' | 'formFiles' | 'translations' | 'asOf'> & {
  imageFiles?: string[] | undefined;
};
/** A service, a chapter, or office and book, which are the frame. Without `sources` it is never remembered. */
type File = {
  kind: 'frame' | 'service' | 'chapter';
  sources: readonly Source[];
  excerpt?: Handbook;
  judged?: Judged;
};
/** All files that were read beside the same office and book. */
type Beside = {
  frame: Frame;
  own: File;
  files: WeakMap<Source, File>;
  reader?: { reader: Reader; parseMarkdown: ParseMarkdown | undefined };
  memory: Memory<Packed> | undefined;
};

class OpenProject implements Project {
  /** The last contents, the newest first. */
  #contents: readonly Content[] = [];
  #besides: readonly Beside[] = [];
  #laidOut: { from: unknown; templates: BuildTemplates } | undefined;
  #parseMarkdown: ParseMarkdown | undefined;
  readonly #answers: Answers = new Map();
  #forms: { found: Map<string, Verdict>; memory: Memory<Verdict> | undefined } | undefined;
  #rules: Promise<ReadonlyMap<string, Rule>> | undefined;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly place: Place,
    private readonly options: ProjectOptions,
  ) {}

  read(texts?: Texts): Promise<Pick<Compilation, 'content' | 'handbook'>> {
    return this.#inTurn(async () => {
      const content = this.#contentNow(texts);
      const beside = this.#besideOf(content);
      const excerpts = await this.#excerptsOf(content, beside);
      return { content, handbook: bound([withUnread(beside.own.excerpt as Handbook, content.faults), ...excerpts]) };
    });
  }

  lint(texts?: Texts): Promise<Pick<Compilation, 'content'> & Conclusion> {
    return this.#inTurn(async () => {
      const loading = this.#allRules();
      const content = this.#contentNow(texts);
      const faults = await this.#faultsBeside(content);
      const { conclusion } = await this.#judged(content, faults, await loading);
      return { content, ...conclusion };
    });
  }

  refresh(texts?: Texts): Promise<Compilation> {
    return this.#inTurn(async () => {
      const loading = this.#allRules();
      const content = this.#contentNow(texts);
      const templates = await this.#templatesFor(content);
      const excerpts = await this.#excerptsOf(content, this.#besideOf(content));
      const { conclusion, frame } = await this.#judged(content, templates.faults, await loading);
      const { diagnostics } = conclusion;
      const handbook = bound([frame, ...excerpts]);
      const open = handbook.unconfirmed.length > 0;
      return { content, templates, diagnostics, ...(await approvedOrDraft(content, handbook, open, diagnostics)) };
    });
  }

  refreshFor(
    choose: (services: readonly Called[]) => string,
    found: (service: Service | undefined) => void,
  ): Promise<Compilation> {
    return this.#inTurn(async () => {
      const content = this.#contentNow();
      const rules = await this.#allRules();
      const beside = this.#besideOf(content);
      await this.#judgedFiles(content, beside, rules);
      const reader = await this.#readerOf(content, beside, true);
      const files = filesOf(content, beside).filter(({ kind }) => kind === 'service');
      const entries = new Map(files.map((file) => [file, calledIn(file)]));
      const whole = new Map<File, Handbook>();
      const ids = [choose([...entries.values()].flat())];
      // Its list of documents may be that of another service.
      for (const id of ids)
        for (const [file, called] of entries)
          if (!whole.has(file) && called.some((each) => each.id === id)) {
            file.excerpt ??= excerptOf(reader, file);
            whole.set(file, file.excerpt);
            ids.push(...file.excerpt.services.flatMap(likesOf));
          }
      const excerpts = files.map((file) => whole.get(file) ?? calledAlone(reader.frame, file, entries.get(file) ?? []));
      const read = bound([reader.frame, ...excerpts]);
      found(read.services.find(({ id }) => id === ids[0]));
      const templates = await this.#templatesFor(content);
      const { conclusion, frame, judged } = await this.#judged(content, templates.faults, rules);
      const { diagnostics } = conclusion;
      const handbook = bound([frame, ...excerpts]);
      const open = judged.some(({ hasOpen }) => hasOpen);
      return { content, templates, diagnostics, ...(await approvedOrDraft(content, handbook, open, diagnostics)) };
    });
  }

  remember(): void {
    for (const { memory } of this.#besides.toReversed()) memory?.save();
    this.#forms?.memory?.save();
  }

  /** One after the other: each knows what the one before found. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#turn.then(work, work);
    this.#turn = done.catch(() => undefined);
    return done;
  }

  #allRules(): Promise<ReadonlyMap<string, Rule>> {
    this.#rules ??= this.options.rules ? Promise.resolve(this.options.rules) : loadFolder<Rule>('lint/rules');
    return this.#rules;
  }

  // -------------------------------------------------------------- reading

  #contentNow(texts: Texts = new Map()): Content {
    const { asOf } = this.options;
    const content = this.#contents.reduce(sharing, {
      ...contentAt(this.place, texts),
      ...(asOf === undefined ? {} : { asOf }),
    });
    this.#contents = [content, ...this.#contents.filter((each) => each !== content)].slice(0, KEPT);
    return content;
  }

  #besideOf(content: Content): Beside {
    const { office, book, formFiles, images, translations, asOf } = content;
    const frame: Frame = {
      office,
      book,
      formFiles,
      imageFiles: images?.map(({ name }) => name),
      translations,
      ...(asOf === undefined ? {} : { asOf }),
    };
    const before = this.#besides.find((each) => isDeepStrictEqual(each.frame, frame));
    const { only, memories } = this.options;
    const beside: Beside = before ?? {
      frame,
      // What is not there cannot be remembered by its text.
      own: { kind: 'frame', sources: office && book ? [office, book, ...translations] : [] },
      files: new WeakMap(),
      memory: only
        ? undefined
        : memories?.findings(
            keyOf(JSON.stringify([office, book, formFiles, frame.imageFiles, translations, knownOfLanguages(), asOf])),
          ),
    };
    if (beside !== this.#besides[0]) {
      const all = [beside, ...this.#besides.filter((each) => each !== before)];
      for (const { memory } of all.slice(KEPT)) memory?.save();
      this.#besides = all.slice(0, KEPT);
    }
    return beside;
  }

  /** Every service and chapter by itself, parsed where it is not; the frame's own stands in `beside`. */
  async #excerptsOf(content: Content, beside: Beside): Promise<Handbook[]> {
    const reader = await this.#readerOf(content, beside, true);
    const [own, ...files] = filesOf(content, beside);
    if (own) own.excerpt ??= reader.frame;
    return files.map((file) => {
      file.excerpt ??= excerptOf(reader, file);
      return file.excerpt;
    });
  }

  /** Reads what stands beside `beside.frame`. The Markdown parser is loaded only where something needs it. */
  async #readerOf(content: Content, beside: Beside, markdown: boolean): Promise<Reader> {
    if (beside.reader && (beside.reader.parseMarkdown || !markdown)) return beside.reader.reader;
    if (markdown) this.#parseMarkdown ??= (await import('../content/syntax/markdown.js')).parseMarkdown;
    const parseMarkdown = markdown ? this.#parseMarkdown : undefined;
    beside.reader = { reader: readerOf({ ...content, faults: [] }, parseMarkdown), parseMarkdown };
    return beside.reader.reader;
  }

  // -------------------------------------------------------------- judging

  /** What is found in the content, with `faults` of what lies beside its texts; and office and book as they are then known. */
  async #judged(
    content: Content,
    beside: readonly Fault[],
    rules: ReadonlyMap<string, Rule>,
  ): Promise<{ conclusion: Conclusion; frame: Handbook; judged: readonly Judged[] }> {
    const { only: named, off, strict, suppressions } = this.options;
    for (const id of named ?? []) ruleNamed(id, rules);
    for (const id of off ?? [])
      if (isFixed(ruleNamed(id, rules))) throw new UserError(cannotBeChanged(id, ruleNamed(id, rules)).message);
    const only = named && new Set(named);
    const { files, reader } = await this.#judgedFiles(content, this.#besideOf(content), rules);
    const unreadable = [...content.faults, ...beside];
    const untried = withUnread(reader.frame, unreadable);
    const isAsked = (...ids: readonly string[]): boolean => !only || ids.some((id) => only.has(id));
    const tried = isAsked('form-file', 'form-comments') ? await this.#withFormsTried(untried, content) : untried;
    const unapproved = isAsked('unapproved-change') ? await unapprovedIn(content) : undefined;
    const frame = unapproved ? { ...tried, unapproved } : tried;
    const unread = [...unreadable, ...(await recordFaults(content))];
    const missing: Judged = {
      faults: unread,
      mentions: new Map(),
      entries: entriesOf(untried),
      sources: [],
      hasOpen: false,
      comments: [],
    };
    const judged = [missing, ...files.map((file) => file.judged as Judged)];
    const options = { ...(strict ? { strict } : {}), only, off: off && new Set(off), suppressions };
    return { conclusion: conclude(frame, judged, rules, options), frame, judged };
  }

  /** Every file judged, or as it was judged before. */
  async #judgedFiles(
    content: Content,
    state: Beside,
    rules: ReadonlyMap<string, Rule>,
  ): Promise<{ files: readonly File[]; reader: Reader }> {
    const only = this.options.only && new Set(this.options.only);
    const files = filesOf(content, state);
    for (const file of files) file.judged ??= recalled(file, state.memory);
    const fresh = files.filter(({ judged }) => judged === undefined);
    const { office, book } = content;
    const reader = await this.#readerOf(
      content,
      state,
      [office, book, ...fresh.flatMap(({ sources }) => sources)].some(
        (source) => source && (/\.md$/i.test(source.path) || mayEmbed(source.text)),
      ),
    );
    for (let i = 0; i < fresh.length; i += AT_ONCE) {
      const some = fresh.slice(i, i + AT_ONCE);
      const excerpts = await this.#withChartsTried(some.map((file) => file.excerpt ?? excerptOf(reader, file)));
      for (const [k, judged] of judge(excerpts, rules, only).entries()) keep(some[k] as File, judged, state.memory);
    }
    return { files, reader };
  }

  /** Mermaid is loaded only where a chart was given as its text. */
  async #withChartsTried(excerpts: readonly Handbook[]): Promise<readonly Handbook[]> {
    const given = excerpts.some(
      ({ services, book }) =>
        services.some(({ mermaid }) => mermaid !== undefined) ||
        (known(book.charts) ?? []).some(({ mermaid }) => mermaid !== undefined),
    );
    if (!given) return excerpts;
    return (await import('../content/author-chart.js')).withChartsTried(excerpts, this.#answers);
  }

  /** PDFs are looked at only where the book lists one. */
  async #withFormsTried(frame: Handbook, content: Content): Promise<Handbook> {
    const listed = known(frame.book.forms)?.some(({ file }) => content.forms?.some(({ name }) => name === file));
    if (!listed) return frame;
    const { only, memories } = this.options;
    this.#forms ??= { found: new Map(), memory: only ? undefined : memories?.forms() };
    const { found, memory } = this.#forms;
    const verdicts: Verdicts = {
      get: (digest) => found.get(digest) ?? memory?.get(digest),
      put: (digest, verdict) => {
        found.set(digest, verdict);
        memory?.put(digest, verdict);
      },
    };
    return withFormsTried(frame, content, verdicts);
  }

  // -------------------------------------------------------------- laying out

  /** The program's templates with what the office lays over them, and in its fonts. */
  async #templatesFor(content: Content): Promise<BuildTemplates> {
    const { officeFonts } = await import('../theme/fonts.js');
    const { readTemplates } = await import('../theme/templates.js');
    const { faults, ...fonts } = officeFonts(content);
    const from = [content.templates, content.images, fonts];
    if (!this.#laidOut || !isDeepStrictEqual(this.#laidOut.from, from)) {
      const templates = await readTemplates(this.options.mono === true, content, { ...fonts, faults: [] });
      this.#laidOut = { from, templates };
    }
    const { templates } = this.#laidOut;
    return faults.length === 0 ? templates : { ...templates, faults: [...templates.faults, ...faults] };
  }

  /** What is wrong with fonts, pictures and templates; those of the program are read only where something lies over them. */
  async #faultsBeside(content: Content): Promise<readonly Fault[]> {
    if (content.templates || content.images) return (await this.#templatesFor(content)).faults;
    return (await import('../theme/fonts.js')).officeFonts(content).faults;
  }
}

function contentAt(place: Place, texts: Texts): Content {
  if (!('folder' in place)) return withTexts(place, texts);
  const { folder, cwd } = place;
  return withTexts(read(folder, cwd), texts, shownRoot(folder, cwd));
}

/** How a content folder is shown: as it was typed, with `/`. */
export function shownRoot(folder: string, cwd: string): string {
  const full = resolve(cwd, folder);
  return (isAbsolute(folder) ? full : relative(cwd, full)).split(sep).join('/') || '.';
}

/** The frame, then every service and every chapter. */
function filesOf({ services, chapters }: Content, { own, files }: Beside): File[] {
  const fileOf = (kind: File['kind'], source: Source): File => {
    const file = files.get(source) ?? { kind, sources: [source] };
    files.set(source, file);
    return file;
  };
  return [
    own,
    ...services.map((source) => fileOf('service', source)),
    ...chapters.map((source) => fileOf('chapter', source)),
  ];
}

const excerptOf = (reader: Reader, { kind, sources: [source] }: File): Handbook =>
  kind === 'frame' ? reader.frame : reader[kind](source as Source);

/** How the services in a file that was judged are called. */
const calledIn = ({ judged }: File): Called[] =>
  (judged?.entries ?? []).flatMap(({ kind, id, read }) =>
    kind === 'service' && read ? [{ id, name: read.name }] : [],
  );

/** In the place of an excerpt: of its services nothing is known but how they are called. */
const calledAlone = (frame: Handbook, { judged, sources }: File, called: readonly Called[]): Handbook => ({
  ...frame,
  sources,
  services: called.map(({ id, name }) => standIn(id, name, sources[0] as Source)),
  unread: (judged?.entries ?? []).flatMap(({ id, read }) => (read ? [] : [id])),
  chapters: [],
  faults: [],
  embedded: [],
  unconfirmed: [],
  translations: [],
});

async function approvedOrDraft(
  content: Content,
  handbook: Handbook,
  hasOpen: boolean,
  diagnostics: readonly Diagnostic[],
): Promise<Pick<Compilation, 'handbook' | 'draft' | 'approval'>> {
  const approval = await approvedIn(content);
  const draft = isUnapproved(hasOpen, approval) || diagnostics.some(({ severity }) => severity === 'error');
  return { handbook: withApproval(handbook, approval), draft, approval };
}

const nameOf = ({ kind, sources }: File): string =>
  [kind, ...sources.map(({ path, text }) => `${path} ${keyOf(text)}`)].join(' ');

function recalled(file: File, memory: Memory<Packed> | undefined): Judged | undefined {
  const found = file.sources.length > 0 ? memory?.get(nameOf(file)) : undefined;
  return found && unpacked(found, file.sources);
}

function keep(file: File, judged: Judged, memory: Memory<Packed> | undefined): void {
  file.judged = judged;
  // Of an office that could not be read there is no place to remember.
  const isWhole = file.kind !== 'frame' || judged.sources.length === file.sources.length;
  if (memory && file.sources.length > 0 && isWhole) memory.put(nameOf(file), packed(judged, file.sources));
}

/** `now`, with every part that is as it was in `before` as the object that it was; where all is, `before` itself. */
function sharing<T>(now: T, before: unknown): T {
  if (isDeepStrictEqual(now, before)) return before as T;
  if (Array.isArray(now) && Array.isArray(before)) {
    const byName = new Map(before.map((each, i) => [nameIn(each, i), each]));
    return now.map((each, i) => sharing(each, byName.get(nameIn(each, i)))) as T;
  }
  if (!isPlain(now) || !isPlain(before)) return now;
  return Object.fromEntries(Object.entries(now).map(([key, value]) => [key, sharing(value, before[key])])) as T;
}

/** A file in a list of files stands in its place by its name, whatever comes before it. */
const nameIn = (each: unknown, i: number): unknown => (isPlain(each) ? (each.path ?? each.name ?? i) : i);
const isPlain = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;

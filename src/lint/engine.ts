// The handbook against the rules: faults of reading and findings of rules become one sorted report, at the severities
// the book asks for and without what its author has answered for.
import { dirname } from 'node:path/posix';
import { type Procedure, proceduresOf } from '../content/procedure.js';
import type { Handbook } from '../content/schema/model.js';
import { known, nearest } from '../content/schema/schema.js';
import { commentsOf } from '../content/syntax/yaml.js';
import {
  type Diagnostic,
  type Fault,
  inOrder,
  placeOf,
  type Say,
  type Severity,
  type Source,
  type Span,
  UserError,
} from '../core/source.js';

/** A piece of content that shows a rule: `text` is a service file unless `file` says otherwise. */
export type Example = {
  file?: string;
  text: string;
  /** Other files the example needs, by path: an office.yaml of its own, a chapter. */
  also?: Readonly<Record<string, string>>;
  /** In a bad example: the text at which the finding stands. */
  at?: string;
};

export type Found = Omit<Fault, 'rule'>;

/** What a rule notes in one file, to be held against the other files: a word, and what else it needs to know of it. */
export type Mention = { readonly word: string; readonly span: Span; readonly also?: readonly string[] };

/** A service or chapter as the book sees it. One that could not be read has no name and no place. */
export type Entry = {
  readonly kind: 'service' | 'chapter';
  /** The service's id, or the file name of the chapter. */
  readonly id: string;
  readonly read?: { readonly name: string; readonly at: { readonly id: Span; readonly name: Span } };
};

/** The book as a whole, for what no single file can tell. */
export type Whole = {
  /** Office and book alone. */
  readonly handbook: Handbook;
  readonly entries: readonly Entry[];
  /** What the rule noted, in the order of the files. */
  readonly mentions: readonly Mention[];
  /** Every file that could be read. */
  readonly sources: readonly Source[];
};

/**
 * One lint rule. Its file name is its id. Rules without `check` and `whole` are found while reading.
 *
 * `check` sees one service, one chapter, or office and book alone, and speaks of no other file; so a file that has not
 * changed need not be looked at again. What takes several files to tell is noted by `mentions` and judged by `whole`.
 */
export type Rule = {
  severity: Severity;
  /** The severity in the strict set, where it is another. */
  strict?: 'error';
  /** Its fixes never change the meaning, so `--fix` applies them; other fixes are proposals. */
  mends?: true;
  /** Why it matters, for a clerk. */
  why: Say;
  good: readonly Example[];
  bad: readonly Example[];
  check?: (handbook: Handbook, report: (found: Found) => void, procedures: readonly Procedure[]) => void;
  mentions?: (handbook: Handbook, procedures: readonly Procedure[]) => Mention[];
  whole?: (book: Whole, report: (found: Found) => void) => void;
};

/** What was found in one excerpt, whatever the severities, and what is to be held against the other files. */
export type Judged = {
  readonly faults: readonly Fault[];
  readonly mentions: ReadonlyMap<string, readonly Mention[]>;
  readonly entries: readonly Entry[];
  readonly sources: readonly Source[];
};

export type CheckOptions = {
  /** The strict set; what handbook.yaml says when left out. */
  strict?: boolean;
  /** Only these rules are run and reported. */
  only?: ReadonlySet<string> | undefined;
};

/** All findings in a book, given as the excerpts it was read in, the frame first: sorted by file and place, none twice. */
export function check(
  excerpts: readonly Handbook[],
  rules: ReadonlyMap<string, Rule>,
  options: CheckOptions = {},
): Diagnostic[] {
  const [frame] = excerpts;
  if (!frame) throw new Error('a book of no excerpts');
  return conclude(frame, judge(excerpts, rules, options.only), rules, options);
}

/** What the rules find in each excerpt by itself. Rule by rule: what runs in one piece the engine soon runs fast. */
export function judge(
  excerpts: readonly Handbook[],
  rules: ReadonlyMap<string, Rule>,
  only?: ReadonlySet<string>,
): Judged[] {
  const judged = excerpts.map((excerpt) => ({
    faults: [...excerpt.faults],
    mentions: new Map<string, readonly Mention[]>(),
    entries: entriesOf(excerpt),
    sources: excerpt.sources,
  }));
  const procedures = excerpts.map(proceduresOf);
  for (const [id, { check, mentions }] of rules) {
    if (only && !only.has(id)) continue;
    for (const [i, { faults, mentions: noted }] of judged.entries()) {
      const [excerpt, flows] = [excerpts[i] as Handbook, procedures[i] as Procedure[]];
      check?.(excerpt, (found) => faults.push({ ...found, rule: id }), flows);
      const found = mentions?.(excerpt, flows) ?? [];
      if (found.length > 0) noted.set(id, found);
    }
  }
  return judged;
}

function entriesOf(excerpt: Handbook): Entry[] {
  return [
    ...excerpt.unread.map((id): Entry => ({ kind: 'service', id })),
    ...(excerpt.unreadChapters ?? []).map((id): Entry => ({ kind: 'chapter', id })),
    ...excerpt.services.map(({ id, name, at }): Entry => {
      return { kind: 'service', id, read: { name, at: { id: at.id ?? at.self, name: at.name ?? at.self } } };
    }),
    ...excerpt.chapters.map(({ file, title, source }): Entry => {
      const start = Math.max(0, source.text.indexOf(title));
      const at = { source, start, end: start + title.length };
      return { kind: 'chapter', id: file, read: { name: title, at: { id: at, name: at } } };
    }),
  ];
}

/** What was found file by file and what the whole book shows become the report. */
export function conclude(
  frame: Handbook,
  judged: readonly Judged[],
  rules: ReadonlyMap<string, Rule>,
  { strict = frame.book.strict === true, only }: CheckOptions = {},
): Diagnostic[] {
  const found: Fault[] = judged.flatMap(({ faults }) => faults);
  const entries = judged.flatMap((each) => each.entries);
  const sources = judged.flatMap((each) => each.sources);
  for (const [id, rule] of rules) {
    if (!rule.whole || (only && !only.has(id))) continue;
    const mentions = judged.flatMap((each) => each.mentions.get(id) ?? []);
    rule.whole({ handbook: frame, entries, mentions, sources }, (each) => found.push({ ...each, rule: id }));
  }
  const levels = levelsOf(frame, rules, strict, found);
  const rated = found.flatMap((fault): Diagnostic[] => {
    if (only && !only.has(fault.rule)) return [];
    const severity = levels(fault.rule, fault.span.source.path);
    return severity === 'off' ? [] : [{ ...fault, severity }];
  });
  rated.sort(inOrder);
  const distinct = rated.filter((each, i) => i === 0 || inOrder(rated[i - 1] as Diagnostic, each) !== 0);
  return withoutSuppressed(sources, rules, distinct, levels, only).sort(inOrder);
}

/** A fault that keeps content from being read at all: without mending it there is nothing to print. */
export const isFixed = (rule: Rule): boolean => !rule.check && !rule.whole && rule.severity === 'error';

// ---------------------------------------------------------------- severities

type Levels = (rule: string, path: string) => Severity | 'off';

/** The level of a rule in a file: the last setting of the book that fits, else that of its set. */
function levelsOf(handbook: Handbook, rules: ReadonlyMap<string, Rule>, strict: boolean, found: Fault[]): Levels {
  const settings = (known(handbook.book.rules) ?? []).flatMap(({ rule: id, level, paths, at }) => {
    if (id === undefined || level === undefined) return [];
    const rule = rules.get(id);
    const span = at.rule ?? at.self;
    if (!rule) found.push({ rule: 'rule-setting', span, ...noSuchRule(id, rules, span) });
    else if (isFixed(rule)) found.push({ rule: 'rule-setting', span, ...cannotBeChanged(id) });
    else return [{ id, level: level as Severity | 'off', fits: (known(paths) ?? []).map(patternOf) }];
    return [];
  });
  const root = dirname(handbook.book.at.self.source.path);
  const levelOf = (id: string, path: string): Severity | 'off' => {
    const rule = rules.get(id);
    if (!rule) throw new Error(`no rule file for ${id}`);
    const inside = root === '.' ? path : path.slice(root.length + 1);
    const setting = settings.findLast(
      (each) => each.id === id && (each.fits.length === 0 || each.fits.some((pattern) => pattern.test(inside))),
    );
    return setting?.level ?? (strict && rule.strict ? rule.strict : rule.severity);
  };
  // Many findings are of one rule in one file.
  const levels = new Map<string, Severity | 'off'>();
  return (id, path) => {
    const key = `${id} ${path}`;
    const level = levels.get(key) ?? levelOf(id, path);
    levels.set(key, level);
    return level;
  };
}

type Pattern = { test(path: string): boolean };

/** `chapters/`, `services/a.yaml`, `services/*.md`, `**` + `/a.yaml`: relative to the content folder. */
function patternOf(path: string): Pattern {
  const plain = path
    .trim()
    .replace(/^\.?\//, '')
    .replace(/\/$/, '');
  // `**/` may stand for nothing; of stars in a row one says as much.
  const parts = (plain.match(/\*{2,}\/?|\*|[^*]/g) ?? []).map((part) => (part.startsWith('**') ? '**' : part));
  const test = (file: string): boolean => {
    // Which parts may come next, after each character of the path: no stars are tried again and again.
    let open = new Set<number>();
    const enter = (states: Set<number>, part: number): void => {
      for (let i = part; ; i += 1) {
        states.add(i);
        if (parts[i] !== '*' && parts[i] !== '**') return;
      }
    };
    enter(open, 0);
    for (const c of file) {
      if (open.has(parts.length) && c === '/') return true;
      const next = new Set<number>();
      for (const i of open) {
        const part = parts[i];
        if (part === '**' || (part === '*' && c !== '/')) enter(next, i);
        else if (part !== '*' && (part === c || (part === '?' && c !== '/'))) enter(next, i + 1);
      }
      open = next;
    }
    return open.has(parts.length);
  };
  return { test };
}

/** The rule a user named at the keyboard. Throws UserError when there is none. */
export function ruleNamed(id: string, rules: ReadonlyMap<string, Rule>): Rule {
  const rule = rules.get(id);
  if (rule) return rule;
  const { message, hint } = missingRule(id, rules);
  throw new UserError({ zh: `${message.zh}${hint.zh}`, en: `${message.en} ${hint.en}` });
}

function missingRule(id: string, rules: ReadonlyMap<string, Rule>): { message: Say; hint: Say; near?: string } {
  const near = nearest(id, [...rules.keys()]);
  const message = { zh: `沒有「${id}」這條檢查規則。`, en: `There is no rule "${id}".` };
  if (near) return { message, near, hint: { zh: `是不是要寫「${near}」？`, en: `Did you mean "${near}"?` } };
  return {
    message,
    hint: { zh: '用「servicebook explain」看全部規則。', en: 'See all rules with "servicebook explain".' },
  };
}

function noSuchRule(id: string, rules: ReadonlyMap<string, Rule>, span: Span): Pick<Fault, 'message' | 'hint' | 'fix'> {
  const { near, ...said } = missingRule(id, rules);
  const writtenSo = span.source.text.slice(span.start, span.end) === id;
  return { ...said, ...(near && writtenSo ? { fix: { span, text: near } } : {}) };
}
const cannotBeChanged = (id: string): Pick<Fault, 'message' | 'hint'> => ({
  message: {
    zh: `「${id}」指的是讀不出來的內容，不能關閉、降級或略過。`,
    en: `"${id}" is about content that cannot be read; it cannot be turned off, lowered or passed over.`,
  },
  hint: { zh: '改正它所指的地方。', en: 'Mend what it points at.' },
});

// ---------------------------------------------------------------- suppressions

/** 「# 略過 numerals：引用原文」, `<!-- servicebook-ignore numerals: quoted -->`: rule, then the reason. */
const SUPPRESSION = /^(?:#+|<!--)\s*(?:略過|servicebook-ignore)\s+([\w-]+)\s*(?:[：:]\s*(.*?))?\s*(?:-->)?$/s;
/** A comment that answers for a finding. Such a comment in Markdown is no HTML of a stranger. */
export const isSuppression = (comment: string): boolean => suppressionIn(comment) !== null;
/** No reason is longer. */
const LONGEST_REASON = 1000;
const suppressionIn = (comment: string): RegExpExecArray | null =>
  comment.length > LONGEST_REASON ? null : SUPPRESSION.exec(comment.trim());

type Suppression = { rule: string; span: Span; lines: ReadonlySet<number>; used: boolean };

function withoutSuppressed(
  sources: readonly Source[],
  rules: ReadonlyMap<string, Rule>,
  judged: Diagnostic[],
  levels: Levels,
  only: ReadonlySet<string> | undefined,
): Diagnostic[] {
  const extra: Diagnostic[] = [];
  const report = (rule: string, found: Found): void => {
    const severity = levels(rule, found.span.source.path);
    if (severity !== 'off' && (!only || only.has(rule))) extra.push({ ...found, rule, severity });
  };
  const taken: Suppression[] = [];
  for (const source of sources) {
    if (!source.text.includes('略過') && !source.text.includes('servicebook-ignore')) continue;
    for (const span of commentsOf(source)) {
      const parts = suppressionIn(source.text.slice(span.start, span.end));
      if (!parts) continue;
      const [, id = '', reason = ''] = parts;
      const rule = rules.get(id);
      const start = source.text.indexOf(id, span.start);
      const named = { source, start, end: start + id.length };
      if (!rule) report('suppression', { span: named, ...noSuchRule(id, rules, named) });
      else if (isFixed(rule)) report('suppression', { span: named, ...cannotBeChanged(id) });
      else if (reason === '')
        report('suppression', {
          span,
          message: {
            zh: `略過「${id}」沒有寫理由，應寫明為什麼這裡可以例外。`,
            en: `"${id}" is passed over without a reason; say why this place may be an exception.`,
          },
          hint: { zh: `例如「略過 ${id}：引用原文」。`, en: `For example "servicebook-ignore ${id}: quoted".` },
        });
      else {
        taken.push({ rule: id, span, lines: linesOf(span), used: false });
      }
    }
  }
  if (taken.length === 0) return [...judged, ...extra];
  const answers = new Map<string, Suppression[]>();
  for (const each of taken)
    for (const line of each.lines) {
      const key = `${each.rule} ${line} ${each.span.source.path}`;
      const others = answers.get(key);
      if (others) others.push(each);
      else answers.set(key, [each]);
    }
  const left = judged.filter(({ rule, span }) => {
    const found = answers.get(`${rule} ${placeOf(span.source, span.start).line} ${span.source.path}`);
    for (const each of found ?? []) each.used = true;
    return found === undefined;
  });
  for (const { rule, span, used } of taken)
    if (!used && (!only || only.has(rule)))
      report('unused-suppression', {
        span,
        message: {
          zh: `這裡略過「${rule}」，但這條規則在這裡沒有發現什麼。`,
          en: `"${rule}" is passed over here, but finds nothing here.`,
        },
        hint: { zh: '刪去這個註解。', en: 'Delete this comment.' },
      });
  return [...left, ...extra];
}

/** For each line of a source, the first at or after it (1-based) that is neither empty nor a comment. */
const followers = new WeakMap<Source, readonly (number | undefined)[]>();
function nextLines(source: Source): readonly (number | undefined)[] {
  const known = followers.get(source);
  if (known) return known;
  const lines = source.text.split('\n');
  const next: (number | undefined)[] = [];
  for (let i = lines.length - 1; i >= 0; i -= 1) {
    const text = lines[i] ?? '';
    const counts = text.trim() !== '' && !/^\s*(#(?!#)|<!--)/.test(text);
    next[i] = counts ? i + 1 : next[i + 1];
  }
  followers.set(source, next);
  return next;
}

/** A comment behind text speaks of its own line; one that stands alone, of the next line that is no comment. */
function linesOf({ source, start, end }: Span): Set<number> {
  const { line, lineStart } = placeOf(source, start);
  if (source.text.slice(lineStart, start).trim() !== '') return new Set([line]);
  const last = placeOf(source, end - 1).line;
  const next = nextLines(source)[last];
  return new Set([line, next ?? last + 1]);
}

// What lint tells in the end, for every format alike: findings, what is passed over and why, what was not checked.
import { createHash } from 'node:crypto';
import type { Diagnostic } from '../core/diagnostic.js';
import { escapeText } from '../core/html.js';
import { type Lang, placeOf, type Say, type Span } from '../core/source.js';
import { counted, harmless, visible } from '../core/terminal.js';
import { fingerprintsOf, type Identity, identityOf } from './identity.js';
import type { Rule } from './rule.js';
import type { PassedOver } from './suppressions.js';

export type Report = {
  readonly findings: readonly Diagnostic[];
  readonly passedOver: readonly PassedOver[];
  /** Paths of files that were not judged, or not to their end. */
  readonly unchecked: readonly string[];
  /** Paths of the files whose text was judged. */
  readonly files: readonly string[];
  readonly rules: ReadonlyMap<string, Rule>;
  /** The content folder as its paths are shown. */
  readonly root: string;
  /** Of the program. */
  readonly version: string;
  /** How a path is named from the top of the repository, with `/`. */
  fromTop(path: string): string;
};

/** A report format of lint. */
export type Format = {
  summary: Say;
  /** `colour`: with colours for a terminal, in a report for people. */
  print(report: Report, lang: Lang, colour?: boolean): string;
  /** The report commands the CI that reads it, so nothing in it is shown by its code; every text of the content in it is harmless. */
  commands?: true;
  /** A page in Markdown for the CI, to be added to the file that this variable of the environment names. */
  page?: { variable: string; print(report: Report, lang: Lang): string };
};

export type Counts = {
  errors: number;
  warnings: number;
  /** Findings that `--fix` mends. */
  fixable: number;
  /** By comments beside them, by settings of the book, on the command line. */
  passedOver: { comment: number; setting: number; option: number };
};

export function countsOf({ findings, passedOver, rules }: Pick<Report, 'findings' | 'passedOver' | 'rules'>): Counts {
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  const by = (who: PassedOver['by']): number => passedOver.filter((each) => each.by === who).length;
  return {
    errors,
    warnings: findings.length - errors,
    fixable: findings.filter((each) => isMended(each, rules)).length,
    passedOver: { comment: by('comment'), setting: by('setting'), option: by('option') },
  };
}

/** Whether `--fix` mends a finding: its fix never changes the meaning. */
export const isMended = ({ rule, fix }: Diagnostic, rules: Report['rules']): boolean =>
  fix !== undefined && rules.get(rule)?.mends === true;

/** 「6 個檔案：1 個錯誤、2 個警告；--fix 可改 1 個；略過 3 個（註解 2、設定 1）」. */
export function summaryOf(report: Report): Say {
  const { errors, warnings, fixable } = countsOf(report);
  const files = report.files.length;
  const more: Say[] = [
    ...(fixable > 0 ? [{ zh: `--fix 可改 ${fixable} 個`, en: `--fix mends ${fixable}` }] : []),
    ...(passedOverIn(report) ?? []),
    ...(report.unchecked.length > 0
      ? [
          {
            zh: `${report.unchecked.length} 個檔案沒有檢查完`,
            en: `${counted(report.unchecked.length, 'file')} not checked to the end`,
          },
        ]
      : []),
  ];
  return {
    zh: `${[`${files} 個檔案：${errors} 個錯誤、${warnings} 個警告`, ...more.map(({ zh }) => zh)].join('；')}。`,
    en: `${[`${counted(files, 'file')}: ${counted(errors, 'error')}, ${counted(warnings, 'warning')}`, ...more.map(({ en }) => en)].join('; ')}.`,
  };
}

/** How many findings are passed over, and by whom; nothing where none is. */
function passedOverIn(report: Report): Say[] | undefined {
  const { comment, setting, option } = countsOf(report).passedOver;
  const all = comment + setting + option;
  if (all === 0) return undefined;
  const parts: [number, Say][] = [
    [comment, { zh: '註解', en: 'by comments' }],
    [setting, { zh: '設定', en: 'by settings' }],
    [option, { zh: '--off', en: 'by --off' }],
  ];
  const said = parts.filter(([n]) => n > 0);
  return [
    {
      zh: `略過 ${all} 個（${said.map(([n, { zh }]) => `${zh} ${n}`).join('、')}）`,
      en: `${all} passed over (${said.map(([n, { en }]) => `${n} ${en}`).join(', ')})`,
    },
  ];
}

/** What a format that knows findings alone has to say besides, where there is something: a sentence, and a name that never changes. */
export function notesOf(report: Report): { name: string; say: Say; path: string }[] {
  const book = report.files.find((path) => /(^|\/)handbook\.ya?ml$/.test(path)) ?? report.files[0] ?? report.root;
  const passed = (passedOverIn(report) ?? []).map(({ zh, en }) => ({
    name: 'passed-over',
    say: { zh: `${zh}。`, en: `${en}.` },
    path: book,
  }));
  return [...passed, ...report.unchecked.map((path) => ({ name: 'not-checked', say: UNCHECKED, path }))];
}

/** Said of a file in which something cannot be read. */
export const UNCHECKED: Say = {
  zh: '這個檔案有讀不出來的地方，其餘內容沒有檢查；改好之後請再檢查一次。',
  en: 'Something in this file cannot be read, and the rest of it was not checked; mend it and lint again.',
};

/** Where the manual explains a rule. */
export const addressOf = (rule: string, lang: Lang): string =>
  `${lang === 'zh' ? 'RULES.zh-TW.md' : 'RULES.md'}#${rule}`;

/** A message with its cure, on one line and with nothing in it that commands. */
export const sentenceOf = ({ message, hint }: Diagnostic, lang: Lang): string =>
  harmless(visible([message[lang], hint?.[lang]].filter(Boolean).join(lang === 'zh' ? '' : ' ')));

/** 1-based, in UTF-16 units; the end is behind the last character. */
export type Range = { line: number; column: number; endLine: number; endColumn: number };
export function rangeOf({ source, start, end }: Span): Range {
  const from = placeOf(source, start);
  const to = placeOf(source, Math.max(start, end));
  return { line: from.line, column: from.column, endLine: to.line, endColumn: to.column };
}

/** What a finding is, and its name among all others of the report. */
export function identified<T extends Diagnostic>(
  findings: readonly T[],
  root: string,
): (T & { identity: Identity; fingerprint: string })[] {
  const prints = fingerprintsOf(findings, root);
  return findings.map((each) => ({ ...each, identity: identityOf(each, root), fingerprint: prints.get(each) ?? '' }));
}

export const nameFrom = (...parts: readonly string[]): string =>
  createHash('sha256').update(parts.join('\0')).digest('hex').slice(0, 32);

export function grouped<T>(all: readonly T[], by: (each: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const each of all) {
    const group = groups.get(by(each));
    if (group) group.push(each);
    else groups.set(by(each), [each]);
  }
  return groups;
}

/** For XML: escaped, without what no XML may hold. */
export const xml = (text: string): string =>
  escapeText(text)
    .replace(/(?![\n\r\t])\p{Cc}|[\p{Cs}\ufffe\uffff]/gu, '\ufffd')
    .replace(/[\n\r\t]/g, (c) => `&#${c.charCodeAt(0)};`);

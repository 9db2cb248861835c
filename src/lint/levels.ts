// The severities of findings: those of the rules and their sets, as handbook.yaml changes them for the book or for some files.
import { dirname } from 'node:path/posix';
import type { Handbook } from '../content/schema/model.js';
import { known } from '../content/schema/schema.js';
import type { Fault, Severity } from '../core/diagnostic.js';
import { cannotBeChanged, isFixed, noSuchRule, type Rule } from './rule.js';

/** How severe a rule's findings are in the file of this path; for those that are switched off, by whom and why. */
export type Levels = (rule: string, path: string) => Level;
export type Level = {
  severity: Severity;
  off?: { by: 'setting' | 'option'; reason: string } | { by: 'set'; reason: '' };
};

/** What the command line says of all rules. */
export type LevelOptions = {
  strict: boolean;
  /** Rules that are switched off whatever they find. */
  off?: ReadonlySet<string> | undefined;
  /** Whether content may pass over findings and lower rules. */
  suppressions?: boolean | undefined;
};

/**
 * The level of a rule in a file: the last setting of the book that fits, else that of its set. Settings that cannot be
 * taken become faults.
 */
export function levelsOf(
  handbook: Handbook,
  rules: ReadonlyMap<string, Rule>,
  { strict, off, suppressions = true }: LevelOptions,
): { levels: Levels; faults: Fault[] } {
  const faults: Fault[] = [];
  const settings = (known(handbook.book.rules) ?? []).flatMap(({ rule: id, level, paths, note, at }) => {
    if (id === undefined || level === undefined) return [];
    const rule = rules.get(id);
    const span = at.rule ?? at.self;
    if (!rule) faults.push({ rule: 'rule-setting', span, ...noSuchRule(id, rules, span) });
    else if (isFixed(rule) || (rule.guarded && isLower(level as Severity | 'off', rule)))
      faults.push({ rule: 'rule-setting', span, ...cannotBeChanged(id, rule) });
    else if (suppressions || !isLower(level as Severity | 'off', rule))
      return [{ id, level: level as Severity | 'off', fits: (known(paths) ?? []).map(patternOf), reason: note ?? '' }];
    return [];
  });
  const root = dirname(handbook.book.at.self.source.path);
  const levelOf = (id: string, path: string): Level => {
    const rule = rules.get(id);
    if (!rule) throw new Error(`no rule file for ${id}`);
    const inside = root === '.' ? path : path.slice(root.length + 1);
    const setting = settings.findLast(
      (each) => each.id === id && (each.fits.length === 0 || each.fits.some((pattern) => pattern.test(inside))),
    );
    const own = strict && rule.strict ? rule.strict : rule.severity;
    const severity = own === 'off' ? (rule.strict ?? 'warn') : own;
    if (off?.has(id)) return { severity, off: { by: 'option', reason: '' } };
    if (setting?.level === 'off') return { severity, off: { by: 'setting', reason: setting.reason } };
    if (setting === undefined && own === 'off') return { severity, off: { by: 'set', reason: '' } };
    return { severity: setting?.level ?? severity };
  };
  // Many findings are of one rule in one file.
  const levels = new Map<string, Level>();
  const remembered = (id: string, path: string): Level => {
    const key = `${id} ${path}`;
    const level = levels.get(key) ?? levelOf(id, path);
    levels.set(key, level);
    return level;
  };
  return { levels: remembered, faults };
}

/** Whether a level makes less of a rule than its own set does. */
const isLower = (level: Severity | 'off', { severity }: Rule): boolean =>
  level === 'off' || (level === 'warn' && severity === 'error');

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

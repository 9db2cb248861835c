// Exceptions with a reason: comments that answer for a finding on their line, and those that answer for none.
import { commentsOf } from '../content/syntax/yaml-explained.js';
import type { Diagnostic } from '../core/diagnostic.js';
import { placeOf, type Source, type Span } from '../core/source.js';
import type { Levels } from './levels.js';
import { cannotBeChanged, type Found, isFixed, noSuchRule, type Rule } from './rule.js';

/** 「# 略過 numerals：引用原文」, `<!-- servicebook-ignore numerals: quoted -->`: rule, then the reason. */
const SUPPRESSION = /^(?:#+|<!--)\s*(?:略過|servicebook-ignore)\s+([\w-]+)\s*(?:[：:]\s*(.*?))?\s*(?:-->)?$/s;
/** A comment that answers for a finding. Such a comment in Markdown is no HTML of a stranger. */
export const isSuppression = (comment: string): boolean => suppressionIn(comment) !== null;
/** No reason is longer. */
const LONGEST_REASON = 1000;
const suppressionIn = (comment: string): RegExpExecArray | null =>
  comment.length > LONGEST_REASON ? null : SUPPRESSION.exec(comment.trim());

type Suppression = { rule: string; span: Span; lines: ReadonlySet<number>; reason: string; used: boolean };

/** A finding that is not told, who says so, and why. */
export type PassedOver = Diagnostic & { readonly by: 'comment' | 'setting' | 'option'; readonly reason: string };

/** The comments of a file that may answer for a finding. */
export const suppressionsIn = (source: Source): Span[] =>
  source.text.includes('略過') || source.text.includes('servicebook-ignore')
    ? commentsOf(source).filter(({ start, end }) => isSuppression(source.text.slice(start, end)))
    : [];

/** The findings that no comment answers for, with what is wrong with the comments; and those that one answers for. */
export function withoutSuppressed(
  comments: readonly Span[],
  rules: ReadonlyMap<string, Rule>,
  judged: Diagnostic[],
  levels: Levels,
  only: ReadonlySet<string> | undefined,
): { left: Diagnostic[]; passedOver: PassedOver[] } {
  const extra: Diagnostic[] = [];
  const report = (rule: string, found: Found): void => {
    const { severity, off } = levels(rule, found.span.source.path);
    if (!off && (!only || only.has(rule))) extra.push({ ...found, rule, severity });
  };
  const taken: Suppression[] = [];
  for (const span of comments) {
    const { source } = span;
    const [, id = '', reason = ''] = suppressionIn(source.text.slice(span.start, span.end)) ?? [];
    const rule = rules.get(id);
    const start = source.text.indexOf(id, span.start);
    const named = { source, start, end: start + id.length };
    if (!rule) report('suppression', { span: named, ...noSuchRule(id, rules, named) });
    else if (isFixed(rule) || rule.guarded) report('suppression', { span: named, ...cannotBeChanged(id, rule) });
    else if (reason === '')
      report('suppression', {
        span,
        message: {
          zh: `略過「${id}」沒有寫理由，應寫明為什麼這裡可以例外。`,
          en: `"${id}" is passed over without a reason; say why this place may be an exception.`,
        },
        hint: { zh: `例如「略過 ${id}：引用原文」。`, en: `For example "servicebook-ignore ${id}: quoted".` },
      });
    else taken.push({ rule: id, span, lines: linesOf(span), reason, used: false });
  }
  if (taken.length === 0) return { left: [...judged, ...extra], passedOver: [] };
  const answers = new Map<string, Suppression[]>();
  for (const each of taken)
    for (const line of each.lines) {
      const key = `${each.rule} ${line} ${each.span.source.path}`;
      const others = answers.get(key);
      if (others) others.push(each);
      else answers.set(key, [each]);
    }
  const passedOver: PassedOver[] = [];
  const left = judged.filter((each) => {
    const { rule, span } = each;
    const found = answers.get(`${rule} ${placeOf(span.source, span.start).line} ${span.source.path}`);
    for (const answer of found ?? []) answer.used = true;
    if (found) passedOver.push({ ...each, by: 'comment', reason: found[0]?.reason ?? '' });
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
  return { left: [...left, ...extra], passedOver };
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

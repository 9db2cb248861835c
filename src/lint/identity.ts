// What a finding is, wherever its line or its file moves to: the rule, the record and the field it belongs to.
import { createHash } from 'node:crypto';
import { posix } from 'node:path';
import { KEYS } from '../content/keys.js';
import type { Diagnostic } from '../core/diagnostic.js';
import { placeOf, type Source } from '../core/source.js';

/** `record`: the id of a service, or the file within the content folder; `field`: keys in English, or a heading. */
export type Identity = { readonly rule: string; readonly record: string; readonly field: string };

/** `root`: the content folder, as its paths are shown. */
export const identityOf = ({ rule, span }: Diagnostic, root: string): Identity => ({
  rule,
  record: recordOf(span.source, root),
  field: fieldAt(span.source, span.start),
});

/** Path of a file within the content folder. */
export const within = (path: string, root: string): string =>
  root !== '.' && path.startsWith(`${root}/`) ? path.slice(root.length + 1) : path;

const records = new WeakMap<Source, string>();
const ID_LINE = new RegExp(`^(?:id|${(KEYS.id ?? []).join('|')})[ \\t]*[：:][ \\t]*["']?([a-z0-9][a-z0-9_-]*)`, 'm');

function recordOf(source: Source, root: string): string {
  const known = records.get(source);
  if (known !== undefined) return known;
  const path = within(source.path, root);
  const record = path.startsWith('services/')
    ? (ID_LINE.exec(source.text)?.[1] ?? posix.basename(path).replace(/\.[^.]+$/, ''))
    : path;
  records.set(source, record);
  return record;
}

/** The English name of a key however it is spelled. */
const NAMES = new Map(
  Object.entries(KEYS)
    .flatMap(([name, words]) => words.map((word) => [word, name] as const))
    .reverse(),
);
const named = (key: string): string => NAMES.get(key) ?? key;

const KEY_LINE = /^([ \t]*(?:-[ \t]+)*)(?:"([^"\n]*)"|'([^'\n]*)'|([^\s:#"'[{-][^:\n]*?))[ \t]*:(?=[ \t\r]|$)/;
const HEADING = /^#{1,6}[ \t]+(.*?)[ \t#]*\r?$/;

/** For each line of a file, what it belongs to. */
const fields = new WeakMap<Source, readonly string[]>();

/** Read from the text alone, so that it is told of a file that cannot be parsed as well. */
function fieldAt(source: Source, offset: number): string {
  const lines = fields.get(source) ?? fieldsOf(source);
  fields.set(source, lines);
  return lines[placeOf(source, offset).line - 1] ?? '';
}

function fieldsOf({ path, text }: Source): string[] {
  const lines = text.split('\n');
  const markdown = /\.md$/i.test(path);
  const head =
    markdown && /^---\s*$/.test(lines[0] ?? '') ? lines.findIndex((line, i) => i > 0 && /^---\s*$/.test(line)) : 0;
  const open: { indent: number; key: string }[] = [];
  let heading = '';
  return lines.map((line, i) => {
    if (markdown && i > head) {
      const found = HEADING.exec(line)?.[1];
      if (found !== undefined) heading = named(found);
      return heading;
    }
    const lead = /^[ \t]*/.exec(line)?.[0].length ?? 0;
    // An empty line and a remark belong to what they stand in.
    if (line.trim() === '') return open.map(({ key }) => key).join('.');
    const [, before = '', double, single, plain] = KEY_LINE.exec(line) ?? [];
    const key = double ?? single ?? plain;
    const indent = key === undefined ? lead + (line[lead] === '-' ? 1 : 0) : before.length;
    while (open.length > 0 && (open.at(-1)?.indent ?? 0) >= indent) open.pop();
    if (key !== undefined) open.push({ indent, key: named(key) });
    return open.map((each) => each.key).join('.');
  });
}

/** How much of what is marked a fingerprint holds: where more is marked, it is a whole record that changes all the time. */
const MARKED = 200;

/** One for each finding, none twice: of its identity, what is marked, and how many of the same come before it. */
export function fingerprintsOf<T extends Diagnostic>(findings: readonly T[], root: string): Map<T, string> {
  const seen = new Map<string, number>();
  return new Map(
    findings.map((each) => {
      const sort = sortOf(each, root);
      const nth = seen.get(sort) ?? 0;
      seen.set(sort, nth + 1);
      return [each, createHash('sha256').update(`${sort}\0${nth}`).digest('hex').slice(0, 32)] as const;
    }),
  );
}

function sortOf(finding: Diagnostic, root: string): string {
  const { rule, record, field } = identityOf(finding, root);
  const { source, start, end } = finding.span;
  const marked = source.text.slice(start, end);
  return [rule, record, field, marked.length > MARKED || marked.includes('\n') ? '' : marked].join('\0');
}

/** The findings that were not there before, or not so often; the same whatever lines and files they stand in. */
export function notAmong(
  before: readonly Diagnostic[],
  now: readonly Diagnostic[],
  roots: { before: string; now: string },
): Diagnostic[] {
  const there = new Set(fingerprintsOf(before, roots.before).values());
  const prints = fingerprintsOf(now, roots.now);
  return now.filter((each) => !there.has(prints.get(each) ?? ''));
}

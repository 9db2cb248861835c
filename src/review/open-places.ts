// Every 待確認 of a content as a question: where it stands, who has to answer it, what may be written there, and a code by which the
// answer finds back to it, however the file was rearranged meanwhile.
import { createHash } from 'node:crypto';
import type { Root } from 'mdast';
import { KEYS } from '../content/keys.js';
import { treeOf } from '../content/parse.js';
import { roleText } from '../content/procedure.js';
import type { Content } from '../content/read.js';
import { documented, type Handbook } from '../content/schema/model.js';
import { type Field, type Fields, known, type Shape } from '../content/schema/schema.js';
import { saysUnconfirmed, type Tree } from '../content/schema/tree.js';
import type { Say, Source } from '../core/source.js';

type Scalar = Tree & { kind: 'scalar' };
type MapTree = Tree & { kind: 'map' };
/** A text in a file. `path`: by keys and numbers; `names`: by keys and what the entries are called, which stays when they are moved. */
export type Leaf = {
  readonly path: string;
  readonly names: readonly string[];
  readonly keys: readonly string[];
  readonly scalar: Scalar;
  /** The records it stands in, the innermost last. */
  readonly within: readonly MapTree[];
};
/** `from`, `to`: of what is to be replaced, in the file. */
export type OpenPlace = {
  readonly source: Source;
  readonly leaf: Leaf;
  readonly from: number;
  readonly to: number;
  /** The whole text is 待確認, and not a piece of it. */
  readonly isWhole: boolean;
  readonly code: string;
  readonly written: string;
  /** The unit that has to answer; empty where nobody is named. */
  readonly unit: string;
  /** The service, or the office or book. */
  readonly subject: string;
  readonly expected: Say;
  /** What is cited beside it. */
  readonly cited: string;
};

/** The files that are records. */
export const recordsOf = ({ office, book, services }: Content): Source[] =>
  [office, book, ...services].filter((source) => source !== undefined);

/** All texts of a tree, in the order of writing. */
export function leavesOf(tree: Tree): Leaf[] {
  const found: Leaf[] = [];
  const visit = (each: Tree, at: Omit<Leaf, 'scalar'>): void => {
    if (each.kind === 'scalar') {
      found.push({ ...at, scalar: each });
      return;
    }
    if (each.kind === 'list') {
      const seen = new Map<string, number>();
      for (const [i, item] of each.items.entries()) {
        const called = calledIn(item);
        const n = (seen.get(called) ?? 0) + 1;
        seen.set(called, n);
        const name = `${called === '' ? '#' : called}${n > 1 || called === '' ? n : ''}`;
        visit(item, { ...at, path: `${at.path}/${i}`, names: [...at.names, name] });
      }
      return;
    }
    const within = [...at.within, each];
    if (each.short) {
      const { text, span } = each.short;
      found.push({
        ...at,
        path: `${at.path}/:`,
        names: [...at.names, ':'],
        within,
        scalar: { kind: 'scalar', text, span },
      });
    }
    for (const { key, value } of each.entries)
      visit(value, { path: `${at.path}/${key}`, names: [...at.names, key], keys: [...at.keys, key], within });
  };
  visit(tree, { path: '', names: [], keys: [], within: [] });
  return found;
}

/** What an entry of a list is called: its line, or the first text in it that is known. */
function calledIn(item: Tree): string {
  if (item.kind === 'scalar') return saysUnconfirmed(item.text.trim()) ? '' : item.text.trim().slice(0, 40);
  if (item.kind === 'list') return '';
  if (item.short && !saysUnconfirmed(item.short.text)) return item.short.text.trim().slice(0, 40);
  const first = item.entries.find(({ value }) => value.kind === 'scalar' && value.text.trim() !== '');
  const text = first?.value.kind === 'scalar' ? first.value.text.trim() : '';
  return saysUnconfirmed(text) ? '' : text.slice(0, 40);
}

const SIGNS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const signsOf = (text: string, length: number): string =>
  [...createHash('sha256').update(text).digest().subarray(0, length)].map((byte) => SIGNS[byte % 32]).join('');
/** By its place within the content folder. */
const fileOf = ({ path }: Source): string => /(?:services\/)?[^/]*$/.exec(path)?.[0] ?? path;
export const placeCode = (source: Source, { names }: Leaf, offset: number): string =>
  signsOf(JSON.stringify([fileOf(source), names, offset]), 10);
const textCode = (written: string): string => signsOf(written.trim(), 6);

/** Every 待確認 of `handbook`, which was read from `content`. */
export function openPlaces(content: Content, handbook: Handbook, parseMarkdown: (text: string) => Root): OpenPlace[] {
  return recordsOf(content).flatMap((source) => {
    const spans = handbook.unconfirmed.filter((span) => span.source.path === source.path);
    const tree = spans.length === 0 ? undefined : treeOf(source, parseMarkdown);
    if (!tree) return [];
    const leaves = leavesOf(tree);
    const about = aboutOf(source, content, handbook);
    return spans.flatMap((span): OpenPlace[] => {
      const around = leaves.filter(({ scalar }) => scalar.span.start <= span.start && scalar.span.end >= span.end);
      const leaf = around.find(({ scalar }) => scalar.span.start === span.start) ?? around[0];
      if (!leaf) return [];
      const offset = span.start - leaf.scalar.span.start;
      const isWhole = offset === 0 && span.end === leaf.scalar.span.end;
      const written = isWhole ? leaf.scalar.text.trim() : source.text.slice(span.start, span.end);
      return [
        {
          source,
          leaf,
          ...placeOfText(source, span, written),
          code: `${placeCode(source, leaf, offset)}-${textCode(written)}`,
          written,
          isWhole,
          unit: about.unit(leaf),
          subject: about.subject,
          expected: expectedAt(about.fields, leaf.keys),
          cited: citedBeside(leaf),
        },
      ];
    });
  });
}

/** Of what is written in a span, that text alone: a section of Markdown may hold a comment beside it, a block of YAML has its sign. */
function placeOfText({ text }: Source, { start, end }: { start: number; end: number }, written: string) {
  const slice = text.slice(start, end);
  const at = slice.indexOf(written);
  const isQuoted = /^["']/.test(slice);
  return isQuoted || at === -1 ? { from: start, to: end } : { from: start + at, to: start + at + written.length };
}

function aboutOf(
  source: Source,
  content: Content,
  { office, services }: Handbook,
): { subject: string; fields: Fields; unit: (leaf: Leaf) => string } {
  if (source === content.book) return { subject: 'handbook.yaml', fields: documented.book, unit: () => '' };
  if (source === content.office) {
    const units = new Set((known(office.units) ?? []).map(({ name }) => name));
    // Of a unit it is asked itself.
    const unit = ({ keys, names }: Leaf): string =>
      ['單位', 'units'].includes(keys[0] ?? '') && units.has(names[1]) ? (names[1] ?? '') : '';
    return { subject: 'office.yaml', fields: documented.office, unit };
  }
  const service = services.find((each) => each.source.path === source.path);
  const [first] = known(service?.unit) ?? [];
  const unit = first ? roleText(first) : '';
  return {
    subject: service?.name ?? source.path,
    fields: documented.service,
    unit: () => (saysUnconfirmed(unit) ? '' : unit),
  };
}

/** What may be written in a field; a text where nothing more is known. */
function expectedAt(all: Fields, keys: readonly string[]): Say {
  let fields: Fields | undefined = all;
  let found: Say = { zh: '一段文字', en: 'text' };
  for (const key of keys) {
    const named = (among: Fields | undefined): Field | undefined =>
      Object.entries(among ?? {}).find(([name]) => name === key || KEYS[name]?.includes(key))?.[1];
    // A bare list stands for one of the fields: 應備證件 for its items.
    const field: Field | undefined =
      named(fields) ??
      Object.values(fields ?? {})
        .map(({ shape }) => named(fieldsOf(shape)))
        .find((each) => each !== undefined);
    // 值: the field itself.
    if (!field) continue;
    const { example, shape } = field;
    const more = (say: string, lang: 'zh' | 'en'): string =>
      example === undefined || say.includes('例如') || say.includes('such as')
        ? say
        : lang === 'zh'
          ? `${say}（例如 ${example}）`
          : `${say}, such as ${example}`;
    found = { zh: more(shape.expected.zh, 'zh'), en: more(shape.expected.en, 'en') };
    fields = fieldsOf(shape);
  }
  return found;
}

function fieldsOf(shape: Shape<unknown>): Fields | undefined {
  if (shape.fields) return shape.fields;
  const { written } = shape;
  if (written?.kind === 'later') return fieldsOf(written.shape());
  return written?.kind === 'list' || written?.kind === 'named' ? fieldsOf(written.of) : undefined;
}

const SOURCES = new Set(['source', 'basis', ...(KEYS.source ?? []), ...(KEYS.basis ?? [])]);
/** What is cited in the innermost record that cites anything. */
function citedBeside({ within }: Leaf): string {
  for (const record of [...within].reverse()) {
    const texts = record.entries.filter(({ key }) => SOURCES.has(key)).flatMap(({ value }) => textsIn(value));
    if (texts.length > 0) return texts.join('；');
  }
  return '';
}
const textsIn = (tree: Tree): string[] =>
  tree.kind === 'scalar'
    ? [tree.text.trim()]
    : tree.kind === 'list'
      ? tree.items.flatMap(textsIn)
      : [tree.entries.flatMap(({ value }) => textsIn(value)).join(' ')];

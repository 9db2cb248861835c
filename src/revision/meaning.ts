// What a content says, apart from how it is written: every service, chapter, chart, the office and the book as fields of
// entries that can be compared. The order of keys, their language, short forms and blanks leave no trace here.
import type { Nodes, Root } from 'mdast';
import { KEYS } from '../content/keys.js';
import { exits, type Flow, type FlowNode, flowOf, roleText } from '../content/procedure.js';
import { documented, type Handbook } from '../content/schema/model.js';
import { type Role, STEP_KINDS, type Step } from '../content/schema/procedure.js';
import { type Citation, type Fields, isUnconfirmed, known, type Shape } from '../content/schema/schema.js';
import type { Service, Variant } from '../content/schema/service.js';
import { inBookOrder } from '../document/context.js';
import { folded } from './folded.js';
import type { Matchable } from './match.js';

/** One entry of a field: a document, a charge, a step, a paragraph. `value`: as it was read. */
export type Item = Matchable & { readonly value: unknown /** 0-based, in its field. */; readonly place?: number };
export type Field = { readonly name: string; readonly label: string; readonly items: readonly Item[] };
export type SubjectKind = 'book' | 'office' | 'chapter' | 'chart' | 'service' | 'variant' | 'translation';
export type Subject = {
  readonly kind: SubjectKind;
  readonly id: string;
  readonly name: string;
  readonly fields: readonly Field[];
  /** The sub-services of a service. */
  readonly variants: readonly Subject[];
};
/** An edition of a book. `date`, `effective`: ISO, where they are known. */
export type Edition = {
  readonly title: string;
  readonly edition: string;
  readonly date?: string;
  readonly effective?: string;
  /** Who comes to the office: their steps are the citizen's. */
  readonly parties: readonly string[];
  readonly subjects: readonly Subject[];
};

/** What says when an edition was made and how the program prints it, and is no fact. */
const NOT_OF_THE_BOOK = new Set(
  'format edition date effective approval revisions languages reviewAfter strict rules furtherSheets chartStyle charts'.split(
    ' ',
  ),
);
/** Who confirmed a service and when is told beside its facts. */
const NOT_OF_A_SERVICE = new Set(['id', 'name', 'variants', 'confirmed']);
/** By which of its fields an entry is known, the first that it has. */
const NAMES =
  'name item who remedy means situation case channel stage office when floor item title file url extent to'.split(' ');
/** Fields whose value says what it is. */
const SPEAKS = new Set(
  'amount per kind limit extent rate formula note printed immediate reason prepare review countersign decide'.split(
    ' ',
  ),
);

export function meaningOf(handbook: Handbook): Edition {
  const { office, book } = handbook;
  const parse = handbook.parseMarkdown;
  const names = new Map([
    ...(known(book.forms) ?? []).map(({ id = '', name = id }) => [id, name] as const),
    ...handbook.services.map(({ id, name }) => [id, name] as const),
  ]);
  const beside: Beside = { parse, names };
  const [date, effective] = [known(book.date), known(book.effective)];
  const single = (kind: SubjectKind, name: string, fields: readonly Field[], id: string = kind): Subject => ({
    kind,
    id,
    name,
    fields: fields.filter(({ items }) => items.length > 0),
    variants: [],
  });
  const charts = (known(book.charts) ?? []).map((chart, i) =>
    single('chart', chart.name ?? '', procedureFields(chart, beside), chart.id ?? `${i + 1}`),
  );
  return {
    title: book.title ?? '',
    edition: book.edition ?? '',
    ...(date === undefined ? {} : { date }),
    ...(effective === undefined ? {} : { effective }),
    parties: [
      ...(known(office.parties) ?? []),
      ...handbook.services.flatMap(({ applicant }) => (known(applicant) ?? []).map(({ who = '' }) => who)),
    ],
    subjects: [
      single('book', book.title ?? '', fieldsOf(book, documented.book, NOT_OF_THE_BOOK, beside)),
      single('office', office.name ?? '', fieldsOf(office, documented.office, new Set(), beside)),
      ...handbook.chapters.map(({ file, title, prose }) =>
        single('chapter', title, [{ name: 'text', label: '', items: paragraphsIn(prose.markdown, parse) }], file),
      ),
      ...charts,
      ...inBookOrder(handbook).map((service) => serviceOf(service, handbook, beside)),
      ...translationsOf(handbook),
    ],
  };
}

function serviceOf(service: Service, { book }: Handbook, beside: Beside): Subject {
  const category = (known(book.categories) ?? []).find(({ services = [] }) => services.includes(service.id))?.name;
  const fields = (entry: Service | Variant): Field[] => [
    { name: 'name', label: labelOf('name'), items: [itemOf('', entry.name ?? '', undefined, { only: true })] },
    ...fieldsOf(entry, documented.service, NOT_OF_A_SERVICE, beside),
  ];
  return {
    kind: 'service',
    id: service.id,
    name: service.name,
    fields: [
      ...fields(service),
      ...(category === undefined
        ? []
        : [
            {
              name: 'categories',
              label: labelOf('categories'),
              items: [itemOf('', category, undefined, { only: true })],
            },
          ]),
    ],
    variants: (known(service.variants) ?? []).map((variant, i) => ({
      kind: 'variant',
      id: folded(variant.name ?? String(i + 1)),
      name: variant.name ?? '',
      fields: fields(variant).filter(({ items }) => items.length > 0),
      variants: [],
    })),
  };
}

/** What is said in other languages, a language each. */
function translationsOf({ translations }: Handbook): Subject[] {
  return [...new Set(translations.map(({ language }) => language))].sort().map((language) => {
    const of = new Map(translations.flatMap((each) => (each.language === language ? [[each.zh, each.text]] : [])));
    const items = [...of]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(
        ([zh, text]): Item => ({ part: '', key: folded(zh), same: `${folded(zh)}\n${text.trim()}`, text, value: text }),
      );
    return {
      kind: 'translation',
      id: language,
      name: language,
      fields: [{ name: 'text', label: '', items }],
      variants: [],
    };
  });
}

// ---------------------------------------------------------------- fields

/** What a key is called in content. */
export const labelOf = (field: string): string => KEYS[field]?.[0] ?? field;

/** What reads Markdown, and what is called by an id. */
type Beside = { readonly parse: ((text: string) => Root) | undefined; readonly names: Names };

function fieldsOf(entry: object, fields: Fields, without: ReadonlySet<string>, { parse, names }: Beside): Field[] {
  const all: Field[] = [];
  for (const [name, { shape }] of Object.entries(fields)) {
    const value = (entry as Record<string, unknown>)[name];
    if (without.has(name) || value === undefined) continue;
    const items =
      name === 'procedure'
        ? stepsIn(value as never, names)
        : isProse(value)
          ? paragraphsIn(value.markdown, parse)
          : itemsIn(value, shape, names);
    const told = withSources(items, entry, name).map((item, place) => ({ ...item, place }));
    all.push({ name, label: labelOf(name), items: told });
  }
  return all;
}

/** A chart of the book: its steps, or what was given as Mermaid. */
const procedureFields = (entry: object, beside: Beside): Field[] => {
  const { procedure, mermaid } = documented.service as Record<'procedure' | 'mermaid', Fields[string]>;
  return fieldsOf(entry, { procedure, mermaid }, new Set(), beside);
};

/** Where a whole field has its facts from, as an entry behind the others. */
function withSources(items: readonly Item[], entry: object, name: string): readonly Item[] {
  const cited = (entry as { cited?: Record<string, readonly Citation[]> }).cited?.[name] ?? [];
  return cited.length === 0 ? items : [...items, ...cited.map((each) => itemOf('source', each, undefined))];
}

function itemsIn(value: unknown, shape: Shape<unknown>, names: Names): Item[] {
  if (Array.isArray(value)) return value.map((each) => itemOf('', each, shape, { names }));
  if (!isRecord(value) || isRole(value)) return [itemOf('', value, shape, { only: true, names })];
  const items: Item[] = [];
  for (const [part, inner] of Object.entries(inOrder(value, shape.fields))) {
    const own = shape.fields?.[part]?.shape;
    // Who prepares or decides is one answer, however many they are.
    if (Array.isArray(inner) && !inner.every(isRole))
      items.push(...inner.map((each) => itemOf(part, each, own, { names })));
    else items.push(itemOf(part, inner, own, { only: true, names }));
  }
  for (const each of Object.values((value as { cited?: Record<string, readonly Citation[]> }).cited ?? {}).flat())
    items.push(itemOf('source', each, undefined));
  return items;
}

/** `only`: there is one of this part, whatever it says. */
function itemOf(
  part: string,
  value: unknown,
  shape: Shape<unknown> | undefined,
  { only = false, names = NO_NAMES }: { only?: boolean; names?: Names } = {},
): Item {
  const plain = plainOf(value);
  const text = textOf(value, shape, names);
  const label = (only && part !== '') || part === 'source' ? `${labelOf(part)}：` : '';
  return {
    part,
    key: only ? '' : (keyOf(value) ?? folded(text)),
    same: JSON.stringify(plain),
    text: `${label}${text}`,
    value,
  };
}

/** What an entry is known by: its name, and when it holds. */
function keyOf(value: unknown): string | undefined {
  if (!isRecord(value)) return undefined;
  const of = value as Record<string, unknown>;
  const name = NAMES.find((each) => typeof of[each] === 'string' || Array.isArray(of[each]));
  if (name === undefined) return undefined;
  return [of[name], of.condition, of.channel].map((each) => JSON.stringify(plainOf(each)) ?? '').join('|');
}

// ---------------------------------------------------------------- values

type Read = Record<string, unknown> & { at: unknown };
const isRecord = (value: unknown): value is Read => typeof value === 'object' && value !== null && 'at' in value;
const isProse = (value: unknown): value is { markdown: string } =>
  typeof value === 'object' && value !== null && 'markdown' in value;
const isCitation = (value: object): value is Citation => 'span' in value;
const isRole = (value: unknown): value is Role =>
  isRecord(value) && ('written' in value || 'titles' in value || ('unit' in value && !('telephone' in value)));
/** The fields of a record without what the reader noted beside them; a sum's unit is that of its line. */
function inOrder(value: Read, fields: Fields | undefined): Record<string, unknown> {
  const { at: _, cited: __, unread: ___, ...own } = value;
  const amount = own.amount;
  if (typeof amount === 'object' && amount !== null && 'per' in amount && own.per === undefined) own.per = amount.per;
  const order = Object.keys(fields ?? {});
  return Object.fromEntries(
    Object.entries(own)
      .filter(([, inner]) => inner !== undefined)
      .sort(([a], [b]) => order.indexOf(a) - order.indexOf(b)),
  );
}
const sourcesIn = (value: Read): readonly Citation[] =>
  Object.values((value as { cited?: Record<string, readonly Citation[]> }).cited ?? {}).flat();

/** What a value says, without places, in one form whatever it was written in: to be compared as JSON. */
export function plainOf(value: unknown): unknown {
  if (typeof value === 'string') return folded(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(plainOf);
  if (isUnconfirmed(value)) return { unconfirmed: folded(value.unconfirmed) };
  if (isProse(value)) return folded(value.markdown);
  if (isRole(value)) return plainRole(value);
  if (isCitation(value)) {
    const { law, article, title, url } = value;
    return [law, article, title, url].map((text) => folded(text ?? ''));
  }
  if ('printed' in value) return plainMeasure(value as { printed: string });
  if ('label' in value && 'value' in value) return [plainOf(value.label), plainOf(value.value)];
  if (!isRecord(value)) return value;
  const plain = Object.entries(inOrder(value, undefined)).sort(([a], [b]) => (a < b ? -1 : 1));
  const sources = sourcesIn(value).map((each) => JSON.stringify(plainOf(each)));
  return {
    ...Object.fromEntries(plain.map(([name, inner]) => [name, plainOf(inner)])),
    ...(sources.length > 0 ? { source: [...new Set(sources)].sort() } : {}),
  };
}

function plainRole({ office, unit, titles, written, note }: Role): unknown {
  const told = known(titles) ?? [];
  const who = office || unit || told.length > 0 ? [office ?? '', unit ?? '', ...told] : [written ?? ''];
  return [...who.map(folded), note === undefined ? '' : folded(note)];
}

/** A length of time, a sum, a share or a formula by its numbers; about and the same day are no number. */
function plainMeasure(value: { printed: string }): unknown {
  const { printed, per: _, ...numbers } = value as { printed: string; per?: unknown; unit?: unknown };
  const said = 'unit' in numbers ? /約|當[日天]|同[日天]|即[日天]/.exec(printed)?.[0] : undefined;
  const sorted = Object.entries(numbers).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries([
    ...sorted.map(([name, inner]) => [name, JSON.parse(folded(JSON.stringify(inner ?? null)))]),
    ...(said === undefined ? [] : [['said', said]]),
  ]);
}

/** What is called by its id in content, and has a name: forms and services. */
export type Names = ReadonlyMap<string, string>;
const NO_NAMES: Names = new Map();
const CALLED = new Set(['form', 'forms', 'related', 'services', 'like', 'oneOf']);
const namesFor = (field: string, names: Names): Names => (CALLED.has(field) ? names : NO_NAMES);

/** A value of a closed set in the word that is usual for it. */
function usualWord(value: string, shape: Shape<unknown> | undefined): string | undefined {
  const written = shape?.written;
  if (written?.kind === 'list') return usualWord(value, written.of);
  return written?.kind === 'words' ? written.words.find((spellings) => spellings.includes(value))?.[0] : undefined;
}

/** A value in the words of the content, to be printed. */
export function textOf(value: unknown, shape?: Shape<unknown>, names: Names = NO_NAMES): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'string')
    return usualWord(value, shape) ?? names.get(value) ?? value.replace(/\s+/g, ' ').trim();
  if (typeof value === 'boolean') return value ? '是' : '否';
  if (typeof value !== 'object') return String(value);
  if (Array.isArray(value)) {
    const between = value.some((each) => isRecord(each) && !isRole(each)) ? '；' : '、';
    return value.map((each) => textOf(each, shape, names)).join(between);
  }
  if (isUnconfirmed(value)) return value.unconfirmed;
  if (isProse(value)) return value.markdown.trim();
  if (isRole(value))
    return `${roleText(value)}${value.note === undefined || value.written?.includes(value.note) ? '' : `（${value.note}）`}`;
  if (isCitation(value)) return value.law ? `${value.law}${value.article ?? ''}` : (value.title ?? value.url ?? '');
  if ('printed' in value) return String(value.printed);
  return isRecord(value) ? recordText(value, shape?.fields ?? {}, names) : '';
}

/** 委託他人時：委任書（正本；份數：1）. */
function recordText(value: Read, fields: Fields, names: Names): string {
  const own = inOrder(value, fields);
  const name = NAMES.find((each) => own[each] !== undefined);
  const { condition, ...rest } = own;
  const details = Object.entries(rest).flatMap(([field, inner]) => {
    if (field === name || field === 'id') return [];
    const shape = field === 'oneOf' ? ({ fields } as Shape<unknown>) : fields[field]?.shape;
    const text = textOf(inner, shape, namesFor(field, names));
    if (text === '') return [];
    // What stands with its unit is not said twice.
    if (field === 'per' && textOf(own.amount).includes(text)) return [];
    return [SPEAKS.has(field) ? text : `${labelOf(field)}：${text}`];
  });
  const head = name === undefined ? '' : textOf(own[name], fields[name]?.shape);
  const told = details.length === 0 ? head : head === '' ? details.join('；') : `${head}（${details.join('；')}）`;
  return condition === undefined ? told : `${textOf(condition)}：${told}`;
}

// ---------------------------------------------------------------- procedures and paragraphs

function stepsIn(procedure: readonly Step[] | { unconfirmed: string }, names: Names): Item[] {
  if (isUnconfirmed(procedure)) return [itemOf('', procedure, undefined, { only: true })];
  const flow = flowOf(procedure);
  return flow.nodes.map((node, i) => stepItem(flow, node, flow.nodes[i + 1], names));
}

/** A step with who takes it, how long, and where it leads where that is not simply the next one. */
function stepItem(flow: Flow, node: FlowNode, following: FlowNode | undefined, names: Names): Item {
  const byId = new Map(flow.nodes.map((each) => [each.id, each]));
  const ways = exits(flow, node).flatMap(({ to, label }) =>
    to === following?.id && label === undefined && node.kind !== 'decision'
      ? []
      : [{ label, to: wordsOf(byId.get(to)) }],
  );
  const leads = exits(flow, node).length > 0;
  const rest = Object.fromEntries(Object.entries(node.step).filter(([field]) => !OF_THE_GRAPH.has(field)));
  const fields = (documented.service.procedure?.shape.fields ?? {}) as Fields;
  const told = Object.entries(inOrder({ ...rest, at: {} } as Read, fields)).map(([field, inner]) => {
    const text = textOf(inner, fields[field]?.shape, namesFor(field, names));
    return SPEAKS.has(field) && field !== 'limit' ? text : `${labelOf(field)}：${text}`;
  });
  const onward = ways.map(({ label, to }) => (label === undefined ? `→ ${to}` : `${label} → ${to}`));
  const words = wordsOf(node);
  return {
    part: '',
    key: `${node.kind === 'decision' ? '?' : ''}${folded(words)}`,
    same: JSON.stringify([
      node.kind,
      folded(words),
      plainOf({ ...rest, at: {} }),
      ways.map(({ label, to }) => [folded(label ?? ''), folded(to)]),
      leads,
    ]),
    text: `${words}${told.length > 0 ? `（${told.join('；')}）` : ''}${onward.length > 0 ? `　${onward.join('；')}` : ''}`,
    value: node,
  };
}
/** What of a step the graph says. */
const OF_THE_GRAPH = new Set<string>(['branches', 'parallel', 'next', 'id', 'at', ...STEP_KINDS]);
const wordsOf = (node: FlowNode | undefined): string =>
  node === undefined ? '' : node.kind === 'fork' ? '同時進行' : node.kind === 'join' ? '會合' : node.text;

/** The paragraphs of a text in Markdown: headings, entries of lists and rows of tables are one each. */
function paragraphsIn(markdown: string, parse: ((text: string) => Root) | undefined): Item[] {
  const item = (text: string, more = ''): Item => ({
    part: '',
    key: folded(text),
    same: folded(`${text}${more}`),
    text: text.trim(),
    value: text,
  });
  if (!parse) return markdown.split(/\n\s*\n/).flatMap((text) => (text.trim() === '' ? [] : [item(text)]));
  const items: Item[] = [];
  const visit = (node: Nodes): void => {
    if (node.type === 'paragraph' || node.type === 'heading' || node.type === 'tableRow') {
      const links: string[] = [];
      const text = inlineText(node, links);
      if (text.trim() !== '') items.push(item(text, links.join('')));
    } else if (node.type === 'code' || node.type === 'html') items.push(item(node.value));
    else if ('children' in node) for (const child of node.children) visit(child);
  };
  visit(parse(markdown));
  return items;
}

function inlineText(node: Nodes, links: string[]): string {
  if (node.type === 'link' || node.type === 'image') links.push(` <${node.url}>`);
  if (node.type === 'break') return ' ';
  if ('value' in node) return node.value.replace(/\s*\n\s*/g, ' ');
  if (node.type === 'image') return node.alt ?? '';
  if (!('children' in node)) return '';
  return node.children.map((child) => inlineText(child, links)).join(node.type === 'tableRow' ? '｜' : '');
}

// What an error in the content keeps from being printed: as little as is safe, and each sheet of which it is so.
import { KEYS } from '../content/keys.js';
import type { Handbook } from '../content/schema/model.js';
import { known } from '../content/schema/schema.js';
import { stemOf } from '../core/deceptive-characters.js';
import type { Diagnostic } from '../core/diagnostic.js';
import { languageNamed } from '../core/language.js';
import type { Span } from '../core/source.js';
import type { Output } from './output.js';
import type { About } from './sheet.js';
import type { Languages } from './words.js';

/**
 * What an error speaks of. `about`: services and charts of the book, and with them whatever speaks of all; `outputs`: what
 * these make, of it the sheets of no single service where `whole` is set, or of these single services alone.
 */
type Scope =
  | { kind: 'about'; ids: readonly string[] }
  | { kind: 'outputs'; names: readonly string[]; whole?: true; services?: readonly string[] }
  | { kind: 'all' }
  | { kind: 'nothing' };

export type Holds = {
  /** The errors that hold a sheet back. */
  of(output: string, about: About | undefined): Diagnostic[];
  /** The services in whose own files errors are, by id. */
  services: ReadonlySet<string>;
};

/**
 * Fields of `handbook.yaml` and `office.yaml` that some outputs alone print; whatever stands elsewhere in these files holds
 * back everything. 流程圖總覽 is told apart: of what `flowcharts` makes it touches the charts of the book alone.
 */
const PRINTED_BY: Readonly<Record<'book' | 'office', Readonly<Record<string, readonly string[]>>>> = {
  book: {
    parts: ['handbook'],
    subtitle: ['handbook'],
    effective: ['handbook'],
    approval: ['handbook'],
    revisions: ['handbook'],
    laws: ['handbook'],
    charts: ['handbook', 'overall', 'flowcharts'],
    categories: ['handbook', 'hall', 'leaflets', 'posters', 'cards', 'practices'],
  },
  office: {
    seal: ['handbook'],
    map: ['leaflets'],
    privacy: ['opinion', 'meeting', 'notices', 'satisfaction'],
    volunteers: ['handbook', 'badges', 'roster'],
    roster: ['handbook', 'roster'],
    notes: ['handbook'],
    offices: ['handbook', 'symposium'],
    deputies: ['handbook', 'deputies'],
    staff: ['badges'],
    checks: ['audit'],
    courtesy: ['audit', 'telephone'],
    principles: ['courtesy', 'handbook'],
    attitude: ['courtesy', 'handbook', 'satisfaction'],
  },
};

/** `root`: the content folder as it stands before the names of files. */
export function holdsOf(
  errors: readonly Diagnostic[],
  handbook: Handbook,
  { root, outputs, languages }: { root: string; outputs: ReadonlyMap<string, Output>; languages: Languages },
): Holds {
  const scoped = errors.map((error) => ({ error, scope: scopeOf(error, handbook, root, outputs, languages) }));
  return {
    of: (output, about) => scoped.flatMap(({ error, scope }) => (holds(scope, output, about) ? [error] : [])),
    services: new Set(scoped.flatMap(({ scope }) => (scope.kind === 'about' ? scope.ids : []))),
  };
}

function holds(scope: Scope, output: string, about: About | undefined): boolean {
  switch (scope.kind) {
    case 'all':
      return true;
    case 'nothing':
      return false;
    case 'outputs': {
      if (!scope.names.includes(output)) return false;
      if (!about || !('service' in about)) return true;
      return scope.services ? scope.services.includes(about.service) : !(scope.whole && output === 'flowcharts');
    }
    case 'about':
      return about === undefined || scope.ids.some((id) => speaksOf(about, id));
  }
}

/** Whether a sheet speaks of this service or chart. */
export const speaksOf = (about: About | undefined, id: string): boolean =>
  about === undefined || ('service' in about ? about.service === id : about.of.includes(id));

function scopeOf(
  { rule, span }: Diagnostic,
  handbook: Handbook,
  root: string,
  outputs: ReadonlyMap<string, Output>,
  { lang, second }: Languages,
): Scope {
  const { path } = span.source;
  const inside = root === '' || root === '.' ? path : path.startsWith(`${root}/`) ? path.slice(root.length + 1) : path;
  const [folder = '', ...rest] = inside.split('/');
  const name = rest.join('/');
  switch (rest.length > 0 || folder === 'forms' ? folder : '') {
    case 'services': {
      const own = handbook.services.filter(({ source }) => source.path === path).map(({ id }) => id);
      return { kind: 'about', ids: own.length > 0 ? own : [stemOf(name)] };
    }
    case 'chapters':
    case 'forms':
      return { kind: 'outputs', names: ['handbook'] };
    case 'translations': {
      const language = languageNamed(stemOf(name));
      return language !== undefined && language !== lang && language !== second ? { kind: 'nothing' } : { kind: 'all' };
    }
    case 'images':
      return ofPicture(name, handbook);
    case 'templates':
      return ofTemplate(name, outputs);
  }
  // A form stands behind the handbook; its name on other papers is as it should be.
  if (rule === 'form-file') return { kind: 'outputs', names: ['handbook'] };
  for (const file of ['book', 'office'] as const) {
    const key = handbook[file].at.self.source === span.source ? keyAt(span) : undefined;
    const names = Object.entries(PRINTED_BY[file]).find(([field]) => key === field || KEYS[field]?.includes(key ?? ''));
    if (!names) continue;
    const services = names[0] === 'categories' && rule === 'unknown-reference' ? inNoCategory(handbook) : undefined;
    return { kind: 'outputs', names: names[1], whole: true, ...(services ? { services } : {}) };
  }
  return { kind: 'all' };
}

/** The services of which one may have been meant by a name in the categories that nobody knows; the others stand in theirs. */
function inNoCategory({ book, services }: Handbook): string[] {
  const listed = new Set((known(book.categories) ?? []).flatMap((each) => known(each.services) ?? []));
  return services.flatMap(({ id }) => (listed.has(id) ? [] : [id]));
}

/** A picture that the office does not name is printed nowhere. */
function ofPicture(name: string, { office }: Handbook): Scope {
  if (known(office.logo)?.file === name) return { kind: 'all' };
  if (known(office.seal)?.file === name) return { kind: 'outputs', names: ['handbook'] };
  return known(office.map)?.file === name ? { kind: 'outputs', names: ['leaflets'] } : { kind: 'nothing' };
}

/** The folder of an output in `templates/` is its own; `posters/` shapes all that hangs on the wall. */
function ofTemplate(name: string, outputs: ReadonlyMap<string, Output>): Scope {
  const [folder = '', ...rest] = name.split('/');
  if (rest.length === 0) return { kind: 'all' };
  const wall = [...outputs].flatMap(([output, { wall }]) => (wall ? [output] : []));
  if (folder === 'posters') return { kind: 'outputs', names: wall };
  if (folder === 'telephone') return { kind: 'outputs', names: ['telephone', 'audit'] };
  return outputs.has(folder) ? { kind: 'outputs', names: [folder] } : { kind: 'all' };
}

/** The key at or below which a place lies, where the file is written as such files are: a field a line, what is in it below. */
function keyAt({ source, start }: Span): string | undefined {
  const end = source.text.indexOf('\n', start);
  const before = source.text.slice(0, end === -1 ? undefined : end);
  const keys = before.matchAll(/^(?:"([^"\n]+)"|'([^'\n]+)'|([^\s#\-"'{[:][^:\n]*?))\s*:(?=\s|$)/gm);
  return [...keys]
    .at(-1)
    ?.slice(1)
    .find((key) => key !== undefined)
    ?.trim();
}

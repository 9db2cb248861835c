// The shape of the program, held by a test: rooms, their doors, the direction of imports, one door for each package.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAst } from 'rolldown/parseAst';
import { describe, expect, test } from 'vitest';

const SRC = join(import.meta.dirname, '../src');
/** The rooms, each with the rooms it may import from; all but `pdf` may use `core` and `content`. */
const ROOMS: Record<string, string> = {
  core: '',
  content: 'core',
  lint: 'core content',
  document: 'core content',
  pdf: 'core',
  theme: 'core content document',
  charts: 'core content document theme',
  print: 'core content document theme pdf',
  outputs: 'core content document charts',
  'office-files': 'core content',
  revision: 'core content document office-files',
  review: 'core content document lint office-files',
  build: 'charts content core document lint office-files outputs pdf print review revision theme',
  editor: 'core content lint build',
  preview: 'core content lint document theme charts print outputs build',
  cli: 'charts content core document lint office-files outputs pdf print theme build editor preview revision',
};
/** What other rooms may import of a room; of `core`, `content` and `document`, which are what all speak of, whatever they like. */
const DOORS: Record<string, string> = {
  lint: 'baseline citations engine fix-content identity patch remembered report rule rule-docs told-findings',
  pdf: 'append-forms bind crowding finish imposition open-form preflight/fault preflight/preflight printed read-aloud read-pages',
  theme: 'chart-theme font-widths fonts hidden-facts laid-out templates',
  charts: 'charts split',
  print: 'browser browser-faults diagrams in-page/book in-page/fit pagination print-machine print-sheet printer',
  outputs: '',
  'office-files': 'csv document docx odt spreadsheet',
  revision: 'approval bulletin compare editions meaning paper report',
  review: 'answers burden due links open-places report',
  build:
    'api approve approved asked at-revision baseline-file cached-printer case-notice compile matrix progress project report reprint request result review revision-papers service-named stale stale-report up-to-date',
  editor: 'json-schema language-server schema-files',
  preview: 'run-counter run-preview',
  cli: '',
};
/** Modules of these folders stand by themselves: none imports another, none touches the machine, and nobody names one. */
const OPEN = /^(lint\/rules|lint\/formats|outputs|cli\/commands)\//;
/** The folders in which that holds for input and output too. */
const PURE = /^(lint\/rules|outputs)\//;
const PACKAGES: Record<string, RegExp> = {
  yaml: /^content\/syntax\//,
  'hast-util-from-html': /^theme\//,
  'css-tree': /^theme\/styles$/,
  unified: /^content\/syntax\//,
  'remark-parse': /^content\/syntax\//,
  'mdast-util-to-hast': /^content\/syntax\//,
  puppeteer: /^print\//,
  '@mermaid-js/mermaid-cli': /^print\//,
  '@cantoo/pdf-lib': /^pdf\//,
  commander: /^cli\//,
  '@e965/xlsx': /^office-files\/spreadsheet$/,
  'vscode-languageserver/node.js': /^editor\/language-server$/,
};

const files = readdirSync(SRC, { recursive: true })
  .map(String)
  .filter((file) => file.endsWith('.ts'))
  .map((file) => ({ name: file.replace(/\.ts$/, ''), text: readFileSync(join(SRC, file), 'utf8') }));
const roomOf = (name: string): string => name.split('/')[0] ?? '';
/** Modules a file names in import, export or import(), types included. */
const importsOf = (text: string): string[] =>
  [...text.matchAll(/(?:from\s+|import\(\s*|^import\s+)'([^']+)'/gm)].map((match) => match[1] ?? '');
const graph = new Map(
  files.map(({ name, text }) => [
    name,
    importsOf(text)
      .filter((each) => each.startsWith('.'))
      .map((each) => join(name, '..', each).replace(/\.js$/, '')),
  ]),
);
/** What stands by itself: the module, or the folder that is one output. */
const unitOf = (name: string): string =>
  /^(lint\/rules|lint\/formats|outputs|cli\/commands)\/[^/]+/.exec(name)?.[0] ?? name;

describe('the rooms', () => {
  test('are all there are', () => {
    expect([...new Set(files.map(({ name }) => roomOf(name)))].sort()).toEqual(Object.keys(ROOMS).sort());
  });
  test('import only from rooms on their left', () => {
    const wrong = [...graph].flatMap(([name, targets]) =>
      targets
        .filter((target) => roomOf(target) !== roomOf(name))
        .filter((target) => !(ROOMS[roomOf(name)] ?? '').split(' ').includes(roomOf(target)))
        .map((target) => `${name} imports ${target}`),
    );
    expect(wrong).toEqual([]);
  });
  test('are entered by their doors alone, and each door is used', () => {
    const entered = [...graph].flatMap(([name, targets]) =>
      targets.filter((target) => roomOf(target) !== roomOf(name) && DOORS[roomOf(target)] !== undefined),
    );
    const doors = Object.entries(DOORS).flatMap(([room, list]) =>
      list
        .split(' ')
        .filter(Boolean)
        .map((door) => `${room}/${door}`),
    );
    expect([...new Set(entered)].sort()).toEqual(doors.sort());
  });
  test('hold no circle', () => {
    const done = new Set<string>();
    const circles: string[] = [];
    const visit = (name: string, above: readonly string[]): void => {
      if (above.includes(name)) circles.push([...above.slice(above.indexOf(name)), name].join(' → '));
      if (above.includes(name) || done.has(name)) return;
      for (const target of graph.get(name) ?? []) visit(target, [...above, name]);
      done.add(name);
    };
    for (const name of graph.keys()) visit(name, []);
    expect(circles).toEqual([]);
  });
  test('have open folders whose modules stand by themselves', () => {
    const wrong = [...graph].flatMap(([name, targets]) =>
      targets
        .filter((target) => OPEN.test(target) && unitOf(target) !== unitOf(name))
        // A command may print with a format.
        .filter((target) => !(target.startsWith('lint/formats/') && name.startsWith('cli/commands/')))
        .map((target) => `${name} imports ${target}`),
    );
    expect(wrong).toEqual([]);
  });
});

describe('every file', () => {
  const wrong = (isWrong: (file: { name: string; text: string }) => boolean): string[] =>
    files.filter(isWrong).map(({ name }) => name);

  test('goes through one door to each package', () => {
    expect(
      wrong(({ name, text }) => importsOf(text).some((each) => PACKAGES[each] && !PACKAGES[each].test(name))),
    ).toEqual([]);
  });
  test('does not name the process, unless it is one of the two doors; the cache may ask who runs it, patience what was worked', () => {
    expect(
      wrong(({ name, text }) => {
        const asked = { 'core/cache': 'process.getuid?.()', 'core/patience': 'process.cpuUsage' }[name];
        const rest = asked === undefined ? text : text.replaceAll(asked, '');
        return name !== 'cli/main' && name !== 'build/api' && /\bprocess\.[a-z]/.test(rest);
      }),
    ).toEqual([]);
  });
  test('does no input or output, if it is a rule or an output', () => {
    expect(
      wrong(({ name, text }) => PURE.test(name) && importsOf(text).some((each) => each.startsWith('node:'))),
    ).toEqual([]);
  });
  test('opens with a sentence on what it is for', () => {
    expect(wrong(({ text }) => !/^(#!.*\n)?\/\/ \S/.test(text))).toEqual([]);
  });
});

/** What a reader can hold in mind: lines of a file and of a function, and ways through a function (cyclomatic complexity). */
const LIMITS = { file: 600, lines: 80, complexity: 25 };
const FORKS = /^(If|For|ForIn|ForOf|While|DoWhile)Statement$|^(ConditionalExpression|CatchClause|LogicalExpression)$/;
type Node = { type: string; start: number; end: number; [field: string]: unknown };
type Counted = { name: string; lines: number; complexity: number };

const isNode = (value: unknown): value is Node => typeof (value as Node | null)?.type === 'string';
const nameIn = (value: unknown): string | undefined => (value as { name?: string } | null)?.name;
/** A function is counted for itself: what is inside it adds to its lines, not to its ways. */
function functionsOf(text: string): Counted[] {
  const all: Counted[] = [];
  const visit = (value: unknown, around: Counted | undefined, name: string): void => {
    if (Array.isArray(value)) for (const each of value) visit(each, around, name);
    if (!isNode(value)) return;
    let counted = around;
    if (/Function/.test(value.type) && value.body) {
      const lines = text.slice(value.start, value.end).split('\n').length;
      counted = { name: nameIn(value.id) ?? name, lines, complexity: 1 };
      all.push(counted);
    } else if (
      counted &&
      (FORKS.test(value.type) ||
        (value.type === 'SwitchCase' && value.test) ||
        (value.type === 'AssignmentExpression' && /^(\?\?|\|\||&&)=$/.test(String(value.operator))))
    )
      counted.complexity++;
    const named = nameIn(value.id) ?? nameIn(value.key) ?? name;
    for (const [field, inner] of Object.entries(value)) if (field !== 'type') visit(inner, counted, named);
  };
  visit(parseAst(text, { lang: 'ts' }).body, undefined, '');
  return all;
}

describe('no file and no function is too large', () => {
  test('as they are counted', () => {
    expect(functionsOf('const a = (b) => {\n  if (b || c) d();\n  return () => (e ? f : g);\n};')).toEqual([
      { name: 'a', lines: 4, complexity: 3 },
      { name: 'a', lines: 1, complexity: 2 },
    ]);
    expect(
      functionsOf('class A {\n  b(c) {\n    switch (c) { case 1: case 2: d(); default: c ??= 1; }\n  }\n}'),
    ).toEqual([{ name: 'b', lines: 3, complexity: 4 }]);
  });
  test('anywhere in src', () => {
    const over = files.flatMap(({ name, text }) => [
      ...(text.split('\n').length - 1 > LIMITS.file ? [name] : []),
      ...functionsOf(text)
        .filter(({ lines, complexity }) => lines > LIMITS.lines || complexity > LIMITS.complexity)
        .map((each) => `${name} ${each.name}`),
    ]);
    expect(over, 'to be split').toEqual([]);
  });
});

// The shape of the program, held by a test: import order, open folders, one door for each package.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

const SRC = join(import.meta.dirname, '../src');
/** Each file imports only from its left; the open folders and cli come last. */
const ORDER =
  'source deceit machine bounds shipped tongue cache html prose keys shape model drawable texts blank duration fee flow notation content-format read rewrite migrate parse wording check inspect mend baseline manual declared shown render columns look styles overrides picture pieces fonts templates translate charts facts stamp-1 stamp declaring changes wall desk held unhidden edition ink trees leaves preflight pdf admission assemble impose fit book browser press workshop built write left build report follow preview serve api settings program'.split(
    ' ',
  );
const OPEN = ['rules', 'outputs', 'formats', 'commands'];
const DOORS: Record<string, RegExp> = {
  yaml: /^notation$/,
  'hast-util-from-html': /^overrides$/,
  'css-tree': /^styles$/,
  unified: /^prose$/,
  'remark-parse': /^prose$/,
  'mdast-util-to-hast': /^prose$/,
  puppeteer: /^(book|browser|press)$/,
  '@mermaid-js/mermaid-cli': /^press$/,
  '@cantoo/pdf-lib': /^(pdf|admission|assemble|impose|leaves|preflight|trees)$/,
  commander: /^(program|settings|commands\/.*)$/,
};

const files = readdirSync(SRC, { recursive: true })
  .map(String)
  .filter((file) => file.endsWith('.ts'))
  .map((file) => ({ name: file.replace(/\.ts$/, ''), text: readFileSync(join(SRC, file), 'utf8') }));
/** Modules a file names in import, export or import(), types included. */
const imports = (text: string): string[] =>
  [...text.matchAll(/(?:from\s+|import\(\s*|^import\s+)'([^']+)'/gm)].map((match) => match[1] ?? '');
/** Where a name stands: its place in the line, the open folders behind all, cli last. */
const rank = (name: string): number =>
  name === 'cli' ? 1000 : name.includes('/') ? 100 + OPEN.indexOf(name.split('/')[0] ?? '') : ORDER.indexOf(name);

describe.each(files.map(({ name, text }) => [name, text] as const))('src/%s', (name, text) => {
  test('has a place and imports only from its left', () => {
    expect(rank(name)).toBeGreaterThanOrEqual(0);
    for (const specifier of imports(text).filter((each) => each.startsWith('.'))) {
      const target = join(name, '..', specifier).replace(/\.js$/, '');
      // A command may print with a format; nobody else reaches into an open folder.
      if (target.startsWith('formats/') && name.startsWith('commands/')) continue;
      expect(`${target} (${rank(target)})`).toSatisfy(
        () => rank(target) < Math.min(rank(name), 100),
        `${name} imports ${target}`,
      );
    }
  });
  test('goes through one door to each package', () => {
    for (const specifier of imports(text)) if (DOORS[specifier]) expect(name).toMatch(DOORS[specifier]);
  });
  test('does not name the process, unless it is cli or api, the doors; the cache may ask who runs it', () => {
    const rest = name === 'cache' ? text.replace('process.getuid?.()', '') : text;
    if (name !== 'cli' && name !== 'api') expect(rest).not.toMatch(/\bprocess\.[a-z]/);
  });
  test('does no I/O, if it is a rule or an output', () => {
    if (/^(rules|outputs)\//.test(name)) expect(imports(text).filter((each) => each.startsWith('node:'))).toEqual([]);
  });
  test('opens with a sentence on what it hides', () => {
    expect(text).toMatch(/^(#!.*\n)?\/\/ \S/);
  });
});

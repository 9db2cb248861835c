// What is packed is whole: it says what it holds, its types fit, its notices name everything bundled, no link leads nowhere.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, posix } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { pack } from './packed.js';

const ROOT = join(import.meta.dirname, '..');
const folder = mkdtempSync(join(tmpdir(), 'servicebook-package-'));
let archive: string;
let files: Map<string, string>;
beforeAll(() => {
  archive = pack(folder);
  files = filesOf(gunzipSync(readFileSync(archive)));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The files of a tar archive by their path in the package. Header of 512 bytes: name at 0, octal size at 124, folder at 345. */
function filesOf(tar: Buffer): Map<string, string> {
  const found = new Map<string, string>();
  for (let at = 0; tar[at] !== 0; ) {
    const field = (from: number, length: number) =>
      tar.toString('utf8', at + from, at + from + length).split('\0')[0] ?? '';
    const size = Number.parseInt(field(124, 12), 8);
    const name = posix.join(field(345, 155), field(0, 100)).replace(/^package\//, '');
    found.set(name, tar.toString('utf8', at + 512, at + 512 + size));
    at += 512 + Math.ceil(size / 512) * 512;
  }
  return found;
}

/** A tool of `node_modules/.bin`; throws with what it said where it finds fault. */
const tool = (name: string, ...args: string[]): string =>
  execFileSync(process.execPath, [join(ROOT, 'node_modules', name), ...args], { cwd: folder, encoding: 'utf8' });

test('publint finds nothing to say', () => {
  expect(tool('publint/src/cli.js', archive, '--strict')).toContain('All good!');
});

test('the types are those of what is imported', () => {
  // The package is ESM alone, as Node 20.19 can also require it.
  expect(tool('@arethetypeswrong/cli/dist/index.js', archive, '--profile', 'esm-only')).not.toMatch(/❌|💀|🎭|🐛/u);
});

describe('the notices', () => {
  const notices = readFileSync(join(ROOT, 'dist/THIRD-PARTY.md'), 'utf8');
  const named = new Map(
    [...notices.matchAll(/^## (\S+) \d\S*\n\n(.*)\n\n```\n([\s\S]*?)\n```$/gm)].map(([, name, license, words]) => [
      name ?? '',
      { license: license?.split(' · ')[0] ?? '', words: words ?? '' },
    ]),
  );
  const { dependencies = {} } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
    dependencies?: Record<string, string>;
  };

  test('name every package that the source imports and that is not installed beside it', () => {
    const sources = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.ts'),
    );
    const imported = sources.flatMap((name) =>
      [
        ...readFileSync(join(ROOT, 'src', name), 'utf8').matchAll(
          /(?:^import (?!type)[^;]*?from |\bimport\()'([^'.][^']*)'/gm,
        ),
      ]
        .map(([, id]) => id ?? '')
        .filter((id) => !id.startsWith('node:'))
        .map((id) => (id.startsWith('@') ? id.split('/').slice(0, 2).join('/') : (id.split('/')[0] ?? ''))),
    );
    expect(imported).toContain('puppeteer');
    expect(imported).toContain('@mermaid-js/mermaid-cli');
    for (const name of imported) if (!(name in dependencies)) expect([...named.keys()]).toContain(name);
  });
  test('name what these bring with them, and all that is in the one file of Mermaid', () => {
    for (const name of 'puppeteer-core @puppeteer/browsers ws micromark parse5 vfile mermaid d3-shape dagre-d3-es cytoscape katex dompurify'.split(
      ' ',
    ))
      expect([...named.keys()]).toContain(name);
  });
  test('give the words of each licence, and each is one that lets us', () => {
    for (const [name, { license, words }] of named) {
      expect(words.length, name).toBeGreaterThan(200);
      expect(license, name).toMatch(/^(The )?(MIT|ISC|BSD|0BSD|Apache|Unlicense|CC0)|\bOR Apache-2\.0\)$/);
    }
  });
  test('are packed', () => expect(files.get('dist/THIRD-PARTY.md')).toBe(notices));
});

describe('a packed page', () => {
  const pages = ['', 'docs/'].flatMap((below) =>
    readdirSync(join(ROOT, below))
      .filter((name) => name.endsWith('.md'))
      .map((name) => `${below}${name}`),
  );
  test.each(pages)('%s is packed, and no link of it leads nowhere', (page) => {
    const text = files.get(page) ?? '';
    expect(text).not.toBe('');
    const prose = text.replace(/^```[\s\S]*?^```$/gm, '').replace(/`[^`\n]*`/g, '');
    for (const [, target = ''] of prose.matchAll(/\]\(([^)#\s]+)[^)]*\)/g))
      if (!/^(https?|mailto):/.test(target))
        expect([...files.keys()], `${page} → ${target}`).toContain(posix.join(dirname(page), decodeURI(target)));
  });
  test.each(pages)('%s sends nobody to the registry for a name that is not ours', (page) => {
    expect(files.get(page)).not.toMatch(/\b(npx|npm (i|install|exec)( -g)?) servicebook\b/);
  });
});

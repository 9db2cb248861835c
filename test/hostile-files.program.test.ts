// Properties of whole files: whatever one of them holds, nothing is thrown, every finding has its place and its sentences,
// and nothing takes long.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { compile as compiled } from '../src/build/api.js';
import { withStandIns } from '../src/build/compile.js';
import { pdfsListed } from '../src/content/form-files.js';
import { parse } from '../src/content/parse.js';
import type { Content } from '../src/content/read.js';
import { parseMarkdown } from '../src/content/syntax/markdown.js';
import { mended } from '../src/lint/fix.js';
import { AROUND } from '../src/lint/rule-docs.js';
import { expectSound, record, runs, soon, words, written } from './any-text.js';
import { contentOf } from './office.js';
import { runIn } from './program.js';

function expectRead(files: Record<string, string>): void {
  expectSound(soon(() => parse(contentOf(files), parseMarkdown)).faults);
}

test.each([
  'services/a.yaml',
  'services/a.md',
  'chapters/a.md',
  'office.yaml',
  'handbook.yaml',
  'translations/en.yaml',
])('%s of any text is read', (path) => {
  fc.assert(
    fc.property(written, (text) => expectRead({ [path]: text })),
    runs(20),
  );
});

test.each(['services/a.yaml', 'office.yaml', 'handbook.yaml'])('%s of known keys with any values is read', (path) => {
  fc.assert(
    fc.property(record, (text) => expectRead({ [path]: text })),
    runs(50),
  );
});

test('a fault at the end of a file, or of the front matter, lies in it', () => {
  const faultOf = (path: string, text: string): string | undefined => {
    const [fault] = parse(contentOf({ [path]: text }), parseMarkdown).faults.filter(
      ({ rule }) => rule === 'yaml-syntax',
    );
    return fault && `${fault.span.start}-${fault.span.end}`;
  };
  expect(faultOf('services/a.yaml', '名稱: "甲')).toBe('4-6');
  expect(faultOf('services/a.yaml', "名稱: '甲\n")).toBe('4-6');
  expect(faultOf('services/a.md', '---\n規費: "甲\n---\n# 甲\n')).toBe('8-10');
  // What is missing at the very end is missing within the file.
  expect(faultOf('services/a.yaml', '名稱: 甲\n規費')).toBe('6-8');
  expect(faultOf('services/a.md', '---\n名稱: 甲\n規費\n---\n# 甲\n')).toBe('10-12');
});

test('a file is mended in as many places as there are, at once', () => {
  const source = { path: 'chapters/a.md', text: '佔'.repeat(60_000) };
  const faults = Array.from({ length: 60_000 }, (_, start) => {
    const span = { source, start, end: start + 1 };
    return { rule: 'a', severity: 'warn' as const, span, message: { zh: '佔', en: '佔' }, fix: { span, text: '占' } };
  });
  expect(soon(() => mended(faults, () => true)).get(source.path)).toBe('占'.repeat(60_000));
});

describe('what is compiled', () => {
  const compile = async (content: Content): Promise<void> => {
    const { diagnostics, handbook } = await compiled(content);
    expectSound(diagnostics);
    expect(pdfsListed(withStandIns(content, handbook))).toEqual(expect.any(Array));
  };
  test.each(['services/a.yaml', 'office.yaml', 'handbook.yaml'])('may have any values in %s', async (path) => {
    await fc.assert(
      fc.asyncProperty(record, (text) => compile(contentOf({ [path]: text }))),
      runs(6),
    );
  });
  test('may list any form and have any names of files of forms', async () => {
    await fc.assert(
      fc.asyncProperty(words, fc.stringMatching(/^[^/\n]{1,20}\.pdf$/), async (file, name) => {
        const text = `${AROUND['handbook.yaml']}表單: [{編號: a, 名稱: 甲, 檔案: ${JSON.stringify(file)}}, {編號: b, 名稱: 乙, 檔案: ${JSON.stringify(name)}}]\n`;
        await compile(contentOf({ 'handbook.yaml': text, [`forms/${name}`]: '' }));
      }),
      runs(6),
    );
  });
  test.each(['樣式.yaml', '用語.yaml', 'handbook/用語.yaml'])('may have any text in templates/%s', async (name) => {
    const any = fc.oneof(
      written,
      record,
      fc
        .tuple(fc.constantFrom('draft', 'unconfirmed', 'comma', '主色', '字型', 'accent'), words)
        .map(([key, value]) => `${key}: ${JSON.stringify(value)}\n`),
    );
    await fc.assert(
      fc.asyncProperty(any, (text) =>
        compile({ ...contentOf({}), templates: [{ name, source: { path: `content/templates/${name}`, text } }] }),
      ),
      runs(6),
    );
  });
});

describe('the program', () => {
  let root: string;
  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'servicebook-hostile-'));
  });
  afterAll(() => rm(root, { recursive: true }));
  test('lints any content and takes any settings, and ends with what it has to say', async () => {
    const path = fc.constantFrom(
      'servicebook.yaml',
      'content/services/a.yaml',
      'content/chapters/a.md',
      'content/office.yaml',
      'content/templates/用語.yaml',
    );
    let n = 0;
    await fc.assert(
      fc.asyncProperty(path, fc.oneof(written, record), async (name, text) => {
        n += 1;
        const folder = join(root, String(n));
        const around = Object.entries(AROUND).map(([file, whole]) => [`content/${file}`, whole] as const);
        for (const [file, whole] of new Map([...around, [name, text]])) {
          await mkdir(dirname(join(folder, file)), { recursive: true });
          await writeFile(join(folder, file), whole);
        }
        const { code, err } = await runIn(folder, 'lint', '--no-cache');
        expect([0, 1, name === 'servicebook.yaml' ? 2 : 1]).toContain(code);
        expect(err).not.toMatch(/^ {4}at /m);
      }),
      runs(10),
    );
  });
});

// PDF forms are tried before anything is printed: what is wrong with one is told where the book lists it.
import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PDFDocument } from '@cantoo/pdf-lib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { compile } from '../src/build/api.js';
import { build } from '../src/build/run.js';
import { withFormsTried } from '../src/content/form-files.js';
import { parse } from '../src/content/parse.js';
import { read } from '../src/content/read.js';
import { AROUND } from '../src/lint/rule-docs.js';
import { ownCache } from './own-cache.js';
import { runWith } from './program.js';

let root: string;
const path = (name: string): string => join(root, 'content', name);
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'servicebook-forms-'));
  await mkdir(path('forms'), { recursive: true });
  await mkdir(path('services'));
  for (const [name, text] of Object.entries(AROUND)) await writeFile(path(name), text);
});
afterEach(() => rm(root, { recursive: true }));

const list = (...files: string[]): Promise<void> =>
  writeFile(
    path('handbook.yaml'),
    `${AROUND['handbook.yaml']}書表:\n${files.map((file, i) => `  - {編號: f${i}, 名稱: 書表${i}, 檔案: ${file}}\n`).join('')}`,
  );
async function pdf(change: (made: PDFDocument) => void = () => undefined): Promise<Uint8Array> {
  const made = await PDFDocument.create({ updateMetadata: false });
  made.addPage([300, 300]);
  change(made);
  return made.save();
}
/** What is found, as line and words. */
async function found(): Promise<string[]> {
  const { diagnostics } = await compile('content', { cwd: root });
  return diagnostics.map(({ rule, span, message }) => {
    const line = span.source.text.slice(0, span.start).split('\n').length;
    return `${span.source.path}:${line} ${rule} ${message.zh}`;
  });
}

describe('of the forms that a book lists', () => {
  test('each that cannot be printed is told at its line, once, and the others are not', async () => {
    await list('good.pdf', 'broken.pdf', 'empty.pdf', 'large.pdf', 'pipe.pdf', 'device.pdf', 'twin.pdf');
    await writeFile(path('forms/good.pdf'), await pdf());
    await writeFile(path('forms/broken.pdf'), (await pdf()).subarray(0, 200));
    await writeFile(path('forms/twin.pdf'), (await pdf()).subarray(0, 200));
    await writeFile(path('forms/empty.pdf'), '');
    await writeFile(path('forms/large.pdf'), '');
    await truncate(path('forms/large.pdf'), 2 ** 40);
    execFileSync('mkfifo', [path('forms/pipe.pdf')]);
    await symlink('/dev/zero', path('forms/device.pdf'));
    await writeFile(path('forms/unlisted.docx'), 'x');
    const lines = await found();
    expect(lines.filter((line) => line.includes('form-file'))).toEqual([
      expect.stringMatching(/^content\/handbook\.yaml:\d+ form-file 書表檔「broken.pdf」不是完整的 PDF 檔/),
      expect.stringContaining('form-file 書表檔「empty.pdf」是空的檔案'),
      expect.stringContaining('form-file 書表檔「large.pdf」超過 50 MB'),
      expect.stringContaining('form-file 書表檔「pipe.pdf」讀不到'),
      expect.stringContaining('form-file 書表檔「twin.pdf」不是完整的 PDF 檔'),
    ]);
    expect(lines.filter((line) => line.includes('device.pdf'))).toEqual([
      'content/forms/device.pdf:1 outside-file 這個捷徑指向內容資料夾以外的檔案，不予讀取。',
    ]);
  });

  test('none is tried that was tried before, whatever its name, and one that has changed is', async () => {
    await list('a.pdf', 'b.pdf');
    const bytes = await pdf((made) => made.setTitle('once'));
    await writeFile(path('forms/a.pdf'), bytes);
    await writeFile(path('forms/b.pdf'), bytes);
    const kept = new Map<string, object>();
    const asked: string[] = [];
    const verdicts = {
      get(digest: string) {
        asked.push(digest);
        return digest === 'known' ? {} : kept.get(digest);
      },
      put: (digest: string, verdict: object) => void kept.set(digest, verdict),
    };
    const content = read('content', root);
    const book = parse(content);
    expect((await withFormsTried(book, content, verdicts)).formFaults).toBeUndefined();
    expect([...kept.values()]).toEqual([{}]);
    const [digest] = kept.keys();
    expect(asked).toEqual([digest, digest]);
    await writeFile(path('forms/b.pdf'), `${Buffer.from(bytes).toString('latin1')}and more`, 'latin1');
    await withFormsTried(book, content, verdicts);
    expect(kept.size).toBe(2);
  });

  test('lint tells it and remembers it', async () => {
    await list('a.pdf');
    await writeFile(path('forms/a.pdf'), '%PDF-1.7 and no more');
    const env = { XDG_CACHE_HOME: join(root, 'cache') };
    await mkdir(env.XDG_CACHE_HOME);
    const first = await runWith({ folder: root, env }, 'lint', '--ui-lang', 'en');
    expect(first.code).toBe(1);
    expect(first.out).toMatch(/handbook\.yaml:\d+:\d+.*The form "a\.pdf" is not a whole PDF/s);
    expect((await runWith({ folder: root, env }, 'lint', '--ui-lang', 'en')).out).toBe(first.out);
    expect((await runWith({ folder: root, env }, 'lint', '--rule', 'long-sentence')).code).toBe(0);
  });
});

test('an error of a form holds back the handbook alone, and with --force too', async () => {
  await list('a.pdf');
  await writeFile(path('forms/a.pdf'), '%PDF-1.7 and no more');
  const cache = ownCache(join(root, 'cache'));
  for (const force of [false, true]) {
    const built = await build({
      cwd: root,
      content: 'content',
      out: 'out',
      env: { ...process.env, XDG_CACHE_HOME: cache },
      root: process.getuid?.() === 0,
      outputs: ['handbook', 'deputies'],
      force,
    });
    expect(built.exitCode).toBe(1);
    expect(built.leftOut.map(({ output }) => output)).toEqual(['handbook', 'handbook']);
    for (const { because } of built.leftOut) expect(because.zh).toContain(force ? 'forms/a.pdf' : 'handbook.yaml');
    expect(built.files.map(({ output }) => output)).toEqual(['deputies']);
  }
});

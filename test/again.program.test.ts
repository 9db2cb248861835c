// The compiled program, run again and again on the same content: what is kept never shows where it is stale, and a build
// that is killed harms nothing. A copy of the program stands in a folder of its own, so that it can be changed.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PDFDocument } from '@cantoo/pdf-lib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openStage } from '../src/build/output-folder.js';
import { AROUND } from '../src/lint/rule-docs.js';
import { ownCache } from './own-cache.js';
import { see } from './pdf.js';

const ROOT = join(import.meta.dirname, '..');
const FONTS = '@expo-google-fonts';
const MINUTES = 180_000;
let home: string;

beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'servicebook-again-'));
  for (const part of ['bin', 'dist', 'templates', 'package.json'])
    cpSync(join(ROOT, part), join(home, part), { recursive: true });
  const modules = join(home, 'node_modules');
  mkdirSync(join(modules, FONTS), { recursive: true });
  for (const name of readdirSync(join(ROOT, 'node_modules')))
    if (name !== FONTS) symlinkSync(join(ROOT, 'node_modules', name), join(modules, name));
  // Of the fonts only what the sheets use, in files of our own.
  for (const family of readdirSync(join(ROOT, 'node_modules', FONTS)))
    cpSync(join(ROOT, 'node_modules', FONTS, family), join(modules, FONTS, family), {
      recursive: true,
      filter: (path) => !/\d{3}\w+$/.test(path) || /(400Regular|500Medium|600SemiBold|700Bold|900Black)$/.test(path),
    });
  mkdirSync(join(home, 'content/services'), { recursive: true });
  for (const [path, text] of Object.entries(AROUND)) write(`content/${path}`, text);
  write('content/services/copies.yaml', service(20));
  ownCache(join(home, 'cache'));
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

const read = (path: string): string => readFileSync(join(home, path), 'utf8');
const write = (path: string, text: string): void => writeFileSync(join(home, path), text);
const change = (path: string, from: string, to: string): void => {
  expect(read(path)).toContain(from);
  write(path, read(path).replaceAll(from, to));
};
const service = (fee: number): string => `名稱: 影印案卷
應備證件: 身分證明文件（影本，1 份）
規費: 每份 ${fee} 元
辦理時限: 3 工作日
審核權責: 分署長
`;

type Ran = { code: number | null; out: string; err: string };
/** Runs the program; `limit` in ms: then it is killed. */
function run(args: readonly string[], { limit, env }: { limit?: number; env?: NodeJS.ProcessEnv } = {}): Promise<Ran> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ['bin/servicebook.js', 'build', ...args], {
      cwd: home,
      env: { ...process.env, XDG_CACHE_HOME: join(home, 'cache'), LC_ALL: 'en_US.UTF-8', ...env },
    });
    let [out, err] = ['', ''];
    child.stdout.on('data', (text) => {
      out += text;
    });
    child.stderr.on('data', (text) => {
      err += text;
    });
    const timer = limit === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), limit);
    child.on('close', (code) => {
      clearTimeout(timer);
      resolve({ code, out, err });
    });
  });
}
async function build(...args: string[]): Promise<Ran> {
  const ran = await run(args);
  expect(ran.code, ran.err).toBe(0);
  return ran;
}
/** The visible files of a folder by their digests. */
const filesIn = (folder: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(join(home, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !`${entry.parentPath}/`.includes('/.'))
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
      .map((path) => [
        path.slice(join(home, folder).length + 1),
        createHash('sha256').update(readFileSync(path)).digest('hex'),
      ]),
  );
const pdf = (path: string) => see(readFileSync(join(home, path)));
const NOTHING = 'Nothing has changed';

test('what is kept never shows where it is stale', { timeout: MINUTES }, async () => {
  const notices = ['notices', '--copies', '1'];
  expect((await build(...notices)).out).not.toContain(NOTHING);
  const first = filesIn('out');
  expect(Object.keys(first)).toEqual(['notices/copies.pdf', 'notices/other.pdf']);

  // Nothing: nothing is printed, and a file that was changed or removed is made again.
  expect((await build(...notices)).out).toContain(NOTHING);
  // How much is told makes no other build of it.
  expect((await build(...notices, '--verbose')).out).toContain(NOTHING);
  expect((await build('-q', ...notices)).out).toContain(NOTHING);
  write('out/notices/copies.pdf', 'x');
  unlinkSync(join(home, 'out/notices/other.pdf'));
  expect((await build(...notices)).out).not.toContain(NOTHING);
  expect(filesIn('out')).toEqual(first);
  // A byte that keeps the size, in the moment after the build.
  const bytes = readFileSync(join(home, 'out/notices/copies.pdf'));
  bytes[1000] = (bytes[1000] ?? 0) ^ 1;
  writeFileSync(join(home, 'out/notices/copies.pdf'), bytes);
  expect((await build(...notices)).out).not.toContain(NOTHING);
  expect(filesIn('out')).toEqual(first);

  // What is kept is broken, or not to be used: the same bytes.
  for (const name of readdirSync(join(home, 'cache/servicebook/made')))
    writeFileSync(join(home, 'cache/servicebook/made', name), 'x');
  await build(...notices);
  expect(filesIn('out')).toEqual(first);
  await build(...notices, '--no-cache', '--out', 'anew');
  expect(filesIn('anew')).toEqual(first);

  // The report for programs is one object then too.
  const reports = [await build(...notices, '--format', 'json'), await build(...notices, '--format', 'json')].map(
    ({ out }) => JSON.parse(out) as { upToDate: boolean; files: object[] },
  );
  expect(reports.map(({ upToDate }) => upToDate)).toEqual([false, true]);
  expect(reports[1]).toEqual({ ...reports[0], upToDate: true });

  // Source: the sheet of that service alone.
  write('content/services/copies.yaml', service(35));
  await build(...notices);
  expect((await pdf('out/notices/copies.pdf')).texts.join('')).toContain('35元');
  expect(filesIn('out')['notices/other.pdf']).toBe(first['notices/other.pdf']);
  const second = filesIn('out');

  // Paper and language: sheets of their own, and the others again afterwards.
  await build('hall', '--sheets', '--paper', 'A0');
  expect((await pdf('out/posters/hall.pdf')).sizes[0]).toEqual([841, 1189]);
  await build('hall', '--sheets', '--paper', 'A1');
  expect((await pdf('out/posters/hall.pdf')).sizes[0]).toEqual([594, 841]);
  await build(...notices, '--lang', 'en');
  expect((await pdf('out/notices/copies.pdf')).lang).toBe('en');
  await build(...notices);
  for (const [file, digest] of Object.entries(second)) expect([file, filesIn('out')[file]]).toEqual([file, digest]);

  // Template.
  change('templates/notices/words.yaml', '一次告知單', '一次告知書');
  await build(...notices);
  expect((await pdf('out/notices/other.pdf')).texts.join('')).toContain('一次告知書');

  // Font: regular is drawn as black now.
  const regular = join(home, 'node_modules', FONTS, 'noto-sans-tc/400Regular/NotoSansTC_400Regular.ttf');
  const before = filesIn('out');
  writeFileSync(regular, readFileSync(regular.replaceAll('400Regular', '900Black')));
  expect((await build(...notices)).out).not.toContain(NOTHING);
  for (const file of ['notices/copies.pdf', 'notices/other.pdf']) expect(filesIn('out')[file]).not.toBe(before[file]);

  // Program: another version, as compiling it would leave it.
  const part = readdirSync(join(home, 'dist')).find((name) => /^finish-.*\.js$/.test(name)) ?? '';
  change(`dist/${part}`, 'PRODUCER=`servicebook`', 'PRODUCER=`another`');
  write('dist/id', `${read('dist/id')}2`);
  await build(...notices);
  for (const file of ['copies', 'other']) {
    const printed = await PDFDocument.load(readFileSync(join(home, `out/notices/${file}.pdf`)), {
      updateMetadata: false,
    });
    expect(printed.getProducer()).toBe('another');
  }

  // The day the files are to bear.
  const dated = await run(notices, { env: { SOURCE_DATE_EPOCH: '1000000000' } });
  expect(dated.code, dated.err).toBe(0);
  const printed = await PDFDocument.load(readFileSync(join(home, 'out/notices/other.pdf')), { updateMetadata: false });
  expect(printed.getCreationDate()).toEqual(new Date('2001-09-09T00:00:00Z'));
  const refused = await run(notices, { env: { SOURCE_DATE_EPOCH: 'yesterday' } });
  expect([refused.code, refused.err]).toEqual([2, expect.stringContaining('"yesterday"; expected seconds since 1970')]);
});

test('parts of a build together are the whole, and each file is in the same part whatever else is in the book', {
  timeout: MINUTES,
}, async () => {
  write('content/services/copies.yaml', service(20));
  const args = ['notices', 'handbook'];
  await build(...args, '--out', 'whole');
  const parts = [1, 2, 3].map((i) => `part${i}`);
  for (const [i, out] of parts.entries()) await build(...args, '--shard', `${i + 1}/3`, '--out', out);
  const found = parts.map((out) => (readdirSync(home).includes(out) ? filesIn(out) : {}));
  expect(found.flatMap(Object.keys).sort()).toEqual(Object.keys(filesIn('whole')));
  expect(Object.assign({}, ...found)).toEqual(filesIn('whole'));
  write('content/services/more.yaml', service(1).replace('影印案卷', '影印別的案卷'));
  for (const [i, out] of parts.entries()) {
    await build('notices', '--shard', `${i + 1}/3`, '--out', `${out}again`);
    const again = readdirSync(home).includes(`${out}again`) ? Object.keys(filesIn(`${out}again`)) : [];
    const before = Object.keys(found[i] ?? {}).filter((file) => file.startsWith('notices/'));
    expect(again.filter((file) => !file.includes('more'))).toEqual(before);
  }
  rmSync(join(home, 'content/services/more.yaml'));
  const { code, err } = await run(['--shard', '4/3']);
  expect([code, err]).toEqual([2, expect.stringContaining('--shard takes I/N, 1/4 for example, not "4/3"')]);
});

/** Pseudo-random numbers in [0, 1), the same each time (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** SERVICEBOOK_KILLS=50 kills 50 times. */
const KILLS = Number(process.env.SERVICEBOOK_KILLS ?? 4);

test(`killed at ${KILLS} random times, every file is whole and the next build is right`, {
  timeout: MINUTES + KILLS * 20_000,
}, async () => {
  const args = ['notices', 'handbook', '--out', 'killed'];
  const right: Record<string, string>[] = [];
  const took: number[] = [];
  for (const fee of [20, 35]) {
    write('content/services/copies.yaml', service(fee));
    const start = performance.now();
    await build(...args);
    took.push(performance.now() - start);
    right.push(filesIn('killed'));
  }
  expect(right[0]).not.toEqual(right[1]);
  const random = randomFrom(20261123);
  for (let i = 0; i < KILLS; i += 1) {
    const [now, old] = i % 2 === 0 ? [0, 1] : [1, 0];
    write('content/services/copies.yaml', service(now === 0 ? 20 : 35));
    // In turn with what is kept, when most of the time goes into putting files in their place, and without.
    const anew = i % 3 === 2;
    const limit = random() * (anew ? Math.max(...took) : Math.min(...took) / 2);
    const { code, err } = await run([...args, ...(anew ? ['--no-cache'] : [])], { limit });
    expect([0, null], err).toContain(code);
    const found = filesIn('killed');
    expect(Object.keys(found)).toEqual(Object.keys(right[0] ?? {}));
    for (const [file, digest] of Object.entries(found))
      expect([right[old]?.[file], right[now]?.[file]], `${file} after ${limit} ms`).toContain(digest);
    // What was being put in place is finished before anything else is: all of the old edition or all of the new one.
    await (await openStage(join(home, 'killed'), { register: join(home, 'cache/servicebook') })).discard();
    expect([right[old], right[now]]).toContainEqual(filesIn('killed'));
    await build(...args);
    expect(filesIn('killed')).toEqual(right[now]);
  }
});

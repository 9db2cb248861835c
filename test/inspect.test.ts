// What lint remembers: equal findings from fresh files and from remembered ones, and nothing that no longer holds.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Content, read } from '../src/content/read.js';
import { type Memory, openMemory } from '../src/core/cache.js';
import { loadFolder } from '../src/core/program-files.js';
import { conclude } from '../src/lint/engine.js';
import { inspect, type Packed } from '../src/lint/incremental.js';
import type { Rule } from '../src/lint/rule.js';
import { BOOK, contentOf, OFFICE, SERVICE } from './office.js';

const rules = await loadFolder<Rule>('lint/rules');
let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'servicebook-inspect-'));
  path = join(folder, 'memory');
});
afterEach(() => rm(folder, { recursive: true }));

/** What is found, and how many files had to be judged. */
async function lint(content: Content, edition = '1', only?: ReadonlySet<string>) {
  let judged = 0;
  const memoryFor = (beside: string): Memory<Packed> => {
    const memory = openMemory<Packed>(path, edition + beside);
    return {
      ...memory,
      put(key, value) {
        judged += 1;
        memory.put(key, value);
      },
    };
  };
  const { frame, judged: all, memory } = await inspect(content, rules, { memoryFor, only });
  memory?.save();
  return { judged, found: conclude(frame, all, rules, { only }) };
}

const FAULTY = {
  'services/a.yaml': `${SERVICE}摘要: 身份查驗，於 3 天內辦畢\n相關服務: [b, nowhere]\n`,
  'services/b.yaml': SERVICE.replace('規費: 免費\n', ''),
  'services/c.md': '# 查詢\n\n## 應備證件\n\n無\n\n## 注意事項\n\n見[申請](#nowhere)，5 日內辦畢。\n',
  'chapters/d.md': '---\n標題: 服務台。\n---\n\n身份 `甲` 乙。<!-- 略過 numerals：試 -->\n',
};

test('a remembered file is found at fault like a fresh one, word for word and place for place', async () => {
  const first = await lint(contentOf(FAULTY));
  expect(first.judged).toBe(5);
  expect(new Set(first.found.map(({ rule }) => rule))).toEqual(
    new Set([
      'dead-link',
      'authority-declared',
      'contact-missing',
      'deadline-declared',
      'deputy-missing',
      'fee-declared',
      'mixed-day-word',
      'official-characters',
      'title-punctuation',
      'unknown-reference',
      'unused-suppression',
    ]),
  );
  const second = await lint(contentOf(FAULTY));
  expect(second).toEqual({ judged: 0, found: first.found });
});

test('the shipped book, too', async () => {
  const content = read('content', join(import.meta.dirname, '..'));
  const first = await lint(content);
  expect(first.found.length).toBeGreaterThan(100);
  expect(await lint(content)).toEqual({ judged: 0, found: first.found });
});

test('a day that remembered Markdown names counts, when a file of YAML is new', async () => {
  const page = { 'chapters/d.md': '---\n標題: 服務台\n---\n\n於 3 日內回復。\n' };
  await lint(contentOf({ ...page, 'services/a.yaml': SERVICE.replace('工作日', '個月') }));
  const changed = contentOf({ ...page, 'services/a.yaml': `${SERVICE.replace('工作日', '個月')}摘要: 5 天內補正\n` });
  const { judged, found } = await lint(changed);
  expect(judged).toBe(1);
  expect(found.filter(({ rule }) => rule === 'mixed-day-word')).toHaveLength(1);
});

test('one file changed is one file judged, and others may be found at fault for it', async () => {
  await lint(contentOf(FAULTY));
  const { judged, found } = await lint(
    contentOf({ ...FAULTY, 'services/c.md': FAULTY['services/c.md'].replace('5 日內辦畢', '辦畢') }),
  );
  expect(judged).toBe(1);
  expect(found.map(({ rule }) => rule)).not.toContain('mixed-day-word');
});

test.each([
  ['office.yaml', { 'office.yaml': `${OFFICE}傳真: 00-0000-0000\n` }],
  ['handbook.yaml', { 'handbook.yaml': `${BOOK}副書名: 試\n` }],
  ['a form', { 'forms/a.pdf': 'x' }],
] as const)('with another %s all is judged again', async (_, also) => {
  await lint(contentOf(FAULTY));
  expect((await lint(contentOf({ ...FAULTY, ...also }))).judged).toBe(5);
});

test('another program remembers nothing of this one', async () => {
  await lint(contentOf(FAULTY), '1');
  expect((await lint(contentOf(FAULTY), '2')).judged).toBe(5);
});

test('a file that was cut off, or is no memory at all, is empty', async () => {
  const { found } = await lint(contentOf(FAULTY));
  const whole = await readFile(path, 'utf8');
  for (const text of [whole.slice(0, whole.length / 2), whole.slice(0, -2), '', 'x\ny\n', 'null', '{}']) {
    await writeFile(path, text);
    expect(await lint(contentOf(FAULTY))).toEqual({ judged: 5, found });
  }
});

test('what is asked for no more does not grow without end', async () => {
  const file = (text: string) => contentOf({ ...FAULTY, 'services/b.yaml': `${SERVICE}摘要: ${text}\n` });
  await lint(file('甲'));
  const once = (await readFile(path)).length;
  for (const text of '乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥')
    expect(await lint(file(text))).toMatchObject({ judged: 1 });
  expect((await readFile(path)).length).toBeLessThan(3 * once);
  expect(await lint(file('亥'))).toMatchObject({ judged: 0 });
});

test('an office that cannot be read is told every time, and nothing is made of it', async () => {
  const broken = contentOf({ ...FAULTY, 'office.yaml': '名稱: [\n' });
  const first = await lint(broken);
  expect(first.found.map(({ rule }) => rule)).toContain('yaml-syntax');
  expect((await lint(broken)).found).toEqual(first.found);
});

test('a missing book, too', async () => {
  const { book: _, ...rest } = contentOf(FAULTY);
  const faults = [
    {
      rule: 'missing-file',
      span: { source: { path: 'x/handbook.yaml', text: '' }, start: 0, end: 0 },
      message: { zh: '缺', en: 'missing' },
    },
  ];
  const first = await lint({ ...rest, faults });
  expect(first.found.map(({ rule }) => rule)).toContain('missing-file');
  expect((await lint({ ...rest, faults })).found).toEqual(first.found);
});

test('some rules alone neither use it nor change it', async () => {
  const only = new Set(['official-characters']);
  await lint(contentOf(FAULTY));
  const before = await readFile(path, 'utf8');
  const { judged, found } = await lint(contentOf(FAULTY), '1', only);
  expect(judged).toBe(0);
  expect(new Set(found.map(({ rule }) => rule))).toEqual(only);
  expect(await readFile(path, 'utf8')).toBe(before);
});

test('a folder that cannot be written costs nothing but time', async () => {
  const memory = openMemory<string>(join(folder, 'no-such-folder', 'memory'), '1');
  memory.put('a', 'b');
  memory.save();
  expect(memory.get('a')).toBeUndefined();
});

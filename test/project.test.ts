// A project: what it remembers within a run and between runs, and texts that stand in place of files. Equal findings from fresh files and from remembered ones, and nothing that no longer holds.
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Memories, openProject, type Place } from '../src/build/project.js';
import { openMemory } from '../src/core/cache.js';
import { loadFolder } from '../src/core/program-files.js';
import type { Packed } from '../src/lint/remembered.js';
import type { Rule } from '../src/lint/rule.js';
import { BOOK, contentOf, OFFICE, SERVICE } from './office.js';

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'servicebook-inspect-'));
  path = join(folder, 'memory');
});
afterEach(() => rm(folder, { recursive: true }));

/** What is found, and how many files had to be judged. */
async function lint(place: Place, edition = '1', only?: readonly string[]) {
  let judged = 0;
  const memories: Memories = {
    findings(beside) {
      const memory = openMemory<Packed>(path, edition + beside);
      return {
        ...memory,
        put(key, value) {
          judged += 1;
          memory.put(key, value);
        },
      };
    },
    forms: () => openMemory(join(folder, 'forms'), edition),
  };
  const project = openProject(place, { memories, only });
  const { diagnostics: found } = await project.lint();
  project.remember();
  return { judged, found };
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
      'procedure-declared',
      'prose-against-deadline',
      'title-punctuation',
      'unknown-reference',
      'unused-suppression',
    ]),
  );
  const second = await lint(contentOf(FAULTY));
  expect(second).toEqual({ judged: 0, found: first.found });
});

test('the shipped book, too', async () => {
  const shipped = { folder: 'content', cwd: join(import.meta.dirname, '..') };
  const first = await lint(shipped);
  expect(first.found.length).toBeGreaterThan(100);
  expect(await lint(shipped)).toEqual({ judged: 0, found: first.found });
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
  const only = ['official-characters'];
  await lint(contentOf(FAULTY));
  const before = await readFile(path, 'utf8');
  const { judged, found } = await lint(contentOf(FAULTY), '1', only);
  expect(judged).toBe(0);
  expect(new Set(found.map(({ rule }) => rule))).toEqual(new Set(only));
  expect(await readFile(path, 'utf8')).toBe(before);
});

test('a folder that cannot be written costs nothing but time', async () => {
  const memory = openMemory<string>(join(folder, 'no-such-folder', 'memory'), '1');
  memory.put('a', 'b');
  memory.save();
  expect(openMemory<string>(join(folder, 'no-such-folder', 'memory'), '1').get('a')).toBeUndefined();
});

describe('in a folder', () => {
  const place = (): Place => ({ folder: 'content', cwd: folder });
  const put = (name: string, text: string): Promise<void> => writeFile(join(folder, 'content', name), text);
  beforeEach(async () => {
    for (const sub of ['services', 'chapters']) await mkdir(join(folder, 'content', sub), { recursive: true });
    await put('office.yaml', OFFICE);
    await put('handbook.yaml', BOOK);
    for (const [name, text] of Object.entries(FAULTY)) await put(name, text);
  });

  test('no rule looks twice at a file that did not change, in this run or the next', async () => {
    const looks: string[] = [];
    const all = await loadFolder<Rule>('lint/rules');
    const rules = new Map(
      [...all].map(([id, { check, ...rule }]): [string, Rule] => [
        id,
        {
          ...rule,
          check: (excerpt, ...rest) => {
            looks.push(`${id} ${excerpt.sources.map((source) => source.path).join()}`);
            check?.(excerpt, ...rest);
          },
        },
      ]),
    );
    const seen = (): string[] => [...new Set(looks.splice(0).map((look) => look.split(' ')[1] ?? ''))];
    const memories = (): Memories => ({
      findings: (beside) => openMemory<Packed>(path, beside),
      forms: () => openMemory(join(folder, 'forms'), ''),
    });
    const lints = openProject(place(), { rules, memories: memories() });
    const first = await lints.lint();
    expect(looks).toHaveLength(all.size * 5);
    looks.length = 0;
    await lints.lint();
    await lints.refresh();
    expect(seen()).toEqual([]);
    lints.remember();

    const builds = openProject(place(), { rules, memories: memories() });
    const { diagnostics, handbook } = await builds.refresh();
    expect(seen()).toEqual([]);
    expect(diagnostics).toEqual(first.diagnostics);
    expect(handbook.services.map(({ id }) => id)).toEqual(['a', 'b', 'c']);
    await put('services/b.yaml', `${SERVICE}摘要: 身份\n`);
    await builds.refresh();
    expect(seen()).toEqual(['content/services/b.yaml']);
    // What is as it was before is known from then.
    await put('services/b.yaml', FAULTY['services/b.yaml']);
    expect((await builds.refresh()).diagnostics).toEqual(first.diagnostics);
    expect(seen()).toEqual([]);
  });

  test('what has not changed is the same object, and nothing at all the same content', async () => {
    const project = openProject(place());
    const first = await project.refresh();
    expect((await project.refresh()).content).toBe(first.content);
    await put('services/b.yaml', SERVICE);
    const second = await project.refresh();
    const serviceOf = ({ handbook }: typeof first, id: string) => handbook.services.find((each) => each.id === id);
    expect(serviceOf(second, 'a')).toBe(serviceOf(first, 'a'));
    expect(serviceOf(second, 'b')).not.toBe(serviceOf(first, 'b'));
    expect([second.handbook.office, second.templates.chart]).toEqual([first.handbook.office, first.templates.chart]);
    expect(second.handbook.office).toBe(first.handbook.office);
    expect(second.templates).toBe(first.templates);
  });

  test('texts stand in place of files, also of those that are not there or cannot be read', async () => {
    await symlink('/etc/hostname', join(folder, 'content/services/linked.yaml'));
    await writeFile(join(folder, 'content/chapters/big5.md'), Buffer.from([0xa6, 0x57, 0xba, 0xd9]));
    const texts = new Map(
      Object.entries({
        'handbook.yaml': `${BOOK}副書名: 試\n`,
        'services/b.yaml': SERVICE,
        'services/linked.yaml': FAULTY['services/b.yaml'],
        'services/new.md': FAULTY['services/c.md'],
        'chapters/big5.md': '# 甲\n\n身份\n',
      }).map(([name, text]) => [`content/${name}`, text]),
    );
    const project = openProject(place());
    const before = await project.refresh();
    const laid = await project.refresh(texts);
    expect(await project.refresh()).toEqual(before);
    await rm(join(folder, 'content/services/linked.yaml'));
    for (const [name, text] of texts) await writeFile(join(folder, name), text);
    expect(laid).toEqual(await openProject(place()).refresh());
    expect(laid.handbook.services.map(({ id }) => id)).toEqual(['a', 'b', 'c', 'linked', 'new']);
  });

  test('of several that ask at once each is answered, with what was found for all', async () => {
    const project = openProject(place());
    const [one, other, third] = await Promise.all([project.refresh(), project.lint(), project.refresh()]);
    expect(other.diagnostics).toEqual(one.diagnostics);
    expect(third).toEqual(one);
    await rm(join(folder, 'content'), { recursive: true });
    await expect(project.refresh()).rejects.toThrow(/no content folder/);
    await mkdir(join(folder, 'content'));
    expect((await project.refresh()).diagnostics.map(({ rule }) => rule)).toContain('missing-file');
  });
});

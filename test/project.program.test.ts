// A project after any edits of its folder: as if it had just been opened, and so is what is remembered of it.
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Memories, openProject, type Place } from '../src/build/project.js';
import { openMemory } from '../src/core/cache.js';
import type { Packed } from '../src/lint/remembered.js';
import { runs } from './any-text.js';
import { BOOK, OFFICE, SERVICE } from './office.js';

let folder: string;
let path: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'servicebook-project-'));
  path = join(folder, 'memory');
});
afterAll(() => rm(folder, { recursive: true }));

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const FONT = readFileSync(
  createRequire(import.meta.url).resolve('@expo-google-fonts/noto-sans-thai/400Regular/NotoSansThai_400Regular.ttf'),
);
/** 「名稱」 in Big5: no text that is read. */
const BIG5 = Buffer.from([0xa6, 0x57, 0xba, 0xd9, 0x3a, 0x20, 0xa5, 0xd2]);
const CHART = '流程圖: |\n  flowchart TD\n    a[提出] --> b[核發]\n';
const KINDS: Readonly<Record<string, { names: readonly string[]; texts: readonly (string | Buffer)[] }>> = {
  services: {
    names: ['a.yaml', 'b.yaml', 'c.md', 'd.yaml'],
    texts: [
      SERVICE,
      SERVICE.replace('規費: 免費\n', ''),
      `${SERVICE}摘要: 身份查驗，於 3 天內辦畢\n相關服務: [b, nowhere]\n`,
      `${SERVICE}摘要: 造字\uE000與 <b>x</b>\n`,
      `${SERVICE}${CHART}`,
      '# 查詢\n\n## 應備證件\n\n無\n\n見[申請](#nowhere)，5 日內辦畢。\n',
      '名稱: [\n',
      '',
      BIG5,
    ],
  },
  chapters: {
    names: ['d.md', 'e.md'],
    texts: [
      '---\n標題: 服務台。\n---\n\n身份 `甲` 乙。<!-- 略過 numerals：試 -->\n',
      '# 甲\n\n10 樓 <i>x</i>\n',
      '',
      BIG5,
    ],
  },
  translations: { names: ['en.yaml', 'xx.yaml'], texts: ['檔案應用: Archives\n', '[', '檔案應用: \n'] },
  forms: { names: ['f.docx', 'g.docx'], texts: ['x'] },
  images: {
    names: ['logo.png', 'seal.svg'],
    texts: [PNG, PNG.subarray(0, 40), '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'],
  },
  fonts: { names: ['own.ttf'], texts: [FONT, FONT.subarray(0, 99)] },
  templates: { names: ['樣式.yaml', '用語.yaml'], texts: ['主色: 棗紅\n', '主色: 無此色\n', 'draft: 草稿\n'] },
  '.': {
    names: ['office.yaml', 'handbook.yaml'],
    texts: [
      OFFICE,
      `${OFFICE}傳真: 00-0000-0000\n`,
      BOOK,
      `${BOOK}副書名: 試\n`,
      `${BOOK}從嚴: 是\n`,
      `${BOOK}書表: [{編號: f, 名稱: 申請書, 檔案: f.docx}]\n`,
      `${BOOK}法規: [{名稱: 行政執行法, 條次: 第 9 條}]\n`,
      '名稱: [\n',
      BIG5,
    ],
  },
};
type Edit = { kind: string; name: string } & (
  | { does: 'write'; text: string | Buffer }
  | { does: 'remove' | 'link' | 'folder' }
  | { does: 'rename'; to: string }
);
const edit: fc.Arbitrary<Edit> = fc.constantFrom(...Object.keys(KINDS)).chain((kind): fc.Arbitrary<Edit> => {
  const { names = [], texts = [] } = KINDS[kind] ?? {};
  const of = { kind: fc.constant(kind), name: fc.constantFrom(...names) };
  return fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record({ ...of, does: fc.constant('write' as const), text: fc.constantFrom(...texts) }),
    },
    { weight: 1, arbitrary: fc.record({ ...of, does: fc.constantFrom('remove', 'link', 'folder') }) },
    {
      weight: 1,
      arbitrary: fc.record({ ...of, does: fc.constant('rename' as const), to: fc.constantFrom(...names) }),
    },
  );
});
const place = (): Place => ({ folder: 'content', cwd: folder });
const fileOf = ({ kind, name }: Pick<Edit, 'kind' | 'name'>): string => join(folder, 'content', kind, name);
function make(change: Edit): void {
  const file = fileOf(change);
  if (change.does === 'rename') {
    if (existsSync(file) && change.to !== change.name) {
      rmSync(fileOf({ ...change, name: change.to }), { recursive: true, force: true });
      renameSync(file, fileOf({ ...change, name: change.to }));
    }
    return;
  }
  rmSync(file, { recursive: true, force: true });
  if (change.does === 'write') writeFileSync(file, change.text);
  // Root may read whatever it may not: what leads nowhere, out of the content, or is no file, cannot be read by anyone.
  else if (change.does === 'link') symlinkSync('/etc/hostname', file);
  else if (change.does === 'folder') mkdirSync(file);
}
function begin(): void {
  rmSync(join(folder, 'content'), { recursive: true, force: true });
  for (const kind of Object.keys(KINDS)) mkdirSync(join(folder, 'content', kind), { recursive: true });
  for (const [name, text] of [
    ['office.yaml', OFFICE],
    ['handbook.yaml', BOOK],
    ['services/a.yaml', SERVICE],
  ] as const)
    writeFileSync(join(folder, 'content', name), text);
  rmSync(path, { force: true });
}
const memories: Memories = {
  findings: (beside) => openMemory<Packed>(path, beside),
  forms: () => openMemory(join(folder, 'forms'), ''),
};

test('after every edit it is as if it had just been opened, and so is what is remembered', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 6 }), async (edits) => {
      begin();
      const project = openProject(place());
      await project.refresh();
      for (const change of edits) {
        make(change);
        const fresh = await openProject(place()).lint();
        const remembering = openProject(place(), { memories });
        expect(await remembering.lint()).toEqual(fresh);
        remembering.remember();
        expect(await project.lint()).toEqual(fresh);
        expect(await project.read()).toEqual(await openProject(place()).read());
      }
      expect(await project.refresh()).toEqual(await openProject(place()).refresh());
    }),
    runs(15),
  );
});

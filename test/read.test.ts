import { chmod, mkdir, mkdtemp, rename, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { lint } from '../src/build/api.js';
import { read } from '../src/content/read.js';
import { UserError } from '../src/core/terminal.js';
import { BOOK, OFFICE, SERVICE } from './office.js';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'servicebook-read-'));
  await mkdir(join(root, 'content/services'), { recursive: true });
  await writeFile(join(root, 'content/office.yaml'), OFFICE);
  await writeFile(join(root, 'content/handbook.yaml'), BOOK);
});
afterEach(() => rm(root, { recursive: true }));

const put = (name: string, bytes: string | Uint8Array) => writeFile(join(root, 'content/services', name), bytes);
const told = () =>
  read('content', root).faults.map(({ rule, span, message }) => `${span.source.path} ${rule} ${message.zh}`);
const faults = async () => told();
/** Root may read everything: where it runs the tests, this is done as somebody else. */
function asNobody<T>(work: () => T): T {
  if (process.getuid?.() !== 0) return work();
  process.seteuid?.(65534);
  try {
    return work();
  } finally {
    process.seteuid?.(0);
  }
}

describe('text files', () => {
  test('are named relative to the working directory', async () => {
    await put('a.yaml', SERVICE);
    expect(read('content', root).services).toEqual([{ path: 'content/services/a.yaml', text: SERVICE }]);
  });
  test('may begin with a byte order mark, which is dropped', async () => {
    await put('a.yaml', `\ufeff${SERVICE}`);
    expect(read('content', root).services[0]?.text).toBe(SERVICE);
  });
  test('hidden files and editors’ leftovers are passed over', async () => {
    for (const name of ['.a.yaml.swp', 'a.yaml~', '#a.yaml#', 'Thumbs.db', 'desktop.ini', '~$a.docx'])
      await put(name, 'x');
    await mkdir(join(root, 'content/services/.git'));
    await mkdir(join(root, 'content/forms/empty'), { recursive: true });
    await writeFile(join(root, 'content/forms/~$a.docx'), 'x');
    expect(read('content', root).formFiles).toEqual([]);
    expect(await faults()).toEqual([]);
  });
});

describe('what cannot be read says why', () => {
  // 「名稱」 in Big5 is A6 57 BA D9.
  test.each([
    [
      'Big5',
      Uint8Array.from([0xa6, 0x57, 0xba, 0xd9, 0x3a, 0x20, 0xa5, 0xd2]),
      'encoding 檔案的編碼是 Big5（大五碼），應為 UTF-8。',
    ],
    ['UTF-16', Buffer.from('\ufeff名稱: 甲\n', 'utf16le'), 'encoding 檔案的編碼是 UTF-16（Unicode），應為 UTF-8。'],
    [
      'UTF-16 without a mark',
      Buffer.from('name: abc\n', 'utf16le'),
      'encoding 檔案的編碼是 UTF-16（Unicode），應為 UTF-8。',
    ],
    [
      'GBK',
      Uint8Array.from([0xb9, 0xfa, 0xb1, 0xea, 0x81, 0x45]),
      'encoding 檔案的編碼是 GBK（簡體中文），應為 UTF-8。',
    ],
    [
      'a picture',
      Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d]),
      'encoding 這不是文字檔（可能是改了副檔名的 Word、PDF 或圖檔），或已經損壞。',
    ],
    ['an old Mac', '名稱: 甲\r規費: 免費\r', 'encoding 檔案的換行是舊式 Mac 的（只有 CR），各行分不開。'],
    ['five megabytes', Buffer.alloc(5 * 1024 * 1024, 'a'), 'file-too-large 檔案有 5.0 MB，內容檔應小於 1 MB。'],
  ])('%s', async (_, bytes, expected) => {
    await put('a.yaml', bytes);
    expect(await faults()).toEqual([`content/services/a.yaml ${expected}`]);
  });
  test('a zero in a text is told as a character, at its place', async () => {
    await put('a.yaml', `${SERVICE}摘要: 甲\0乙\n`);
    expect(await faults()).toEqual([]);
    expect(read('content', root).services[0]?.text).toContain('甲\0乙');
  });
  test.each([
    ['services/d.yaml', '這是資料夾，裡面的檔案沒有讀取'],
    ['services/north/a.yaml', '這是資料夾，裡面的檔案沒有讀取', 'services/north'],
    ['chapters/more/a.md', '這是資料夾，裡面的檔案沒有讀取', 'chapters/more'],
    ['templates/a/b/c.css', '這是資料夾，裡面的檔案沒有讀取', 'templates/a/b'],
    ['Services/a.yaml', '應為「services」', 'Services'],
    ['服務/a.yaml', '應為「services」', '服務'],
    ['image/a.png', '應為「images」', 'image'],
    ['office.yml', '機關資料讀的是「office.yaml」'],
    ['handbook.yaml.txt', '手冊資料讀的是「handbook.yaml」'],
  ])('%s is not read, which is told', async (path, said, at = path) => {
    const full = join(root, 'content', path);
    await mkdir(/d\.yaml$/.test(path) ? full : dirname(full), { recursive: true });
    if (!/d\.yaml$/.test(path)) await writeFile(full, 'x');
    const all = read('content', root).faults;
    expect(all.map(({ rule, span }) => [rule, span.source.path])).toEqual([['unknown-file', `content/${at}`]]);
    expect(all[0]?.message.zh).toContain(said);
    expect(all[0]?.hint).toBeDefined();
  });
  test('what is called by another ending says so, with the right name', async () => {
    await put('a.yaml.txt', SERVICE);
    expect(read('content', root).faults[0]?.hint?.zh).toContain('改成「a.yaml」');
    await rename(join(root, 'content/office.yaml'), join(root, 'content/office.yaml.txt'));
    expect(read('content', root).faults.map(({ rule, hint }) => [rule, hint?.zh])).toContainEqual([
      'missing-file',
      '把「office.yaml.txt」改名為「office.yaml」。',
    ]);
  });
  test('what may not be read says so', async () => {
    await put('a.yaml', SERVICE);
    await chmod(root, 0o755);
    const [file, folder, content] = ['content/services/a.yaml', 'content/services', 'content'].map((path) =>
      join(root, path),
    ) as [string, string, string];
    await chmod(file, 0);
    expect(asNobody(() => told())).toEqual(['content/services/a.yaml missing-file 沒有讀取這個檔案的權限。']);
    await chmod(folder, 0);
    expect(asNobody(() => told())).toEqual(['content/services missing-file 沒有讀取這個資料夾的權限。']);
    await chmod(folder, 0o755);
    await chmod(content, 0);
    expect(() => asNobody(() => told())).toThrow(UserError);
    await chmod(content, 0o755);
  });
  test('a file in the place of a folder', async () => {
    await writeFile(join(root, 'content/chapters'), 'x');
    expect(await faults()).toEqual(['content/chapters missing-file 這裡應為資料夾，卻是一個檔案。']);
  });
  test('a chapter that cannot be read is missed by nobody else', async () => {
    await mkdir(join(root, 'content/chapters'));
    await writeFile(join(root, 'content/chapters/a.md'), Uint8Array.from([0xa6, 0x57, 0xba, 0xd9]));
    await writeFile(join(root, 'content/handbook.yaml'), `${BOOK}章次: [a.md]\n`.replace(/^章次:\n(?: .*\n)+/m, ''));
    await put('other.yaml', SERVICE);
    const { diagnostics } = await lint('content', { cwd: root, rules: ['encoding', 'unknown-reference'] });
    expect(diagnostics.map(({ rule }) => rule)).toEqual(['encoding']);
  });
  test('a Word file among the services', async () => {
    await put('a.docx', 'x');
    expect(await faults()).toEqual([
      'content/services/a.docx unknown-file 不認得這種檔案，services/ 只讀 .yaml 與 .md。',
    ]);
  });
  test('a link to a file outside the folder is not followed', async () => {
    await writeFile(join(root, 'secret.yaml'), '密: 1\n');
    await symlink(join(root, 'secret.yaml'), join(root, 'content/services/a.yaml'));
    const content = read('content', root);
    expect(content.faults.map(({ rule }) => rule)).toEqual(['outside-file']);
    expect(JSON.stringify(content)).not.toContain('密');
  });
  test.each(['services', 'chapters', 'forms', 'images', 'templates', 'translations'])(
    'a folder %s that is a link out of the content is not looked into, and one within it is',
    async (folder) => {
      const name = { images: 'a.png', forms: 'a.pdf', chapters: 'a.md', templates: '樣式.yaml' }[folder] ?? 'en.yaml';
      for (const place of ['elsewhere', 'content/shared']) {
        await mkdir(join(root, place));
        await writeFile(join(root, place, name), '密: 1\n');
      }
      await rm(join(root, 'content', folder), { recursive: true, force: true });
      await symlink(join(root, 'elsewhere'), join(root, 'content', folder));
      expect(await faults()).toEqual([`content/${folder} outside-file 這個捷徑指向內容資料夾以外的資料夾，不予讀取。`]);
      expect(JSON.stringify(read('content', root))).not.toMatch(new RegExp(`密|${name}`));
      expect(read('content', root).forms).toBeUndefined();
      await rm(join(root, 'content', folder));
      await symlink('shared', join(root, 'content', folder));
      expect(await faults()).toEqual([]);
      expect(JSON.stringify(read('content', root))).toContain(name);
      await rm(join(root, 'content', folder));
      await symlink('nowhere', join(root, 'content', folder));
      expect(await faults()).toEqual([`content/${folder} missing-file 這個捷徑指向不存在的資料夾。`]);
    },
  );
  test.each([
    'images/a.png',
    'forms/a.pdf',
    'office.yaml',
    'handbook.yaml',
    'templates/樣式.yaml',
    'translations/en.yaml',
  ])('a link %s to a file outside is not followed', async (name) => {
    await writeFile(join(root, 'secret'), '密: 1\n');
    await mkdir(dirname(join(root, 'content', name)), { recursive: true });
    await rm(join(root, 'content', name), { force: true });
    await symlink(`${'../'.repeat(name.split('/').length)}secret`, join(root, 'content', name));
    expect(await faults()).toEqual([`content/${name} outside-file 這個捷徑指向內容資料夾以外的檔案，不予讀取。`]);
    expect(JSON.stringify(read('content', root))).not.toContain('密');
  });
  test('what is as large as a disk is not read to be told too large', async () => {
    await mkdir(join(root, 'content/images'));
    for (const name of ['services/a.yaml', 'images/a.png']) {
      await writeFile(join(root, 'content', name), '');
      await truncate(join(root, 'content', name), 3 * 2 ** 40);
    }
    expect((await faults()).map((each) => each.replace(/ [^ ]*檔.*/, ''))).toEqual([
      'content/services/a.yaml file-too-large',
      'content/images/a.png image-file',
    ]);
  });
  test('a font that is too large is told with what would help: to copy it anew would not', async () => {
    await mkdir(join(root, 'content/fonts'));
    await writeFile(join(root, 'content/fonts/a.ttf'), '');
    await truncate(join(root, 'content/fonts/a.ttf'), 200 * 2 ** 20);
    expect(read('content', root).faults.map(({ message, hint }) => [message.zh, hint?.zh])).toEqual([
      ['字型檔有 200 MB，應在 64 MB 以內。', '請確認它真的是字型檔，或換成只含所需文字的字型檔。'],
    ]);
  });
  test('a link to nothing', async () => {
    await symlink(join(root, 'nothing'), join(root, 'content/services/a.yaml'));
    expect(await faults()).toEqual(['content/services/a.yaml missing-file 這個捷徑指向不存在的檔案。']);
  });
  test('a missing office.yaml', async () => {
    await rm(join(root, 'content/office.yaml'));
    expect(await faults()).toEqual(['content/office.yaml missing-file 找不到機關資料「office.yaml」。']);
  });
  test('a missing folder is the user’s error, with the mend', async () => {
    expect(() => read('nowhere', root)).toThrow(UserError);
  });
});

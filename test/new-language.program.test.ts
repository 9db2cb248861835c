// A language is one file: a copy of the program with one file more reads, judges and prints it.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { BOOK, OFFICE } from './office.js';
import { ownCache } from './own-cache.js';
import { see } from './pdf.js';

const ROOT = join(import.meta.dirname, '..');
const copy = mkdtempSync(join(tmpdir(), 'servicebook-language-'));
afterAll(() => rmSync(copy, { recursive: true, force: true }));

/** Of no people (ISO 639-2 leaves qaa–qtz free). */
const LANGUAGE = `tag: qaa
locale: en-GB
names: [古語, 古文]
unconfirmed: [nondum notum]
words:
  fee: Pretium
  deadline: Tempus
  dollars: 'NT$ {0} numm.'
`;
const SERVICE = `名稱: {中文: 變更地址, 古語: Mutatio sedis}
應備證件: [{名稱: {中文: 申請書, 古文: Libellus}, 形式: 正本}]
規費: 100 元
辦理時限: nondum notum
審核權責: 分署長
`;

const write = (path: string, text: string): void => {
  mkdirSync(dirname(join(copy, path)), { recursive: true });
  writeFileSync(join(copy, path), text);
};
function servicebook(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(copy, 'bin/servicebook.js'), ...args], {
    cwd: copy,
    env: { ...process.env, XDG_CACHE_HOME: join(copy, 'cache'), LC_ALL: 'zh_TW.UTF-8' },
    encoding: 'utf8',
  });
  return { status, said: stdout + stderr };
}

test('one file more in templates/languages is one language more, in content and in print', async () => {
  for (const part of ['bin', 'dist', 'templates', 'package.json'])
    cpSync(join(ROOT, part), join(copy, part), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
  write('content/office.yaml', OFFICE);
  write('content/handbook.yaml', `${BOOK}語言: [中文, 古語]\n`);
  write('content/services/address.yaml', SERVICE);
  const refused = servicebook('lint');
  expect(refused.said).toContain('不認得「古語」這種語言');

  write('templates/languages/qaa.yaml', LANGUAGE);
  const { said } = servicebook('lint');
  expect(said).not.toContain('不認得');
  expect(said).toContain('沒有古語譯文');
  expect(said).toMatch(/4:\d+: 警告 unconfirmed\n/);

  ownCache(join(copy, 'cache'));
  const built = servicebook('build', 'posters', '--lang', '古文', '--out', 'out', '--force');
  expect(built.status, built.said).toBe(0);
  const { texts, lang } = await see(readFileSync(join(copy, 'out/posters/address.pdf')));
  expect(lang).toBe('qaa');
  for (const words of ['Mutatiosedis', 'Libellus', 'Pretium', 'Tempus', 'NT$100numm.', 'Requireddocuments'])
    expect(texts.join('')).toContain(words);
}, 120_000);

// The server that editors of YAML run, on an office as `init` and `new` make it: the schema is found and speaks.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CompletionItem, CompletionList, Hover } from 'vscode-languageserver/node.js';
import { type Client, startServer } from './language-client.js';
import { runIn } from './program.js';

const SERVER = join(
  dirname(createRequire(import.meta.url).resolve('yaml-language-server/package.json')),
  'bin/yaml-language-server',
);
let folder: string;
let client: Client;
const service = () => join(folder, 'content/services/change.yaml');

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'servicebook-yaml-'));
  await runIn(folder, 'init');
  await runIn(folder, 'new', 'change', '--title', '變更地址');
  const yaml = { validate: true, completion: true, hover: true, schemaStore: { enable: false } };
  client = await startServer([SERVER, '--stdio'], folder, { yaml });
}, 60_000);
afterAll(async () => {
  await client.close();
  await rm(folder, { recursive: true });
});

test('what init and new write is led to its schema and is right by it', async () => {
  for (const file of ['office.yaml', 'handbook.yaml', 'services/certificate.yaml', 'services/change.yaml']) {
    const text = await readFile(join(folder, 'content', file), 'utf8');
    expect(text).toMatch(/^# yaml-language-server: \$schema=(\.\.\/)?\.schema\/\w+\.json\n/);
    client.open(join(folder, 'content', file), text);
    expect(await client.diagnostics(join(folder, 'content', file), () => true)).toEqual([]);
  }
});

test('keys are completed, in Chinese and English, and choices; a key is explained', async () => {
  const text =
    '# yaml-language-server: $schema=../.schema/service.json\n名稱: 甲\n規費: 免費\n應備證件:\n  - 名稱: 乙\n    形式: \n辦';
  client.change(service(), text);
  const labels = async (marked: string) => {
    const found = await client.ask<CompletionList | CompletionItem[]>('completion', service(), text, marked);
    return (Array.isArray(found) ? found : found.items).map(({ label }) => label);
  };
  const keys = await labels('\n辦');
  expect(keys).toEqual(expect.arrayContaining(['辦理時限', 'deadline', '審核權責', 'authority']));
  expect(keys).not.toContain('處理期限');
  expect(await labels('形式: ')).toEqual(expect.arrayContaining(['正本', '影本', 'copy']));
  const hover = await client.ask<Hover>('hover', service(), text, '\n規');
  expect(JSON.stringify(hover.contents)).toContain('規費；不收費時寫「免費」');
});

test('an unknown key is an error in its place', async () => {
  const text = '# yaml-language-server: $schema=../.schema/service.json\n名稱: 甲\n聯絡:\n  單位: 乙\n  電畫: 1\n';
  await writeFile(service(), text);
  client.change(service(), text);
  const [found] = await client.diagnostics(service(), (all) => all.length > 0);
  expect(found?.range.start).toEqual({ line: 4, character: 2 });
  expect(found?.message).toContain('電畫');
});

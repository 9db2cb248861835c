// The language server as an editor starts it: a process of its own, on an office of 200 services.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CodeAction, CompletionItem, Diagnostic, Hover } from 'vscode-languageserver/node.js';
import { generate } from './generate.js';
import { type Client, startServer } from './language-client.js';
import { runIn } from './program.js';

let folder: string;
let client: Client;
const PROGRAM = join(import.meta.dirname, '../bin/servicebook.js');
const file = (path: string): string => join(folder, 'content', path);
const service = (): string => file('services/s0007.yaml');
let written: string;
const codes = (found: readonly Diagnostic[]) => found.map(({ code }) => code);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'servicebook-lsp-'));
  generate(join(folder, 'content'), 200);
  await writeFile(
    file('services/plain.md'),
    '# 查詢\n\n## 應備證件\n\n無\n\n## 規費\n\n免費\n\n## 辦理時限\n\n隨到隨辦\n\n## 審核權責\n\n分署長\n',
  );
  written = await readFile(service(), 'utf8');
  client = await startServer([PROGRAM, 'lsp', '--stdio', '--ui-lang', 'zh'], folder);
}, 60_000);
afterAll(async () => {
  await client?.close();
  await rm(folder, { recursive: true });
});

test('says what lint says, where lint says it, before anything is saved', async () => {
  client.open(service(), written);
  await client.diagnostics(service(), () => true);
  const wrong = written.replace(/^摘要: /m, '摘要: 身份').replace(/^規費:/m, '規非:');
  client.change(service(), wrong);
  const found = await client.diagnostics(service(), (all) => codes(all).includes('unknown-key'));
  // The same from the command line, once it is saved.
  await writeFile(service(), wrong);
  const { out } = await runIn(folder, 'lint', 'content/services/s0007.yaml', '--format', 'json', '--no-cache');
  await writeFile(service(), written);
  const told = JSON.parse(out).findings as { line: number; column: number; rule: string; message: string }[];
  expect(found.map(({ range, code }) => [range.start.line + 1, range.start.character + 1, code])).toEqual(
    told.map(({ line, column, rule }) => [line, column, rule]),
  );
  expect(told.length).toBeGreaterThan(1);
  for (const [i, { message }] of found.entries()) expect(message.startsWith(told[i]?.message ?? '-')).toBe(true);
  client.change(service(), written);
  await client.diagnostics(service(), (all) => !codes(all).includes('unknown-key'));
});

test('a change is told in the files that it makes wrong', async () => {
  const other = file('services/s0008.yaml');
  const related = `${await readFile(other, 'utf8')}相關服務: [s0007]\n`;
  client.open(other, related);
  await client.diagnostics(other, (all) => !codes(all).includes('unknown-reference'));
  client.change(service(), `編號: another\n${written}`);
  const found = await client.diagnostics(other, (all) => codes(all).includes('unknown-reference'));
  expect(found.find(({ code }) => code === 'unknown-reference')?.severity).toBe(1);
  client.change(service(), written);
  await client.diagnostics(other, (all) => !codes(all).includes('unknown-reference'));
});

describe('completes', () => {
  const offered = async (at: string, text: string, marked: string): Promise<string[]> => {
    client.change(at, text);
    const items = await client.ask<CompletionItem[]>('completion', at, text, marked);
    return items.map(({ label }) => label);
  };
  test.each([
    ['keys of a service', '名稱: 甲\n規', '\n規', ['規費', 'fee']],
    ['keys within a group', '名稱: 甲\n聯絡:\n  單', '  單', ['單位', '電話', 'telephone']],
    ['keys within a group in signs', '名稱: 甲\n聯絡: {單位: 服務台, ', '服務台, ', ['電話', '分機']],
    ['keys of an item', '名稱: 甲\n應備證件:\n  - 名稱: 乙\n    形', '    形', ['形式', '份數']],
    ['choices', '名稱: 甲\n應備證件:\n  - 名稱: 乙\n    形式: ', '形式: ', ['正本', '影本']],
    ['units and titles', '名稱: 甲\n承辦單位: ', '承辦單位: ', ['執行一科', '秘書室', '書記官']],
    ['services', '名稱: 甲\n相關服務:\n  - ', '  - ', ['s0001', 's0200']],
    ['steps', '名稱: 甲\n申請程序:\n  - 提出申請書\n  - {步驟: 補正文件, 接: ', '接: ', ['提出申請書']],
  ])('%s', async (_, text, marked, labels) => {
    expect(await offered(service(), text, marked)).toEqual(expect.arrayContaining(labels));
  });
  test('nothing in a remark, and no key where a value belongs', async () => {
    expect(await offered(service(), '名稱: 甲\n# 規', '# 規')).toEqual([]);
    expect(await offered(service(), '名稱: 甲\n承辦單位: ', '承辦單位: ')).not.toContain('規費');
  });
  test('laws and Markdown', async () => {
    const book = file('handbook.yaml');
    const text = await readFile(book, 'utf8');
    client.open(book, `${text.replace(/^法規清單:[\s\S]*?(?=^\S|$(?![\s\S]))/m, '')}法規清單: [{名稱: 行政執行法}]\n`);
    expect(await offered(service(), '名稱: 甲\n法令依據: ', '法令依據: ')).toContain('行政執行法');
    const plain = file('services/plain.md');
    client.open(plain, await readFile(plain, 'utf8'));
    expect(await offered(plain, '# 查詢\n\n## 規', '## 規')).toEqual(expect.arrayContaining(['規費', '應備證件']));
    expect(await offered(plain, '# 查詢\n\n請洽執行', '請洽執行')).toEqual(expect.arrayContaining(['執行一科']));
  });
});

test('explains keys and names', async () => {
  const text = '名稱: 甲\n聯絡:\n  單位: 服務台\n相關服務: [s0001]\n';
  client.change(service(), text);
  const hover = async (marked: string): Promise<string> => {
    const told = await client.ask<Hover | null>('hover', service(), text, marked);
    return JSON.stringify(told?.contents ?? '');
  };
  expect(await hover('\n聯')).toContain('洽詢單位、電話');
  expect(await hover('  單')).toContain('`承辦單位`');
  expect(await hover('[s000')).toContain('第1號申請案件');
});

test('fixes what is wrong, one by one or all that change no meaning', async () => {
  const text = written.replace(/^摘要: /m, '摘要: 身份與身份').replace(/^承辦單位:/m, '承辦單立:');
  client.change(service(), text);
  const found = await client.diagnostics(service(), (all) => codes(all).includes('unknown-key'));
  const actions = async (diagnostic: Diagnostic | undefined, only: string): Promise<CodeAction[]> =>
    client.ask<CodeAction[]>('codeAction', service(), text, text, {
      range: diagnostic?.range,
      context: { diagnostics: [], only: [only] },
    });
  const key = await actions(
    found.find(({ code }) => code === 'unknown-key'),
    'quickfix',
  );
  expect(key.map(({ title, isPreferred }) => [title, isPreferred])).toEqual([['改為「承辦單位」', false]]);
  const all = await actions(found[0], 'source.fixAll');
  const edits = Object.values(all[0]?.edit?.changes ?? {})[0] ?? [];
  expect(edits.map(({ newText }) => newText)).toEqual(['身分', '身分']);
});

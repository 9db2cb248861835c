// servicebook.yaml: the options an office always uses, and what it may not name.
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { takeSettings } from '../src/cli/settings.js';
import type { UserError } from '../src/core/terminal.js';
import { runIn } from './program.js';

let root: string;
let folder: string;
let n = 0;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'servicebook-settings-'));
});
afterAll(() => rm(root, { recursive: true }));
beforeEach(async () => {
  folder = join(root, `office${n++}`);
  await cp(join(import.meta.dirname, '../templates/init'), join(folder, 'ours/content'), { recursive: true });
});

/** What a command is given when it is started in `cwd` with these arguments. */
async function given(name: string, args: readonly string[], cwd = folder) {
  const program = new Command().option('--lang <lang>');
  const command = program
    .command(name)
    .argument('[outputs...]')
    .option('--content <dir>', '', 'content')
    .option('--out <dir>', '', 'out')
    .option('--paper <size>')
    .option('--lang <lang>')
    .option('--browser <path>');
  let got: unknown;
  program.hook('preAction', (_, each) => takeSettings(each, { cwd }));
  command.action((outputs: string[]) => {
    got = { outputs, ...command.optsWithGlobals() };
  });
  await program.parseAsync([name, ...args], { from: 'user' });
  return got;
}
const write = (text: string, place = folder) => writeFile(join(place, 'servicebook.yaml'), text);
const refusal = (args: readonly string[] = []) =>
  given('build', args).then(
    () => undefined,
    (error: UserError) => error.say?.zh ?? String(error),
  );

describe('options that were not typed', () => {
  test('come from the file in the working directory', async () => {
    await write('內容: ours/content\n輸出: ours/print\n紙張: A2\n語言: 中文、英文\n項目: [posters, notices]\n');
    expect(await given('build', [])).toEqual({
      content: 'ours/content',
      out: 'ours/print',
      paper: 'A2',
      lang: '中文,英文',
      outputs: ['posters', 'notices'],
    });
  });
  test.each(['docs/options.md', 'docs/printing.zh-TW.md'])('are understood as %s shows them', async (manual) => {
    const text = await readFile(join(import.meta.dirname, '..', manual), 'utf8');
    await write(/```yaml[^\n]*\n(內容: [\s\S]*?)```/.exec(text)?.[1] ?? '');
    const outputs = ['posters', 'notices'];
    expect(await given('build', [])).toEqual({ content: 'content', out: 'out', paper: 'A2', lang: '中文', outputs });
  });
  test('may have English keys, and any of them may be left out', async () => {
    await write('# nothing else\noutputs: hall\n');
    expect(await given('build', [])).toEqual({ content: 'content', out: 'out', outputs: ['hall'] });
    await write('# nothing at all\n');
    expect(await given('build', [])).toEqual({ content: 'content', out: 'out', outputs: [] });
  });
  test('what was typed comes first', async () => {
    await write('out: print\npaper: A2\nlanguage: en\noutputs: posters\n');
    expect(await given('build', ['hall', '--out', 'there', '--paper', 'A1', '--lang', 'zh'])).toMatchObject({
      out: 'there',
      paper: 'A1',
      lang: 'zh',
      outputs: ['hall'],
    });
  });
  test('of a content folder that is named, the file beside it; the one here is for the content here', async () => {
    await write('out: here\ncontent: elsewhere\n');
    await write('out: print\ncontent: other\n', join(folder, 'ours'));
    expect(await given('build', ['--content', 'ours/content'])).toMatchObject({
      content: 'ours/content',
      out: 'ours/print',
    });
  });
  test('the usual paper is for what can be printed on it', async () => {
    await write('紙張: A5\n');
    expect(await given('build', ['handbook'])).toMatchObject({ paper: 'A5' });
    expect(await given('build', ['posters'])).not.toHaveProperty('paper');
  });
  test('lint, check and new read the content that the file names', async () => {
    await write('內容: ours/content\n');
    expect(await runIn(folder, 'lint')).toMatchObject({ code: 0, err: '6 個檔案：0 個錯誤、0 個警告。\n' });
    expect((await runIn(folder, 'new', 'address')).code).toBe(0);
    expect(await readFile(join(folder, 'ours/content/services/address.yaml'), 'utf8')).toContain('新服務');
  });
});

describe('what is refused, with its place', () => {
  test.each([
    ['輸出: ../out\n', 'servicebook.yaml:1:5：「../out」不在 servicebook.yaml 所在的資料夾裡'],
    ['輸出: /tmp/out\n', 'servicebook.yaml:1:5：「/tmp/out」不在'],
    ['內容: ours/../../x\n', 'servicebook.yaml:1:5：「ours/../../x」不在'],
    ['瀏覽器: /bin/sh\n', 'servicebook.yaml:1:1：不認得「瀏覽器」'],
    ['browser: /bin/sh\n', 'servicebook.yaml:1:1：不認得「browser」'],
    ['紙張: B4\n', 'servicebook.yaml:1:5：這裡寫的是「B4」，應為下列之一：A5、A4'],
    ['語言: 法文\n', 'servicebook.yaml:1:5：沒有「法文」這種語言'],
    ['\n項目: postres\n', 'servicebook.yaml:2:5：沒有「postres」這個編印項目。是不是要寫「posters」？'],
    ['語言: xx\n', 'servicebook.yaml:1:5：「xx」不是值；還不知道就不寫這一項。'],
    ['輸出: ""\n', 'servicebook.yaml:1:5：「""」不是值'],
    ['輸出: 待確認\n', 'servicebook.yaml:1:5：「待確認」不是值'],
    ['輸出: "out\\nx"\n', 'servicebook.yaml:1:5：「out\\u000ax」有看不見的字元'],
    ['輸出: out\u202e\n', 'servicebook.yaml:1:8：這裡有'],
    ['項目: [\n', 'servicebook.yaml:'],
    ['- posters\n', 'servicebook.yaml:1:1'],
  ])('%j', async (text, sentence) => {
    await write(text);
    expect(await refusal()).toContain(sentence);
  });
  test('a folder that is a link out of the office', async () => {
    await mkdir(join(root, 'outside'), { recursive: true });
    await symlink(join(root, 'outside'), join(folder, 'print'));
    await write('輸出: print/inner\n');
    expect(await refusal()).toContain('不在 servicebook.yaml 所在的資料夾裡');
  });
  test('a file that is a link or too large', async () => {
    await writeFile(join(root, 'elsewhere.yaml'), 'out: print\n');
    await symlink(join(root, 'elsewhere.yaml'), join(folder, 'servicebook.yaml'));
    expect(await refusal()).toContain('不讀 servicebook.yaml：應是一般的檔案');
    await rm(join(folder, 'servicebook.yaml'));
    await write('#'.repeat(70_000));
    expect(await refusal()).toContain('檔案太大');
  });
  test('the program says it in one sentence, exit code 2, and makes nothing', async () => {
    await write('browser: /bin/sh\n');
    const { code, out, err } = await runIn(folder, 'build');
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(/^錯誤：servicebook\.yaml:1:1：/);
  });
});

// What strangers have written, in contents and in names of files, as it reaches a terminal or the log of a CI.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { harmless, visible } from '../src/core/terminal.js';
import { runIn, runWith } from './program.js';

describe('a text', () => {
  test('shows what is not seen by its code, on one line', () => {
    expect(visible('甲\u202E乙\n::error::\u001b[31m\u0000\u2028\u{E0041}')).toBe(
      '甲\\u202e乙\\u000a::error::\\u001b[31m\\u0000\\u2028\\udb40\\udc41',
    );
  });
  test('commands neither a terminal nor a CI', () => {
    expect(harmless('a\r\n::b\r\n')).toBe('a\r\n\\u003a:b\r\n');
    expect(harmless('a\r\u001b]0;x\u0007b\u0085c\td\n')).toBe('a\\u000d\\u001b]0;x\\u0007b\\u0085c\td\n');
    for (const line of ['::error::x', ' \t::add-mask::x', 'a ##[error]x', '##vso[task.x]y', "##teamcity[x 'y']"])
      expect(harmless(`a\n${line}\n`)).not.toMatch(/^\s*::|##\[|##[a-z]+\[/m);
    expect(harmless('::error::x')).toBe('\\u003a:error::x');
    expect(harmless('a::b, # heading, ## heading [a]')).toBe('a::b, # heading, ## heading [a]');
  });
  test('may be painted by the program alone, and written over the line before', () => {
    expect(harmless('\u001b[31ma\u001b[39m')).toBe('\\u001b[31ma\\u001b[39m');
    expect(harmless('\u001b[31ma\u001b[39m\u001b[2J', true)).toBe('\u001b[31ma\u001b[39m\\u001b[2J');
    expect(harmless('\r\u001b[Ka\r\u001b[Kb')).toBe('\r\u001b[Ka\\u000d\\u001b[Kb');
  });
  test('in JSON says the same to who reads it', () => {
    const text = '甲\u202E乙 ##[error] \u0085\u{E0041}\u007f\ud800';
    expect(JSON.parse(harmless(`${JSON.stringify([text], null, 2)}\n`))).toEqual([text]);
  });
});

describe('of a hostile folder', () => {
  let folder = '';
  const HOSTILE = '\u001b[2J\u202E\r##[error]甲';
  const NAMES = [
    'a\n::error::x',
    '::error file=x::y',
    'b\r\u001b]0;title\u0007',
    '##[group]c',
    'd\u202Elmay',
    '##vso[e]',
  ];
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'servicebook-terminal-'));
    await runIn(folder, 'init');
    for (const name of NAMES) {
      await writeFile(
        join(folder, 'content/services', `${name}.yaml`),
        `名稱: "${name.replace(/\p{Cc}/gu, '\\n::warning::')}"\n規費: "\\n::error::${'免費'}"\n應備證件: "\\e[31m"\n`,
      );
      await writeFile(
        join(folder, 'content/chapters', `${name}.md`),
        `# ${HOSTILE}\n\n::error::乙\n\n<b>${HOSTILE}</b>\n`,
      );
      await mkdir(join(folder, 'content/forms'), { recursive: true });
      await mkdir(join(folder, 'content/templates', name), { recursive: true });
      await writeFile(join(folder, 'content/templates', name, `${name}.css`), 'i{');
      await writeFile(join(folder, 'content/forms', `${name}.pdf`), `%PDF-1.7 ${HOSTILE}`);
      await writeFile(join(folder, `${name}.pdf`), `%PDF-1.7 ${HOSTILE}`);
    }
  });
  afterAll(() => rm(folder, { recursive: true }));

  /** Neither a sign that is not seen nor the beginning of a command, line ends aside. */
  const expectHarmless = (text: string): void => {
    expect(text.split('\n').filter((line) => /^\s*::|##\[|##[a-z]+\[/.test(line))).toEqual([]);
    expect(text).not.toMatch(/[^\P{Cc}\n\t]|[\u202E\u2028]/u);
  };
  test.each([
    [['lint', '--no-cache']],
    [['lint', '--no-cache', '--ui-lang', 'en']],
    [['lint', '--no-cache', '--format', 'json']],
    [['lint', '--no-cache', '--format', 'compact']],
    [['lint', '--no-cache', '--format', 'html']],
    [['lint', '--no-cache', '--format', 'junit']],
    [['lint', '--no-cache', '--fix-dry-run']],
    [['lint', '--no-cache', ...NAMES.map((name) => `content/services/${name}.yaml`)]],
    [['lint', '--no-cache', NAMES[0]]],
    [['build', '--no-cache', 'notices']],
    [['build', NAMES[1]]],
    [['build', '--service', NAMES[0]]],
    [['check', '.']],
    [['check', `${NAMES[0]}.pdf`, '--format', 'json']],
    [['stale', '.']],
    [['stale', NAMES[0], `${NAMES[1]}.pdf`, '--format', 'json']],
    [['stale', NAMES[2], `${NAMES[3]}.pdf`]],
    [['explain', NAMES[0]]],
    [['explain', 'deceptive-character']],
    [['new', NAMES[0]]],
    [['init', NAMES[1]]],
    [[NAMES[0]]],
    [['preview', '--content', NAMES[0]]],
  ])('%j says nothing that commands', async (args) => {
    const { out, err } = await runIn(folder, ...(args as string[]));
    expect(`${out}${err}`.length).toBeGreaterThan(10);
    expectHarmless(out);
    expectHarmless(err);
    if (args.includes('json') && out !== '') expect(JSON.parse(out)).toBeTypeOf('object');
  });
  test('on a terminal with colours, nothing but the colours of the program is let through', async () => {
    const { out } = await runWith(
      { folder, env: { CI: '', NO_COLOR: '', FORCE_COLOR: '1' }, isTTY: true },
      'lint',
      '--no-cache',
    );
    expectHarmless(out.replaceAll(/\p{Cc}(?=\[\d{1,2}m)/gu, ''));
    expect(out).not.toContain('\u001b[2J');
  });
});

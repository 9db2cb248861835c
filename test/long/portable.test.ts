// The archives that need no install: the one for Linux is unpacked and used where there is nothing; that for Windows is
// looked at as far as can be without it.
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'servicebook-portable-'));
const release = join(folder, 'release');
let linux: string;
let windows: string;
beforeAll(() => {
  execFileSync(process.execPath, [join(import.meta.dirname, '../../portable/make.js'), release], { stdio: 'ignore' });
  const named = (end: string) => readdirSync(release).find((name) => name.endsWith(end)) ?? '';
  linux = named('-linux-x64.tar.gz');
  windows = named('-windows-x64.zip');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('each archive comes with its checksum', () => {
  for (const name of [linux, windows]) {
    const hash = createHash('sha256').update(readFileSync(join(release, name)));
    expect(readFileSync(join(release, `${name}.sha256`), 'utf8')).toBe(`${hash.digest('hex')}  ${name}\n`);
  }
});

test.runIf(process.platform === 'linux' && process.arch === 'x64')(
  'for Linux: checks and prints from its menu, in a folder with a blank in its name, with no environment at all',
  () => {
    const home = join(folder, '某個 folder');
    mkdirSync(home);
    execFileSync('tar', ['-xzf', join(release, linux), '--strip-components=1'], { cwd: home });
    const { status, stdout, stderr } = spawnSync(join(home, 'menu.sh'), {
      cwd: '/',
      env: { HOME: join(folder, 'nobody') },
      input: '1\n1\n2\nq\n',
      encoding: 'utf8',
    });
    const said = stdout + stderr;
    expect(status, said).toBe(0);
    expect(said).toContain('檢查內容 check the content');
    expect(said).toMatch(/0 errors|0 個錯誤/);
    expect(readFileSync(join(home, 'out/handbook.pdf')).subarray(0, 5).toString()).toBe('%PDF-');
    const { stdout: version } = spawnSync(join(home, 'servicebook'), ['--version'], {
      cwd: '/',
      env: {},
      encoding: 'utf8',
    });
    expect(version.trim()).toBe(/^servicebook-(.*)-linux-x64/.exec(linux)?.[1]);
    rmSync(home, { recursive: true });
  },
);

describe('for Windows', () => {
  let files: Map<string, Uint8Array>;
  const text = (name: string) => new TextDecoder().decode(files.get(name));
  beforeAll(() => {
    const top = windows.replace(/\.zip$/, '/');
    files = new Map(
      Object.entries(unzipSync(readFileSync(join(release, windows)))).map(([name, bytes]) => [
        name.startsWith(top) ? name.slice(top.length) : `outside: ${name}`,
        bytes,
      ]),
    );
  });

  test('everything is in one folder, under names and paths that Windows can hold', () => {
    for (const name of files.keys()) {
      expect(name).toMatch(/^[\w@.+-]+(\/[\w@.+-]+)*$/);
      expect(name).not.toMatch(/(^|\/)(con|prn|aux|nul|com\d|lpt\d)(\.|\/|$)|[. ](\/|$)/i);
      expect(name.length).toBeLessThan(140);
    }
    const folded = [...files.keys()].map((name) => name.toLowerCase());
    expect(new Set(folded).size).toBe(folded.length);
  });
  test('Node is a program for Windows on x64', () => {
    const node = Buffer.from(files.get('node/bin/node.exe') ?? []);
    const header = node.readUInt32LE(0x3c);
    expect(node.toString('latin1', 0, 2)).toBe('MZ');
    expect(node.toString('latin1', header, header + 4)).toBe('PE\0\0');
    expect(node.readUInt16LE(header + 4)).toBe(0x8664);
    expect(text('node/LICENSE')).toContain('Node.js');
  });
  test.each(['menu.cmd', 'servicebook.cmd'])('%s sets the console to UTF-8 and starts what is there', (name) => {
    const script = text(name);
    expect(script).toContain('chcp 65001 >nul\r\n');
    expect(script.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    // The console reads the script itself in a code page of its own.
    expect(script).toMatch(/^[ -~\r\n]*$/);
    const started = [...script.matchAll(/"%~dp0([^"]+)"/g)].map(([, path = '']) => path.replaceAll('\\', '/'));
    expect(started).toHaveLength(2);
    for (const path of started) expect([...files.keys()]).toContain(path);
  });
  test('the embedded browser, which runs on Linux alone, is not in it; the fonts are', () => {
    const names = [...files.keys()].join('\n');
    expect(names).not.toContain('@sparticuz');
    expect(names).toMatch(/NotoSansTC_400Regular\.ttf/);
    expect(text('README.txt')).toMatch(/^服務手冊 .*Microsoft Edge/s);
  });
});

// The program as a process of its own: signals, broken pipes, folders that cannot be written.
import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { PDFDocument, PDFName } from '@cantoo/pdf-lib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const PROGRAM = join(import.meta.dirname, '../bin/servicebook.js');
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'servicebook-bin-'));
  await cp(join(import.meta.dirname, '../templates/init'), join(folder, 'content'), { recursive: true });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Runs the program; `during` sees what it says and may act on it. */
function run(
  args: string[],
  during?: (said: string, kill: (signal: NodeJS.Signals) => void) => void | Promise<void>,
  env: Record<string, string> = {},
) {
  return new Promise<{ code: number | null; out: string; err: string }>((resolve) => {
    const child = spawn(process.execPath, [PROGRAM, ...args], {
      cwd: folder,
      env: { ...process.env, LANG: 'zh_TW.UTF-8', LC_ALL: '', ...env },
    });
    let out = '';
    let err = '';
    child.stdout.on('data', (text) => {
      out += text;
    });
    child.stderr.on('data', (text) => {
      err += text;
      void during?.(err, (signal) => child.kill(signal));
    });
    child.on('close', (code) => resolve({ code, out, err }));
  });
}

/** Name and content of every file below a folder. */
async function state(path: string): Promise<Record<string, string>> {
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return Object.fromEntries(
    await Promise.all(
      files.sort().map(async (file) => [
        file,
        createHash('sha256')
          .update(await readFile(file))
          .digest('hex'),
      ]),
    ),
  );
}

describe('a build', () => {
  test('gives the same bytes twice, and leaves alone what it did not make', async () => {
    expect(await run(['build', 'notices', '--out', 'out'])).toMatchObject({ code: 0 });
    await writeFile(join(folder, 'out/mine.txt'), '我的檔案');
    const before = await state(join(folder, 'out'));
    expect(await run(['build', 'notices', '--out', 'out'])).toMatchObject({ code: 0 });
    expect(await state(join(folder, 'out'))).toEqual(before);
  });
  test('interrupted in the middle leaves the previous files as they were', async () => {
    const before = await state(join(folder, 'out'));
    const office = join(folder, 'content/office.yaml');
    const text = await readFile(office, 'utf8');
    await writeFile(office, text.replace('範例市範例路1號', '另一條路2號'));
    let sent = false;
    const { code, err } = await run(['build', '--out', 'out'], (said, kill) => {
      if (!sent && /編印 2\//.test(said)) {
        sent = true;
        kill('SIGINT');
      }
    });
    await writeFile(office, text);
    expect(err).toContain('已中斷，原有的檔案沒有更動');
    expect(code).toBe(130);
    expect(await state(join(folder, 'out'))).toEqual(before);
  });
  test('into a file instead of a folder says so', async () => {
    await writeFile(join(folder, 'taken'), 'x');
    const { code, err } = await run(['build', '--out', 'taken']);
    expect(err).toContain('taken');
    expect(err).not.toMatch(/\n\s+at /);
    expect(code).toBe(2);
  });
  test('with a browser that is none says so, with the mend', async () => {
    const { code, err } = await run(['build', '--browser', '/nowhere/chrome']);
    expect(err).toContain('--browser 指定的瀏覽器');
    expect(err).not.toMatch(/\n\s+at /);
    expect(code).toBe(2);
  });
});

describe('a build that is ended', () => {
  let temporary: string;
  beforeAll(async () => {
    temporary = join(folder, 'temporary');
    await mkdir(temporary);
  });
  /** What an author gives as Mermaid text is drawn in the browser, and so much of it for some seconds. */
  const withChart = async () => {
    const chart = Array.from({ length: 300 }, (_, i) => `    a${i}[第 ${i} 步] --> a${i + 1}\n`).join('');
    await writeFile(
      join(folder, 'content/services/given.yaml'),
      `名稱: 變更送達地址\n應備證件: 身分證明文件（影本，1 份）\n規費: 免費\n辦理時限: 3 工作日\n審核權責: 主任\n流程圖: |\n    flowchart TB\n${chart}`,
    );
  };
  const left = async () => [
    ...(await readdir(temporary)),
    ...(await readdir(join(folder, 'ended')).catch(() => [])).filter((name) => name.startsWith('.')),
  ];
  const build = (during: Parameters<typeof run>[1]) =>
    run(['build', '--no-cache', '--out', 'ended'], during, { TMPDIR: temporary });
  /** The browser of the build that runs. */
  const browserNow = (): number => {
    const [name] = readdirSync(temporary).filter((each) => existsSync(join(temporary, each, 'pid')));
    return name === undefined ? 0 : Number(readFileSync(join(temporary, name, 'pid'), 'utf8'));
  };

  test.each([
    ['SIGINT', '編印 3/'],
    ['SIGTERM', '編印 1/'],
    ['SIGHUP', '編印 9/'],
    ['SIGINT', '編印 1/ stopped'],
    ['SIGINT', '繪製 1 張'],
    ['SIGTERM', '繪製 1 張 stopped'],
  ] as const)('by %s at %s is over within its time and leaves nothing', async (signal, at) => {
    let [seen, began] = [false, 0];
    const [said = ''] = at.split(' stopped');
    const draws = said.startsWith('繪製');
    if (draws) await withChart();
    const { code, err } = await build(async (text, kill) => {
      if (seen || !text.includes(said)) return;
      seen = true;
      // The browser is being opened, or is there.
      while (browserNow() === 0) await setTimeout(20);
      began = Date.now();
      if (at.endsWith('stopped')) process.kill(-browserNow(), 'SIGSTOP');
      kill(signal);
    });
    // Five times what it may take.
    expect(Date.now() - began).toBeLessThan(10_000);
    expect(code).toBe(130);
    if (draws) {
      expect(err).not.toContain('編印');
      await rm(join(folder, 'content/services/given.yaml'));
    }
    expect(err).toContain('已中斷，原有的檔案沒有更動');
    expect(await left()).toEqual([]);
  });

  test('by SIGKILL leaves what the next one removes, and what belongs to one that runs stays', async () => {
    let browser = 0;
    await build((text, kill) => {
      if (browser !== 0 || !text.includes('編印 9/')) return;
      browser = browserNow();
      // Stopped, it does not notice that nobody is left.
      process.kill(-browser, 'SIGSTOP');
      kill('SIGKILL');
    });
    expect((await left()).length).toBeGreaterThan(1);
    const [desk = ''] = (await readdir(temporary)).filter((name) => name.startsWith('servicebook-'));
    const [, machine = ''] = desk.split('-');
    const others = [`servicebook-${machine}-${process.pid}-abcdef`, 'servicebook-elsewhe-1-abcdef'];
    for (const name of others) await mkdir(join(temporary, name), { mode: 0o700 });
    expect(await build(undefined)).toMatchObject({ code: 0 });
    expect(await left()).toEqual(others.sort());
    expect(() => process.kill(-browser, 0)).toThrow('ESRCH');
    for (const name of others) await rm(join(temporary, name), { recursive: true });
  });
});

describe('a build whose words nobody takes', () => {
  const shell = (line: string) =>
    new Promise<{ code: number | null; err: string }>((resolve) => {
      const child = spawn('bash', ['-c', line.replaceAll('PROGRAM', `"${process.execPath}" "${PROGRAM}"`)], {
        cwd: folder,
        stdio: ['ignore', 'ignore', 'pipe'],
        env: { ...process.env, LC_ALL: 'zh_TW.UTF-8' },
      });
      let err = '';
      child.stderr.on('data', (text) => {
        err += text;
      });
      child.on('close', (code) => resolve({ code, err }));
    });

  test('through a pipe that closes early, on both streams, is completed', async () => {
    const { code } = await shell('set -o pipefail; PROGRAM build notices --no-cache --out piped 2>&1 | head -1');
    expect(code).toBe(0);
    expect(Object.keys(await state(join(folder, 'piped')))).not.toEqual([]);
  });
  test.runIf(existsSync('/dev/full'))('into a full disk is completed, and that nothing was said is told', async () => {
    const { code, err } = await shell('PROGRAM build notices --no-cache --out full > /dev/full');
    expect(err).toContain('標準輸出寫不進去');
    expect(code).toBe(2);
    expect(Object.keys(await state(join(folder, 'full')))).not.toEqual([]);
    expect(await shell('PROGRAM build notices --out full 2> /dev/full')).toMatchObject({ code: 0 });
    expect(await shell('PROGRAM lint --format json > /dev/full')).toMatchObject({ code: 2 });
  });
});

test('a command with nothing to undo ends at once when it is told to, whatever it computes', async () => {
  const pdf = await PDFDocument.create();
  const drawn = '1 g 0 0 900 900 re f BT /F 9 Tf 0 g 9 9 Td (abcdef) Tj ET '.repeat(100_000);
  const page = pdf.addPage().node;
  page.set(PDFName.of('Contents'), pdf.context.register(pdf.context.flateStream(drawn)));
  page.set(PDFName.of('Resources'), pdf.context.obj({ Font: { F: { Type: 'Font', Subtype: 'TrueType' } } }));
  await writeFile(join(folder, 'long.pdf'), await pdf.save());
  const child = spawn(process.execPath, [PROGRAM, 'check', 'long.pdf'], { cwd: folder, stdio: 'ignore' });
  await setTimeout(2000);
  const told = Date.now();
  child.kill('SIGTERM');
  expect(await new Promise((resolve) => child.on('exit', (_, signal) => resolve(signal)))).toBe('SIGTERM');
  expect(Date.now() - told).toBeLessThan(5000);
});

test('started in a folder that is gone says so', async () => {
  const gone = join(folder, 'gone');
  await mkdir(gone);
  const child = spawn('bash', ['-c', `rmdir "${gone}"; "${process.execPath}" "${PROGRAM}" lint`], {
    cwd: gone,
    env: { ...process.env, LC_ALL: 'C.UTF-8' },
  });
  let err = '';
  child.stderr.on('data', (text) => {
    err += text;
  });
  expect(await new Promise((resolve) => child.on('close', resolve))).toBe(2);
  expect(err).toBe('error: the folder you are in has been moved or removed. Go to another one (cd) and try again.\n');
});

test.runIf(process.platform !== 'win32')('a pipe among papers is waited for by nobody', async () => {
  const papers = join(folder, 'papers');
  await mkdir(papers);
  execFileSync('mkfifo', [join(papers, 'pipe.pdf')]);
  await writeFile(join(papers, 'list.pdf'), '%PDF-1.7\n1 0 obj [] endobj\ntrailer <</Root 1 0 R/Size 9>>\n%%EOF\n');
  const [checked, asked, named, held] = await Promise.all([
    run(['check', 'papers']),
    run(['stale', 'papers']),
    run(['stale', 'papers/pipe.pdf']),
    run(['lint', '--baseline', 'papers/pipe.pdf']),
  ]);
  expect(checked).toMatchObject({ code: 2, err: expect.stringContaining('papers/list.pdf') });
  expect(checked.err).not.toContain('pipe.pdf');
  expect(asked).toMatchObject({ code: 0 });
  expect(named).toMatchObject({ code: 2, out: expect.stringContaining('檔案無法讀取') });
  expect(held).toMatchObject({ code: 2, err: expect.stringContaining('pipe.pdf') });
  expect((await run(['check', 'papers/pipe.pdf'])).err).toContain('不是一般的檔案');
});

test('a copy that was not compiled says so, and how', async () => {
  const clone = join(folder, 'clone');
  await cp(join(PROGRAM, '..'), join(clone, 'bin'), { recursive: true });
  const child = spawn(process.execPath, [join(clone, 'bin/servicebook.js'), 'lint']);
  let err = '';
  child.stderr.on('data', (text) => {
    err += text;
  });
  expect(await new Promise((resolve) => child.on('close', resolve))).toBe(2);
  expect(err).toMatch(
    /^這個資料夾裡的 servicebook 還沒有編譯，.*npm run compile。\nThis copy .* npm run compile .*\n$/,
  );
});

test('lint says the same whether it remembers or not', async () => {
  const cache = join(folder, 'cache');
  const lint = (...args: string[]) => run(['lint', ...args], undefined, { XDG_CACHE_HOME: cache });
  await writeFile(join(folder, 'content/services/faulty.yaml'), '名稱: 身份查驗\n規費: 免費\n');
  await mkdir(cache);
  const fresh = await lint('--no-cache');
  expect(fresh.code).toBe(1);
  expect(await readdir(cache)).toEqual([]);
  expect(await lint()).toEqual(fresh);
  const [memory = ''] = await readdir(join(cache, 'servicebook'));
  expect(memory).toMatch(/^lint-/);
  expect(await lint()).toEqual(fresh);
  await writeFile(join(cache, 'servicebook', memory), '["');
  expect(await lint()).toEqual(fresh);
  await rm(join(folder, 'content/services/faulty.yaml'));
  expect((await lint()).out).not.toContain('faulty');
});

test('lint through a pipe that closes early ends quietly', async () => {
  const child = spawn('sh', ['-c', `"${process.execPath}" "${PROGRAM}" lint --format json | head -c 1`], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let err = '';
  child.stderr.on('data', (text) => {
    err += text;
  });
  await new Promise((resolve) => child.on('close', resolve));
  expect(err).not.toContain('EPIPE');
});

test('the menu of the archive is shown again after Enter alone, and says what it does not know', async () => {
  const menu = spawn(process.execPath, [join(import.meta.dirname, '../portable/menu.js')]);
  let out = '';
  menu.stdout.on('data', (text) => {
    out += text;
  });
  menu.stdin.end('\n \n９\nconstructor\nｑ\n');
  expect(await new Promise((resolve) => menu.on('close', resolve))).toBe(0);
  expect(out.match(/請輸入數字/g)).toHaveLength(5);
  expect(out.match(/沒有「.*」這一項/g)).toEqual(['沒有「9」這一項', '沒有「constructor」這一項']);
});

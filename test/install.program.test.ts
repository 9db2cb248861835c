// What is packed installs into an empty folder, downloads nothing there and prints a handbook.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ownCache } from './own-cache.js';
import { bytesIn, install, pack } from './packed.js';

const folder = mkdtempSync(join(tmpdir(), 'servicebook-install-'));
let archive: string;
let modules: string;
let empty: string;
beforeAll(() => {
  archive = pack(folder);
  ({ modules, empty } = install(archive, folder));
});
/** Not below the other, whose packages would be found from here. */
const without = mkdtempSync(join(tmpdir(), 'servicebook-without-'));
afterAll(() => {
  for (const each of [folder, without]) rmSync(each, { recursive: true, force: true });
});

/** The installed program, in an environment that knows nothing but a language. */
function servicebook(args: readonly string[], env: Record<string, string> = {}, installed = modules) {
  const program = join(installed, 'servicebook/bin/servicebook.js');
  const home = { HOME: join(folder, 'home'), XDG_CACHE_HOME: join(folder, 'cache'), LANG: 'zh_TW.UTF-8' };
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
    cwd: folder,
    env: { ...home, ...env },
    encoding: 'utf8',
  });
  return { status, said: stdout + stderr };
}

test('no package has an install step, and none left anything behind', () => {
  const { packages } = JSON.parse(readFileSync(join(modules, '.package-lock.json'), 'utf8')) as {
    packages: Record<string, { hasInstallScript?: boolean }>;
  };
  expect(Object.keys(packages)).toContain('node_modules/servicebook');
  expect(Object.keys(packages).filter((name) => packages[name]?.hasInstallScript)).toEqual([]);
  expect(readdirSync(empty)).toEqual([]);
});

test('what is bundled is not installed again, and all of it takes no more than 251 MB', () => {
  const { dependencies, peerDependencies } = JSON.parse(
    readFileSync(join(import.meta.dirname, '../package.json'), 'utf8'),
  ) as Record<string, Record<string, string>>;
  for (const name of Object.keys({ ...dependencies, ...peerDependencies }))
    expect(existsSync(join(modules, name)), name).toBe(true);
  const notices = readFileSync(join(modules, 'servicebook/dist/THIRD-PARTY.md'), 'utf8');
  const bundled = [...notices.matchAll(/^## (\S+) \d/gm)].map(([, name = '']) => name);
  expect(bundled).toContain('puppeteer');
  for (const name of bundled) expect(existsSync(join(modules, name)), name).toBe(false);
  expect(bytesIn(modules)).toBeLessThan(251e6);
});

test('makes an office, lints and prints it, a chart given as Mermaid text among it', () => {
  expect(servicebook(['init', 'office'])).toMatchObject({ status: 0 });
  const chart =
    'flowchart TB\n    a([提出申請]) --> b{文件齊備？}\n    b -->|是| c([核定])\n    b -->|否| d[補正] --> b';
  writeFileSync(
    join(folder, 'office/services/given.yaml'),
    `名稱: 變更送達地址\n應備證件: 身分證明文件（影本，1 份）\n規費: 免費\n辦理時限: 3 工作日\n審核權責: 主任\n流程圖: |\n    ${chart}\n`,
  );
  // A style sheet of the office's own is judged by a parser that is bundled too.
  cpSync(join(modules, 'servicebook/templates/handbook/book.css'), join(folder, 'office/templates/handbook/book.css'));
  expect(servicebook(['lint', '--content', 'office'])).toMatchObject({ status: 0 });
  const asked = ['build', 'handbook', 'notices', 'flowcharts', '--content', 'office', '--out', 'out'];
  const { status, said } = servicebook(asked);
  expect(status, said).toBe(0);
  expect(readFileSync(join(folder, 'out/handbook.pdf')).subarray(0, 5).toString()).toBe('%PDF-');
  expect(readFileSync(join(folder, 'out/flowcharts/given.svg'), 'utf8')).toContain('文件齊備？');
});

test('has an API that a strict compiler understands, with nothing else installed, and that does what the commands do', () => {
  writeFileSync(
    join(folder, 'ask.ts'),
    `import { build, compile, lint, placeOf, UserError, type BuildResult, type Diagnostic } from 'servicebook';
const { handbook, draft } = await compile('office');
const { diagnostics } = await lint('office');
const said: string[] = diagnostics.map(({ rule, span }: Diagnostic) => \`\${rule} \${placeOf(span.source, span.start).line}\`);
const refused: boolean = await lint('nowhere').then(() => false, (error) => error instanceof UserError);
const built: BuildResult = await build({ content: 'office', out: 'asked', outputs: ['flowcharts'], services: ['given'] });
const files: string[] = built.files.map(({ file }) => file);
const print: { log(text: string): void } = (globalThis as any).console;
print.log(JSON.stringify({ services: handbook.services.map(({ id }) => id), draft, said, refused, files }));
`,
  );
  const compiler = join(import.meta.dirname, '../node_modules/typescript/bin/tsc');
  const how = ['--strict', '--module', 'NodeNext', '--target', 'ES2022', '--types', '', '--ignoreConfig', 'ask.ts'];
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }\n');
  const compiled = spawnSync(process.execPath, [compiler, ...how], { cwd: folder, encoding: 'utf8' });
  expect(compiled.stdout + compiled.stderr).toBe('');
  const { stdout } = spawnSync(process.execPath, [join(folder, 'ask.js')], { cwd: folder, encoding: 'utf8' });
  expect(JSON.parse(stdout)).toEqual({
    services: ['certificate', 'given', 'hall-use', 'suggestion'],
    draft: false,
    said: ['service-in-no-category 1'],
    refused: true,
    files: ['svg', 'png', 'pdf', 'mmd'].map((format) => `flowcharts/given.${format}`),
  });
});

test('the embedded browser may be left out: it lints, finds another browser or says what brings one, and that does', () => {
  const found = install(archive, without, '--omit=peer').modules;
  expect(readdirSync(found).filter((name) => !/^\./.test(name))).toEqual([
    '@expo-google-fonts',
    '@types',
    'servicebook',
    'yaml',
  ]);
  const asked = (args: readonly string[]) =>
    servicebook([...args, '--content', 'office'], { XDG_CACHE_HOME: join(folder, 'other') }, found);
  expect(asked(['lint'])).toMatchObject({ status: 0 });
  const here = ['/usr/bin/google-chrome', '/usr/bin/chromium', '/opt/google/chrome/chrome'].some((path) =>
    existsSync(path),
  );
  const { status, said } = asked(['build', 'notices', '--no-cache', '--out', 'out-without']);
  expect(status, said).toBe(here ? 0 : 2);
  if (here) return;
  expect(said).toContain('請安裝 Google Chrome、Chromium 或 Microsoft Edge');
  const [, command = ''] = /npm (install @\S+)/.exec(said) ?? [];
  expect(servicebook(['doctor'], { XDG_CACHE_HOME: join(folder, 'other') }, found).said).toContain(command);
  const npm = spawnSync('npm', [...command.split(' '), '--prefer-offline'], { cwd: without, encoding: 'utf8' });
  expect(npm.status, command + npm.stderr).toBe(0);
  ownCache(join(folder, 'other'));
  expect(asked(['build', 'notices', '--no-cache', '--out', 'out-without'])).toMatchObject({ status: 0 });
});

// Measures the program against named limits of the same run and prints a table of ratios: npm run bench
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generate } from './generate.js';

const ROOT = join(import.meta.dirname, '..');
const PROGRAM = join(ROOT, 'bin/servicebook.js');
const work = mkdtempSync(join(tmpdir(), 'servicebook-bench-'));
// The variable adds a constant to every start of Node that has nothing to do with the program.
const { NODE_EXTRA_CA_CERTS: _, ...env } = process.env;

/** Resident memory of a process and its children in bytes, from /proc; 0 where there is none. */
function memoryOf(pid) {
  const parents = new Map();
  const pages = new Map();
  let names = [];
  try {
    names = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  } catch {
    return 0;
  }
  for (const name of names)
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
      parents.set(Number(name), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]));
      pages.set(Number(name), Number(readFileSync(`/proc/${name}/statm`, 'utf8').split(' ')[1]));
    } catch {
      // It ended while we looked.
    }
  const ours = (id) => id === pid || (parents.has(id) && parents.get(id) > 1 && ours(parents.get(id)));
  return [...pages].reduce((sum, [id, count]) => (ours(id) ? sum + count * 4096 : sum), 0);
}

/** Runs node with `args`; seconds of wall time and, when asked, the peak memory of the whole tree in bytes. */
function run(args, { watch = false } = {}) {
  return new Promise((resolve, reject) => {
    const start = process.hrtime.bigint();
    const child = spawn(process.execPath, args, { env, cwd: ROOT, stdio: ['ignore', 'ignore', 'pipe'] });
    let errors = '';
    let peak = 0;
    const timer = watch ? setInterval(() => (peak = Math.max(peak, memoryOf(child.pid))), 50) : undefined;
    child.stderr.on('data', (text) => (errors += text));
    child.on('close', (code) => {
      clearInterval(timer);
      if (code !== 0) reject(new Error(`node ${args.join(' ')} ended with ${code}\n${errors.slice(-2000)}`));
      else resolve({ seconds: Number(process.hrtime.bigint() - start) / 1e9, peak });
    });
  });
}

/** Medians of `runs` runs of each, in turn, so that a drifting machine hurts all alike. */
async function medians(runs, commands, before = () => undefined) {
  const times = commands.map(() => []);
  for (let i = 0; i < runs; i += 1) {
    before();
    for (const [k, args] of commands.entries()) times[k].push((await run(args)).seconds);
  }
  return times.map((each) => each.sort((a, b) => a - b)[Math.floor(each.length / 2)]);
}

const rows = [];
const row = (what, limit, took, of) =>
  rows.push([what, `${took.toFixed(3)} s`, limit, `${of.toFixed(3)} s`, (took / of).toFixed(2)]);
const script = (name, text) => {
  const path = join(work, name);
  writeFileSync(path, text);
  return path;
};

const [help, bare] = await medians(9, [
  [PROGRAM, '--help'],
  ['-e', '0'],
]);
row('--help', 'node -e 0', help, bare);

const parseOnly = script(
  'parse.mjs',
  `import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseDocument } from ${JSON.stringify(join(ROOT, 'node_modules/yaml/dist/index.js'))};
const folder = join(process.argv[2], 'services');
for (const name of readdirSync(folder)) parseDocument(readFileSync(join(folder, name), 'utf8'));
`,
);
const content = (count) => {
  const folder = join(work, `content${count}`);
  generate(folder, count);
  return folder;
};
/** What lint keeps between runs must not depend on what ran before the bench. */
env.XDG_CACHE_HOME = join(work, 'cache');
mkdirSync(env.XDG_CACHE_HOME);
/** One file of a folder is another before every run, so that each run has one file to judge. */
const changeOne = (folder) => {
  const path = join(folder, 'services', readdirSync(join(folder, 'services'))[0]);
  writeFileSync(path, `${readFileSync(path, 'utf8').replace(/# \d+\n$/, '')}# ${process.hrtime.bigint()}\n`);
};
/** The linters of others, where they are installed; they know YAML only. */
const others = [
  ['yamllint', (folder) => ['-d', 'relaxed', join(folder, 'services')]],
  ['spectral', (folder) => ['lint', '--ruleset', ruleset, '--quiet', join(folder, 'services/*.yaml')]],
].filter(([name]) => spawnSync(name, ['--version']).status === 0);
const ruleset = script('spectral.yaml', 'rules:\n  name:\n    given: $\n    then: { field: 名稱, function: truthy }\n');

const lints = new Map();
for (const [count, runs] of [
  [20, 9],
  [50, 9],
  [1000, 7],
  [5000, 1],
]) {
  const folder = content(count);
  const command = [PROGRAM, 'lint', '--content', folder];
  const [fresh, parse] = await medians(runs, [
    [...command, '--no-cache'],
    [parseOnly, folder],
  ]);
  row(`lint, ${count} services`, 'yaml parseDocument of the same files', fresh, parse);
  lints.set(count, fresh);
  await run(command);
  const [again, parseToo] = await medians(runs, [command, [parseOnly, folder]], () => changeOne(folder));
  row(`lint again, one of ${count} services changed`, 'yaml parseDocument of the same files', again, parseToo);
  if (count <= 1000)
    for (const [name, args] of others) {
      const times = [];
      for (let i = 0; i < 3; i += 1) {
        const start = process.hrtime.bigint();
        spawnSync(name, args(folder), { env });
        times.push(Number(process.hrtime.bigint() - start) / 1e9);
      }
      row(`${name}, ${count} services`, 'yaml parseDocument of the same files', times.sort((a, b) => a - b)[1], parse);
    }
}
row('lint, 5000 services', 'five times lint of 1000', lints.get(5000), 5 * lints.get(1000));

const printOnce = script(
  'print.mjs',
  `import { readFileSync } from 'node:fs';
import { openPress } from ${JSON.stringify(join(ROOT, 'dist/press.js'))};
const press = await openPress({ env: process.env, root: process.getuid?.() === 0, chart: {} });
await press.print({ kind: 'page', file: 'x.pdf', html: readFileSync(process.argv[2], 'utf8'), date: '2026-11-23', numbered: false });
await press.close();
`,
);
for (const count of [10, 50]) {
  const folder = content(count);
  const out = join(work, `out${count}`);
  const { seconds, peak } = await run([PROGRAM, 'build', '--content', folder, '--out', out], { watch: true });
  const [print] = await medians(3, [[printOnce, join(out, 'handbook.html')]]);
  row(`cold build of everything, ${count} services`, 'launch + one print of the ready handbook.html', seconds, print);
  const book = await run([PROGRAM, 'build', 'handbook', '--content', folder, '--out', out], { watch: true });
  row(
    `cold build of the handbook, ${count} services`,
    'launch + one print of the ready handbook.html',
    book.seconds,
    print,
  );
  rows.push([`peak memory, everything, ${count} services`, `${(peak / 2 ** 20).toFixed(0)} MB`, '', '', '']);
}

const header = ['what', 'took', 'limit', 'took', 'ratio'];
const widths = header.map((title, i) => Math.max(title.length, ...rows.map((each) => each[i].length)));
for (const each of [header, widths.map((width) => '-'.repeat(width)), ...rows])
  process.stdout.write(`| ${each.map((cell, i) => cell.padEnd(widths[i])).join(' | ')} |\n`);
rmSync(work, { recursive: true });

// Changes the meaning of the source in small ways and looks whether a unit test turns red: npm run test:mutation
// `npm run test:mutation -- src/pdf src/lint/rules` looks at these modules alone; `--list` only names the changes.
//
// Stryker's instrumenter knows the changes and writes them all into the source, each behind a switch. The unit tests run
// once to tell which test reaches which change; then a test is run again for every change it reaches, in the same process,
// until one test has turned red (runner.js). What is worked out while a module loads takes a process for each change.
import { spawn } from 'node:child_process';
import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Instrumenter } from '@stryker-mutator/instrumenter';
import { parse } from 'yaml';
import { MODULES, named, sampleOf } from './sample.js';

/** Git ignores it. */
const WORK = '.mutation';
/** Shares of the changes that must be noticed, in per cent. */
const LEAST = { all: 90, module: 80 };
/** A test that takes longer than this many milliseconds with a change, and twenty times what it takes without, hangs. */
const HANGS = 60_000;
/** A test that takes more than this share of the time of all is not asked: a change that only it notices counts as unnoticed. */
const LONGEST = 0.01;

process.chdir(join(import.meta.dirname, '../..'));
const args = process.argv.slice(2);
const modules = Object.keys(MODULES).filter((name) => args.every((arg) => arg.startsWith('--')) || args.includes(name));
const say = (text) => process.stdout.write(`${text}\n`);

const silent = new Proxy({}, { get: () => () => false });
const instrument = (files) =>
  new Instrumenter(silent).instrument(files, { plugins: null, excludedMutations: [], ignorers: [], noHeader: false });

async function sampleIn(module) {
  const files = MODULES[module].flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => name.endsWith('.ts'))
      .sort()
      .map((name) => ({ name: `${folder}/${name}`, mutate: true, content: readFileSync(`${folder}/${name}`, 'utf8') })),
  );
  const { mutants } = await instrument(files);
  return sampleOf(named(mutants, new Map(files.map(({ name, content }) => [name, content]))), module);
}

const sample = (await Promise.all(modules.map(sampleIn))).flat();

const shown = (text) => {
  const line = text.replace(/\s+/g, ' ');
  return line.length > 100 ? `${line.slice(0, 70)} … ${line.slice(-25)}` : line;
};
const told = ({ id, file, line, kind, from, to }) =>
  `${id} ${file}:${line} ${kind}\n    - ${shown(from)}\n    + ${shown(to)}`;

if (args.includes('--list')) {
  for (const change of sample) say(told(change));
  process.exit();
}

// The changed source: a change of the sample is known by its place; others within its place are never switched on.
rmSync(WORK, { recursive: true, force: true });
mkdirSync(WORK);
const places = new Map();
for (const change of sample) places.set(change.file, [...(places.get(change.file) ?? []), change]);
const instrumented = await instrument(
  [...places].map(([name, changes]) => ({
    name,
    mutate: changes.map(({ location }) => location),
    content: readFileSync(name, 'utf8'),
  })),
);
const source = Object.fromEntries(instrumented.files.map(({ name, content }) => [name, content]));
const switches = named(
  instrumented.mutants,
  new Map([...places.keys()].map((name) => [name, readFileSync(name, 'utf8')])),
);
for (const change of sample) change.switch = switches.find(({ key }) => key === change.key).switch;
writeFileSync(`${WORK}/sample.json`, JSON.stringify(sample));
writeFileSync(`${WORK}/plan.json`, JSON.stringify({ source, switches: sample.map((change) => change.switch) }));

/** Runs test files on the changed source. `hangs`: whether to end it, asked every second. */
function vitest(mode, files, more, env = {}, hangs = () => false) {
  const child = spawn(
    process.execPath,
    ['node_modules/vitest/vitest.mjs', 'run', '--config', 'test/mutation/vitest.config.ts', ...more, ...files],
    { env: { ...process.env, ...env, MUTATION: mode }, stdio: ['ignore', 'pipe', 'pipe'], detached: true },
  );
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (said += text));
  return new Promise((resolve) => {
    let hung = false;
    const watch = setInterval(() => {
      hung = hangs();
      if (!hung) return;
      clearInterval(watch);
      process.kill(-child.pid, 'SIGKILL');
    }, 1000);
    child.on('close', (code) => {
      clearInterval(watch);
      resolve({ code, said, hung });
    });
  });
}
const linesOf = (file) =>
  existsSync(file)
    ? readFileSync(file, 'utf8')
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line))
    : [];

/** What a test file loads, directly or not. */
const importsOf = (file) => {
  const text = readFileSync(file, 'utf8');
  const named = [...text.matchAll(/(?:from|import\() ?'(\.[^']+)'/g)].map(([, name]) => join(dirname(file), name));
  const folders = [...text.matchAll(/loadFolder(?:<[^(]*>)?\('([^']+)'/g)].flatMap(([, folder]) =>
    readdirSync(`src/${folder}`).map((name) => `src/${folder}/${name}`),
  );
  return [...named.map((name) => name.replace(/\.js$/, '.ts')), ...folders].filter(
    (name) => /\.ts$/.test(name) && existsSync(name),
  );
};
const loads = (from, seen = new Set()) => {
  for (const name of importsOf(from))
    if (!seen.has(name)) {
      seen.add(name);
      loads(name, seen);
    }
  return seen;
};
const closures = new Map(
  readdirSync('test', { recursive: true })
    .map((name) => `test/${name}`.replaceAll('\\', '/'))
    .filter((name) => /\.test\.ts$/.test(name) && !/\.(print|program)\.test\.ts$|^test\/long\//.test(name))
    .map((name) => [name, loads(name)]),
);
const changed = new Set(sample.map(({ file }) => file));

const started = Date.now();
const minutes = () => `${((Date.now() - started) / 60_000).toFixed(1)} min`;
say(`${sample.length} changes in ${modules.length} modules.`);
const dry = await vitest(
  'reach',
  [...closures.keys()].filter((name) => [...closures.get(name)].some((file) => changed.has(file))),
  [],
);
const ran = linesOf(`${WORK}/reach.jsonl`);
const red = ran.filter((test) => test.red);
for (const { file, name } of red) say(`  red without any change, and not asked: ${file} > ${name}`);
if (ran.length === 0 || red.length > ran.length / 100) throw new Error(dry.said.slice(-10_000));
const whole = ran.reduce((sum, { ms }) => sum + ms, 0);
const tests = ran.filter((test) => !test.red && test.ms <= whole * LONGEST);
const reached = new Set(tests.flatMap(({ reaches }) => reaches));
const loaded = new Set(linesOf(`${WORK}/loaded.jsonl`).flat());
const time = new Map();
for (const { file, ms } of tests) time.set(file, (time.get(file) ?? 0) + ms);
const quickest = [...time.keys()].sort((a, b) => time.get(a) - time.get(b));
say(
  `${ran.length} tests, of which ${tests.length} are asked, reach ${reached.size} of them, ${loaded.size} while loading (${minutes()}).`,
);

/** By switch: the test that noticed it. */
const noticed = new Map();

// Test by test. A process that hangs in a change is ended, and another goes on where it stood.
async function hot(n, own) {
  const log = `${WORK}/hot-${n}.jsonl`;
  const durations = new Map(tests.map(({ test, ms }) => [test, ms]));
  for (;;) {
    const open = own.filter((id) => !noticed.has(id));
    const files = quickest.filter((file) =>
      tests.some((each) => each.file === file && each.reaches.some((id) => open.includes(id))),
    );
    if (files.length === 0) return;
    const hangs = () => {
      const last = linesOf(log).at(-1);
      return last?.at && Date.now() - last.at > Math.max(HANGS, 20 * (durations.get(last.test) ?? 0));
    };
    const asked = tests.map(({ test, reaches }) => [test, reaches]);
    writeFileSync(`${WORK}/open-${n}.json`, JSON.stringify({ open, asked }));
    const { hung, code, said } = await vitest('hot', files, [], { MUTATION_PART: String(n) }, hangs);
    const lines = linesOf(log);
    for (const { test, noticed: id } of lines) if (id !== undefined) noticed.set(id, test);
    for (const { unsure } of lines) if (unsure !== undefined) unsures.add(unsure);
    if (!hung) {
      if (!said.includes('Test Files')) throw new Error(`the tests ended early (${code}): ${said.slice(-3000)}`);
      return;
    }
    const last = lines.at(-1);
    noticed.set(last.change, `${last.test} (does not end)`);
    appendFileSync(log, `${JSON.stringify({ test: last.test, noticed: last.change })}\n`);
  }
}
const unsures = new Set();
const workers = Number(process.env.WORKERS ?? 2);
const parts = Array.from({ length: workers }, (_, n) =>
  sample.map((change) => change.switch).filter((id, i) => reached.has(id) && i % workers === n),
);
await Promise.all(parts.map((part, n) => hot(n, part)));
for (const unsure of unsures) say(`  fails when it is run again, and not asked: ${unsure}`);
say(`${noticed.size} noticed (${minutes()}).`);

// What is worked out while a module loads: a process each, with the test files that load the module.
const waiting = sample.filter((change) => loaded.has(change.switch) && !noticed.has(change.switch));
async function cold() {
  for (let change = waiting.shift(); change; change = waiting.shift()) {
    const files = quickest.filter((file) => closures.get(file).has(change.file));
    if (files.length === 0) continue;
    const begun = Date.now();
    const { code, said, hung } = await vitest(
      'cold',
      files,
      ['--bail', '1'],
      { __STRYKER_ACTIVE_MUTANT__: change.switch },
      () => Date.now() - begun > 10 * HANGS,
    );
    if (hung || code !== 0)
      noticed.set(change.switch, hung ? '(does not end)' : (/FAIL\s+(.*)/.exec(said)?.[1] ?? 'loading fails'));
  }
}
await Promise.all(Array.from({ length: workers }, cold));

const equal = new Map(
  (parse(readFileSync(join(import.meta.dirname, 'equal.yaml'), 'utf8')) ?? []).map((each) => [each.id, each]),
);
const stillThere = new Set(sample.map(({ id }) => id));
const all = modules.length === Object.keys(MODULES).length;
let bad = false;
for (const { id, at } of equal.values()) {
  const change = sample.find((each) => each.id === id);
  if (change && noticed.has(change.switch)) say(`${id} ${at} is noticed, and equal.yaml says that it changes nothing`);
  else if (stillThere.has(id) || !all) continue;
  else say(`${id} ${at} is in equal.yaml and no change of the sample`);
  bad = true;
}
const counted = sample.filter(({ id }) => !equal.has(id));
const share = (changes) => (100 * changes.filter((change) => noticed.has(change.switch)).length) / changes.length;
for (const change of counted)
  if (!noticed.has(change.switch))
    say(
      `${told(change)}${reached.has(change.switch) || loaded.has(change.switch) ? '' : '\n    (no test gets there)'}`,
    );
writeFileSync(
  `${WORK}/result.json`,
  JSON.stringify(
    sample.map((change) => ({ ...change, noticed: noticed.get(change.switch) ?? null })),
    null,
    1,
  ),
);
say('');
for (const module of modules) {
  const own = counted.filter((change) => change.module === module);
  const score = share(own);
  say(`${score.toFixed(0).padStart(4)} % ${module} (${own.length})`);
  bad ||= score < LEAST.module;
}
say(`${share(counted).toFixed(1)} % of ${counted.length}; ${equal.size} change nothing; ${minutes()}`);
if (bad || share(counted) < LEAST.all) process.exitCode = 1;

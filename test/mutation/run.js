// Changes the meaning of the source in small ways and looks whether a unit test turns red: npm run test:mutation
// `npm run test:mutation -- src/pdf src/lint/rules` looks at these modules alone; `--list` only names the changes. `--left`
// looks only at those that no test noticed the last time; with names of test files, these alone are asked.
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
/**
 * How long the tests may take together that are asked for one change, the quickest first, in ms as they take without it:
 * a change that only a later one notices counts as unnoticed. First all changes are put to few, then those that are left to more.
 */
const PATIENCE = [2_000, 20_000];
/** The same for the files that are run anew for a change of what is worked out while a module loads. */
const COLD = 60_000;

process.chdir(join(import.meta.dirname, '../..'));
const args = process.argv.slice(2);
const asking = args.filter((arg) => /\.test\.ts$/.test(arg));
const wanted = args.filter((arg) => arg in MODULES);
const modules = Object.keys(MODULES).filter((name) => wanted.length === 0 || wanted.includes(name));
for (const arg of args)
  if (![...asking, ...wanted, '--list', '--left'].includes(arg))
    throw new Error(`neither a module nor a test file: ${arg}`);
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

const RESULT = `${WORK}/result.json`;
/** By the id of a change: the test that noticed it in an earlier run, or null. */
const before = existsSync(RESULT) ? JSON.parse(readFileSync(RESULT, 'utf8')) : {};
const equal = new Map(
  (parse(readFileSync(join(import.meta.dirname, 'equal.yaml'), 'utf8')) ?? []).map((each) => [each.id, each]),
);
const everything = (await Promise.all(modules.map(sampleIn))).flat();
const sample = args.includes('--left')
  ? everything.filter(({ id }) => before[id] === null && !equal.has(id))
  : everything;

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
writeFileSync(RESULT, JSON.stringify(before));
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
    .filter((name) => asking.length === 0 || asking.includes(name))
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
const tests = ran.filter((test) => !test.red).sort((a, b) => a.ms - b.ms);
const reached = new Set(tests.flatMap(({ reaches }) => reaches));
const loaded = new Set(linesOf(`${WORK}/loaded.jsonl`).flat());
const time = new Map();
for (const { file, ms } of tests) time.set(file, (time.get(file) ?? 0) + ms);
const quickest = [...time.keys()].sort((a, b) => time.get(a) - time.get(b));
say(`${ran.length} tests reach ${reached.size} of them, ${loaded.size} while loading (${minutes()}).`);

/** By switch: the test that noticed it. */
const noticed = new Map();

/** Each test with the changes it is asked for: the quickest of a change's tests, from more than `from` ms together to `to`. */
function asked(from, to) {
  const spent = new Map();
  return tests.map(({ reaches, ...test }) => ({
    ...test,
    reaches: reaches.filter((id) => {
      const before = spent.get(id) ?? 0;
      const sum = before + test.ms;
      spent.set(id, sum);
      // One test is asked however long it takes.
      return before === 0 ? from === 0 : sum > from && sum <= to;
    }),
  }));
}

// Test by test. A process that hangs in a change is ended, and another goes on where it stood.
async function hot(n, own, tests) {
  const log = `${WORK}/hot-${n}.jsonl`;
  const durations = new Map(tests.map(({ test, ms }) => [test, ms]));
  // What an earlier pass noted last is not what this one waits for.
  appendFileSync(log, '{}\n');
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
    writeFileSync(
      `${WORK}/open-${n}.json`,
      JSON.stringify({ open, asked: tests.map(({ test, reaches }) => [test, reaches]) }),
    );
    const { hung, code, said } = await vitest('hot', files, [], { MUTATION_PART: String(n) }, hangs);
    const lines = linesOf(log);
    for (const { test, noticed: id } of lines) if (id !== undefined) noticed.set(id, test);
    for (const { unsure, changes } of lines) {
      if (unsure === undefined) continue;
      unsures.add(unsure);
      for (const id of changes) doubtful.add(id);
    }
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
/** Changes that turned a test red which then was red without them too: a module has kept what it worked out with them. */
const doubtful = new Set();
const workers = Number(process.env.WORKERS ?? 2);
const parts = Array.from({ length: workers }, (_, n) =>
  sample.map((change) => change.switch).filter((id, i) => reached.has(id) && i % workers === n),
);
for (const [i, patience] of PATIENCE.entries()) {
  const now = asked(PATIENCE[i - 1] ?? 0, patience);
  await Promise.all(parts.map((part, n) => hot(n, part, now)));
  say(`${noticed.size} noticed by tests of ${patience / 1000} s (${minutes()}).`);
}
for (const unsure of unsures) say(`  fails when it is run again, and not asked: ${unsure}`);

// What is worked out while a module loads: a process each, with the test files that load the module.
// Some modules are loaded within a test, and once for all.
const waiting = sample.filter(
  (change) =>
    (loaded.has(change.switch) || change.loaded || doubtful.has(change.switch)) && !noticed.has(change.switch),
);
const steady = quickest.filter((file) => !red.some((test) => test.file === file));
const alone = (files, change) => {
  const begun = Date.now();
  const hangs = () => Date.now() - begun > 10 * HANGS;
  return vitest('cold', files, ['--bail', '1'], { __STRYKER_ACTIVE_MUTANT__: change.switch }, hangs);
};
async function cold() {
  for (let change = waiting.shift(); change; change = waiting.shift()) {
    let spent = 0;
    const files = steady.filter((file) => {
      if (!closures.get(file).has(change.file)) return false;
      spent += time.get(file);
      return spent <= COLD;
    });
    if (files.length === 0) continue;
    const { code, said, hung } = await alone(files, change);
    if (code === 0) continue;
    // What turned red under much else to do must do so again.
    const [, test, file] = /FAIL\s+((\S+\.test\.ts).*)/.exec(said) ?? [];
    const again = file === undefined || hung ? { hung } : await alone([file], change);
    if (again.code !== 0) noticed.set(change.switch, again.hung ? '(does not end)' : (test ?? 'loading fails'));
  }
}
await Promise.all(Array.from({ length: workers }, cold));

const stillThere = new Set(sample.map(({ id }) => id));
const all = modules.length === Object.keys(MODULES).length && sample.length === everything.length;
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
for (const { id, switch: own } of sample) before[id] = noticed.get(own) ?? null;
writeFileSync(RESULT, JSON.stringify(before, null, 1));
say('');
for (const module of modules) {
  const own = counted.filter((change) => change.module === module);
  const score = share(own);
  say(`${score.toFixed(0).padStart(4)} % ${module} (${own.length})`);
  bad ||= score < LEAST.module;
}
say(`${share(counted).toFixed(1)} % of ${counted.length}; ${equal.size} change nothing; ${minutes()}`);
if (bad || share(counted) < LEAST.all) process.exitCode = 1;

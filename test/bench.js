// Measures the program against named limits of the same run and prints a table of ratios: npm run bench
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { secondsToFollow } from './follow-once.js';
import { generate } from './generate.js';
import { secondsOfKeystrokes } from './keystroke.js';
import { bytesIn, install, pack } from './packed.js';

const ROOT = join(import.meta.dirname, '..');
const PROGRAM = join(ROOT, 'bin/servicebook.js');
const work = mkdtempSync(join(tmpdir(), 'servicebook-bench-'));
// The variable adds a constant to every start of Node that has nothing to do with the program.
const { NODE_EXTRA_CA_CERTS: _, ...env } = process.env;

/**
 * Memory of a process and its children in bytes: the proportional set size, which counts what processes share once; 0
 * where /proc does not tell.
 */
function memoryOf(pid) {
  const parents = new Map();
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
    } catch {
      // It ended while we looked.
    }
  const ours = (id) => id === pid || (parents.has(id) && parents.get(id) > 1 && ours(parents.get(id)));
  const share = (id) => {
    try {
      return Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${id}/smaps_rollup`, 'utf8'))?.[1] ?? 0) * 1024;
    } catch {
      return 0;
    }
  };
  return [...parents.keys()].filter(ours).reduce((sum, id) => sum + share(id), 0);
}

/** Runs node with `args`; seconds of wall time and, when asked, the peak memory of the whole tree in bytes. */
function run(args, { watch = false } = {}) {
  return new Promise((resolve, reject) => {
    const start = process.hrtime.bigint();
    const child = spawn(process.execPath, args, { env, cwd: ROOT, stdio: ['ignore', 'ignore', 'pipe'] });
    let errors = '';
    let peak = 0;
    const timer = watch ? setInterval(() => (peak = Math.max(peak, memoryOf(child.pid))), 250) : undefined;
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
/** `most`: the ratio that is to be kept. */
const row = (what, limit, took, of, most) =>
  rows.push([
    what,
    `${took.toFixed(3)} s`,
    limit,
    `${of.toFixed(3)} s`,
    (took / of).toFixed(2),
    most === undefined ? '' : `${took / of <= most ? 'met' : 'NOT MET'} (${most})`,
  ]);
const mb = (bytes) => `${(bytes / 1e6).toFixed(0)} MB`;
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

// ---------------------------------------------------------------- install
if (process.argv[2] !== 'build') {
  const place = join(work, 'install');
  mkdirSync(place);
  const bytes = bytesIn(install(pack(work), place).modules);
  const [largest, goal] = [300e6, 251e6];
  rows.push([
    'production install',
    mb(bytes),
    'the most that is allowed',
    mb(largest),
    (bytes / largest).toFixed(2),
    `${bytes <= goal ? 'met' : 'NOT MET'} (${(goal / largest).toFixed(2)})`,
  ]);
  rmSync(place, { recursive: true });
}

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
/** `npm run bench build` measures builds alone, `npm run bench build 50` those of 50 services and no peers. */
const SMALL = process.argv[3] === '50';
const LINTED =
  process.argv[2] === 'build'
    ? []
    : [
        [20, 9],
        [50, 9],
        [1000, 7],
        [5000, 1],
      ];
for (const [count, runs] of LINTED) {
  const folder = content(count);
  const command = [PROGRAM, 'lint', '--content', folder];
  const [fresh, parse] = await medians(runs, [
    [...command, '--no-cache'],
    [parseOnly, folder],
  ]);
  row(
    `lint, ${count} services`,
    'yaml parseDocument of the same files',
    fresh,
    parse,
    count === 1000 ? 1.3 : undefined,
  );
  lints.set(count, fresh);
  await run(command);
  const [again, parseToo] = await medians(runs, [command, [parseOnly, folder]], () => changeOne(folder));
  row(
    `lint again, one of ${count} services changed`,
    'yaml parseDocument of the same files',
    again,
    parseToo,
    count === 1000 ? 0.2 : undefined,
  );
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
if (lints.size > 0) row('lint, 5000 services', 'five times lint of 1000', lints.get(5000), 5 * lints.get(1000));

// ---------------------------------------------------------------- language server
if (lints.size > 0) {
  const times = await secondsOfKeystrokes({ program: PROGRAM, folder: content(200), id: 's0007', runs: 30, env });
  row(
    'lsp: a keystroke in 200 services, its findings told',
    'a tenth of a second',
    times.sort((a, b) => a - b)[15],
    0.1,
    1,
  );
}

// ---------------------------------------------------------------- preview
if (lints.size > 0) {
  const times = await secondsToFollow({
    program: PROGRAM,
    folder: content(50),
    id: 's0007',
    fact: /(?<=金額: )\d+ 元/,
    writtenAs: (n) => `${n} 元`,
    runs: 5,
    env,
  });
  row('preview: a fee saved in 50 services, its poster answered', 'half a second', times.sort((a, b) => a - b)[2], 0.5);
}

// ---------------------------------------------------------------- build
// What a build cannot do without, bare: launch, Mermaid's own renders in one warm page, and one print of the ready
// handbook and of each sheet, as many side by side as the program prints; nothing is read, fitted, checked or finished.
const limitOf = script(
  'limit.mjs',
  `import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import puppeteer from ${JSON.stringify(import.meta.resolve('puppeteer'))};
const { theme, diagrams, sheets, executablePath, conf, args } = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const browser = await puppeteer.launch({
  executablePath, args, headless: 'shell', pipe: true, protocolTimeout: 0, env: { ...process.env, FONTCONFIG_FILE: conf },
});
const studio = await browser.newPage();
await studio.addScriptTag({ path: ${JSON.stringify(join(ROOT, 'node_modules/mermaid/dist/mermaid.min.js'))} });
const draw = studio.evaluate(async (list, { font, variables, flowchart, css }) => {
  globalThis.mermaid.initialize({
    startOnLoad: false, look: 'classic', layout: 'dagre', theme: 'base', fontFamily: font, themeVariables: variables,
    themeCSS: css, htmlLabels: false, flowchart: { ...flowchart, htmlLabels: false },
  });
  for (const [i, text] of list.entries()) await globalThis.mermaid.render('d' + i, text);
}, diagrams, theme);
await draw;
const waiting = [...sheets];
await Promise.all(Array.from({ length: Math.min(4, availableParallelism()) }, async () => {
  const page = await browser.newPage();
  for (let sheet = waiting.shift(); sheet; sheet = waiting.shift()) {
    const { width, height } = sheet;
    if (width) await page.setViewport({ width, height, deviceScaleFactor: 3 });
    await page.setContent(sheet.html, { timeout: 0 });
    if (width) await page.screenshot({ clip: { x: 0, y: 0, width, height } });
    else await page.pdf({ preferCSSPageSize: true, printBackground: true, tagged: true, outline: true, timeout: 0 });
  }
}));
await browser.close();
`,
);

/** Writes what the limit prints: the sheets of a content as the program would print them, and the browser and fonts it uses. */
async function readySheets(folder) {
  const dist = (name) => import(join(ROOT, 'dist', `${name}.js`));
  const [{ compile }, { outputsNamed, sheetsOf, languagesNamed }, { openPrinter }] = await Promise.all(
    ['build/api', 'build/compile', 'print/printer'].map(dist),
  );
  const asked = {
    outputs: await outputsNamed([], {}),
    languages: languagesNamed('zh'),
    mono: false,
    sheets: true,
    landscape: false,
  };
  const edition = await compile(folder, asked);
  const { theme } = edition.templates.chart;
  const printer = await openPrinter({ env, root: process.getuid?.() === 0, chart: theme });
  const diagrams = [];
  const made = await sheetsOf(edition, asked, (list) => {
    diagrams.push(...list.map(({ mermaid }) => mermaid));
    return printer.draw(list);
  });
  const sheets = [];
  for (const sheet of made) {
    if (sheet.kind === 'page') sheets.push({ html: sheet.html.toString(), first: sheet.numbered ? 0 : 1 });
    if (sheet.kind !== 'picture' || sheet.format === 'svg') continue;
    const [width, height] = [sheet.drawing.width + 32, sheet.drawing.height + 32];
    const svg = Buffer.from((await printer.print({ ...sheet, format: 'svg' })).bytes).toString();
    const html = `<!doctype html><html lang="zh-Hant"><title>-</title><style>@page{size:${width}px ${height}px;margin:0}body{margin:16px}svg{display:block}</style>${svg}`;
    sheets.push({ html, first: 1, ...(sheet.format === 'png' ? { width, height } : {}) });
  }
  await printer.close();
  sheets.sort((x, y) => x.first - y.first);
  const room = join(env.XDG_CACHE_HOME, 'servicebook');
  const there = readdirSync(room);
  const ready = {
    theme,
    diagrams,
    sheets,
    executablePath: join(
      room,
      there.find((name) => name.startsWith('chromium-')),
      'chromium',
    ),
    conf: join(
      room,
      there.find((name) => /^fonts-.*\.conf$/.test(name)),
    ),
    args: ['--disable-gpu', '--font-render-hinting=none', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
  };
  return script(`ready-${diagrams.length}.json`, JSON.stringify(ready));
}

const made = join(env.XDG_CACHE_HOME, 'servicebook/made');
const buildOf = (count) => [
  PROGRAM,
  'build',
  '--sheets',
  '--content',
  content(count),
  '--out',
  join(work, `out${count}`),
];
/** A build that finds the browser unpacked and nothing else. */
const cold = (command, options) => {
  rmSync(made, { recursive: true, force: true });
  return run(command, options);
};
await run(buildOf(2));
const ready = await readySheets(content(50));
const command = buildOf(50);
const colds = [];
const limits = [];
const changed = [];
for (let i = 0; i < 3; i += 1) {
  limits.push((await run([limitOf, ready])).seconds);
  colds.push((await cold(command)).seconds);
  // One fee is another one: the sheets of that service and the handbook.
  const path = join(work, 'content50/services/s0007.yaml');
  writeFileSync(path, readFileSync(path, 'utf8').replace(/金額: \d+ 元/, `金額: ${100 + i} 元`));
  changed.push((await run(command)).seconds);
}
const median = (times) => times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)];
row('cold build, 50 services', 'launch, bare Mermaid, one print of each', median(colds), median(limits), 1.6);
row('one fee changed in 50 services', 'the cold build', median(changed), median(colds), 0.35);
const [nothing, start] = await medians(15, [command, ['-e', '0']]);
row('nothing changed in 50 services', 'node -e 0', nothing, start, 3);
if (!SMALL) {
  const large = await cold(buildOf(200), { watch: true });
  row('cold build, 200 services', 'four cold builds of 50', large.seconds, 4 * median(colds), 1.1);
  rows.push([
    'peak memory, 200 services',
    mb(large.peak),
    'PSS of all processes',
    mb(1.2e9),
    (large.peak / 1.2e9).toFixed(2),
    large.peak < 1.2e9 ? 'met' : 'NOT MET',
  ]);
}

/** Other programs on the same handbook or charts, where they are installed: on PATH, or in the folder SERVICEBOOK_PEERS. */
const { executablePath } = JSON.parse(readFileSync(ready, 'utf8'));
const peerEnv = {
  ...env,
  PUPPETEER_EXECUTABLE_PATH: executablePath,
  PATH: [process.env.SERVICEBOOK_PEERS, env.PATH, join(ROOT, 'node_modules/.bin')].filter(Boolean).join(delimiter),
};
const book = join(work, 'out50/handbook.html');
writeFileSync(join(work, 'book.md'), readFileSync(book));
const puppeteerJson = script('puppeteer.json', JSON.stringify({ executablePath, args: ['--no-sandbox'] }));
const result = join(work, 'peer.pdf');
const PEERS = [
  [
    'mmdc, one chart',
    ['mmdc', '-p', puppeteerJson, '-i', join(work, 'out50/flowcharts/s0001.mmd'), '-o', join(work, 'peer.svg')],
  ],
  [
    'vivliostyle build, the handbook of 50',
    ['vivliostyle', 'build', book, '-o', result, '--executable-browser', executablePath],
  ],
  ['pagedjs-cli, the handbook of 50', ['pagedjs-cli', book, '-o', result, '--browserArgs', '--no-sandbox']],
  [
    'md-to-pdf, the handbook of 50',
    [
      'md-to-pdf',
      join(work, 'book.md'),
      '--launch-options',
      JSON.stringify({ executablePath, args: ['--no-sandbox'] }),
    ],
  ],
  ['weasyprint, the handbook of 50', ['weasyprint', book, result]],
];
for (const [name, [program, ...args]] of SMALL ? [] : PEERS) {
  const begin = process.hrtime.bigint();
  const { status, error } = spawnSync(program, args, { env: peerEnv, cwd: work, stdio: 'ignore', timeout: 600_000 });
  if (error?.code === 'ENOENT') continue;
  const took = Number(process.hrtime.bigint() - begin) / 1e9;
  if (status === 0) row(name, 'the cold build of everything, 50 services', took, median(colds));
  else rows.push([name, 'failed', '', '', '', '']);
}

const header = ['what', 'took', 'limit', 'took', 'ratio', 'goal'];
const widths = header.map((title, i) => Math.max(title.length, ...rows.map((each) => each[i].length)));
for (const each of [header, widths.map((width) => '-'.repeat(width)), ...rows])
  process.stdout.write(`| ${each.map((cell, i) => cell.padEnd(widths[i])).join(' | ')} |\n`);
rmSync(work, { recursive: true });

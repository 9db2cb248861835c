// What the manuals say is what the program does.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type * as WorkflowParser from '@actions/workflow-parser';
import { type IJob, Job } from 'kubernetes-models/batch/v1/Job';
import { rolldown } from 'rolldown';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { parse } from '../src/content/parse.js';
import { blankService } from '../src/content/scaffold.js';
import { parseMarkdown } from '../src/content/syntax/markdown.js';
import { loadFolder } from '../src/core/program-files.js';
import notices from '../src/outputs/notices.js';
import { BOOK, contentOf } from './office.js';
import { kitFor, plain } from './outputs/kit.js';
import { runIn } from './program.js';

const ROOT = join(import.meta.dirname, '..');
/** What people read: every page beside the program and in `docs/`, but for those that the program writes. */
const MANUALS = ['', 'docs/'].flatMap((folder) =>
  readdirSync(join(ROOT, folder))
    .filter((name) => /\.md$/.test(name) && !/^(RULES|CHANGELOG)/.test(name))
    .map((name) => `${folder}${name}`),
);
const textOf = (manual: string): string => readFileSync(join(ROOT, manual), 'utf8');

// ---------------------------------------------------------------- the examples

/** A fenced block of a manual; `is`: what stands behind its fence, such as `yaml content/office.yaml`. */
type Block = { manual: string; line: number; is: string; text: string };
function blocksOf(name: string): Block[] {
  const blocks: Block[] = [];
  let open: (Block & { indent: string }) | undefined;
  for (const [i, line] of textOf(name).split('\n').entries()) {
    const [, indent = '', is = ''] = /^( *)```(.*)$/.exec(line) ?? [];
    if (!/^ *```/.test(line)) {
      if (open) open.text += `${line.startsWith(open.indent) ? line.slice(open.indent.length) : line}\n`;
    } else if (open) {
      blocks.push(open);
      open = undefined;
    } else open = { manual: name, line: i + 1, is, text: '', indent };
  }
  return blocks;
}
const blocks = MANUALS.flatMap(blocksOf);
const examples = (kind: RegExp): [string, Block][] =>
  blocks.filter(({ is }) => kind.test(is)).map((block) => [`${block.manual}:${block.line} ${block.is}`, block]);

test('every block of a manual says what it is, or is what a terminal shows', () => {
  expect(blocks.length).toBeGreaterThan(30);
  for (const { manual, line, is, text } of blocks) {
    expect(is, `${manual}:${line}`).toMatch(/^$|^sh$|^(yaml|markdown) \S+$/);
    if (is === '') expect(text, `${manual}:${line}`).not.toMatch(/^ *(node|npm|npx|docker|kubectl) |^[^\s:：>]+: /m);
  }
  for (const name of MANUALS) expect(textOf(name)).not.toContain('npx servicebook');
});

test('a manual names no file of the program that is not there', () => {
  const named = MANUALS.flatMap((manual) =>
    [...textOf(manual).matchAll(/`((?:src|templates|test|bin|docs|portable|\.ci|\.github)\/[\w./-]*)`/g)].map(
      ([, path = '']) => `${manual}: ${path}`,
    ),
  );
  expect(named.length).toBeGreaterThan(50);
  expect(named.filter((each) => !existsSync(join(ROOT, each.split(': ')[1] ?? '')))).toEqual([]);
});

/** An office in which everybody has a place that acts in an example. */
const OFFICE = `名稱: 範例分署
單位: [承辦股, 秘書室, 執行一科]
職稱: [書記官, 執行員, 主任行政執行官, 分署長]
當事人: [義務人, 陳情人, 申請人]
地址: 臺北市中正區某路1號
電話: 02-1234-5678
職務代理人: [{姓名: 書記官, 單位: 執行一科, 代理人: 同科書記官}]
服務標準: {引導時限: 5 分鐘, 臨櫃辦畢時限: 30 分鐘, 電話接聽時限: 10 秒, 電話鈴響: 3 聲, 最多洽辦次數: 2 次, 陳情回復時限: 6 日}
`;
const SERVICE = `名稱: 甲
應備證件: 無
規費: 免費
辦理時限: 3 工作日
審核權責: 分署長
`;
/** The text of a file with the keys of an example in the place of its own. */
const with_ = (whole: string, example: string): string => {
  const keys = new Set([...example.matchAll(/^([^\s#:-][^:]*):/gm)].map(([, key]) => key));
  return whole.replace(/^([^\s#:-][^:]*):.*\n/gm, (line, key: string) => (keys.has(key) ? '' : line)) + example;
};

/** A service of which an example shows a part: what it must say besides, in the notation of the example. */
function serviceOf(
  path: string,
  text: string,
  whole = path.endsWith('.yaml') && /(^|\/)services\//.test(path) ? SERVICE : '',
): string {
  if (!path.endsWith('.md') || !/(^|\/)services\//.test(path) || text.startsWith('---')) return with_(whole, text);
  const rest = SERVICE.split('\n').filter(
    (line) => line !== '' && !/^名稱/.test(line) && !text.includes(`## ${line.split(':')[0]}`),
  );
  return `---\n${rest.join('\n')}\n---\n# 甲\n\n${text}`;
}

describe('what a manual says is printed', () => {
  /** The examples above a line 「印出來：「…」「…」」, since the one before it. */
  const shown = MANUALS.flatMap((manual) => {
    let above: Block[] = [];
    let fenced = false;
    const own = blocks.filter((block) => block.manual === manual);
    return textOf(manual)
      .split('\n')
      .flatMap((line, i): [string, Block, string[]][] => {
        above = [...above, ...own.filter((block) => block.line === i + 1 && / content\/services\//.test(block.is))];
        if (/^ *```/.test(line)) fenced = !fenced;
        if (!fenced && /^(#+ |\*\*)/.test(line)) above = [];
        if (!line.startsWith('印出來：')) return [];
        const texts = [...line.matchAll(/「([^「」]*)」/g)].map(([, text = '']) => text);
        const found = above.map((block): [string, Block, string[]] => [`${manual}:${block.line}`, block, texts]);
        above = [];
        return found;
      });
  });
  test.each(shown)('%s', (_, { is, text }, texts) => {
    const path = is.replace(/^\w+ content\//, '');
    const [page] = notices.render(kitFor({ 'office.yaml': OFFICE, [path]: serviceOf(path, text) }, { copies: 1 }));
    if (page?.kind !== 'page') throw new Error('no page');
    const notice = plain(page.html.toString()).replace(/\s/g, '');
    for (const said of texts) expect(notice).toContain(said.replace(/\s/g, ''));
  });
  test('there are as many in YAML as in Markdown', () => {
    const [yaml, markdown] = ['yaml ', 'markdown '].map(
      (kind) => shown.filter(([, { is }]) => is.startsWith(kind)).length,
    );
    expect(yaml).toBe(markdown);
    expect(yaml).toBeGreaterThan(15);
  });
});

describe('an example of content', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'servicebook-readme-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  test.each(examples(/^(yaml|markdown) (content\/|servicebook\.yaml)/))(
    '%s is in order',
    async (_, { is, text, line, manual }) => {
      const root = join(folder, `${manual}-${line}`);
      const path = is.replace(/^\w+ /, '');
      const files: Record<string, string> = {
        'content/office.yaml': OFFICE,
        'content/handbook.yaml': BOOK,
        'content/services/other.yaml': `${SERVICE.replace('甲', '乙')}申請程序: 無須申請\n`,
        'content/images/logo.svg':
          '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h9v9z"/></svg>',
      };
      files[path] = serviceOf(path, text, files[path]);
      for (const [file, content] of Object.entries(files)) {
        await mkdir(dirname(join(root, file)), { recursive: true });
        await writeFile(join(root, file), content);
      }
      // The smallest picture.
      await writeFile(join(root, 'content/images/seal.png'), Buffer.from(PNG, 'base64'));
      const { code, out, err } = await runIn(root, 'lint');
      expect(code, `${out}${err}`).toBe(0);
    },
  );
  test('in Markdown is the service it says', () => {
    const [[, { text }] = ['', { text: '' }]] = examples(/^markdown/);
    const { faults, services } = parse(contentOf({ 'office.yaml': OFFICE, 'services/a.md': text }), parseMarkdown);
    expect(faults).toEqual([]);
    expect(services[0]?.name).toBe('人民陳情');
  });
});
const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR42mP4DwABAQEAHLCMmQAAAABJRU5ErkJggg==';

const scripts = Object.keys(
  (JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { scripts: object }).scripts,
);
/** A shell understands the line, and what it runs of this project is there. */
async function isShell(line: string): Promise<void> {
  const { status, stderr } = spawnSync('bash', ['-n', '-c', line], { encoding: 'utf8' });
  expect(status, `${line}: ${stderr}`).toBe(0);
  for (const [, script = ''] of line.matchAll(/npm run (\S+)/g)) expect(scripts).toContain(script);
  for (const [, command = ''] of line.matchAll(/node bin\/servicebook\.js (\S+)/g)) expect(commands).toContain(command);
}
const commands = readdirSync(join(ROOT, 'src/cli/commands')).map((file) => file.replace(/\.ts$/, ''));

test.each(commands)('docs/options.md describes %s and every option of it', async (command) => {
  const { out } = await runIn(ROOT, command, '--help');
  const page = textOf('docs/options.md');
  expect(page).toContain(`| \`${command}`);
  const options = [...out.matchAll(/--[a-z][a-z-]*/g)].map(([option]) => option);
  expect(options).toContain('--help');
  expect(options.filter((option) => !page.includes(option))).toEqual([]);
});
test('docs/options.md names every output', async () => {
  for (const output of (await loadFolder('outputs')).keys())
    expect(textOf('docs/options.md')).toContain(`\`${output}\``);
});

test.each(examples(/^sh$/))('%s is what a shell understands', async (_, { text }) => {
  for (const line of text.trim().split('\n')) await isShell(line);
});

describe('the workflows of GitHub', () => {
  const [[, { text }] = ['', { text: '' }]] = examples(/\.github\/workflows/);
  type Step = { uses?: string; run?: string; with?: Record<string, unknown> };
  type Workflow = {
    jobs: Record<string, { needs?: string; strategy?: { matrix: { shard: number[] } }; steps: Step[] }>;
  };
  let parser: typeof WorkflowParser;
  beforeAll(async () => {
    // It imports JSON as bundlers do, and Node does not.
    const bundle = await rolldown({ input: '@actions/workflow-parser', platform: 'node', cwd: ROOT });
    const folder = await mkdtemp(join(tmpdir(), 'servicebook-parser-'));
    const [{ fileName }] = (await bundle.write({ dir: folder, entryFileNames: 'parser.mjs' })).output;
    parser = (await import(pathToFileURL(join(folder, fileName)).href)) as typeof WorkflowParser;
    await rm(folder, { recursive: true });
  });
  const faultsIn = (source: string): string[] =>
    parser
      .parseWorkflow({ name: 'workflow.yml', content: source }, new parser.NoOperationTraceWriter())
      .context.errors.getErrors()
      .map(({ message }) => message);
  test('are workflows, to the parser that GitHub itself keeps: the example and our own', () => {
    const own = readdirSync(join(ROOT, '.github/workflows')).map((name) => textOf(`.github/workflows/${name}`));
    for (const source of [text, ...own]) {
      expect(faultsIn(source)).toEqual([]);
      expect(faultsIn(source.replace('runs-on', 'run-on')).length).toBeGreaterThan(0);
    }
    expect(faultsIn(text.replace('runner.os', 'machine.os')).length).toBeGreaterThan(0);
  });
  test('of the example checks out, installs, compiles, prints every part and puts them together', async () => {
    const { jobs } = parseYaml(text) as Workflow;
    const [print, merge] = Object.values(jobs);
    const at = (pattern: RegExp): number =>
      print?.steps.findIndex(({ uses = '', run = '' }) => pattern.test(uses) || pattern.test(run)) ?? -1;
    const order = ['checkout@', 'setup-node@', '^npm ci$', '^npm run compile$', 'build --shard', 'upload-artifact@'];
    const places = order.map((each) => at(new RegExp(each)));
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(places[0]).toBe(0);
    const shards = print?.strategy?.matrix.shard ?? [];
    expect(print?.steps[places[4] ?? -1]?.run).toContain(`}}/${shards.length}`);
    expect(shards).toEqual(shards.map((_, i) => i + 1));
    expect(jobs[merge?.needs ?? '']).toBe(print);
    expect(merge?.steps[0]).toMatchObject({ uses: 'actions/download-artifact@v4', with: { 'merge-multiple': true } });
    for (const { steps } of Object.values(jobs))
      for (const { run } of steps) if (run) await isShell(run.replace(/\$\{\{.*?\}\}/g, '1'));
  });
});

describe('the job of Kubernetes', () => {
  const [[, { text }] = ['', { text: '' }]] = examples(/^yaml job\.yaml$/);
  const job = parseYaml(text) as IJob;
  test('is one, with no field that it has not', async () => {
    new Job(job).validate();
    // The validation of the schema passes over what it does not know; the types of the same schema do not.
    const folder = await mkdtemp(join(ROOT, 'node_modules/.servicebook-'));
    const check = async (value: unknown): Promise<string> => {
      const file = join(folder, 'job.mts');
      await writeFile(
        file,
        `import type { IJob } from 'kubernetes-models/batch/v1/Job';\nexport const job: IJob = ${JSON.stringify(value)};\n`,
      );
      const { stdout } = spawnSync(
        join(ROOT, 'node_modules/.bin/tsc'),
        ['--noEmit', '--strict', '--ignoreConfig', '--skipLibCheck', '--module', 'nodenext', file],
        { encoding: 'utf8', cwd: ROOT },
      );
      return stdout;
    };
    try {
      expect(await check(job)).toBe('');
      expect(await check({ ...job, spec: { ...job.spec, completion: 4 } })).toContain('completion');
    } finally {
      await rm(folder, { recursive: true });
    }
  });
  test('runs as a user, within bounds, and mounts what it has', async () => {
    const { template, completions, activeDeadlineSeconds } = job.spec ?? { template: {} };
    const pod = template.spec;
    expect(pod?.securityContext).toMatchObject({ runAsNonRoot: true, runAsUser: expect.any(Number) });
    expect(pod?.securityContext?.runAsUser).toBeGreaterThan(0);
    expect(activeDeadlineSeconds).toBeGreaterThan(0);
    const volumes = new Set((pod?.volumes ?? []).map(({ name }) => name));
    for (const { command, resources, volumeMounts } of pod?.containers ?? []) {
      expect(resources?.limits).toMatchObject({ memory: expect.any(String), cpu: expect.any(String) });
      expect(new Set(volumeMounts?.map(({ name }) => name))).toEqual(volumes);
      const shell = command?.at(-1) ?? '';
      await isShell(shell);
      expect(shell).toContain(`/${completions} `);
    }
  });
});

describe('a new service file', () => {
  test('says nothing yet, and every commented example is one that can be read', () => {
    const { faults, services } = parse(contentOf({ 'services/a.yaml': blankService('新服務') }), parseMarkdown);
    expect(faults).toEqual([]);
    expect(services[0]?.fee).toEqual({ unconfirmed: '待確認' });
  });
});

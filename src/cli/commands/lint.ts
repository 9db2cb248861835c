// `servicebook lint`: read, parse, check, mend where asked, report. Never loads the browser.
import { existsSync } from 'node:fs';
import { appendFile, stat } from 'node:fs/promises';
import { dirname, relative, resolve, sep } from 'node:path';
import type { Command } from 'commander';
import type { Memories, ProjectOptions, Texts } from '../../build/project.js';
import type { Content } from '../../content/read.js';
import { cacheOf, programId } from '../../core/cache.js';
import type { Diagnostic } from '../../core/diagnostic.js';
import { nearest } from '../../core/nearest.js';
import { loadFolder, programVersion } from '../../core/program-files.js';
import { counted, type Terminal, UserError } from '../../core/terminal.js';
import { makeFolder, notWritten, writeNamed } from '../../core/write-file.js';
import type { Conclusion } from '../../lint/engine.js';
import type { Format, Report } from '../../lint/report.js';
import type { Rule } from '../../lint/rule.js';
import { addOptions, CONTENT, type Worded } from '../options.js';

type Options = {
  content: string;
  format?: string[];
  strict?: boolean;
  rule?: string[];
  off?: string[];
  suppressions: boolean;
  maxWarnings?: string;
  since?: string;
  fix?: boolean;
  fixDryRun?: boolean;
  cache: boolean;
  baseline?: string;
  writeBaseline?: string;
  grow?: boolean;
};
type Linted = Conclusion & { content: Content };

const OPTIONS: readonly Worded[] = [
  CONTENT,
  {
    flags: '--format <name[:file]>',
    say: {
      zh: '報告格式，可以重複；加「:檔名」就寫到檔案，例如 sarif:lint.sarif。可用：text、compact、json、sarif、rdjson、github、gitlab、junit、checkstyle、html（未寫則為 text，在 GitHub Actions 為 github）',
      en: 'report format, may be repeated; ":FILE" writes it there, as in sarif:lint.sarif. One of text, compact, json, sarif, rdjson, github, gitlab, junit, checkstyle, html (default: text; under GitHub Actions github)',
    },
    many: true,
  },
  { flags: '--strict', say: { zh: '從嚴：要緊的警告也算錯誤', en: 'the warnings that matter are errors' } },
  { flags: '--max-warnings <n>', say: { zh: '警告多於 n 個也算失敗', en: 'more than n warnings fail as well' } },
  {
    flags: '--since <rev>',
    say: {
      zh: '全部檢查，只報告與這個 git 版本相比新增的問題',
      en: 'judge everything, report what is new against this revision of git',
    },
  },
  { flags: '--rule <id...>', say: { zh: '只檢查這些規則', en: 'these rules only' } },
  {
    flags: '--off <id>',
    say: { zh: '關閉這條規則，可以重複', en: 'switch this rule off, may be repeated' },
    many: true,
  },
  {
    flags: '--no-suppressions',
    say: { zh: '不理會內容裡的略過註解與關閉、降級的設定', en: 'heed no comment or setting that passes over findings' },
  },
  {
    flags: '--fix',
    say: { zh: '自動改正不影響文義的問題', en: 'fix what can be fixed without changing the meaning' },
  },
  {
    flags: '--fix-dry-run',
    say: {
      zh: '只列出 --fix 會改什麼，不寫入檔案；改完還有問題就算失敗',
      en: 'print what --fix would change, write nothing; fails when something would remain',
    },
  },
  {
    flags: '--baseline <file>',
    say: { zh: '不報告這個檔案裡已記下的問題', en: 'report only what is not in this file' },
  },
  {
    flags: '--write-baseline <file>',
    say: {
      zh: '把現有的問題記到這個檔案；已有的只減不增',
      en: 'write the present findings to this file; one that is there only shrinks',
    },
  },
  {
    flags: '--grow',
    say: { zh: '讓 --write-baseline 也記下新的問題', en: 'let --write-baseline take in what is new' },
  },
  { flags: '--no-cache', say: { zh: '不用上次檢查留下的紀錄', en: 'do not use what the last run remembers' } },
];

export default function lint(program: Command, terminal: Terminal): void {
  const zh = terminal.lang === 'zh';
  const command = program
    .command('lint')
    .argument('[paths...]', zh ? '只報告這些檔案或資料夾' : 'report these files or folders only')
    .summary(zh ? '檢查內容，指出檔案、行、欄' : 'check the content, with file, line and column');
  addOptions(command, OPTIONS, terminal.lang)
    .addHelpText(
      'after',
      zh
        ? '\n範例：\n  servicebook lint\n  servicebook lint content/services/objection.yaml\n  servicebook lint --fix-dry-run\n  servicebook lint --rule official-characters --fix\n  servicebook lint --format text --format sarif:lint.sarif\n  servicebook lint --since origin/main --max-warnings 0\n\n規則的說明：servicebook explain\n結束碼：0 沒有錯誤（可能有警告）、1 有錯誤或警告太多、2 無法檢查'
        : '\nExamples:\n  servicebook lint\n  servicebook lint content/services/objection.yaml\n  servicebook lint --fix-dry-run\n  servicebook lint --rule official-characters --fix\n  servicebook lint --format text --format sarif:lint.sarif\n  servicebook lint --since origin/main --max-warnings 0\n\nThe rules explained: servicebook explain\nExit code: 0 no errors (perhaps warnings), 1 errors or too many warnings, 2 could not lint',
    )
    .action((paths: string[], options: Options) => run(paths, options, terminal));
}

async function run(paths: readonly string[], options: Options, terminal: Terminal): Promise<void> {
  const { cwd, lang } = terminal;
  const zh = lang === 'zh';
  const began = performance.now();
  const loading = loadFolder<Rule>('lint/rules');
  const [{ openProject, shownRoot }, { changesIn, fixedContent, sourcesIn }] = await Promise.all([
    import('../../build/project.js'),
    import('../../lint/fix-content.js'),
  ]);
  const asked = checked(options, paths);
  const outlets = await outletsFor(options, terminal);
  const { isAsked, missing } = await insideOf(paths, resolve(cwd, options.content), cwd);
  const rules = await loading;
  const { rule: only, off, strict, suppressions } = options;
  const memories = options.cache && !only ? await memoriesOf(resolve(cwd, options.content), terminal) : undefined;
  const judging: ProjectOptions = { only, off, strict, suppressions, rules };
  const project = openProject({ folder: options.content, cwd }, { ...judging, memories });
  const judge = async (texts?: Texts): Promise<Linted> => {
    const { content, diagnostics, passedOver, unchecked } = await project.lint(texts);
    const inPaths = ({ span }: Diagnostic): boolean => isAsked(span.source.path);
    return {
      content,
      diagnostics: diagnostics.filter(inPaths),
      passedOver: passedOver.filter(inPaths),
      unchecked: unchecked.filter(isAsked),
    };
  };

  let found = await judge();
  const isNew = await narrowing(options, judging, terminal);
  for (const path of missing)
    terminal.err(
      zh ? `沒有「${path}」這個檔案，沒有什麼可報告。\n` : `There is no "${path}"; nothing to report on it.\n`,
    );
  if (options.fix || options.fixDryRun) {
    const fixed = await fixedContent(found, rules, judge);
    const changed = changesIn(found.content, fixed.texts);
    if (options.fixDryRun) return tellDryRun(changed, isNew(fixed.last.diagnostics), asked, terminal);
    await fix(changed, terminal);
    found = fixed.last;
  }
  if (options.writeBaseline !== undefined) {
    await keepBaseline(options.writeBaseline, found.diagnostics, options, terminal);
    return;
  }
  const findings = isNew(found.diagnostics);
  const report: Report = {
    findings: terminal.quiet ? findings.filter(({ severity }) => severity === 'error') : findings,
    passedOver: found.passedOver,
    unchecked: found.unchecked,
    files: sourcesIn(found.content).map(({ path }) => path),
    rules,
    root: shownRoot(options.content, cwd),
    version: programVersion(),
    fromTop: topOf(cwd),
  };
  await print(report, outlets, terminal);
  terminal.exitCode = isBad(findings, asked) ? 1 : 0;
  terminal.detail(() => ({
    zh: `檢查了 ${rules.size} 條規則，用時 ${seconds(began)}；${memories ? '記得沒有變動的檔案' : '沒有使用先前的紀錄'}。`,
    en: `${counted(rules.size, 'rule')} in ${seconds(began)}; ${memories ? 'files that have not changed are remembered' : 'nothing was remembered from before'}.`,
  }));
  project.remember();
}

type Asked = { maxWarnings: number };

/** What the options ask for together. Throws UserError where they contradict one another. */
function checked(
  { maxWarnings, writeBaseline, grow, rule, since, baseline }: Options,
  paths: readonly string[],
): Asked {
  if (maxWarnings !== undefined && !/^\d{1,9}$/.test(maxWarnings))
    throw new UserError({
      zh: `--max-warnings 之後要寫數目，例如 0；不是「${maxWarnings}」。`,
      en: `--max-warnings takes a number such as 0, not "${maxWarnings}".`,
    });
  if (grow && writeBaseline === undefined)
    throw new UserError({ zh: '--grow 要與 --write-baseline 一起用。', en: '--grow goes with --write-baseline.' });
  if (writeBaseline !== undefined && (paths.length > 0 || rule || since !== undefined || baseline !== undefined))
    throw new UserError({
      zh: '--write-baseline 記下全部的問題，不能與路徑、--rule、--since 或 --baseline 一起用。',
      en: '--write-baseline writes all findings; it goes with no paths, --rule, --since or --baseline.',
    });
  return { maxWarnings: maxWarnings === undefined ? Number.POSITIVE_INFINITY : Number(maxWarnings) };
}

function isBad(findings: readonly Diagnostic[], { maxWarnings }: Asked): boolean {
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  return errors > 0 || findings.length - errors > maxWarnings;
}

/** Which findings are new against a baseline and an earlier revision, where they are asked for. */
async function narrowing(
  { baseline, since, content }: Options,
  judging: ProjectOptions,
  { cwd, env, err, lang }: Terminal,
): Promise<(findings: readonly Diagnostic[]) => Diagnostic[]> {
  const { openProject, shownRoot } = await import('../../build/project.js');
  const now = shownRoot(content, cwd);
  const known =
    baseline === undefined
      ? undefined
      : await (await import('../../build/baseline-file.js')).readBaseline(baseline, cwd);
  const { notIn } = await import('../../lint/baseline.js');
  const { notAmong } = await import('../../lint/identity.js');
  const old =
    since === undefined
      ? undefined
      : await (await import('../../build/at-revision.js')).atRevision(
          resolve(cwd, content),
          since,
          env,
          async (folder) => ({
            root: folder.split(sep).join('/'),
            found: (await openProject({ folder, cwd }, judging).lint()).diagnostics,
          }),
        );
  return (findings) => {
    const fresh = known ? notIn(known, findings, now) : { findings: [...findings], gone: 0 };
    if (fresh.gone > 0)
      err(
        lang === 'zh'
          ? `${baseline} 記下的問題有 ${fresh.gone} 個已經沒有了；用 --write-baseline ${baseline} 刪去。\n`
          : `${counted(fresh.gone, 'finding')} of ${baseline} ${fresh.gone === 1 ? 'is' : 'are'} found no more; --write-baseline ${baseline} takes them out.\n`,
      );
    return old ? notAmong(old.found, fresh.findings, { before: old.root, now }) : fresh.findings;
  };
}

/** Which files are asked about: those that are named or lie in a folder that is, or all; and what is named and not there. */
async function insideOf(
  paths: readonly string[],
  content: string,
  cwd: string,
): Promise<{ isAsked: (file: string) => boolean; missing: string[] }> {
  const folders: string[] = [];
  const missing: string[] = [];
  const holds = (folder: string, full: string): boolean => full === folder || full.startsWith(folder + sep);
  for (const path of paths) {
    const full = resolve(cwd, path);
    if (!holds(content, full) && !holds(full, content))
      throw new UserError({
        zh: `「${path}」不在內容資料夾「${relative(cwd, content) || '.'}」裡；別處的內容用 --content 指定。`,
        en: `"${path}" is not in the content folder "${relative(cwd, content) || '.'}"; content elsewhere is named with --content.`,
      });
    // A file that was deleted is named by who lists what has changed.
    if (!(await stat(full).catch(() => undefined))) missing.push(path);
    folders.push(full);
  }
  const isAsked = (file: string): boolean =>
    folders.length === 0 || folders.some((folder) => holds(folder, resolve(cwd, file)));
  return { isAsked, missing };
}

type Changed = readonly { path: string; from: string; to: string }[];

async function tellDryRun(
  changed: Changed,
  left: readonly Diagnostic[],
  asked: Asked,
  terminal: Terminal,
): Promise<void> {
  const { patchOf } = await import('../../lint/patch.js');
  for (const { path, from, to } of changed) terminal.out(patchOf(path, from, to));
  const remaining = terminal.quiet ? left.filter(({ severity }) => severity === 'error') : left;
  terminal.err(
    terminal.lang === 'zh'
      ? `--fix 會改 ${changed.length} 個檔案，改完還有 ${remaining.length} 個問題。\n`
      : `--fix would change ${counted(changed.length, 'file')}; ${counted(remaining.length, 'finding')} would remain.\n`,
  );
  // Warnings that are allowed may remain.
  terminal.exitCode = isBad(remaining, { maxWarnings: Number.isFinite(asked.maxWarnings) ? asked.maxWarnings : 0 })
    ? 1
    : 0;
}

async function fix(changed: Changed, terminal: Terminal): Promise<void> {
  const { replaceText } = await import('../../content/rewrite.js');
  for (const { path, to } of changed) await replaceText(terminal.cwd, path, to);
  terminal.err(
    terminal.lang === 'zh' ? `已改 ${changed.length} 個檔案。\n` : `${counted(changed.length, 'file')} changed.\n`,
  );
}

async function keepBaseline(
  file: string,
  findings: readonly Diagnostic[],
  { content, grow = false }: Options,
  { cwd, err, lang }: Terminal,
): Promise<void> {
  const { writeBaseline } = await import('../../build/baseline-file.js');
  const { shownRoot } = await import('../../build/project.js');
  const { held, gone, unknown } = await writeBaseline(file, findings, { cwd, root: shownRoot(content, cwd), grow });
  err(
    lang === 'zh'
      ? `已把 ${held} 個問題記到 ${file}${gone > 0 ? `，刪去 ${gone} 個已經沒有的` : ''}。\n`
      : `${counted(held, 'finding')} written to ${file}${gone > 0 ? `, ${gone} that are no more taken out` : ''}.\n`,
  );
  if (unknown === 0) return;
  err(
    lang === 'zh'
      ? `${unknown} 個新的問題沒有記下；請改正，確定要記下時加上 --grow。\n`
      : `${counted(unknown, 'new finding')} not written; fix them, or add --grow to take them in.\n`,
  );
}

// ---------------------------------------------------------------- formats

/** Where a report goes (absolute, and as the user typed it), and how it is told there. */
type Outlet = { format: Format; file?: string; named?: string };

async function outletsFor({ format: named, content }: Options, { cwd, env }: Terminal): Promise<Outlet[]> {
  const formats = await loadFolder<Format>('lint/formats');
  const usual = env.GITHUB_ACTIONS === 'true' ? 'github' : 'text';
  const outlets = (named ?? [usual]).map((given): Outlet => {
    const [, name = given, file] = /^([^:]*):(.+)$/s.exec(given) ?? [];
    const format = formats.get(name);
    if (format) return { format, ...(file === undefined ? {} : { file: resolve(cwd, file), named: file }) };
    const near = nearest(name, [...formats.keys()]);
    throw new UserError({
      zh: `沒有「${name}」這種報告格式，可用：${[...formats.keys()].join('、')}。${near ? `是不是要寫「${near}」？` : ''}`,
      en: `There is no report format "${name}"; use ${[...formats.keys()].join(', ')}.${near ? ` Did you mean "${near}"?` : ''}`,
    });
  });
  if (outlets.filter(({ file }) => file === undefined).length > 1)
    throw new UserError({
      zh: '只有一種格式可以印在畫面上，其他的請寫檔名，例如 --format sarif:lint.sarif。',
      en: 'Only one format goes to standard output; give the others a file, as in --format sarif:lint.sarif.',
    });
  const full = resolve(cwd, content);
  const files = outlets.flatMap(({ file }) => file ?? []);
  const twice = files.find((file, i) => files.indexOf(file) !== i);
  if (twice !== undefined)
    throw new UserError({
      zh: `兩種格式不能寫到同一個檔案「${relative(cwd, twice)}」；請各寫一個檔名。`,
      en: `Two formats cannot go to one file, "${relative(cwd, twice)}"; name one for each.`,
    });
  for (const { file } of outlets)
    if (file?.startsWith(full + sep))
      throw new UserError({
        zh: `報告不能寫進內容資料夾：「${relative(cwd, file)}」。`,
        en: `A report cannot be written into the content folder: "${relative(cwd, file)}".`,
      });
  return outlets;
}

async function print(report: Report, outlets: readonly Outlet[], terminal: Terminal): Promise<void> {
  const { lang, colour, env } = terminal;
  for (const { format, file, named = '' } of outlets) {
    if (file !== undefined) await writeReport(file, format.print(report, lang), named);
    else if (format.commands) terminal.commands(format.print(report, lang));
    else terminal.out(format.print(report, lang, colour), colour);
    const page = format.page && env[format.page.variable];
    if (format.page && page) await appendFile(page, format.page.print(report, lang));
  }
  const { summaryOf } = await import('../../lint/report.js');
  if (!terminal.quiet || report.findings.length > 0) terminal.err(`${summaryOf(report)[lang]}\n`);
}

async function writeReport(file: string, text: string, named: string): Promise<void> {
  try {
    await makeFolder(dirname(file));
    await writeNamed(file, text);
  } catch (error) {
    throw notWritten(error, named);
  }
}

/** How paths are named from the top of the repository, or from here where there is none. */
function topOf(cwd: string): (path: string) => string {
  let top = cwd;
  while (!existsSync(resolve(top, '.git')) && dirname(top) !== top) top = dirname(top);
  const from = existsSync(resolve(top, '.git')) ? top : cwd;
  return (path) => relative(from, resolve(cwd, path)).split(sep).join('/');
}

const seconds = (began: number): string => `${((performance.now() - began) / 1000).toFixed(1)} s`;

/** What lint found in this content folder the last time; none where the program or the machine keeps nothing. */
async function memoriesOf(content: string, { env, err, lang }: Terminal): Promise<Memories | undefined> {
  const { folder, told } = cacheOf(env);
  const { memoriesIn } = await import('../../build/project.js');
  const memories = memoriesIn(folder, content);
  if (told && programId() !== undefined) err(`${told[lang]}\n`);
  return memories;
}

// `servicebook lint`: read, parse, check, mend where asked, report. Never loads the browser.
import { stat } from 'node:fs/promises';
import { resolve, sep } from 'node:path';
import type { Command } from 'commander';
import type { Linted } from '../../build/api.js';
import { readBaseline, writeBaseline } from '../../build/baseline-file.js';
import { type Memories, memoriesIn, openProject, type Texts } from '../../build/project.js';
import { replaceText } from '../../content/rewrite.js';
import { nearest } from '../../content/schema/tree.js';
import { cacheOf, programId } from '../../core/cache.js';
import type { Diagnostic, Format } from '../../core/diagnostic.js';
import { loadFolder } from '../../core/program-files.js';
import { counted, type Terminal, UserError } from '../../core/terminal.js';
import { notIn } from '../../lint/baseline.js';
import { changesIn, fixedContent, sourcesIn } from '../../lint/fix-content.js';
import type { Rule } from '../../lint/rule.js';
import { addOptions, CONTENT, type Worded } from '../options.js';

type Options = {
  content: string;
  format: string;
  strict?: boolean;
  rule?: string[];
  fix?: boolean;
  fixDryRun?: boolean;
  cache: boolean;
  baseline?: string;
  writeBaseline?: string;
};

const OPTIONS: readonly Worded[] = [
  CONTENT,
  {
    flags: '--format <format>',
    say: { zh: '報告格式：text 或 json', en: 'report format: text or json' },
    preset: 'text',
  },
  { flags: '--strict', say: { zh: '從嚴：要緊的警告也算錯誤', en: 'the warnings that matter are errors' } },
  { flags: '--rule <id...>', say: { zh: '只檢查這些規則', en: 'these rules only' } },
  {
    flags: '--fix',
    say: { zh: '自動改正不影響文義的問題', en: 'fix what can be fixed without changing the meaning' },
  },
  {
    flags: '--fix-dry-run',
    say: { zh: '只列出 --fix 會改什麼，不寫入檔案', en: 'print what --fix would change, write nothing' },
  },
  {
    flags: '--baseline <file>',
    say: { zh: '不報告這個檔案裡已記下的問題', en: 'report only what is not in this file' },
  },
  {
    flags: '--write-baseline <file>',
    say: { zh: '把現有的問題記到這個檔案', en: 'write the present findings to this file' },
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
        ? '\n範例：\n  servicebook lint\n  servicebook lint content/services/objection.yaml\n  servicebook lint --fix-dry-run\n  servicebook lint --rule official-characters --fix\n  servicebook lint --format json > report.json\n\n規則的說明：servicebook explain\n結束碼：0 沒有錯誤（可能有警告）、1 有錯誤、2 無法檢查'
        : '\nExamples:\n  servicebook lint\n  servicebook lint content/services/objection.yaml\n  servicebook lint --fix-dry-run\n  servicebook lint --rule official-characters --fix\n  servicebook lint --format json > report.json\n\nThe rules explained: servicebook explain\nExit code: 0 no errors (perhaps warnings), 1 errors, 2 could not lint',
    )
    .action((paths: string[], options: Options) => run(paths, options, terminal));
}

async function run(paths: readonly string[], options: Options, terminal: Terminal): Promise<void> {
  const { cwd, lang } = terminal;
  const zh = lang === 'zh';
  const began = performance.now();
  const loading = loadFolder<Rule>('lint/rules');
  const format = await chosenFormat(options.format);
  const isAsked = await insideOf(paths, cwd);
  const rules = await loading;
  const known = options.baseline === undefined ? undefined : await readBaseline(options.baseline, cwd);
  const { rule: only, strict } = options;
  const memories = options.cache && !only ? memoriesOf(resolve(cwd, options.content), terminal) : undefined;
  const project = openProject({ folder: options.content, cwd }, { only, strict, memories, rules });
  const judge = async (texts?: Texts): Promise<Linted> => {
    const { content, diagnostics } = await project.lint(texts);
    return { content, diagnostics: diagnostics.filter(({ span }) => isAsked(span.source.path)) };
  };

  let found = await judge();
  if (options.fix || options.fixDryRun) {
    const fixed = await fixedContent(found, rules, judge);
    await tellFixed(changesIn(found.content, fixed.texts), options, terminal);
    if (options.fixDryRun) return;
    found = fixed.last;
  }
  if (options.writeBaseline !== undefined) {
    await writeBaseline(options.writeBaseline, found.diagnostics, cwd);
    const count = found.diagnostics.length;
    terminal.err(
      zh
        ? `已把 ${count} 個問題記到 ${options.writeBaseline}。\n`
        : `${counted(count, 'finding')} written to ${options.writeBaseline}.\n`,
    );
    return;
  }
  const diagnostics = known ? notIn(known, found.diagnostics, cwd) : found.diagnostics;
  report(diagnostics, sourcesIn(found.content).length, format, terminal);
  terminal.detail(() => ({
    zh: `檢查了 ${rules.size} 條規則，用時 ${seconds(began)}；${memories ? '記得沒有變動的檔案' : '沒有使用先前的紀錄'}。`,
    en: `${counted(rules.size, 'rule')} in ${seconds(began)}; ${memories ? 'files that have not changed are remembered' : 'nothing was remembered from before'}.`,
  }));
  project.remember();
}

/** Which files are asked about: those that are named or lie in a folder that is, or all. */
async function insideOf(paths: readonly string[], cwd: string): Promise<(file: string) => boolean> {
  const folders: string[] = [];
  for (const path of paths) {
    const full = resolve(cwd, path);
    if (!(await stat(full).catch(() => undefined)))
      throw new UserError({ zh: `找不到「${path}」。`, en: `There is no "${path}".` });
    folders.push(full);
  }
  return (file) => {
    const full = resolve(cwd, file);
    return folders.length === 0 || folders.some((folder) => full === folder || full.startsWith(folder + sep));
  };
}

/** Writes what was mended, or shows it as a patch. */
async function tellFixed(
  changed: readonly { path: string; from: string; to: string }[],
  { fixDryRun }: Options,
  terminal: Terminal,
): Promise<void> {
  const zh = terminal.lang === 'zh';
  if (fixDryRun) {
    const { patchOf } = await import('../../lint/patch.js');
    for (const { path, from, to } of changed) terminal.out(patchOf(path, from, to));
    terminal.err(
      zh ? `--fix 會改 ${changed.length} 個檔案。\n` : `--fix would change ${counted(changed.length, 'file')}.\n`,
    );
    return;
  }
  for (const { path, to } of changed) await replaceText(terminal.cwd, path, to);
  terminal.err(zh ? `已改 ${changed.length} 個檔案。\n` : `${counted(changed.length, 'file')} changed.\n`);
}

function report(diagnostics: readonly Diagnostic[], files: number, format: Format, terminal: Terminal): void {
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  const warnings = diagnostics.length - errors.length;
  terminal.out(format.print(terminal.quiet ? errors : diagnostics, terminal.lang, terminal.colour), terminal.colour);
  if (!terminal.quiet || errors.length > 0)
    terminal.err(
      terminal.lang === 'zh'
        ? `${files} 個檔案：${errors.length} 個錯誤、${warnings} 個警告。\n`
        : `${counted(files, 'file')}: ${counted(errors.length, 'error')}, ${counted(warnings, 'warning')}.\n`,
    );
  terminal.exitCode = errors.length > 0 ? 1 : 0;
}

const seconds = (began: number): string => `${((performance.now() - began) / 1000).toFixed(1)} s`;

async function chosenFormat(name: string): Promise<Format> {
  const formats = await loadFolder<Format>('lint/formats');
  const format = formats.get(name);
  if (format) return format;
  const near = nearest(name, [...formats.keys()]);
  throw new UserError({
    zh: `沒有「${name}」這種報告格式，可用：${[...formats.keys()].join('、')}。${near ? `是不是要寫「${near}」？` : ''}`,
    en: `There is no report format "${name}"; use ${[...formats.keys()].join(' or ')}.${near ? ` Did you mean "${near}"?` : ''}`,
  });
}

/** What lint found in this content folder the last time; none where the program or the machine keeps nothing. */
function memoriesOf(content: string, { env, err, lang }: Terminal): Memories | undefined {
  const { folder, told } = cacheOf(env);
  const memories = memoriesIn(folder, content);
  if (told && programId() !== undefined) err(`${told[lang]}\n`);
  return memories;
}

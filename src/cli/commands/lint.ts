// `servicebook lint`: read, parse, check, mend where asked, report. Never loads the browser.
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join, resolve, sep } from 'node:path';
import type { Command } from 'commander';
import { lint as judged, type Linted } from '../../build/api.js';
import type { Content } from '../../content/read.js';
import { replaceText } from '../../content/rewrite.js';
import { nearest } from '../../content/schema/tree.js';
import { cacheOf, keyOf, openMemory, programId } from '../../core/cache.js';
import type { Format } from '../../core/diagnostic.js';
import { refusalOf } from '../../core/machine.js';
import { loadFolder } from '../../core/program-files.js';
import type { Source } from '../../core/source.js';
import { counted, type Terminal, UserError } from '../../core/terminal.js';
import { type Baseline, baselineOf, isBaseline, notIn, refuseLaterBaseline } from '../../lint/baseline.js';
import { mended } from '../../lint/fix.js';
import type { MemoryFor } from '../../lint/incremental.js';
import type { Rule } from '../../lint/rule.js';

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

export default function lint(program: Command, terminal: Terminal): void {
  const zh = terminal.lang === 'zh';
  program
    .command('lint')
    .argument('[paths...]', zh ? '只報告這些檔案或資料夾' : 'report these files or folders only')
    .summary(zh ? '檢查內容，指出檔案、行、欄' : 'check the content, with file, line and column')
    .option('--content <dir>', zh ? '內容資料夾' : 'content folder', 'content')
    .option('--format <format>', zh ? '報告格式：text 或 json' : 'report format: text or json', 'text')
    .option('--strict', zh ? '從嚴：要緊的警告也算錯誤' : 'the warnings that matter are errors')
    .option('--rule <id...>', zh ? '只檢查這些規則' : 'these rules only')
    .option('--fix', zh ? '自動改正不影響文義的問題' : 'mend what can be mended without changing the meaning')
    .option('--fix-dry-run', zh ? '只列出 --fix 會改什麼，不寫入檔案' : 'print what --fix would change, write nothing')
    .option('--baseline <file>', zh ? '不報告這個檔案裡已記下的問題' : 'report only what is not in this file')
    .option('--write-baseline <file>', zh ? '把現有的問題記到這個檔案' : 'write the present findings to this file')
    .option('--no-cache', zh ? '不用上次檢查留下的紀錄' : 'do not use what the last run remembers')
    .addHelpText(
      'after',
      zh
        ? '\n範例：\n  servicebook lint\n  servicebook lint content/services/objection.yaml\n  servicebook lint --fix-dry-run\n  servicebook lint --rule official-characters --fix\n  servicebook lint --format json > report.json\n\n規則的說明：servicebook explain\n結束碼：0 沒有錯誤（可能有警告）、1 有錯誤、2 無法檢查'
        : '\nExamples:\n  servicebook lint\n  servicebook lint content/services/objection.yaml\n  servicebook lint --fix-dry-run\n  servicebook lint --rule official-characters --fix\n  servicebook lint --format json > report.json\n\nThe rules explained: servicebook explain\nExit code: 0 no errors (perhaps warnings), 1 errors, 2 could not lint',
    )
    .action(async (paths: string[], options: Options) => {
      const began = performance.now();
      const loading = loadFolder<Rule>('lint/rules');
      const format = await chosenFormat(options.format);
      const folders: string[] = [];
      for (const path of paths) {
        const full = resolve(terminal.cwd, path);
        if (!(await stat(full).catch(() => undefined)))
          throw new UserError({ zh: `找不到「${path}」。`, en: `There is no "${path}".` });
        folders.push(full);
      }
      const inside = (file: string): boolean => {
        const full = resolve(terminal.cwd, file);
        return folders.length === 0 || folders.some((folder) => full === folder || full.startsWith(folder + sep));
      };
      const rules = await loading;
      const known = options.baseline === undefined ? undefined : await readBaseline(terminal, options.baseline);
      const memoryFor = options.cache ? memoriesOf(resolve(terminal.cwd, options.content), terminal) : undefined;
      const judge = async (what: string | Content): Promise<Linted> => {
        const { rule: only, strict } = options;
        const found = await judged(what, {
          cwd: terminal.cwd,
          memoryFor,
          ...(only ? { rules: only } : {}),
          ...(strict ? { strict } : {}),
        });
        return { ...found, diagnostics: found.diagnostics.filter(({ span }) => inside(span.source.path)) };
      };

      let { diagnostics, content, remember } = await judge(options.content);
      if (options.fix || options.fixDryRun) {
        const before = content;
        // One mend may lay bare another: until nothing changes, and never for ever.
        for (let round = 0; round < 10; round += 1) {
          const texts = mended(diagnostics, (rule) => rules.get(rule)?.mends === true);
          if (texts.size === 0) break;
          ({ diagnostics, content, remember } = await judge(withTexts(content, texts)));
        }
        const changed = changes(before, content);
        if (options.fixDryRun) {
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
      if (options.writeBaseline !== undefined) {
        const file = resolve(terminal.cwd, options.writeBaseline);
        await refuseOtherFile(file, options.writeBaseline);
        await writeFile(file, `${JSON.stringify(baselineOf(diagnostics, terminal.cwd), null, 2)}\n`).catch(
          (error: NodeJS.ErrnoException) => {
            const why = refusalOf({ code: error.code }) ?? { zh: error.message, en: error.message };
            throw new UserError({
              zh: `無法寫入 ${options.writeBaseline}：${why.zh}`,
              en: `Cannot write ${options.writeBaseline}: ${why.en}`,
            });
          },
        );
        terminal.err(
          zh
            ? `已把 ${diagnostics.length} 個問題記到 ${options.writeBaseline}。\n`
            : `${counted(diagnostics.length, 'finding')} written to ${options.writeBaseline}.\n`,
        );
        return;
      }
      if (known) diagnostics = notIn(known, diagnostics, terminal.cwd);
      const errors = diagnostics.filter(({ severity }) => severity === 'error');
      const warnings = diagnostics.length - errors.length;
      terminal.out(
        format.print(terminal.quiet ? errors : diagnostics, terminal.lang, terminal.colour),
        terminal.colour,
      );
      const files = sourcesIn(content).length;
      if (!terminal.quiet || errors.length > 0)
        terminal.err(
          zh
            ? `${files} 個檔案：${errors.length} 個錯誤、${warnings} 個警告。\n`
            : `${counted(files, 'file')}: ${counted(errors.length, 'error')}, ${counted(warnings, 'warning')}.\n`,
        );
      terminal.detail(() => ({
        zh: `檢查了 ${rules.size} 條規則，用時 ${seconds(began)}；${remember ? '記得沒有變動的檔案' : '沒有使用先前的紀錄'}。`,
        en: `${counted(rules.size, 'rule')} in ${seconds(began)}; ${remember ? 'files that have not changed are remembered' : 'nothing was remembered from before'}.`,
      }));
      terminal.exitCode = errors.length > 0 ? 1 : 0;
      remember?.();
    });
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

const sourcesIn = ({ office, book, services, chapters, translations }: Content): Source[] =>
  [office, book, ...services, ...chapters, ...translations].filter((each) => each !== undefined);

/** What lint found in this folder the last time; none where the program or the machine keeps nothing. */
function memoriesOf(folder: string, { env, err, lang }: Terminal): MemoryFor | undefined {
  const program = programId();
  const { room, told } = program === undefined ? {} : cacheOf(env);
  if (told) err(`${told[lang]}\n`);
  return (
    room &&
    ((beside, of) => openMemory(join(room.path, `${of}-${keyOf(folder)}`), keyOf(JSON.stringify([program, beside]))))
  );
}

// ---------------------------------------------------------------- mending

function withTexts(content: Content, texts: ReadonlyMap<string, string>): Content {
  const renew = (source: Source): Source => ({ ...source, text: texts.get(source.path) ?? source.text });
  return {
    ...content,
    ...(content.office ? { office: renew(content.office) } : {}),
    ...(content.book ? { book: renew(content.book) } : {}),
    services: content.services.map(renew),
    chapters: content.chapters.map(renew),
    translations: content.translations.map(renew),
  };
}

function changes(before: Content, after: Content): { path: string; from: string; to: string }[] {
  const now = new Map(sourcesIn(after).map(({ path, text }) => [path, text]));
  return sourcesIn(before).flatMap(({ path, text }) => {
    const to = now.get(path) ?? text;
    return to === text ? [] : [{ path, from: text, to }];
  });
}

// ---------------------------------------------------------------- what is known already

/** What is there and is no such file is not written over: it may be content. */
async function refuseOtherFile(file: string, named: string): Promise<void> {
  const info = await stat(file).catch(() => undefined);
  const text = info?.isFile() && info.size > 0 ? await readFile(file, 'utf8').catch(() => '') : undefined;
  if (!info || info.size === 0 || (text !== undefined && isBaselineText(text))) return;
  throw new UserError({
    zh: `「${named}」已經在那裡，而且不是 --write-baseline 寫出的檔案，沒有更動。請寫另一個檔名，例如 --write-baseline baseline.json。`,
    en: `"${named}" is there already and was not written by --write-baseline; it was not touched. Name another file, such as --write-baseline baseline.json.`,
  });
}

function isBaselineText(text: string): boolean {
  try {
    const read: unknown = JSON.parse(text);
    // A later version wrote another number.
    return typeof read === 'object' && read !== null && 'version' in read && 'findings' in read;
  } catch {
    return false;
  }
}

async function readBaseline(terminal: Terminal, file: string): Promise<Baseline> {
  const text = await readFile(resolve(terminal.cwd, file), 'utf8').catch(() => {
    throw new UserError({ zh: `找不到「${file}」。`, en: `There is no "${file}".` });
  });
  try {
    const read: unknown = JSON.parse(text);
    refuseLaterBaseline(read, file);
    if (isBaseline(read)) return read;
  } catch (error) {
    // What is no JSON is told below.
    if (error instanceof UserError) throw error;
  }
  throw new UserError({
    zh: `「${file}」不是 --write-baseline 寫出的檔案。`,
    en: `"${file}" was not written by --write-baseline.`,
  });
}

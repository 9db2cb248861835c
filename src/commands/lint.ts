// `servicebook lint`: read, parse, check, report. Never loads the browser.

import { stat } from 'node:fs/promises';
import { relative, resolve, sep } from 'node:path';
import type { Command } from 'commander';
import { check, type Rule } from '../check.js';
import { mayEmbed, parse } from '../parse.js';
import { loadFolder, read } from '../read.js';
import { nearest } from '../shape.js';
import { type Format, type Terminal, UserError } from '../source.js';

export default function lint(program: Command, terminal: Terminal): void {
  const zh = terminal.lang === 'zh';
  program
    .command('lint')
    .argument('[paths...]', zh ? '只報告這些檔案或資料夾' : 'report these files or folders only')
    .summary(zh ? '檢查內容，指出檔案、行、欄' : 'check the content, with file, line and column')
    .option('--content <dir>', zh ? '內容資料夾' : 'content folder', 'content')
    .option('--format <format>', zh ? '報告格式：text 或 json' : 'report format: text or json', 'text')
    .addHelpText(
      'after',
      zh
        ? '\n範例：\n  servicebook lint\n  servicebook lint content/services/objection.yaml\n  servicebook lint --format json > report.json\n\n結束碼：0 沒有錯誤（可能有警告）、1 有錯誤、2 無法檢查'
        : '\nExamples:\n  servicebook lint\n  servicebook lint content/services/objection.yaml\n  servicebook lint --format json > report.json\n\nExit code: 0 no errors (perhaps warnings), 1 errors, 2 could not lint',
    )
    .action(async (paths: string[], options: { content: string; format: string }) => {
      const formats = await loadFolder<Format>(new URL('../formats/', import.meta.url));
      const format = formats.get(options.format);
      if (!format) {
        const near = nearest(options.format, [...formats.keys()]);
        throw new UserError({
          zh: `沒有「${options.format}」這種報告格式，可用：${[...formats.keys()].join('、')}。${near ? `是不是要寫「${near}」？` : ''}`,
          en: `There is no report format "${options.format}"; use ${[...formats.keys()].join(' or ')}.${near ? ` Did you mean "${near}"?` : ''}`,
        });
      }
      const content = await read(options.content, terminal.cwd);
      const folders: string[] = [];
      for (const path of paths) {
        const full = resolve(terminal.cwd, path);
        if (!(await stat(full).catch(() => undefined)))
          throw new UserError({ zh: `找不到「${path}」。`, en: `There is no "${path}".` });
        folders.push(relative(terminal.cwd, full).split(sep).join('/'));
      }
      const sources = [content.office, content.book, ...content.services, ...content.chapters].filter(
        (each) => each !== undefined,
      );
      const needsMarkdown = sources.some(({ path, text }) => /\.md$/i.test(path) || mayEmbed(text));
      const handbook = parse(content, needsMarkdown ? (await import('../prose.js')).parseMarkdown : undefined);
      const rules = await loadFolder<Rule>(new URL('../rules/', import.meta.url));
      const inside = (file: string): boolean =>
        folders.length === 0 ||
        folders.some((folder) => folder === '' || file === folder || file.startsWith(`${folder}/`));
      const diagnostics = check(handbook, rules).filter(({ span }) => inside(span.source.path));
      terminal.out(format.print(diagnostics, terminal.lang));
      const errors = diagnostics.filter(({ severity }) => severity === 'error').length;
      const warnings = diagnostics.length - errors;
      terminal.err(
        zh
          ? `${sources.length} 個檔案：${errors} 個錯誤、${warnings} 個警告。\n`
          : `${sources.length} files: ${errors} errors, ${warnings} warnings.\n`,
      );
      terminal.exitCode = errors > 0 ? 1 : 0;
    });
}

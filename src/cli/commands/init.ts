// `servicebook init [DIR]`: a small complete example office that lints clean and builds.

import { access, writeFile } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative, resolve } from 'node:path';
import type { Command } from 'commander';
import { TEMPLATES } from '../../core/program-files.js';
import { counted, type Terminal, UserError } from '../../core/terminal.js';
import { makeFolder, notWritten } from '../../core/write-file.js';

export default function init(program: Command, terminal: Terminal): void {
  const zh = terminal.lang === 'zh';
  program
    .command('init')
    .argument('[dir]', zh ? '要建立的內容資料夾' : 'the content folder to make', 'content')
    .summary(zh ? '建立一個可以直接編印的範例機關' : 'make an example office that can be printed at once')
    .addHelpText(
      'after',
      zh ? '\n範例：\n  servicebook init\n  servicebook build' : '\nExample:\n  servicebook init\n  servicebook build',
    )
    .action(async (dir: string) => {
      const folder = resolve(terminal.cwd, dir);
      const shown = isAbsolute(dir) ? dir : relative(terminal.cwd, folder) || '.';
      const { schemaLine, writeSchemas } = await import('../../editor/schema-files.js');
      const { readTexts } = await import('../../content/read.js');
      const files = await readTexts(join(TEMPLATES, 'init'));
      for (const file of files.keys())
        if (
          await access(join(folder, file)).then(
            () => true,
            () => false,
          )
        )
          throw new UserError({
            zh: `「${shown}/${file}」已經存在，沒有更動任何檔案。請換一個資料夾。`,
            en: `"${shown}/${file}" exists already; nothing was changed. Choose another folder.`,
          });
      try {
        for (const [file, text] of files) {
          await makeFolder(dirname(join(folder, file)));
          await writeFile(join(folder, file), schemaLine(file) + text, { flag: 'wx' });
        }
        await writeSchemas(folder);
      } catch (error) {
        throw notWritten(error, shown);
      }
      const option = dir === 'content' ? '' : ` --content ${dir}`;
      terminal.out(
        zh
          ? `已在 ${shown}/ 建立 ${files.size} 個檔案。\n接著：\n  servicebook lint${option}\n  servicebook build${option}\n`
          : `Made ${counted(files.size, 'file')} in ${shown}/.\nNext:\n  servicebook lint${option}\n  servicebook build${option}\n`,
      );
    });
}

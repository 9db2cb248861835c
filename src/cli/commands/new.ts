// `servicebook new NAME`: a service file with every field explained.
import { access, writeFile } from 'node:fs/promises';
import { isAbsolute, join, relative, resolve } from 'node:path';
import type { Command } from 'commander';
import { type Terminal, UserError } from '../../core/terminal.js';
import { makeFolder, notWritten } from '../../core/write-file.js';

export default function create(program: Command, terminal: Terminal): void {
  const zh = terminal.lang === 'zh';
  program
    .command('new')
    .argument(
      '<name>',
      zh ? '服務編號，也是檔名（英文小寫、數字、-）' : 'id of the service and name of its file (a-z, 0-9, -)',
    )
    .summary(zh ? '建立一個服務檔，每個項目附說明' : 'make a service file with every field explained')
    .option('--title <title>', zh ? '服務名稱' : 'name of the service', '新服務')
    .option('--content <dir>', zh ? '內容資料夾' : 'content folder', 'content')
    .addHelpText(
      'after',
      zh
        ? '\n範例：\n  servicebook new address-change --title 變更送達地址'
        : '\nExample:\n  servicebook new address-change --title 變更送達地址',
    )
    .action(async (name: string, { title, content }: { title: string; content: string }) => {
      if (!/^[a-z0-9][a-z0-9_-]*$/.test(name))
        throw new UserError({
          zh: `服務編號「${name}」應由英文小寫字母、數字與「-」組成；中文名稱請用 --title。`,
          en: `The id "${name}" may have a-z, 0-9 and "-" only; give the Chinese name with --title.`,
        });
      const folder = resolve(terminal.cwd, content);
      const shown = (path: string): string => (isAbsolute(content) ? path : relative(terminal.cwd, path)) || '.';
      await access(folder).catch(() => {
        throw new UserError({
          zh: `找不到內容資料夾「${content}」。先用「servicebook init」建立，或以 --content 指定。`,
          en: `There is no content folder "${content}". Make one with "servicebook init" or name it with --content.`,
        });
      });
      const [{ read }, { blankService }] = await Promise.all([
        import('../../content/read.js'),
        import('../../content/scaffold.js'),
      ]);
      // Beside content of a later format an example of this one would be out of place.
      read(content, terminal.cwd);
      const { schemaLine, writeSchemas } = await import('../../editor/schema-files.js');
      const path = join(folder, 'services', `${name}.yaml`);
      try {
        await makeFolder(join(folder, 'services')).catch((error: unknown) => {
          throw notWritten(error, shown(join(folder, 'services')));
        });
        await writeFile(path, schemaLine(`services/${name}.yaml`) + blankService(title), { flag: 'wx' });
        await writeSchemas(folder);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw notWritten(error, shown(path));
        throw new UserError({
          zh: `「${shown(path)}」已經存在，沒有更動。`,
          en: `"${shown(path)}" exists already; it was not changed.`,
        });
      }
      terminal.out(
        zh
          ? `已建立 ${shown(path)}。填好後，把編號「${name}」加進 handbook.yaml 的「服務類別」，再執行 servicebook lint。\n`
          : `Made ${shown(path)}. Fill it in, add "${name}" to a category of handbook.yaml, then run servicebook lint.\n`,
      );
    });
}

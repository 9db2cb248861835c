// `servicebook init [DIR]`: a small complete example in the words of the office, which lints clean and builds.

import { access, mkdir, writeFile } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative, resolve } from 'node:path';
import type { Command } from 'commander';
import { TEMPLATES } from '../../core/program-files.js';
import type { Say } from '../../core/source.js';
import { counted, type Terminal, UserError } from '../../core/terminal.js';
import { answersTo, isAsked, type Question } from '../questions.js';

type Options = { name?: string; units?: string; head?: string; ask?: true };

export default function init(program: Command, terminal: Terminal): void {
  const zh = terminal.lang === 'zh';
  program
    .command('init')
    .argument('[dir]', zh ? '要建立的內容資料夾' : 'the content folder to make', 'content')
    .summary(zh ? '建立一個可以直接編印的範例機關' : 'make an example office that can be printed at once')
    .option('--name <name>', zh ? '機關全銜' : 'full name of the office')
    .option('--units <units>', zh ? '單位，用「、」分開' : 'its units, separated by commas')
    .option('--head <title>', zh ? '首長的職稱' : 'the title of its head')
    .option('--ask', zh ? '逐項詢問，答案一行一個（可由管線輸入）' : 'ask, a line each; a pipe may answer')
    .addHelpText(
      'after',
      zh
        ? '\n範例：\n  servicebook init\n  servicebook init --name 範例分署 --units 服務台、執行一科、秘書室 --head 分署長\n  servicebook build'
        : '\nExample:\n  servicebook init\n  servicebook init --name 臺北分署 --units 服務台,執行一科,秘書室 --head 分署長\n  servicebook build',
    )
    .action(async (dir: string, options: Options) => {
      const folder = resolve(terminal.cwd, dir);
      const shown = isAbsolute(dir) ? dir : relative(terminal.cwd, folder) || '.';
      const { schemaLine, writeSchemas } = await import('../../editor/schema-files.js');
      const { readTexts } = await import('../../content/read.js');
      const { exampleOf, isPlainName } = await import('../../content/starters.js');
      const shipped = await readTexts(join(TEMPLATES, 'init'));
      for (const file of shipped.keys())
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
      const files = exampleOf(shipped, await officeAnswers(terminal, options, isPlainName));
      for (const [file, text] of files) {
        await mkdir(dirname(join(folder, file)), { recursive: true });
        await writeFile(join(folder, file), schemaLine(file) + text, { flag: 'wx' });
      }
      await writeSchemas(folder);
      const option = dir === 'content' ? '' : ` --content ${dir}`;
      terminal.out(
        zh
          ? `已在 ${shown}/ 建立 ${files.size} 個檔案。\n接著：\n  servicebook lint${option}\n  servicebook build${option}\n`
          : `Made ${counted(files.size, 'file')} in ${shown}/.\nNext:\n  servicebook lint${option}\n  servicebook build${option}\n`,
      );
    });
}

const ASKED = {
  name: {
    zh: '機關全銜（例如 法務部行政執行署範例分署；按 Enter 用範例）',
    en: 'Full name of the office, such as 範例分署 (Enter for the example)',
  },
  units: {
    zh: '單位，用「、」分開（例如 服務台、執行一科、秘書室）',
    en: 'Its units, separated by commas, such as 服務台, 執行一科, 秘書室',
  },
  head: { zh: '首長的職稱（例如 分署長、主任）', en: 'The title of its head, such as 分署長' },
} as const satisfies Record<string, Say>;

/** What options say of the office, and what is answered of the rest. */
async function officeAnswers(
  terminal: Terminal,
  { ask, ...given }: Options,
  isPlain: (name: string) => boolean,
): Promise<{ name?: string | undefined; units?: string[] | undefined; head?: string | undefined }> {
  const split = (text: string): string[] => text.split(/[、，,]/).flatMap((each) => each.trim() || []);
  const wrong =
    (key: keyof typeof ASKED) =>
    (answer: string): Say | undefined => {
      const fault = (key === 'units' ? split(answer) : [answer]).find((each) => !isPlain(each));
      return fault === undefined
        ? undefined
        : {
            zh: `「${fault}」不能當名稱：只用文字、數字與括號，最多 60 字。例如「執行一科」「分署長」。`,
            en: `"${fault}" is no name: letters, figures and brackets only, 60 at most, such as 執行一科 or 分署長.`,
          };
    };
  const keys = Object.keys(ASKED) as (keyof typeof ASKED)[];
  for (const key of keys) {
    const fault = given[key] === undefined ? undefined : wrong(key)(given[key]);
    if (fault) throw new UserError(fault);
  }
  const open = keys.filter((key) => given[key] === undefined);
  const questions = open.map((key): Question => ({ key, ask: ASKED[key], wrong: wrong(key) }));
  const answers = ask || isAsked(terminal) ? await answersTo(terminal, questions) : new Map<string, string>();
  const answer = (key: keyof typeof ASKED): string | undefined => given[key]?.trim() ?? answers.get(key);
  const units = answer('units');
  return { name: answer('name'), head: answer('head'), units: units === undefined ? undefined : split(units) };
}

// `servicebook check FILE…`: whether printed PDFs are fit for the printer and the web. Reads, and writes nothing.
import { readFile } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import type { Command } from 'commander';
import type { Procedure } from '../../content/procedure.js';
import type { Handbook } from '../../content/schema/model.js';
import type { Lang, Say } from '../../core/source.js';
import { counted, type Terminal, UserError, visible } from '../../core/terminal.js';
import type { Expected, PreflightFault } from '../../pdf/preflight/fault.js';
import { formatOption } from '../program.js';

type Options = { content?: string; read?: boolean; format: 'text' | 'json' };
type Found = PreflightFault & { file: string };

export default function check(program: Command, terminal: Terminal): void {
  const zh = terminal.lang === 'zh';
  program
    .command('check')
    .argument('<files...>', zh ? '要檢查的 PDF 檔，或放 PDF 檔的資料夾' : 'the PDFs, or folders that hold PDFs')
    .summary(zh ? '檢查印好的 PDF 能不能付印與公開' : 'check that printed PDFs are fit to be printed and published')
    .option(
      '--content <dir>',
      zh
        ? '內容資料夾；手冊要印出每項服務與每個步驟'
        : 'content folder; the handbook must print its every service and step',
    )
    .option('--read', zh ? '印出朗讀軟體會念的內容與順序' : 'print what a screen reader would speak, in its order')
    .addOption(formatOption(zh))
    .addHelpText(
      'after',
      zh
        ? '\n檢查字型、字級、紙張邊緣、頁碼與連結、書籤、標籤與替代文字、標題與語言。\n\n範例：\n  servicebook check out/handbook.pdf\n  servicebook check out --content content\n  servicebook check out/handbook.pdf --read\n  servicebook check out/posters/*.pdf --format json > report.json\n\n結束碼：0 沒有問題或只有提醒、1 有問題、2 無法檢查'
        : '\nChecks fonts, sizes of text, the edges of the paper, page numbers and links, bookmarks, tags and alternative texts, title and language.\n\nExamples:\n  servicebook check out/handbook.pdf\n  servicebook check out --content content\n  servicebook check out/handbook.pdf --read\n  servicebook check out/posters/*.pdf --format json > report.json\n\nExit code: 0 no faults or warnings alone, 1 faults, 2 could not check',
    )
    .action(async (paths: string[], options: Options) => {
      if (options.read) return readOut(paths, options.format === 'json', terminal);
      const print = options.format === 'json' ? asJson : (await import('../../pdf/preflight/fault.js')).linesOf;
      const handbook =
        options.content === undefined
          ? undefined
          : (
              await (
                await import('../../build/project.js')
              )
                .openProject({ folder: options.content, cwd: terminal.cwd })
                .read()
            ).handbook;
      const files = await (await import('../../content/read.js')).pdfsIn(paths, terminal.cwd);
      const { preflight } = await import('../../pdf/preflight/preflight.js');
      const found: Found[] = [];
      const unread: Say[] = [];
      for (const file of files) {
        try {
          const bytes = await readFile(resolve(terminal.cwd, file));
          const faults = await preflight(bytes, handbook && (await expectedIn(handbook, file)));
          for (const fault of faults) found.push({ file, ...fault });
        } catch (error) {
          // The others are still worth checking.
          if (!(error instanceof UserError)) throw error;
          unread.push({ zh: `${file}：${error.say.zh}`, en: `${file}: ${error.say.en}` });
        }
      }
      terminal.out(print(found, terminal.lang));
      const checked = files.length - unread.length;
      const wrong = found.filter(({ advice }) => !advice).length;
      const warnings = found.length - wrong;
      terminal.err(
        zh
          ? `${checked} 個檔案：${wrong} 個問題${warnings === 0 ? '' : `、${warnings} 個提醒`}。\n`
          : `${counted(checked, 'file')}: ${counted(wrong, 'fault')}${warnings === 0 ? '' : `, ${counted(warnings, 'warning')}`}.\n`,
      );
      if (unread.length > 0)
        throw new UserError({
          zh: unread.map((each) => each.zh).join('\n'),
          en: unread.map((each) => each.en).join('\n'),
        });
      terminal.exitCode = wrong > 0 ? 1 : 0;
    });
}

const ROLES: Readonly<Record<string, Say>> = {
  Title: { zh: '標題', en: 'Title' },
  H1: { zh: '標題 1', en: 'Heading 1' },
  H2: { zh: '標題 2', en: 'Heading 2' },
  H3: { zh: '標題 3', en: 'Heading 3' },
  H4: { zh: '標題 4', en: 'Heading 4' },
  H5: { zh: '標題 5', en: 'Heading 5' },
  H6: { zh: '標題 6', en: 'Heading 6' },
  L: { zh: '清單', en: 'List' },
  Lbl: { zh: '項目符號', en: 'Label' },
  LI: { zh: '項目', en: 'Item' },
  LBody: { zh: '項目', en: 'Item' },
  Table: { zh: '表格', en: 'Table' },
  TH: { zh: '欄名', en: 'Head' },
  TD: { zh: '欄', en: 'Cell' },
  Caption: { zh: '圖表名稱', en: 'Caption' },
  Figure: { zh: '圖', en: 'Figure' },
  Form: { zh: '欄位', en: 'Field' },
  Note: { zh: '附註', en: 'Note' },
};

/** The order of reading of each file, a line a piece. */
async function readOut(paths: readonly string[], json: boolean, { lang, cwd, out }: Terminal): Promise<void> {
  const [{ pdfsIn }, { opened }, { readPages }, { readAloud }] = await Promise.all([
    import('../../content/read.js'),
    import('../../pdf/preflight/preflight.js'),
    import('../../pdf/read-pages.js'),
    import('../../pdf/read-aloud.js'),
  ]);
  const zh = lang === 'zh';
  const all: unknown[] = [];
  for (const file of await pdfsIn(paths, cwd)) {
    const pdf = await opened(await readFile(resolve(cwd, file)));
    const spoken = readAloud(pdf, readPages(pdf), zh ? '（連結）{0}' : '(link) {0}');
    if (spoken.length === 0)
      throw new UserError({
        zh: `${file}：檔案沒有標籤（結構樹），朗讀軟體沒有可以依循的順序。請用帶標籤的方式重新編印。`,
        en: `${file}: the file has no tags (structure tree), so a screen reader has no order to follow. Print it again with tags.`,
      });
    if (json) {
      all.push({ file, spoken });
      continue;
    }
    out(`${visible(file)}\n`);
    let last: number | undefined;
    for (const { role, page, text, count, lang: other } of spoken) {
      if (page !== undefined && page !== last) out(zh ? `\n第 ${page} 頁\n` : `\nPage ${page}\n`);
      last = page ?? last;
      const of = count === undefined ? '' : zh ? ` ${count} ${role === 'L' ? '項' : '列'}` : ` of ${count}`;
      const named = ROLES[role]?.[lang] ?? '';
      const label = `${named}${of}${other === undefined ? '' : ` [${visible(other)}]`}`;
      out(`${[label, visible(text)].filter((each) => each !== '').join(zh ? '：' : ': ')}\n`);
    }
  }
  if (json) out(`${JSON.stringify(all, null, 2)}\n`);
}

const asJson = (found: readonly Found[], lang: Lang): string =>
  `${JSON.stringify(
    found.map(({ file, page, rule, advice, text, message }) => ({
      file,
      page: page ?? null,
      rule,
      severity: advice ? 'warning' : 'error',
      text: text ?? null,
      message: message[lang],
    })),
    null,
    2,
  )}\n`;

/** A handbook prints every service and every step, a chart its steps, a sheet with the id of a service that service; of others nothing is known. */
async function expectedIn(handbook: Handbook, file: string): Promise<Expected> {
  const { proceduresOf, stepTexts } = await import('../../content/procedure.js');
  const name = basename(file).replace(/\.pdf$/i, '');
  const stepsOf = (procedures: readonly Procedure[]): string[] => procedures.flatMap(({ flow }) => stepTexts(flow));
  const procedures = proceduresOf(handbook);
  if (basename(dirname(file)) === 'flowcharts') return { texts: stepsOf(procedures.filter(({ id }) => id === name)) };
  const names = handbook.services.flatMap((service) => service.name ?? []);
  if (/^handbook(?:-booklet)?$/.test(name)) return { texts: [...names, ...stepsOf(procedures)] };
  // An excerpt of the handbook tells its service, as the service's own papers do.
  const own = name.replace(/^handbook-/, '');
  return { texts: handbook.services.flatMap((service) => (service.id === own ? (service.name ?? []) : [])) };
}

// `servicebook diff [FROM] [TO]`: what changed between two editions, by meaning, and what it means for the citizen. Writes
// nothing but the file that is asked for.
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { type Terminal, UserError } from '../../core/terminal.js';
import { writeNamed } from '../../core/write-file.js';
import type { Side } from '../../revision/editions.js';
import { REPORT_FORMATS, type ReportFormat, reportFormatOf, reportFormatOption } from '../report-format.js';

type Options = {
  content: string;
  format?: ReportFormat;
  out?: string;
  exitCode?: boolean;
  bulletin?: boolean;
  reprint?: boolean;
};

export default function diff(program: Command, terminal: Terminal): void {
  const zh = terminal.lang === 'zh';
  program
    .command('diff')
    .argument(
      '[from]',
      zh
        ? '舊的一邊：git 的版本（標籤、分支、提交）或內容資料夾；未寫則為最近核定的版本，沒有核定過則為上次提交'
        : 'the old side: a revision of git (tag, branch, commit) or a content folder; the last approved edition, or else the last commit, when omitted',
    )
    .argument('[to]', zh ? '新的一邊；未寫則為現在的內容' : 'the new side; the content as it is now when omitted')
    .summary(
      zh
        ? '兩個版本之間改了什麼、對民眾是加重還是減輕；編修正對照表'
        : 'tell what changed between two editions, and whether it is heavier for the citizen; make the comparison table',
    )
    .option('--content <dir>', zh ? '內容資料夾' : 'content folder', 'content')
    .addOption(reportFormatOption(zh, REPORT_FORMATS))
    .option('--out <file>', zh ? '寫到這個檔案' : 'write to this file')
    .option(
      '--bulletin',
      zh
        ? '改編給民眾看的異動公告：什麼變了、從哪一天起'
        : 'the bulletin for the public instead: what changes, from when',
    )
    .option(
      '--reprint',
      zh ? '改列應重印、應收回的文件與查驗碼' : 'instead what is to be printed anew or taken down, with check codes',
    )
    .option('--exit-code', zh ? '有變更時以 1 結束' : 'exit with 1 where something has changed')
    .addHelpText(
      'after',
      zh
        ? '\n修正總說明、修正對照表的理由寫在 handbook.yaml 修訂沿革最後一筆的「修正目的」「修正理由」。\n\n範例：\n  servicebook diff                       最近核定（或上次提交）之後改了什麼\n  servicebook diff v1 v2                 兩個標籤之間\n  servicebook diff v1 --out 對照表.odt   修正總說明及修正對照表\n  servicebook diff 舊資料夾 content --format json\n  servicebook diff v1 --bulletin --out 公告.odt   給民眾的異動公告\n  servicebook diff v1 --reprint            哪些要重印、哪些要收回'
        : '\nReasons are taken from 修正目的 and 修正理由 of the last revision in handbook.yaml.\n\nExamples:\n  servicebook diff                       what changed since the last approval, or commit\n  servicebook diff v1 v2                 between two tags\n  servicebook diff v1 --out table.odt    the explanation and the comparison table\n  servicebook diff old content --format json\n  servicebook diff v1 --bulletin --out bulletin.odt\n  servicebook diff v1 --reprint',
    )
    .action(async (from: string | undefined, to: string | undefined, options: Options) => {
      const { cwd, env } = terminal;
      const { content, out, exitCode } = options;
      const format = reportFormatOf(options.format, out, { zh: '對照表', en: 'table' });
      const { sideApproved, sideNamed, sideNow } = await import('../../revision/editions.js');
      const place = { cwd, env };
      const before = from === undefined ? await sideApproved(content, place) : await sideNamed(from, content, place);
      const after = to === undefined ? await sideNow(content, place) : await sideNamed(to, content, place);
      const made = await madeOf(options, format, { before, after }, terminal);
      if (out !== undefined) await write(resolve(cwd, out), out, made.file);
      else if (typeof made.file === 'string') terminal.out(made.file);
      if (exitCode && made.changed) terminal.exitCode = 1;
    });
}

/** What was asked for, made, and whether anything has changed. */
async function madeOf(
  { bulletin, reprint }: Options,
  format: ReportFormat,
  { before, after }: { before: Side; after: Side },
  terminal: Terminal,
): Promise<{ file: string | Uint8Array; changed: boolean }> {
  const { lang } = terminal;
  const [{ compare }, { editionsOf }, { asJson, asText }] = await Promise.all([
    import('../../revision/compare.js'),
    import('../../revision/editions.js'),
    import('../../revision/report.js'),
  ]);
  const editions = await editionsOf(before, after);
  const revision = compare(editions.before, editions.after);
  const changed = revision.subjects.length > 0;
  if (reprint) {
    const { papersChanged } = await import('../../build/reprint.js');
    const papers = await papersChanged(before.content, after.content, before.approved === true, terminal);
    if (format === 'json') return { file: `${JSON.stringify(papers, null, 2)}\n`, changed };
    const { reprintFile } = await import('../../build/revision-papers.js');
    return { file: await reprintFile(format, papers, revision.after.title, terminal), changed };
  }
  if (bulletin) {
    if (format === 'json')
      throw new UserError({
        zh: '異動公告沒有 json；可用 text、markdown、html、odt、docx、pdf。',
        en: 'The bulletin is not written as json; use text, markdown, html, odt, docx or pdf.',
      });
    const { bulletinFile } = await import('../../build/revision-papers.js');
    return { file: await bulletinFile(format, revision, after.content, editions, terminal), changed };
  }
  const names = { before: before.name, after: after.name };
  if (format === 'text') return { file: asText(revision, names, lang), changed };
  if (format === 'json') return { file: asJson(revision, names), changed };
  const { revisionFile } = await import('../../build/revision-papers.js');
  return { file: await revisionFile(format, revision, editions.book, terminal), changed };
}

async function write(path: string, shown: string, made: string | Uint8Array): Promise<void> {
  try {
    await writeNamed(path, made);
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw new UserError({ zh: `無法寫入「${shown}」。`, en: `"${shown}" cannot be written.` });
  }
}

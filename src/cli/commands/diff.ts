// `servicebook diff [FROM] [TO]`: what changed between two editions, by meaning, and what it means for the citizen. Writes
// nothing but the file that is asked for.
import type { Command } from 'commander';
import type { Terminal } from '../../core/terminal.js';
import { compare } from '../../revision/compare.js';
import { editionsOf, sideNamed, sideNow } from '../../revision/editions.js';
import { asJson, asText } from '../../revision/report.js';

type Options = { content: string; format: string; exitCode?: boolean };

export default function diff(program: Command, terminal: Terminal): void {
  const zh = terminal.lang === 'zh';
  program
    .command('diff')
    .argument(
      '[from]',
      zh
        ? '舊的一邊：git 的版本（標籤、分支、提交）或內容資料夾'
        : 'the old side: a revision of git (tag, branch, commit) or a content folder',
      'HEAD',
    )
    .argument('[to]', zh ? '新的一邊；未寫則為現在的內容' : 'the new side; the content as it is now when omitted')
    .summary(
      zh
        ? '兩個版本之間改了什麼、對民眾是加重還是減輕'
        : 'tell what changed between two editions, and whether it is heavier for the citizen',
    )
    .option('--content <dir>', zh ? '內容資料夾' : 'content folder', 'content')
    .option('--format <format>', zh ? '格式：text 或 json' : 'format: text or json', 'text')
    .option('--exit-code', zh ? '有變更時以 1 結束' : 'exit with 1 where something has changed')
    .action(async (from: string, to: string | undefined, { content, format, exitCode }: Options) => {
      const { lang, cwd, env } = terminal;
      const place = { cwd, env };
      const before = await sideNamed(from, content, place);
      const after = to === undefined ? await sideNow(content, place) : await sideNamed(to, content, place);
      const [old, fresh] = await editionsOf(before, after);
      const revision = compare(old, fresh);
      const names = { before: before.name, after: after.name };
      terminal.out(format === 'json' ? asJson(revision, names) : asText(revision, names, lang));
      if (exitCode && revision.subjects.length > 0) terminal.exitCode = 1;
    });
}

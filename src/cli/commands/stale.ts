// `servicebook stale FILE…|CODE…`: whether a printed sheet is current and what has changed since. Writes nothing.
import type { Command } from 'commander';
import type { Terminal } from '../../core/terminal.js';
import { formatOption } from '../program.js';

type Options = { content: string; format: 'text' | 'json' };

export default function stale(program: Command, terminal: Terminal): void {
  const zh = terminal.lang === 'zh';
  program
    .command('stale')
    .argument(
      '<sheets...>',
      zh
        ? '編印的檔案（PDF、SVG、PNG、網頁、Mermaid）、放這些檔案的資料夾，或紙上的查驗碼'
        : 'files that were built (PDF, SVG, PNG, HTML, Mermaid), folders that hold them, or the check code on the paper',
    )
    .summary(zh ? '查印出去的海報、告知單是否仍為現行' : 'tell whether a printed sheet is still current')
    .option('--content <dir>', zh ? '內容資料夾' : 'content folder', 'content')
    .addOption(formatOption(zh))
    .addHelpText(
      'after',
      zh
        ? '\n查驗碼印在頁尾，大小寫、全形半形都可以，前面可以加服務編號。\n\n範例：\n  servicebook stale out/posters/objection.pdf\n  servicebook stale out\n  servicebook stale 7K3M-9QXR\n  servicebook stale objection-7K3M-9QXR --format json\n\n資料夾裡不是本程式印的檔案只列出一次，不影響結束碼。\n結束碼：0 都是現行、1 有過期的、2 有不是本程式印的、是別的機關的，或查驗碼有誤'
        : '\nThe check code stands at the foot; case does not matter, and the id of the service may stand before it.\n\nExamples:\n  servicebook stale out/posters/objection.pdf\n  servicebook stale out\n  servicebook stale 7K3M-9QXR\n  servicebook stale objection-7K3M-9QXR --format json\n\nFiles in a folder that this program did not make are listed once and do not change the exit code.\nExit code: 0 all are current, 1 some are outdated, 2 some are not ours or of another office, or a code is mistyped',
    )
    .action(async (sheets: string[], { content, format }: Options) => {
      const { lang } = terminal;
      const [{ askAbout, exitCodeOf }, { asJson, asText }] = await Promise.all([
        import('../../build/stale.js'),
        import('../../build/stale-report.js'),
      ]);
      const { answers, context } = await askAbout(sheets, { ...terminal, content });
      terminal.out((format === 'json' ? asJson : asText)(answers, context, lang));
      terminal.exitCode = exitCodeOf(answers);
    });
}

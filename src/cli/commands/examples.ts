// `servicebook examples [SERVICE]`: which worked examples are there, what they do not reach, and proposals for it.
import type { Command } from 'commander';
import type * as Examples from '../../content/answer/examples.js';
import type { Service } from '../../content/schema/service.js';
import { counted, type Terminal } from '../../core/terminal.js';

export default function examples(program: Command, terminal: Terminal): void {
  const zh = terminal.lang === 'zh';
  program
    .command('examples')
    .argument(
      '[service]',
      zh ? '服務編號或名稱；未寫則列出全部服務的情況' : 'id or name of a service; all are summed up when omitted',
    )
    .summary(
      zh
        ? '列出情境沒有走到的條件，並提出缺少的情境'
        : 'tell what worked examples do not reach, and propose those missing',
    )
    .option('--content <dir>', zh ? '內容資料夾' : 'content folder', 'content')
    .addHelpText(
      'after',
      zh
        ? '\n提出的情境由內容算出，不能當作依據：逐項對照來源後，再貼到服務檔的「情境:」之下。\n\n範例：\n  servicebook examples\n  servicebook examples objection'
        : '\nWhat is proposed was computed from the content and proves nothing: hold each line against its source, then put it below 情境: in the file of the service.\n\nExamples:\n  servicebook examples\n  servicebook examples objection',
    )
    .action(async (name: string | undefined, { content }: { content: string }) => {
      const [{ openProject }, { serviceNamed }, answers] = await Promise.all([
        import('../../build/project.js'),
        import('../../build/service-named.js'),
        import('../../content/answer/examples.js'),
      ]);
      const { handbook } = await openProject({ folder: content, cwd: terminal.cwd }).read();
      if (name === undefined) {
        for (const service of handbook.services) terminal.out(summary(answers, service, zh));
        return;
      }
      const service = serviceNamed(name, handbook.services);
      terminal.err(summary(answers, service, zh));
      const missing = answers.proposed(service);
      if (missing.length === 0) return;
      terminal.out(
        zh
          ? '# 由內容算出，尚未核對：逐項對照來源後，刪去這一行，貼到「情境:」之下。\n'
          : '# Computed from the content, looked through by nobody: hold each line against its source before it goes below 情境:.\n',
      );
      for (const each of missing) terminal.out(answers.exampleYaml(service, each));
    });
}

function summary({ judged, unreached }: typeof Examples, service: Service, zh: boolean): string {
  const all = judged(service);
  const wrong = all.filter(({ faults, differences }) => faults.length + differences.length > 0).length;
  const open = unreached(service, all);
  const names = open.map(({ name }) => (zh ? `「${name}」` : `"${name}"`)).join(zh ? '' : ', ');
  return zh
    ? `${service.id}：${all.length} 個情境，${wrong} 個不符${open.length === 0 ? '，全部走到' : `；沒有走到 ${open.length} 項：${names}`}。\n`
    : `${service.id}: ${counted(all.length, 'example')}, ${wrong} not as computed${open.length === 0 ? ', everything reached' : `; ${open.length} not reached: ${names}`}.\n`;
}

// `servicebook notice SERVICE`: the one-time notice of one case, with only what applies to it.
import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import type { Given } from '../../content/answer/given.js';
import { type Terminal, UserError } from '../../core/terminal.js';
import { notWritten, writeNamed } from '../../core/write-file.js';

type Options = {
  content: string;
  out?: string;
  variant?: string;
  applicant?: string;
  agent?: string;
  channel?: string;
  case?: string;
  if?: string[];
  not?: string[];
  quantity?: string[];
  restNo?: boolean;
  date?: string;
  missing?: string[];
  copies?: '1' | '2';
  lang?: string;
  browser?: string;
};

export default function notice(program: Command, terminal: Terminal): void {
  const zh = terminal.lang === 'zh';
  const say = (chinese: string, english: string): string => (zh ? chinese : english);
  program
    .command('notice')
    .argument('<service>', say('服務編號或名稱', 'id or name of a service'))
    .summary(say('印一個人的一次告知單：只有他的情形', 'print the one-time notice of one case'))
    .option('--content <dir>', say('內容資料夾', 'content folder'), 'content')
    .option('--out <file>', say('PDF 檔名；未寫則為 notice-服務編號.pdf', 'the PDF; notice-SERVICE.pdf when omitted'))
    .addOption(once('--variant <name>', say('哪一個子項目', 'which sub-service')))
    .addOption(once('--applicant <name>', say('哪一種申請人', 'which applicant')))
    .addOption(once('--agent <name>', say('由誰代理；本人申請寫「本人」', 'who acts; 本人 for the applicant himself')))
    .addOption(once('--channel <name>', say('哪一種申請方式', 'which channel')))
    .addOption(once('--case <name>', say('哪一種案件', 'which kind of case')))
    .option(
      '--if <conditions...>',
      say('符合的情形，用內容裡的字', 'conditions that hold, in the words of the content'),
    )
    .option('--not <conditions...>', say('不符合的情形', 'conditions that do not hold'))
    .option('--quantity <name=number...>', say('數量，例如 "複製（A3）=2"', 'how many, such as "複製（A3）=2"'))
    .option('--rest-no', say('其餘情形都不符合，其餘數量都是 0', 'nothing else holds, and none of anything else'))
    .addOption(once('--date <day>', say('告知日期；未寫即今天', 'day of the notice; today when omitted')))
    .option(
      '--missing <name=reason...>',
      say('缺少的證件與原因，例如 "委任書=未簽名"', 'missing documents, such as "委任書=未簽名"'),
    )
    .addOption(new Option('--copies <number>', say('印幾聯', 'copies')).choices(['1', '2']))
    .option('--lang <languages>', say('列印的語言，例如 zh,en', 'language of print, such as zh,en'))
    .option('--browser <path>', say('用這個瀏覽器編印', 'print with this browser'))
    .addHelpText(
      'after',
      say(
        '\n還缺什麼、可以選什麼，沒寫齊時會說明，並且不印任何東西。\n\n範例：\n  servicebook notice objection --channel 書面\n  servicebook notice instalments --if 公司申請時 --rest-no --missing "公司登記資料=已逾期"',
        '\nWhat is still needed, and what may be chosen, is told; then nothing is printed.\n\nExamples:\n  servicebook notice objection --channel 書面\n  servicebook notice instalments --if 公司申請時 --rest-no --missing "公司登記資料=已逾期"',
      ),
    )
    .action(async (service: string, _: unknown, self: Command) => {
      // The language of print is read wherever it stands.
      const options = self.optsWithGlobals<Options>();
      const { cwd, env, root, leaving } = terminal;
      const { content, lang, browser, copies, out } = options;
      if (out !== undefined && !/\.pdf$/i.test(out))
        throw new UserError({
          zh: `--out「${out}」應為 PDF 檔名，例如 notice.pdf。`,
          en: `--out "${out}" must name a PDF, such as notice.pdf.`,
        });
      const { dayOn, printCaseNotice } = await import('../../build/case-notice.js');
      const bytes = await printCaseNotice(
        {
          service,
          given: givenIn(options),
          restNo: options.restNo === true,
          day: dayOn(new Date()),
          missing: (options.missing ?? []).map(parted),
        },
        {
          content,
          cwd,
          env,
          root,
          leaving,
          ...(lang === undefined ? {} : { lang }),
          ...(browser === undefined ? {} : { browser }),
          ...(copies === undefined ? {} : { copies: copies === '1' ? 1 : 2 }),
        },
      );
      const file = out ?? `notice-${service.replace(/[^\p{L}\p{N}_-]/gu, '')}.pdf`;
      await writeNamed(resolve(cwd, file), bytes).catch((error: unknown) => {
        throw notWritten(error, file);
      });
      terminal.err(zh ? `已印出 ${file}。\n` : `${file} was printed.\n`);
    });
}

/** An option that says one thing: two of it exclude each other, and the last is not quietly the one that counts. */
const once = (flags: string, description: string): Option =>
  new Option(flags, description).argParser((value: string, before: string | undefined) => {
    if (before === undefined) return value;
    const name = flags.replace(/ .*/, '');
    throw new UserError({
      zh: `${name} 寫了兩次：「${before}」與「${value}」互相排斥，留下一個。`,
      en: `${name} is given twice: "${before}" and "${value}" exclude each other; keep one.`,
    });
  });

/** 「委任書=未簽名」. */
function parted(written: string): { name: string; reason: string } {
  const [, name = written, reason = ''] = /^(.+?)[=＝](.*)$/.exec(written) ?? [];
  return { name, reason };
}

function givenIn({
  variant,
  applicant,
  agent,
  channel,
  case: of,
  if: conditions,
  not,
  quantity,
  date,
}: Options): Given {
  return {
    ...(variant === undefined ? {} : { variant }),
    ...(applicant === undefined ? {} : { applicant }),
    ...(agent === undefined ? {} : { representation: agent }),
    ...(channel === undefined ? {} : { channel }),
    ...(of === undefined ? {} : { case: of }),
    conditions: conditions ?? [],
    not: not ?? [],
    quantities: (quantity ?? []).map((each) => {
      const { name, reason } = parted(each);
      return { name, number: reason };
    }),
    ...(date === undefined ? {} : { date }),
  };
}

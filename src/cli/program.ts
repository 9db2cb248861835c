// Mounts every command and says in the user's language what is wrong with the arguments.
import { type Argument, Command, Help, Option } from 'commander';
import { nearest } from '../core/nearest.js';
import { loadFolder, programVersion } from '../core/program-files.js';
import type { Say } from '../core/source.js';
import { type Terminal, UserError } from '../core/terminal.js';
import { takeSettings } from './settings.js';

type Mount = (program: Command, terminal: Terminal) => void | Promise<void>;

/** `asked`: when it names a command, only that command is loaded: lint need not wait for what build imports. */
export async function programFor(terminal: Terminal, asked: string | undefined): Promise<Command> {
  const zh = terminal.lang === 'zh';
  const program = new Command('servicebook')
    .description(
      zh
        ? '為民服務文件工具：由同一份內容編印服務手冊、海報、一次告知單與流程圖，並檢查每項服務是否寫明應備證件、規費、時限與審核權責。'
        : 'Service-standard documents from one source: handbook, posters, one-time notices and flowcharts, and the check that every service declares its documents, fee, deadline and authority.',
    )
    .version(programVersion(), '-V, --version', zh ? '顯示版本' : 'print the version')
    .helpOption('-h, --help', zh ? '顯示說明' : 'print help')
    .helpCommand('help [command]', zh ? '顯示指令的說明' : 'print help for a command')
    .option(
      '--ui-lang <lang>',
      zh ? '畫面訊息的語言：zh、en（未寫則依系統）' : 'language of messages: zh, en (that of the system when omitted)',
    )
    .option('-q, --quiet', zh ? '不顯示進度與警告，只顯示錯誤與結果' : 'say nothing but errors and what was asked for')
    .option('--verbose', zh ? '多說明做了什麼、花多少時間' : 'say more of what is done and how long it takes')
    // The language of print belongs to few commands; wherever it stands it is read, and told where it has no use.
    .addOption(new Option('--lang <lang>').hideHelp())
    .hook('preAction', async (_, command) => {
      if (program.getOptionValue('lang') !== undefined && !command.options.some(({ long }) => long === '--lang'))
        throw new UserError({
          zh: `--lang 是列印的語言，${command.name()} 不列印；畫面訊息的語言用 --ui-lang。`,
          en: `--lang is the language of print, and ${command.name()} prints nothing; the language of messages is --ui-lang.`,
        });
      refuseEmpty(command);
      await takeSettings(command, terminal);
    })
    .showHelpAfterError(false)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal.out(text),
      writeErr: (text) => terminal.err(text),
    })
    .configureHelp({
      showGlobalOptions: true,
      styleTitle: (title) => (zh ? (TITLES[title] ?? title) : title),
      ...(zh ? { optionDescription: inChinese, argumentDescription: inChinese } : {}),
    })
    .addHelpText(
      'after',
      zh
        ? '\n範例：\n  servicebook init office        建立一份範例內容\n  servicebook lint               檢查 content/\n  servicebook build              編印全部到 out/\n  servicebook build posters --paper A1\n  servicebook build notices --service objection'
        : '\nExamples:\n  servicebook init office        make an example office\n  servicebook lint               check content/\n  servicebook build              make everything in out/\n  servicebook build posters --paper A1\n  servicebook build notices --service objection',
    );
  const mounts = await loadFolder<Mount>('cli/commands', asked);
  const [helped] = asked === 'help' ? terminal.args.slice(1).filter((each) => !each.startsWith('-')) : [];
  if (helped !== undefined && helped !== 'help' && !mounts.has(helped)) throw unknown(helped, [...mounts.keys()]);
  for (const mount of mounts.values()) await mount(program, terminal);
  for (const command of program.commands) {
    command
      .copyInheritedSettings(program)
      .exitOverride()
      .helpOption('-h, --help', zh ? '顯示說明' : 'print help');
    saysWhatIsWrong(command, terminal);
  }
  saysWhatIsWrong(program, terminal);
  program.action((_, command: Command) => {
    const [name] = command.args;
    if (name === undefined) {
      program.outputHelp();
      terminal.exitCode = 2;
      return;
    }
    throw unknown(name, [...mounts.keys()]);
  });
  program.allowExcessArguments();
  return program;
}

function unknown(name: string, commands: readonly string[]): UserError {
  const near = nearest(name, commands);
  return new UserError({
    zh: `沒有「${name}」這個指令。${near ? `是不是要用「${near}」？` : `可用的指令：${commands.join('、')}。`}`,
    en: `There is no command "${name}". ${near ? `Did you mean "${near}"?` : `Commands: ${commands.join(', ')}.`}`,
  });
}

/** What is named with nothing is a slip, as of a variable that is not set: it would stand for the folder one is in. */
function refuseEmpty(command: Command): void {
  const isEmpty = (value: unknown): boolean => value === '' || (Array.isArray(value) && value.some(isEmpty));
  const option = command.options.find((each) => isEmpty(command.getOptionValue(each.attributeName())));
  if (option)
    throw new UserError({
      zh: `選項「${option.long}」之後是空的；請寫內容，或不寫這個選項。`,
      en: `The option "${option.long}" is given nothing; give it a value, or leave it out.`,
    });
  if (isEmpty(command.processedArgs))
    throw new UserError({
      zh: `「${command.name()}」之後有一個參數是空的；請寫內容，或不寫。`,
      en: `An argument of "${command.name()}" is empty; give it a value, or leave it out.`,
    });
}

/** How a command reports, for those that know these two ways. */
export const formatOption = (zh: boolean): Option =>
  new Option('--format <format>', zh ? '報告格式：text 或 json' : 'report format: text or json')
    .choices(['text', 'json'])
    .default('text');

/** What Commander adds to a description in English: what may be written, and what holds when nothing is. */
function inChinese({ description, argChoices, defaultValue }: Option | Argument): string {
  const more = [
    ...(argChoices && !argChoices.every((choice) => description.includes(choice))
      ? [`可用：${argChoices.join('、')}`]
      : []),
    ...(typeof defaultValue === 'string' ? [`未寫則為 ${defaultValue}`] : []),
  ];
  return more.length > 0 ? `${description}（${more.join('；')}）` : description;
}

const TITLES: Record<string, string> = {
  'Usage:': '用法：',
  'Arguments:': '參數：',
  'Options:': '選項：',
  'Global Options:': '共用選項：',
  'Commands:': '指令：',
};

/** Commander speaks English only: its complaints become ours. */
function saysWhatIsWrong(command: Command, terminal: Terminal): void {
  command.error = ((message: string, options?: { code?: string }): never => {
    const named = /'([^']+)'/.exec(message)?.[1] ?? '';
    const flags = new Help().visibleOptions(command).map((option) => option.long ?? option.short ?? '');
    const near = nearest(named.replace(/=.*/, ''), flags);
    const help: Say = {
      zh: `用「servicebook ${command.name() === 'servicebook' ? '' : `${command.name()} `}--help」看說明。`,
      en: `See "servicebook ${command.name() === 'servicebook' ? '' : `${command.name()} `}--help".`,
    };
    const say = ((): Say => {
      switch (options?.code) {
        case 'commander.unknownOption':
          return {
            zh: `不認得選項「${named}」。${near ? `是不是要用「${near}」？` : ''}${help.zh}`,
            en: `Unknown option "${named}". ${near ? `Did you mean "${near}"? ` : ''}${help.en}`,
          };
        case 'commander.optionMissingArgument':
          return {
            zh: `選項「${named}」之後要寫內容。${help.zh}`,
            en: `The option "${named}" needs a value. ${help.en}`,
          };
        case 'commander.invalidArgument': {
          const [, given = '', argument, choices] =
            /(?:argument|value) '(.*)' is invalid(?: for argument '(.*)')?\.(?: Allowed choices are (.*)\.)?/.exec(
              message,
            ) ?? [];
          const option = argument ? `<${argument}>` : named.replace(/ .*/, '');
          const meant = choices && nearest(given, choices.split(', '));
          return {
            zh: `${argument ? '參數' : '選項'}「${option}」不能寫「${given}」${choices ? `，可用：${choices.replaceAll(', ', '、')}` : ''}。${meant ? `是不是要寫「${meant}」？` : ''}${help.zh}`,
            en: `The ${argument ? 'argument' : 'option'} "${option}" cannot be "${given}"${choices ? `; expected one of: ${choices}` : ''}. ${meant ? `Did you mean "${meant}"? ` : ''}${help.en}`,
          };
        }
        case 'commander.missingMandatoryOptionValue':
          return {
            zh: `少了選項「${named}」。${help.zh}`,
            en: `The option "${named}" is needed. ${help.en}`,
          };
        case 'commander.missingArgument':
          return { zh: `少了「${named}」。${help.zh}`, en: `"${named}" is missing. ${help.en}` };
        case 'commander.excessArguments':
          return { zh: `多寫了不需要的參數。${help.zh}`, en: `Too many arguments. ${help.en}` };
        default:
          return {
            zh: `${message.replace(/^error: /, '')}。${help.zh}`,
            en: `${message.replace(/^error: /, '')} ${help.en}`,
          };
      }
    })();
    terminal.exitCode = 2;
    throw new UserError(say);
  }) as Command['error'];
}

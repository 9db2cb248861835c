// `servicebook new NAME`: a service file of the usual fields, filled in with what is answered.
import { access, mkdir, writeFile } from 'node:fs/promises';
import { isAbsolute, join, relative, resolve } from 'node:path';
import type { Command } from 'commander';
import type { Content } from '../../content/read.js';
import type { UsualField } from '../../content/starters.js';
import type { Say } from '../../core/source.js';
import { type Terminal, UserError } from '../../core/terminal.js';
import { answersTo, isAsked, type Question } from '../questions.js';

type Options = { title?: string; content: string; full?: true; like?: string; ask?: true };

export default function create(program: Command, terminal: Terminal): void {
  const zh = terminal.lang === 'zh';
  program
    .command('new')
    .argument(
      '<name>',
      zh ? '服務編號，也是檔名（英文小寫、數字、-）' : 'id of the service and name of its file (a-z, 0-9, -)',
    )
    .summary(
      zh ? '建立一個服務檔：問幾個問題，寫好常用的十二項' : 'make a service file: a few questions, twelve usual fields',
    )
    .option('--title <title>', zh ? '服務名稱' : 'name of the service')
    .option('--full', zh ? '全部的項目，每項附說明' : 'every field, explained')
    .option('--like <id>', zh ? '照另一項服務寫' : 'as another service')
    .option('--ask', zh ? '逐項詢問，答案一行一個（可由管線輸入）' : 'ask, a line each; a pipe may answer')
    .option('--content <dir>', zh ? '內容資料夾' : 'content folder', 'content')
    .addHelpText(
      'after',
      `${zh ? '\n範例：' : '\nExamples:'}\n  servicebook new address-change --title 變更送達地址\n  servicebook new address-change --like objection\n  servicebook new address-change --ask < answers.txt`,
    )
    .action(async (name: string, options: Options) => {
      const { content: folderName } = options;
      if (!/^[a-z0-9][a-z0-9_-]*$/.test(name))
        throw new UserError({
          zh: `服務編號「${name}」應由英文小寫字母、數字與「-」組成；中文名稱請用 --title。`,
          en: `The id "${name}" may have a-z, 0-9 and "-" only; give the Chinese name with --title.`,
        });
      const folder = resolve(terminal.cwd, folderName);
      const shown = (path: string): string => (isAbsolute(folderName) ? path : relative(terminal.cwd, path)) || '.';
      await access(folder).catch(() => {
        throw new UserError({
          zh: `找不到內容資料夾「${folderName}」。先用「servicebook init」建立，或以 --content 指定。`,
          en: `There is no content folder "${folderName}". Make one with "servicebook init" or name it with --content.`,
        });
      });
      const { read } = await import('../../content/read.js');
      // Beside content of a later format an example of this one would be out of place.
      const content = read(folderName, terminal.cwd);
      const { schemaLine, writeSchemas } = await import('../../editor/schema-files.js');
      const paths = ['yaml', 'md'].map((end) => join(folder, 'services', `${name}.${end}`));
      const there = await Promise.all(
        paths.map((path) =>
          access(path).then(
            () => path,
            () => undefined,
          ),
        ),
      );
      const existing = there.find((path) => path !== undefined);
      if (existing) throw alreadyThere(shown(existing));
      const { ending, text } = await newService(terminal, options, content);
      const file = `services/${name}.${ending}`;
      const path = join(folder, 'services', `${name}.${ending}`);
      await mkdir(join(folder, 'services'), { recursive: true });
      try {
        await writeFile(
          path,
          (ending === 'yaml' && !text.startsWith('# yaml-language-server') ? schemaLine(file) : '') + text,
          {
            flag: 'wx',
          },
        );
        await writeSchemas(folder);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
        throw alreadyThere(shown(path));
      }
      terminal.out(
        zh
          ? `已建立 ${shown(path)}。填好後，把編號「${name}」加進 handbook.yaml 的「服務類別」，再執行 servicebook lint。\n`
          : `Made ${shown(path)}. Fill it in, add "${name}" to a category of handbook.yaml, then run servicebook lint.\n`,
      );
    });
}

const alreadyThere = (path: string): UserError =>
  new UserError({
    zh: `「${path}」已經存在，沒有更動。`,
    en: `"${path}" exists already; it was not changed.`,
  });

/** The text of the file, and what its name ends with. */
async function newService(
  terminal: Terminal,
  { title, full, like, ask }: Options,
  content: Content,
): Promise<{ ending: 'yaml' | 'md'; text: string }> {
  const { exampleOfField, serviceLike, usualService } = await import('../../content/starters.js');
  if (like !== undefined) {
    const stem = (path: string): string => path.replace(/^.*\//, '').replace(/\.(ya?ml|md)$/i, '');
    const model = content.services.find(({ path }) => stem(path) === like);
    if (!model)
      throw noSuchService(
        like,
        content.services.map(({ path }) => stem(path)),
      );
    const ending = /\.md$/i.test(model.path) ? 'md' : 'yaml';
    return { ending, text: serviceLike(model.path, model.text, title ?? NAMELESS) };
  }
  if (full) {
    const { blankService } = await import('../../content/scaffold.js');
    return { ending: 'yaml', text: blankService(title ?? NAMELESS) };
  }
  const answers = new Map<string, string>(title === undefined ? [] : [['name', title]]);
  if (ask || isAsked(terminal)) {
    const { parse } = await import('../../content/parse.js');
    const wrong = (key: UsualField) => (answer: string) => {
      const text = usualService(
        new Map([
          ['name', NAMELESS],
          [key, answer],
        ]),
      );
      const found = parse({ ...content, services: [{ path: ASKED_AT, text }], chapters: [], translations: [] }).faults;
      const fault = found.find(({ span }) => span.source.path === ASKED_AT);
      return fault && joined(fault.message, fault.hint);
    };
    const asked = QUESTIONS.filter(([key]) => !answers.has(key));
    const questions = asked.map(([key, say]): Question => {
      const example = exampleOfField(key);
      return {
        key,
        ask: example ? { zh: `${say.zh}（例如 ${example}）`, en: `${say.en} (such as ${example})` } : say,
        wrong: wrong(key),
      };
    });
    for (const [key, answer] of await answersTo(terminal, questions)) answers.set(key, answer);
  }
  return { ending: 'yaml', text: usualService(new Map([['name', NAMELESS], ...answers])) };
}

const NAMELESS = '新服務';
/** Where an answer stands while it is tried. */
const ASKED_AT = 'services/asked.yaml';
const joined = (message: Say, hint: Say | undefined): Say => ({
  zh: `${message.zh}${hint?.zh ?? ''}`,
  en: `${message.en}${hint ? ` ${hint.en}` : ''}`,
});

const noSuchService = (like: string, ids: readonly string[]): UserError =>
  new UserError({
    zh: `沒有編號為「${like}」的服務。可用的：${ids.join('、') || '（尚無）'}。`,
    en: `There is no service "${like}". There are: ${ids.join(', ') || 'none yet'}.`,
  });

/** What is asked, in the order of a form. */
const QUESTIONS: readonly (readonly [UsualField, Say])[] = [
  ['name', { zh: '服務名稱', en: 'Name of the service' }],
  ['applicant', { zh: '誰可以申請', en: 'Who may apply' }],
  ['documents', { zh: '要帶什麼證件；不用帶寫「無」', en: 'What to bring; 無 for nothing' }],
  ['fee', { zh: '要多少錢；不收錢寫「免費」', en: 'What it costs; 免費 for nothing' }],
  ['deadline', { zh: '多久辦好；當場辦好寫「隨到隨辦」', en: 'How long it takes; 隨到隨辦 for at once' }],
  ['authority', { zh: '誰核定', en: 'Who decides' }],
  ['procedure', { zh: '怎麼辦，用「→」分開', en: 'The steps, parted by →' }],
];

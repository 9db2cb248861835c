// `servicebook stale FILE…|CODE…`: whether a printed sheet is current and what has changed since. Writes nothing.
import { existsSync } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join, relative, resolve, sep } from 'node:path';
import type { Command } from 'commander';
import { compile } from '../../build/api.js';
import { nearest } from '../../content/schema/tree.js';
import { html } from '../../core/html.js';
import { loadFolder } from '../../core/program-files.js';
import type { Lang, Say } from '../../core/source.js';
import { counted, type Terminal, UserError, visible } from '../../core/terminal.js';
import { contextOf, type RenderContext } from '../../document/context.js';
import { readCode, readDeclaration, type Stamp } from '../../document/declaration.js';
import { declaredInFile } from '../../document/declaration-in-file.js';
import type { Output } from '../../document/output.js';
import { changeText, type Outputs, type Verdict, verdictOn, verdictOnCode, wordsIn } from '../../document/staleness.js';
import { dayIn } from '../../document/words.js';
import { formatOption } from '../program.js';

type Options = { content: string; format: 'text' | 'json' };
/**
 * `input`: the file, or the code as it was typed. What is not ours, or cannot be read, has a reason in place of a verdict.
 * `beside`: it was found in a folder, where much may lie that nobody asked about.
 */
type Answer = { input: string; beside?: true } & ({ verdict: Verdict } | { foreign: Say });

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
    .action(async (sheets: string[], options: Options) => {
      const print = options.format === 'json' ? asJson : asText;
      const edition = await compile(options.content, { cwd: terminal.cwd });
      const context = contextOf({ ...edition, charts: new Map(), lang: 'zh', prose: () => html`` });
      const word = wordsIn(edition.templates.words[terminal.lang] ?? {}, terminal.lang);
      const all = await loadFolder<Output>('outputs');
      const outputs: Outputs = new Map(
        [...all].map(([id, { summary, declares }]) => [
          id,
          { name: summary[terminal.lang].replace(/[：:（(].*$/, '').trim(), declares },
        ]),
      );
      const answers: Answer[] = [];
      for (const input of inputsIn(sheets, terminal.cwd)) {
        const code = 'code' in input ? readCode(input.code) : undefined;
        if (code) answers.push({ input: input.text, verdict: verdictOnCode(context, code, outputs) });
        else if ('code' in input) answers.push({ input: input.text, foreign: mistyped(context, input.text) });
        else
          for (const { file, beside } of await filesIn(input.path, terminal.cwd)) {
            if (terminal.signal.aborted) throw new Error('interrupted');
            const found = beside && !OURS.test(file) ? NOT_OURS : await stampIn(resolve(terminal.cwd, file));
            answers.push({
              input: file,
              ...(beside ? { beside } : {}),
              ...('stamp' in found ? { verdict: verdictOn(context, found.stamp, outputs, word) } : found),
            });
          }
      }
      terminal.out(print(answers, context, terminal.lang));
      terminal.exitCode = answers.reduce((worst, each) => Math.max(worst, exitCodeOf(each)), 0);
    });
}

function exitCodeOf(answer: Answer): number {
  if ('foreign' in answer || answer.verdict.state === 'elsewhere') return answer.beside ? 0 : 2;
  return answer.verdict.state === 'current' ? 0 : 1;
}

/** A file as it is named, or the files in a folder and in those below it; links and hidden ones are passed over. */
async function filesIn(path: string, cwd: string): Promise<{ file: string; beside?: true }[]> {
  const full = resolve(cwd, path);
  const shown = (file: string): string => relative(cwd, file).split(sep).join('/') || '.';
  if (!(await stat(full)).isDirectory()) return [{ file: shown(full) }];
  const entries = await readdir(full, { withFileTypes: true, recursive: true });
  const isHidden = (file: string): boolean =>
    relative(full, file)
      .split(sep)
      .some((name) => name.startsWith('.'));
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !isHidden(file))
    .sort();
  if (files.length === 0)
    throw new UserError({ zh: `資料夾「${path}」裡沒有檔案。`, en: `The folder "${path}" holds no file.` });
  return files.map((file) => ({ file: shown(file), beside: true }));
}

type Input = { text: string } & ({ path: string } | { code: string });

/** A code may be typed with a space, and behind the id of its service: 「objection 7K3M 9QX2」 is one. */
function inputsIn(typed: readonly string[], cwd: string): Input[] {
  const inputs: Input[] = [];
  const isFile = (text: string): boolean => existsSync(resolve(cwd, text));
  for (let i = 0; i < typed.length; ) {
    const text = typed[i] as string;
    const parts = [1, 2, 3].find(
      (n) => i + n <= typed.length && !isFile(text) && readCode(typed.slice(i, i + n).join(' ')) !== undefined,
    );
    const joined = typed.slice(i, i + (parts ?? 1)).join(' ');
    inputs.push(isFile(text) ? { text, path: text } : { text: joined, code: joined });
    i += parts ?? 1;
  }
  return inputs;
}

/** What a build writes; in a folder, other files are not looked into. */
const OURS = /\.(pdf|svg|png|mmd|html)$/i;
const NOT_OURS = {
  foreign: {
    zh: '檔案裡沒有本程式的紀錄：不是本程式印的，或經別的程式重新存過。請改輸入紙上的查驗碼。',
    en: 'The file holds no record of this program: it was not made by it, or another program saved it anew. Type the check code on the paper.',
  },
};

async function stampIn(path: string): Promise<{ stamp: Stamp } | { foreign: Say }> {
  const bytes = await readFile(path).catch(() => undefined);
  if (!bytes) return { foreign: { zh: '檔案無法讀取。', en: 'The file cannot be read.' } };
  let declares: string | undefined;
  if (bytes.subarray(0, 1024).includes('%PDF-')) {
    const { declaredIn, loadPdf } = await import('../../pdf/finish.js');
    const pdf = await loadPdf(bytes).catch(() => undefined);
    if (!pdf) return { foreign: { zh: '這個 PDF 檔已損壞。', en: 'This PDF is broken.' } };
    declares = declaredIn(pdf);
  } else if (/\.pdf$/i.test(path))
    return { foreign: { zh: '不是 PDF 檔，或檔案已損壞。', en: 'This is no PDF, or it is broken.' } };
  else declares = declaredInFile(bytes);
  const stamp = readDeclaration(declares ?? '');
  if (stamp === 'newer')
    return {
      foreign: {
        zh: '這個檔案是較新版本的 servicebook 編印的，本版看不懂它的紀錄。請更新 servicebook 再查。',
        en: 'A newer version of servicebook made this file, and this one cannot read its record. Update servicebook and ask again.',
      },
    };
  if (stamp) return { stamp };
  return NOT_OURS;
}

function mistyped(context: RenderContext, text: string): Say {
  if (/[/\\]|\.(pdf|svg|png|mmd|html)$/i.test(text)) return { zh: '找不到這個檔案。', en: 'There is no such file.' };
  const ids = context.services.map(({ id }) => id);
  const near = ids.includes(text) ? text : nearest(text, ids);
  return {
    zh: `不是檔案，也不是正確的查驗碼；查驗碼是紙上頁尾的 8 個字，例如 7K3M-9QXR，請再對一次。${near ? `（服務編號「${near}」之後要接查驗碼。）` : ''}`,
    en: `This is no file and no check code; a check code is the 8 signs at the foot of the paper, such as 7K3M-9QXR. Please compare them again.${near ? ` (The code follows the service id "${near}".)` : ''}`,
  };
}

// ---------------------------------------------------------------- the report

type Print = (answers: readonly Answer[], context: RenderContext, lang: Lang) => string;

/** So many of the files that are not ours are named. */
const NAMED = 10;

const asText: Print = (answers, context, lang) => {
  const zh = lang === 'zh';
  // What else lies in a folder is nobody's question: told once, and last.
  const others = answers.filter((answer) => answer.beside && 'foreign' in answer);
  const told = answers
    .filter((answer) => !others.includes(answer))
    .map((answer) => {
      const lines = 'foreign' in answer ? [answer.foreign[lang]] : linesOf(answer.verdict, context, lang);
      const [first, ...rest] = lines;
      return `${visible(answer.input)}${zh ? '：' : ': '}${visible(first ?? '')}\n${rest.map((line) => `  ${visible(line)}\n`).join('')}`;
    });
  if (others.length === 0) return told.join('');
  const first = others.slice(0, NAMED).map(({ input }) => visible(input));
  const names = [...first, ...(others.length > NAMED ? ['…'] : [])].join(zh ? '、' : ', ');
  return `${told.join('')}${
    zh
      ? `另有 ${others.length} 個檔案不是本程式編印的：${names}\n`
      : `Not made by this program: ${counted(others.length, 'file')}: ${names}\n`
  }`;
};

const asJson: Print = (answers, _, lang) =>
  `${JSON.stringify(
    answers.map((answer) =>
      'foreign' in answer
        ? { input: answer.input, state: 'foreign', message: answer.foreign[lang] }
        : {
            input: answer.input,
            ...answer.verdict,
            changes: answer.verdict.changes.map((change) => ({ ...change, message: changeText(change)[lang] })),
          },
    ),
    null,
    2,
  )}\n`;

/** What the sheet is and whether it is current; below it what has changed, service by service where there are several. */
function linesOf(verdict: Verdict, context: RenderContext, lang: Lang): string[] {
  const zh = lang === 'zh';
  const { state, name, id, office, edition, date, draft, final, changes, revisions } = verdict;
  const { book } = context.handbook;
  const dayOf = (iso: string | undefined): string => (iso === undefined ? '' : dayIn(lang, iso));
  const listed = (texts: readonly (string | undefined)[]): string => texts.filter(Boolean).join(zh ? '，' : ', ');
  const draftOf = (is: boolean): string => (is ? (zh ? '草案' : 'draft') : '');
  const sheet = listed([name ?? id, edition, dayOf(date), draftOf(draft)]);
  const today = listed([book.edition, dayOf(context.date), draftOf(context.draft)]);
  const isOfToday = date === undefined || (date === context.date && (edition ?? book.edition) === book.edition);
  const lines: string[] = [];
  if (id === '')
    lines.push(
      zh
        ? `不是現行的任何一份文件。${sheet}；現在的是${today}`
        : `none of the sheets of today has this code. ${sheet}; that of today is ${today}`,
    );
  else if (state === 'elsewhere')
    lines.push(
      zh
        ? `這是別的機關「${office}」的文件，不是「${context.handbook.office.name ?? ''}」的：${sheet}`
        : `a sheet of another office, "${office}", not of "${context.handbook.office.name ?? ''}": ${sheet}`,
    );
  else if (state === 'current')
    lines.push(
      zh ? `現行。${sheet}` : `current. ${sheet}`,
      ...(isOfToday
        ? []
        : [zh ? `內容沒有更動；現在的版次是${today}` : `Its content is unchanged; the edition of today is ${today}`]),
    );
  else if (state === 'removed')
    lines.push(
      zh
        ? `已過期。${sheet}；現在的內容裡沒有這項服務`
        : `outdated. ${sheet}; this service or chart is no longer there`,
    );
  else
    lines.push(
      date === context.date && edition === book.edition && draft === context.draft
        ? zh
          ? `已過期。${sheet}；版次相同，內容已改`
          : `outdated. ${sheet}; the edition is the same, its content is another`
        : zh
          ? `已過期。${sheet}；現在的是${today}`
          : `outdated. ${sheet}; that of today is ${today}`,
      ...(final ? [zh ? '這一張是草案，現在已有定稿' : 'This sheet is a draft; there is a final one now'] : []),
    );
  const several =
    new Set(changes.map(({ section }) => section)).size > 1 || changes.some(({ section }) => section !== name);
  for (const change of changes)
    lines.push(`${several && change.section ? `${change.section}${zh ? '：' : ': '}` : ''}${changeText(change)[lang]}`);
  if (state !== 'current')
    for (const each of revisions)
      lines.push(
        zh
          ? `修訂沿革：${dayOf(each.date)}，${each.edition}，${each.change}`
          : `Revised ${dayOf(each.date)}, ${each.edition}: ${each.change}`,
      );
  if (state === 'outdated' && changes.length === 0 && !final)
    lines.push(
      zh
        ? '查驗碼只能看出內容已經不同；有當時的 PDF 檔，就能列出改了哪些。'
        : 'The code tells only that the content is another; the PDF of that time would tell what has changed.',
    );
  return lines;
}

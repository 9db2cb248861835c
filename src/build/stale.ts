// Whether printed sheets are current: each file, folder and code that was asked about has its answer.
import { existsSync } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join, relative, resolve, sep } from 'node:path';
import type { Handbook } from '../content/schema/model.js';
import { subServicesOf, withSubService } from '../content/sub-services.js';
import { lastingFolder } from '../core/cache.js';
import { html } from '../core/html.js';
import { nearest } from '../core/nearest.js';
import { loadFolder } from '../core/program-files.js';
import type { Say } from '../core/source.js';
import { type Terminal, UserError } from '../core/terminal.js';
import { contextOf, inBookOrder, type RenderContext } from '../document/context.js';
import { readCode, readDeclaration, type Stamp } from '../document/declaration.js';
import { declaredInFile } from '../document/declaration-in-file.js';
import type { Output } from '../document/output.js';
import { type Outputs, type Verdict, verdictOn, verdictOnCode, wordsIn } from '../document/staleness.js';
import { memoriesIn, openProject } from './project.js';

/**
 * `input`: the file, or the code as it was typed. What is not ours, or cannot be read, has a reason in place of a verdict.
 * `beside`: it was found in a folder, where much may lie that nobody asked about.
 */
export type Answer = { input: string; beside?: true } & ({ verdict: Verdict } | { foreign: Say });

/** Asked about `sheets`, as they were typed, of the content of today. Throws UserError for a folder that is not there. */
export async function askAbout(
  sheets: readonly string[],
  { content, cwd, env, lang }: Pick<Terminal, 'cwd' | 'env' | 'lang'> & { content: string },
): Promise<{ answers: Answer[]; context: RenderContext }> {
  const memories = memoriesIn(lastingFolder(env), resolve(cwd, content));
  const compilation = await openProject({ folder: content, cwd }, { memories }).refresh();
  const contextOn = (handbook: Handbook): RenderContext =>
    contextOf({
      ...compilation,
      handbook,
      selected: inBookOrder(handbook),
      charts: new Map(),
      lang: 'zh',
      prose: () => html``,
    });
  const context = contextOn(compilation.handbook);
  /** With a sub-service in the place of its service. */
  const contextFor = (sub: string | undefined): RenderContext => {
    const handbook =
      sub === undefined ? undefined : withSubService(compilation.handbook, sub, (of, name) => `${of}（${name}）`);
    return handbook ? contextOn(handbook) : context;
  };
  const word = wordsIn(compilation.templates.words[lang] ?? {}, lang);
  const all = await loadFolder<Output>('outputs');
  const outputs: Outputs = new Map(
    [...all].map(([id, { summary, declares }]) => [
      id,
      { name: summary[lang].replace(/[：:（(].*$/, '').trim(), declares },
    ]),
  );
  const answers: Answer[] = [];
  for (const input of inputsIn(sheets, cwd)) {
    const code = 'code' in input ? readCode(input.code) : undefined;
    if (code) {
      const own = verdictOnCode(context, code, outputs);
      const subs = own.state === 'current' ? [] : context.services.flatMap(subServicesOf);
      const found = subs.map(({ id }) => verdictOnCode(contextFor(id), code, outputs));
      answers.push({ input: input.text, verdict: found.find(({ state }) => state === 'current') ?? own });
    } else if ('code' in input) answers.push({ input: input.text, foreign: mistyped(context, input.text) });
    else
      for (const { file, beside } of await filesIn(input.path, cwd)) {
        const found = beside && !OURS.test(file) ? NOT_OURS : await stampIn(resolve(cwd, file));
        answers.push({
          input: file,
          ...(beside ? { beside } : {}),
          ...('stamp' in found
            ? { verdict: verdictOn(contextFor(subIn(found.stamp)), found.stamp, outputs, word) }
            : found),
        });
      }
  }
  return { answers, context };
}

/** The sub-service that a sheet is about. */
const subIn = ({ id, sections }: Stamp): string | undefined =>
  [id, ...sections.map((each) => each.id)].find((each) => each.includes('/'));

/** 0: current; 1: outdated; 2: not ours, or of another office. */
export function exitCodeOf(answers: readonly Answer[]): number {
  const codeOf = (answer: Answer): number => {
    if ('foreign' in answer || answer.verdict.state === 'elsewhere') return answer.beside ? 0 : 2;
    return answer.verdict.state === 'current' ? 0 : 1;
  };
  return answers.reduce((worst, each) => Math.max(worst, codeOf(each)), 0);
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
  // What is no file may have no end.
  const isFile = (await stat(path).catch(() => undefined))?.isFile();
  const bytes = isFile ? await readFile(path).catch(() => undefined) : undefined;
  if (!bytes) return { foreign: { zh: '檔案無法讀取。', en: 'The file cannot be read.' } };
  let declares: string | undefined;
  if (bytes.subarray(0, 1024).includes('%PDF-')) {
    const { declaredIn, loadPdf } = await import('../pdf/finish.js');
    const pdf = await loadPdf(bytes).catch(() => undefined);
    if (!pdf && bytes.includes('/Encrypt'))
      return { foreign: { zh: '這個 PDF 檔設了保護，讀不出來。', en: 'This PDF is encrypted and cannot be read.' } };
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

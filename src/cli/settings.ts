// `servicebook.yaml` beside the content: the options an office always uses. It may come from a stranger with the content,
// so it names folders beside itself, and neither a browser nor anything that runs.
import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import type { Command } from 'commander';
import type { Reading } from '../content/schema/schema.js';
import { reportDeceptions } from '../core/deceptive-characters.js';
import type { Fault } from '../core/diagnostic.js';
import { placeOf, type Say, type Source, type Span } from '../core/source.js';
import { type Terminal, UserError, visible } from '../core/terminal.js';

const SETTINGS = 'servicebook.yaml';

/** Where the settings of a command lie: beside the content folder that is named, else in the working directory. */
const settingsBeside = (content: string | undefined, cwd: string): string =>
  join(content === undefined ? cwd : dirname(resolve(cwd, content)), SETTINGS);

/**
 * Gives a command the options of `servicebook.yaml` that it has and that were not typed. Throws UserError where the file
 * cannot be read or names what it may not.
 */
export async function takeSettings(command: Command, { cwd }: Pick<Terminal, 'cwd'>): Promise<void> {
  const has = (name: string): boolean => command.options.some((option) => option.attributeName() === name);
  if (!has('content')) return;
  const isTyped = (name: string): boolean => {
    const source = command.getOptionValueSourceWithGlobals(name);
    return source !== undefined && source !== 'default';
  };
  const typed = isTyped('content') ? (command.opts().content as string) : undefined;
  const file = settingsBeside(typed, cwd);
  if (!existsSync(file)) return;
  const settings = await readSettings(file, cwd);
  const give = (name: string, value: string | undefined): void => {
    if (value !== undefined && has(name) && !isTyped(name)) command.setOptionValueWithSource(name, value, 'config');
  };
  // Where a command reads no content unless it is named, it reads none.
  if (command.getOptionValue('content') !== undefined) give('content', settings.content);
  give('out', settings.out);
  give('lang', settings.language);
  if (command.name() === 'build' || command.name() === 'preview') await giveOutputs(command, settings, give);
}

/** What a settings file says; folders as seen from the working directory. */
type Settings = {
  content?: string;
  out?: string;
  paper?: string;
  language?: string;
  outputs?: { names: readonly string[]; span: Span };
};

async function giveOutputs(
  command: Command,
  { paper, outputs: listed }: Settings,
  give: (name: string, value: string | undefined) => void,
): Promise<void> {
  const [{ loadFolder }, { nearest }] = await Promise.all([
    import('../core/program-files.js'),
    import('../core/nearest.js'),
  ]);
  const all = await loadFolder<{ papers: readonly string[] }>('outputs');
  for (const name of listed?.names ?? [])
    if (!all.has(name)) {
      const near = nearest(name, [...all.keys()]);
      throw refused(listed?.span as Span, {
        zh: `沒有「${name}」這個編印項目。${near ? `是不是要寫「${near}」？` : ''}可用：${[...all.keys()].join('、')}。`,
        en: `There is no output "${name}". ${near ? `Did you mean "${near}"? ` : ''}Outputs: ${[...all.keys()].join(', ')}.`,
      });
    }
  const typed = (command.processedArgs[0] ?? []) as string[];
  if (command.name() === 'build' && typed.length === 0 && listed) command.processedArgs[0] = [...listed.names];
  const chosen = command.name() === 'build' ? ((command.processedArgs[0] ?? []) as string[]) : [];
  // The usual paper is for what can be printed on it; what cannot keeps its own.
  const fits = [...all].some(
    ([name, { papers }]) => (chosen.length === 0 || chosen.includes(name)) && papers.includes(paper ?? ''),
  );
  if (fits) give('paper', paper);
}

/** Reads and judges the file. Only here is the reader of YAML loaded: most folders have no such file. */
async function readSettings(file: string, cwd: string): Promise<Settings> {
  const shown = relative(cwd, file).split(sep).join('/');
  const source: Source = { path: shown, text: textOf(file, shown) };
  const [{ yamlTree }, { known }, { list, record }, { choice, verbatim }, { languagesNamed }] = await Promise.all([
    import('../content/syntax/yaml.js'),
    import('../content/schema/schema.js'),
    import('../content/schema/record.js'),
    import('../content/schema/scalars.js'),
    import('../build/compile.js'),
  ]);
  const faults: Fault[] = [];
  const report: Reading['report'] = (rule, span, message, hint) =>
    faults.push({ rule, span, message, ...(hint ? { hint } : {}) });
  const tree = yamlTree(source, (rule, span, message, hint) => {
    // A file of comments alone asks for nothing.
    if (rule !== 'empty-file') report(rule, span, message, hint);
  });
  const fields = {
    content: { shape: verbatim(), doc: { zh: '內容資料夾', en: 'the content folder' } },
    out: { shape: verbatim(), doc: { zh: '輸出資料夾', en: 'the output folder' } },
    paper: {
      shape: choice({ A5: ['A5'], A4: ['A4'], A3: ['A3'], A2: ['A2'], A1: ['A1'], A0: ['A0'] }),
      doc: { zh: '紙張', en: 'the paper' },
    },
    language: { shape: list(verbatim(), { split: true }), doc: { zh: '列印的語言', en: 'the language of print' } },
    outputs: { shape: list(verbatim(), { split: true }), doc: { zh: '編印的項目', en: 'what is made' } },
  };
  const shape = record(fields, { expected: { zh: '常用選項', en: 'the usual options' }, open: false });
  const nothing = (): void => undefined;
  const unsaid: Span[] = [];
  const unconfirmed = (span: Span): void => void unsaid.push(span);
  const read = tree && shape.read(tree, { report, unconfirmed, prose: nothing, translated: nothing, shorthands: {} });
  reportDeceptions(source, (fault) => faults.push(fault));
  if (faults.length > 0) throw new UserError({ zh: saidIn('zh', faults), en: saidIn('en', faults) });
  if (typeof read !== 'object') return {};
  // An office prints by these options, and would not see that one was passed over.
  for (const [field, span] of Object.entries(read.at)) {
    const value = read[field as keyof typeof fields];
    if (field in fields && span && (value === undefined || value === '' || known(value)?.length === 0))
      unsaid.push(span);
  }
  for (const span of unsaid) {
    const text = visible(source.text.slice(span.start, span.end));
    throw refused(span, {
      zh: `「${text}」不是值；還不知道就不寫這一項。`,
      en: `"${text}" is no value; leave the key out while it is not known.`,
    });
  }

  const folder = dirname(file);
  const place = (field: 'content' | 'out'): string | undefined => {
    const named = known(read[field]);
    return named === undefined ? undefined : folderNamed(named, field, read.at[field] as Span, { folder, cwd });
  };
  const [content, out, paper] = [place('content'), place('out'), known(read.paper)];
  const language = (known(read.language) ?? []).join(',');
  try {
    if (language) languagesNamed(language);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    throw refused(read.at.language as Span, error.say);
  }
  const names = known(read.outputs);
  return {
    ...(content === undefined ? {} : { content }),
    ...(out === undefined ? {} : { out }),
    ...(paper === undefined ? {} : { paper }),
    ...(language ? { language } : {}),
    ...(names ? { outputs: { names, span: read.at.outputs as Span } } : {}),
  };
}

/** The folder that an entry names, from the working directory. Throws UserError where it is none beside the file. */
function folderNamed(
  named: string,
  field: 'content' | 'out',
  span: Span,
  { folder, cwd }: { folder: string; cwd: string },
): string {
  if (visible(named) !== named)
    throw refused(span, {
      zh: `「${visible(named)}」有看不見的字元，不能作資料夾的名稱；請改寫，例如 ${field}。`,
      en: `"${visible(named)}" holds characters that are not seen and names no folder; write one such as ${field}.`,
    });
  if (isAbsolute(named) || !isInside(folder, resolve(folder, named)))
    throw refused(span, {
      zh: `「${named}」不在 ${SETTINGS} 所在的資料夾裡；這裡只能寫其中的資料夾，例如 ${field}。別處的資料夾請用 --${field} 指定。`,
      en: `"${named}" is not inside the folder of ${SETTINGS}; name a folder in it, such as ${field}. A folder elsewhere is named with --${field}.`,
    });
  return join(relative(cwd, folder), named) || '.';
}

/** A settings file is a few lines; a larger one is another file (bytes). */
const LARGEST = 64 * 1024;

function textOf(file: string, shown: string): string {
  const info = statSync(file);
  const mistake: Say | undefined =
    realpathSync(file) !== join(realpathSync(dirname(file)), SETTINGS) || !info.isFile()
      ? { zh: '應是一般的檔案，不是捷徑或資料夾', en: 'it must be a plain file, no link and no folder' }
      : info.size > LARGEST
        ? { zh: '檔案太大，這裡只寫幾行常用選項', en: 'it is too large; it holds a few lines of usual options' }
        : undefined;
  if (mistake)
    throw new UserError({ zh: `不讀 ${shown}：${mistake.zh}。`, en: `${shown} is not read: ${mistake.en}.` });
  try {
    return readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
  } catch {
    throw new UserError({ zh: `無法讀取 ${shown}。`, en: `${shown} cannot be read.` });
  }
}

/** Whether a path is below a folder, also when links on the way are followed as far as the path is there. */
function isInside(folder: string, path: string): boolean {
  const below = (root: string, inner: string): boolean => inner === root || inner.startsWith(root + sep);
  if (!below(folder, path)) return false;
  let there = path;
  while (!existsSync(there)) there = dirname(there);
  return below(realpathSync(folder), realpathSync(there));
}

const placed = ({ source, start }: Span): string => {
  const { line, column } = placeOf(source, start);
  return `${source.path}:${line}:${column}`;
};
const refused = (span: Span, say: Say): UserError =>
  new UserError({ zh: `${placed(span)}：${say.zh}`, en: `${placed(span)}: ${say.en}` });
const saidIn = (lang: 'zh' | 'en', faults: readonly Fault[]): string =>
  faults
    .map(
      ({ span, message, hint }) =>
        `${placed(span)}${lang === 'zh' ? '：' : ': '}${message[lang]}${hint ? `${lang === 'en' ? ' ' : ''}${hint[lang]}` : ''}`,
    )
    .join('\n');

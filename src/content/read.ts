// From disk to text: the files of a content folder, each by what it is. Decides nothing but what is text and what is ours.
import { lstatSync } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import type { Fault } from '../core/diagnostic.js';
import type { Say, Source } from '../core/source.js';
import { UserError } from '../core/terminal.js';
import { type FontFile, type FormFile, fontsIn, formsIn, type ImageFile, imagesIn } from './attached-files.js';
import { attempt, type ContentFolder, isFolder, openFolder } from './content-folder.js';
import { refuseLaterFormat } from './format-version.js';
import { couldBe, folderMeant, hintForFile, misnamedFolder } from './strangers.js';

/** The files of an office, as text. What could not be read is a fault with the file's name. */
export type Content = {
  readonly office?: Source;
  readonly book?: Source;
  readonly services: readonly Source[];
  readonly chapters: readonly Source[];
  /** Names of the files in `forms/`. */
  readonly formFiles: readonly string[];
  /** Where those of them lie that are not outside; none where there are none. */
  readonly forms?: readonly FormFile[];
  /** The files of `translations/`, one a language. */
  readonly translations: readonly Source[];
  /** What the office lays over the program's `templates/`; none where it lays nothing. */
  readonly templates?: readonly Override[];
  /** Pictures in `images/`; none where there are none. */
  readonly images?: readonly ImageFile[];
  /** Fonts in `fonts/`, for characters that those of the program lack; none where there are none. */
  readonly fonts?: readonly FontFile[];
  /** The record of what was approved; none where nothing was. */
  readonly approvals?: Source;
  /** The day of which it is read (ISO), or `always`, whatever holds when; that of the edition if omitted. */
  readonly asOf?: string;
  readonly faults: readonly Fault[];
};

/** A file of the office's own `templates/`; `name` is its path there, with `/`. */
export type Override = { readonly name: string; readonly source: Source };

/** Reads `folder` (absolute or relative to `cwd`). Throws UserError when there is no such folder. */
export function read(folder: string, cwd: string): Content {
  const opened = openFolder(folder, cwd);
  const office = readSingle(opened, 'office', { zh: '機關資料', en: 'the office' });
  const book = readSingle(opened, 'handbook', { zh: '手冊資料', en: 'the book' });
  if (book) refuseLaterFormat(book);
  const services = readAll(opened, 'services', /\.(ya?ml|md)$/i);
  const chapters = readAll(opened, 'chapters', /\.md$/i);
  const templates = templatesIn(opened);
  const images = imagesIn(opened);
  const fonts = fontsIn(opened);
  const formFiles = opened.filesIn('forms').map(({ name }) => name);
  const forms = formsIn(opened, formFiles);
  const translations = readAll(opened, 'translations', /\.ya?ml$/i);
  for (const sub of ['services', 'chapters', 'images', 'fonts', 'forms', 'translations']) opened.refuseFoldersIn(sub);
  for (const sub of opened.foldersIn('templates').slice(1)) opened.refuseFoldersIn(sub);
  refuseMisnamed(opened);
  const recorded = opened.entriesIn('').find((entry) => entry.name === 'approvals.json');
  const approvals = recorded && opened.load(opened.root, { name: recorded.name, regular: recorded.isFile() });
  return {
    ...(office ? { office } : {}),
    ...(book ? { book } : {}),
    services,
    chapters,
    formFiles,
    translations,
    ...(forms.length > 0 ? { forms } : {}),
    ...(templates.length > 0 ? { templates } : {}),
    ...(images.length > 0 ? { images } : {}),
    ...(fonts.length > 0 ? { fonts } : {}),
    ...(approvals ? { approvals } : {}),
    faults: opened.faults,
  };
}

/**
 * The content with these texts in place of those of its files, by path as it is shown. Below `root`, its folder as it is
 * shown, also those of files that could not be read as text or are not there.
 */
export function withTexts(content: Content, texts: ReadonlyMap<string, string>, root?: string): Content {
  if (texts.size === 0) return content;
  const renew = (source: Source): Source => {
    const text = texts.get(source.path);
    return text === undefined ? source : { ...source, text };
  };
  const above = root === '.' ? '' : `${root}/`;
  const added = (isOne: RegExp, sources: readonly Source[]): Source[] =>
    [...texts].flatMap(([path, text]) => {
      const isOurs = root !== undefined && path.startsWith(above) && isOne.test(path.slice(above.length));
      return isOurs && !sources.some((each) => each.path === path) ? [{ path, text }] : [];
    });
  const all = (sources: readonly Source[], isOne: RegExp): Source[] => {
    const more = added(isOne, sources);
    const renewed = sources.map(renew);
    return more.length === 0 ? renewed : [...renewed, ...more].sort((a, b) => (a.path < b.path ? -1 : 1));
  };
  const one = (source: Source | undefined, isOne: RegExp): Source | undefined =>
    source ? renew(source) : added(isOne, [])[0];
  const office = one(content.office, /^office\.ya?ml$/);
  const book = one(content.book, /^handbook\.ya?ml$/);
  return {
    ...content,
    ...(office ? { office } : {}),
    ...(book ? { book } : {}),
    services: all(content.services, /^services\/[^/]+\.(ya?ml|md)$/i),
    chapters: all(content.chapters, /^chapters\/[^/]+\.md$/i),
    translations: all(content.translations, /^translations\/[^/]+\.ya?ml$/i),
    ...(content.templates
      ? { templates: content.templates.map(({ name, source }) => ({ name, source: renew(source) })) }
      : {}),
    faults: content.faults.filter(({ span }) => !texts.has(span.source.path)),
  };
}

/** `office.yaml` or `handbook.yaml`, or what was meant by a file of nearly that name. */
function readSingle(folder: ContentFolder, stem: string, what: Say): Source | undefined {
  const near = folder.entriesIn('').flatMap(({ name }) => (couldBe(name, stem) ? [name] : []));
  for (const ending of ['.yaml', '.yml']) {
    const info = attempt(() => lstatSync(join(folder.root, stem + ending)));
    if (!info) continue;
    // On a disk that does not tell A from a it may be the file itself.
    const told = near.includes(stem + ending) ? near : near.filter((each) => each.toLowerCase() !== stem + ending);
    for (const name of told.filter((each) => each !== stem + ending))
      folder.refuse(
        join(folder.root, name),
        'unknown-file',
        {
          zh: `這個檔案沒有讀取，${what.zh}讀的是「${stem}${ending}」。`,
          en: `This file is not read; ${what.en} is read from ${stem}${ending}.`,
        },
        { zh: '留下一個，另一個移到內容資料夾之外。', en: 'Keep one, and move the other out of the content folder.' },
      );
    return folder.load(folder.root, { name: stem + ending, regular: info.isFile() });
  }
  const [other] = near;
  if (other !== undefined)
    return folder.refuse(
      join(folder.root, other),
      'missing-file',
      { zh: `${what.zh}的檔名應為「${stem}.yaml」。`, en: `The file of ${what.en} must be called ${stem}.yaml.` },
      { zh: `把「${other}」改名為「${stem}.yaml」。`, en: `Rename "${other}" to "${stem}.yaml".` },
    );
  return folder.refuse(
    join(folder.root, `${stem}.yaml`),
    'missing-file',
    { zh: `找不到${what.zh}「${stem}.yaml」。`, en: `There is no ${stem}.yaml (${what.en}).` },
    { zh: '「servicebook init」會建立一份範例。', en: '"servicebook init" makes an example.' },
  );
}

/** What the folders of content hold. */
const READ = { services: ['.yaml', '.md'], chapters: ['.md'], translations: ['.yaml'] } as const;

/** The files of a folder that is read; those of another kind are told. */
function readAll(folder: ContentFolder, sub: keyof typeof READ, endings: RegExp): Source[] {
  const files = folder.filesIn(sub).filter(({ name }) => !/^readme\b/i.test(name));
  for (const { name } of files)
    if (!endings.test(name))
      folder.refuse(
        join(folder.root, sub, name),
        'unknown-file',
        {
          zh: `不認得這種檔案，${sub}/ 只讀 ${READ[sub].join(' 與 ')}。`,
          en: `This kind of file is not read; ${sub}/ takes ${READ[sub].join(' and ')}.`,
        },
        hintForFile(name, sub),
      );
  return files
    .filter(({ name }) => endings.test(name))
    .flatMap((file) => folder.load(join(folder.root, sub), file) ?? []);
}

/** What the office lays over the program's `templates/`. */
function templatesIn(folder: ContentFolder): Override[] {
  return folder.foldersIn('templates').flatMap((sub) =>
    folder.filesIn(sub).flatMap((file): Override[] => {
      if (/^readme\b/i.test(file.name)) return [];
      if (!/\.(ya?ml|html|css)$/i.test(file.name))
        return (
          folder.refuse(
            join(folder.root, sub, file.name),
            'unknown-file',
            {
              zh: '不認得這種檔案，templates/ 只讀 .yaml、.css 與 .html。',
              en: 'This kind of file is not read; templates/ takes .yaml, .css and .html.',
            },
            hintForFile(file.name, 'templates'),
          ) ?? []
        );
      const source = folder.load(join(folder.root, sub), file);
      return source ? [{ name: [...sub.split('/').slice(1), file.name].join('/'), source }] : [];
    }),
  );
}

/** Folders of another name than those that are read. */
function refuseMisnamed(folder: ContentFolder): void {
  for (const entry of folder.entriesIn('')) {
    const meant = isFolder(entry, folder.root) ? folderMeant(entry.name) : undefined;
    if (meant === undefined) continue;
    const { message, hint } = misnamedFolder(entry.name, meant);
    folder.refuse(join(folder.root, entry.name), 'unknown-file', message, hint);
  }
}

/**
 * The files as they are named, and the PDFs of a folder in the order of their names; as they were typed, with `/`. What is
 * no file (a pipe, a device) may have no end, and whoever waits for it cannot be interrupted.
 */
export async function pdfsIn(paths: readonly string[], cwd: string): Promise<string[]> {
  const files = new Set<string>();
  for (const path of paths) {
    const full = resolve(cwd, path);
    const kind = await stat(full).catch(() => undefined);
    if (!kind) throw new UserError({ zh: `找不到「${path}」。`, en: `There is no "${path}".` });
    if (!kind.isFile() && !kind.isDirectory())
      throw new UserError({ zh: `「${path}」不是一般的檔案。`, en: `"${path}" is no regular file.` });
    const pdfs: string[] = [];
    if (kind.isDirectory())
      for (const name of (await readdir(full, { recursive: true })).sort()) {
        const file = join(full, name);
        if (/\.pdf$/i.test(name) && (await stat(file).catch(() => undefined))?.isFile()) pdfs.push(file);
      }
    else pdfs.push(full);
    if (pdfs.length === 0)
      throw new UserError({ zh: `資料夾「${path}」裡沒有 PDF 檔。`, en: `The folder "${path}" holds no PDF.` });
    for (const pdf of pdfs) files.add((isAbsolute(path) ? pdf : relative(cwd, pdf)).split(sep).join('/'));
  }
  return [...files];
}

/** All text files below a folder of the program's own, by path relative to it with `/`. */
export async function readTexts(folder: string): Promise<Map<string, string>> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const texts = await Promise.all(
    files
      .sort()
      .map(async (path) => [relative(folder, path).split(sep).join('/'), await readFile(path, 'utf8')] as const),
  );
  return new Map(texts);
}

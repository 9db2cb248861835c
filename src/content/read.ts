// From disk to text: content files, templates and the open folders. Decides nothing but what is text and what is ours.
import {
  accessSync,
  constants,
  type Dirent,
  lstatSync,
  readdirSync,
  readFileSync,
  realpathSync,
  statSync,
} from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import { deceptionOf } from '../core/deceptive-characters.js';
import type { Fault } from '../core/diagnostic.js';
import type { Say, Source } from '../core/source.js';
import { UserError } from '../core/terminal.js';
import { decode, isPlain } from './encoding.js';
import { refuseLaterFormat } from './format-version.js';
import { couldBe, folderMeant, hintForFile, innerFolder, isLitter, misnamedFolder } from './strangers.js';

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
  readonly faults: readonly Fault[];
};

/** A picture of the office; `path` is how it is shown. */
export type ImageFile = { readonly name: string; readonly path: string; readonly bytes: Uint8Array };

/** A font of the office: `file` is where it really is (absolute), `path` how it is shown. Size and time tell it from another. */
export type FontFile = {
  readonly name: string;
  readonly path: string;
  readonly file: string;
  readonly size: number;
  readonly mtimeMs: number;
};

/** A form: `file` is where it really is (absolute). Size and time tell it from another. */
export type FormFile = Pick<FontFile, 'name' | 'file' | 'size' | 'mtimeMs'>;

/** A file of the office's own `templates/`; `name` is its path there, with `/`. */
export type Override = { readonly name: string; readonly source: Source };

/** A name in a folder. What is no regular file may be a link. */
type Found = { name: string; regular: boolean };

/** A content file is written by hand: a larger one is a mistake (bytes). */
const LARGEST = 1024 * 1024;

/** Reads `folder` (absolute or relative to `cwd`). Throws UserError when there is no such folder. */
export function read(folder: string, cwd: string): Content {
  const root = resolve(cwd, folder);
  if (!attempt(() => statSync(root))?.isDirectory())
    throw new UserError({
      zh: `找不到內容資料夾「${folder}」。請以 --content 指定，或用「servicebook init」建立一個。`,
      en: `There is no content folder "${folder}". Name it with --content, or make one with "servicebook init".`,
    });
  if (!attempt(() => readdirSync(root)))
    throw new UserError({
      zh: `沒有讀取內容資料夾「${folder}」的權限。${MAY_READ.zh}`,
      en: `You may not read the content folder "${folder}". ${MAY_READ.en}`,
    });
  const realRoot = realpathSync(root);
  const faults: Fault[] = [];
  // As the folder was typed: whoever names it from the root is answered from there.
  const from = isAbsolute(folder) ? undefined : cwd;
  const shown = (path: string): string =>
    (from === undefined ? path : relative(from, path)).split(sep).join('/') || '.';
  const refuse = (path: string, rule: string, message: Say, hint?: Say): undefined => {
    const source = { path: shown(path), text: '' };
    faults.push({ rule, span: { source, start: 0, end: 0 }, message, ...(hint ? { hint } : {}) });
    return undefined;
  };

  const isInside = (real: string): boolean => real === realRoot || real.startsWith(realRoot + sep);
  /** A link that leads nowhere, or out of the content folder. */
  const refuseLink = (path: string, real: string | undefined, what: 'file' | 'folder'): undefined => {
    const [zh, en] = what === 'file' ? ['檔案', 'file'] : ['資料夾', 'folder'];
    return real === undefined
      ? refuse(
          path,
          'missing-file',
          { zh: `這個捷徑指向不存在的${zh}。`, en: `This link points to a ${en} that does not exist.` },
          { zh: `刪去捷徑，放入${zh}本身。`, en: `Delete the link and put the ${en} itself in its place.` },
        )
      : refuse(
          path,
          'outside-file',
          {
            zh: `這個捷徑指向內容資料夾以外的${zh}，不予讀取。`,
            en: `This link points outside the content folder; ${what === 'file' ? 'it is not read' : 'nothing in it is read'}.`,
          },
          { zh: `把${zh}複製到內容資料夾裡。`, en: `Copy the ${en} into the content folder.` },
        );
  };

  /** Where a folder really is, and how its files are shown. */
  const folders = new Map<string, { real: string; shown: string }>();
  const folderOf = (path: string): { real: string; shown: string } => {
    const known = folders.get(path) ?? { real: attempt(() => realpathSync(path)) ?? '', shown: shown(path) };
    folders.set(path, known);
    return known;
  };
  // Synchronous and at once as text: a thousand small files are read in a third of the time.
  const load = (folder: string, { name, regular }: Found): Source | undefined => {
    const path = folder + sep + name;
    const real = regular ? folderOf(folder).real + sep + name : attempt(() => realpathSync(path));
    if (real === undefined || !isInside(real)) return refuseLink(path, real, 'file');
    // Without reading it: it may be as large as the disk.
    const size = attempt(() => statSync(real).size) ?? 0;
    const isFile = regular || statSync(real).isFile();
    const text = isFile && size <= LARGEST ? attempt(() => readFileSync(real, 'utf8')) : undefined;
    const shownAs = folderOf(folder).shown === '.' ? name : `${folderOf(folder).shown}/${name}`;
    if (text !== undefined && isPlain(text, LARGEST / 3)) return { path: shownAs, text };
    if (isFile && size > LARGEST)
      return refuse(
        path,
        'file-too-large',
        {
          zh: `檔案有 ${(size / LARGEST).toFixed(1)} MB，內容檔應小於 1 MB。`,
          en: `The file has ${(size / LARGEST).toFixed(1)} MB; a content file has less than 1 MB.`,
        },
        { zh: '是否放錯了檔案？', en: 'Is it the right file?' },
      );
    const bytes = isFile ? attempt(() => readFileSync(real)) : undefined;
    if (!bytes)
      return refuse(
        path,
        'missing-file',
        isFile
          ? { zh: '沒有讀取這個檔案的權限。', en: 'You may not read this file.' }
          : { zh: '這不是一般的檔案，無法讀取。', en: 'This is no regular file and cannot be read.' },
        isFile ? MAY_READ : { zh: '換成一般的檔案。', en: 'Put a regular file in its place.' },
      );
    const decoded = decode(bytes);
    if (typeof decoded === 'string') return { path: shownAs, text: decoded };
    return refuse(path, 'encoding', decoded.message, decoded.hint);
  };

  const filesIn = (sub: string): Found[] => {
    const found = namesIn(sub);
    for (const { name } of found) {
      const deceives = deceptionOf(name);
      if (deceives) refuse(join(root, sub, name), 'deceptive-character', deceives.message, deceives.hint);
    }
    return found;
  };
  const refuseFolder = (path: string): undefined =>
    attempt(() => statSync(path))?.isDirectory()
      ? refuse(
          path,
          'missing-file',
          { zh: '沒有讀取這個資料夾的權限。', en: 'You may not read this folder.' },
          MAY_READ,
        )
      : refuse(
          path,
          'missing-file',
          { zh: '這裡應為資料夾，卻是一個檔案。', en: 'This is a file; expected a folder.' },
          { zh: '把檔案移開，建立同名的資料夾。', en: 'Move the file away and make a folder of that name.' },
        );
  /** What stands in a folder; nothing of one that is a link out of the content, which is told once. */
  const entriesIn = (sub: string): Dirent[] => {
    const before = listed.get(sub);
    if (before) return before;
    const path = join(root, sub);
    const info = attempt(() => lstatSync(path));
    const real = info && attempt(() => realpathSync(path));
    const entries =
      info && (real === undefined || !isInside(real))
        ? refuseLink(path, real, 'folder')
        : info && (attempt(() => readdirSync(path, { withFileTypes: true })) ?? refuseFolder(path));
    const found = (entries ?? []).filter(({ name }) => !isLitter(name));
    listed.set(sub, found);
    return found;
  };
  const listed = new Map<string, Dirent[]>();
  const namesIn = (sub: string): Found[] =>
    entriesIn(sub)
      .filter((entry) => !isFolder(entry, join(root, sub)))
      .map((entry) => ({ name: entry.name, regular: entry.isFile() }))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  /** A folder and those in it. */
  const foldersIn = (sub: string): string[] => {
    const inner = entriesIn(sub).filter((entry) => entry.isDirectory());
    return [sub, ...inner.map(({ name }) => `${sub}/${name}`).sort()];
  };
  const single = (stem: string, what: Say): Source | undefined => {
    const near = entriesIn('').flatMap(({ name }) => (couldBe(name, stem) ? [name] : []));
    for (const ending of ['.yaml', '.yml']) {
      const info = attempt(() => lstatSync(join(root, stem + ending)));
      if (!info) continue;
      // On a disk that does not tell A from a it may be the file itself.
      const told = near.includes(stem + ending) ? near : near.filter((each) => each.toLowerCase() !== stem + ending);
      for (const name of told.filter((each) => each !== stem + ending))
        refuse(
          join(root, name),
          'unknown-file',
          {
            zh: `這個檔案沒有讀取，${what.zh}讀的是「${stem}${ending}」。`,
            en: `This file is not read; ${what.en} is read from ${stem}${ending}.`,
          },
          { zh: '留下一個，另一個移到內容資料夾之外。', en: 'Keep one, and move the other out of the content folder.' },
        );
      return load(root, { name: stem + ending, regular: info.isFile() });
    }
    const [other] = near;
    if (other !== undefined)
      return refuse(
        join(root, other),
        'missing-file',
        { zh: `${what.zh}的檔名應為「${stem}.yaml」。`, en: `The file of ${what.en} must be called ${stem}.yaml.` },
        { zh: `把「${other}」改名為「${stem}.yaml」。`, en: `Rename "${other}" to "${stem}.yaml".` },
      );
    return refuse(
      join(root, `${stem}.yaml`),
      'missing-file',
      { zh: `找不到${what.zh}「${stem}.yaml」。`, en: `There is no ${stem}.yaml (${what.en}).` },
      { zh: '「servicebook init」會建立一份範例。', en: '"servicebook init" makes an example.' },
    );
  };
  const all = (sub: keyof typeof READ, endings: RegExp): Source[] => {
    const files = filesIn(sub).filter(({ name }) => !/^readme\b/i.test(name));
    for (const { name } of files)
      if (!endings.test(name))
        refuse(
          join(root, sub, name),
          'unknown-file',
          {
            zh: `不認得這種檔案，${sub}/ 只讀 ${READ[sub].join(' 與 ')}。`,
            en: `This kind of file is not read; ${sub}/ takes ${READ[sub].join(' and ')}.`,
          },
          hintForFile(name, sub),
        );
    return files.filter(({ name }) => endings.test(name)).flatMap((file) => load(join(root, sub), file) ?? []);
  };

  const office = single('office', { zh: '機關資料', en: 'the office' });
  const book = single('handbook', { zh: '手冊資料', en: 'the book' });
  if (book) refuseLaterFormat(book);
  const services = all('services', /\.(ya?ml|md)$/i);
  const chapters = all('chapters', /\.md$/i);
  const templates = foldersIn('templates').flatMap((sub) =>
    filesIn(sub).flatMap((file): Override[] => {
      if (/^readme\b/i.test(file.name)) return [];
      if (!/\.(ya?ml|html|css)$/i.test(file.name))
        return (
          refuse(
            join(root, sub, file.name),
            'unknown-file',
            {
              zh: '不認得這種檔案，templates/ 只讀 .yaml、.css 與 .html。',
              en: 'This kind of file is not read; templates/ takes .yaml, .css and .html.',
            },
            hintForFile(file.name, 'templates'),
          ) ?? []
        );
      const source = load(join(root, sub), file);
      return source ? [{ name: [...sub.split('/').slice(1), file.name].join('/'), source }] : [];
    }),
  );
  const images = filesIn('images').flatMap(({ name }): ImageFile[] => {
    if (!/\.(png|jpe?g|svg)$/i.test(name)) return [];
    const path = join(root, 'images', name);
    const real = attempt(() => realpathSync(path));
    if (real === undefined || !isInside(real)) return refuseLink(path, real, 'file') ?? [];
    const info = attempt(() => statSync(real));
    const large = info?.isFile() === true && info.size > LARGEST;
    const bytes = info?.isFile() && !large ? attempt(() => readFileSync(real)) : undefined;
    if (bytes) return [{ name, path: shown(path), bytes }];
    refuse(
      path,
      'image-file',
      large
        ? {
            zh: `圖檔有 ${(info.size / LARGEST).toFixed(1)} MB，應小於 1 MB。`,
            en: `The picture has ${(info.size / LARGEST).toFixed(1)} MB; it must have less than 1 MB.`,
          }
        : { zh: '圖檔無法讀取。', en: 'The picture cannot be read.' },
      large
        ? { zh: '縮小後再存一次。', en: 'Save it smaller.' }
        : { zh: '把圖檔重新複製到 images/ 裡。', en: 'Copy the picture into images/ again.' },
    );
    return [];
  });
  const fonts = filesIn('fonts').flatMap(({ name }): FontFile[] => {
    if (/^readme\b|\.(txt|md|pdf)$|^(licen[cs]e|ofl)\b/i.test(name)) return [];
    const path = join(root, 'fonts', name);
    if (!/\.(ttf|tte)$/i.test(name))
      return (
        refuse(
          path,
          'unknown-file',
          {
            zh: '不認得這種檔案，fonts/ 只讀靜態 TrueType 字型（.ttf、.tte）。',
            en: 'This kind of file is not read; fonts/ takes static TrueType fonts (.ttf, .tte).',
          },
          hintForFile(name, 'fonts'),
        ) ?? []
      );
    const real = attempt(() => realpathSync(path));
    const found = real === undefined ? undefined : attempt(() => statSync(real));
    const inside =
      real?.startsWith(realRoot + sep) === true && attempt(() => accessSync(real, constants.R_OK) ?? true) === true;
    if (real !== undefined && inside && found?.isFile() && found.size <= LARGEST_FONT)
      return [{ name, path: shown(path), file: real, size: found.size, mtimeMs: found.mtimeMs }];
    if (found?.isFile() && inside)
      refuse(
        path,
        'font-file',
        {
          zh: `字型檔有 ${(found.size / LARGEST).toFixed(0)} MB，應在 ${LARGEST_FONT / LARGEST} MB 以內。`,
          en: `The font has ${(found.size / LARGEST).toFixed(0)} MB; it must have at most ${LARGEST_FONT / LARGEST} MB.`,
        },
        {
          zh: '請確認它真的是字型檔，或換成只含所需文字的字型檔。',
          en: 'See that it is a font at all, or put one there that holds fewer characters.',
        },
      );
    else
      refuse(
        path,
        'font-file',
        {
          zh: '字型檔無法讀取，或是指向內容資料夾以外的捷徑。',
          en: 'The font cannot be read, or is a link out of the content folder.',
        },
        { zh: '把字型檔本身複製到 fonts/ 裡。', en: 'Copy the font itself into fonts/.' },
      );
    return [];
  });
  const formsFound = filesIn('forms');
  const forms = formsFound.flatMap(({ name }): FormFile[] => {
    const path = join(root, 'forms', name);
    const real = attempt(() => realpathSync(path));
    if (real === undefined || !isInside(real)) return refuseLink(path, real, 'file') ?? [];
    const { size = 0, mtimeMs = 0 } = attempt(() => statSync(real)) ?? {};
    return [{ name, file: real, size, mtimeMs }];
  });
  const translations = all('translations', /\.ya?ml$/i);
  const tellFolders = (sub: string): void => {
    for (const entry of entriesIn(sub)) {
      const path = join(root, sub, entry.name);
      if (!isFolder(entry, join(root, sub))) continue;
      const { message, hint } = innerFolder(sub);
      // An empty one is nothing that is missed.
      if (/\.(ya?ml|md)$/i.test(entry.name) || holdsSomething(path)) refuse(path, 'unknown-file', message, hint);
    }
  };
  for (const sub of ['services', 'chapters', 'images', 'fonts', 'forms', 'translations']) tellFolders(sub);
  for (const sub of foldersIn('templates').slice(1)) tellFolders(sub);
  for (const entry of entriesIn('')) {
    const meant = isFolder(entry, root) ? folderMeant(entry.name) : undefined;
    if (meant === undefined) continue;
    const { message, hint } = misnamedFolder(entry.name, meant);
    refuse(join(root, entry.name), 'unknown-file', message, hint);
  }
  return {
    ...(office ? { office } : {}),
    ...(book ? { book } : {}),
    services,
    chapters,
    formFiles: formsFound.map(({ name }) => name),
    translations,
    ...(forms.length > 0 ? { forms } : {}),
    ...(templates.length > 0 ? { templates } : {}),
    ...(images.length > 0 ? { images } : {}),
    ...(fonts.length > 0 ? { fonts } : {}),
    faults,
  };
}

/** A font of every Chinese character has some 40 MB (bytes). */
const LARGEST_FONT = 64 * 1024 * 1024;

const MAY_READ: Say = {
  zh: '請檔案的主人開放讀取權限（內容 → 安全性），或把內容複製成自己的檔案。',
  en: 'Ask its owner to let you read it, or copy it.',
};

/** A folder, or a link that leads to one. */
const isFolder = (entry: Dirent, folder: string): boolean =>
  entry.isDirectory() ||
  (entry.isSymbolicLink() && attempt(() => statSync(join(folder, entry.name)))?.isDirectory() === true);
const holdsSomething = (path: string): boolean =>
  attempt(() => readdirSync(path))?.some((name) => !isLitter(name)) !== false;

/** What the folders of content hold. */
const READ = { services: ['.yaml', '.md'], chapters: ['.md'], translations: ['.yaml'] } as const;

function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

/** The files as they are named, and the PDFs of a folder in the order of their names; as they were typed, with `/`. */
export async function pdfsIn(paths: readonly string[], cwd: string): Promise<string[]> {
  const files = new Set<string>();
  for (const path of paths) {
    const full = resolve(cwd, path);
    const kind = await stat(full).catch(() => undefined);
    if (!kind) throw new UserError({ zh: `找不到「${path}」。`, en: `There is no "${path}".` });
    const inside = kind.isDirectory() ? (await readdir(full, { recursive: true })).sort() : undefined;
    const pdfs = inside?.filter((name) => /\.pdf$/i.test(name)).map((name) => join(full, name)) ?? [full];
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

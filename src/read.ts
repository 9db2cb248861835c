// From disk to text: content files, templates and the open folders. Decides nothing but what is text and what is ours.
import { readFileSync, realpathSync, statSync } from 'node:fs';
import { lstat, readdir, readFile, realpath, stat } from 'node:fs/promises';
import { join, relative, resolve, sep } from 'node:path';
import type { Fault, Say, Source } from './source.js';
import { UserError } from './source.js';

/** The files of an office, as text. What could not be read is a fault with the file's name. */
export type Content = {
  readonly office?: Source;
  readonly book?: Source;
  readonly services: readonly Source[];
  readonly chapters: readonly Source[];
  /** Names of the files in `forms/`. */
  readonly formFiles: readonly string[];
  readonly faults: readonly Fault[];
};

/** A content file is written by hand: a larger one is a mistake (bytes). */
const LARGEST = 1024 * 1024;

/** Reads `folder` (absolute or relative to `cwd`). Throws UserError when there is no such folder. */
export async function read(folder: string, cwd: string): Promise<Content> {
  const root = resolve(cwd, folder);
  const info = await stat(root).catch(() => undefined);
  if (!info?.isDirectory())
    throw new UserError({
      zh: `找不到內容資料夾「${folder}」。請以 --content 指定，或用「servicebook init」建立一個。`,
      en: `There is no content folder "${folder}". Name it with --content, or make one with "servicebook init".`,
    });
  const realRoot = await realpath(root);
  const faults: Fault[] = [];
  const shown = (path: string): string => relative(cwd, path).split(sep).join('/') || '.';
  const refuse = (path: string, rule: string, message: Say, hint?: Say): undefined => {
    const source = { path: shown(path), text: '' };
    faults.push({ rule, span: { source, start: 0, end: 0 }, message, ...(hint ? { hint } : {}) });
    return undefined;
  };

  // Synchronous: a thousand small files are read in less than half the time.
  const load = (path: string): Source | undefined => {
    const real = attempt(() => realpathSync(path));
    if (real === undefined)
      return refuse(path, 'missing-file', {
        zh: '這個捷徑指向不存在的檔案。',
        en: 'This link points to a file that does not exist.',
      });
    if (real !== realRoot && !real.startsWith(realRoot + sep))
      return refuse(
        path,
        'outside-file',
        {
          zh: '這個捷徑指向內容資料夾以外的檔案，不予讀取。',
          en: 'This link points outside the content folder; it is not read.',
        },
        { zh: '把檔案複製到資料夾裡。', en: 'Copy the file into the folder.' },
      );
    const { size } = statSync(real);
    if (size > LARGEST)
      return refuse(
        path,
        'file-too-large',
        {
          zh: `檔案有 ${(size / LARGEST).toFixed(1)} MB，內容檔應小於 1 MB。`,
          en: `The file has ${(size / LARGEST).toFixed(1)} MB; a content file has less than 1 MB.`,
        },
        { zh: '是否放錯了檔案？', en: 'Is it the right file?' },
      );
    const bytes = attempt(() => readFileSync(real));
    if (!bytes)
      return refuse(path, 'missing-file', {
        zh: '檔案無法讀取（沒有權限）。',
        en: 'The file cannot be read (no permission).',
      });
    const decoded = decode(bytes);
    if (typeof decoded === 'string') return { path: shown(path), text: decoded };
    return refuse(
      path,
      'encoding',
      {
        zh: `檔案的編碼是 ${decoded.found.zh}，應為 UTF-8。`,
        en: `The file is encoded as ${decoded.found.en}; expected UTF-8.`,
      },
      { zh: '在編輯程式（記事本）選「另存新檔」，編碼選「UTF-8」。', en: 'Save it again as UTF-8.' },
    );
  };

  const names = async (sub: string): Promise<string[]> => {
    const entries = await readdir(join(root, sub), { withFileTypes: true }).catch(() => []);
    return entries
      .filter((entry) => !entry.isDirectory() && !entry.name.startsWith('.'))
      .map((entry) => entry.name)
      .sort();
  };
  const single = async (stem: string, what: Say): Promise<Source | undefined> => {
    for (const ending of ['.yaml', '.yml']) {
      const path = join(root, stem + ending);
      if (await lstat(path).catch(() => undefined)) return load(path);
    }
    return refuse(
      join(root, `${stem}.yaml`),
      'missing-file',
      { zh: `找不到${what.zh}「${stem}.yaml」。`, en: `There is no ${stem}.yaml (${what.en}).` },
      { zh: '「servicebook init」會建立一份範例。', en: '"servicebook init" makes an example.' },
    );
  };
  const all = async (sub: string, endings: RegExp): Promise<Source[]> => {
    const files = await names(sub);
    for (const name of files)
      if (!endings.test(name) && !/^readme\b/i.test(name))
        refuse(join(root, sub, name), 'unknown-file', {
          zh: `不認得這種檔案，${sub}/ 只讀 ${sub === 'services' ? '.yaml 與 .md' : '.md'}。`,
          en: `This kind of file is not read; ${sub}/ takes ${sub === 'services' ? '.yaml and .md' : '.md'}.`,
        });
    return files
      .filter((name) => endings.test(name) && !/^readme\b/i.test(name))
      .flatMap((name) => load(join(root, sub, name)) ?? []);
  };

  const office = await single('office', { zh: '機關資料', en: 'the office' });
  const book = await single('handbook', { zh: '手冊資料', en: 'the book' });
  const services = await all('services', /\.(ya?ml|md)$/i);
  const chapters = await all('chapters', /\.md$/i);
  const formFiles = await names('forms');
  return { ...(office ? { office } : {}), ...(book ? { book } : {}), services, chapters, formFiles, faults };
}

function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

/** UTF-8 text without byte order mark, or what the bytes are instead. */
function decode(bytes: Uint8Array): string | { found: Say } {
  const [a, b] = bytes;
  if ((a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff))
    return { found: { zh: 'UTF-16（Unicode）', en: 'UTF-16' } };
  const zeros = bytes.subarray(0, 4096).filter((byte) => byte === 0).length;
  if (zeros > 0)
    return {
      found:
        zeros > bytes.length / 8
          ? { zh: 'UTF-16（Unicode）', en: 'UTF-16' }
          : { zh: '二進位資料（不是文字檔）', en: 'binary data, not text' },
    };
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return {
      found: decodes(bytes, 'big5')
        ? { zh: 'Big5（大五碼）', en: 'Big5' }
        : { zh: '不明的編碼', en: 'an unknown encoding' },
    };
  }
}

function decodes(bytes: Uint8Array, encoding: string): boolean {
  try {
    new TextDecoder(encoding, { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
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

/** The modules of an open folder (rules, outputs, formats, commands) by name: the folder is the registry. `only`: just this one, if it is there. */
export async function loadFolder<T>(folder: URL, only?: string): Promise<Map<string, T>> {
  const all = (await readdir(folder)).filter((name) => /\.(js|ts)$/.test(name) && !name.endsWith('.d.ts')).sort();
  const names = all.some((name) => name.replace(/\.(js|ts)$/, '') === only)
    ? all.filter((name) => name.replace(/\.(js|ts)$/, '') === only)
    : all;
  const modules = await Promise.all(names.map((name) => import(new URL(name, folder).href) as Promise<{ default: T }>));
  return new Map(names.map((name, i) => [name.replace(/\.(js|ts)$/, ''), (modules[i] as { default: T }).default]));
}

// A folder of content as it lies on the disk: what stands in it, files as text, and what is refused: links that lead out,
// what cannot be read, what is no text, names that deceive.
import { type Dirent, lstatSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import { deceptionOf } from '../core/deceptive-characters.js';
import type { Fault } from '../core/diagnostic.js';
import type { Say, Source } from '../core/source.js';
import { UserError } from '../core/terminal.js';
import { decode, isPlain } from './encoding.js';
import { innerFolder, isLitter } from './strangers.js';

/** A name in a folder. What is no regular file may be a link. */
export type Found = { name: string; regular: boolean };

/** A content file is written by hand: a larger one is a mistake (bytes). */
export const LARGEST = 1024 * 1024;

/** Opens `folder` (absolute or relative to `cwd`). Throws UserError when there is no such folder. */
export function openFolder(folder: string, cwd: string): ContentFolder {
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
  // As the folder was typed: whoever names it from the root is answered from there.
  return new ContentFolder(root, isAbsolute(folder) ? undefined : cwd);
}

export class ContentFolder {
  /** What was refused so far. */
  readonly faults: Fault[] = [];
  private readonly realRoot: string;
  private readonly listed = new Map<string, Dirent[]>();
  /** Where a folder really is, and how its files are shown. */
  private readonly places = new Map<string, { real: string; shown: string }>();

  /** `root`: absolute. `from`: what shown paths are relative to; absolute if omitted. */
  constructor(
    readonly root: string,
    private readonly from: string | undefined,
  ) {
    this.realRoot = realpathSync(root);
  }

  /** How a path is shown: as it was typed, with `/`. */
  shown(path: string): string {
    return (this.from === undefined ? path : relative(this.from, path)).split(sep).join('/') || '.';
  }

  refuse(path: string, rule: string, message: Say, hint?: Say): undefined {
    const source = { path: this.shown(path), text: '' };
    this.faults.push({ rule, span: { source, start: 0, end: 0 }, message, ...(hint ? { hint } : {}) });
    return undefined;
  }

  isInside(real: string): boolean {
    return real === this.realRoot || real.startsWith(this.realRoot + sep);
  }

  /** A link that leads nowhere, or out of the content folder. */
  refuseLink(path: string, real: string | undefined, what: 'file' | 'folder'): undefined {
    const [zh, en] = what === 'file' ? ['檔案', 'file'] : ['資料夾', 'folder'];
    return real === undefined
      ? this.refuse(
          path,
          'missing-file',
          { zh: `這個捷徑指向不存在的${zh}。`, en: `This link points to a ${en} that does not exist.` },
          { zh: `刪去捷徑，放入${zh}本身。`, en: `Delete the link and put the ${en} itself in its place.` },
        )
      : this.refuse(
          path,
          'outside-file',
          {
            zh: `這個捷徑指向內容資料夾以外的${zh}，不予讀取。`,
            en: `This link points outside the content folder; ${what === 'file' ? 'it is not read' : 'nothing in it is read'}.`,
          },
          { zh: `把${zh}複製到內容資料夾裡。`, en: `Copy the ${en} into the content folder.` },
        );
  }

  /** A file as text. Synchronous and at once: a thousand small files are read in a third of the time. */
  load(folder: string, { name, regular }: Found): Source | undefined {
    const path = folder + sep + name;
    const real = regular ? this.placeOf(folder).real + sep + name : attempt(() => realpathSync(path));
    if (real === undefined || !this.isInside(real)) return this.refuseLink(path, real, 'file');
    // Without reading it: it may be as large as the disk.
    const size = attempt(() => statSync(real).size) ?? 0;
    const isFile = regular || statSync(real).isFile();
    const text = isFile && size <= LARGEST ? attempt(() => readFileSync(real, 'utf8')) : undefined;
    const shownAs = this.placeOf(folder).shown === '.' ? name : `${this.placeOf(folder).shown}/${name}`;
    if (text !== undefined && isPlain(text, LARGEST / 3)) return { path: shownAs, text };
    if (isFile && size > LARGEST)
      return this.refuse(
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
      return this.refuse(
        path,
        'missing-file',
        isFile
          ? { zh: '沒有讀取這個檔案的權限。', en: 'You may not read this file.' }
          : { zh: '這不是一般的檔案，無法讀取。', en: 'This is no regular file and cannot be read.' },
        isFile ? MAY_READ : { zh: '換成一般的檔案。', en: 'Put a regular file in its place.' },
      );
    const decoded = decode(bytes);
    if (typeof decoded === 'string') return { path: shownAs, text: decoded };
    return this.refuse(path, 'encoding', decoded.message, decoded.hint);
  }

  private placeOf(path: string): { real: string; shown: string } {
    const known = this.places.get(path) ?? {
      real: attempt(() => realpathSync(path)) ?? '',
      shown: this.shown(path),
    };
    this.places.set(path, known);
    return known;
  }

  /** The files of a folder, by name; names that deceive are told. */
  filesIn(sub: string): Found[] {
    const found = this.entriesIn(sub)
      .filter((entry) => !isFolder(entry, join(this.root, sub)))
      .map((entry) => ({ name: entry.name, regular: entry.isFile() }))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
    for (const { name } of found) {
      const deceives = deceptionOf(name);
      if (deceives) this.refuse(join(this.root, sub, name), 'deceptive-character', deceives.message, deceives.hint);
    }
    return found;
  }

  /** A folder and those in it. */
  foldersIn(sub: string): string[] {
    const inner = this.entriesIn(sub).filter((entry) => entry.isDirectory());
    return [sub, ...inner.map(({ name }) => `${sub}/${name}`).sort()];
  }

  /** What stands in a folder; nothing of one that is a link out of the content, which is told once. @internal */
  entriesIn(sub: string): Dirent[] {
    const before = this.listed.get(sub);
    if (before) return before;
    const path = join(this.root, sub);
    const info = attempt(() => lstatSync(path));
    const real = info && attempt(() => realpathSync(path));
    const entries =
      info && (real === undefined || !this.isInside(real))
        ? this.refuseLink(path, real, 'folder')
        : info && (attempt(() => readdirSync(path, { withFileTypes: true })) ?? this.refuseFolder(path));
    const found = (entries ?? []).filter(({ name }) => !isLitter(name));
    this.listed.set(sub, found);
    return found;
  }

  private refuseFolder(path: string): undefined {
    return attempt(() => statSync(path))?.isDirectory()
      ? this.refuse(
          path,
          'missing-file',
          { zh: '沒有讀取這個資料夾的權限。', en: 'You may not read this folder.' },
          MAY_READ,
        )
      : this.refuse(
          path,
          'missing-file',
          { zh: '這裡應為資料夾，卻是一個檔案。', en: 'This is a file; expected a folder.' },
          { zh: '把檔案移開，建立同名的資料夾。', en: 'Move the file away and make a folder of that name.' },
        );
  }

  /** Tells the folders within one whose files alone are read. */
  refuseFoldersIn(sub: string): void {
    for (const entry of this.entriesIn(sub)) {
      const path = join(this.root, sub, entry.name);
      if (!isFolder(entry, join(this.root, sub))) continue;
      const { message, hint } = innerFolder(sub);
      // An empty one is nothing that is missed.
      if (/\.(ya?ml|md)$/i.test(entry.name) || holdsSomething(path)) this.refuse(path, 'unknown-file', message, hint);
    }
  }
}

const MAY_READ: Say = {
  zh: '請檔案的主人開放讀取權限（內容 → 安全性），或把內容複製成自己的檔案。',
  en: 'Ask its owner to let you read it, or copy it.',
};

/** A folder, or a link that leads to one. @internal */
export const isFolder = (entry: Dirent, folder: string): boolean =>
  entry.isDirectory() ||
  (entry.isSymbolicLink() && attempt(() => statSync(join(folder, entry.name)))?.isDirectory() === true);
const holdsSomething = (path: string): boolean =>
  attempt(() => readdirSync(path))?.some((name) => !isLitter(name)) !== false;

/** What can be read, if it can. */
export function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

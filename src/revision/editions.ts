// Where an edition to be compared comes from: a folder, or the content folder as git has it in one of its revisions. Git is
// asked in its plain commands, which run nothing of the repository's own, and nothing is written.
import { execFile, spawn } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { basename, join, relative, resolve, sep } from 'node:path';
import { decode } from '../content/encoding.js';
import { bound, readerOf } from '../content/parse.js';
import { type Content, read } from '../content/read.js';
import type { Book } from '../content/schema/book.js';
import type { Handbook } from '../content/schema/model.js';
import { known } from '../content/schema/schema.js';
import type { Say, Source } from '../core/source.js';
import { UserError } from '../core/terminal.js';
import { type Edition, meaningOf } from './meaning.js';

/** In which folder and with what environment git is asked. */
export type Place = { readonly cwd: string; readonly env: Readonly<Record<string, string | undefined>> };
/** `name`: as it is called in a report. */
export type Side = { readonly name: Say; readonly content: Content };

/** What was typed for one side: a folder that holds a content, else a revision of the content folder. */
export async function sideNamed(typed: string, content: string, place: Place): Promise<Side> {
  const folder = resolve(place.cwd, typed);
  if (existsSync(folder) && statSync(folder).isDirectory()) {
    if (!['handbook', 'office'].some((stem) => ['.yaml', '.yml'].some((end) => existsSync(join(folder, stem + end)))))
      throw new UserError({
        zh: `「${typed}」是資料夾，但裡面沒有 handbook.yaml，不是內容資料夾。請指定內容資料夾，例如 ${join(typed, 'content')}。`,
        en: `"${typed}" is a folder without a handbook.yaml, and so no content folder. Name one, such as ${join(typed, 'content')}.`,
      });
    return { name: { zh: typed, en: typed }, content: read(typed, place.cwd) };
  }
  return sideAt(typed, content, place);
}

/** The content folder as it is now. */
export async function sideNow(content: string, place: Place): Promise<Side> {
  const dirty = await isDirty(content, place);
  return {
    name: dirty
      ? { zh: `${content}（有尚未提交的修改）`, en: `${content} (with changes that are not committed)` }
      : { zh: content, en: content },
    content: read(content, place.cwd),
  };
}

/** The content folder in a revision of git. Throws UserError where there is no git, no such revision or no such folder in it. */
async function sideAt(revision: string, content: string, place: Place): Promise<Side> {
  const root = await topOf(content, place);
  const git = (...args: string[]): Promise<string | undefined> => asked(root, place, args);
  const commit = (await git('rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`))?.trim();
  if (!commit)
    throw new UserError({
      zh: `「${revision}」不是資料夾，也不是 git 的版本。可用的寫法：標籤（v1）、分支（main）、提交編號（1a2b3c4）或 HEAD~1；用「git log --oneline」可以看到。`,
      en: `"${revision}" is no folder and no revision of git. Write a tag (v1), a branch (main), a commit (1a2b3c4) or HEAD~1; "git log --oneline" lists them.`,
    });
  const prefix = relative(root, resolve(place.cwd, content)).split(sep).join('/');
  const listing = (await git('ls-tree', '-r', '-z', commit, '--', prefix === '' ? '.' : `${prefix}/`)) ?? '';
  const files = listing.split('\0').flatMap((line) => {
    const [, mode = '', id = '', path = ''] = /^(\d+) blob ([0-9a-f]+)\t(.*)$/s.exec(line) ?? [];
    const name = prefix === '' ? path : path.slice(prefix.length + 1);
    return /^100/.test(mode) && IN_CONTENT.test(name) ? [{ id, name }] : [];
  });
  if (!files.some(({ name }) => name === 'handbook.yaml' || name === 'handbook.yml'))
    throw new UserError({
      zh: `版本「${revision}」裡沒有 ${prefix || '.'}/handbook.yaml；那時內容可能放在別的資料夾，可以先取出來再以資料夾比較。`,
      en: `The revision "${revision}" has no ${prefix || '.'}/handbook.yaml. If the content lay elsewhere then, check it out and compare the folders.`,
    });
  const short = commit.slice(0, 7);
  const name = commit.startsWith(revision) ? short : `${revision}（${short}）`;
  return { name: { zh: name, en: name.replace(/（(.*)）/, ' ($1)') }, content: await contentOf(root, place, files) };
}

/** The files that are read as text, and the names of forms. */
const IN_CONTENT =
  /^(office|handbook)\.ya?ml$|^services\/[^/]+\.(ya?ml|md)$|^chapters\/[^/]+\.md$|^translations\/[^/]+\.ya?ml$|^forms\/[^/]+$/i;

async function contentOf(root: string, place: Place, files: readonly { id: string; name: string }[]): Promise<Content> {
  const read = files.filter(({ name }) => !/^forms\//i.test(name) && !/^readme\b/i.test(basename(name)));
  const blobs = await blobsOf(
    root,
    place,
    read.map(({ id }) => id),
  );
  const sources = read.map(({ name }, i): Source => {
    const text = decode(blobs[i] ?? Buffer.alloc(0));
    if (typeof text !== 'string')
      throw new UserError({ zh: `${name}：${text.message.zh}`, en: `${name}: ${text.message.en}` });
    return { path: name, text };
  });
  const below = (folder: string): Source[] =>
    sources.filter(({ path }) => path.startsWith(`${folder}/`)).sort((a, b) => (a.path < b.path ? -1 : 1));
  const [office, book] = ['office', 'handbook'].map((stem) => sources.find(({ path }) => path.startsWith(`${stem}.`)));
  return {
    ...(office ? { office } : {}),
    ...(book ? { book } : {}),
    services: below('services'),
    chapters: below('chapters'),
    translations: below('translations'),
    formFiles: files.flatMap(({ name }) => (/^forms\//i.test(name) ? [basename(name)] : [])),
    faults: [],
  };
}

// ---------------------------------------------------------------- git

/** What git answers; `undefined` where it says no. */
function asked(cwd: string, { env }: Place, args: readonly string[]): Promise<string | undefined> {
  return new Promise((done, failed) => {
    execFile(
      'git',
      // Nothing that a repository has set up is run.
      ['-c', 'core.fsmonitor=false', ...args],
      { cwd, env: { ...env, GIT_OPTIONAL_LOCKS: '0', LC_ALL: 'C' }, maxBuffer: 64 * 1024 * 1024 },
      (error, out) => {
        if (error && (error as NodeJS.ErrnoException).code === 'ENOENT') failed(NO_GIT);
        else done(error ? undefined : out);
      },
    );
  });
}
const NO_GIT = new UserError({
  zh: '找不到 git；要和以前的版本比較，請安裝 git，或以兩個資料夾比較：servicebook diff 舊資料夾 新資料夾。',
  en: 'git is not found. To compare with a revision install git, or compare two folders: servicebook diff OLD NEW.',
});

/** The working tree a folder lies in. */
async function topOf(folder: string, place: Place): Promise<string> {
  const full = resolve(place.cwd, folder);
  const top = existsSync(full) ? (await asked(full, place, ['rev-parse', '--show-toplevel']))?.trim() : undefined;
  if (!top)
    throw new UserError({
      zh: `「${folder}」不在 git 的管理之下，沒有以前的版本可以比較；請以兩個資料夾比較：servicebook diff 舊資料夾 新資料夾。`,
      en: `"${folder}" is not under git, so that it has no revisions. Compare two folders: servicebook diff OLD NEW.`,
    });
  return top;
}

/** Whether something in the folder differs from the last commit; a folder without git does not. */
async function isDirty(folder: string, place: Place): Promise<boolean> {
  const full = resolve(place.cwd, folder);
  if (!existsSync(full)) return false;
  const status = await asked(full, place, ['status', '--porcelain', '--', '.']).catch(() => undefined);
  return status !== undefined && status.trim() !== '';
}

/** The blobs of a repository in the order that was asked for, in one call. */
function blobsOf(cwd: string, { env }: Place, ids: readonly string[]): Promise<Buffer[]> {
  return new Promise((done, failed) => {
    const git = spawn('git', ['cat-file', '--batch'], { cwd, env: { ...env }, stdio: ['pipe', 'pipe', 'ignore'] });
    const chunks: Buffer[] = [];
    git.on('error', failed);
    git.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    git.stdin.on('error', () => undefined);
    git.on('close', () => {
      const all = Buffer.concat(chunks);
      const blobs: Buffer[] = [];
      let at = 0;
      for (const id of ids) {
        const line = all.indexOf(10, at);
        const size = Number(/^\S+ blob (\d+)$/.exec(all.toString('utf8', at, line === -1 ? undefined : line))?.[1]);
        if (Number.isNaN(size))
          return failed(
            new UserError({
              zh: `git 讀不出 ${id.slice(0, 7)}；版本庫可能已損壞，請用「git fsck」檢查。`,
              en: `git cannot read ${id.slice(0, 7)}; the repository may be damaged: see "git fsck".`,
            }),
          );
        blobs.push(all.subarray(line + 1, line + 1 + size));
        at = line + 1 + size + 1;
      }
      done(blobs);
    });
    git.stdin.end(ids.map((id) => `${id}\n`).join(''));
  });
}

// ---------------------------------------------------------------- read

/** Both sides as they are understood, and the book of the new one with its history. A service that is the same text beside the same office is read once. */
export async function editionsOf(before: Side, after: Side): Promise<{ before: Edition; after: Edition; book: Book }> {
  const { parseMarkdown } = await import('../content/syntax/markdown.js');
  const read = new Map<string, Handbook>();
  const handbookOf = ({ name, content }: Side): Handbook => {
    const reader = readerOf(content, parseMarkdown);
    const beside = JSON.stringify([content.office?.text, known(reader.frame.book.date)]);
    const once = (source: Source, make: (source: Source) => Handbook): Handbook => {
      const key = JSON.stringify([beside, basename(source.path), source.text]);
      const excerpt = read.get(key) ?? make(source);
      read.set(key, excerpt);
      return excerpt;
    };
    const handbook = bound([
      reader.frame,
      ...content.services.map((source) => once(source, reader.service)),
      ...content.chapters.map((source) => once(source, reader.chapter)),
    ]);
    refuseUnread(handbook, content, name);
    return handbook;
  };
  const [old, fresh] = [handbookOf(before), handbookOf(after)];
  return { before: meaningOf(old), after: meaningOf(fresh), book: fresh.book };
}

/** What cannot be read cannot be compared: it would look as if it had been taken out. */
function refuseUnread(handbook: Handbook, content: Content, name: Say): void {
  const unread = [...handbook.unread, ...(handbook.unreadChapters ?? [])];
  const missing = [content.office ? [] : ['office.yaml'], content.book ? [] : ['handbook.yaml']].flat();
  const all = [...missing, ...unread];
  if (all.length > 0)
    throw new UserError({
      zh: `${name.zh} 裡有讀不出來的檔案：${all.join('、')}；不能比較。請先用「servicebook lint」找出錯誤並改正。`,
      en: `Of ${name.en} some files cannot be read: ${all.join(', ')}. They cannot be compared; see "servicebook lint".`,
    });
}

// Where an edition to be compared comes from: a folder, or the content folder as git has it in one of its revisions.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join, relative, resolve, sep } from 'node:path';
import { decode } from '../content/encoding.js';
import { bound, readerOf } from '../content/parse.js';
import { type Content, read } from '../content/read.js';
import type { Book } from '../content/schema/book.js';
import type { Handbook } from '../content/schema/model.js';
import type { Office } from '../content/schema/office.js';
import { commitOf, contentsOf, filesAt, type GitError, type GitFile, type GitFolder, topOf } from '../core/git.js';
import type { Say, Source } from '../core/source.js';
import { UserError } from '../core/terminal.js';
import { approvalsIn } from './approval.js';
import { type Edition, meaningOf } from './meaning.js';

/** In which folder and with what environment git is asked. */
export type Place = { readonly cwd: string; readonly env: GitFolder['env'] };
/** `name`: as it is called in a report. */
export type Side = {
  readonly name: Say;
  readonly content: Content;
  /** It is the edition that was approved last: its papers were final. */
  readonly approved?: true;
};

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

/** What was approved last; where nothing was, the last commit. */
export async function sideApproved(content: string, place: Place): Promise<Side> {
  const last = approvalsIn(read(content, place.cwd).approvals).at(-1);
  if (!last) return sideAt('HEAD', content, place);
  const side = await sideAt(last.commit, content, place).catch((error: unknown) => {
    if (!(error instanceof UserError)) throw error;
    throw new UserError({
      zh: `核定的${last.edition}（${last.number}）在提交 ${last.commit.slice(0, 7)}，版本庫裡找不到；請取出完整的紀錄（git fetch --unshallow），或寫明要比較的版本。`,
      en: `${last.edition}, approved as ${last.number}, is commit ${last.commit.slice(0, 7)}, which is not here. Fetch the whole history (git fetch --unshallow), or name what to compare with.`,
    });
  });
  const short = last.commit.slice(0, 7);
  return {
    ...side,
    approved: true,
    name: {
      zh: `核定的${last.edition}（${last.number}，${short}）`,
      en: `${last.edition} as approved (${last.number}, ${short})`,
    },
  };
}

/** The content folder as it is now. */
export async function sideNow(folder: string, place: Place): Promise<Side> {
  const content = read(folder, place.cwd);
  return {
    name: (await differsFromHead(content, folder, place))
      ? { zh: `${folder}（有尚未提交的修改）`, en: `${folder} (with changes that are not committed)` }
      : { zh: folder, en: folder },
    content,
  };
}

/** Whether something in the folder differs from the last commit; a folder without git does not. */
async function differsFromHead(now: Content, folder: string, place: Place): Promise<boolean> {
  const at = { folder: resolve(place.cwd, folder), env: place.env };
  const head = existsSync(at.folder) ? await commitOf(at, 'HEAD') : undefined;
  if (head === undefined) return false;
  const then = await contentOf(at, await filesAt(at, head));
  const textsOf = ({ office, book, services, chapters, translations, formFiles }: Content): string =>
    JSON.stringify([
      // Git may have turned the ends of lines; the order of forms is the order of the folder.
      [office, book, services, chapters, translations].flat().map((source) => source?.text.replaceAll('\r\n', '\n')),
      [...formFiles].sort(),
    ]);
  return textsOf(now) !== textsOf(then);
}

/** The content folder in a revision of git. Throws UserError where there is no git, no such revision or no such folder in it. */
export async function sideAt(revision: string, content: string, place: Place): Promise<Side> {
  const at = { folder: resolve(place.cwd, content), env: place.env };
  const top = await topUnderGit(content, at);
  const commit = await commitOf(at, revision);
  if (!commit)
    throw new UserError({
      zh: `「${revision}」不是資料夾，也不是 git 的版本。可用的寫法：標籤（v1）、分支（main）、提交編號（1a2b3c4）或 HEAD~1；用「git log --oneline」可以看到。`,
      en: `"${revision}" is no folder and no revision of git. Write a tag (v1), a branch (main), a commit (1a2b3c4) or HEAD~1; "git log --oneline" lists them.`,
    });
  const files = await filesAt(at, commit);
  if (!files.some(({ path }) => path === 'handbook.yaml' || path === 'handbook.yml')) {
    const below = relative(top, at.folder) || '.';
    throw new UserError({
      zh: `版本「${revision}」裡沒有 ${join(below, 'handbook.yaml')}；那時內容可能放在別的資料夾，可以先取出來再以資料夾比較。`,
      en: `The revision "${revision}" has no ${join(below, 'handbook.yaml')}. If the content lay elsewhere then, check it out and compare the folders.`,
    });
  }
  const short = commit.slice(0, 7);
  const name = commit.startsWith(revision) ? short : `${revision}（${short}）`;
  return { name: { zh: name, en: name.replace(/（(.*)）/, ' ($1)') }, content: await contentOf(at, files) };
}

/** The working tree that the folder lies in. Throws UserError where there is none. */
async function topUnderGit(content: string, at: GitFolder): Promise<string> {
  const top = existsSync(at.folder) ? await topOf(at).catch(refuseWithoutGit) : undefined;
  if (top === undefined)
    throw new UserError({
      zh: `「${content}」不在 git 的管理之下，沒有以前的版本可以比較；請以兩個資料夾比較：servicebook diff 舊資料夾 新資料夾。`,
      en: `"${content}" is not under git, so that it has no revisions. Compare two folders: servicebook diff OLD NEW.`,
    });
  return top;
}

const refuseWithoutGit = ({ missing }: GitError): undefined => {
  if (missing)
    throw new UserError({
      zh: '找不到 git；要和以前的版本比較，請安裝 git，或以兩個資料夾比較：servicebook diff 舊資料夾 新資料夾。',
      en: 'git is not found. To compare with a revision install git, or compare two folders: servicebook diff OLD NEW.',
    });
  return undefined;
};

/** The files that are read as text, and the names of forms. */
const IN_CONTENT =
  /^approvals\.json$|^(office|handbook)\.ya?ml$|^services\/[^/]+\.(ya?ml|md)$|^chapters\/[^/]+\.md$|^translations\/[^/]+\.ya?ml$|^forms\/[^/]+$/i;

async function contentOf(at: GitFolder, all: readonly GitFile[]): Promise<Content> {
  const files = all.filter(({ path }) => IN_CONTENT.test(path));
  const read = files.filter(({ path }) => !/^forms\//i.test(path) && !/^readme\b/i.test(basename(path)));
  const contents = await contentsOf(at, read);
  const sources = read.map(({ path }, i): Source => {
    const text = decode(contents[i] ?? Buffer.alloc(0));
    if (typeof text !== 'string')
      throw new UserError({ zh: `${path}：${text.message.zh}`, en: `${path}: ${text.message.en}` });
    return { path, text };
  });
  const below = (folder: string): Source[] =>
    sources.filter(({ path }) => path.startsWith(`${folder}/`)).sort((a, b) => (a.path < b.path ? -1 : 1));
  const [office, book, approvals] = ['office', 'handbook', 'approvals'].map((stem) =>
    sources.find(({ path }) => path.startsWith(`${stem}.`)),
  );
  return {
    ...(office ? { office } : {}),
    ...(book ? { book } : {}),
    services: below('services'),
    chapters: below('chapters'),
    translations: below('translations'),
    ...(approvals ? { approvals } : {}),
    formFiles: files.flatMap(({ path }) => (/^forms\//i.test(path) ? [basename(path)] : [])),
    faults: [],
  };
}

/** The files that an edition is made of. */
const PRINTED = /^(office|handbook)\.ya?ml$|^(services|chapters|translations|forms|images|fonts|templates)\/[^.]/i;

/** The commit whose content this is. Throws UserError where something of it is not committed. */
export async function committed(content: string, place: Place): Promise<string> {
  const at = { folder: resolve(place.cwd, content), env: place.env };
  await topUnderGit(content, at);
  const commit = await commitOf(at, 'HEAD');
  if (!commit)
    throw new UserError({
      zh: '這個版本庫還沒有任何提交；請先 git add、git commit。',
      en: 'This repository has no commit yet; run git add and git commit first.',
    });
  const then = new Map((await filesAt(at, commit)).map(({ path, blob }) => [path, blob]));
  const now = readdirSync(at.folder, { recursive: true, encoding: 'utf8' }).map((path) => path.split(sep).join('/'));
  const changed = [...new Set([...then.keys(), ...now])]
    .filter((path) => PRINTED.test(path) && !isBlob(join(at.folder, path), then.get(path)))
    .map((path) => join(content, path))
    .sort();
  if (changed.length > 0)
    throw new UserError({
      zh: `內容有尚未提交的修改（${changed.slice(0, 3).join('、')}${changed.length > 3 ? `等 ${changed.length} 個檔案` : ''}），不能核定；核定的要是提交過的內容。請先 git add、git commit。`,
      en: `Some of the content is not committed (${changed.slice(0, 3).join(', ')}${changed.length > 3 ? ` and ${changed.length - 3} more` : ''}); what is approved must be. Run git add and git commit first.`,
    });
  return commit;
}

/** Whether a file is what git has under this id, but for the ends of lines, which git may have turned. A folder is no file of its own. */
function isBlob(path: string, blob: string | undefined): boolean {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats?.isDirectory()) return blob === undefined;
  if (!stats?.isFile() || blob === undefined) return false;
  const bytes = readFileSync(path);
  const idOf = (data: Buffer): string =>
    createHash(blob.length === 64 ? 'sha256' : 'sha1')
      .update(`blob ${data.length}\0`)
      .update(data)
      .digest('hex');
  const turned = Buffer.from(bytes.toString('latin1').replaceAll('\r\n', '\n'), 'latin1');
  return idOf(bytes) === blob || idOf(turned) === blob;
}

// ---------------------------------------------------------------- read

/** Both sides as they are understood, and the book of the new one with its history. A service that is the same text beside the same office is read once. */
export async function editionsOf(
  before: Side,
  after: Side,
): Promise<{ before: Edition; after: Edition; book: Book; office: Office }> {
  const { parseMarkdown } = await import('../content/syntax/markdown.js');
  const read = new Map<string, Handbook>();
  const handbookOf = ({ name, content }: Side): Handbook => {
    // Fees of every day: one that will hold later is a change today.
    const reader = readerOf({ ...content, asOf: 'always' }, parseMarkdown);
    const beside = content.office?.text ?? '';
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
  return { before: meaningOf(old), after: meaningOf(fresh), book: fresh.book, office: fresh.office };
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

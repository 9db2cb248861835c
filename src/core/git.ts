// What git has of a folder: the commit a name stands for, the files of a commit and what is in them. Only plumbing is run,
// which runs nothing that a repository names, and nothing is written.
import { execFile, spawn } from 'node:child_process';
import { UserError, visible } from './terminal.js';

/** `folder`: absolute, in the repository; paths are relative to it. `env`: the environment git runs in. */
export type GitFolder = { readonly folder: string; readonly env: Readonly<Record<string, string | undefined>> };
/** `blob`: the name git has for its content. */
export type GitFile = { readonly path: string; readonly blob: string };

/** All the files of a content are a few MB; what is larger is no content (bytes). */
const LARGEST = 256 * 1024 * 1024;

/** Git is missing, or answers no. `said`: its first line. */
export class GitError extends Error {
  constructor(
    readonly missing: boolean,
    readonly said: string,
  ) {
    super(missing ? 'git is not found' : said);
  }
}

/** The top of the working tree that the folder lies in. Throws GitError where it lies in none or there is no git. */
export const topOf = async (place: GitFolder): Promise<string> =>
  (await answerOf(place, ['rev-parse', '--show-toplevel'])).toString().trim();

/** The commit that a tag, a branch, an id or `HEAD~1` stands for; undefined where it is none. */
export const commitOf = (place: GitFolder, revision: string): Promise<string | undefined> =>
  answerOf(place, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`]).then(
    (answer) => answer.toString().trim(),
    () => undefined,
  );

/** The plain files below the folder in a commit, in the order of git; a link is no content. None where there was no such folder. */
export async function filesAt(place: GitFolder, commit: string): Promise<GitFile[]> {
  const listed = (await answerOf(place, ['ls-tree', '-r', '-z', commit])).toString();
  return listed.split('\0').flatMap((line) => {
    const [, blob, path] = /^100\d{3} blob ([0-9a-f]+)\t(.+)$/s.exec(line) ?? [];
    return blob && path ? [{ path, blob }] : [];
  });
}

/** What is in files, in order, from one process. Throws UserError where git cannot read one. */
export function contentsOf({ folder, env }: GitFolder, files: readonly GitFile[]): Promise<Buffer[]> {
  return new Promise((resolved, failed) => {
    const child = spawn('git', [...safely(folder), 'cat-file', '--batch'], {
      env: { ...env, ...ALONE },
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    const parts: Buffer[] = [];
    let size = 0;
    child.on('error', failed);
    child.stdin.on('error', () => undefined);
    child.stdout.on('data', (part: Buffer) => {
      size += part.length;
      if (size > LARGEST) child.kill();
      else parts.push(part);
    });
    child.on('close', () => {
      const all = Buffer.concat(parts);
      const contents: Buffer[] = [];
      let at = 0;
      for (const { path } of files) {
        const end = all.indexOf('\n', at);
        const length = Number(/^\S+ blob (\d+)$/.exec(all.toString('utf8', at, end === -1 ? undefined : end))?.[1]);
        if (Number.isNaN(length) || end + 1 + length > all.length) return failed(unreadable(path, size > LARGEST));
        contents.push(all.subarray(end + 1, end + 1 + length));
        at = end + 1 + length + 1;
      }
      resolved(contents);
    });
    child.stdin.end(files.map(({ blob }) => `${blob}\n`).join(''));
  });
}

const unreadable = (path: string, tooLarge: boolean): UserError =>
  tooLarge
    ? new UserError({
        zh: `版本庫裡的內容超過 ${LARGEST / 1024 / 1024} MB，不是一本手冊的內容；讀到「${visible(path)}」為止。`,
        en: `The content in the repository is over ${LARGEST / 1024 / 1024} MB, which is no content of a handbook; read up to "${visible(path)}".`,
      })
    : new UserError({
        zh: `git 讀不出「${visible(path)}」；版本庫可能已損壞，請用「git fsck」檢查。`,
        en: `git cannot read "${visible(path)}"; the repository may be damaged: see "git fsck".`,
      });

/** Without what a repository or its surroundings may have git run or fetch. */
const safely = (folder: string): string[] => [
  '-C',
  folder,
  '-c',
  'core.fsmonitor=false',
  '-c',
  'core.quotePath=false',
  '-c',
  'protocol.allow=never',
];

/** What is missing in a partial clone is not fetched: by `protocol.ext.allow` its configuration could name a program for that. */
const ALONE = { GIT_ALLOW_PROTOCOL: '', GIT_NO_LAZY_FETCH: '1' };

const answerOf = ({ folder, env }: GitFolder, args: readonly string[]): Promise<Buffer> =>
  new Promise((resolved, failed) => {
    const options = {
      env: { ...env, ...ALONE, GIT_OPTIONAL_LOCKS: '0', LC_ALL: 'C' },
      maxBuffer: LARGEST,
      encoding: 'buffer' as const,
    };
    execFile('git', [...safely(folder), ...args], options, (error, stdout, stderr) => {
      if (!error) return resolved(stdout);
      // In a container git may refuse a repository of another owner; it says itself what to do.
      const said = visible(stderr.toString().trim().split('\n')[0] ?? '');
      failed(new GitError((error as NodeJS.ErrnoException).code === 'ENOENT', said));
    });
  });

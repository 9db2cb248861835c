// The content as it was in an earlier revision of its git repository, laid out in a folder of its own. Of git only plumbing
// is run, which runs nothing that a repository names.
import { execFile, spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve, sep } from 'node:path';
import { UserError, visible } from '../core/terminal.js';

type Env = Readonly<Record<string, string | undefined>>;
type Entry = { hash: string; path: string };

/** All the files of a content are a few MB; what is larger is no content (bytes). */
const LARGEST = 256 * 1024 * 1024;

/**
 * Hands `work` the folder that holds what lay in `folder` (absolute) at `revision`, and takes it away again. A revision in
 * which there was no such folder gives an empty one. Throws UserError where there is no git, no repository or no such revision.
 */
export async function atRevision<T>(
  folder: string,
  revision: string,
  env: Env,
  work: (folder: string) => Promise<T>,
): Promise<T> {
  const git = (...args: string[]): Promise<Buffer> => gitIn(folder, env, args);
  await git('rev-parse', '--show-toplevel').catch((error: NodeJS.ErrnoException & { stderr?: Buffer }) => {
    if (error.code === 'ENOENT')
      throw new UserError({
        zh: '--since 要用 git，這台電腦上找不到。請安裝 git，或不用 --since。',
        en: '--since needs git, which is not on this machine. Install git, or leave out --since.',
      });
    // In a container git may refuse a repository of another owner; it says itself what to do.
    const said = visible(error.stderr?.toString().trim().split('\n')[0] ?? '');
    throw new UserError({
      zh: `內容資料夾不在 git 版本庫裡，無從得知「${revision}」時的內容（git：${said}）。`,
      en: `The content folder is in no git repository, so there is no "${revision}" to compare with (git: ${said}).`,
    });
  });
  const commit = await git('rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`).catch(() => {
    throw new UserError({
      zh: `版本庫裡沒有「${revision}」。在 CI 裡請取出完整的紀錄（GitHub：fetch-depth: 0；GitLab：GIT_DEPTH: 0）。`,
      en: `The repository has no "${revision}". In CI fetch the whole history (GitHub: fetch-depth: 0; GitLab: GIT_DEPTH: 0).`,
    });
  });
  const listed = await git('ls-tree', '-r', '-z', commit.toString().trim());
  const entries = entriesIn(listed.toString());
  const place = await mkdtemp(join(tmpdir(), 'servicebook-since-'));
  try {
    const contents = await blobsOf(folder, env, entries);
    for (const [i, { path }] of entries.entries()) {
      const file = resolve(place, path);
      if (!file.startsWith(place + sep)) continue;
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, contents[i] ?? '');
    }
    return await work(place);
  } finally {
    await rm(place, { recursive: true, force: true });
  }
}

/** Plain files alone: a link is no content. */
const entriesIn = (listed: string): Entry[] =>
  listed.split('\0').flatMap((line) => {
    const parts = /^100\d{3} blob ([0-9a-f]+)\t(.+)$/s.exec(line);
    return parts ? [{ hash: parts[1] ?? '', path: parts[2] ?? '' }] : [];
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

const gitIn = (folder: string, env: Env, args: readonly string[]): Promise<Buffer> =>
  new Promise((resolved, failed) => {
    const options = { env: { ...env, GIT_OPTIONAL_LOCKS: '0' }, maxBuffer: LARGEST, encoding: 'buffer' as const };
    execFile('git', [...safely(folder), ...args], options, (error, stdout) =>
      error ? failed(error) : resolved(stdout),
    );
  });

/** The files of these hashes, in order, from one process. */
function blobsOf(folder: string, env: Env, entries: readonly Entry[]): Promise<Buffer[]> {
  return new Promise((resolved, failed) => {
    const child = spawn('git', [...safely(folder), 'cat-file', '--batch'], {
      env: { ...env },
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
    child.on('close', (code) => {
      if (code !== 0) return failed(new Error(`git cat-file ended with ${code}`));
      const all = Buffer.concat(parts);
      const blobs: Buffer[] = [];
      let at = 0;
      for (const { hash } of entries) {
        const end = all.indexOf('\n', at);
        const [found, kind, length] = all.subarray(at, end).toString().split(' ');
        if (found !== hash || kind !== 'blob') return failed(new Error(`git has no ${hash}`));
        blobs.push(all.subarray(end + 1, end + 1 + Number(length)));
        at = end + 1 + Number(length) + 1;
      }
      resolved(blobs);
    });
    child.stdin.end(entries.map(({ hash }) => `${hash}\n`).join(''));
  });
}

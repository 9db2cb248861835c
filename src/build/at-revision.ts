// The content as it was in an earlier revision of its git repository, laid out in a folder of its own.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve, sep } from 'node:path';
import { commitOf, contentsOf, filesAt, type GitError, type GitFolder, topOf } from '../core/git.js';
import { UserError } from '../core/terminal.js';
import { makeFolder } from '../core/write-file.js';

/**
 * Hands `work` the folder that holds what lay in `folder` (absolute) at `revision`, and takes it away again. A revision in
 * which there was no such folder gives an empty one. Throws UserError where there is no git, no repository or no such revision.
 */
export async function atRevision<T>(
  folder: string,
  revision: string,
  env: GitFolder['env'],
  work: (folder: string) => Promise<T>,
): Promise<T> {
  const place: GitFolder = { folder, env };
  await topOf(place).catch(({ missing, said }: GitError) => {
    throw new UserError(
      missing
        ? {
            zh: '--since 要用 git，這台電腦上找不到。請安裝 git，或不用 --since。',
            en: '--since needs git, which is not on this machine. Install git, or leave out --since.',
          }
        : {
            zh: `內容資料夾不在 git 版本庫裡，無從得知「${revision}」時的內容（git：${said}）。`,
            en: `The content folder is in no git repository, so there is no "${revision}" to compare with (git: ${said}).`,
          },
    );
  });
  const commit = await commitOf(place, revision);
  if (commit === undefined)
    throw new UserError({
      zh: `版本庫裡沒有「${revision}」。在 CI 裡請取出完整的紀錄（GitHub：fetch-depth: 0；GitLab：GIT_DEPTH: 0）。`,
      en: `The repository has no "${revision}". In CI fetch the whole history (GitHub: fetch-depth: 0; GitLab: GIT_DEPTH: 0).`,
    });
  const files = await filesAt(place, commit);
  const laidOut = await mkdtemp(join(tmpdir(), 'servicebook-since-'));
  try {
    const contents = await contentsOf(place, files);
    for (const [i, { path }] of files.entries()) {
      const file = resolve(laidOut, path);
      if (!file.startsWith(laidOut + sep)) continue;
      await makeFolder(dirname(file));
      await writeFile(file, contents[i] ?? '');
    }
    return await work(laidOut);
  } finally {
    await rm(laidOut, { recursive: true, force: true });
  }
}

// Noticing that files of a content folder were saved, however the editor, the disk or the network writes them.
import { type FSWatcher, readdirSync, statSync, watch } from 'node:fs';
import { join } from 'node:path';

/** What is read of a content folder; of the last also what lies in its folders. */
const FOLDERS = ['', 'services', 'chapters', 'forms', 'translations', 'images', 'templates'];
/** A save is often several steps (write, rename, truncate): what follows within so many ms is one change. */
const SETTLING = 30;
/** While a hundred files are being copied in, something is shown all the same. In ms. */
const LONGEST_WAIT = 150;
/**
 * A network drive tells nothing, a folder that was deleted and made anew is another folder, and a watcher may lose
 * events. So events only make it quick; a look at names, sizes and times every so many ms makes it certain.
 */
const LOOK = 1000;

/** Calls `changed` soon after a save in `folder` (absolute), until the returned function is called. */
export function follow(folder: string, changed: () => void): () => void {
  const watchers = new Map<string, { identity: string; watcher: FSWatcher }>();
  let seen = lookOf(pathsIn(folder));
  let settling: NodeJS.Timeout | undefined;
  let since = 0;

  const stir = (): void => {
    const now = performance.now();
    if (settling === undefined) since = now;
    else clearTimeout(settling);
    settling = setTimeout(
      () => {
        settling = undefined;
        watchAll();
        seen = lookOf(pathsIn(folder));
        changed();
      },
      Math.max(0, Math.min(SETTLING, since + LONGEST_WAIT - now)),
    );
  };
  /** Watches every folder that is there now, and none that is there no more. */
  const watchAll = (): void => {
    for (const path of new Set([...watchers.keys(), ...pathsIn(folder)])) {
      const identity = identityOf(path);
      const known = watchers.get(path);
      if (known && known.identity === identity) continue;
      known?.watcher.close();
      watchers.delete(path);
      if (identity === undefined) continue;
      try {
        const watcher = watch(path, stir);
        watcher.on('error', () => {
          watcher.close();
          watchers.delete(path);
        });
        watchers.set(path, { identity, watcher });
      } catch {
        // No watcher left on this machine: the look finds what changes.
      }
    }
  };

  watchAll();
  const looking = setInterval(() => {
    watchAll();
    if (settling === undefined && lookOf(pathsIn(folder)) !== seen) stir();
  }, LOOK);
  return () => {
    clearInterval(looking);
    clearTimeout(settling);
    for (const { watcher } of watchers.values()) watcher.close();
  };
}

function pathsIn(folder: string): string[] {
  const paths = FOLDERS.map((name) => join(folder, name));
  const last = paths.at(-1) ?? folder;
  try {
    const inner = readdirSync(last, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    return [...paths, ...inner.map(({ name }) => join(last, name))];
  } catch {
    return paths;
  }
}

/** Which folder of its disk it is: one made anew under the same name is another. */
function identityOf(path: string): string | undefined {
  const found = statSync(path, { throwIfNoEntry: false });
  return found?.isDirectory() ? `${found.dev} ${found.ino}` : undefined;
}

/** Names, sizes and times of the files, as one text. */
const lookOf = (paths: readonly string[]): string =>
  paths
    .flatMap((path) => {
      try {
        return readdirSync(path)
          .sort()
          .map((name) => {
            const found = statSync(join(path, name), { throwIfNoEntry: false });
            return found?.isDirectory() ? '' : `${name} ${found?.size} ${found?.mtimeMs} ${found?.ino}`;
          });
      } catch {
        return '-';
      }
    })
    .join('\n');

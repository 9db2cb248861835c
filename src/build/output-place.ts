// Where the output folder may lie: no link that came with the content leads it elsewhere, and what is printed is never
// mixed with the content, with the program or with what git keeps. Looks, and writes nothing.
import { existsSync, lstatSync, readlinkSync, realpathSync, type Stats, statSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { TEMPLATES } from '../core/program-files.js';
import { UserError } from '../core/terminal.js';

/** What a content folder keeps for itself, and the program. */
const OF_CONTENT = ['services', 'chapters', 'forms', 'translations', 'templates', 'images', 'fonts'];
const OF_PROGRAM = ['templates', 'dist', 'src', 'bin', 'test', 'node_modules'];

/** Throws UserError for a place where files of a build would do harm. `named` and `content` as they were typed. */
export function refusePlace(named: string, content: string, cwd: string): void {
  refuseEmpty(named);
  refuseLeading(named, cwd);
  const out = realPlace(resolve(cwd, named));
  refuseFile(named, out);
  const source = realPlace(resolve(cwd, content));
  if (isWithin(source, out))
    throw new UserError({
      zh: `輸出資料夾「${named}」${isWithin(out, source) ? '就是內容資料夾' : `裡有內容資料夾「${content}」`}，印出來的檔案會和內容混在一起。請指定另一個資料夾，例如 --out out。`,
      en: `The output folder "${named}" ${isWithin(out, source) ? 'is the content folder' : `holds the content folder "${content}"`}; what is printed would be mixed with the content. Name another folder, such as --out out.`,
    });
  for (const folder of OF_CONTENT)
    if (isWithin(out, join(source, folder)))
      throw new UserError({
        zh: `輸出資料夾「${named}」在內容資料夾的 ${folder}/ 裡，印出來的檔案會被當作內容。請指定另一個資料夾，例如 --out out。`,
        en: `The output folder "${named}" lies in ${folder}/ of the content folder; what is printed would be taken for content. Name another folder, such as --out out.`,
      });
  for (const folder of OF_PROGRAM)
    if (isWithin(out, join(dirname(TEMPLATES), folder)))
      throw new UserError({
        zh: `輸出資料夾「${named}」在程式自己的 ${folder}/ 裡。請指定另一個資料夾，例如 --out out。`,
        en: `The output folder "${named}" lies in ${folder}/ of the program itself. Name another folder, such as --out out.`,
      });
  if (out.split(sep).includes('.git'))
    throw new UserError({
      zh: `輸出資料夾「${named}」在 git 的 .git/ 裡。請指定另一個資料夾，例如 --out out。`,
      en: `The output folder "${named}" lies in .git/, which is git's own. Name another folder, such as --out out.`,
    });
}

function refuseEmpty(named: string): void {
  if (named.trim() === '')
    throw new UserError({
      zh: '輸出資料夾的名稱是空的，例如 --out out。',
      en: 'The output folder has no name; name one, such as --out out.',
    });
}

/** A file where a folder should be, or on the way to one. */
function refuseFile(named: string, out: string): void {
  let there = out;
  while (!found(there) && dirname(there) !== there) there = dirname(there);
  if (found(there)?.isDirectory() === false)
    throw new UserError({
      zh:
        there === out
          ? `「${named}」是檔案，不是資料夾。請移走該檔案，或以 --out 指定其他資料夾。`
          : `無法寫入 ${named}：路徑中的「${basename(there)}」是檔案，不是資料夾。請移走該檔案，或以 --out 指定其他資料夾。`,
      en:
        there === out
          ? `"${named}" is a file, not a folder. Move it away, or name another folder with --out.`
          : `Cannot write ${named}: "${basename(there)}" on the way there is a file, not a folder. Move it away, or name another folder with --out.`,
    });
}

/** An output folder that is named as one below the working directory must lie there: a link may have come with the content. */
function refuseLeading(named: string, cwd: string): void {
  const way = relative(cwd, resolve(cwd, named)).split(sep);
  if (isAbsolute(named) || way[0] === '..') return;
  const home = realpathSync(cwd);
  for (let depth = 1; depth <= way.length; depth += 1) {
    const path = join(home, ...way.slice(0, depth));
    if (!isLink(path)) continue;
    const real = existsSync(path) ? realpathSync(path) : readlinkSync(path);
    const inside = relative(home, resolve(home, real));
    if (inside === '..' || inside.startsWith(`..${sep}`) || isAbsolute(inside))
      throw new UserError({
        zh: `輸出資料夾 ${named} 是連結，通往 ${real}。若真要寫到那裡，請寫明：--out ${real}。`,
        en: `The output folder ${named} is a link that leads to ${real}. If that is where the files belong, name it: --out ${real}.`,
      });
  }
}

const found = (path: string): Stats | undefined => attempt(() => statSync(path));
const isLink = (path: string): boolean => attempt(() => lstatSync(path).isSymbolicLink()) === true;

/** Where a path leads, links followed as far as it is there. */
function realPlace(path: string): string {
  const real = attempt(() => realpathSync(path));
  if (real !== undefined || dirname(path) === path) return real ?? path;
  return join(realPlace(dirname(path)), basename(path));
}

/** Whether a place is a folder or lies within it; on a disk that does not tell A from a, by what lies there. */
function isWithin(place: string, folder: string): boolean {
  const one = found(folder);
  for (let at = place; ; at = dirname(at)) {
    if (at === folder) return true;
    const other = one && found(at);
    if (other && other.ino !== 0 && other.ino === one.ino && other.dev === one.dev) return true;
    if (dirname(at) === at) return false;
  }
}

function attempt<T>(look: () => T): T | undefined {
  try {
    return look();
  } catch {
    return undefined;
  }
}

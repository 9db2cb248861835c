// What a build left in the output folder, and from what: a build that would leave the same again has nothing to do.

import { existsSync, lstatSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { digestOf, keyOf, lastingFolder, type OpenCache, openStore } from '../core/cache.js';
import { TEMPLATES } from '../core/program-files.js';
import type { Terminal } from '../core/terminal.js';
import { openCache, storeIn } from './cached-printer.js';

/** A file as it was left, and by what a look at the disk tells it from another. */
type Left = { file: string; digest: string } & Look;
type Look = { size: number; mtimeMs: number; ctimeMs: number; ino: number };
/** `content`, `out` and `browser` as paths; `from` names everything the files were made from; `said` in the end. */
type Record = { content: string; out: string; browser?: string | undefined } & {
  from: string;
  at: number;
  left: Left[];
} & Said;
/** What was said in the end: the words for people, or the report for programs. */
type Said = { said: string } | { report: object };

/**
 * Disks tell times in steps of some milliseconds: a file that was written so shortly before it was looked at may have
 * been written again in the same step (ms).
 */
const STEP = 100;

/** Which build this is: what it was told, where, and in which language it answers. */
const keyFor = ({ args, cwd, lang }: Terminal): string =>
  keyOf(JSON.stringify(['built', args.filter(shapesFiles), cwd, lang, contentOf(join(cwd, 'servicebook.yaml'))]));

/** How much is told on the way makes no file another; the language of messages is asked for apart. */
const shapesFiles = (arg: string, i: number, args: readonly string[]): boolean =>
  !['-q', '--quiet', '--verbose', '--ui-lang'].includes(arg) &&
  args[i - 1] !== '--ui-lang' &&
  !arg.startsWith('--ui-lang=');

/** Names all that files are made from: program and machine, `content` (absolute), templates, and the day they are to bear. */
export const sourceOf = (by: string, content: string, { env }: Pick<Terminal, 'env'>): string =>
  keyOf(
    JSON.stringify([
      by,
      nameOfFolder(content),
      contentOf(join(content, '../servicebook.yaml')),
      nameOfFolder(TEMPLATES),
      env.SOURCE_DATE_EPOCH,
    ]),
  );

/**
 * Says again what the same build said the last time, when it was made from the same and all its files are what they
 * were; else it returns false. Reads every file of the content and looks at every file that was made. `open`: opens what
 * was kept, for this program on this machine.
 */
export async function stands(terminal: Terminal, open: typeof openCache = openCache): Promise<boolean> {
  const folder = lastingFolder(terminal.env);
  if (!folder || terminal.args.includes('--no-cache')) return false;
  const store = openStore(storeIn(folder));
  const key = keyFor(terminal);
  const bytes = store.get(key);
  if (!bytes) return false;
  const record = JSON.parse(Buffer.from(bytes).toString()) as Record;
  const { content, out, browser } = record;
  const cache = await open(folder, { ...(browser ? { browser } : {}), env: terminal.env, root: terminal.root });
  if (!cache || !existsSync(content) || sourceOf(cache.by, content, terminal) !== record.from) return false;
  const at = Date.now();
  let read = 0;
  const left: Left[] = [];
  for (const each of record.left) {
    const path = join(out, each.file);
    const now = look(path);
    if (!now) return false;
    if (same(now, each) && each.ctimeMs < record.at - STEP) {
      left.push(each);
      continue;
    }
    if (now.size !== each.size || digestOf(readFileSync(path)) !== each.digest) return false;
    read += 1;
    left.push({ ...each, ...now });
  }
  if (read > 0) store.put(key, Buffer.from(JSON.stringify({ ...record, at, left } satisfies Record)));
  if ('report' in record) {
    terminal.out(`${JSON.stringify({ ...record.report, upToDate: true }, null, 2)}\n`);
    return true;
  }
  terminal.out(record.said);
  terminal.out(
    terminal.lang === 'zh'
      ? '內容沒有變動，檔案都是最新的。\n'
      : 'Nothing has changed; the files are as they should be.\n',
  );
  return true;
}

/** Remembers a build whose files have just been put in their place, all that were asked for, and what was said of it. */
export function note(
  terminal: Terminal,
  { cache, ...origin }: { cache: OpenCache } & Pick<Record, 'content' | 'out' | 'browser' | 'from'>,
  { files, ...said }: { files: readonly { file: string; digest: string }[] } & Said,
): void {
  const at = Date.now();
  const left = files.map(({ file, digest }) => ({ file, digest, ...look(join(origin.out, file)) }));
  if (left.every((each): each is Left => 'size' in each))
    cache.store.put(keyFor(terminal), Buffer.from(JSON.stringify({ ...origin, at, left, ...said } satisfies Record)));
}

function look(path: string): Look | undefined {
  const found = attempt(() => lstatSync(path));
  if (!found?.isFile()) return undefined;
  const { size, mtimeMs, ctimeMs, ino } = found;
  return { size, mtimeMs, ctimeMs, ino };
}

const same = (a: Look, b: Look): boolean =>
  a.size === b.size && a.mtimeMs === b.mtimeMs && a.ctimeMs === b.ctimeMs && a.ino === b.ino;

/** A name for everything below a folder, by what is in it; hidden files are none of the content. */
function nameOfFolder(folder: string): string {
  const digests: string[] = [];
  const visit = (path: string, shown: string): void => {
    const entries = attempt(() => readdirSync(path, { withFileTypes: true })) ?? [];
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      if (entry.name.startsWith('.')) continue;
      const [inner, name] = [join(path, entry.name), `${shown}/${entry.name}`];
      if (entry.isDirectory()) visit(inner, name);
      else digests.push(`${name} ${contentOf(inner)}`);
    }
  };
  visit(folder, '');
  return keyOf(digests.join('\n'));
}

/** What cannot be read has no name of its own, nor what has no end (a pipe, a device); whoever builds from it will say so. */
const contentOf = (path: string): string =>
  attempt(() => (statSync(path).isFile() ? digestOf(readFileSync(path)) : '')) ?? '';

/** What the disk answers; nothing where something else is in the way, or may not be read. */
function attempt<T>(ask: () => T): T | undefined {
  try {
    return ask();
  } catch {
    return undefined;
  }
}

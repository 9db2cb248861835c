// The Chromium that comes with this program, as npm put it, and unpacked where it can run.
import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream, existsSync, readFileSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { arch, platform } from 'node:os';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { type CacheFolder, isOurs } from '../core/cache.js';
import { refusalOf } from '../core/machine.js';
import { EMBEDDED } from '../core/program-files.js';
import type { Say } from '../core/source.js';
import { UserError } from '../core/terminal.js';

const require = createRequire(import.meta.url);

/** `libraries`: folder of the shared libraries that came with it, for machines that lack them. */
export type Unpacked = { path: string; libraries: string };

/**
 * Where npm put the embedded browser. Linux on x64 alone has one, and it may have been left out of the install. Newer
 * versions of the package build elsewhere in it.
 */
export function packed(): string | undefined {
  if (platform() !== 'linux' || arch() !== 'x64') return undefined;
  try {
    let folder = dirname(require.resolve(EMBEDDED));
    while (!existsSync(join(folder, 'bin', 'chromium.br'))) {
      if (dirname(folder) === folder) return undefined;
      folder = dirname(folder);
    }
    return folder;
  } catch {
    return undefined;
  }
}

/** Where the embedded browser is once it is unpacked. */
export function embedded(cache: CacheFolder, shipped: string): Unpacked {
  const { version } = JSON.parse(readFileSync(join(shipped, 'package.json'), 'utf8')) as { version: string };
  const home = join(cache.path, `chromium-${version}`);
  return { path: join(home, 'chromium'), libraries: join(home, 'lib') };
}

/**
 * The Chromium inside its package, unpacked once per user and version. The package itself would unpack to a
 * fixed name in the shared temporary folder and run whatever already lies there. Two builds at once each unpack for
 * themselves and the first rename wins; a broken unpacking never gets the final name.
 */
export async function unpack(cache: CacheFolder, shipped: string): Promise<Unpacked> {
  const bin = join(shipped, 'bin');
  const found = embedded(cache, shipped);
  const home = dirname(found.path);
  if (await isWhole(home)) return found;

  const { brotliDecompress, createBrotliDecompress } = await import('node:zlib');
  const making = await mkdtemp(join(cache.path, 'unpacking-')).catch(notUnpacked(cache));
  try {
    const program = join(making, 'chromium');
    await pipeline(
      createReadStream(join(bin, 'chromium.br')),
      createBrotliDecompress({ chunkSize: 2 ** 21 }),
      createWriteStream(program, { mode: 0o700, highWaterMark: 2 ** 22 }),
    );
    await mkdir(join(making, 'lib'), { mode: 0o700 });
    const libraries = await promisify(brotliDecompress)(await readFile(join(bin, 'al2023.tar.br')));
    for (const { name, bytes } of tarFiles(libraries))
      await writeFile(join(making, 'lib', name), bytes, { mode: 0o600 });
    await writeParts(making, await partsIn(making));
    await chmod(making, 0o700);
    // The first to finish wins; only a broken one, which nobody runs, is moved out of the way.
    for (let tries = 0; !(await isWhole(home)); tries++) {
      const failed = await rename(making, home).catch((error: unknown) => error);
      if (failed === undefined || (await isWhole(home))) break;
      if (tries === 3) throw failed;
      const aside = join(cache.path, `unpacking-${randomUUID()}`);
      await rename(home, aside).catch(() => {});
      await rm(aside, { recursive: true, force: true });
    }
    return found;
  } catch (error) {
    return notUnpacked(cache)(error);
  } finally {
    await rm(making, { recursive: true, force: true });
    await sweep(cache);
  }
}

const REMOVED: Say = {
  zh: '資料夾在中途被移除。請再試一次，',
  en: 'the folder was removed meanwhile. Try again.',
};

const notUnpacked =
  (cache: CacheFolder) =>
  (error: unknown): never => {
    const { code, message } = error as NodeJS.ErrnoException;
    const refused = refusalOf(error) ?? (code === 'ENOENT' ? REMOVED : undefined);
    const reason = message;
    throw Object.assign(
      new UserError({
        zh: `無法在 ${cache.path} 解開隨附的瀏覽器（需要約 210 MB）：${refused?.zh ?? reason}或以環境變數 XDG_CACHE_HOME 指定其他快取資料夾。`,
        en: `The browser that comes with this program cannot be unpacked in ${cache.path} (it needs about 210 MB): ${refused?.en ?? reason} Or name another cache folder with XDG_CACHE_HOME.`,
      }),
      { cause: error },
    );
  };

/** A file of the unpacked browser as it was unpacked; `name` is relative to its folder. */
type Part = { name: string; size: number; mtimeMs: number; digest: string };

async function partsIn(home: string): Promise<Part[]> {
  const parts: Part[] = [];
  for (const name of ['chromium', ...(await readdir(join(home, 'lib'))).map((each) => `lib/${each}`)]) {
    const { size, mtimeMs } = await stat(join(home, name));
    parts.push({ name, size, mtimeMs, digest: await digestOfFile(join(home, name)) });
  }
  return parts;
}

async function writeParts(home: string, parts: readonly Part[]): Promise<void> {
  const making = join(home, `parts.${randomUUID()}`);
  await writeFile(making, JSON.stringify(parts), { mode: 0o600 });
  await rename(making, join(home, 'parts'));
}

async function digestOfFile(path: string): Promise<string> {
  const digest = createHash('sha256');
  await pipeline(createReadStream(path, { highWaterMark: 2 ** 20 }), digest);
  return digest.digest('base64url');
}

/**
 * Folder and files are ours and what they were when they were unpacked. Read are only those whose time has changed since
 * (they were carried here, or damaged); `thoroughly`: all of them, 200 MB.
 */
export async function isWhole(home: string, thoroughly = false): Promise<boolean> {
  try {
    if (![home, join(home, 'lib')].every((each) => isOurs(each, 'folder')) || !isOurs(join(home, 'parts'), 'file'))
      return false;
    const parts = JSON.parse(await readFile(join(home, 'parts'), 'utf8')) as Part[];
    if (!parts.some(({ name }) => name === 'chromium')) return false;
    let moved = false;
    for (const part of parts) {
      const path = join(home, part.name);
      if (!isOurs(path, 'file')) return false;
      const { size, mtimeMs } = await stat(path);
      if (size !== part.size) return false;
      if (mtimeMs === part.mtimeMs && !thoroughly) continue;
      if ((await digestOfFile(path)) !== part.digest) return false;
      moved ||= mtimeMs !== part.mtimeMs;
      part.mtimeMs = mtimeMs;
    }
    if (moved) await writeParts(home, parts).catch(() => undefined);
    return true;
  } catch {
    return false;
  }
}

/** Removes what a killed unpacking left: nothing unpacks for an hour. */
async function sweep(cache: CacheFolder): Promise<void> {
  for (const name of await readdir(cache.path).catch(() => [])) {
    if (!name.startsWith('unpacking-')) continue;
    const made = await stat(join(cache.path, name)).catch(() => undefined);
    if (made && Date.now() - made.mtimeMs > 3_600_000)
      await rm(join(cache.path, name), { recursive: true, force: true });
  }
}

/** Regular files of a ustar archive, by base name. Header of 512 bytes: name at 0, octal size at 124, type at 156. */
function* tarFiles(tar: Buffer): Generator<{ name: string; bytes: Buffer }> {
  for (let at = 0; at + 512 <= tar.length && tar[at] !== 0; ) {
    const field = (from: number, length: number) =>
      tar.toString('latin1', at + from, at + from + length).split('\0')[0];
    const size = Number.parseInt(field(124, 12) ?? '', 8);
    const name = field(0, 100)?.split('/').at(-1);
    const type = field(156, 1);
    if (name && (type === '0' || type === '')) yield { name, bytes: tar.subarray(at + 512, at + 512 + size) };
    at += 512 + Math.ceil(size / 512) * 512;
  }
}

/** The version of the browser that comes with this program. */
export function shippedMajor(): number | undefined {
  const shipped = packed();
  if (!shipped) return undefined;
  const { version } = JSON.parse(readFileSync(join(shipped, 'package.json'), 'utf8')) as { version: string };
  return Number.parseInt(version, 10);
}

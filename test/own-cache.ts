// A cache folder of one test's own, without the work of unpacking the browser into it once more.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** `cache`, made, with the browser that these tests share, where it is unpacked already (5 s of CPU); else the test unpacks it. */
export function ownCache(cache: string): string {
  const room = join(cache, 'servicebook');
  mkdirSync(room, { recursive: true, mode: 0o700 });
  const shared = join(process.env.XDG_CACHE_HOME ?? '', 'servicebook');
  const browser = existsSync(shared) && readdirSync(shared).find((name) => name.startsWith('chromium-'));
  // Only Linux has one; `-a` keeps the times by which the program knows its files.
  if (browser) execFileSync('cp', ['-a', join(shared, browser), room]);
  return cache;
}

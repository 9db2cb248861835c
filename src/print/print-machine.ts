// What of this machine a print depends on: its browser and its fonts, in one name.
import { stat } from 'node:fs/promises';
import { arch, platform } from 'node:os';
import { basename, dirname } from 'node:path';
import { type CacheFolder, keyOf } from '../core/cache.js';
import { type Found, firstOf, type Wanted } from './find-browser.js';
import { fontsHere } from './installed-fonts.js';
import { LAUNCH_LIMIT, run } from './running-browser.js';

/**
 * Names everything of this machine that shapes a print: the browser that would be opened and the fonts it would find.
 * `path`: that browser. `undefined` when there is none.
 */
export async function machineOf(
  options: Wanted,
  cache: CacheFolder,
): Promise<{ name: string; path: string } | undefined> {
  const found = await firstOf(options, cache);
  if (!found) return undefined;
  const browser = found.from === 'embedded' ? basename(dirname(found.path)) : await versionOf(found, options.env);
  const name = keyOf(JSON.stringify([platform(), arch(), browser, fontsHere(options.env, cache)]));
  return { name, path: found.path };
}

/** An installed browser is often started by a script, which stays as it is when the browser is renewed: so it is asked. */
async function versionOf({ path }: Found, env: Wanted['env']): Promise<string> {
  const { size, mtimeMs } = await stat(path);
  const asked = platform() !== 'win32' && run(path, ['--version'], { env: { ...env }, timeout: LAUNCH_LIMIT });
  const said = asked ? await asked.then(({ stdout }) => stdout, String) : '';
  return [path, size, mtimeMs, said].join(' ');
}

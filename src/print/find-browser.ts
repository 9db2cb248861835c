// Which browser prints: one that was named, the one that comes with this program, or one that is installed.
import { stat } from 'node:fs/promises';
import { platform } from 'node:os';
import { delimiter, isAbsolute, join } from 'node:path';
import { type CacheFolder, homeOf } from '../core/cache.js';
import { embedded, packed, unpack } from './packed-browser.js';

type Env = Readonly<Record<string, string | undefined>>;

/** `browser`: one that the user named, which wins over every other. */
export type Wanted = { browser?: string; env: Env };

export type Found = {
  path: string;
  /** How the user would name it. */
  from: 'named' | 'environment' | 'embedded' | 'installed';
  /** Folder of the shared libraries that came with it, for machines that lack them. */
  libraries?: string;
};

export async function* browsers({ browser, env }: Wanted, cache: CacheFolder): AsyncGenerator<Found> {
  if (browser !== undefined) return yield { path: browser, from: 'named' };
  if (env.PUPPETEER_EXECUTABLE_PATH) return yield { path: env.PUPPETEER_EXECUTABLE_PATH, from: 'environment' };
  const shipped = packed();
  if (shipped) yield { ...(await unpack(cache, shipped)), from: 'embedded' };
  for (const path of installedPlaces(env)) if (await isFile(path)) yield { path, from: 'installed' };
}

function installedPlaces(env: Env): string[] {
  const onPath = (names: string[]) =>
    (env.PATH ?? '')
      .split(delimiter)
      .filter(isAbsolute)
      .flatMap((folder) => names.map((name) => join(folder, name)));
  switch (platform()) {
    case 'darwin':
      return ['/Applications', join(homeOf(env) ?? '/', 'Applications')].flatMap((folder) =>
        ['Google Chrome', 'Chromium', 'Microsoft Edge'].map((name) =>
          join(folder, `${name}.app`, 'Contents', 'MacOS', name),
        ),
      );
    case 'win32':
      return [env.PROGRAMFILES, env['PROGRAMFILES(X86)'], env.LOCALAPPDATA]
        .filter((folder) => folder !== undefined)
        .flatMap((folder) =>
          [
            'Google/Chrome/Application/chrome.exe',
            'Chromium/Application/chrome.exe',
            'Microsoft/Edge/Application/msedge.exe',
          ].map((file) => join(folder, file)),
        );
    default:
      return [
        ...onPath(['google-chrome-stable', 'google-chrome', 'chromium', 'chromium-browser', 'microsoft-edge']),
        '/usr/bin/google-chrome',
        '/usr/bin/chromium',
        '/opt/google/chrome/chrome',
      ];
  }
}

export const isFile = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isFile(),
    () => false,
  );

/** The first of `browsers` that is there, without unpacking it. */
export async function firstOf(options: Wanted, cache: CacheFolder): Promise<Found | undefined> {
  const { browser, env } = options;
  const shipped = packed();
  if (browser === undefined && !env.PUPPETEER_EXECUTABLE_PATH && shipped)
    return { ...embedded(cache, shipped), from: 'embedded' };
  for await (const found of browsers(options, cache)) if (await isFile(found.path)) return found;
  return undefined;
}

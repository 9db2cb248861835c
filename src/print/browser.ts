// Opens the browser that prints: found or unpacked, given its fonts, tried and started.
import { existsSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { platform } from 'node:os';
import { dirname, join } from 'node:path';
import type { Browser } from 'puppeteer';
import { lastingFolder } from '../core/cache.js';
import type { Say } from '../core/source.js';
import { UserError } from '../core/terminal.js';
import { shippedFaces } from '../theme/fonts.js';
import { MEND, none, notAnswering, temporaryFault, unusable, whyNotStarted } from './browser-faults.js';
import { browsers, type Found, isFile } from './find-browser.js';
import { writeFontsConf } from './installed-fonts.js';
import { isWhole, packed, unpack } from './packed-browser.js';
import { connect } from './remote-browser.js';
import { LAUNCH_LIMIT, openWorkFolder, type Running, run, runningHere, wasEnded } from './running-browser.js';

export type BrowserOptions = {
  /** A browser the user named; wins over every other. */
  browser?: string;
  /** `ws://…` of a browser that runs elsewhere and is used instead of any here. */
  endpoint?: string;
  env: Readonly<Record<string, string | undefined>>;
  /** Chromium refuses its sandbox to root; for everyone else the sandbox stays on. */
  root: boolean;
  /** Pages are given the fonts of the program, as everywhere but on Linux; a browser here is told of them in its own way there. */
  handed?: boolean;
  /** How long a browser may be silent while it is opened, in ms; a minute when left out. */
  patience?: number;
  /** How long one may take to start here, in ms; a minute when left out, or as long as it may be silent. */
  starting?: number;
  /** What is to be undone at once where the program ends before its end. */
  leaving?: Set<() => void>;
  /** Hears what is to be known of a browser elsewhere. */
  tell?: (say: Say) => void;
};

/** Opens the first browser that starts; a browser the user named is never passed over in silence. */
export async function openBrowser(options: BrowserOptions): Promise<Running> {
  if (options.endpoint !== undefined) return connect(options.endpoint, options);
  checkTemporary(options.env);
  const { handed = platform() !== 'linux' } = options;
  // Asked also where the browser finds them by itself: what it does not find it would leave out in silence.
  const shipped = shippedFaces();
  const folder = await openWorkFolder(options.env, options.leaving);
  const { leave } = folder;
  const cache = lastingFolder(options.env) ?? { path: folder.path, temporary: true };
  try {
    const env = {
      ...options.env,
      ...(handed ? {} : { FONTCONFIG_FILE: await writeFontsConf(cache, options.env, folder.path) }),
    };
    const faces = handed ? shipped : [];
    let failed: UserError | undefined;
    const start = (found: Found) => launchSurely(found, env, options, folder.path);
    for await (const found of browsers(options, cache)) {
      let tried = await start(found);
      // What was damaged without a trace in its times is found out by what it is.
      if (tried instanceof UserError && found.from === 'embedded' && !(await isWhole(dirname(found.path), true))) {
        await rm(join(dirname(found.path), 'parts'), { force: true });
        const anew = { ...(await unpack(cache, packed() ?? '')), from: found.from };
        tried = await start(anew);
      }
      if (!(tried instanceof UserError)) return runningHere(tried, found.path, faces, leave);
      failed ??= tried;
    }
    throw failed ?? new UserError(none());
  } catch (error) {
    await leave();
    if ((error as NodeJS.ErrnoException).code === 'ENOENT' && !existsSync(cache.path))
      throw new UserError({
        zh: `資料夾 ${cache.path} 在編印時被移除。請再試一次。`,
        en: `The folder ${cache.path} was removed while the browser was opened. Try again.`,
      });
    throw error;
  }
}

function checkTemporary(env: BrowserOptions['env']): void {
  const fault = temporaryFault(env);
  if (fault) throw new UserError(fault);
}

/**
 * Starts the program once with `--version`. Puppeteer cannot report a program that fails to start (the error escapes
 * as an uncaught event), and this costs 10 ms. Returns what is wrong, or the environment additions it needs.
 */
async function tryVersion(
  found: Found,
  env: NodeJS.ProcessEnv,
  limit: number,
): Promise<Say | 'silent' | { LD_LIBRARY_PATH?: string }> {
  if (!(await isFile(found.path))) return { zh: `找不到這個檔案。${MEND.zh}`, en: `there is no such file. ${MEND.en}` };
  // chrome.exe ignores --version and opens a window.
  if (platform() === 'win32') return {};
  const extra = found.libraries
    ? [{}, { LD_LIBRARY_PATH: [found.libraries, env.LD_LIBRARY_PATH].filter(Boolean).join(':') }]
    : [{}];
  let why: Say = MEND;
  for (const added of extra) {
    try {
      const { stdout } = await run(found.path, ['--version'], { env: { ...env, ...added }, timeout: limit });
      if (/chrom|edge/i.test(stdout)) return added;
      return { zh: `這個程式不是 Chromium 系列的瀏覽器。${MEND.zh}`, en: `it is not a Chromium browser. ${MEND.en}` };
    } catch (error) {
      if (wasEnded(error)) return 'silent';
      why = whyNotStarted(error);
    }
  }
  return why;
}

// ----------------------------------------------------------------------------------------------------- the launch

/** No name resolves, no proxy is asked, nothing is fetched in the background. */
const ARGUMENTS = [
  '--host-resolver-rules=MAP * ~NOTFOUND',
  '--no-proxy-server',
  '--no-pings',
  '--disable-component-update',
  '--disable-domain-reliability',
  '--disable-gpu',
  '--disable-software-rasterizer',
  // Hinted widths differ between machines; unhinted ones are those of the font.
  '--font-render-hinting=none',
];

/** One that does not answer is started once more before it is told. */
async function launchSurely(
  found: Found,
  env: NodeJS.ProcessEnv,
  { root, patience = 0, starting = Math.max(LAUNCH_LIMIT, patience) }: BrowserOptions,
  folder: string,
): Promise<Browser | UserError> {
  let tried: Browser | UserError | 'silent' = 'silent';
  for (let tries = 0; tried === 'silent' && tries < 2; tries++) {
    // What one that hung has begun to write is nothing to begin with.
    await rm(join(folder, 'profile'), { recursive: true, force: true });
    tried = await launch(found, env, { root, limit: starting, folder });
  }
  return tried === 'silent' ? unusable(found, notAnswering(starting)) : tried;
}

async function launch(
  found: Found,
  env: NodeJS.ProcessEnv,
  { root, limit, folder }: { root: boolean; limit: number; folder: string },
): Promise<Browser | UserError | 'silent'> {
  const answer = await tryVersion(found, env, limit);
  if (answer === 'silent') return answer;
  if ('zh' in answer) return unusable(found, answer);
  // An installed browser makes a socket there, whose name has 108 bytes at most.
  const near = platform() === 'linux' && (found.from === 'embedded' || folder.length < 60);
  const full = { ...env, ...answer, ...(near ? { TMPDIR: folder } : {}) };
  const args = [...ARGUMENTS, ...(root ? ['--no-sandbox'] : [])];
  const over = new AbortController();
  const timer = setTimeout(() => over.abort('no answer'), limit);
  try {
    const { launch } = await import('puppeteer');
    const browser = await launch({
      executablePath: found.path,
      userDataDir: join(folder, 'profile'),
      headless: 'shell',
      // A pipe, not a port: on a shared machine a port would be open to every user, and the browser ends with us.
      pipe: true,
      args,
      env: full,
      protocolTimeout: 0,
      timeout: 0,
      signal: over.signal,
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
    });
    await writeFile(join(folder, 'pid'), String(browser.process()?.pid ?? ''));
    return browser;
  } catch (error) {
    if (over.signal.aborted) return 'silent';
    // Through a pipe the reason is lost; the same start by hand tells it, unless it starts.
    const again = run(found.path, [...args, '--headless', '--dump-dom', 'about:blank'], { env: full, timeout: 10_000 });
    const why = await again.then(
      () => error,
      (reason: unknown) => (wasEnded(reason) ? error : reason),
    );
    return unusable(found, whyNotStarted(why));
  } finally {
    clearTimeout(timer);
  }
}

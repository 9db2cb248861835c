// Where the one Chromium comes from: found or unpacked, given its fonts, tried and started.
//
// DOM names are used only inside functions handed to `page.evaluate`, which run in the browser.
/// <reference lib="dom" />
import { createHash, hash, randomUUID } from 'node:crypto';
import {
  accessSync,
  createReadStream,
  createWriteStream,
  existsSync,
  constants as fsConstants,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statfsSync,
  statSync,
} from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { arch, platform } from 'node:os';
import { basename, delimiter, dirname, isAbsolute, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import type { Browser, BrowserContext, Page } from 'puppeteer';
import {
  cacheOf,
  homeOf,
  isOurs,
  isOver,
  keyOf,
  lastingRoom,
  openMemory,
  type Room,
  runName,
  temporaryFolder,
} from '../core/cache.js';
import { escapeText } from '../core/html.js';
import { refusalOf } from '../core/machine.js';
import { type Say, UserError } from '../core/source.js';
import { type Face, familiesOf, shippedFaces, shippedFolders } from '../theme/fonts.js';

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
  /** What is to be undone at once where the program ends before its end. */
  leaving?: Set<() => void>;
  /** Hears what is to be known of a browser elsewhere. */
  tell?: (say: Say) => void;
};

/** A running browser; `path` is its program, or where it was reached. */
export type Running = {
  browser: Browser;
  path: string;
  /** Fonts that its pages must be given, for it does not find them. */
  faces: readonly Face[];
  newPage(): Promise<Page>;
  /** Ends the browser, or our part in one that is not ours, whatever it is doing, and removes what was made for this run alone. */
  close(): Promise<void>;
};

const require = createRequire(import.meta.url);

/** Loaded when something is to be started: to find that there is nothing to do takes less time than to load it. */
async function run(
  path: string,
  args: readonly string[],
  options: { env: NodeJS.ProcessEnv; timeout: number },
): Promise<{ stdout: string; stderr: string }> {
  const { execFile } = await import('node:child_process');
  return promisify(execFile)(path, args, options);
}

/** A time limit exists only against what never ends: a program that is no browser. In ms. */
const LAUNCH_LIMIT = 60_000;

/** Opens the first browser that starts; a browser the user named is never passed over in silence. */
export async function openBrowser(options: BrowserOptions): Promise<Running> {
  if (options.endpoint !== undefined) return connect(options.endpoint, options);
  checkTemporary(options.env);
  const { handed = platform() !== 'linux' } = options;
  // Asked also where the browser finds them by itself: what it does not find it would leave out in silence.
  const shipped = shippedFaces();
  const desk = await openDesk(options.env, options.leaving);
  const { leave } = desk;
  const room = lastingRoom(options.env) ?? { path: desk.path, temporary: true };
  try {
    const env = {
      ...options.env,
      ...(handed ? {} : { FONTCONFIG_FILE: await writeFontsConf(room, options.env) }),
    };
    const faces = handed ? shipped : [];
    let failed: UserError | undefined;
    for await (const found of browsers(options, room)) {
      let tried = await launch(found, env, options.root, desk.path);
      // What was damaged without a trace in its times is found out by what it is.
      if (tried instanceof UserError && found.from === 'embedded' && !(await isWhole(dirname(found.path), true))) {
        await rm(join(dirname(found.path), 'parts'), { force: true });
        tried = await launch(await unpack(room, packed() ?? ''), env, options.root, desk.path);
      }
      if (!(tried instanceof UserError)) return ours(tried, found.path, faces, leave);
      failed ??= tried;
    }
    throw failed ?? new UserError(NONE);
  } catch (error) {
    await leave();
    if ((error as NodeJS.ErrnoException).code === 'ENOENT' && !existsSync(room.path))
      throw new UserError({
        zh: `資料夾 ${room.path} 在編印時被移除。請再試一次。`,
        en: `The folder ${room.path} was removed while the browser was opened. Try again.`,
      });
    throw error;
  }
}

/** How long is waited for a browser that was ended, in ms; nothing is lost with it but its own folder. */
const END_LIMIT = 1000;

function ours(browser: Browser, path: string, faces: readonly Face[], leave: () => Promise<void>): Running {
  return {
    browser,
    path,
    faces,
    newPage: () => browser.newPage(),
    async close() {
      const child = browser.process();
      const ended = new Promise<void>((done) => {
        if (!child || child.exitCode !== null || child.signalCode !== null) done();
        child?.once('exit', () => done());
        setTimeout(done, END_LIMIT).unref();
      });
      // It is not asked to close: nothing in it is worth keeping, and one that hangs would not.
      await endAll(child?.pid);
      await ended;
      await leave();
    },
  };
}

/** Ends a browser and all processes of it, also those that were stopped. */
async function endAll(pid: number | undefined): Promise<void> {
  if (pid === undefined) return;
  if (platform() === 'win32') {
    await run('taskkill', ['/pid', String(pid), '/T', '/F'], { env: {}, timeout: END_LIMIT }).catch(() => undefined);
    return;
  }
  const { kill } = await import('node:process');
  try {
    // It leads a group of its own.
    kill(-pid, 'SIGKILL');
  } catch {
    // It has ended.
  }
}

/**
 * A folder for what a browser writes while it runs: its profile and its temporary files. Its name says whose it is, so that
 * what a killed program left is removed by the next one.
 */
async function openDesk(env: BrowserOptions['env'], leaving: BrowserOptions['leaving']): Promise<Desk> {
  const temporary = temporaryFolder(env);
  for (const name of await readdir(temporary).catch(() => [])) {
    const [, owner] = /^servicebook-([A-Za-z0-9]+-\d+)-[A-Za-z0-9]{6}$/.exec(name) ?? [];
    const path = join(temporary, name);
    if (owner === undefined || !isOurs(path, 'folder') || !(await isOver(owner))) continue;
    // A browser that hangs has not noticed that its program is gone.
    const child = Number(await readFile(join(path, 'pid'), 'utf8').catch(() => ''));
    const command = await readFile(`/proc/${child}/cmdline`, 'utf8').catch(() => '');
    if (child > 1 && command.includes(path)) await endAll(child);
    await rm(path, { recursive: true, force: true }).catch(() => undefined);
  }
  const path = await mkdtemp(join(temporary, `servicebook-${await runName()}-`));
  const atOnce = (): void => rmSync(path, { recursive: true, force: true, maxRetries: 3 });
  leaving?.add(atOnce);
  return {
    path,
    async leave() {
      // The last of its processes may still write there.
      await rm(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 20 }).catch(() => undefined);
      leaving?.delete(atOnce);
    },
  };
}

type Desk = { path: string; leave(): Promise<void> };

// ------------------------------------------------------------------------------------------- a browser elsewhere

/**
 * Prints on a browser that others may use too: in a context of our own, which is all that is closed in the end. Its pages are
 * given our fonts.
 */
async function connect(
  endpoint: string,
  { patience = LAUNCH_LIMIT, tell }: Pick<BrowserOptions, 'patience' | 'tell'>,
): Promise<Running> {
  // What follows the host may be a password of the pool.
  const host = /^((?:ws|http)s?:\/\/[^/?#@\s]+)([/?#]\S*)?$/.exec(endpoint)?.[1];
  if (!host)
    throw new UserError({
      zh: '--browser-endpoint 應為 ws://主機:埠/…、wss://主機/… 或 http://主機:埠。',
      en: '--browser-endpoint takes ws://host:port/…, wss://host/… or http://host:port.',
    });
  const silent = new UserError({
    zh: `瀏覽器 ${host} 接受了連線，但 ${patience / 1000} 秒內沒有回應。請確認它沒有停住，而且那裡真的是瀏覽器的遠端除錯埠。`,
    en: `The browser at ${host} took the connection but does not answer within ${patience / 1000} s. See that it is not stopped, and that a browser's remote debugging port is really there.`,
  });
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(silent), patience);
  });
  late.catch(() => undefined);
  const { connect } = await import('puppeteer');
  const reaching = (async () => {
    const address = endpoint.startsWith('http') ? await addressOf(endpoint, patience) : endpoint;
    return connect({ browserWSEndpoint: address, protocolTimeout: 0 });
  })();
  let browser: Browser | undefined;
  try {
    browser = await Promise.race([reaching, late]).catch((error: unknown) => {
      // One that answers after all is not kept.
      reaching.then((opened) => opened.disconnect()).catch(() => undefined);
      if (error === silent || (error as Error).name === 'TimeoutError') throw silent;
      const { message = '', cause } = error as Error;
      const why = [message, cause instanceof Error ? cause.message : ''].filter(Boolean).join(': ') || '-';
      throw new UserError({
        zh: `無法連線到瀏覽器 ${host}：${why.replaceAll(endpoint, host)}。請確認它已啟動，且這台機器可以連到它。`,
        en: `The browser at ${host} cannot be reached: ${why.replaceAll(endpoint, host)}. See that it runs and can be reached from here.`,
      });
    });
    const opened = browser;
    const gone = new Promise<never>((_, reject) => {
      opened.once('disconnected', () =>
        reject(
          new UserError({
            zh: `瀏覽器 ${host} 在開啟時斷線。請確認它還在執行。`,
            en: `The browser at ${host} broke the connection while it was opened. See that it still runs.`,
          }),
        ),
      );
    });
    gone.catch(() => undefined);
    const context = await Promise.race([lookOver(opened, host, tell), late, gone]);
    return {
      browser: opened,
      path: host,
      // What is installed there may lack a weight or be of another version.
      faces: shippedFaces(),
      newPage: () => context.newPage(),
      async close() {
        // One that does not answer is left as it is.
        const closing = context.close().catch(() => undefined);
        await Promise.race([closing, new Promise<void>((done) => setTimeout(done, END_LIMIT).unref())]);
        await opened.disconnect().catch(() => undefined);
      },
    };
  } catch (error) {
    await browser?.disconnect().catch(() => undefined);
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

/** A browser tells at `/json/version` where it is to be spoken to. */
async function addressOf(endpoint: string, patience: number): Promise<string> {
  const base = new URL(endpoint);
  const asked = new URL(`/json/version${base.search}`, base);
  const answer = await fetch(asked, { signal: AbortSignal.timeout(patience), redirect: 'error' });
  const said = answer.ok ? ((await answer.json().catch(() => ({}))) as { webSocketDebuggerUrl?: unknown }) : {};
  if (typeof said.webSocketDebuggerUrl !== 'string' || !URL.canParse(said.webSocketDebuggerUrl))
    throw new Error(`/json/version ${answer.status}`);
  // It knows itself by another name than the one it is reached by, and nobody is to be led elsewhere.
  const address = new URL(said.webSocketDebuggerUrl);
  address.protocol = base.protocol === 'https:' ? 'wss:' : 'ws:';
  address.host = base.host;
  return address.href;
}

/** A context of our own in a browser that can print what ours prints; `tell` hears where it is of another version. */
async function lookOver(browser: Browser, host: string, tell: BrowserOptions['tell']): Promise<BrowserContext> {
  const theirs = await browser.version();
  const major = Number(/\/(\d+)/.exec(theirs)?.[1]);
  if (!(major >= OLDEST))
    throw new UserError({
      zh: `瀏覽器 ${host} 是 ${theirs}，印不出這些文件；請更新到 Chromium ${OLDEST} 以後的版本。`,
      en: `The browser at ${host} is ${theirs}, which cannot print these documents; take Chromium ${OLDEST} or later.`,
    });
  const own = shippedMajor();
  if (own !== undefined && major !== own)
    tell?.({
      zh: `瀏覽器 ${host} 是 ${theirs}，隨附的是 Chromium ${own}：換行、換頁可能與別處印的不同。`,
      en: `The browser at ${host} is ${theirs}, the one that comes with this program Chromium ${own}: lines and pages may break otherwise than elsewhere.`,
    });
  const context = await browser.createBrowserContext();
  if (await isWithoutFonts(context))
    throw new UserError({
      zh: `瀏覽器 ${host} 所在的機器（或容器）一套字型也沒有，瀏覽器因此什麼字都不排。請在那裡安裝任何一套字型，例如 Debian、Ubuntu：apt install fonts-dejavu-core。`,
      en: `The machine (or container) of the browser at ${host} has no font at all, without which a browser sets no text. Install any font there, as in Debian and Ubuntu: apt install fonts-dejavu-core.`,
    });
  return context;
}

/** Chromium on Linux takes no font that it is handed unless it has one of its own to fall back on. */
async function isWithoutFonts(context: BrowserContext): Promise<boolean> {
  const page = await context.newPage();
  await page.setContent('<!doctype html><span>A</span>', { timeout: 0 });
  const is = await page.evaluate(() => document.querySelector('span')?.getBoundingClientRect().width === 0);
  await page.close();
  return is;
}

/** Before it Chromium has no `text-autospace`, and no boxes in the margins of a page. */
const OLDEST = 140;

/** The version of the browser that comes with this program. */
function shippedMajor(): number | undefined {
  const shipped = packed();
  if (!shipped) return undefined;
  const { version } = JSON.parse(readFileSync(join(shipped, 'package.json'), 'utf8')) as { version: string };
  return Number.parseInt(version, 10);
}

// ---------------------------------------------------------------------------------------------- finding a browser

type Found = {
  path: string;
  /** How the user would name it. */
  from: 'named' | 'environment' | 'embedded' | 'installed';
  /** Folder of the shared libraries that came with it, for machines that lack them. */
  libraries?: string;
};

async function* browsers({ browser, env }: BrowserOptions, room: Room): AsyncGenerator<Found> {
  if (browser !== undefined) return yield { path: browser, from: 'named' };
  if (env.PUPPETEER_EXECUTABLE_PATH) return yield { path: env.PUPPETEER_EXECUTABLE_PATH, from: 'environment' };
  const shipped = packed();
  if (shipped) yield await unpack(room, shipped);
  for (const path of installedPlaces(env)) if (await isFile(path)) yield { path, from: 'installed' };
}

function installedPlaces(env: BrowserOptions['env']): string[] {
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

const isFile = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isFile(),
    () => false,
  );

/** What a browser needs for its profile and its pages while a small office is printed; it waits for what it cannot write (MB). */
const LEAST_TEMPORARY = 64;

/** What is wrong with the temporary folder, in which every browser keeps its profile. */
export function temporaryFault(env: BrowserOptions['env']): Say | undefined {
  const folder = temporaryFolder(env);
  const cure: Say = {
    zh: '請用環境變數 TMPDIR（Windows：TEMP）指定可以寫入的資料夾',
    en: 'Name a folder that can be written with TMPDIR (on Windows TEMP)',
  };
  const found = statSync(folder, { throwIfNoEntry: false });
  if (!found?.isDirectory())
    return {
      zh: `暫存資料夾 ${folder} ${found ? '不是資料夾' : '不存在'}。${cure.zh}。`,
      en: `The temporary folder ${folder} ${found ? 'is no folder' : 'does not exist'}. ${cure.en}.`,
    };
  try {
    accessSync(folder, fsConstants.W_OK | fsConstants.X_OK);
  } catch {
    return {
      zh: `暫存資料夾 ${folder} 不能寫入。${cure.zh}。`,
      en: `The temporary folder ${folder} cannot be written. ${cure.en}.`,
    };
  }
  const { bavail, bsize, blocks } = statfsSync(folder);
  const free = (bavail * bsize) / 1024 / 1024;
  // Some file systems tell no size at all.
  if (blocks > 0 && free < LEAST_TEMPORARY)
    return {
      zh: `暫存資料夾 ${folder} 只剩 ${free.toFixed(1)} MB，瀏覽器至少要 ${LEAST_TEMPORARY} MB。請騰出空間，或${cure.zh.slice(1)}。`,
      en: `The temporary folder ${folder} has ${free.toFixed(1)} MB left, and the browser needs at least ${LEAST_TEMPORARY} MB. Free some space, or n${cure.en.slice(1)}.`,
    };
  return undefined;
}

function checkTemporary(env: BrowserOptions['env']): void {
  const fault = temporaryFault(env);
  if (fault) throw new UserError(fault);
}

/** What is to be known before a browser is opened: one line each. */
export function remarks({ env, root, endpoint }: BrowserOptions): Say[] {
  const { told } = cacheOf(env);
  return [...(told ? [told] : []), ...(root && endpoint === undefined ? [ROOT] : [])];
}

export const ROOT: Say = {
  zh: '以 root 執行時，瀏覽器的沙箱不能使用；請改用一般使用者執行（Kubernetes：runAsUser）。',
  en: 'Run as root, the browser has no sandbox; run as an ordinary user (in Kubernetes: runAsUser).',
};

const MEND: Say = {
  zh: '請安裝 Google Chrome、Chromium 或 Microsoft Edge，或以 --browser <路徑> 指定瀏覽器。',
  en: 'Install Google Chrome, Chromium or Microsoft Edge, or name a browser with --browser <path>.',
};

const NONE: Say = {
  zh: `找不到瀏覽器${platform() === 'linux' && arch() === 'x64' ? '（隨附的瀏覽器 @sparticuz/chromium 沒有安裝，重新執行 npm install 可以補上）' : ''}。${MEND.zh}`,
  en: `There is no browser${platform() === 'linux' && arch() === 'x64' ? ' (the one that comes with this program, @sparticuz/chromium, was not installed; npm install brings it)' : ''}. ${MEND.en}`,
};

function unusable(found: Found, why: Say): UserError {
  const origin = {
    named: { zh: '--browser 指定的', en: 'named by --browser' },
    environment: { zh: 'PUPPETEER_EXECUTABLE_PATH 指定的', en: 'named by PUPPETEER_EXECUTABLE_PATH' },
    embedded: { zh: '隨附的', en: 'that comes with this program' },
    installed: { zh: '已安裝的', en: 'installed here' },
  }[found.from];
  return new UserError({
    zh: `無法啟動${origin.zh}瀏覽器 ${found.path}：${why.zh}`,
    en: `The browser ${origin.en}, ${found.path}, cannot be used: ${why.en}`,
  });
}

/**
 * Starts the program once with `--version`. Puppeteer cannot report a program that fails to start (the error escapes
 * as an uncaught event), and this costs 10 ms. Returns what is wrong, or the environment additions it needs.
 */
async function tryVersion(found: Found, env: NodeJS.ProcessEnv): Promise<Say | { LD_LIBRARY_PATH?: string }> {
  if (!(await isFile(found.path))) return { zh: `找不到這個檔案。${MEND.zh}`, en: `there is no such file. ${MEND.en}` };
  // chrome.exe ignores --version and opens a window.
  if (platform() === 'win32') return {};
  const extra = found.libraries
    ? [{}, { LD_LIBRARY_PATH: [found.libraries, env.LD_LIBRARY_PATH].filter(Boolean).join(':') }]
    : [{}];
  let why: Say = MEND;
  for (const added of extra) {
    try {
      const { stdout } = await run(found.path, ['--version'], { env: { ...env, ...added }, timeout: LAUNCH_LIMIT });
      if (/chrom|edge/i.test(stdout)) return added;
      return { zh: `這個程式不是 Chromium 系列的瀏覽器。${MEND.zh}`, en: `it is not a Chromium browser. ${MEND.en}` };
    } catch (error) {
      why = whyNotStarted(error);
    }
  }
  return why;
}

/** Reads a failed start: the error of the spawn or what the program wrote before it ended. */
function whyNotStarted(error: unknown): Say {
  const { code, stderr = '' } = error as { code?: string | number; stderr?: string };
  const library = /error while loading shared libraries: (\S+?):/.exec(stderr)?.[1];
  if (library)
    return {
      zh: `系統缺少程式庫 ${library}。請安裝（Debian、Ubuntu：apt install libnss3 libnspr4 libexpat1），或改用 --browser 指定其他瀏覽器。`,
      en: `the system lacks the library ${library}. Install it (Debian, Ubuntu: apt install libnss3 libnspr4 libexpat1), or name another browser with --browser.`,
    };
  if (/sandbox/i.test(stderr))
    return {
      zh: '這台機器不允許沒有特權的程式建立沙箱（user namespaces）。請改用系統安裝的 Chrome，或請管理者允許（Ubuntu：sysctl kernel.apparmor_restrict_unprivileged_userns=0）；用完即棄的容器可設定環境變數 PUPPETEER_DANGEROUS_NO_SANDBOX=true。',
      en: 'this machine does not let an unprivileged program build its sandbox (user namespaces). Use an installed Chrome, or let the administrator allow it (Ubuntu: sysctl kernel.apparmor_restrict_unprivileged_userns=0); in a throw-away container set PUPPETEER_DANGEROUS_NO_SANDBOX=true.',
    };
  if (code === 'EACCES')
    return {
      zh: '這個檔案不可執行（權限不足，或所在的磁碟掛載為 noexec；可用 XDG_CACHE_HOME 指定其他快取資料夾）。',
      en: 'the file may not be executed (its permissions, or a disk mounted noexec; XDG_CACHE_HOME names another cache folder).',
    };
  const said = stderr.trim().split('\n').at(-1)?.slice(0, 300);
  const detail = said || (code === undefined ? '' : String(code));
  return { zh: `它無法執行（${detail}）。${MEND.zh}`, en: `it does not run (${detail}). ${MEND.en}` };
}

// ------------------------------------------------------------------------------------- what a print depends on

/**
 * Names everything of this machine that shapes a print: the browser that would be opened and the fonts it would find.
 * `path`: that browser. `undefined` when there is none.
 */
export async function machineOf(
  options: BrowserOptions,
  room: Room,
): Promise<{ name: string; path: string } | undefined> {
  const found = await firstOf(options, room);
  if (!found) return undefined;
  const browser = found.from === 'embedded' ? basename(dirname(found.path)) : await versionOf(found, options.env);
  const name = keyOf(JSON.stringify([platform(), arch(), browser, fontsHere(options.env, room)]));
  return { name, path: found.path };
}

/** The first of `browsers` that is there, without unpacking it. */
async function firstOf(options: BrowserOptions, room: Room): Promise<Found | undefined> {
  const { browser, env } = options;
  const shipped = packed();
  if (browser === undefined && !env.PUPPETEER_EXECUTABLE_PATH && shipped) return embedded(room, shipped);
  for await (const found of browsers(options, room)) if (await isFile(found.path)) return found;
  return undefined;
}

/** An installed browser is often started by a script, which stays as it is when the browser is renewed: so it is asked. */
async function versionOf({ path }: Found, env: BrowserOptions['env']): Promise<string> {
  const { size, mtimeMs } = await stat(path);
  const asked = platform() !== 'win32' && run(path, ['--version'], { env: { ...env }, timeout: LAUNCH_LIMIT });
  const said = asked ? await asked.then(({ stdout }) => stdout, String) : '';
  return [path, size, mtimeMs, said].join(' ');
}

/** Our fonts by what is in them, so that another machine with the same has the same; those installed by size and time. */
function fontsHere(env: BrowserOptions['env'], room: Room): string[] {
  if (platform() !== 'linux') return [];
  const memory = openMemory<string>(join(room.path, 'fonts'), '1');
  const ours = shippedFolders().flatMap(({ folder }) =>
    fontsIn(folder).map(({ name, path, size, mtimeMs }) => {
      const seen = `${path} ${size} ${mtimeMs}`;
      const known = memory.get(seen) ?? hash('sha256', readFileSync(path), 'base64url');
      memory.put(seen, known);
      return `${name} ${known}`;
    }),
  );
  memory.save();
  return [...ours, ...kaiInstalled(env, room).map(({ path, size, mtimeMs }) => `${path} ${size} ${mtimeMs}`)];
}

/**
 * The installed fonts that are printed with: those of 楷體, which does not come with the program. Whatever else is
 * installed has no part in a print.
 */
function kaiInstalled(env: BrowserOptions['env'], room: Room): { path: string; size: number; mtimeMs: number }[] {
  const memory = openMemory<boolean>(join(room.path, 'kai'), '1');
  const found = installedFonts(env).flatMap((folder) =>
    fontsIn(folder).filter(({ path, size, mtimeMs }) => {
      const seen = `${path} ${size} ${mtimeMs}`;
      const known = memory.get(seen) ?? isKai(path);
      memory.put(seen, known);
      return known;
    }),
  );
  memory.save();
  return found;
}

const KAI = /kai|楷/i;

/** A font that cannot be read is none. */
function isKai(path: string): boolean {
  try {
    return familiesOf(path).some((family) => KAI.test(family));
  } catch {
    return false;
  }
}

/** Every font below a folder, in order; `name` is relative to it. Node's own recursive listing takes three times as long. */
function fontsIn(folder: string): { name: string; path: string; size: number; mtimeMs: number }[] {
  const fonts: { name: string; path: string; size: number; mtimeMs: number }[] = [];
  const linked = new Set<string>();
  const visit = (below: string): void => {
    for (const entry of readdirSync(folder + below, { withFileTypes: true })) {
      const name = `${below}/${entry.name}`;
      const link = entry.isSymbolicLink();
      const kind = link ? statSync(folder + name, { throwIfNoEntry: false }) : entry;
      if (kind?.isDirectory()) {
        const real = link ? realpathSync(folder + name) : '';
        // Links may lead in a circle.
        if (link && linked.has(real)) continue;
        if (link) linked.add(real);
        visit(name);
      }
      if (kind?.isFile() && /\.(tt[fc]|ot[fc])$/i.test(name)) {
        const { size, mtimeMs } = statSync(folder + name);
        fonts.push({ name, path: folder + name, size, mtimeMs });
      }
    }
  };
  if (existsSync(folder)) visit('');
  return fonts.sort((a, b) => (a.name < b.name ? -1 : 1));
}

// ------------------------------------------------------------------------------------------------- unpacking

/**
 * Where npm put the embedded browser. Linux on x64 alone has one, and it may have been left out of the install. Newer
 * versions of the package build elsewhere in it.
 */
function packed(): string | undefined {
  if (platform() !== 'linux' || arch() !== 'x64') return undefined;
  try {
    let folder = dirname(require.resolve('@sparticuz/chromium'));
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
function embedded(room: Room, shipped: string): Found {
  const { version } = JSON.parse(readFileSync(join(shipped, 'package.json'), 'utf8')) as { version: string };
  const home = join(room.path, `chromium-${version}`);
  return { path: join(home, 'chromium'), from: 'embedded', libraries: join(home, 'lib') };
}

/**
 * The Chromium inside @sparticuz/chromium, unpacked once per user and version. The package itself would unpack to a
 * fixed name in the shared temporary folder and run whatever already lies there. Two builds at once each unpack for
 * themselves and the first rename wins; a broken unpacking never gets the final name.
 */
async function unpack(room: Room, shipped: string): Promise<Found> {
  const bin = join(shipped, 'bin');
  const found = embedded(room, shipped);
  const home = dirname(found.path);
  if (await isWhole(home)) return found;

  const { brotliDecompress, createBrotliDecompress } = await import('node:zlib');
  const making = await mkdtemp(join(room.path, 'unpacking-')).catch(notUnpacked(room));
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
      const aside = join(room.path, `unpacking-${randomUUID()}`);
      await rename(home, aside).catch(() => {});
      await rm(aside, { recursive: true, force: true });
    }
    return found;
  } catch (error) {
    return notUnpacked(room)(error);
  } finally {
    await rm(making, { recursive: true, force: true });
    await sweep(room);
  }
}

const REMOVED: Say = {
  zh: '資料夾在中途被移除。請再試一次，',
  en: 'the folder was removed meanwhile. Try again.',
};

const notUnpacked =
  (room: Room) =>
  (error: unknown): never => {
    const { code, message } = error as NodeJS.ErrnoException;
    const refused = refusalOf(error) ?? (code === 'ENOENT' ? REMOVED : undefined);
    const reason = message;
    throw new UserError({
      zh: `無法在 ${room.path} 解開隨附的瀏覽器（需要約 210 MB）：${refused?.zh ?? reason}或以環境變數 XDG_CACHE_HOME 指定其他快取資料夾。`,
      en: `The browser that comes with this program cannot be unpacked in ${room.path} (it needs about 210 MB): ${refused?.en ?? reason} Or name another cache folder with XDG_CACHE_HOME.`,
    });
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
async function isWhole(home: string, thoroughly = false): Promise<boolean> {
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
async function sweep(room: Room): Promise<void> {
  for (const name of await readdir(room.path).catch(() => [])) {
    if (!name.startsWith('unpacking-')) continue;
    const made = await stat(join(room.path, name)).catch(() => undefined);
    if (made && Date.now() - made.mtimeMs > 3_600_000)
      await rm(join(room.path, name), { recursive: true, force: true });
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

function installedFonts(env: BrowserOptions['env']): string[] {
  const home = homeOf(env) ?? '/';
  return [
    join(env.XDG_DATA_HOME || join(home, '.local', 'share'), 'fonts'),
    join(home, '.fonts'),
    '/usr/local/share/fonts',
    '/usr/share/fonts',
  ];
}

/**
 * A fontconfig file of our own. It knows our fonts and the 楷體 that are installed, static TrueType all, and no other: what
 * is printed is the same on every machine, and Chromium embeds any other kind as Type 3, which print shops refuse.
 */
async function writeFontsConf(room: Room, env: BrowserOptions['env']): Promise<string> {
  const installed = kaiInstalled(env, room).map(({ path }) => path);
  const beside = [...new Set(installed.map((path) => dirname(path)))];
  const ours = shippedFolders().map(({ folder }) => folder);
  const glob = (path: string): string => `<glob>${escapeText(path.replace(/[\\*?[]/g, '\\$&'))}`;
  const generic = [
    ['sans-serif', 'Noto Sans TC'],
    ['serif', 'Noto Serif TC'],
    ['monospace', 'Noto Sans TC'],
  ];
  const conf = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
${[...ours, ...beside].map((folder) => `<dir>${escapeText(folder)}</dir>`).join('\n')}
<cachedir>${escapeText(join(room.path, 'fontconfig'))}</cachedir>
<selectfont>
${installed.map((path) => `<acceptfont>${glob(path)}</glob></acceptfont>`).join('\n')}
${beside.map((folder) => `<rejectfont>${glob(folder)}/*</glob></rejectfont>`).join('\n')}
</selectfont>
${generic.map(([name, family]) => `<alias><family>${name}</family><prefer><family>${family}</family></prefer></alias>`).join('\n')}
</fontconfig>
`;
  const name = `fonts-${createHash('sha256').update(conf).digest('hex').slice(0, 16)}.conf`;
  const path = join(room.path, name);
  const making = join(room.path, `${name}.${randomUUID()}`);
  await writeFile(making, conf, { mode: 0o600 });
  await rename(making, path);
  return path;
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

async function launch(found: Found, env: NodeJS.ProcessEnv, root: boolean, desk: string): Promise<Browser | UserError> {
  const answer = await tryVersion(found, env);
  if ('zh' in answer) return unusable(found, answer);
  // An installed browser makes a socket there, whose name has 108 bytes at most.
  const near = platform() === 'linux' && (found.from === 'embedded' || desk.length < 60);
  const full = { ...env, ...answer, ...(near ? { TMPDIR: desk } : {}) };
  const args = [...ARGUMENTS, ...(root ? ['--no-sandbox'] : [])];
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort('no answer'), LAUNCH_LIMIT);
  try {
    const { launch } = await import('puppeteer');
    const browser = await launch({
      executablePath: found.path,
      userDataDir: join(desk, 'profile'),
      headless: 'shell',
      // A pipe, not a port: on a shared machine a port would be open to every user, and the browser ends with us.
      pipe: true,
      args,
      env: full,
      protocolTimeout: 0,
      timeout: 0,
      signal: limit.signal,
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
    });
    await writeFile(join(desk, 'pid'), String(browser.process()?.pid ?? ''));
    return browser;
  } catch (error) {
    // Through a pipe the reason is lost; the same start by hand tells it.
    const again = run(found.path, [...args, '--headless', '--dump-dom', 'about:blank'], { env: full, timeout: 10_000 });
    const why = await again.then(
      () => error,
      (reason: unknown) => reason,
    );
    return unusable(found, whyNotStarted(why));
  } finally {
    clearTimeout(timer);
  }
}

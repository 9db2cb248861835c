// The one Chromium: where it comes from, what it may reach, how Mermaid text becomes SVG and a page becomes PDF.
//
// DOM names are used only inside functions handed to `page.evaluate`, which run in the browser.
/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import { execFile } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream, constants as fsConstants } from 'node:fs';
import { access, chmod, lstat, mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { arch, homedir, platform, tmpdir, userInfo } from 'node:os';
import { delimiter, dirname, isAbsolute, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliDecompress, createBrotliDecompress, inflateSync } from 'node:zlib';
import type { Mermaid, MermaidConfig } from 'mermaid';
import type { PDFDocument, PDFRawStream } from 'pdf-lib';
import type { Browser, HTTPRequest, Page } from 'puppeteer';
import { escapeText } from './html.js';
import type { Diagram, Drawing, File, Sheet } from './render.js';
import { type Say, UserError } from './source.js';

/** `templates/chart.yaml`: how charts look. `variables` and `flowchart` are Mermaid's names. */
export type ChartTheme = {
  font: string;
  variables: Record<string, string>;
  flowchart: NonNullable<MermaidConfig['flowchart']>;
  css: string;
};

export type PressOptions = {
  /** A browser the user named; wins over every other. */
  browser?: string;
  env: Readonly<Record<string, string | undefined>>;
  /** Chromium refuses its sandbox to root; for everyone else the sandbox stays on. */
  root: boolean;
  chart: ChartTheme;
};

/** Diagrams the author wrote as Mermaid text that Mermaid does not understand; one entry a diagram. */
export class DiagramError extends UserError {
  constructor(readonly diagrams: readonly { id: string; say: Say }[]) {
    super(
      { zh: diagrams.map((each) => each.say.zh).join('\n'), en: diagrams.map((each) => each.say.en).join('\n') },
      1,
    );
  }
}

/** A printed file. `missing`: characters of it that no font of this machine has; they show as empty boxes. */
export type Printed = File & { missing?: readonly string[] };

type PageSheet = Extract<Sheet, { kind: 'page' }>;
type PictureSheet = Extract<Sheet, { kind: 'picture' }>;

const require = createRequire(import.meta.url);
const run = promisify(execFile);

/** Time limits exist only against what never ends: a program that is no browser, a diagram made to hang. In ms. */
const LAUNCH_LIMIT = 60_000;
const DIAGRAM_LIMIT = 60_000;

// ---------------------------------------------------------------------------------------------- finding a browser

type Found = {
  path: string;
  /** How the user would name it. */
  from: 'named' | 'environment' | 'embedded' | 'installed';
  /** Folder of the shared libraries that came with it, for machines that lack them. */
  libraries?: string;
};

async function* browsers({ browser, env }: PressOptions, room: Room): AsyncGenerator<Found> {
  if (browser !== undefined) return yield { path: browser, from: 'named' };
  if (env.PUPPETEER_EXECUTABLE_PATH) return yield { path: env.PUPPETEER_EXECUTABLE_PATH, from: 'environment' };
  if (platform() === 'linux' && arch() === 'x64') yield await unpack(room);
  for (const path of installedPlaces(env)) if (await isFile(path)) yield { path, from: 'installed' };
}

function installedPlaces(env: PressOptions['env']): string[] {
  const onPath = (names: string[]) =>
    (env.PATH ?? '')
      .split(delimiter)
      .filter(isAbsolute)
      .flatMap((folder) => names.map((name) => join(folder, name)));
  switch (platform()) {
    case 'darwin':
      return ['/Applications', join(homedir(), 'Applications')].flatMap((folder) =>
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

const MEND: Say = {
  zh: '請安裝 Google Chrome、Chromium 或 Microsoft Edge，或以 --browser <路徑> 指定瀏覽器。',
  en: 'Install Google Chrome, Chromium or Microsoft Edge, or name a browser with --browser <path>.',
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

// ------------------------------------------------------------------------------------------------- private folder

/** A folder that only this user can write: what lies in it may be trusted and executed. */
type Room = { path: string; temporary: boolean };

/** True when nobody but us (and root) can have put this here. Windows has no such bits and keeps profiles apart. */
async function isOurs(path: string, kind: 'folder' | 'file'): Promise<boolean> {
  const found = await lstat(path).catch(() => undefined);
  if (!found || (kind === 'folder' ? !found.isDirectory() : !found.isFile())) return false;
  return platform() === 'win32' || (found.uid === userInfo().uid && (found.mode & 0o022) === 0);
}

async function openRoom(env: PressOptions['env']): Promise<Room> {
  const caches =
    env.XDG_CACHE_HOME && isAbsolute(env.XDG_CACHE_HOME) ? env.XDG_CACHE_HOME : join(env.HOME || homedir(), '.cache');
  const path = join(caches, 'servicebook');
  try {
    // Not recursive: a home that does not exist is not made, and Node's recursive mkdir can hang (/proc).
    for (const folder of [caches, path])
      await mkdir(folder, { mode: 0o700 }).catch((error: { code?: string }) => {
        if (error.code !== 'EEXIST') throw error;
      });
    await access(path, fsConstants.W_OK);
    if (await isOurs(path, 'folder')) return { path, temporary: false };
  } catch {
    // A home that cannot be written is no fault: a folder for this run does the same, only slower.
  }
  return { path: await mkdtemp(join(tmpdir(), 'servicebook-')), temporary: true };
}

/**
 * The Chromium inside @sparticuz/chromium, unpacked once per user and version. The package itself would unpack to a
 * fixed name in the shared temporary folder and run whatever already lies there. Two builds at once each unpack for
 * themselves and the first rename wins; a broken unpacking never gets the final name.
 */
async function unpack(room: Room): Promise<Found> {
  const bin = join(dirname(require.resolve('@sparticuz/chromium')), '..', '..', 'bin');
  const { version } = JSON.parse(await readFile(join(bin, '..', 'package.json'), 'utf8')) as { version: string };
  const home = join(room.path, `chromium-${version}`);
  const found: Found = { path: join(home, 'chromium'), from: 'embedded', libraries: join(home, 'lib') };
  if (await isWhole(home)) return found;

  const making = await mkdtemp(join(room.path, 'unpacking-'));
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
    await writeFile(join(making, 'size'), String((await stat(program)).size), { mode: 0o600 });
    await chmod(making, 0o700);
    if (!(await isWhole(home))) {
      await rm(home, { recursive: true, force: true });
      await rename(making, home).catch(async (error) => {
        if (!(await isWhole(home))) throw error;
      });
    }
    return found;
  } catch (error) {
    const reason = (error as Error).message;
    throw new UserError({
      zh: `無法在 ${room.path} 解開隨附的瀏覽器（需要約 210 MB）：${reason}。請騰出空間，或以 XDG_CACHE_HOME 指定其他快取資料夾。`,
      en: `The browser that comes with this program cannot be unpacked in ${room.path} (it needs about 210 MB): ${reason}. Free some space, or name another cache folder with XDG_CACHE_HOME.`,
    });
  } finally {
    await rm(making, { recursive: true, force: true });
    await sweep(room);
  }
}

/** Folder, program and libraries are ours and the program has the size it was unpacked to. */
async function isWhole(home: string): Promise<boolean> {
  const ours = await Promise.all([
    isOurs(home, 'folder'),
    isOurs(join(home, 'lib'), 'folder'),
    isOurs(join(home, 'chromium'), 'file'),
    isOurs(join(home, 'size'), 'file'),
  ]);
  if (ours.includes(false)) return false;
  return (await readFile(join(home, 'size'), 'utf8')) === String((await stat(join(home, 'chromium'))).size);
}

/** Removes what a killed unpacking left: nothing unpacks for an hour. */
async function sweep(room: Room): Promise<void> {
  for (const name of await readdir(room.path)) {
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

/**
 * A fontconfig file of our own. Only static TrueType fonts are let in: Chromium embeds OpenType/CFF, variable and
 * colour fonts as Type 3, which print shops refuse. Our folders come first, so that the same family installed on the
 * machine does not win and the same input prints the same everywhere.
 */
async function writeFontsConf(room: Room, env: PressOptions['env']): Promise<string> {
  const home = env.HOME || homedir();
  const folders = [
    ...['@expo-google-fonts/noto-sans-tc', '@expo-google-fonts/noto-serif-tc'].map((name) =>
      dirname(require.resolve(`${name}/package.json`)),
    ),
    join(env.XDG_DATA_HOME || join(home, '.local', 'share'), 'fonts'),
    join(home, '.fonts'),
    '/usr/local/share/fonts',
    '/usr/share/fonts',
  ];
  const refused = [
    ...['CFF', 'Type 1', 'CID Type 1', 'Type 42', 'PCF', 'BDF', 'Windows FNT', 'PFR'].map(
      (format) => `<patelt name="fontformat"><string>${format}</string></patelt>`,
    ),
    '<patelt name="variable"><bool>true</bool></patelt>',
    '<patelt name="color"><bool>true</bool></patelt>',
  ];
  const generic = [
    ['sans-serif', 'Noto Sans TC'],
    ['serif', 'Noto Serif TC'],
    ['monospace', 'Noto Sans TC'],
  ];
  const conf = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
${folders.map((folder) => `<dir>${escapeText(folder)}</dir>`).join('\n')}
<cachedir>${escapeText(join(room.path, 'fontconfig'))}</cachedir>
<selectfont>
${refused.map((pattern) => `<rejectfont><pattern>${pattern}</pattern></rejectfont>`).join('\n')}
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

/** Opens the first browser that starts; a browser the user named is never passed over in silence. */
export async function openPress(options: PressOptions): Promise<Press> {
  const room = await openRoom(options.env);
  try {
    const env = {
      ...options.env,
      ...(platform() === 'linux' ? { FONTCONFIG_FILE: await writeFontsConf(room, options.env) } : {}),
    };
    let failed: UserError | undefined;
    for await (const found of browsers(options, room)) {
      const tried = await launch(found, env, options.root);
      if (!(tried instanceof UserError)) return new Press(tried, options.chart, room);
      failed ??= tried;
    }
    throw failed ?? new UserError({ zh: `找不到瀏覽器。${MEND.zh}`, en: `There is no browser. ${MEND.en}` });
  } catch (error) {
    if (room.temporary) await rm(room.path, { recursive: true, force: true });
    throw error;
  }
}

async function launch(found: Found, env: NodeJS.ProcessEnv, root: boolean): Promise<Browser | UserError> {
  const answer = await tryVersion(found, env);
  if ('zh' in answer) return unusable(found, answer);
  const full = { ...env, ...answer };
  const args = [...ARGUMENTS, ...(root ? ['--no-sandbox'] : [])];
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort('no answer'), LAUNCH_LIMIT);
  try {
    const { launch } = await import('puppeteer');
    return await launch({
      executablePath: found.path,
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

/** Nothing but the data inside the page is let through. The page stays where it is: `aborted` loads no error page. */
const refuse = (request: HTTPRequest): void => {
  if (request.url().startsWith('data:')) void request.continue({}, 0);
  else void request.abort('aborted', 10);
};

/** What the warm page holds. */
type Studio = { mermaid: Mermaid; trimSvg: typeof trimSvg };

export class Press {
  #studio: Promise<Page> | undefined;
  #mermaidLoaded: Promise<unknown> | undefined;
  #closed: Promise<void> | undefined;
  /** Rejects when the browser ends. Calls to a browser that is gone may wait for ever, so all work races with this. */
  readonly #gone: Promise<never>;

  /** Use `openPress`. */
  constructor(
    private readonly browser: Browser,
    private readonly chart: ChartTheme,
    private readonly room: Room,
  ) {
    this.#gone = new Promise((_, reject) => {
      browser.once('disconnected', () =>
        reject(
          this.#closed
            ? new Error('the press is closed')
            : new UserError({
                zh: '瀏覽器中途結束，可能是記憶體不足。請關閉其他程式後再試，或一次製作較少的文件。',
                en: 'The browser ended in the middle of its work, perhaps for lack of memory. Close other programs and try again, or make fewer documents at a time.',
              }),
        ),
      );
    });
    this.#gone.catch(() => undefined);
  }

  /** Draws every diagram, in order. Throws DiagramError for all that Mermaid refuses; same input, same bytes. */
  draw(diagrams: readonly Diagram[]): Promise<Drawing[]> {
    return Promise.race([this.#drawAll(diagrams), this.#gone]);
  }

  async #drawAll(diagrams: readonly Diagram[]): Promise<Drawing[]> {
    const config = mermaidConfig(this.chart);
    const faults: { id: string; say: Say }[] = [];
    const drawings = new Map<string, Drawing>();
    const ours = async () => {
      for (const drawing of await this.#drawOurs(
        diagrams.filter((each) => !each.given),
        config,
      ))
        drawings.set(drawing.id, drawing);
    };
    const given = async () => {
      for (const diagram of diagrams) {
        if (!diagram.given) continue;
        const drawn = await this.#drawGiven(diagram, config);
        if ('svg' in drawn) drawings.set(diagram.id, drawn);
        else faults.push({ id: diagram.id, say: drawn });
      }
    };
    await Promise.all([ours(), given()]);
    if (faults.length > 0) throw new DiagramError(faults);
    return diagrams.map(({ id }) => {
      const drawing = drawings.get(id);
      if (!drawing) throw new Error(`diagram ${id} was not drawn`);
      return drawing;
    });
  }

  /** One sheet becomes one file. Sheets may be printed side by side. */
  async print(sheet: Sheet): Promise<Printed> {
    switch (sheet.kind) {
      case 'text':
        return { file: sheet.file, bytes: new TextEncoder().encode(sheet.text) };
      case 'page':
        return Promise.race([this.#printPage(sheet), this.#gone]);
      case 'picture':
        return Promise.race([this.#printPicture(sheet), this.#gone]);
    }
  }

  /** Ends the browser whatever it is doing. May be called twice, and while sheets are being printed. */
  close(): Promise<void> {
    this.#closed ??= (async () => {
      const child = this.browser.process();
      const kill = setTimeout(() => child?.kill('SIGKILL'), 3000);
      await this.browser.close().catch(() => child?.kill('SIGKILL'));
      clearTimeout(kill);
      if (this.room.temporary) await rm(this.room.path, { recursive: true, force: true });
    })();
    return this.#closed;
  }

  /** The warm page that draws our charts and trims every SVG. */
  #openStudio(): Promise<Page> {
    this.#studio ??= (async () => {
      const page = await this.browser.newPage();
      await page.setRequestInterception(true);
      page.on('request', refuse);
      await page.setContent('<!doctype html><html lang="zh-Hant"><body></body></html>');
      // Once: a function handed over with each call would be compiled anew each time.
      await page.evaluate(`globalThis.trimSvg = ${trimSvg}`);
      return page;
    })();
    return this.#studio;
  }

  async #drawOurs(diagrams: readonly Diagram[], config: MermaidConfig): Promise<Drawing[]> {
    if (diagrams.length === 0) return [];
    const page = await this.#openStudio();
    // The bundle is 3.5 MB and takes 0.5 s, once.
    this.#mermaidLoaded ??= page
      .addScriptTag({ path: require.resolve('mermaid/dist/mermaid.min.js') })
      .then(() => page.evaluate(startMermaid, config));
    await this.#mermaidLoaded;
    const asked = diagrams.map(({ id, title, mermaid }) => ({ id, svgId: svgIdOf(id), title, mermaid }));
    return page.evaluate(async (list) => {
      const { mermaid, trimSvg } = globalThis as unknown as Studio;
      const drawn: Drawing[] = [];
      for (const each of list) {
        const { svg } = await mermaid.render(each.svgId, each.mermaid).catch((error: Error) => {
          throw new Error(`diagram ${each.id}: ${error.message}`);
        });
        drawn.push({ id: each.id, ...trimSvg(svg, each.svgId, each.title) });
      }
      return drawn;
    }, asked);
  }

  /**
   * A stranger's text gets mermaid-cli's page, fresh each time, so that nothing of it stays in ours. mermaid-cli would
   * open that page as a local file, and such a page may load other files past our interception; so its text goes into
   * an empty page instead, and all it may request is what mermaid-cli itself serves.
   */
  async #drawGiven({ id, title, mermaid: text }: Diagram, config: MermaidConfig): Promise<Drawing | Say> {
    const { renderMermaid } = await import('@mermaid-js/mermaid-cli');
    const opened: Page[] = [];
    const guarded = {
      newPage: async () => {
        const page = await this.browser.newPage();
        opened.push(page);
        page.setDefaultTimeout(0);
        page.on('request', (request) => {
          if (!/^(data:|https:\/\/mermaid-cli-intercept\.invalid\/)/.test(request.url()))
            void request.abort('aborted', 10);
        });
        page.goto = async (url) => {
          // mermaid-cli listens here to repeat the page's console on our stderr.
          page.removeAllListeners('console');
          await page.setContent(await readFile(fileURLToPath(url), 'utf8'));
          return null;
        };
        return page;
      },
    } as unknown as Browser;
    let timer: NodeJS.Timeout | undefined;
    const hangs = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(`no end after ${DIAGRAM_LIMIT / 1000} s`)), DIAGRAM_LIMIT);
    });
    try {
      const drawing = renderMermaid(guarded, text, 'svg', { mermaidConfig: config, svgId: svgIdOf(id) });
      const { data } = await Promise.race([drawing, hangs]);
      const page = await this.#openStudio();
      const trimmed = await page.evaluate(
        (...drawn) => (globalThis as unknown as Studio).trimSvg(...drawn),
        new TextDecoder().decode(data),
        svgIdOf(id),
        title,
      );
      return { id, ...trimmed };
    } catch (error) {
      if (this.#closed) throw error;
      if (String(error).includes('EncodingError'))
        return {
          zh: `圖「${title}」（${id}）含有無法載入的圖片；Mermaid 圖只能用文字和圖形，請移除圖片。`,
          en: `The diagram "${title}" (${id}) holds a picture that cannot be loaded; a diagram is made of text and shapes alone, so remove the picture.`,
        };
      const said = oneLine(error);
      return {
        zh: `圖「${title}」（${id}）的 Mermaid 語法無法解讀：${said}`,
        en: `Mermaid cannot read the diagram "${title}" (${id}): ${said}`,
      };
    } finally {
      clearTimeout(timer);
      await Promise.all(opened.map((page) => page.close().catch(() => undefined)));
    }
  }

  /** A page without script and without reach. A fresh one each time: Chromium's tag ids count up in a page. */
  async #openSheet(): Promise<Page> {
    const page = await this.browser.newPage();
    await page.setJavaScriptEnabled(false);
    await page.setRequestInterception(true);
    page.on('request', refuse);
    return page;
  }

  async #printPage(sheet: PageSheet): Promise<Printed> {
    const page = await this.#openSheet();
    try {
      await page.emulateMediaType('print');
      await page.setContent(sheet.html.toString(), { timeout: 0 });
      await page.evaluate(() => document.fonts.ready.then(() => undefined));
      if (sheet.fit) await fitPage(page, sheet.file, sheet.fit);
      let pdf = await printPdf(page);
      if (sheet.numbered) {
        // Putting the numbers in may move a line and with it a page; a contents that does not settle is our fault.
        let pages = await pagesOf(pdf);
        for (let round = 1; ; round += 1) {
          await page.evaluate(putNumbers, pages, sheet.file);
          pdf = await printPdf(page);
          const moved = await pagesOf(pdf);
          if (JSON.stringify(moved) === JSON.stringify(pages)) break;
          if (round === 4) throw new Error(`${sheet.file}: page numbers do not settle`);
          pages = moved;
        }
      }
      const bytes = await finishPdf(pdf, sheet.file, sheet.date, sheet.html.toString());
      return { file: sheet.file, bytes, pages: pdf.getPageCount(), ...(await this.#missing(page, pdf)) };
    } finally {
      await page.close().catch(() => undefined);
    }
  }

  /**
   * A character no font has prints as an empty box and nobody is told; in a name that is a fault. The PDF tells that
   * there is one, but not which: Chromium, having met it, stops looking for fonts for its neighbours too. So each
   * character of the page is then tried alone, on a page of its own. Costs nothing where nothing is missing.
   */
  async #missing(page: Page, pdf: PDFDocument): Promise<{ missing?: string[] }> {
    const { PDFRawStream } = await import('pdf-lib');
    const streams = pdf.context.enumerateIndirectObjects().map(([, object]) => object);
    if (!streams.some((object) => object instanceof PDFRawStream && showsEmptyBox(object))) return {};
    const { text, font } = await page.evaluate(() => ({
      text: document.body.textContent ?? '',
      font: getComputedStyle(document.body).fontFamily,
    }));
    const characters = [...new Set(text)].filter((each) => !/[\s\p{Cc}\p{Cf}]/u.test(each)).sort();
    const trial = await this.#openSheet();
    try {
      await trial.setContent(`<!doctype html><html lang="zh-Hant"><title>-</title><style>
@page{size:30mm 30mm;margin:5mm}body{margin:0;font-family:${escapeText(font).replaceAll('&quot;', "'")}}p{margin:0;break-after:page}
</style>${characters.map((each) => `<p>${escapeText(each)}</p>`).join('')}`);
      const pages = (await printPdf(trial)).getPages();
      const missing = characters.filter((_, index) => {
        const content = pages[index]?.node.Contents();
        return content instanceof PDFRawStream && showsEmptyBox(content);
      });
      return { missing };
    } finally {
      await trial.close().catch(() => undefined);
    }
  }

  async #printPicture(sheet: PictureSheet): Promise<Printed> {
    const { file, svg, title } = sheet;
    if (sheet.format === 'svg') return { file, bytes: new TextEncoder().encode(`${svg}\n`) };
    const page = await this.#openSheet();
    try {
      // px of white on each side, and per px of the drawing.
      const margin = 16;
      const density = 3;
      // A doctype here as below: Chromium shares a style sheet it has read, and one read without folds the case of classes.
      await page.setContent(`<!doctype html>${svg}`);
      const size = await page.evaluate(() => {
        const box = document.querySelector('svg')?.getBoundingClientRect();
        return { width: Math.ceil(box?.width ?? 0), height: Math.ceil(box?.height ?? 0) };
      });
      const width = size.width + 2 * margin;
      const height = size.height + 2 * margin;
      const source = `<!doctype html><html lang="zh-Hant"><head><title>${escapeText(title)}</title><style>
@page{size:${width}px ${height}px;margin:0}
html,body{margin:0;background:#fff}
body{box-sizing:border-box;width:${width}px;height:${height}px;padding:${margin}px;overflow:hidden}
svg{display:block}
</style></head><body>${svg}</body></html>`;
      if (sheet.format === 'png') await page.setViewport({ width, height, deviceScaleFactor: density });
      await page.setContent(source);
      await page.evaluate(() => document.fonts.ready.then(() => undefined));
      if (sheet.format === 'png') return { file, bytes: await page.screenshot({ type: 'png' }) };
      const pdf = await printPdf(page);
      const bytes = await finishPdf(pdf, file, sheet.date, source);
      return { file, bytes, pages: pdf.getPageCount(), ...(await this.#missing(page, pdf)) };
    } finally {
      await page.close().catch(() => undefined);
    }
  }
}

// --------------------------------------------------------------------------------------------------------- charts

/** Prefixed, so that a chart never takes the id of a chapter and always begins with a letter. */
const svgIdOf = (id: string): string => `chart-${id}`;

/**
 * dagre keeps a procedure in reading order; ELK turns every 補正 loop upside down, with the return above the start.
 * `classic`: the newer look casts shadows, and each becomes a bitmap in the PDF. Labels as SVG text: print tools drop
 * foreignObject. `secure` names what the text of a diagram may not set for itself.
 */
function mermaidConfig({ font, variables, flowchart, css }: ChartTheme): MermaidConfig {
  return {
    startOnLoad: false,
    suppressErrorRendering: true,
    securityLevel: 'strict',
    deterministicIds: true,
    deterministicIDSeed: 'chart',
    handDrawnSeed: 1,
    look: 'classic',
    layout: 'dagre',
    htmlLabels: false,
    theme: 'base',
    fontFamily: font,
    themeVariables: { ...variables, fontFamily: font },
    themeCSS: css,
    flowchart: { ...flowchart, htmlLabels: false, useMaxWidth: false },
    secure: [
      ...['secure', 'securityLevel', 'startOnLoad', 'maxTextSize', 'maxEdges', 'suppressErrorRendering'],
      ...['deterministicIds', 'deterministicIDSeed', 'handDrawnSeed', 'look', 'htmlLabels', 'themeCSS', 'fontFamily'],
    ],
  };
}

/**
 * Runs in the browser. Mermaid copies its whole configuration hundreds of times a chart; without the defaults of the
 * diagram types we do not draw, a chart takes a quarter less time.
 */
function startMermaid(config: MermaidConfig): void {
  const { mermaid } = globalThis as unknown as Studio;
  const defaults = mermaid.mermaidAPI.defaultConfig as Record<string, unknown>;
  for (const [name, part] of Object.entries(defaults)) {
    if (name === 'flowchart' || name === 'themeVariables' || Array.isArray(part)) continue;
    if (part && typeof part === 'object') for (const key of Object.keys(part)) Reflect.deleteProperty(part, key);
  }
  mermaid.initialize(config);
}

/** Mermaid's own message without the stack puppeteer adds. */
function oneLine(error: unknown): string {
  const lines = (error instanceof Error ? error.message : String(error)).split('\n');
  const stack = lines.findIndex((line) => /^\s+at /.test(line));
  return lines
    .slice(0, stack === -1 ? undefined : stack)
    .join(' ')
    .replace(/\s+/g, ' ')
    .replace(/^(Evaluation failed: )?(Error: )*/, '')
    .replace(/ \S+ \(https?:.*$/, '')
    .trim()
    .slice(0, 500);
}

/**
 * Runs in the browser. Mermaid's SVG is 100–200 kB, most of it styles, markers and marks for its editor that nothing
 * uses, and its ids may meet those of the next chart in the same page. Keeps what is seen, prefixes every id, and
 * leaves nothing that could run or load.
 */
function trimSvg(source: string, svgId: string, title: string): { svg: string; width: number; height: number } {
  const svg = new DOMParser().parseFromString(source, 'text/html').querySelector('svg');
  if (!svg) throw new Error('Mermaid drew nothing');
  const space = 'http://www.w3.org/2000/svg';
  const round = (text: string) =>
    text.replace(/-?\d+\.\d{3,}(e-?\d+)?/g, (number) => String(Number(Number(number).toFixed(2))));

  // Nothing that runs or loads.
  const active = 'script,iframe,object,embed,audio,video,link,meta,base,form,input,animate,set,animateTransform';
  for (const element of svg.querySelectorAll(active)) element.remove();
  for (const element of [svg, ...svg.querySelectorAll('*')]) {
    for (const { name, value } of [...element.attributes]) {
      const reference = /^(xlink:)?(href|src)$/.test(name);
      const local = value.startsWith('#') || (/^(https?|mailto):/i.test(value) && element.localName === 'a');
      const picture = /^data:image\/(png|jpeg|gif|webp);/.test(value);
      const loads = /url\(\s*["']?(?!["']?#)/i.test(value);
      if (/^on/i.test(name) || (reference && !local && !picture) || loads || name === 'srcset')
        element.removeAttribute(name);
      else if (name.startsWith('data-') || value.trim() === '' || value.trim() === ';') element.removeAttribute(name);
    }
  }

  // Every id begins with the drawing's own; what refers to an id follows.
  const renamed = new Map<string, string>();
  for (const element of svg.querySelectorAll('[id]')) {
    if (element.id.startsWith(`${svgId}-`) || element.id.startsWith(`${svgId}_`)) continue;
    const fresh = `${svgId}-${element.id.replace(/[^\w-]/g, '-')}`;
    renamed.set(element.id, fresh);
    element.id = fresh;
  }
  const follow = (text: string) =>
    text.replace(/#([\w-]+)/g, (all, id: string) => (renamed.has(id) ? `#${renamed.get(id)}` : all));
  for (const element of svg.querySelectorAll('*'))
    for (const { name, value } of [...element.attributes])
      if (/url\(#|^#/.test(value)) element.setAttribute(name, follow(value));
      else if (name === 'aria-labelledby' || name === 'aria-describedby') element.removeAttribute(name);

  // Labels without text, marker ends that no line uses, then groups left empty.
  for (const element of svg.querySelectorAll('text,rect'))
    if (element.localName === 'text' ? element.textContent?.trim() === '' : !element.hasAttribute('width'))
      element.remove();
  const text = svg.outerHTML;
  for (const marker of svg.querySelectorAll('marker,filter,linearGradient,clipPath,symbol'))
    if (!text.includes(`#${marker.id})`) && !text.includes(`"#${marker.id}"`)) marker.remove();
  for (let empty = true; empty; ) {
    const groups = [...svg.querySelectorAll('g,defs')].filter((each) => each.childNodes.length === 0);
    for (const group of groups) group.remove();
    empty = groups.length > 0;
  }

  // Rules that match nothing here, or would reach beyond this drawing.
  const kept: string[] = [];
  for (const style of svg.querySelectorAll('style')) {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(follow(style.textContent ?? ''));
    for (const rule of sheet.cssRules) {
      if (!(rule instanceof CSSStyleRule) || /url\(\s*["']?(?!["']?#)/i.test(rule.cssText)) continue;
      const scoped = rule.selectorText.split(',').filter((each) => each.trim().startsWith(`#${svgId}`));
      const used = scoped.filter((each) => {
        // A state of the pointer or an element's part has no place on paper.
        const bare = each.trim();
        return !bare.includes(':') && svg.parentElement?.querySelector(bare);
      });
      rule.style.removeProperty('animation');
      if (used.length > 0 && rule.style.length > 0) kept.push(`${used.join(',')}{${rule.style.cssText}}`);
    }
    style.remove();
  }
  // Chromium turns text with a stroke into Type 3 fonts.
  kept.push(`#${svgId} text,#${svgId} tspan{stroke:none!important}`);

  // Classes that no rule names.
  const rules = kept.join('\n');
  if (!rules.includes('[class'))
    for (const element of svg.querySelectorAll('[class]')) {
      const named = [...element.classList].filter((name) => rules.includes(`.${name}`));
      if (named.length > 0) element.setAttribute('class', named.join(' '));
      else element.removeAttribute('class');
    }

  // Rough.js writes a straight side as two cubic curves on one line; sides alone are a tenth of that.
  const straight = (d: string): string | undefined => {
    const tokens = d.match(/[A-Za-z]|-?\d*\.?\d+(?:e-?\d+)?/g) ?? [];
    if (tokens.length < 60 || tokens.some((token) => /[A-Za-z]/.test(token) && !/[MLC]/.test(token))) return undefined;
    const seen = new Set<string>();
    let out = '';
    let pen = '';
    let at = { x: 0, y: 0 };
    for (let i = 0; i < tokens.length; ) {
      const command = tokens[i] ?? '';
      const take = command === 'C' ? 6 : 2;
      const numbers = tokens.slice(i + 1, i + 1 + take).map(Number);
      if (!/[MLC]/.test(command) || numbers.length < take || numbers.some(Number.isNaN)) return undefined;
      const x = numbers[take - 2] ?? 0;
      const y = numbers[take - 1] ?? 0;
      if (command === 'C') {
        const length = Math.hypot(x - at.x, y - at.y) || 1;
        for (const k of [0, 2]) {
          const off = ((numbers[k] ?? 0) - at.x) * (y - at.y) - ((numbers[k + 1] ?? 0) - at.y) * (x - at.x);
          if (Math.abs(off) / length > 0.05) return undefined;
        }
      }
      const from = `${at.x.toFixed(1)} ${at.y.toFixed(1)}`;
      const to = `${x.toFixed(1)} ${y.toFixed(1)}`;
      if (command !== 'M' && from !== to && !seen.has(`${from} ${to}`)) {
        seen.add(`${from} ${to}`);
        out += pen === from ? `L${to}` : `M${from}L${to}`;
        pen = to;
      }
      at = { x, y };
      i += 1 + take;
    }
    return out.replace(/\.0(?=\D|$)/g, '');
  };
  const measures = [
    'd',
    'points',
    'transform',
    'x',
    'y',
    'x1',
    'y1',
    'x2',
    'y2',
    'cx',
    'cy',
    'r',
    'rx',
    'ry',
    'width',
    'height',
  ];
  for (const element of svg.querySelectorAll('*'))
    for (const name of measures) {
      const value = element.getAttribute(name);
      if (value !== null) element.setAttribute(name, (name === 'd' ? straight(value) : undefined) ?? round(value));
    }

  const [left = 0, top = 0, width = 0, height = 0] = (svg.getAttribute('viewBox') ?? '').split(/[\s,]+/).map(Number);
  const size = { width: Math.ceil(width), height: Math.ceil(height) };
  const description = svg.querySelector(':scope > desc')?.textContent;
  for (const each of svg.querySelectorAll(':scope > title, :scope > desc')) each.remove();
  const type = svg.getAttribute('class');
  for (const { name } of [...svg.attributes]) svg.removeAttribute(name);
  const drawing: Record<string, string> = {
    id: svgId,
    width: String(size.width),
    height: String(size.height),
    viewBox: [left, top, width, height].map((each) => Number(each.toFixed(2))).join(' '),
    role: 'img',
  };
  if (type) drawing.class = type;
  for (const [name, value] of Object.entries(drawing)) svg.setAttribute(name, value);
  const head = (name: string, content: string) => {
    const element = document.createElementNS(space, name);
    element.textContent = content;
    return element;
  };
  svg.prepend(head('title', title), ...(description ? [head('desc', description)] : []), head('style', rules));
  return { svg: new XMLSerializer().serializeToString(svg), ...size };
}

// ---------------------------------------------------------------------------------------------------------- paper

async function printPdf(page: Page): Promise<PDFDocument> {
  const { PDFDocument, ParseSpeeds } = await import('pdf-lib');
  const bytes = await page.pdf({
    preferCSSPageSize: true,
    printBackground: true,
    tagged: true,
    outline: true,
    timeout: 0,
  });
  return PDFDocument.load(bytes, { updateMetadata: false, parseSpeed: ParseSpeeds.Fastest });
}

/**
 * True when a text in this content stream shows glyph 0, the empty box. Chromium writes glyphs as pairs of bytes, in
 * `<hex>` or `(literal)` strings; strings that begin with FEFF are the text beside them, not glyphs.
 */
function showsEmptyBox(stream: PDFRawStream): boolean {
  const entries = stream.dict.toString();
  if (!entries.includes('/FlateDecode') || /\/(Length1|Image|XML)\b/.test(entries)) return false;
  const content = inflateSync(stream.contents).toString('latin1');
  if (!/T[jJ]\b/.test(content)) return false;
  for (const [, hex, literal] of content.matchAll(/<([0-9A-Fa-f]+)>|\(((?:\\.|[^\\)])*)\)/gs)) {
    const glyphs = hex ?? Buffer.from(unescapeLiteral(literal ?? ''), 'latin1').toString('hex');
    if (/^feff/i.test(glyphs)) continue;
    for (let at = 0; at + 4 <= glyphs.length; at += 4) if (glyphs.startsWith('0000', at)) return true;
  }
  return false;
}

/** ISO 32000, 7.3.4.2: `\ddd` is an octal byte, the letters are control characters, anything else is itself. */
function unescapeLiteral(text: string): string {
  const controls: Record<string, string> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };
  return text.replace(/\\([0-7]{1,3}|.)/gs, (_, code: string) =>
    /^[0-7]/.test(code) ? String.fromCharCode(Number.parseInt(code, 8)) : (controls[code] ?? code),
  );
}

/** Finds the largest `--fit` at which every `.fit` element holds its content, to a hundredth of the range. */
async function fitPage(page: Page, file: string, { least, most, flows }: NonNullable<PageSheet['fit']>): Promise<void> {
  const fits = await page.evaluate(
    (low, high) => {
      const boxes = [...document.querySelectorAll('.fit')];
      const holds = (value: number) => {
        document.documentElement.style.setProperty('--fit', String(value));
        return boxes.every((box) => box.scrollHeight <= box.clientHeight && box.scrollWidth <= box.clientWidth);
      };
      if (boxes.length === 0) return 'no box';
      if (holds(high)) return 'fits';
      if (!holds(low)) return 'too long';
      const step = (high - low) / 128;
      let [good, bad] = [0, 128];
      while (bad - good > 1) {
        const middle = (good + bad) >> 1;
        if (holds(low + middle * step)) good = middle;
        else bad = middle;
      }
      holds(low + good * step);
      return 'fits';
    },
    least,
    most,
  );
  if (fits === 'no box') throw new Error(`${file}: nothing has the class "fit"`);
  if (fits === 'too long' && flows) {
    await page.evaluate(() => {
      document.documentElement.style.removeProperty('--fit');
      document.documentElement.classList.add('flows');
    });
    return;
  }
  if (fits === 'too long')
    throw new UserError(
      {
        zh: `${file} 的文字太多，縮到最小字級仍放不進這張紙。請刪減文字、改用較大的紙張，或把較少人用到的內容移到手冊。`,
        en: `The text of ${file} is too long for its sheet even at the smallest size. Shorten it, choose a larger paper, or move what few readers need to the handbook.`,
      },
      1,
    );
}

/** Element id → 1-based page, of every element that a link leads to: the catalog's /Dests, name → [page, /XYZ …]. */
async function pagesOf(pdf: PDFDocument): Promise<Record<string, number>> {
  const { PDFArray, PDFDict, PDFName } = await import('pdf-lib');
  const numbers = new Map(pdf.getPages().map((page, index) => [page.ref.toString(), index + 1]));
  const destinations = pdf.catalog.lookupMaybe(PDFName.of('Dests'), PDFDict)?.entries() ?? [];
  const pages: Record<string, number> = {};
  for (const [name, value] of destinations) {
    const place = pdf.context.lookup(value, PDFArray);
    const page = numbers.get(place.get(0).toString());
    if (page !== undefined) pages[name.decodeText()] = page;
  }
  return pages;
}

/** Runs in the browser: writes the number of its page into each `[data-page-of]`. */
function putNumbers(pages: Record<string, number>, file: string): void {
  for (const element of document.querySelectorAll('[data-page-of]')) {
    const id = element.getAttribute('data-page-of') ?? '';
    const page = pages[id];
    if (page === undefined) throw new Error(`${file}: no link leads to #${id}, so its page is not known`);
    element.textContent = String(page);
  }
}

const PRODUCER = 'servicebook';

/**
 * Names the file and makes it depend on the input alone. Changed in place: copying pages into a new document would
 * drop the tags. `source` is what was printed; it stands for the file in /ID.
 */
async function finishPdf(pdf: PDFDocument, file: string, date: string, source: string): Promise<Uint8Array> {
  const { PDFHexString, PDFName, PDFString } = await import('pdf-lib');
  const title = pdf.getTitle();
  const lang = pdf.catalog.lookupMaybe(PDFName.of('Lang'), PDFString, PDFHexString)?.decodeText();
  if (!title || !lang) throw new Error(`${file}: the page has no ${title ? 'lang' : 'title'}`);
  const day = new Date(`${date.slice(0, 10)}T00:00:00Z`);
  pdf.setTitle(title, { showInWindowTitleBar: true });
  pdf.setCreator(PRODUCER);
  pdf.setProducer(PRODUCER);
  pdf.setCreationDate(day);
  pdf.setModificationDate(day);
  const stamp = day.toISOString().replace('.000', '');
  const about = `<?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">${escapeText(title)}</rdf:li></rdf:Alt></dc:title>
<dc:language><rdf:Bag><rdf:li>${escapeText(lang)}</rdf:li></rdf:Bag></dc:language>
<xmp:CreatorTool>${PRODUCER}</xmp:CreatorTool>
<xmp:CreateDate>${stamp}</xmp:CreateDate>
<xmp:ModifyDate>${stamp}</xmp:ModifyDate>
<pdf:Producer>${PRODUCER}</pdf:Producer>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>`;
  const { context } = pdf;
  const metadata = context.stream(new TextEncoder().encode(about), { Type: 'Metadata', Subtype: 'XML' });
  pdf.catalog.set(PDFName.of('Metadata'), context.register(metadata));
  const id = PDFHexString.of(createHash('sha256').update(`${file}\n${date}\n${source}`).digest('hex').slice(0, 32));
  context.trailerInfo.ID = context.obj([id, id]);
  return pdf.save({
    addDefaultPage: false,
    updateFieldAppearances: false,
    objectsPerTick: Number.POSITIVE_INFINITY,
  });
}

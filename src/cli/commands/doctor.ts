// `servicebook doctor`: whether this machine can print, part by part, and what mends it. The first thing that support asks for.
import { arch, platform, release } from 'node:os';
import { resolve } from 'node:path';
import { versions } from 'node:process';
import type { Command } from 'commander';
import { cacheOf, cacheSizeOf, temporaryFolder } from '../../core/cache.js';
import { refusalOf, roomIn } from '../../core/machine.js';
import { installsEmbedded, programVersion } from '../../core/program-files.js';
import type { Lang, Say } from '../../core/source.js';
import { type Terminal, UserError } from '../../core/terminal.js';
import type * as Browser from '../../print/browser.js';
import { formatOption } from '../program.js';

type BrowserOptions = Browser.BrowserOptions;
type Options = { format: 'text' | 'json'; browser?: string; browserEndpoint?: string };

/** `warning`: it prints, and something could be better. */
type State = 'ok' | 'warning' | 'wrong';
type Part = 'versions' | 'temporary' | 'cache' | 'fonts' | 'browser' | 'sandbox';
type Checked = { part: Part; state: State; message: Say; mend?: Say };

export default function doctor(program: Command, terminal: Terminal): void {
  const zh = terminal.lang === 'zh';
  program
    .command('doctor')
    .summary(
      zh
        ? '檢查這台機器能不能編印：瀏覽器、沙箱、字型、快取、暫存資料夾、版本'
        : 'check that this machine can print: browser, sandbox, fonts, cache, temporary folder, versions',
    )
    .option('--browser <path>', zh ? '檢查這個 Chrome、Chromium 或 Edge' : 'check this Chrome, Chromium or Edge')
    .option(
      '--browser-endpoint <url>',
      zh ? '檢查在別處執行的瀏覽器（ws://… 或 http://…）' : 'check a browser that runs elsewhere (ws://… or http://…)',
    )
    .addOption(formatOption(zh))
    .addHelpText(
      'after',
      zh
        ? '\n範例：\n  servicebook doctor\n  servicebook doctor --format json > doctor.json\n\n結束碼：0 可以編印（可能有提醒）、1 有地方要改正'
        : '\nExamples:\n  servicebook doctor\n  servicebook doctor --format json > doctor.json\n\nExit code: 0 it can print (perhaps with warnings), 1 something is wrong',
    )
    .action(async (_: unknown, command: Command) => {
      const options: Options = command.optsWithGlobals();
      const print = options.format === 'json' ? asJson : asText;
      const checked = await examine({
        ...(options.browser ? { browser: resolve(terminal.cwd, options.browser) } : {}),
        ...(options.browserEndpoint ? { endpoint: options.browserEndpoint } : {}),
        env: terminal.env,
        root: terminal.root,
        leaving: terminal.leaving,
      });
      terminal.out(print(checked, terminal.lang));
      terminal.exitCode = checked.some(({ state }) => state === 'wrong') ? 1 : 0;
    });
}

/** Every part, each by itself: what one lacks keeps no other from being looked at. */
async function examine(options: BrowserOptions): Promise<Checked[]> {
  const { env, root, endpoint } = options;
  const [{ openBrowser }, { ROOT, temporaryFault }, { shippedFaces }] = await Promise.all([
    import('../../print/browser.js'),
    import('../../print/browser-faults.js'),
    import('../../theme/fonts.js'),
  ]);
  const temporary = temporaryOf(env, temporaryFault(env));
  const fonts = attempt('fonts', INSTALL, () => fontsOf(shippedFaces()));
  const browser = await browserOf(
    options,
    [temporary, fonts].filter(({ state }) => state === 'wrong'),
    openBrowser,
  );
  return [
    attempt('versions', INSTALL, versionsHere),
    temporary,
    attempt('cache', CACHE, () => cacheHere(env)),
    fonts,
    browser,
    ...(endpoint === undefined ? [sandboxOf(env, root, browser, ROOT)] : []),
  ];
}

const INSTALL: Say = {
  zh: '在安裝本程式的地方重新執行 npm install。',
  en: 'Run npm install again where this program is installed.',
};

function attempt(part: Part, mend: Say, look: () => Checked): Checked {
  try {
    return look();
  } catch (error) {
    return { part, state: 'wrong', message: saidOf(error), mend };
  }
}

const saidOf = (error: unknown): Say => {
  if (error instanceof UserError) return error.say;
  const refused = refusalOf(error);
  const told = error instanceof Error ? error.message : String(error);
  return refused ?? { zh: told, en: told };
};

/** As in `engines` of package.json. */
const OLDEST = [20, 19];

function versionsHere(): Checked {
  const [major = 0, minor = 0] = versions.node.split('.').map(Number);
  const old = major < (OLDEST[0] ?? 0) || (major === OLDEST[0] && minor < (OLDEST[1] ?? 0));
  const here = `servicebook ${programVersion()}, Node ${versions.node}, ${platform()} ${release()} ${arch()}`;
  return {
    part: 'versions',
    state: old ? 'wrong' : 'ok',
    message: { zh: here.replaceAll(', ', '、'), en: here },
    ...(old
      ? {
          mend: {
            zh: `Node 應為 ${OLDEST.join('.')} 以上，請安裝較新的版本。`,
            en: `Node must be ${OLDEST.join('.')} or later; install a newer one.`,
          },
        }
      : {}),
  };
}

function temporaryOf(env: BrowserOptions['env'], fault: Say | undefined): Checked {
  const folder = temporaryFolder(env);
  return fault
    ? {
        part: 'temporary',
        state: 'wrong',
        message: fault,
        mend: {
          zh: '用環境變數 TMPDIR（Windows：TEMP）指定存在、可以寫入、空間足夠的資料夾。',
          en: 'Name a folder that is there, can be written and has room with TMPDIR (on Windows TEMP).',
        },
      }
    : { part: 'temporary', state: 'ok', message: { zh: folder, en: folder } };
}

const CACHE: Say = {
  zh: '用環境變數 XDG_CACHE_HOME 指定自己的、只有自己可以寫入的資料夾（絕對路徑）。',
  en: 'Name a folder of your own that you alone may write (an absolute path) with XDG_CACHE_HOME.',
};
const SIZE: Say = {
  zh: '改正環境變數 SERVICEBOOK_CACHE_SIZE，例如 SERVICEBOOK_CACHE_SIZE=200，或不要設定。',
  en: 'Set SERVICEBOOK_CACHE_SIZE to such a number, as in SERVICEBOOK_CACHE_SIZE=200, or not at all.',
};

/** What a large book leaves in the cache (MB). */
const LEAST_ROOM = 32;

function cacheHere(env: BrowserOptions['env']): Checked {
  const { folder, told } = cacheOf(env);
  if (told) return { part: 'cache', state: 'wrong', message: told, mend: CACHE };
  let most: number;
  try {
    most = Math.round(cacheSizeOf(env) / 1024 / 1024);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { part: 'cache', state: 'wrong', message: error.say, mend: SIZE };
  }
  const left = folder && roomIn(folder.path);
  if (left !== undefined && left < LEAST_ROOM)
    return {
      part: 'cache',
      state: 'warning',
      message: {
        zh: `${folder?.path} 所在的磁碟只剩 ${left.toFixed(1)} MB，做好的東西留不下來，每次都要重做`,
        en: `the disk of ${folder?.path} has ${left.toFixed(1)} MB left; what is made cannot be kept and is made anew each time`,
      },
      mend: ROOM,
    };
  return {
    part: 'cache',
    state: 'ok',
    message: { zh: `${folder?.path}，最多留 ${most} MB`, en: `${folder?.path}, keeps at most ${most} MB` },
  };
}

function fontsOf(shipped: readonly { readonly family: string }[]): Checked {
  const names = [...new Set(shipped.map(({ family }) => family))];
  return { part: 'fonts', state: 'ok', message: { zh: names.join('、'), en: names.join(', ') } };
}

/** npm has the embedded browser everywhere, and it runs on Linux x64 alone. */
const WITH_EMBEDDED = platform() === 'linux' && arch() === 'x64';
const BROWSER: Say = {
  zh: `安裝 Google Chrome、Chromium 或 Microsoft Edge，或以 --browser <路徑> 指定瀏覽器${WITH_EMBEDDED ? `；或在安裝本程式的地方執行 ${installsEmbedded()}，補上隨附的瀏覽器` : ''}。`,
  en: `Install Google Chrome, Chromium or Microsoft Edge, or name a browser with --browser <path>${WITH_EMBEDDED ? `; or run ${installsEmbedded()} where this program is installed, which brings the one that comes with it` : ''}.`,
};

const ROOM: Say = {
  zh: '先照上面說的改正，或用環境變數 XDG_CACHE_HOME 指定有空間、可以寫入的快取資料夾（絕對路徑）。',
  en: 'Mend what is said above, or name a cache folder that has room and can be written (an absolute path) with XDG_CACHE_HOME.',
};
const ELSEWHERE: Say = {
  zh: '在那台機器上改正，或不寫 --browser-endpoint，用這台機器的瀏覽器編印。',
  en: 'Fix it on that machine, or leave --browser-endpoint out and print with the browser of this one.',
};

/** Opens it, for what is there may still not run. */
async function browserOf(
  options: BrowserOptions,
  before: readonly Checked[],
  openBrowser: typeof Browser.openBrowser,
): Promise<Checked> {
  if (before.length > 0)
    return {
      part: 'browser',
      state: 'wrong',
      message: {
        zh: '還沒有檢查：先改正暫存資料夾與字型。',
        en: 'Not looked at yet: fix the temporary folder and the fonts first.',
      },
      mend: before[0]?.mend ?? BROWSER,
    };
  try {
    const running = await openBrowser(options);
    try {
      const said = `${(await running.browser.version()).replace('/', ' ')}, ${running.path}`;
      return { part: 'browser', state: 'ok', message: { zh: said.replace(', ', '，'), en: said } };
    } finally {
      await running.close();
    }
  } catch (error) {
    // What the machine refuses, another browser would be refused too.
    const mend = options.endpoint ? ELSEWHERE : refusalOf(error) ? ROOM : BROWSER;
    return { part: 'browser', state: 'wrong', message: saidOf(error), mend };
  }
}

function sandboxOf(env: BrowserOptions['env'], root: boolean, browser: Checked, asRoot: Say): Checked {
  const off = env.PUPPETEER_DANGEROUS_NO_SANDBOX === 'true';
  if (root)
    return {
      part: 'sandbox',
      state: 'warning',
      message: asRoot,
      mend: {
        zh: '用一般使用者執行（Kubernetes：securityContext.runAsUser；Docker：--user 1000）。',
        en: 'Run as an ordinary user (Kubernetes: securityContext.runAsUser; Docker: --user 1000).',
      },
    };
  if (off)
    return {
      part: 'sandbox',
      state: 'warning',
      message: {
        zh: '環境變數 PUPPETEER_DANGEROUS_NO_SANDBOX 關掉了瀏覽器的沙箱。',
        en: 'PUPPETEER_DANGEROUS_NO_SANDBOX has switched the sandbox of the browser off.',
      },
      mend: {
        zh: '除非是用完即棄的容器，請拿掉這個環境變數。',
        en: 'Unset it, unless this is a throw-away container.',
      },
    };
  // What the browser says of its sandbox stands in its own line.
  return browser.state === 'ok'
    ? { part: 'sandbox', state: 'ok', message: { zh: '已開啟', en: 'on' } }
    : {
        part: 'sandbox',
        state: 'warning',
        message: { zh: '瀏覽器沒有啟動，無法檢查。', en: 'The browser did not start, so it cannot be told.' },
        mend: BROWSER,
      };
}

// ---------------------------------------------------------------- the report

const TITLES: Readonly<Record<Part, Say>> = {
  versions: { zh: '版本', en: 'Versions' },
  temporary: { zh: '暫存資料夾', en: 'Temporary folder' },
  cache: { zh: '快取', en: 'Cache' },
  fonts: { zh: '字型', en: 'Fonts' },
  browser: { zh: '瀏覽器', en: 'Browser' },
  sandbox: { zh: '沙箱', en: 'Sandbox' },
};
const STATES: Readonly<Record<State, Say>> = {
  ok: { zh: '正常', en: 'ok' },
  warning: { zh: '提醒', en: 'warning' },
  wrong: { zh: '有問題', en: 'wrong' },
};

type Report = (checked: readonly Checked[], lang: Lang) => string;

const asText: Report = (checked, lang) => {
  const colon = lang === 'zh' ? '：' : ': ';
  const lines = checked.flatMap(({ part, state, message, mend }) => [
    `${lang === 'zh' ? `［${STATES[state].zh}］` : `[${STATES[state].en}] `}${TITLES[part][lang]}${colon}${message[lang]}`,
    ...(mend ? [`    ${lang === 'zh' ? '改正：' : 'Fix: '}${mend[lang]}`] : []),
  ]);
  return `${lines.join('\n')}\n`;
};

const asJson: Report = (checked, lang) =>
  `${JSON.stringify(
    {
      ok: !checked.some(({ state }) => state === 'wrong'),
      checks: checked.map(({ part, state, message, mend }) => ({
        check: part,
        state,
        message: message[lang],
        mend: mend?.[lang] ?? null,
      })),
    },
    null,
    2,
  )}\n`;

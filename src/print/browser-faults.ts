// What is told of a browser: why it cannot be used, what it lacks on this machine, and what would help.
import { accessSync, constants, statSync } from 'node:fs';
import { arch, platform } from 'node:os';
import { cacheOf, temporaryFolder } from '../core/cache.js';
import { roomIn } from '../core/machine.js';
import { installsEmbedded } from '../core/program-files.js';
import type { Say } from '../core/source.js';
import { UserError } from '../core/terminal.js';

type Env = Readonly<Record<string, string | undefined>>;

/** What a browser needs for its profile and its pages while a small office is printed; it waits for what it cannot write (MB). */
const LEAST_TEMPORARY = 64;

/** What is wrong with the temporary folder, in which every browser keeps its profile. */
export function temporaryFault(env: Env): Say | undefined {
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
    accessSync(folder, constants.W_OK | constants.X_OK);
  } catch {
    return {
      zh: `暫存資料夾 ${folder} 不能寫入。${cure.zh}。`,
      en: `The temporary folder ${folder} cannot be written. ${cure.en}.`,
    };
  }
  const free = roomIn(folder);
  if (free !== undefined && free < LEAST_TEMPORARY)
    return {
      zh: `暫存資料夾 ${folder} 只剩 ${free.toFixed(1)} MB，瀏覽器至少要 ${LEAST_TEMPORARY} MB。請騰出空間，或${cure.zh.slice(1)}。`,
      en: `The temporary folder ${folder} has ${free.toFixed(1)} MB left, and the browser needs at least ${LEAST_TEMPORARY} MB. Free some space, or n${cure.en.slice(1)}.`,
    };
  return undefined;
}

/** What is to be known before a browser is opened: one line each. */
export function remarks({ env, root, endpoint }: { env: Env; root: boolean; endpoint?: string }): Say[] {
  const { told } = cacheOf(env);
  return [...(told ? [told] : []), ...(root && endpoint === undefined ? [ROOT] : [])];
}

export const ROOT: Say = {
  zh: '以 root 執行時，瀏覽器的沙箱不能使用；請改用一般使用者執行（Kubernetes：runAsUser）。',
  en: 'Run as root, the browser has no sandbox; run as an ordinary user (in Kubernetes: runAsUser).',
};

export const MEND: Say = {
  zh: '請安裝 Google Chrome、Chromium 或 Microsoft Edge，或以 --browser <路徑> 指定瀏覽器。',
  en: 'Install Google Chrome, Chromium or Microsoft Edge, or name a browser with --browser <path>.',
};

/** No browser is found; the embedded one runs on Linux x64 alone. */
export function none(): Say {
  if (platform() !== 'linux' || arch() !== 'x64')
    return { zh: `找不到瀏覽器。${MEND.zh}`, en: `There is no browser. ${MEND.en}` };
  const brings = installsEmbedded();
  return {
    zh: `找不到瀏覽器，隨附的瀏覽器也沒有安裝。${MEND.zh}或在安裝本程式的地方執行 ${brings} ，補上隨附的瀏覽器。`,
    en: `There is no browser, and the one that comes with this program was not installed. ${MEND.en} Or run ${brings} where this program is installed, which brings it.`,
  };
}

/** `from`: how the user would name it. */
type Tried = { path: string; from: 'named' | 'environment' | 'embedded' | 'installed' };

export function unusable(found: Tried, why: Say): UserError {
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

/** `limit`: how long was waited, each time, in ms. */
export const notAnswering = (limit: number): Say => ({
  zh: `啟動後 ${limit / 1000} 秒內沒有回應，再試一次仍然如此。請關閉其他程式後再試，或以 --browser <路徑> 指定其他瀏覽器；這台機器很慢時，可用環境變數 SERVICEBOOK_BROWSER_LIMIT 設定等幾秒。`,
  en: `it was started and does not answer within ${limit / 1000} s, nor did it when it was started anew. Close other programs and try again, or name another browser with --browser <path>; on a very slow machine the environment variable SERVICEBOOK_BROWSER_LIMIT sets how many seconds to wait.`,
});

/** Reads a failed start: the error of the spawn or what the program wrote before it ended. */
export function whyNotStarted(error: unknown): Say {
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

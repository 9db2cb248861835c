// A local page from the moment it is served to the end of the program: its address is told, a browser is led there.
import { spawn } from 'node:child_process';
import { platform } from 'node:os';
import type { Say } from '../core/source.js';
import { type Terminal, UserError } from '../core/terminal.js';
import { leadingFile, type Served } from './local-page.js';

/** Shows the page until the signal of the terminal. `name`: of the file that leads there. `told`: what follows its address. */
export async function untilEnded(
  served: Served,
  { name, open, title, told }: { name: string; open: boolean | undefined; title: Say; told: Say },
  { env, lang, signal, out }: Terminal,
): Promise<void> {
  out(lang === 'zh' ? `${title.zh}：${served.url}\n${told.zh}\n` : `${title.en}: ${served.url}\n${told.en}\n`);
  const leading = open !== false && canOpen(env) ? await leadingFile(served.onceUrl(), name, env) : undefined;
  if (leading) openInBrowser(leading.path, env);
  await new Promise<void>((end) => {
    if (signal.aborted) end();
    signal.addEventListener('abort', () => end(), { once: true });
  });
  await leading?.remove();
}

/** The number of a port as it was written. Throws UserError for what is none. */
export function portOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65535) return port;
  throw new UserError({
    zh: `連接埠「${text}」應為 0 到 65535 的數字。`,
    en: `The port "${text}" must be a number from 0 to 65535.`,
  });
}

/** Whether there is a desktop that opens pages; where there is none, the address on the terminal is enough. */
const canOpen = (env: Terminal['env']): boolean =>
  !env.CI && (platform() !== 'linux' || Boolean(env.DISPLAY || env.WAYLAND_DISPLAY));

/** With what the desktop opens pages with. It is told of a file alone, for its arguments are for everybody to read. */
function openInBrowser(file: string, env: Terminal['env']): void {
  const [command = '', ...args] =
    platform() === 'darwin'
      ? ['open', file]
      : platform() === 'win32'
        ? ['rundll32', 'url.dll,FileProtocolHandler', file]
        : ['xdg-open', file];
  const child = spawn(command, args, { stdio: 'ignore', detached: true, env });
  child.on('error', () => undefined);
  child.unref();
}

// The program run in this process, as a shell would run it in `folder`.
import { Readable } from 'node:stream';
import { main } from '../src/cli/main.js';

export const runIn = (folder: string, ...args: string[]): Promise<{ code: number; out: string; err: string }> =>
  runWith({ folder }, ...args);

/** The same with other environment variables, or on a terminal. `typed`: what comes in. */
export async function runWith(
  {
    folder,
    env = {},
    isTTY = false,
    typed,
  }: { folder: string; env?: Record<string, string>; isTTY?: boolean; typed?: string },
  ...args: string[]
): Promise<{ code: number; out: string; err: string }> {
  let out = '';
  let err = '';
  const stream = (take: (text: string) => void) => ({
    write: (text: string) => take(text),
    on: () => undefined,
    isTTY,
  });
  const started = {
    argv: ['node', 'servicebook', ...args],
    env: { ...process.env, LC_ALL: 'zh_TW.UTF-8', ...env },
    ...(typed === undefined ? {} : { stdin: Object.assign(Readable.from([typed]), { isTTY }) }),
    stdout: stream((text) => {
      out += text;
    }),
    stderr: stream((text) => {
      err += text;
    }),
    cwd: () => folder,
    getuid: process.getuid,
    on: () => undefined,
    exit: () => undefined,
    removeListener: () => undefined,
  };
  const code = await main(started as unknown as Parameters<typeof main>[0]);
  return { code, out, err };
}

// A browser that runs: the folder it writes in, and the end of all its processes.
import { rmSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { platform } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Browser, Page } from 'puppeteer';
import { isOurs, isOver, runName, temporaryFolder } from '../core/cache.js';
import type { Face } from '../theme/fonts.js';

type Env = Readonly<Record<string, string | undefined>>;

/** A running browser; `path` is its program, or where it was reached. */
export type Running = {
  browser: Browser;
  path: string;
  /** Fonts that its pages must be given, for it does not find them. */
  faces: readonly Face[];
  newPage(): Promise<Page>;
  /** Ends the browser, or our part in one that is not runningHere, whatever it is doing, and removes what was made for this run alone. */
  close(): Promise<void>;
};

/** Loaded when something is to be started: to find that there is nothing to do takes less time than to load it. */
export async function run(
  path: string,
  args: readonly string[],
  options: { env: NodeJS.ProcessEnv; timeout: number },
): Promise<{ stdout: string; stderr: string }> {
  const { execFile } = await import('node:child_process');
  // What is stopped hears nothing else.
  return promisify(execFile)(path, args, { ...options, killSignal: 'SIGKILL' });
}

/** Whether what `run` started was ended because its time was over. */
export const wasEnded = (error: unknown): boolean => (error as { killed?: boolean } | undefined)?.killed === true;

/** A time limit exists only against what never ends: a program that is no browser. In ms. */
export const LAUNCH_LIMIT = 60_000;

/** How long is waited for a browser that was ended, in ms; nothing is lost with it but its own folder. */
export const END_LIMIT = 1000;

/** A browser that was started here; `leave` removes its folder. */
export function runningHere(
  browser: Browser,
  path: string,
  faces: readonly Face[],
  leave: () => Promise<void>,
): Running {
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
export async function openWorkFolder(env: Env, leaving: Set<() => void> | undefined): Promise<WorkFolder> {
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

type WorkFolder = { path: string; leave(): Promise<void> };

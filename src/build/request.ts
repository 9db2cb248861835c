// What is asked for, as the rooms below know it.
import { resolve } from 'node:path';
import { UserError } from '../core/terminal.js';
import type { Output } from '../document/output.js';
import type { BrowserOptions } from '../print/browser.js';
import { type BuildRequest, distanceOf, languagesNamed, outputsNamed } from './compile.js';
import type { BuildOptions, BuildResult } from './result.js';

/** The browser that is to print. */
export const browserAsked = (options: BuildOptions): BrowserOptions => ({
  ...(options.browser ? { browser: resolve(options.cwd, options.browser) } : {}),
  ...(options.browserEndpoint ? { endpoint: options.browserEndpoint } : {}),
  env: options.env,
  root: options.root,
  ...(options.leaving ? { leaving: options.leaving } : {}),
  ...(options.remark ? { tell: options.remark } : {}),
});

export async function requestOf(options: BuildOptions): Promise<BuildRequest> {
  const { paper, landscape, services, copies, workingCopy } = options;
  const distance = distanceOf(options.distance);
  const languages = languagesNamed(options.lang);
  const more = {
    ...(options.booklet ? { booklet: true } : {}),
    ...(options.tile ? { tile: options.tile } : {}),
    ...(options.printShop ? { printShop: true } : {}),
    ...(options.chapters ? { chapters: options.chapters } : {}),
  };
  const shape = {
    ...more,
    ...(paper ? { paper } : {}),
    ...(landscape ? { landscape } : {}),
    ...(distance ? { distance } : {}),
    languages,
  };
  return {
    ...shape,
    outputs: await outputsNamed(options.outputs ?? [], shape),
    ...(services ? { services } : {}),
    mono: options.mono === true,
    sheets: options.sheets === true,
    ...(copies ? { copies } : {}),
    ...(workingCopy ? { workingCopy } : {}),
  };
}

/** The day that SOURCE_DATE_EPOCH names (seconds since 1970, reproducible-builds.org), ISO. */
export function epochOf(seconds: string | undefined): string | undefined {
  if (seconds === undefined || seconds === '') return undefined;
  if (!/^\d{1,11}$/.test(seconds))
    throw new UserError({
      zh: `環境變數 SOURCE_DATE_EPOCH 是「${seconds}」，應為 1970 年起的秒數。`,
      en: `The environment variable SOURCE_DATE_EPOCH is "${seconds}"; expected seconds since 1970.`,
    });
  return new Date(Number(seconds) * 1000).toISOString().slice(0, 10);
}

/** With two languages and no list, what is made in one at a time is not made; it is said. */
export function skippedIn(
  { outputs: named = [] }: BuildOptions,
  { languages: { lang, second } }: BuildRequest,
  all: ReadonlyMap<string, Output>,
): BuildResult['skipped'] {
  if (second === undefined || named.length > 0) return [];
  return [...all].flatMap(([output, { oneLanguage }]) =>
    oneLanguage
      ? [
          {
            output,
            because: {
              zh: `一次印一種語言，請用 --lang ${lang} 或 --lang ${second} 另外編印`,
              en: `is printed in one language at a time; build it with --lang ${lang} or --lang ${second}`,
            },
          },
        ]
      : [],
  );
}

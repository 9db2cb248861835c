// Every sheet of the shipped book is the same bytes whatever was printed before it, beside it or by which machine.
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { compile } from '../../src/build/api.js';
import { languagesNamed, outputsNamed, sheetsOf } from '../../src/build/compile.js';
import { digestOf } from '../../src/core/cache.js';
import type { Sheet } from '../../src/document/sheet.js';
import { openPrinter, type PrinterOptions } from '../../src/print/printer.js';

const ROOT = join(import.meta.dirname, '../..');

/** Numbers from 0 to 1 that are the same for the same seed (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

function shuffled<T>(list: readonly T[], random: () => number): T[] {
  const rest = [...list];
  return list.map(() => rest.splice(Math.floor(random() * rest.length), 1)[0] as T);
}

let options: PrinterOptions;
let sheets: Sheet[];
/** Digests by file, of each sheet printed by a browser of its own. */
const alone = new Map<string, string>();

beforeAll(async () => {
  const languages = languagesNamed(undefined);
  const asked = { outputs: await outputsNamed([], { languages }), languages, mono: false, sheets: false };
  const edition = await compile('content', { ...asked, cwd: ROOT });
  options = { env: process.env, root: process.getuid?.() === 0, chart: edition.templates.chart.theme };
  const printer = await openPrinter(options);
  sheets = (await sheetsOf(edition, asked, (diagrams) => printer.draw(diagrams))).filter(({ kind }) => kind !== 'text');
  await printer.close();
  for (const sheet of sheets) for (const [file, digest] of await printed([sheet], 1)) alone.set(file, digest);
});

/** Prints the sheets in this order in one browser, so many at a time. */
async function printed(order: readonly Sheet[], pages: number): Promise<Map<string, string>> {
  const printer = await openPrinter({ ...options, pages });
  const waiting = [...order];
  const digests = new Map<string, string>();
  const work = async () => {
    for (let sheet = waiting.shift(); sheet; sheet = waiting.shift())
      digests.set(sheet.file, digestOf((await printer.print(sheet)).bytes));
  };
  await Promise.all(Array.from({ length: pages + 1 }, work));
  await printer.close();
  return digests;
}

test.each(Array.from({ length: 10 }, (_, seed) => seed + 1))(
  'in a random order, in a random number of parts (%i)',
  async (seed) => {
    const random = seeded(seed);
    const order = shuffled(sheets, random);
    const parts = 1 + Math.floor(random() * 4);
    for (let part = 0; part < parts; part += 1) {
      const own = order.filter((_, i) => i % parts === part);
      for (const [file, digest] of await printed(own, 1 + Math.floor(random() * 4)))
        expect(digest, `${file} in part ${part + 1} of ${parts}`).toBe(alone.get(file));
    }
  },
);

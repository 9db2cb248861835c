// Every length of a service on every paper, both ways: nothing is refused, nothing is empty, nothing is parted.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { allOutputs } from '../../src/build/compile.js';
import { openPrinter, type Printer } from '../../src/print/printer.js';
import { readTemplates } from '../../src/theme/templates.js';
import { bookOf, partedIn } from '../generated-services.js';
import { faultsOf, LEAST, measured, sheetsFor } from '../wall-sheets.js';

let printer: Printer;
beforeAll(async () => {
  const chart = (await readTemplates(false)).chart.theme;
  printer = await openPrinter({ env: process.env, root: process.getuid?.() === 0, chart });
});
afterAll(() => printer.close());

const LENGTHS = Array.from({ length: 41 }, (_, documents) => documents);
const WAYS = ['A4', 'A3', 'A2', 'A1', 'A0'].flatMap((paper) =>
  [false, true].map((landscape) => [paper, landscape] as const),
);

describe('the poster of a service of no document to forty', () => {
  test.each(WAYS)(
    'on %s, lying %s, is printed whole, each piece below its heading',
    async (paper, landscape) => {
      const wrong: string[] = [];
      for (const sheet of await sheetsFor(printer, bookOf(LENGTHS), 'posters', { paper, landscape })) {
        const documents = Number(/d(\d+)\.pdf$/.exec(sheet.file)?.[1]);
        const printed = await printer.print(sheet);
        const pages = await measured(printed.bytes);
        const found = [
          ...(printed.faults ?? []).map(({ rule, text }) => `${rule} ${text}`),
          ...faultsOf(pages, LEAST[paper] ?? 0),
          ...partedIn(pages, documents),
        ];
        wrong.push(...found.map((fault) => `${sheet.file}: ${fault}`));
        // A few words are large, and on one sheet.
        const largest = Math.max(...pages.flatMap(({ runs }) => runs.map(({ size }) => size)));
        if (documents < 4) {
          expect(pages, sheet.file).toHaveLength(1);
          expect(largest, sheet.file).toBeGreaterThan(((LEAST[paper] ?? 0) * 1000 * 3) / 200);
        }
      }
      expect(wrong).toEqual([]);
    },
    600_000,
  );
});

describe.each([...(await allOutputs())].filter(([name]) => !['posters', 'flowcharts', 'meeting'].includes(name)))(
  'of services of few words and many, the output %s',
  (name, { papers, wall }) => {
    const ways = papers.flatMap((paper) =>
      (wall ? [false, true] : [false]).map((landscape) => [paper, landscape] as const),
    );
    test.each(ways)(
      'on %s, lying %s, is printed without a fault and without an empty sheet',
      async (paper, landscape) => {
        for (const lengths of [[0], [0, 1, 2, 5, 12, 25, 40]])
          for (const sheet of await sheetsFor(printer, bookOf(lengths), name, { paper, landscape })) {
            const { bytes, faults = [] } = await printer.print(sheet);
            expect(faults, sheet.file).toEqual([]);
            const pages = await measured(bytes);
            // A leaf of a book may be left blank on purpose.
            if (name !== 'handbook')
              expect(
                pages.filter(({ runs }) => runs.length < 4),
                sheet.file,
              ).toEqual([]);
          }
      },
      600_000,
    );
  },
);

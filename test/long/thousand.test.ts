// A book of a thousand services is built: nothing in it is too much for one call, and its size is advice.
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PDFArray, PDFDict, PDFName } from '@cantoo/pdf-lib';
import { expect, test } from 'vitest';
import { loadPdf } from '../../src/pdf/finish.js';
import { generate } from '../generate.js';
import { runIn } from '../program.js';

test('a handbook of 1,000 services is built, and its size is a warning', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'servicebook-thousand-'));
  try {
    generate(join(folder, 'content'), 1000);
    const { code, out, err } = await runIn(folder, 'build', 'handbook');
    expect(err).toMatch(/handbook\.pdf: file-size（提醒）：檔案有 \d+\.\d MB/);
    expect([code, out]).toEqual([0, expect.stringContaining('handbook.pdf')]);
    const path = join(folder, 'out/handbook.pdf');
    expect((await stat(path)).size).toBeGreaterThan(20_000_000);
    const { catalog, context } = await loadPdf(await readFile(path));
    const tree = catalog.lookup(PDFName.of('StructTreeRoot'), PDFDict).lookup(PDFName.of('ParentTree'), PDFDict);
    expect(tree.has(PDFName.of('Nums'))).toBe(false);
    for (const kid of tree.lookup(PDFName.of('Kids'), PDFArray).asArray())
      expect(context.lookup(kid, PDFDict).lookup(PDFName.of('Limits'), PDFArray).size()).toBe(2);
    const checked = await runIn(folder, 'check', 'out');
    expect([checked.code, checked.err]).toEqual([0, '1 個檔案：0 個問題、1 個提醒。\n']);
  } finally {
    await rm(folder, { recursive: true });
  }
});

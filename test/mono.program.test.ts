// --mono: nothing a laser printer would have to raster.
import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inflateSync } from 'node:zlib';
import { PDFDocument, PDFRawStream } from '@cantoo/pdf-lib';
import { expect, test } from 'vitest';
import { runIn } from './program.js';

/** Every colour that a content stream of the file sets, as `r g b`. */
async function coloursOf(bytes: Uint8Array): Promise<Set<string>> {
  const pdf = await PDFDocument.load(bytes, { updateMetadata: false });
  const colours = new Set<string>();
  for (const [, object] of pdf.context.enumerateIndirectObjects()) {
    if (!(object instanceof PDFRawStream) || !object.dict.toString().includes('/FlateDecode')) continue;
    const content = inflateSync(object.contents).toString('latin1');
    for (const [, r, g, b] of content.matchAll(/(?:^|\s)([\d.]+) ([\d.]+) ([\d.]+) (?:rg|RG)\s/g))
      colours.add([r, g, b].map((part) => Number(part).toFixed(2)).join(' '));
  }
  return colours;
}

test('every sheet is black and white, charts and all, and in colour without it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'servicebook-mono-'));
  try {
    await cp(join(import.meta.dirname, '../templates/init'), join(folder, 'content'), { recursive: true });
    const ran = await runIn(folder, 'build', '--mono', '--out', 'mono');
    expect(ran.code, ran.err).toBe(0);
    const files = (await readdir(join(folder, 'mono'), { recursive: true })).filter((file) => file.endsWith('.pdf'));
    expect(files.length).toBeGreaterThan(8);
    for (const file of files) {
      const colours = await coloursOf(await readFile(join(folder, 'mono', file)));
      expect([file, [...colours].filter((each) => each !== '0.00 0.00 0.00' && each !== '1.00 1.00 1.00')]).toEqual([
        file,
        [],
      ]);
      expect(colours.size).toBeGreaterThan(0);
    }
    expect((await runIn(folder, 'build', 'notices', '--out', 'colour')).code).toBe(0);
    const [notice = ''] = await readdir(join(folder, 'colour/notices'));
    expect((await coloursOf(await readFile(join(folder, 'colour/notices', notice)))).size).toBeGreaterThan(2);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}, 120_000);

// Sheets that were printed by earlier versions of the program hang on walls: what they say of themselves is read for good.
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runIn } from './program.js';

type Sample = { id: string; code: string; scanned: string; pdf: string };
/** The content, and the sheets that the program of that time made of it; `printed`: as a build wrote them. */
type Samples = {
  content: Record<string, string>;
  sheets: Record<string, Sample>;
  printed: Record<string, string>;
};

describe.each(['format-1', 'format-2'])('stamps of %s', async (name) => {
  const samples = JSON.parse(await readFile(join(import.meta.dirname, `samples/${name}.json`), 'utf8')) as Samples;
  const sheets = Object.entries(samples.sheets);
  let root: string;
  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'servicebook-samples-'));
    const pdfs = [...sheets.map(([file, { pdf }]) => [file, pdf] as const), ...Object.entries(samples.printed)];
    for (const [file, pdf] of pdfs) {
      await mkdir(dirname(join(root, 'out', file)), { recursive: true });
      await writeFile(join(root, 'out', file), Buffer.from(pdf, 'base64'));
    }
  });
  afterAll(() => rm(root, { recursive: true }));
  const write = async (content: Record<string, string>): Promise<void> => {
    await rm(join(root, 'content'), { recursive: true, force: true });
    for (const [file, text] of Object.entries(content)) {
      await mkdir(dirname(join(root, 'content', file)), { recursive: true });
      await writeFile(join(root, 'content', file), text);
    }
  };

  test('are current while the content is the same, by file and by code', async () => {
    await write(samples.content);
    const { code, out } = await runIn(root, 'stale', 'out');
    expect(out.split('\n').filter((line) => !/：現行。|^$|內容沒有更動/.test(line))).toEqual([]);
    expect(code).toBe(0);
    const codes = sheets.flatMap(([, { code: typed, scanned }]) => [typed, scanned]);
    const asked = await runIn(root, 'stale', ...codes);
    expect(asked.out.split('\n').filter((line) => !/：現行。|^$|內容沒有更動/.test(line))).toEqual([]);
    expect(asked.code).toBe(0);
  });
  test('still tell what has changed since', async () => {
    const edited = (file: string, from: string, to: string) =>
      write({ ...samples.content, [file]: samples.content[file]?.replace(from, to) ?? '' });
    await edited('services/instalments.yaml', '每份 100 元', '每份 150 元');
    for (const file of ['posters/instalments.pdf', 'handbook.pdf', 'posters/hall.pdf', 'leaflets/payment.pdf']) {
      const { code, out } = await runIn(root, 'stale', `out/${file}`);
      expect(out, file).toMatch(/已過期。[\s\S]*規費.*原「.*100 元.*現「.*150 元/);
      expect(code).toBe(1);
    }
    expect((await runIn(root, 'stale', 'out/posters/archives.pdf')).code).toBe(0);
    await edited('office.yaml', '代理人: 同科書記官', '代理人: 副科長');
    expect((await runIn(root, 'stale', 'out/counter/deputies.pdf')).out).toMatch(/已過期。[\s\S]*副科長/);
    await edited('handbook.yaml', '[洽詢,', '[服務台洽詢,');
    expect((await runIn(root, 'stale', 'out/posters/overall.pdf')).out).toMatch(/已過期。[\s\S]*服務台洽詢/);
  });
});

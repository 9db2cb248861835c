// A notice and a page of the handbook as they were last looked at: what is read on them, and a small picture.
// `rm test/golden/pages/*.png; npx vitest run test/golden.print.test.ts -u` prints them anew; look at every one that changes.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Page } from 'puppeteer';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { compile } from '../src/build/api.js';
import { outputsNamed, sheetsOf } from '../src/build/compile.js';
import { preflight } from '../src/pdf/preflight/preflight.js';
import { openBrowser } from '../src/print/browser.js';
import { openPrinter, type Printer } from '../src/print/printer.js';
import type { Running } from '../src/print/running-browser.js';
import { readTemplates } from '../src/theme/templates.js';
import { contentOf } from './office.js';
import { CONTENT } from './outputs/sheets.js';
import { linesOf } from './pdf.js';

const GOLDEN = join(import.meta.dirname, 'golden/pages');
const outputs = await outputsNamed(['notices', 'handbook'], {});
/** Files that are printed, and which of their pages is kept: of the handbook that of a service, or the cover with the logo. */
const PAGES = {
  notice: ['notices/instalments.pdf', () => 1],
  handbook: ['handbook.pdf', (variant: string) => (variant === 'logo' ? 1 : variant === 'draft' ? 8 : 6)],
} as const;

const { 'services/unknown.yaml': _, ...rest } = CONTENT;
const CONFIRMED: Record<string, string> = {
  ...rest,
  'office.yaml': rest['office.yaml'].replace('電話: 待確認', '電話: 02-1234-5678'),
};
const LOGO = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40"><circle cx="20" cy="20" r="20" fill="#c00"/><path d="M8 20h24" stroke="#fff" stroke-width="6"/></svg>`;

type Variant = { content?: Record<string, string>; mono?: boolean; images?: Record<string, string> };
const VARIANTS: Record<string, Variant> = {
  colour: {},
  mono: { mono: true },
  draft: {
    content: {
      'services/instalments.yaml': (CONFIRMED['services/instalments.yaml'] ?? '').replace('3 工作日', '待確認'),
    },
  },
  logo: {
    content: { 'office.yaml': `${CONFIRMED['office.yaml']}標誌: logo.svg\n` },
    images: { 'logo.svg': LOGO },
  },
};

/** How much darker or lighter a square of a picture may be than it was, of 255: another browser draws edges a little otherwise. */
const APART = 12;

let printer: Printer;
let running: Running;
let page: Page;
beforeAll(async () => {
  const browser = { env: process.env, root: process.getuid?.() === 0 };
  printer = await openPrinter({ ...browser, chart: (await readTemplates(false)).chart.theme });
  running = await openBrowser(browser);
  page = await running.newPage();
  const { resolve } = createRequire(import.meta.url);
  for (const part of ['pdf.worker.min.mjs', 'pdf.min.mjs'])
    await page.addScriptTag({
      type: 'module',
      content: readFileSync(resolve(`pdfjs-dist/legacy/build/${part}`), 'utf8'),
    });
  await page.waitForFunction('globalThis.pdfjsLib && globalThis.pdfjsWorker');
}, 60_000);
afterAll(async () => {
  await printer.close();
  await running.close();
});

/** A picture of a page as wide as a thumbnail, and how far it is from another: the mean difference of the worst square, 0–255. */
async function pictureOf(
  bytes: Uint8Array,
  n: number,
  other: string | undefined,
): Promise<{ png: string; apart: number }> {
  return page.evaluate(
    async (data, n, other) => {
      const { pdfjsLib } = globalThis as unknown as { pdfjsLib: typeof import('pdfjs-dist/legacy/build/pdf.mjs') };
      const pdf = await pdfjsLib.getDocument({
        data: Uint8Array.from(atob(data), (c) => c.charCodeAt(0)),
        verbosity: 0,
      }).promise;
      const sheet = await pdf.getPage(n);
      const canvasOf = (width: number, height: number) =>
        Object.assign(document.createElement('canvas'), { width, height });
      const pixelsOf = (canvas: HTMLCanvasElement) =>
        canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? new Uint8ClampedArray();
      // Drawn four times as large and made smaller, so that thin lines are grey and not gone.
      const width = 160;
      const viewport = sheet.getViewport({ scale: (4 * width) / sheet.getViewport({ scale: 1 }).width });
      const height = Math.round(viewport.height / 4);
      const large = canvasOf(4 * width, 4 * height);
      await sheet.render({ canvas: large, viewport }).promise;
      const canvas = canvasOf(width, height);
      const context = canvas.getContext('2d');
      if (context) context.imageSmoothingQuality = 'high';
      context?.drawImage(large, 0, 0, width, height);
      const png = canvas.toDataURL('image/png');
      let apart = 255;
      if (other) {
        const image = new Image();
        image.src = other;
        await image.decode();
        const before = canvasOf(image.width, image.height);
        before.getContext('2d')?.drawImage(image, 0, 0);
        if (before.width === width && before.height === height) {
          const [now, then] = [pixelsOf(canvas), pixelsOf(before)];
          const SIDE = 8;
          apart = 0;
          for (let top = 0; top + SIDE <= height; top += SIDE)
            for (let left = 0; left + SIDE <= width; left += SIDE) {
              let sum = 0;
              for (let y = top; y < top + SIDE; y += 1)
                for (let x = left; x < left + SIDE; x += 1)
                  for (let c = 0; c < 3; c += 1) {
                    const i = 4 * (y * width + x) + c;
                    sum += Math.abs((now[i] ?? 0) - (then[i] ?? 0));
                  }
              apart = Math.max(apart, sum / (3 * SIDE * SIDE));
            }
        }
      }
      return { png, apart };
    },
    Buffer.from(bytes).toString('base64'),
    n,
    other,
  );
}

describe.each(Object.entries(VARIANTS))('in %s', (variant, { content = {}, mono = false, images = {} }) => {
  let files: Map<string, Uint8Array>;
  beforeAll(async () => {
    const job = await compile(
      {
        ...contentOf({ ...CONFIRMED, ...content }),
        images: Object.entries(images).map(([name, text]) => ({
          name,
          path: `content/images/${name}`,
          bytes: Buffer.from(text),
        })),
      },
      { mono },
    );
    const asked = { outputs, languages: { lang: 'zh' }, mono, sheets: false } as const;
    const sheets = await sheetsOf(job, asked, (diagrams) => printer.draw(diagrams));
    files = new Map();
    for (const [file] of Object.values(PAGES)) {
      const sheet = sheets.find((each) => each.file === file);
      if (!sheet) throw new Error(`no ${file}: ${sheets.map((each) => each.file)}`);
      files.set(file, (await printer.print(sheet)).bytes);
    }
  });

  test.each(Object.entries(PAGES))('%s', async (name, [file, pageOf]) => {
    const n = pageOf(variant);
    const bytes = files.get(file) ?? new Uint8Array();
    expect((await preflight(bytes)).map(({ page: on, text, message }) => [on, text, message.zh])).toEqual([]);
    const lines = (await linesOf(bytes)).filter((line) => line.page === n).map(({ text }) => text);
    const golden = join(GOLDEN, `${name}.${variant}`);
    await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot(`${golden}.txt`);
    const kept = existsSync(`${golden}.png`)
      ? `data:image/png;base64,${readFileSync(`${golden}.png`, 'base64')}`
      : undefined;
    const { png, apart } = await pictureOf(bytes, n, kept);
    if (kept === undefined && !process.env.CI)
      writeFileSync(`${golden}.png`, Buffer.from(png.split(',')[1] ?? '', 'base64'));
    else expect(apart).toBeLessThan(APART);
  });
});

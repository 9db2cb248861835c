// What was made before from exactly the same is not made again; what is made beside a sheet is made of it.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PDFDocument, PDFName, PDFString } from '@cantoo/pdf-lib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  type CachedPrinterOptions,
  type OpenPrinter,
  openCache,
  openCachedPrinter,
  remark,
} from '../src/build/cached-printer.js';
import { drawEach } from '../src/build/draw.js';
import { openStore } from '../src/core/cache.js';
import { html } from '../src/core/html.js';
import type { Say } from '../src/core/source.js';
import { UserError } from '../src/core/terminal.js';
import { svgElement } from '../src/document/drawing.js';
import type { Diagram, Drawing, Sheet } from '../src/document/sheet.js';
import { DiagramError } from '../src/print/diagrams.js';

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'servicebook-printer-'));
});
afterEach(() => rmSync(root, { recursive: true }));

const page = (more: object = {}): Sheet =>
  ({
    kind: 'page',
    file: 'a.pdf',
    html: html`<p>甲</p>`,
    date: '2026-11-23',
    declares: '',
    numbered: false,
    ...more,
  }) as Sheet;
const diagram = (id: string): Diagram => ({ id, title: `圖${id}`, mermaid: 'flowchart TB', given: true });
const drawingOf = (id: string): Drawing => ({ id, tree: svgElement('svg', {}, id), width: 10, height: 20 });

/** A printer, and what it was asked to do. `by`: program and machine; `path`: the browser that it turned out to use. */
function printerOf({
  by = 'program',
  path = '/browser',
  kept = true,
  ...more
}: Partial<CachedPrinterOptions> & { by?: string; path?: string; kept?: boolean } = {}) {
  const asked: string[] = [];
  const given: unknown[] = [];
  const open: OpenPrinter = async (options) => {
    asked.push('open');
    given.push(options);
    return {
      path,
      draw: async (diagrams) => {
        asked.push(`draw ${diagrams.map(({ id }) => id).join(' ')}`);
        return diagrams.map(({ id }) => drawingOf(id));
      },
      print: async (sheet) => {
        asked.push(`print ${sheet.file}`);
        const pdf = await PDFDocument.create();
        pdf.addPage([595, 842]);
        pdf.setTitle((sheet as { date?: string }).date ?? '');
        pdf.catalog.set(PDFName.of('Lang'), PDFString.of('zh'));
        return { file: sheet.file, bytes: await pdf.save(), pages: 1, missing: ['𠮷'] };
      },
      close: async () => void asked.push('close'),
    };
  };
  const cache = kept ? { store: openStore(join(root, 'made')), by, browser: '/browser' } : undefined;
  const printer = openCachedPrinter({ env: {}, root: false, chart: {} as never, cache, ...more }, open);
  return { printer, asked, given };
}

describe('a sheet', () => {
  test('is made once, and is the same the next time', async () => {
    const first = printerOf();
    const made = await first.printer.make(page());
    expect(made).toMatchObject([{ file: 'a.pdf', pages: 1, missing: ['𠮷'] }]);
    await first.printer.close();
    expect(first.asked).toEqual(['open', 'print a.pdf', 'close']);
    const next = printerOf();
    const again = await next.printer.make(page());
    expect(again.map(({ bytes, ...head }) => ({ ...head, bytes: Buffer.from(bytes) }))).toEqual(
      made.map(({ bytes, ...head }) => ({ ...head, bytes: Buffer.from(bytes) })),
    );
    await next.printer.close();
    expect(next.asked).toEqual([]);
  });
  test.each<[string, object, Parameters<typeof printerOf>[0]]>([
    ['of another text', { html: html`<p>乙</p>` }, {}],
    ['of another date', { date: '2026-11-24' }, {}],
    ['that is to bear another date', {}, { made: '1970-01-01' }],
    [
      'with another form behind it',
      { appendix: { forms: [{ title: '', file: '', bytes: Buffer.from('b') }], bookmark: '', stamp: html`` } },
      {},
    ],
    ['by another program or machine', {}, { by: 'other' }],
    ['with nothing kept', {}, { kept: false }],
  ])('%s is made anew', async (_, more, how) => {
    const forms = (bytes: string) => ({
      appendix: { forms: [{ title: '', file: '', bytes: Buffer.from(bytes) }], bookmark: '', stamp: html`` },
    });
    await printerOf().printer.make(page());
    await printerOf().printer.make(page(forms('a')));
    const { printer, asked } = printerOf(how);
    await printer.make(page(more));
    expect(asked).toEqual(['open', 'print a.pdf']);
  });
  test('bears the date that all are to bear', async () => {
    const { printer } = printerOf({ made: '1970-01-01' });
    const [file] = await printer.make(page());
    expect((await PDFDocument.load(file?.bytes ?? new Uint8Array())).getTitle()).toBe('1970-01-01');
  });
  test('of text alone is that text, and nothing is opened for it', async () => {
    const { printer, asked } = printerOf();
    expect(await printer.make({ kind: 'text', file: 'a.mmd', text: '甲\n' })).toEqual([
      { file: 'a.mmd', bytes: new TextEncoder().encode('甲\n') },
    ]);
    expect(asked).toEqual([]);
    await printer.make({ kind: 'text', file: 'a.html', text: '甲', laid: { plain: html``, by: [], facts: '' } });
    expect(asked).toEqual(['open', 'print a.html']);
  });
  test('and what is made of its pages, which is kept with it', async () => {
    const further = [{ kind: 'tiles', width: 148, height: 210 }];
    const { printer } = printerOf();
    const files = (await printer.make(page({ further }))).map(({ file }) => file);
    expect(files).toEqual(['a.pdf', 'a-tiles.pdf']);
    const next = printerOf();
    const again = await next.printer.make(page({ further }));
    expect(again.map(({ file }) => file)).toEqual(files);
    for (const { bytes } of again) expect((await PDFDocument.load(bytes)).getPageCount()).toBeGreaterThan(0);
    expect(next.asked).toEqual([]);
  });
  test('that holds what JSON cannot is our fault', async () => {
    await expect(printerOf().printer.make(page({ expects: new Map() }))).rejects.toThrow(
      'a sheet holds a Map, which JSON cannot hold',
    );
  });
});

describe('charts', () => {
  test('are drawn once, in their order, those that are missing alone', async () => {
    const first = printerOf();
    expect(await first.printer.draw([diagram('b')])).toEqual([drawingOf('b')]);
    const next = printerOf();
    expect(await next.printer.draw([diagram('a'), diagram('b'), diagram('c')])).toEqual(['a', 'b', 'c'].map(drawingOf));
    expect(next.asked).toEqual(['open', 'draw a c']);
    const last = printerOf();
    await last.printer.draw([diagram('c'), diagram('a')]);
    expect(last.asked).toEqual([]);
    await last.printer.draw([{ ...diagram('a'), mermaid: 'flowchart LR' }]);
    expect(last.asked).toEqual(['open', 'draw a']);
  });
  test('of another colour are drawn anew', async () => {
    await printerOf().printer.draw([diagram('a')]);
    const { printer, asked } = printerOf({ chart: { ink: 'red' } as never });
    await printer.draw([diagram('a')]);
    expect(asked).toEqual(['open', 'draw a']);
  });
});

test('how a book settled is known the next time', async () => {
  const first = printerOf();
  await first.printer.draw([diagram('a')]);
  const { known } = first.given[0] as {
    known: { get(key: string): unknown; put(key: string, settled: unknown): void };
  };
  expect(known.get('book')).toBeUndefined();
  known.put('book', { pages: 3 });
  const next = printerOf();
  await next.printer.draw([diagram('z')]);
  const then = next.given[0] as (typeof first.given)[0] & { known: typeof known };
  expect(then.known.get('book')).toEqual({ pages: 3 });
  expect(then.known.get('other')).toBeUndefined();
});

test('what another browser made than the one that was to print is not kept', async () => {
  const { printer } = printerOf({ path: '/another' });
  await printer.make(page());
  const next = printerOf();
  await next.printer.make(page());
  expect(next.asked).toEqual(['open', 'print a.pdf']);
});

test('once closed it makes nothing, and is closed once it is open', async () => {
  const { printer, asked } = printerOf();
  await printer.close();
  await expect(printer.make(page())).rejects.toThrow('the printer is closed');
  await printer.close();
  expect(asked).toEqual([]);
});
test('one that does not open is closed without a word', async () => {
  const printer = openCachedPrinter({ env: {}, root: false, chart: {} as never }, async () => {
    throw new Error('no browser');
  });
  await expect(printer.make(page())).rejects.toThrow('no browser');
  await expect(printer.close()).resolves.toBeUndefined();
});

test('nothing is kept without a folder, or of a browser elsewhere', async () => {
  const options = { env: {}, root: false };
  expect(await openCache(undefined, options)).toBeUndefined();
  expect(await openCache({ path: root, temporary: false }, { ...options, endpoint: 'ws://elsewhere' })).toBeUndefined();
});
test('what cannot be read of this machine is refused before a browser is opened', async () => {
  await expect(
    remark({ env: { SERVICEBOOK_CACHE_SIZE: 'much' }, root: false }, () => undefined),
  ).rejects.toBeInstanceOf(UserError);
  const told: Say[] = [];
  await remark({ env: {}, root: true }, (say) => told.push(say));
  expect(told.map(({ en }) => en).join()).toMatch(/root/);
});

describe('a chart that cannot be drawn', () => {
  const all = ['a', 'b', 'c'].map(diagram);
  /** Draws all but `open`, where `fail` says so of those drawn together. */
  async function drawn(fail: (ids: string) => unknown, open = all, signal?: AbortSignal) {
    const undrawn = new Map<string, Say>();
    const asked: string[] = [];
    const printer = {
      draw: async (diagrams: readonly Diagram[]) => {
        const ids = diagrams.map(({ id }) => id).join('');
        asked.push(ids);
        const error = fail(ids);
        if (error) throw error;
        return diagrams.map(({ id }) => drawingOf(id));
      },
    } as never;
    const drawings = await drawEach(printer, all, open, undrawn, signal);
    return { undrawn, asked, drawings: drawings.map(({ id, width }) => `${id} ${width}`) };
  }
  test('none: all are drawn at once', async () => {
    expect(await drawn(() => undefined)).toEqual({
      undrawn: new Map(),
      asked: ['abc'],
      drawings: ['a 10', 'b 10', 'c 10'],
    });
  });
  test('what is not open is not drawn, and has its place', async () => {
    expect(await drawn(() => undefined, [diagram('b')])).toMatchObject({
      asked: ['b'],
      drawings: ['a 1', 'b 10', 'c 1'],
    });
    expect((await drawn(() => new Error('never asked'), [])).asked).toEqual([]);
  });
  test('stops no other, and says why', async () => {
    const { undrawn, asked, drawings } = await drawn((ids) => ids.includes('b') && new Error('no shape\n at'));
    expect(asked).toEqual(['abc', 'a', 'b', 'c']);
    expect(drawings).toEqual(['a 10', 'b 1', 'c 10']);
    expect([...undrawn]).toEqual([
      ['b', { zh: '流程圖「圖b」（b）畫不出來：no shape', en: 'The chart "圖b" (b) cannot be drawn: no shape' }],
    ]);
  });
  test('that was named as what does not end is not tried again, and the others are drawn', async () => {
    const say = { zh: '畫不完', en: 'no end' };
    const { undrawn, asked, drawings } = await drawn(
      (ids) => ids.includes('b') && new DiagramError([{ id: 'b', say }]),
    );
    expect(asked).toEqual(['abc', 'ac']);
    expect(drawings).toEqual(['a 10', 'b 1', 'c 10']);
    expect([...undrawn]).toEqual([['b', say]]);
  });
  test('says it in the words it was refused with', async () => {
    const say = { zh: '太大', en: 'too large' };
    const { undrawn } = await drawn((ids) => ids.includes('b') && new UserError(say, 1));
    expect([...undrawn]).toEqual([['b', say]]);
  });
  test('all of them: it is no chart that is at fault, but where they were refused', async () => {
    const lost = new Error('lost');
    await expect(drawn(() => lost)).rejects.toBe(lost);
    expect((await drawn((ids) => (ids === 'a' ? 'gone' : undefined), [diagram('a')])).undrawn.get('a')?.en).toMatch(
      /: gone$/,
    );
    expect((await drawn(() => new UserError({ zh: '', en: '' }, 1))).undrawn.size).toBe(3);
  });
  test('what stops the whole build stops it here, at once or one by one', async () => {
    const wrong = new UserError({ zh: '', en: 'no browser' }, 2);
    await expect(drawn(() => wrong)).rejects.toBe(wrong);
    await expect(drawn((ids) => (ids === 'abc' ? new Error('x') : ids === 'b' && wrong))).rejects.toBe(wrong);
    const stopped = new Error('stopped');
    await expect(drawn(() => stopped, all, AbortSignal.abort())).rejects.toBe(stopped);
    const stop = new AbortController();
    await expect(
      drawn(
        (ids) => {
          if (ids === 'b') stop.abort();
          return ids === 'abc' || ids === 'b' ? stopped : undefined;
        },
        all,
        stop.signal,
      ),
    ).rejects.toBe(stopped);
  });
});

// Where sheets become files: drawn, printed and finished, with a printer that is opened when it is first needed. What was
// made before from exactly the same is not made again.

import { availableParallelism } from 'node:os';
import { type CacheFolder, cacheSizeOf, digestOf, keyOf, type OpenCache, openStore, programId } from '../core/cache.js';
import { Html } from '../core/html.js';
import type { Say } from '../core/source.js';
import type { Diagram, Drawing, Sheet } from '../document/sheet.js';
import type { BrowserOptions } from '../print/browser.js';
import type { Settled } from '../print/in-page/book.js';
import type { Settlements } from '../print/pagination.js';
import type { Printed } from '../print/print-sheet.js';
import type { Printer, PrinterOptions } from '../print/printer.js';

export type CachedPrinterOptions = Omit<PrinterOptions, 'known' | 'pages'> & {
  /** Where what was made is kept; nothing is without it. */
  cache?: OpenCache | undefined;
  /** ISO date that the files say they were made on, instead of the edition's. */
  made?: string | undefined;
};

export const storeIn = (folder: CacheFolder): string => `${folder.path}/made`;

/** Opens the cache in its folder; `undefined` without one, when the program runs from its source, or without a browser here. */
export async function openCache(
  folder: CacheFolder | undefined,
  options: BrowserOptions,
): Promise<OpenCache | undefined> {
  const program = programId();
  // Of a browser elsewhere nobody can tell what it prints with, until it has printed.
  if (folder === undefined || program === undefined || options.endpoint !== undefined) return undefined;
  const machine = await (await import('../print/print-machine.js')).machineOf(options, folder);
  return machine && { store: openStore(storeIn(folder)), by: `${program} ${machine.name}`, browser: machine.path };
}

/** Tells what is to be known of this machine before a browser is opened. Throws UserError at what it cannot read. */
export async function remark(options: BrowserOptions, tell: (say: Say) => void): Promise<void> {
  cacheSizeOf(options.env);
  const { remarks } = await import('../print/browser-faults.js');
  for (const say of remarks(options)) tell(say);
}

export type CachedPrinter = {
  /** Begins to open what prints, for somebody who is sure to need it; why it cannot be opened is told when it is needed. */
  prepare(): void;
  /** Every diagram, in order. */
  draw(diagrams: readonly Diagram[]): Promise<Drawing[]>;
  /**
   * One sheet becomes its files. Sheets may be made side by side. Everything that shapes the files stands in the sheet,
   * for files are kept under the sheet they were made from.
   */
  make(sheet: Sheet): Promise<Printed[]>;
  /** Ends what runs, whatever it is doing. May be called twice, and while sheets are being made. */
  close(): Promise<void>;
};

/** Pages laid out at once: more cost memory and gain little, for all share one browser. */
const PAGES = Math.max(1, Math.min(4, availableParallelism()));
/** Sheets made at once: while some are laid out, others are finished. */
export const ABREAST = PAGES + 2;

/** What prints, as it is known here. */
export type OpenPrinter = (options: PrinterOptions) => Promise<Pick<Printer, 'path' | 'draw' | 'print' | 'close'>>;

const openOwn: OpenPrinter = async (options) => (await import('../print/printer.js')).openPrinter(options);

/** `open`: opens what prints; a test has no browser. */
export function openCachedPrinter(
  { cache, made, ...options }: CachedPrinterOptions,
  open: OpenPrinter = openOwn,
): CachedPrinter {
  const largest = cacheSizeOf(options.env);
  let store = cache?.store;
  const keyFor = (kind: string, from: unknown): string => keyOf(JSON.stringify([kind, cache?.by, from], whole));
  let fresh = false;
  const keep = (key: string, bytes: Uint8Array): void => {
    store?.put(key, bytes);
    fresh = true;
  };

  /** How books were settled the last time. */
  const known: Settlements = {
    get(key) {
      const bytes = store?.get(keyFor('settled', key));
      return bytes && (JSON.parse(Buffer.from(bytes).toString()) as Settled);
    },
    put: (key, settled) => keep(keyFor('settled', key), Buffer.from(JSON.stringify(settled))),
  };

  let opening: ReturnType<OpenPrinter> | undefined;
  let closed = false;
  const printer = (): ReturnType<OpenPrinter> => {
    if (closed) throw new Error('the printer is closed');
    opening ??= (async () => {
      const opened = await open({ ...options, known, pages: PAGES });
      // The browser that was to print did not start and another one stepped in.
      if (opened.path !== cache?.browser) store = undefined;
      return opened;
    })();
    return opening;
  };

  return {
    prepare: () => void printer().catch(() => undefined),

    async draw(diagrams) {
      const chart = await options.chart;
      const drawings = diagrams.map((diagram) => {
        const key = keyFor('drawing', [diagram, chart]);
        const bytes = store?.get(key);
        return { diagram, key, drawing: bytes && (JSON.parse(Buffer.from(bytes).toString()) as Drawing) };
      });
      const missing = drawings.filter(({ drawing }) => !drawing);
      if (missing.length > 0) {
        const drawn = await (await printer()).draw(missing.map(({ diagram }) => diagram));
        for (const [i, each] of missing.entries()) {
          each.drawing = drawn[i];
          keep(each.key, Buffer.from(JSON.stringify(each.drawing)));
        }
      }
      return drawings.map(({ drawing }) => drawing as Drawing);
    },

    async make(sheet) {
      if (sheet.kind === 'text' && !sheet.laid)
        return [{ file: sheet.file, bytes: new TextEncoder().encode(sheet.text) }];
      const dated = made === undefined ? sheet : { ...sheet, date: made };
      const key = keyFor('sheet', dated);
      const known = store?.get(key);
      if (known) return unpacked(known);
      const printed = await (await printer()).print(dated);
      const files: Printed[] = [printed, ...(await furtherOf(dated, printed))];
      keep(key, packed(files));
      return files;
    },

    async close() {
      closed = true;
      if (fresh) store?.trim(largest);
      await opening?.then(
        (opened) => opened.close(),
        () => undefined,
      );
    },
  };
}

/** The same once more, as it is folded or put together. */
async function furtherOf(sheet: Sheet, { bytes }: Printed): Promise<Printed[]> {
  if (sheet.kind !== 'page' || !sheet.further) return [];
  const { imposed } = await import('../pdf/imposition.js');
  const files: Printed[] = [];
  for (const further of sheet.further) files.push(await imposed({ ...sheet, bytes }, further));
  return files;
}

/** For JSON that is to name what it was made from: nothing is left out in silence. Bytes stand by their digest. */
function whole(this: unknown, key: string, value: unknown): unknown {
  const given = (this as Record<string, unknown>)[key];
  if (given instanceof Html) return given.toString();
  if (given instanceof Uint8Array) return digestOf(given);
  const plain = typeof given !== 'object' || given === null || Array.isArray(given);
  if (!plain && Object.getPrototypeOf(given) !== Object.prototype)
    throw new Error(`a sheet holds a ${given.constructor.name}, which JSON cannot hold`);
  return value;
}

/** Files one after the other, and before them a line of JSON that tells them apart. */
function packed(files: readonly Printed[]): Uint8Array {
  const heads = files.map(({ bytes, ...head }) => ({ ...head, size: bytes.length }));
  return Buffer.concat([Buffer.from(`${JSON.stringify(heads)}\n`), ...files.map(({ bytes }) => bytes)]);
}

function unpacked(entry: Uint8Array): Printed[] {
  const end = entry.indexOf(10);
  const heads = JSON.parse(Buffer.from(entry.subarray(0, end)).toString()) as (Omit<Printed, 'bytes'> & {
    size: number;
  })[];
  let at = end + 1;
  return heads.map(({ size, ...head }) => {
    at += size;
    return { ...head, bytes: entry.subarray(at - size, at) };
  });
}

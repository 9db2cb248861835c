// Tables to be filled in: written as ODS, XLSX and CSV, and read again however a spreadsheet has saved them. No cell commands:
// what a spreadsheet would take for a formula is written as text, and a formula that comes back is told as one.
import { type CellObject, read, SSF, utils, type WorkBook, type WorkSheet, write } from '@e965/xlsx';
import { unzipSync } from 'fflate';
import type { Say } from '../core/source.js';
import { UserError } from '../core/terminal.js';

export type SheetFormat = 'ods' | 'xlsx' | 'csv';
/** `widths` in characters. The last column is to be filled in: whatever is typed there stays text. */
export type Worksheet = {
  readonly name: string;
  readonly head: readonly string[];
  readonly widths: readonly number[];
  readonly rows: readonly (readonly string[])[];
};
/** `at`: how the cell is called, 秘書室!H12. `number`: a spreadsheet has made a number or a day of it, and may have dropped a zero. */
export type Cell = {
  readonly at: string;
  readonly text: string;
  readonly kind: 'text' | 'number' | 'formula' | 'error';
};
export type ReadSheet = { readonly name: string; readonly rows: readonly (readonly Cell[])[] };

// ---------------------------------------------------------------- written

/** The same tables make the same bytes. */
export function workbookOf(format: 'ods' | 'xlsx', all: readonly Worksheet[]): Uint8Array {
  const book = utils.book_new();
  const taken = new Set<string>();
  for (const { name, head, widths, rows } of all) {
    const made: WorkSheet = { '!cols': widths.map((wch) => ({ wch })) };
    // 「@」 is the format of text.
    for (const [r, row] of [head, ...rows].entries())
      for (const [c, text] of row.entries())
        made[utils.encode_cell({ r, c })] = { t: 's', v: text, z: c === row.length - 1 ? '@' : 'General' };
    made['!ref'] = utils.encode_range({ s: { r: 0, c: 0 }, e: { r: rows.length, c: head.length - 1 } });
    utils.book_append_sheet(book, made, nameFor(name, taken));
  }
  return write(book, { bookType: format, type: 'buffer', compression: true }) as Uint8Array;
}

/** Spreadsheets allow 31 characters and none of these signs; each name once. */
function nameFor(written: string, taken: Set<string>): string {
  const plain =
    written
      .replace(/[[\]:*?/\\']/g, ' ')
      .trim()
      .slice(0, 26) || 'sheet';
  let name = plain;
  for (let n = 2; taken.has(name.toLowerCase()); n += 1) name = `${plain} ${n}`;
  taken.add(name.toLowerCase());
  return name;
}

// ---------------------------------------------------------------- read

/** Bytes; a table of every 待確認 of a thousand services is far below. */
const LARGEST = 20_000_000;
const LARGEST_UNPACKED = 200_000_000;
const MOST_ROWS = 100_000;

/** The tables in a file. Throws UserError for what is none; `shown`: how the file is named. */
export function sheetsIn(bytes: Uint8Array, shown: string): ReadSheet[] {
  const refused = (zh: string, en: string): UserError =>
    new UserError({ zh: `${shown}：${zh}`, en: `${shown}: ${en}` });
  if (bytes.length > LARGEST)
    throw refused('檔案超過 20 MB，不像是填好的表。', 'The file is over 20 MB, and no sheet of answers.');
  const isZip = bytes[0] === 0x50 && bytes[1] === 0x4b;
  if (!isZip && !/\.csv$/i.test(shown))
    throw refused('不是 ODS、XLSX 或 CSV 檔。', 'This is no ODS, XLSX or CSV file.');
  let book: WorkBook;
  try {
    if (isZip) refuseBomb(bytes, refused);
    book = isZip
      ? read(bytes, { type: 'array', cellHTML: false, cellText: true, sheetRows: MOST_ROWS })
      : read(csvText(bytes), { type: 'string', raw: true, sheetRows: MOST_ROWS });
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw refused('檔案讀不出來，可能已損壞。', 'The file cannot be read; it may be broken.');
  }
  return book.SheetNames.map((name) => ({ name, rows: rowsOf(book.Sheets[name] ?? {}, isZip ? `${name}!` : '') }));
}

/** An archive says how large it is before anything of it is unpacked. */
function refuseBomb(bytes: Uint8Array, refused: (zh: string, en: string) => UserError): void {
  let total = 0;
  unzipSync(bytes, {
    filter: ({ originalSize }) => {
      total += originalSize;
      return false;
    },
  });
  if (total > LARGEST_UNPACKED)
    throw refused('檔案解開後太大，不像是填好的表。', 'The file is far too large when unpacked.');
}

/** Excel in Chinese saves CSV in Big5. */
function csvText(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('big5').decode(bytes);
  }
}

function rowsOf(sheet: WorkSheet, before: string): Cell[][] {
  const ref = sheet['!ref'];
  if (ref === undefined) return [];
  const { e } = utils.decode_range(ref);
  return Array.from({ length: Math.min(e.r, MOST_ROWS) + 1 }, (_, r) =>
    Array.from({ length: Math.min(e.c, 30) + 1 }, (__, c): Cell => {
      const address = utils.encode_cell({ r, c });
      return { at: before + address, ...readCell(sheet[address] as CellObject | undefined) };
    }),
  );
}

function readCell(cell: CellObject | undefined): Omit<Cell, 'at'> {
  if (cell === undefined || cell.v === undefined || cell.t === 'z') return { text: '', kind: 'text' };
  if (cell.f !== undefined) return { text: `=${cell.f}`, kind: 'formula' };
  if (cell.t === 'e') return { text: cell.w ?? '', kind: 'error' };
  if (cell.t !== 'n') return { text: String(cell.v).replace(/\r\n?/g, '\n').trim(), kind: 'text' };
  const format = typeof cell.z === 'string' ? cell.z : '';
  if (!SSF.is_date(format)) return { text: cell.w?.trim() ?? String(cell.v), kind: 'number' };
  const { y, m, d } = SSF.parse_date_code(Number(cell.v)) as { y: number; m: number; d: number };
  return { text: [y, m, d].map((n) => String(n).padStart(2, '0')).join('-'), kind: 'number' };
}

export const NOT_TEXT: Readonly<Record<'formula' | 'error', Say>> = {
  formula: { zh: '是公式；請直接寫答案。', en: 'is a formula; write the answer itself.' },
  error: { zh: '是試算表的錯誤值；請直接寫答案。', en: 'is an error of the spreadsheet; write the answer itself.' },
};

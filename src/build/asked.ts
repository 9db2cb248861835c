// The sheets on which units answer every 待確認, written out; and those that come back, put into the content.
import { mkdir, readFile, stat } from 'node:fs/promises';
import { extname, join, resolve } from 'node:path';
import type { Root } from 'mdast';
import type { Content } from '../content/read.js';
import { replaceText } from '../content/rewrite.js';
import type { Handbook } from '../content/schema/model.js';
import { known } from '../content/schema/schema.js';
import { placeOf, type Say } from '../core/source.js';
import { type Terminal, UserError } from '../core/terminal.js';
import { notWritten, writeNamed } from '../core/write-file.js';
import { wordIn } from '../document/words.js';
import { csvOf } from '../office-files/csv.js';
import type { SheetFormat, Worksheet } from '../office-files/spreadsheet.js';
import { type Answered, type Outcome, withAnswers } from '../review/answers.js';
import { type OpenPlace, openPlaces } from '../review/open-places.js';
import { openProject } from './project.js';

type World = Pick<Terminal, 'cwd'>;
type Read = { content: Content; handbook: Handbook; parse: (text: string) => Root };

async function readIn(folder: string, { cwd }: World): Promise<Read> {
  const { parseMarkdown } = await import('../content/syntax/markdown.js');
  return { ...(await openProject({ folder, cwd }).read()), parse: parseMarkdown };
}

/** The words of the columns by their key, in the language of the sheets. */
type Word = (key: string, ...values: string[]) => string;

async function wordsIn(lang: 'zh' | 'en'): Promise<Word> {
  const { readTemplates } = await import('../theme/templates.js');
  const told = wordIn((await readTemplates(false)).words, { lang });
  return (key, ...values) => told(`review.${key}`, ...values);
}

// ---------------------------------------------------------------- asked

const COLUMNS = [
  ['code', 19],
  ['asked-of', 12],
  ['subject', 24],
  ['field', 30],
  ['written', 24],
  ['expected', 34],
  ['cited-source', 34],
  ['where', 30],
  ['answer', 40],
] as const;

/** Writes to `out`: a file with a sheet for each unit, or, where it names no file, a folder with a file for each. Returns how many are asked. */
export async function writeAsked(
  {
    content: folder,
    out,
    format,
    lang,
  }: { content: string; out: string; format: SheetFormat | undefined; lang: 'zh' | 'en' },
  world: World,
): Promise<{ places: number; files: string[] }> {
  const ending = extname(out).slice(1).toLowerCase();
  const named = ['ods', 'xlsx', 'csv'].find((each) => each === ending) as SheetFormat | undefined;
  const chosen = named ?? format;
  if (chosen === undefined)
    throw new UserError({
      zh: `看不出「${out}」是什麼格式；檔名用 .ods、.xlsx 或 .csv 結尾，要一個單位一個檔案就寫資料夾，並加 --format ods。`,
      en: `"${out}" names no format; end it with .ods, .xlsx or .csv, or name a folder and add --format ods for a file a unit.`,
    });
  const { content, handbook, parse } = await readIn(folder, world);
  const word = await wordsIn(lang);
  const places = openPlaces(content, handbook, parse);
  const sheets = sheetsOf(places, handbook, word, lang);
  const files: string[] = [];
  const write = async (name: string, some: readonly Worksheet[]): Promise<void> => {
    await writeNamed(resolve(world.cwd, name), await bytesOf(chosen, some)).catch((error: unknown) => {
      throw notWritten(error, name);
    });
    files.push(name);
  };
  if (places.length === 0) return { places: 0, files };
  if (named) await write(out, sheets);
  else {
    await mkdir(resolve(world.cwd, out), { recursive: true }).catch((error: unknown) => {
      throw notWritten(error, out);
    });
    for (const sheet of sheets) await write(join(out, `${fileNameOf(sheet.name)}.${chosen}`), [sheet]);
  }
  return { places: places.length, files };
}

/** A unit's name as that of a file. */
const fileNameOf = (name: string): string =>
  name
    .replace(/[\p{Cc}\p{Cf}/\\:*?"<>|.]/gu, ' ')
    .trim()
    .slice(0, 60) || 'unit';

function sheetsOf(places: readonly OpenPlace[], handbook: Handbook, word: Word, lang: 'zh' | 'en'): Worksheet[] {
  const byUnit = new Map<string, OpenPlace[]>();
  for (const place of places) byUnit.set(place.unit, [...(byUnit.get(place.unit) ?? []), place]);
  const order = (known(handbook.office.units) ?? []).map(({ name }) => name ?? '');
  const rank = (unit: string): number =>
    unit === '' ? order.length + 1 : order.includes(unit) ? order.indexOf(unit) : order.length;
  return [...byUnit]
    .sort(([a], [b]) => rank(a) - rank(b))
    .map(([unit, own]) => ({
      name: unit === '' ? word('no-unit') : unit,
      head: COLUMNS.map(([key]) => word(key)),
      widths: COLUMNS.map(([, width]) => width),
      rows: own.map((place) => [
        place.code,
        unit === '' ? word('no-unit') : unit,
        place.subject,
        place.leaf.names.filter((name) => name !== ':').join(' › '),
        place.written,
        place.expected[lang],
        place.cited,
        `${place.source.path}:${placeOf(place.source, place.from).line}`,
        '',
      ]),
    }));
}

async function bytesOf(format: SheetFormat, sheets: readonly Worksheet[]): Promise<string | Uint8Array> {
  if (format !== 'csv') return (await import('../office-files/spreadsheet.js')).workbookOf(format, sheets);
  return csvOf([sheets[0]?.head ?? [], ...sheets.flatMap(({ rows }) => rows)]);
}

// ---------------------------------------------------------------- answered

/** So many sheets may be named; more is a slip. */
const MOST_FILES = 200;

/** Puts the answers of these files into the content. What is refused is told by its cell; the rest is written. */
export async function takeAnswers(folder: string, files: readonly string[], world: World): Promise<Outcome> {
  if (files.length > MOST_FILES)
    throw new UserError({ zh: `一次最多 ${MOST_FILES} 個檔案。`, en: `${MOST_FILES} files at once are the most.` });
  const answers: Answered[] = [];
  for (const file of files) answers.push(...(await answersIn(file, files.length > 1, world)));
  const { content, handbook, parse } = await readIn(folder, world);
  const outcome = withAnswers(content, handbook, answers, parse);
  for (const [path, text] of outcome.texts) await replaceText(world.cwd, path, text);
  return outcome;
}

const CODE = /^[0-9A-Z]{10}-[0-9A-Z]{6}$/;

async function answersIn(file: string, several: boolean, { cwd }: World): Promise<Answered[]> {
  const path = resolve(cwd, file);
  const isFile = (await stat(path).catch(() => undefined))?.isFile();
  if (!isFile) throw new UserError({ zh: `找不到檔案「${file}」。`, en: `There is no file "${file}".` });
  const { NOT_TEXT, sheetsIn } = await import('../office-files/spreadsheet.js');
  const heads = await Promise.all((['zh', 'en'] as const).map(async (lang) => (await wordsIn(lang))('answer')));
  const found: Answered[] = [];
  let hasHead = false;
  for (const { rows } of sheetsIn(await readFile(path), file)) {
    let column = -1;
    for (const row of rows) {
      const head = row.findIndex(({ text }) => heads.includes(text));
      if (head !== -1) {
        column = head;
        hasHead = true;
        continue;
      }
      const code = row.find(({ text }) => CODE.test(text));
      const cell = row[column];
      if (!code || !cell || cell.text === '') continue;
      const isCommand = cell.kind === 'text' && /^[=@]/.test(cell.text);
      const wrong: Say | undefined =
        cell.kind === 'formula' || isCommand ? NOT_TEXT.formula : cell.kind === 'error' ? NOT_TEXT.error : undefined;
      found.push({
        at: several ? `${file} ${cell.at}` : cell.at,
        code: code.text,
        text: cell.text,
        ...(wrong ? { wrong: { zh: `這一格${wrong.zh}`, en: `This cell ${wrong.en}` } } : {}),
        isNumber: cell.kind === 'number',
      });
    }
  }
  if (!hasHead)
    throw new UserError({
      zh: `${file}：沒有「${heads[0]}」這一欄；這不是 review --ask 產生的表格，或標題列被刪掉了。`,
      en: `${file}: no column "${heads[1]}"; this is no sheet of review --ask, or its head is gone.`,
    });
  return found;
}

// What is printed is set in the fonts of the program and of the office, on every machine.
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PDFArray, PDFDict, PDFDocument, PDFName } from '@cantoo/pdf-lib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Content, read } from '../src/content/read.js';
import type { Fault } from '../src/core/diagnostic.js';
import { trusted } from '../src/core/html.js';
import { UserError } from '../src/core/terminal.js';
import type { Sheet } from '../src/document/sheet.js';
import { openPrinter, type PrinterOptions } from '../src/print/printer.js';
import { officeFonts } from '../src/theme/fonts.js';
import { readTemplates } from '../src/theme/templates.js';
import { fontWith } from './office-font.js';

const root = process.getuid?.() === 0;
let folder: string;
/** Chromium does not run without any font. */
const THAI = join(import.meta.dirname, '../node_modules/@expo-google-fonts/noto-sans-thai/100Thin');
/** As on a machine that is not told of our fonts: it has one of another kind. */
let bare: Record<string, string | undefined>;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'servicebook-fonts-'));
  const conf = join(folder, 'fonts.conf');
  await writeFile(
    conf,
    `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd"><fontconfig><dir>${THAI}</dir><cachedir>${folder}</cachedir></fontconfig>`,
  );
  bare = { ...process.env, FONTCONFIG_FILE: conf };
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Name and kind of every font that is embedded. */
async function fontsIn(bytes: Uint8Array): Promise<string[]> {
  const pdf = await PDFDocument.load(bytes);
  const fonts = new Set<string>();
  for (const [, object] of pdf.context.enumerateIndirectObjects()) {
    if (!(object instanceof PDFDict) || object.get(PDFName.of('Type')) !== PDFName.of('Font')) continue;
    const inner = object.lookupMaybe(PDFName.of('DescendantFonts'), PDFArray)?.lookup(0, PDFDict);
    if (inner)
      fonts.add(
        `${object.get(PDFName.of('BaseFont'))?.toString().slice(8)} ${inner.get(PDFName.of('Subtype'))?.toString()}`,
      );
    else if (!String(object.get(PDFName.of('Subtype'))).startsWith('/CIDFont'))
      fonts.add(String(object.get(PDFName.of('Subtype'))));
  }
  return [...fonts].sort();
}

const sheet = (body: string, css: string): Sheet => ({
  kind: 'page',
  file: 'test.pdf',
  date: '2026-11-23',
  declares: '',
  numbered: false,
  html: trusted(
    `<!doctype html><html lang="zh-Hant"><head><title>戶籍謄本</title><style>${css} body{font-family:var(--serif)} h1{font-family:var(--sans);font-weight:700}</style></head><body>${body}</body></html>`,
  ),
});

async function printed(sheet: Sheet, options: Partial<PrinterOptions>, chart: PrinterOptions['chart']) {
  const printer = await openPrinter({ env: process.env, root, chart, ...options });
  try {
    return await printer.print(sheet);
  } finally {
    await printer.close();
  }
}

test('on a machine that has none of them, the shipped ones print, as TrueType, in the same place', async () => {
  const { files, chart } = await readTemplates(false);
  const page = sheet('<h1>戶籍謄本</h1><p>請攜帶國民身分證。คนไทย</p>', files.get('base.css') ?? '');
  const told = await printed(page, {}, chart.theme);
  const handed = await printed(page, { handed: true, env: bare }, chart.theme);
  const expected = ['NotoSansTC-Bold', 'NotoSansThai-Regular', 'NotoSerifTC-Regular'];
  expect(await fontsIn(told.bytes)).toEqual(expected.map((name) => `${name} /CIDFontType2`));
  expect(await fontsIn(handed.bytes)).toEqual(expected.map((name) => `${name} /CIDFontType2`));
  expect(handed.missing).toBeUndefined();
  expect(handed.faults).toEqual(told.faults);
}, 120_000);

async function contentWith(text: string, fonts: Readonly<Record<string, Uint8Array>>): Promise<Content> {
  const content = await mkdtemp(join(folder, 'content-'));
  await mkdir(join(content, 'services'));
  await mkdir(join(content, 'fonts'));
  await writeFile(join(content, 'services/a.yaml'), text);
  for (const [name, bytes] of Object.entries(fonts)) await writeFile(join(content, 'fonts', name), bytes);
  return read(content, folder);
}
const said = ({ faults }: { faults: readonly Fault[] }) =>
  faults.map(
    ({ rule, span: { source, start }, message }) =>
      `${rule} ${source.path.split('/').slice(-2).join('/')}:${start} ${message.en}`,
  );

describe("an office's own font", () => {
  test('has what the others lack, and is embedded like them', async () => {
    const content = await contentWith('名稱: 游\uE000\u{20BB7}先生', { 'EUDC.TTE': fontWith([0xe000, 0x20bb7]) });
    const { files, chart, faults } = await readTemplates(false, content);
    expect(said({ faults })).toEqual([]);
    const page = sheet('<p>游\uE000\u{20BB7}先生</p><h1>\uE000</h1>', files.get('base.css') ?? '');
    const { bytes, missing, faults: found } = await printed(page, {}, chart.theme);
    expect(await fontsIn(bytes)).toEqual(['NotoSansThai-Regular /CIDFontType2', 'NotoSerifTC-Regular /CIDFontType2']);
    expect([missing, found?.map(({ rule }) => rule) ?? []]).toEqual([undefined, []]);
  }, 60_000);

  test('that draws figures and common characters as others draws none of them on paper', async () => {
    const codes = [...'0123456789元角工作日'].map((each) => each.codePointAt(0) ?? 0);
    const content = await contentWith('名稱: 每份 50 元 \uE000', {
      'own.ttf': fontWith([...codes, 0xe000], 'Noto Serif TC'),
    });
    const { files, chart, faults } = await readTemplates(false, content);
    expect(said({ faults })).toEqual([]);
    const page = sheet('<p>每份 50 元 3 工作日</p>', files.get('base.css') ?? '');
    const { bytes } = await printed(page, {}, chart.theme);
    expect(await fontsIn(bytes)).toEqual(['NotoSerifTC-Regular /CIDFontType2']);
  }, 60_000);

  test('that lacks a character leaves it to be told, once, with how often and where', async () => {
    const content = await contentWith('名稱: 游\uE001先生\n摘要: 洽\uE001先生，"\\uE001"\n# \uE002\n', {
      'own.ttf': fontWith([0xe000]),
    });
    expect(said(officeFonts(content))).toEqual([
      'character-without-font services/a.yaml:5 No font has U+E001, a character of private use; it stands 3 times in this file.',
    ]);
  });

  test('that is broken at any place is a finding, and never ends the program', async () => {
    const whole = fontWith([0xe000]);
    const cut = [0, 3, 12, 40, 300, 5000, whole.length - 5000].map((length) => whole.subarray(0, length));
    // Each place of the head and of the tables that are read, with what leads far away.
    const cmapAt = whole.indexOf(Buffer.from([0, 0, 0, 1, 0, 3, 0, 10]));
    const places = [
      ...Array.from({ length: 20 }, (_, i) => 4 + 9 * i),
      ...Array.from({ length: 40 }, (_, i) => cmapAt + i),
    ];
    const bent = places.map((at) => {
      const bytes = Buffer.from(whole);
      bytes.fill(0xff, at, at + 4);
      return bytes;
    });
    for (const bytes of [...cut, ...bent]) {
      const content = await contentWith('名稱: 甲', { 'own.ttf': bytes });
      const started = performance.now();
      for (const each of said(officeFonts(content))) expect(each).toMatch(/^font-file fonts\/own\.ttf:0 /);
      expect(performance.now() - started).toBeLessThan(2000);
    }
    for (const bytes of cut)
      expect(said(officeFonts(await contentWith('名稱: 甲', { 'own.ttf': bytes })))).toHaveLength(1);
  });

  test('that cannot be printed with is told as what it is', async () => {
    const restricted = fontWith([0xe000]);
    const entry = restricted.indexOf('OS/2', 0, 'latin1');
    restricted.writeUInt16BE(2, restricted.readUInt32BE(entry + 8) + 8);
    const variable = fontWith([0xe000]);
    variable.write('fvar', variable.indexOf('GPOS', 0, 'latin1'), 'latin1');
    const found = async (bytes: Uint8Array) =>
      said(officeFonts(await contentWith('名稱: 甲', { 'own.ttf': bytes })))[0];
    expect(await found(Buffer.from('OTTO'.padEnd(100)))).toContain('OpenType/CFF');
    expect(await found(Buffer.from('ttcf'.padEnd(100)))).toContain('collection');
    expect(await found(Buffer.from('wOF2'.padEnd(100)))).toContain('web font');
    expect(await found(restricted)).toContain('does not allow it to be embedded');
    expect(await found(variable)).toContain('variable');
  });

  test('that is a link out of the folder, or of another kind, is not read', async () => {
    const content = await mkdtemp(join(folder, 'content-'));
    await mkdir(join(content, 'fonts'));
    await writeFile(join(folder, 'outside.ttf'), fontWith([0xe000]));
    await symlink(join(folder, 'outside.ttf'), join(content, 'fonts/own.ttf'));
    await writeFile(join(content, 'fonts/own.otf'), '');
    const { fonts, faults } = read(content, folder);
    expect(fonts).toBeUndefined();
    expect(faults.filter(({ span }) => span.source.path.includes('/fonts/')).map(({ rule }) => rule)).toEqual([
      'unknown-file',
      'font-file',
    ]);
  });
});

test('楷體 that is nowhere is an error that names it', async () => {
  const content = await contentWith('名稱: 甲', {});
  const look = { name: '樣式.yaml', source: { path: 'content/templates/樣式.yaml', text: '內文字型: 楷體\n' } };
  const { chart } = await readTemplates(false, { ...content, templates: [look] });
  const refused = openPrinter({ env: bare, root, chart: chart.theme, handed: true }).then(
    (printer) => printer.close().then(() => 'opened'),
    (error) => (error instanceof UserError ? error.say.en : String(error)),
  );
  expect(await refused).toMatch(/this machine has none of "TW-Kai".*Install it/);
}, 60_000);

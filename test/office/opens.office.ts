// LibreOffice opens what we write, finds every text in it, and would have said so where a file is damaged.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import type { Paragraph } from '../../src/office-files/document.js';
import { docxOf } from '../../src/office-files/docx.js';
import { odtOf } from '../../src/office-files/odt.js';
import { runIn } from '../program.js';
import { BOOK, FULL, OFFICE } from '../revision/books.js';
import { PAPER } from './paper.js';

const folder = mkdtempSync(join(tmpdir(), 'servicebook-office-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** What LibreOffice makes of a file; throws where it cannot load it. */
function converted(file: string, to: 'txt:Text' | 'fodt' | 'pdf'): string {
  const made = join(folder, file.replace(/\.\w+$/, `.${to.replace(/:.*/, '')}`));
  rmSync(made, { force: true });
  const args = [`-env:UserInstallation=file://${folder}/profile`, '--headless', '--convert-to', to, '--outdir', folder];
  execFileSync('soffice', [...args, join(folder, file)], { stdio: 'pipe' });
  return readFileSync(made, to === 'pdf' ? 'latin1' : 'utf8');
}

beforeAll(() => {
  try {
    execFileSync('soffice', ['--version'], { stdio: 'pipe' });
  } catch {
    throw new Error('LibreOffice is missing: apt-get install --no-install-recommends libreoffice-writer');
  }
});

const saidIn = ({ runs }: Paragraph): string => runs.map(({ text }) => text).join('');
const TEXTS = PAPER.blocks.flatMap((block) =>
  'paragraph' in block
    ? [saidIn(block.paragraph)]
    : 'table' in block
      ? [...block.table.head, ...block.table.rows.flat(2).map(saidIn)]
      : [],
);

describe.each([
  ['odt', odtOf],
  ['docx', docxOf],
] as const)('a paper as %s', (end, write) => {
  test('opens, and every text is there', () => {
    writeFileSync(join(folder, `a.${end}`), write(PAPER));
    const text = converted(`a.${end}`, 'txt:Text');
    for (const each of TEXTS) expect(text).toContain(each);
  });
  test('has its table in three columns with a repeated head, underlines, A4 and the page number', () => {
    writeFileSync(join(folder, `b.${end}`), write(PAPER));
    const xml = converted(`b.${end}`, 'fodt');
    expect(xml).toMatch(/table:number-columns-repeated="2"|(<table:table-column[^>]*>\s*){3}/);
    expect(xml).toContain('<table:table-header-rows>');
    expect(xml).toContain('style:text-underline-style="solid"');
    expect(xml).toMatch(/fo:page-width="(210mm|21cm|21\.00\dcm|8\.267\din|8\.2681in)"/);
    expect(xml).toContain('<text:page-number');
  });
  test('that was damaged is not loaded: this test would notice', () => {
    const bytes = write(PAPER);
    mkdirSync(join(folder, 'x'), { recursive: true });
    writeFileSync(join(folder, `c.${end}`), bytes.subarray(0, bytes.length / 2));
    expect(() => converted(`c.${end}`, 'txt:Text')).toThrow();
    expect(Object.keys(unzipSync(bytes)).length).toBeGreaterThan(3);
  });
});

test('the comparison table of a real revision opens in both', async () => {
  for (const [name, service] of [
    ['one', FULL],
    ['two', { ...FULL, 規費: '免費', 注意事項: '請準時到場。' }],
  ] as const) {
    mkdirSync(join(folder, name, 'services'), { recursive: true });
    writeFileSync(join(folder, name, 'office.yaml'), stringify(OFFICE));
    writeFileSync(join(folder, name, 'handbook.yaml'), stringify(BOOK));
    writeFileSync(join(folder, name, 'services/a.yaml'), stringify(service));
  }
  for (const end of ['odt', 'docx']) {
    expect((await runIn(folder, 'diff', 'one', 'two', '--out', `table.${end}`)).code).toBe(0);
    const text = converted(`table.${end}`, 'txt:Text');
    for (const each of ['修正規定', '現行規定', '說明', '閱覽卷宗　規費', '其餘未修正。']) expect(text).toContain(each);
  }
  expect(strFromU8(unzipSync(readFileSync(join(folder, 'table.odt'))).mimetype ?? new Uint8Array())).toContain(
    'opendocument.text',
  );
});

// A file that is finished depends on what went into it alone.
import { PDFBool, PDFDocument, PDFName, PDFString } from '@cantoo/pdf-lib';
import { expect, test } from 'vitest';
import { declaredIn, finishPdf, loadPdf } from '../src/pdf/finish.js';
import { dictAt, textAt, valueAt } from '../src/pdf/objects.js';

async function printed({ title = '手冊', lang = 'zh-Hant-TW' } = {}): Promise<PDFDocument> {
  const pdf = await PDFDocument.create({ updateMetadata: false });
  pdf.addPage([200, 100]);
  if (title) pdf.setTitle(title);
  if (lang) pdf.catalog.set(PDFName.of('Lang'), PDFString.of(lang));
  return pdf;
}
const HOW = { file: 'a.pdf', date: '2026-11-23', source: '甲' };

test('its dates are the day of the edition, whenever it is printed', async () => {
  for (const date of ['2026-11-23', '2026-11-23T23:59:00+08:00']) {
    const { bytes } = await finishPdf(await printed(), { ...HOW, date });
    const pdf = await PDFDocument.load(bytes, { updateMetadata: false });
    expect(pdf.getCreationDate()).toEqual(new Date('2026-11-23T00:00:00Z'));
    expect(pdf.getModificationDate()).toEqual(new Date('2026-11-23T00:00:00Z'));
    expect(pdf.getTitle()).toBe('手冊');
    expect(valueAt(dictAt(pdf.catalog, 'ViewerPreferences'), 'DisplayDocTitle')).toBe(PDFBool.True);
    expect(textAt(pdf.catalog, 'Lang')).toBe('zh-Hant-TW');
  }
});
test('the same input makes the same bytes, and another source or name others', async () => {
  const made = async (how: Partial<typeof HOW> = {}) =>
    Buffer.from((await finishPdf(await printed(), { ...HOW, ...how })).bytes);
  const first = await made();
  expect(await made()).toEqual(first);
  for (const other of [{ source: '乙' }, { file: 'b.pdf' }, { date: '2026-11-24' }])
    expect(await made(other)).not.toEqual(first);
});
test('it keeps what it declares, and says nothing where nothing is declared', async () => {
  const { bytes } = await finishPdf(await printed(), { ...HOW, declares: '{"宣告":1}' });
  expect(declaredIn(await loadPdf(bytes))).toBe('{"宣告":1}');
  expect(declaredIn(await loadPdf((await finishPdf(await printed(), HOW)).bytes))).toBeUndefined();
});
test('a page without title or language is a fault of ours', async () => {
  await expect(finishPdf(await printed({ title: '' }), HOW)).rejects.toThrow('a.pdf: the page has no title');
  await expect(finishPdf(await printed({ lang: '' }), HOW)).rejects.toThrow('a.pdf: the page has no lang');
});
test('what speaks against it is told, and it does not claim what it is not', async () => {
  const { bytes, faults } = await finishPdf(await printed(), HOW);
  expect(faults.map(({ rule }) => rule)).toEqual(['tags-missing']);
  expect(Buffer.from(bytes).toString('latin1')).not.toContain('pdfuaid');
});

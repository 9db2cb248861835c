import { describe, expect, test } from 'vitest';
import { UserError } from '../../src/core/terminal.js';
import overall from '../../src/outputs/overall.js';
import { kitFor, type Options, plain } from './kit.js';
import { CONTENT } from './sheets.js';

function sheet(options?: Options) {
  const [page] = overall.render(kitFor(CONTENT, options));
  if (page?.kind !== 'page') throw new Error('expected a page');
  return { ...page, text: page.html.toString() };
}

describe('the poster of the overall chart', () => {
  test('is one sheet a chart of the book, named as the chart', () => {
    expect(sheet().file).toBe('posters/overall.pdf');
    expect(sheet().text).toContain('<title>overall</title>');
    expect(plain(sheet().text)).toContain('引導至承辦單位5分鐘內');
    expect(overall.render(kitFor({}))).toEqual([]);
  });
  test('takes the first paper from A3 on that its text can be read on', () => {
    expect(sheet().text).toContain('@page { size: 297mm 420mm');
    expect(sheet({ size: { width: 1450, height: 1400 } }).text).toContain('@page { size: 594mm 841mm');
  });
  test('is refused where its text could not be read, with what would help', () => {
    const refused = (options: Options) => {
      try {
        sheet(options);
        return '';
      } catch (error) {
        return error instanceof UserError ? error.say.zh : String(error);
      }
    };
    const size = { width: 1450, height: 1400 };
    expect(refused({ paper: 'A4', size })).toMatch(
      /^流程圖「總流程」印在 A4 上，字只有 2\.0 mm 高，看不清楚。請改用 A1（--paper A1）、/,
    );
    expect(refused({ size: { width: 9000, height: 900 } })).toContain('縮短步驟的文字');
  });
  test('never makes the chart smaller than can be read', () => {
    // 300 px at 3.75 mm for 16 px.
    expect(sheet().text).toContain('min-width: 70.3mm');
  });
});

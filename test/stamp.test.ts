// What a sheet declares and the code that stands for it.
import { describe, expect, test } from 'vitest';
import { loadFolder } from '../src/core/program-files.js';
import {
  codeOf,
  declaration,
  isSameId,
  printedCode,
  readCode,
  readDeclaration,
  type Stamp,
  scannedText,
} from '../src/document/declaration.js';
import { inWords, renumbered, wordToken } from '../src/document/declared-facts.js';
import type { Output } from '../src/document/output.js';
import { kitFor, plain } from './outputs/kit.js';
import { CONTENT } from './outputs/sheets.js';
import { stampFrom as stampIn } from './outputs/stamps.js';

const stampFrom = (id: string, content: Record<string, string> = CONTENT, options = {}): Stamp =>
  stampIn(id, content, options);

const outputs = await loadFolder<Output>('outputs');
test.each([...outputs])('every page of %s declares what is on it, and prints the code', (_, output) => {
  for (const sheet of output.render(kitFor(CONTENT))) {
    if (sheet.kind !== 'page') continue;
    const stamp = readDeclaration(sheet.declares);
    expect(stamp, sheet.file).toBeDefined();
    const codes = plain(sheet.html.toString()).match(/[0-9A-Z]{4}-[0-9A-Z]{4}/g) ?? [];
    expect(codes.filter((code) => readCode(code) !== undefined).length, sheet.file).toBeGreaterThan(0);
  }
});

describe('a code', () => {
  const stamp = stampFrom('instalments');
  const code = codeOf(stamp);
  test('is the same in every language and with any words, and another for other facts', () => {
    expect(codeOf(stampFrom('instalments', CONTENT, { lang: 'en' }))).toBe(code);
    const dearer = {
      ...CONTENT,
      'services/instalments.yaml': CONTENT['services/instalments.yaml'].replace('100 元', '120 元'),
    };
    expect(codeOf(stampFrom('instalments', dearer))).not.toBe(code);
    expect(codeOf(stampFrom('archives', dearer))).toBe(codeOf(stampFrom('archives')));
  });
  test('tells the date of its edition and whether it was a draft', () => {
    expect(readCode(code)).toMatchObject({ code, date: stamp.date, draft: false });
    expect(readCode(codeOf(stampFrom('instalments', CONTENT, { draft: true })))).toMatchObject({ draft: true });
  });
  test('is understood as people type it, and as a telephone reads it', () => {
    const printed = printedCode(stamp);
    const wide = printed.replace(/[\w-]/g, (c) => String.fromCodePoint((c.codePointAt(0) ?? 0) + 0xfee0));
    for (const typed of [
      printed,
      printed.toLowerCase(),
      printed.replace('-', ' '),
      wide,
      ` ${code} `,
      printed.replace('-', '－'),
    ])
      expect(readCode(typed), typed).toMatchObject({ code });
    expect(readCode(printed.replaceAll('0', 'o').replaceAll('1', 'l'))).toMatchObject({ code });
    expect(readCode(`instalments-${printed}`)).toMatchObject({ code, id: 'instalments' });
    expect(readCode(`walk-in-payment ${printed}`)).toMatchObject({ code, id: 'walk-in-payment' });
    expect(readCode(scannedText(stamp))).toMatchObject({ code, id: 'instalments' });
    expect(isSameId('lNSTALMENTS', 'instalments')).toBe(true);
  });
  test('with a slip in it is none', () => {
    for (let i = 0; i < 8; i += 1) {
      const slip = code.slice(0, i) + (code[i] === '7' ? '8' : '7') + code.slice(i + 1);
      expect(readCode(slip), slip).toBeUndefined();
    }
    for (const typed of [
      '',
      'handbook',
      'out/posters/objection.pdf',
      '7K3M-9QX',
      'servicebook:objection:初版:2026-11-23',
    ])
      expect(readCode(typed), typed).toBeUndefined();
  });
});

describe('what is kept in a file', () => {
  test('is read back as it was', () => {
    for (const id of ['instalments', 'hall', 'handbook', 'leaflet-category-1', 'overall']) {
      const stamp = stampFrom(id, CONTENT, { lang: 'en' });
      expect(readDeclaration(declaration(stamp))).toEqual(stamp);
    }
  });
  test.each([
    '',
    '{}',
    'null',
    '[]',
    '{"servicebook":2,"id":"a","edition":"","date":"2026-11-23","draft":false,"sections":[]}',
    '{"servicebook":2,"sheet":"a","id":"a","edition":"","date":"2026-11-23","draft":false,"office":{"name":"甲","reached":[]},"subject":{"services":7},"shows":[],"said":{},"sections":[]}',
    '{"servicebook":0,"id":"a","edition":"","date":"2026-11-23","draft":false,"sections":[]}',
    '{"servicebook":1,"id":"a","edition":"","date":"soon","draft":false,"sections":[]}',
    '{"servicebook":1,"id":"a","edition":"","date":"2026-11-23","draft":false,"sections":[["a","b",[["fee",1,2,3]]]]}',
    '{"servicebook":1,"id":"a","edition":"","date":"2026-11-23","draft":false,"sections":[["a","b",[["x","","",""]]]]}',
    '{"servicebook":1,"id":"a","edition":"","date":"2026-11-23","draft":false,"sections":{"length":1}}',
  ])('is not taken from %s', (text) => {
    expect(readDeclaration(text)).toBeUndefined();
  });
  test('by a later version of the program is told as such', () => {
    const { format: _, ...stamp } = stampFrom('instalments') as Stamp & { format: 2 };
    expect(readDeclaration(JSON.stringify({ servicebook: 3 }))).toBe('newer');
    expect(readDeclaration(JSON.stringify({ ...stamp, servicebook: 2, shows: ['sound'], sections: [] }))).toBe('newer');
  });
});

describe('words in facts', () => {
  test('are put in when they are read, also within one another', () => {
    const text = `乙${wordToken('brackets', `${wordToken('copies-of', 2)}丙`)}`;
    expect(inWords(text, (key, ...values) => `<${[key, ...values].join(' ')}>`)).toBe('乙<brackets <copies-of 2>丙>');
  });
  test('that a stranger left open do no harm', () => {
    expect(inWords(`甲\u0001${'\u0001'.repeat(100_000)}\u0003乙`, (key) => key)).toContain('乙');
  });
  test('name steps by numbers, and only these are numbered anew', () => {
    const next = `第 3 類${wordToken('to-steps', `3${wordToken('list-comma')}14`)}5`;
    expect(renumbered(next, (n) => n + 1)).toBe(`第 3 類${wordToken('to-steps', `4${wordToken('list-comma')}15`)}5`);
  });
});

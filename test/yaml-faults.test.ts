// A slip in YAML is told once, where it was made, with a right example.
import { describe, expect, test } from 'vitest';
import { parse } from '../src/content/parse.js';
import { parseMarkdown } from '../src/content/syntax/markdown.js';
import { contentOf } from './office.js';

const RECORD = '應備證件: 無\n規費: 免費\n辦理時限: 3 工作日\n審核權責: 分署長\n';
const faultsIn = (files: Record<string, string>) =>
  parse(contentOf(files), parseMarkdown).faults.map(({ rule, span, message, hint }) => ({
    rule,
    at: span.source.text.slice(span.start, span.end),
    said: message.zh,
    hint: hint?.zh,
  }));

describe('what is not closed is told where it opens', () => {
  test.each([
    ['"甲\n', '"甲'],
    ["'甲\n", "'甲"],
    ["'甲''\n", "'甲''"],
    ['"甲\\"\n', '"甲\\"'],
    ['[甲, 乙\n', '[甲, 乙'],
    ['{電話: "00"\n', '{電話: "00"'],
    ['{電話: "00\n', '"00'],
    ['[甲, {乙: [丙]\n', '{乙: [丙]'],
    ['"甲\n地點: "乙"\n', '"甲'],
    ["'甲'\n地點: \"乙\n", '"乙'],
    ["'甲''乙'\n地點: '丙\n", "'丙"],
  ])('%j', (value, opened) => {
    const [fault, ...more] = faultsIn({ 'services/a.yaml': `名稱: 甲\n摘要: ${value}${RECORD}` });
    expect(more).toEqual([]);
    expect(fault?.rule).toBe('yaml-syntax');
    expect(fault?.at.split('\n')[0]).toBe(opened);
    expect(fault?.said).toContain('沒有對應的');
  });
  test('a bracket whose end a remark has taken says so', () => {
    const [fault, ...more] = faultsIn({ 'services/a.yaml': `名稱: 甲\n${RECORD}聯絡: {電話: 02-2345-6789 #123}\n` });
    expect(more).toEqual([]);
    expect(fault?.at).toBe('{電話: 02-2345-6789 #123}');
    expect(fault?.said).toContain('「#123}」不算在內');
  });
});

test.each([
  ['摘要:甲', 'yaml-syntax', '冒號後面沒有空格', '「摘要: …」'],
  ['摘要:\u3000甲', 'yaml-syntax', '不是半形空格', '「摘要: …」'],
  ['摘要:\u00A0甲', 'yaml-syntax', '不是半形空格', '「摘要: …」'],
  ['\u3000摘要: 甲', 'unknown-key', '不是半形的空白', '「摘要: …」'],
])('%j is told for what it is', (line, rule, said, hint) => {
  const [fault, ...more] = faultsIn({ 'services/a.yaml': `名稱: 甲\n${RECORD}${line}\n` });
  expect(more).toEqual([]);
  expect(fault?.rule).toBe(rule);
  expect(fault?.said).toContain(said);
  expect(fault?.hint).toContain(hint);
});

test('a quote within quotes is called that', () => {
  const [fault, ...more] = faultsIn({ 'services/a.yaml': `名稱: 甲\n摘要: "俗稱"紅單""\n${RECORD}` });
  expect(more).toEqual([]);
  expect([fault?.at.startsWith('紅單'), fault?.hint]).toEqual([true, expect.stringContaining('「紅單」')]);
});

describe('a heading of Markdown without its space', () => {
  const service = (sections: string) => ({ 'services/a.md': `# 甲\n\n${sections}` });
  test('is one, and what is below it is read', () => {
    const written = '##應備證件\n\n無\n\n##規費\n免費\n\n## 辦理時限\n\n3 工作日\n\n## 審核權責\n\n分署長\n';
    expect(faultsIn(service(written)).map(({ rule, at }) => `${rule} ${at}`)).toEqual([
      'markdown-form ##應備證件',
      'markdown-form ##規費',
    ]);
    const [read] = parse(contentOf(service(written)), parseMarkdown).services;
    expect(read?.documents).toMatchObject({ none: true });
    expect(read?.fee).toMatchObject({ free: true });
  });
  test('is none where a text begins with a number', () => {
    expect(faultsIn(service('## 摘要\n\n#1 號櫃台\n\n#3號窗口\n'))).toEqual([]);
  });
  test('is one in the middle of a text too', () => {
    const [read] = parse(
      contentOf(service('一句話。\n##規費\n*每份 100 元\n## 辦理時限\n3 日\n')),
      parseMarkdown,
    ).services;
    expect(read).toMatchObject({
      summary: '一句話。',
      fee: { lines: [{ amount: { amount: 100 } }] },
      deadline: { limit: { most: 3 } },
    });
  });
  test('lines of keys in a file of Markdown are the keys they are', () => {
    for (const colon of [': ', '：']) {
      const text = `名稱: 甲\n${RECORD}`.replaceAll(': ', colon);
      expect(
        faultsIn({ 'services/a.md': text }).map(({ rule }) => rule),
        text,
      ).toEqual(['markdown-form']);
      expect(parse(contentOf({ 'services/a.md': text }), parseMarkdown).services).toMatchObject([
        { name: '甲', fee: { free: true } },
      ]);
    }
  });
  test('of a service stand beside its front matter, and what stands between title and fields is its summary', () => {
    const text = '---\n規費: 免費\n---\n# 甲\n一句話。\n\n再一句。\n\n## 應備證件\n無\n';
    expect(parse(contentOf({ 'services/a.md': text }), parseMarkdown).services).toMatchObject([
      { summary: '一句話。再一句。' },
    ]);
    expect(faultsIn({ 'services/a.md': text.replace('一句話。', '- 一句話。') }).map(({ rule }) => rule)).toContain(
      'markdown-section',
    );
  });
});

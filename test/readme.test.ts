// What the manuals say is what the program does.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { blankService, keyTable } from '../src/blank.js';
import type { Rule } from '../src/check.js';
import { hintsOf, rulesPage } from '../src/manual.js';
import { parse } from '../src/parse.js';
import { parseMarkdown } from '../src/prose.js';
import { loadFolder } from '../src/read.js';
import { contentOf } from './office.js';

const manual = readFileSync(join(import.meta.dirname, '../README.zh-TW.md'), 'utf8');

describe('README.zh-TW.md', () => {
  test.each(['service', 'office', 'book'] as const)('lists every key of %s', (file) => {
    const table = new RegExp(`<!-- 項目表：${file} -->\\n([\\s\\S]*?)<!-- /項目表 -->`).exec(manual)?.[1];
    expect(table, `run: node test/manual.js`).toBe(`\n${keyTable(file)}\n`);
  });

  const fields = [...manual.matchAll(/```yaml\n([\s\S]*?)```/g)]
    .map((match) => match[1] ?? '')
    // The options of an office are read by test/settings.test.ts.
    .filter((text) => /^\S/.test(text) && !text.startsWith('內容: '));
  const OFFICE = `名稱: 範例分署
單位: [承辦股, 秘書室]
職稱: [書記官, 執行員, 主任行政執行官, 分署長]
當事人: [義務人, 陳情人]
`;
  test.each(fields.map((text) => [text.split('\n')[0], text]))(
    'the example beginning with %s is understood',
    (_, text) => {
      const name = text.includes('名稱: ') && /^名稱/m.test(text) ? '' : '名稱: 甲\n';
      const { faults } = parse(contentOf({ 'office.yaml': OFFICE, 'services/a.yaml': name + text }), parseMarkdown);
      expect(faults.map(({ rule, message }) => `${rule} ${message.zh}`)).toEqual([]);
    },
  );
  test('the Markdown example is understood', () => {
    const text = /```markdown\n([\s\S]*?)```/.exec(manual)?.[1] ?? '';
    const { faults, services } = parse(contentOf({ 'office.yaml': OFFICE, 'services/a.md': text }), parseMarkdown);
    expect(faults.map(({ rule, message }) => `${rule} ${message.zh}`)).toEqual([]);
    expect(services[0]?.name).toBe('人民陳情');
  });
});

describe('a new service file', () => {
  test('says nothing yet, and every commented example is one that can be read', () => {
    const { faults, services } = parse(contentOf({ 'services/a.yaml': blankService('新服務') }), parseMarkdown);
    expect(faults).toEqual([]);
    expect(services[0]?.fee).toEqual({ unconfirmed: '待確認' });
  });
});

describe('the pages of the rules', () => {
  test.each([
    ['zh', 'RULES.zh-TW.md'],
    ['en', 'RULES.md'],
  ] as const)('in %s are what the rules say', async (lang, name) => {
    const rules = await loadFolder<Rule>(new URL('../src/rules/', import.meta.url));
    const page = readFileSync(join(import.meta.dirname, '..', name), 'utf8');
    expect(page, 'run: npm run compile && node test/manual.js').toBe(
      rulesPage(rules, hintsOf(rules, parseMarkdown), lang),
    );
    for (const id of rules.keys()) expect(page).toContain(`## ${id}\n\n`);
    for (const rule of rules.values()) expect(page).toContain(rule.why[lang]);
  });
});

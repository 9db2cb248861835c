// Whatever reads a YAML text, the tree is the one that `yaml` sees, and every scalar stands where `yaml` says.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { isMap, isScalar, isSeq, type Node, parseDocument, visit } from 'yaml';
import type { Tree } from '../src/content/schema/schema.js';
import { yamlTree } from '../src/content/syntax/yaml.js';

/** A tree without the ends of its groups: text, and where each text and key is written. */
type Bare = string | Bare[] | { [key: string]: Bare };

const bareOf = (tree: Tree): Bare => {
  switch (tree.kind) {
    case 'scalar': {
      const { source, start, end } = tree.span;
      return `${tree.text}＠${source.text.slice(start, end).trimEnd()}＠${start === end ? '' : start}`;
    }
    case 'list':
      return tree.items.map(bareOf);
    case 'map':
      return Object.fromEntries(
        tree.entries.map(({ key, keySpan, value }) => [`${key}＠${keySpan.start}-${keySpan.end}`, bareOf(value)]),
      );
  }
};

function seenByYaml(text: string): Bare {
  const document = parseDocument(text, { schema: 'failsafe', stringKeys: true, uniqueKeys: true });
  let faults = document.errors.length + document.warnings.length;
  visit(document, {
    Alias: () => {
      faults += 1;
    },
  });
  if (faults > 0 || text.trim() === '') return '（有誤）';
  const bare = (node: Node | null): Bare => {
    const [start, end] = node?.range ?? [0, 0];
    if (isSeq(node)) return node.items.map((item) => bare(item as Node));
    if (isMap(node))
      return Object.fromEntries(
        node.items.map(({ key, value }) => {
          const at = (key as Node).range ?? [];
          return [`${isScalar(key) ? key.value : ''}＠${at[0]}-${at[1]}`, bare(value as Node | null)];
        }),
      );
    return `${isScalar(node) ? (node.value ?? '') : ''}＠${text.slice(start, end).trimEnd()}＠${start === end ? '' : start}`;
  };
  return bare(document.contents as Node | null);
}

const read = (text: string): Bare => {
  let faults = 0;
  const tree = yamlTree({ path: 'a.yaml', text }, () => {
    faults += 1;
  });
  return tree && faults === 0 ? bareOf(tree) : `（${faults > 0 ? '有誤' : '沒有內容'}）`;
};

const CONTENT = join(import.meta.dirname, '../content');
const shipped = readdirSync(CONTENT, { recursive: true })
  .map(String)
  .filter((file) => file.endsWith('.yaml'))
  .map((file) => [file, readFileSync(join(CONTENT, file), 'utf8')] as const);

test.each(shipped)('%s is read as yaml reads it', (_, text) => {
  expect(read(text)).toEqual(seenByYaml(text));
  expect(read(text.replaceAll('\n', '\r\n'))).toEqual(seenByYaml(text.replaceAll('\n', '\r\n')));
});

describe('ways to write', () => {
  test.each([
    '名稱: 甲\n',
    '名稱:甲\n',
    '# 註\n名稱: 甲 # 註\n\n摘要:\n  乙\n',
    '---\n名稱: 甲\n',
    "名稱: \"甲\\n乙\"\n摘要: 'it''s'\n",
    '"名稱": 甲\n',
    '摘要: |\n  甲\n  乙\n\n名稱: 丙\n',
    '摘要: >-\n  甲\n  乙\n名稱: 丙\n',
    '摘要: |2+\n   甲\n\n名稱: 丙\n',
    '單位: [甲, 乙] # 註｜\n名稱: 丙\n',
    '單位: [甲,\n  乙, # 註 ]\n  ]\n名稱: 丙\n',
    '單位: {甲: 乙, 丙: , 丁}\n',
    '單位:\n- 甲 # a | b\n- |\n  乙\n-\n- {丙: 丁}\n- - 戊\n',
    '單位:\n名稱:\n',
    '單位:\n  甲\n  乙\n\n  丙\n名稱: 丁\n',
    '單位: {}\n名稱: []\n',
    '單位: {甲: [乙, {丙: "丁"}]}\n',
    '- 甲\n- 乙\n',
    '甲\n',
    '"甲"',
    '# 只有註\n',
    '名稱: &a 甲\n',
    '名稱: !x 甲\n',
    '%YAML 1.2\n---\n名稱: 甲\n',
    '名稱: 甲\n...\n',
    '名稱: 甲\n---\n名稱: 乙\n',
    '名稱: 甲\n名稱: 乙\n',
    '{甲: 乙}: 丙\n',
    '? 甲\n: 乙\n',
    '名稱: [甲\n',
    '名稱: "甲\n',
    '名稱: 甲: 乙\n',
    '\t名稱: 甲\n',
    '名稱: 甲\n  單位: 乙\n',
    '名稱: 甲\n 單位: 乙\n',
    '名稱: - 甲\n',
    '名稱: @甲\n',
    '名稱: %甲\n',
    '名稱: 甲 #乙\n',
    '名稱: 甲#乙\n',
    '名稱: "甲" 乙\n',
    '名稱: 時間 12:30\n網址: https://a.b/c?d=e#f\n',
    '名稱:\t甲\n',
    '名稱: |\n甲\n',
    '名稱:\n  - 甲\n - 乙\n',
  ])('%j', (text) => {
    expect(read(text)).toEqual(seenByYaml(text));
  });
});

test('a text with a slip in it is at fault for both, or the same for both', () => {
  // A fixed sequence (Park and Miller), so that a failure can be seen again.
  let state = 20261124;
  const random = (below: number): number => {
    state = (state * 48271) % 2147483647;
    return state % below;
  };
  const SLIPS = [
    ' ',
    '\n',
    ':',
    ': ',
    '-',
    '- ',
    '#',
    '"',
    "'",
    '{',
    '}',
    '[',
    ']',
    ',',
    '|',
    '>',
    '\t',
    '&',
    '*',
    '!',
    '甲',
  ];
  for (let i = 0; i < 4000; i += 1) {
    const [file, text] = shipped[random(shipped.length)] as readonly [string, string];
    const from = random(Math.max(1, text.length - 400));
    const start = text.indexOf('\n', from) + 1;
    const piece = text.slice(start, start + 400);
    const at = random(piece.length);
    const slipped = piece.slice(0, at) + SLIPS[random(SLIPS.length)] + piece.slice(at + random(2));
    expect(read(slipped), `${file}: ${JSON.stringify(slipped)}`).toEqual(seenByYaml(slipped));
  }
});

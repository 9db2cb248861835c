// Whatever reads a YAML text, the tree is the one that `yaml` sees, and every scalar stands where `yaml` says.
import { describe, expect, test } from 'vitest';
import { read, seenByYaml, shipped } from './yaml-trees.js';

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
    '名稱: 甲 # 乙\n',
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

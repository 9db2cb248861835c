// Documents, steps, channels and contacts as clerks write them, in YAML and Markdown.
import { describe, expect, test } from 'vitest';
import { parse } from '../src/content/parse.js';
import { parseMarkdown } from '../src/content/syntax/markdown.js';
import notices from '../src/outputs/notices.js';
import { contentOf } from './office.js';
import { kitFor, plain } from './outputs/kit.js';
import { withRest } from './said.js';

const HEAD = '# 護照\n\n';
const REST = Object.entries({ 應備證件: '無', 規費: '免費', 辦理時限: '3 日', 審核權責: '分署長' });
/** A service of which only this is said, in YAML or in Markdown. */
const serviceOf = (written: string) => {
  const markdown = written.startsWith('##');
  const rest = REST.flatMap(([key, value]) => (written.includes(`## ${key}`) ? [] : [`## ${key}\n\n${value}\n`]));
  const text = markdown ? `${HEAD}${written}\n${rest.join('\n')}` : withRest(written);
  const file = { [`services/a.${markdown ? 'md' : 'yaml'}`]: text };
  const { faults, services } = parse(contentOf(file), parseMarkdown);
  expect(faults).toEqual([]);
  return services[0];
};
const YOUNG = { condition: '未滿 14 歲時' };

describe('documents', () => {
  const two = { items: [{ name: '身分證' }, { name: '印章' }] };
  const groups = { items: [{ name: '身分證' }, { name: '委託書', condition: '委託他人時' }] };
  test.each([
    ['應備證件: 身分證、印章', two],
    ['應備證件: |\n  1. 身分證\n  2. 印章', two],
    ['應備證件: [1、身分證, （二）印章]', two],
    ['應備證件: [☐ 身分證, "[ ] 印章"]', two],
    ['## 應備證件\n\n1. 身分證\n2. 印章\n', two],
    ['## 應備證件\n\n一、身分證\n二、印章\n', two],
    ['## 應備證件\n\n| 證件 | 備註 |\n| --- | --- |\n| 身分證 | 甲 |\n| 印章 | |\n', two],
    ['應備證件: 姓名、地址之證明文件', { items: [{ name: '姓名、地址之證明文件' }] }],
    ['應備證件: 身分證或健保卡、印章', { items: [{ name: '身分證或健保卡、印章' }] }],
    ['應備證件: 無需檢附', { none: true }],
    ['應備證件: 無須檢附任何文件。', { none: true }],
    ['應備證件: [身分證, {委託他人時: [委託書]}]', groups],
    ['應備證件: [身分證, 委託書（委託他人時）]', groups],
    ['## 應備證件\n\n- 身分證\n- 委託他人時\n  - 委託書\n', groups],
    ['## 應備證件\n\n1. 身分證\n\n委託他人時另附：\n\n1. 委託書\n', groups],
    ['應備證件: {未滿 14 歲時: {擇一: [戶口名簿, 戶籍謄本]}}', { items: [{ ...YOUNG, oneOf: [{}, {}] }] }],
    [
      '應備證件: {本人申請: 身分證, 委託申請: [委託書]}',
      { items: [{ condition: '本人申請' }, { condition: '委託申請' }] },
    ],
    [
      '## 應備證件\n\n### 本人申請\n\n- 身分證\n\n### 委託申請\n\n- 委託書\n',
      { items: [{ condition: '本人申請' }, { name: '委託書' }] },
    ],
    ['應備證件: [護照（效期 6 個月以上）]', { items: [{ name: '護照', remaining: { most: 6 } }] }],
    ['應備證件: [謄本（最近 3 個月內核發）]', { items: [{ name: '謄本', fresh: { most: 3 } }] }],
    ['應備證件: [申請書（一式二份）]', { items: [{ name: '申請書', copies: 2 }] }],
    ['應備證件: [{名稱: 身分證, 份數: 正本 1、影本 2}]', { items: [{ kind: 'original', copies: 1, duplicates: 2 }] }],
  ])('%s', (written, expected) => expect(serviceOf(written)?.documents).toMatchObject(expected));

  const onNotice = (written: string): string =>
    notices
      .render(kitFor({ 'services/a.yaml': withRest(written) }))
      .map((sheet) => (sheet.kind === 'page' ? plain(sheet.html.toString()) : ''))
      .join('');
  test.each([
    ['應備證件: [身分證（正本 1 份、影本 2 份）]', '正本、1 份、影本 2 份'],
    ['應備證件: [身分證（正本及影本各 1 份）]', '正本及影本、各 1 份'],
    ['應備證件: [{名稱: 圖說, 份數: 3 套}]', '3 套'],
    ['應備證件: [{擇一: [護照, {名稱: 沒有相片的證件, 份數: 2}]}]', '沒有相片的證件（2 件）'],
    ['應備證件: [{擇一: [護照, {名稱: 印鑑證明書, 份數: 2}]}]', '印鑑證明書（2 份）'],
  ])('%s stands on the notice', (written, expected) => expect(onNotice(written)).toContain(expected));
});

describe('steps', () => {
  const steps = [
    { step: '提出申請', actor: [{ written: '申請人' }] },
    { step: '審查', actor: [{ written: '書記官' }] },
  ];
  test.each([
    '申請程序: 提出申請（申請人）→審查（書記官）',
    '申請程序: |\n  一、提出申請（申請人）\n  二、審查（書記官）',
    '## 申請程序\n\n提出申請（申請人）→審查（書記官）\n',
    '## 申請程序\n\n1、提出申請（申請人）\n2、審查（書記官）\n',
  ])('%s', (written) => expect(serviceOf(written)?.procedure).toMatchObject(steps));
  test('are called by the numbers that are written before them', () => {
    const written = '## 申請程序\n\n1. 提出申請\n2. 符合？\n   - 是 → 5\n   - 否：補正 → 1\n5. 結束：領件\n';
    expect(serviceOf(written)?.procedure).toMatchObject([
      { id: '1' },
      { id: '2', branches: [{ value: { next: '5' } }, { value: { next: '1' } }] },
      { id: '5', end: '領件' },
    ]);
  });
  test('count on where all have one number', () => {
    expect(serviceOf('## 申請程序\n\n1. 提出\n1. 審查 → 3\n1. 領件\n')?.procedure).toMatchObject([
      { id: '1' },
      { id: '2', next: [{ to: '3' }] },
      { id: '3' },
    ]);
  });
});

describe('what else is said in a line', () => {
  test.each([
    ['申請方式: 臨櫃、郵寄或網路', 'channels', [{ name: '臨櫃' }, { name: '郵寄' }, { name: '網路' }]],
    ['申請方式: [臨櫃：1 樓服務台]', 'channels', [{ name: '臨櫃', place: '1 樓服務台' }]],
    ['申請方式: ["網路：https://example.org/a"]', 'channels', [{ name: '網路', url: 'https://example.org/a' }]],
    ['聯絡: 受理組 02-2345-6789#123', 'contact', { unit: '受理組', telephone: '02-2345-6789', extension: '123' }],
    ['聯絡: 受理組，電話 02-2345-6789 分機 123', 'contact', { unit: '受理組', extension: '123' }],
    ['聯絡: 請洽值班人員', 'contact', { note: '請洽值班人員' }],
    ['辦理狀態: 113年1月1日起停辦', 'status', { state: 'ceased', effective: '2024-01-01' }],
    ['辦理狀態: 季節性辦理：每年3月至5月', 'status', { state: 'seasonal', reason: '每年3月至5月' }],
    ['洽辦次數: 最多兩次', 'visits', 2],
    ['申請期間: 1130301-1130531', 'window', '113年3月1日至113年5月31日'],
    ['申請期間: 113/3/1～113/5/31', 'window', '113年3月1日至113年5月31日'],
    ['申請期間: 每年 3/1-5/31', 'window', '每年 3月1日至5月31日'],
    ['申請期間: 每年 3 月 1 日前', 'window', '每年 3 月 1 日前'],
    ['審核權責: 書記官→分署長', 'authority', { prepare: [{ written: '書記官' }], decide: [{ written: '分署長' }] }],
    [
      '## 子項目\n\n### 核發\n\n- 規費：77 元\n',
      'variants',
      [{ name: '核發', fee: { lines: [{ amount: { amount: 77 } }] } }],
    ],
  ] as const)('%s', (written, field, expected) => {
    const value = serviceOf(written)?.[field];
    if (typeof expected === 'object') expect(value).toMatchObject(expected);
    else expect(value).toBe(expected);
  });
});
test.each(['每年 2/30 前', '1130230 前', '每年 2 月 30 日前'])('there is no %s', (window) => {
  const { faults } = parse(contentOf({ 'services/a.yaml': withRest(`申請期間: ${window}`) }));
  expect(faults).toMatchObject([{ rule: 'wrong-type', message: { zh: expect.stringContaining('這一天') } }]);
});

// Markdown as it is printed.
import { expect, test } from 'vitest';
import { proseHtml } from '../src/content/syntax/markdown.js';

test('待確認 in a sentence is marked, in any language of print', () => {
  expect(
    proseHtml('份數**待確認**，規費待確認。')
      .toString()
      .match(/<span class="unconfirmed">待確認<\/span>/g),
  ).toHaveLength(2);
  expect(proseHtml('The fee is to be confirmed.').toString()).toContain(
    '<span class="unconfirmed">to be confirmed</span>',
  );
});

test.each(['## 待確認的紀錄', '標示「待確認」的內容，列於「待確認事項」；還有待確認的事項。', '寫成 `規費: 待確認`'])(
  'what only speaks of it is not marked: %s',
  (markdown) => expect(proseHtml(markdown).toString()).not.toContain('unconfirmed'),
);

test('lines that clerks number stay lines, whatever the sign; other lines of Chinese are joined', () => {
  expect(proseHtml('一、甲\n續甲\n二、乙\n（一）丙\n1、丁\n①戊\n(2)己').toString()).toBe(
    '<p>一、甲續甲<br>\n二、乙<br>\n（一）丙<br>\n1、丁<br>\n①戊<br>\n(2)己</p>',
  );
  expect(proseHtml('甲\n乙').toString()).not.toContain('<br>');
  // An enumeration in a sentence is no item.
  expect(proseHtml('甲（一）乙\n丙、丁').toString()).not.toContain('<br>');
});

test.each([
  ['https://a.tw', true],
  ['mailto:a@a.tw', true],
  ['tel:02-1234', true],
  ['javascript:alert(1)', false],
  ['ftp://a.tw', false],
])('a link to %s is one: %s', (address, is) => {
  expect(proseHtml(`[甲](${address})`).toString().includes(`href="${address}"`)).toBe(is);
});

test('a table pasted from a spreadsheet is a table; one line with a tab, or lines unlike each other, are none', () => {
  const table = proseHtml('前言\n\n項目\t金額\n證明書\t100 元\n謄本\t20 元')
    .toString()
    .replace(/<\/?span[^>]*>/g, '');
  expect(table.match(/<th>[^<]*<\/th>/g)).toEqual(['<th>項目</th>', '<th>金額</th>']);
  expect(table.match(/<td>[^<]*<\/td>/g)).toEqual([
    '<td>證明書</td>',
    '<td>100 元</td>',
    '<td>謄本</td>',
    '<td>20 元</td>',
  ]);
  for (const none of ['甲\t乙', '甲\t乙\n丙', '甲\t乙\n丙\t丁\t戊'])
    expect(proseHtml(none).toString()).not.toContain('<table>');
});

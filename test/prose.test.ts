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

import { expect, test } from 'vitest';
import { splitUnconfirmed } from '../src/core/language.js';
import handbook from '../src/outputs/handbook/handbook.js';
import notices from '../src/outputs/notices.js';
import { BOOK } from './office.js';
import { kitFor } from './outputs/kit.js';

const service = (more: string): Record<string, string> => ({
  'handbook.yaml': `${BOOK}法規清單: [{名稱: 戶籍法}, {名稱: 無人引用法}]\n`,
  'services/x.yaml': `名稱: 領回\n規費: 免費\n辦理時限: 3 日\n審核權責: 分署長\n${more}`,
});

test.each([
  ['待確認身分後發還', 0],
  ['金額待確認', 1],
  ['每件上限待確認（各分署不一）', 1],
  ['超商：待確認、郵局：待確認', 2],
])('「%s」 has %d marks', (text, marks) => {
  expect((splitUnconfirmed(text).length - 1) / 2).toBe(marks);
  const [page] = notices.render(
    kitFor(service(`應備證件: [{名稱: 收據, 說明: ${text}}]\n`), { copies: 1, workingCopy: true }),
  );
  const html = page?.kind === 'page' ? page.html.toString() : '';
  expect(html.match(/class="unconfirmed"/g)?.length ?? 0).toBe(marks);
});

test('a law cited without an article stands among the laws; one that nothing rests on has no row', () => {
  const kit = { ...kitFor(service('應備證件: 無\n法令依據: [戶籍法]\n')), onScreen: true };
  const [book] = handbook.render(kit);
  const html = book?.kind === 'text' ? book.text.toString() : '';
  const sources = /<dl class="sources">[\s\S]*?<\/dl>/.exec(html)?.[0] ?? '';
  expect(sources).toMatch(/<dt>法令[^<]*<\/dt><dd><ul><li>[\s\S]*戶籍法/);
  expect(sources).not.toContain('資料來源');
  expect(html).not.toContain('無人引用法');
});

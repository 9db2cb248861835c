import { expect, test } from 'vitest';
import { splitUnconfirmed } from '../src/core/language.js';
import cards from '../src/outputs/cards.js';
import handbook from '../src/outputs/handbook/handbook.js';
import leaflets from '../src/outputs/leaflets.js';
import notices from '../src/outputs/notices.js';
import posters from '../src/outputs/posters/posters.js';
import { BOOK } from './office.js';
import { kitFor, plain } from './outputs/kit.js';

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

const UNKNOWN_WITHIN = `應備證件:
  - {名稱: 保證金, 說明: 票據種類：待確認（各分署不一）；開標前繳納}
  - {名稱: 身分證, 條件: 待確認}
申請資格: 名額待確認。
注意事項: |
  - 可用超商繳款的金額上限：待確認（2 萬元或 3 萬元）。
  - 待確認（要點未公開）
`;
test.each([
  ['posters', posters, '請洽承辦單位', '情形請洽承辦單位'],
  ['cards', cards, '請洽承辦單位', '情形請洽承辦單位'],
  ['leaflets', leaflets, '請洽承辦單位', '情形請洽承辦單位'],
  ['notices', notices, '', ''],
] as const)(
  '%s tell a sentence in which something is not known, without the mark and the reason',
  (name, output, ask, when) => {
    const kit = kitFor(service(UNKNOWN_WITHIN), { copies: 1 });
    const told = output.render(kit).map((page) => (page.kind === 'page' ? plain(page.html.toString()) : ''));
    const text = told
      .join('')
      .replace(/\s+/g, '')
      .replace(/(?:其他)?應備證件尚?待確認|待確認：[^。※]*/g, '');
    expect(text).not.toMatch(/待確認|各分署不一|要點未公開|2萬元/);
    expect(text).toMatch(new RegExp(`${when}[：2]?身分證`));
    if (name !== 'leaflets') expect(text).toContain(`票據種類：${ask}；開標前繳納`);
    if (name === 'posters') expect(text).toMatch(/名額請洽承辦單位。[\s\S]*金額上限：請洽承辦單位。/);
    if (name === 'notices') expect(text).toMatch(/金額上限：＿+。/);
  },
);

test('on a notice what stands behind a sum that nobody knows is told', () => {
  const [page] = notices.render(
    kitFor({
      ...service('應備證件: 無\n'),
      'services/x.yaml':
        '名稱: 領回\n應備證件: 無\n規費: [{項目: 複製, 金額: 待確認, 說明: 依附表}]\n辦理時限: 3 日\n審核權責: 分署長\n',
    }),
  );
  expect(page?.kind === 'page' ? plain(page.html.toString()) : '').toMatch(/複製\s*；依附表/);
});

test('a poster says whom to ask where a sub-service does not know its fee', () => {
  const kit = kitFor(service('應備證件: 無\n子項目: [{名稱: 寄存, 規費: 待確認, 辦理時限: 待確認}]\n'));
  const [page] = posters.render(kit);
  const text = page?.kind === 'page' ? plain(page.html.toString()).replace(/\s+/g, '') : '';
  expect(text).toContain('寄存規費請洽承辦單位辦理時限請洽承辦單位');
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

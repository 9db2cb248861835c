// Ids become the names of files: what none can be is told where it is written, and nothing is printed under it.
import { describe, expect, test } from 'vitest';
import { lint } from '../src/build/api.js';
import { parse } from '../src/content/parse.js';
import { faultOfId } from '../src/content/schema/id.js';
import { placeOf } from '../src/core/source.js';
import { BOOK, contentOf } from './office.js';

const RECORD = '名稱: 甲\n應備證件: 無\n規費: 免費\n辦理時限: 3 工作日\n審核權責: 分署長\n';
async function found(files: Record<string, string>, rules = ['wrong-type', 'out-of-bounds', 'duplicate-id']) {
  const { diagnostics } = await lint(contentOf(files), { rules });
  return diagnostics.map(({ span, message, hint }) => {
    const { line, column } = placeOf(span.source, span.start);
    return [`${span.source.path.replace('content/', '')}:${line}:${column}`, message.zh, hint?.zh ?? ''] as const;
  });
}

describe('an id', () => {
  test.each(['address-change', 'a', '0x10', '2026-01-01', 'form_1', 'console', 'com10', 'a'.repeat(60)])('%s', (id) => {
    expect(faultOfId(id)).toBeUndefined();
  });
  test.each([
    ['con', 'Windows', 'con-1'],
    ['nul', 'Windows', 'nul-1'],
    ['com1', 'Windows', 'com1-1'],
    ['"."', '只能用英文小寫字母', 'address-change'],
    ['..', '只能用英文小寫字母', 'address-change'],
    ['___', '只能用英文小寫字母', 'address-change'],
    ['a/b', '只能用英文小寫字母', 'a-b'],
    ['a b', '只能用英文小寫字母', 'a-b'],
    ['abc.', '只能用英文小寫字母', 'abc'],
    ['Abc', '只能用英文小寫字母', 'abc'],
    ['ａｂｃ', '只能用英文小寫字母', 'abc'],
    ['申請', '只能用英文小寫字母', 'address-change'],
    ['待確認', '只能用英文小寫字母', 'address-change'],
    ['x'.repeat(300), '這裡有 300 個', 'x'.repeat(40)],
  ])('cannot be %s, which is told once, on its line, with a right one', async (id, why, example) => {
    const all = await found({ 'services/a.yaml': `${RECORD}編號: ${id}\n` });
    expect(all).toHaveLength(1);
    const [place, message, hint] = all[0] ?? [];
    expect(place).toBe('services/a.yaml:6:5');
    expect(message).toContain(why);
    expect(hint).toBe(`例如「${example}」。`);
    expect(faultOfId(example)).toBeUndefined();
  });
  test('is the name of the file where none is written, and told in the same words', async () => {
    for (const name of ['Upper', 'a b', 'con', 'y'.repeat(240), '申請書']) {
      const all = await found({ [`services/${name}.yaml`]: RECORD });
      expect(all).toEqual([
        [`services/${name}.yaml:1:1`, expect.stringContaining('會當作服務編號'), expect.any(String)],
      ]);
      expect(await found({ [`services/${name}.yaml`]: `${RECORD}編號: a\n` })).toEqual([]);
    }
  });
  test('of a chart or a category has the same bounds, and none that is a sheet of ours', async () => {
    const book = `${BOOK.replace(/^服務類別:[\s\S]*?(?=^\S)/m, '')}
服務類別:
  - {名稱: 類一, 編號: others, 服務: [a]}
  - {名稱: 類二, 編號: category-3, 服務: [b]}
  - {名稱: 類三, 服務: [overall]}
流程圖總覽:
  - {編號: nul, 名稱: 圖, 申請程序: [開始: 甲, 結束: 乙]}
`;
    const files = { 'services/a.yaml': RECORD, 'services/b.yaml': RECORD, 'services/overall.yaml': RECORD };
    const all = await found({ 'handbook.yaml': book, ...files });
    expect(all.map(([place, message]) => [place.split(':')[0], /「([^」]+)」/.exec(message)?.[1]])).toEqual([
      ['handbook.yaml', 'others'],
      ['handbook.yaml', 'category-3'],
      ['handbook.yaml', 'nul'],
      ['services/overall.yaml', 'overall'],
    ]);
    // In a draft it has a name all the same.
    const charts = parse(contentOf({ 'handbook.yaml': book, ...files })).book.charts;
    expect(charts).toMatchObject([{ id: 'chart-1' }]);
  });
});

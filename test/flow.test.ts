import { describe, expect, test } from 'vitest';
import { mermaidOf } from '../src/charts/mermaid.js';
import { parse } from '../src/content/parse.js';
import { flowOf, reached } from '../src/content/procedure.js';
import { known } from '../src/content/schema/schema.js';
import { phrasesOf, wrapLabel } from '../src/document/line-breaking.js';
import { contentOf, SERVICE } from './office.js';

/** The flow of the procedure written under 申請程序. */
function flow(steps: string) {
  const handbook = parse(contentOf({ 'services/a.yaml': `${SERVICE}申請程序:\n${steps}` }));
  expect(handbook.faults).toEqual([]);
  return flowOf(known(handbook.services[0]?.procedure) ?? []);
}
/** Edges as text: 甲 -是-> 乙. */
function arrows(steps: string): string[] {
  const { nodes, edges } = flow(steps);
  const text = (id: string): string => nodes.find((node) => node.id === id)?.text || id;
  return edges.map(({ from, to, label }) => `${text(from)} ${label ? `-${label}` : ''}-> ${text(to)}`);
}

describe('a procedure becomes a graph', () => {
  test('plain order needs no ids and no arrows', () => {
    expect(arrows('  - 甲\n  - 乙\n  - 丙\n')).toEqual(['甲 -> 乙', '乙 -> 丙']);
  });
  test('the first step is the start and the last the end when nothing is called so', () => {
    expect(flow('  - 甲\n  - 乙\n  - 丙\n').nodes.map((node) => node.kind)).toEqual(['start', 'step', 'end']);
  });
  test('a branch without an end of its own goes on after the decision', () => {
    expect(arrows('  - 甲\n  - 判斷: 可？\n    分支:\n      是: [乙]\n      否: [結束：丁]\n  - 結束: 丙\n')).toEqual([
      '甲 -> 可？',
      '可？ -是-> 乙',
      '乙 -> 丙',
      '可？ -否-> 丁',
    ]);
  });
  test('a return leads back to a step by its id or its text', () => {
    expect(arrows('  - {步驟: 甲, 編號: a}\n  - 判斷: 可？\n    分支: {是: 丙, 否: a}\n  - 結束: 丙\n')).toEqual([
      '甲 -> 可？',
      '可？ -是-> 丙',
      '可？ -否-> 甲',
    ]);
  });
  test('parallel ways start at a fork and meet in a join', () => {
    expect(arrows('  - 甲\n  - 並行: [[乙], [丙]]\n  - 結束: 丁\n')).toEqual([
      '甲 -> n2',
      'n2 -> 乙',
      '乙 -> n5',
      'n2 -> 丙',
      '丙 -> n5',
      'n5 -> 丁',
    ]);
  });
  test('接 replaces what would follow, with a label on the line', () => {
    expect(arrows('  - {步驟: 甲, 接: {到: 丙, 標示: 引導}}\n  - {步驟: 乙, 接: 丙}\n  - 結束: 丙\n')).toEqual([
      '甲 -引導-> 丙',
      '乙 -> 丙',
    ]);
  });
  test('a step behind 接 that nothing leads to is not reached', () => {
    const graph = flow('  - {步驟: 甲, 接: 丙}\n  - 乙\n  - 結束: 丙\n');
    expect(graph.nodes.filter((node) => !reached(graph).has(node.id)).map((node) => node.text)).toEqual(['乙']);
  });
  test('an unknown target is a fault with the nearest step', () => {
    const { faults } = flow('  - 甲\n  - 判斷: 可？\n    分支: {是: okk, 否: ok}\n  - {結束: 丙, 編號: ok}\n');
    expect(faults).toMatchObject([{ rule: 'unknown-reference', hint: { zh: '是不是要寫「ok」？' } }]);
  });
  test('who and how long may stand in brackets behind a step', () => {
    const [, step] = flow('  - 甲\n  - 製作報告書（書記官，3 日）\n  - 結束: 丙（命供擔保）\n').nodes;
    expect(step).toMatchObject({
      text: '製作報告書',
      limit: { most: 3, unit: 'day' },
      actors: [{ titles: ['書記官'] }],
    });
  });
});

describe('Mermaid text', () => {
  const style = { direction: 'TB', numbered: true, boxWidth: 10, diamondWidth: 6, edgeWidth: 6 } as const;
  const words = { unconfirmed: '待確認', between: '・' };
  test('carries every step, its duty and its label', () => {
    const text = mermaidOf(
      flow('  - 開始: 提出（申請人）\n  - 判斷: 可？\n    分支: {是: 丙, 否: 提出}\n  - 結束: 丙\n'),
      style,
      words,
    );
    expect(text).toBe(
      'flowchart TB\n  n1(["1.\u2002提出<br/>〔申請人〕"]):::terminal\n  n2{"2.\u2002可？"}:::decision\n  n3(["3.\u2002丙"]):::terminal\n  n1 --> n2\n  n2 -->|"是"| n3\n  n2 -->|"否"| n1\n',
    );
  });
  test('no text of content can end a label or begin markup', () => {
    const text = mermaidOf(flow('  - \'甲"]; click n1 "javascript:x" <b>\'\n  - 結束: 丙\n'), style, words);
    expect(text).not.toMatch(/甲"|<b>/);
  });
});

describe('labels break where Chinese may break', () => {
  test.each([
    ['移案機關製作繳款單', 6, ['移案機關', '製作繳款單']],
    ['短', 6, ['短']],
    ['傳真或郵寄收據影本至承辦股', 8, ['傳真或郵寄收據', '影本至承辦股']],
    ['移送機關10日內起訴並證明', 8, ['移送機關10日內', '起訴並證明']],
  ])('%s at %d', (text, most, lines) => {
    expect(wrapLabel(text, most)).toEqual(lines);
  });
  test.each([
    ['審核權責', '審核|權責'],
    ['載明准駁意旨', '載明|准駁|意旨'],
    ['優先受償權人', '優先|受償|權人'],
    ['申請者自補正之日起算', '申請者自|補正之日|起算'],
    ['通知書到場', '通知書|到場'],
  ])('%s: two lone characters are a word, unless the first belongs to the word before', (text, phrases) => {
    expect(phrasesOf(text).join('|')).toBe(phrases);
  });
  test('no line begins with a closing mark', () => {
    for (const most of [4, 5, 6, 7, 8])
      for (const line of wrapLabel('商議繳納方式（命供擔保），並記明筆錄。', most))
        expect(line).not.toMatch(/^[，。）]/);
  });
});

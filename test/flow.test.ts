import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mermaidOf } from '../src/charts/mermaid.js';
import { MOST_STEPS } from '../src/content/bounds.js';
import { parse } from '../src/content/parse.js';
import { ending, flowOf, longestWay, reached, sameDocument, stepsWithin } from '../src/content/procedure.js';
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
  test('a decision has the width of its own shape', () => {
    const text = mermaidOf(
      flow('  - 通知申請人限期補正\n  - 判斷: 申請人逾期未補正？\n    分支: {是: 丙, 否: [結束：丁]}\n  - 結束: 丙\n'),
      style,
      words,
    );
    expect(text).toContain('n1(["1.\u2002通知申請人<br/>限期補正"])');
    expect(text).toContain('n2{"2.\u2002申請人<br/>逾期未補正？"}');
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
    ['依第一百二十二條之一申請', '依第一百二十二條|之一|申請'],
    ['連上 Wi-Fi 之後', '連上 |Wi-Fi |之後'],
  ])('%s: two lone characters are a word, unless the first belongs to the word before', (text, phrases) => {
    expect(phrasesOf(text).join('|')).toBe(phrases);
  });
  test('no line begins with a closing mark', () => {
    for (const most of [4, 5, 6, 7, 8])
      for (const line of wrapLabel('商議繳納方式（命供擔保），並記明筆錄。', most))
        expect(line).not.toMatch(/^[，。）]/);
  });
});

describe('any procedure', () => {
  /** Steps that lead on, back, to themselves or to nothing, as decisions and as references. */
  const steps = fc.array(fc.tuple(fc.constantFrom('步驟', '判斷', '結束'), fc.nat(12), fc.nat(12)), {
    minLength: 1,
    maxLength: 12,
  });
  const written = (each: readonly (readonly [string, number, number])[]): string =>
    each
      .map(([kind, a, b], i) =>
        kind === '判斷'
          ? `  - {判斷: 第${i}步？, 編號: s${i}, 分支: {是: s${a}, 否: s${b}}}\n`
          : `  - {${kind}: 第${i}步, 編號: s${i}${a < 6 && kind === '步驟' ? `, 接: s${b}` : ''}}\n`,
      )
      .join('');
  const read = (text: string) =>
    flowOf(known(parse(contentOf({ 'services/a.yaml': `${SERVICE}申請程序:\n${text}` })).services[0]?.procedure) ?? []);

  test('has edges between its nodes alone, grouped by where they leave, and a longest way that ends', () => {
    fc.assert(
      fc.property(steps, (each) => {
        const graph = read(written(each));
        const ids = new Set(graph.nodes.map(({ id }) => id));
        expect(ids.size).toBe(each.length);
        for (const { from, to } of graph.edges) expect(ids.has(from) && ids.has(to)).toBe(true);
        expect([...graph.out.values()].flat()).toHaveLength(graph.edges.length);
        for (const [from, edges] of graph.out) expect(edges.every((edge) => edge.from === from)).toBe(true);
        const way = longestWay(graph, () => 1);
        expect(way.weight).toBe(way.nodes.length);
        expect(new Set(way.nodes).size).toBe(way.nodes.length);
        const seen = reached(graph);
        expect(way.nodes.every(({ id }) => seen.has(id))).toBe(true);
        // Every reference that is not resolved is told, and every fault is one of these.
        expect(graph.faults.every(({ rule }) => rule === 'unknown-reference')).toBe(true);
      }),
      { numRuns: 60 },
    );
  });
  test('is numbered in the order of writing, bars left out', () => {
    const { nodes } = flow('  - 甲\n  - 並行: [[乙], [丙]]\n  - 結束: 丁\n');
    expect(nodes.map(({ kind, number }) => [kind, number])).toEqual([
      ['start', 1],
      ['fork', undefined],
      ['step', 2],
      ['step', 3],
      ['join', undefined],
      ['end', 4],
    ]);
  });
  test('has as many steps as there may be, and no more', () => {
    const many = (count: number) =>
      flowOf(Array.from({ length: count }, (_, i) => ({ step: `第${i}步`, at: { self: {} }, unread: [] })) as never);
    expect(many(MOST_STEPS).nodes).toHaveLength(MOST_STEPS);
    expect(many(MOST_STEPS + 1).nodes).toHaveLength(MOST_STEPS);
  });
});

describe('start and end', () => {
  const kinds = (steps: string) => flow(steps).nodes.map(({ kind }) => kind);
  test.each([
    ['what is called the end is the only one', '  - 甲\n  - 結束: 乙\n  - 丙\n', ['start', 'end', 'step']],
    ['the last is none where it leads on', '  - {步驟: 甲, 編號: a}\n  - {步驟: 乙, 接: a}\n', ['start', 'step']],
    ['nor where it is 待確認 what follows', '  - 甲\n  - {步驟: 乙, 接: 待確認}\n', ['start', 'step']],
    ['a decision is neither', '  - 判斷: 可？\n    分支: {是: 乙, 否: 乙}\n  - 乙\n', ['decision', 'end']],
    ['a written start may stand later', '  - 甲\n  - 開始: 乙\n  - 丙\n', ['step', 'start', 'end']],
  ])('%s', (_, steps, expected) => expect(kinds(steps)).toEqual(expected));
  test('the way begins at the written start', () => {
    const graph = flow('  - 甲\n  - 開始: 乙\n  - 丙\n');
    expect(graph.start?.text).toBe('乙');
    expect([...reached(graph)]).toEqual(['n2', 'n3']);
  });
  test('a loop without a way out has no end that can be reached', () => {
    const graph = flow('  - {步驟: 甲, 編號: a}\n  - {步驟: 乙, 接: a}\n');
    expect([...ending(graph)]).toEqual([]);
    expect([...ending(flow('  - 甲\n  - 乙\n'))].sort()).toEqual(['n1', 'n2']);
  });
});

test('the longest way takes the heavier branch, and a way back once', () => {
  const graph = flow(
    '  - {步驟: 甲, 編號: a}\n  - 判斷: 可？\n    分支:\n      是: [重, 再重]\n      否: [輕, {步驟: 回, 接: a}]\n      免: [輕輕]\n  - 結束: 末\n',
  );
  const weight = (node: { text: string }) => (node.text.includes('重') ? 5 : 1);
  const way = longestWay(graph, weight);
  expect(way.nodes.map(({ text }) => text)).toEqual(['甲', '可？', '重', '再重', '末']);
  expect(way.weight).toBe(13);
});

test('a step of two texts is told with their number; one of none is told as such', () => {
  const faults = (steps: string) => {
    const handbook = parse(contentOf({ 'services/a.yaml': `${SERVICE}申請程序:\n${steps}` }));
    return flowOf(known(handbook.services[0]?.procedure) ?? []).faults.map(({ rule, message }) => [rule, message.en]);
  };
  expect(faults('  - {步驟: 甲, 文件: 乙}\n  - 結束: 丙\n')).toEqual([
    ['step-text', 'A step has 2 texts (step, document); it may have one.'],
  ]);
  expect(faults('  - {說明: 甲}\n  - 結束: 丙\n')).toEqual([['step-text', 'This step has no text.']]);
});

test('a text that two steps have leads to the first of them', () => {
  expect(arrows('  - 甲\n  - 乙\n  - {步驟: 丁, 接: 甲}\n  - 甲\n  - 結束: 丙\n')).toContain('丁 -> 甲');
  const { edges } = flow('  - 甲\n  - 乙\n  - {步驟: 丁, 接: 甲}\n  - 甲\n  - 結束: 丙\n');
  expect(edges.find(({ from }) => from === 'n3')?.to).toBe('n1');
});

test('documents are the same where one is the other in short', () => {
  expect(sameDocument('申請書', '檔案應用申請書')).toBe(true);
  expect(sameDocument('檔案應用申請書', '申請書')).toBe(true);
  expect(sameDocument('申請書', '委任書')).toBe(false);
});

test('the steps within a part are those of its branches and of its ways side by side', () => {
  const handbook = parse(
    contentOf({
      'services/a.yaml': `${SERVICE}申請程序:\n  - 並行:\n      - - 判斷: 可？\n          分支: {是: [乙], 否: [丙]}\n      - [丁]\n`,
    }),
  );
  const [step] = known(handbook.services[0]?.procedure) ?? [];
  if (!step) throw new Error('no step');
  expect(stepsWithin(step).map((each) => each.step ?? each.decision)).toEqual(['可？', '乙', '丙', '丁']);
});

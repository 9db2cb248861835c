// Charts that were given as Mermaid text are read before anything is printed.
import { describe, expect, test } from 'vitest';
import { withChartsTried } from '../src/content/author-chart.js';
import { excerptsOf } from '../src/content/parse.js';
import { parseMarkdown } from '../src/content/syntax/markdown.js';
import { placeOf } from '../src/core/source.js';
import { BOOK, contentOf, SERVICE } from './office.js';

async function faults(files: Record<string, string>) {
  const tried = await withChartsTried(excerptsOf(contentOf(files), parseMarkdown));
  return tried.flatMap((excerpt) =>
    excerpt.faults.map(({ rule, span, message, hint }) => ({
      rule,
      file: span.source.path,
      line: placeOf(span.source, span.start).line,
      at: span.source.text.slice(span.start, span.end),
      message,
      hint,
    })),
  );
}
/** What is said of a chart in a service; its first line is line 7 of the file. */
const found = (chart: string) =>
  faults({ 'services/a.yaml': `${SERVICE}流程圖: |\n${chart.replace(/^(?=.)/gm, '  ')}\n` });

describe('a chart that Mermaid cannot read is told at its line, in our own words', () => {
  test.each([
    ['a step called end', 'graph TD\n  a[提出] --> end', 8, 'a[提出] --> end', /小寫的 end/],
    [
      'behind settings, comments and empty lines',
      '---\ntitle: 圖\n---\n%%{init: {"theme": "dark"}}%%\n\n%% 註\ngraph TD\n  %% 註\n\n  a --> b\n  b --> end',
      17,
      'b --> end',
      /小寫的 end/,
    ],
    ['an end too many', 'graph TD\n  a --> b\nend', 9, 'end', /多了「end」/],
    ['a bracket that is not closed', 'graph TD\n  a[提出 --> b\n  b --> c', 8, 'a[提出 --> b', /括號/],
    ['a bracket in a text', 'graph TD\n  a[提出(書面)] --> b', 8, 'a[提出(書面)] --> b', /括號/],
    ['a line without sense', 'graph TD\n  a --> b\n  b ==> --> c', 9, 'b ==> --> c', /讀不懂/],
    ['a kind there is none of', '流程\n  a --> b', 7, '流程', /不是 Mermaid 認得的種類/],
    ['a line of another kind of chart', 'pie title 比例\n  甲 : 10', 8, '甲 : 10', /讀不懂/],
    ['a sequence', 'sequenceDiagram\n  甲->>乙: 您好\n  甲 乙', 9, '甲 乙', /讀不懂/],
  ])('%s', async (_, chart, line, at, words) => {
    const all = await found(chart);
    expect(all).toHaveLength(1);
    expect(all[0]).toMatchObject({ rule: 'mermaid', file: 'content/services/a.yaml', line, at });
    expect(all[0]?.message.zh).toMatch(words);
    // No word of the parser's.
    expect(`${all[0]?.message.en} ${all[0]?.hint?.en}`).not.toMatch(/Parse error|Expecting|NODE_STRING|SQE|token/);
  });
  test.each([
    ['nothing but its kind', 'graph TD', /沒有任何步驟/],
    ['nothing but comments', 'flowchart LR\n%% 註\n', /沒有任何步驟/],
    ['settings that are no settings', '---\ntitle: [圖\n---\ngraph TD\n  a --> b', /設定/],
    ['a picture', 'flowchart TD\n  a@{ img: "https://example.org/a.png" } --> b', /圖片/],
    ['a subgraph without an end', 'graph TD\n  subgraph 甲\n  a --> b', /讀不懂/],
    [
      'more lines than anyone follows',
      `graph TD\n${Array.from({ length: 501 }, (_, i) => `  a --> b${i}`).join('\n')}`,
      /500/,
    ],
  ])('%s', async (_, chart, words) => {
    const all = await found(chart);
    expect(all.map(({ rule }) => rule)).toEqual(['mermaid']);
    expect(all[0]?.message.zh).toMatch(words);
    expect(all[0]?.line).toBeGreaterThanOrEqual(6);
  });
  test('in quotes, in Markdown and in the book', async () => {
    const quoted = await faults({ 'services/a.yaml': `${SERVICE}流程圖: "graph TD\\n  a --> end"\n` });
    expect(quoted).toMatchObject([{ rule: 'mermaid', line: 6 }]);
    const markdown = await faults({
      'services/a.md': '# 甲\n\n## 應備證件\n\n無\n\n## 流程圖\n\n```mermaid\ngraph TD\n  a --> b\n  b --> end\n```\n',
    });
    expect(markdown).toMatchObject([{ rule: 'mermaid', line: 12, at: 'b --> end' }]);
    const chart = '  - 編號: all\n    名稱: 總圖\n    流程圖: |\n      graph TD\n        a --> end\n';
    const book = await faults({ 'handbook.yaml': `${BOOK}流程圖總覽:\n${chart}` });
    expect(book).toMatchObject([{ rule: 'mermaid', file: 'content/handbook.yaml', at: 'a --> end' }]);
  });
});

test('charts of every kind that can be drawn are in order', async () => {
  const charts = [
    'graph TD; a-->b',
    'flowchart TD\n  a["提出<br/>申請"] --> b{"<b>有無</b>理由？"}\n  b -->|有| c((End))\n  subgraph 甲\n    d --> e\n  end',
    'swimlane-beta\n  subgraph 櫃台\n    a --> b\n  end',
    'sequenceDiagram\n  甲->>乙: 您好',
    'stateDiagram-v2\n  [*] --> 收件',
    'gantt\n  title 進度\n  section 甲\n  收件 :a1, 2026-01-01, 3d',
    'pie title 比例\n  "甲" : 10',
    'mindmap\n  root((甲))\n    乙',
    'journey\n  title 洽公\n  section 到\n    收件: 5: 甲',
  ];
  for (const chart of charts) expect([chart, await found(chart)]).toEqual([chart, []]);
}, 60_000);

describe('a text made to do harm', () => {
  test('is ended when it takes too long, and the others are read all the same', async () => {
    const slow = `graph TD\n  ${'a["'.repeat(6_000)}`;
    const started = performance.now();
    const all = await faults({
      'services/a.yaml': `${SERVICE}流程圖: |\n  ${slow.replace('\n', '\n  ')}\n`,
      'services/b.yaml': `${SERVICE}流程圖: |\n  graph TD\n    a --> end\n`,
    });
    expect(performance.now() - started).toBeLessThan(30_000);
    expect(all.map(({ file }) => file)).toEqual(['content/services/a.yaml', 'content/services/b.yaml']);
  }, 60_000);
  test('is only read', async () => {
    const harm = [
      'graph TD\n  a["<img src=x onerror=process.exit(3)>"] --> b',
      'graph TD\n  a --> b\n  click a call process.exit(3)',
      '%%{init: {"__proto__": {"polluted": "yes"}, "constructor": {"prototype": {"polluted": "yes"}}}}%%\ngraph TD\n  a --> b',
      'graph TD\n  __proto__ --> constructor\n  toString --> hasOwnProperty',
    ];
    for (const chart of harm) await found(chart);
    expect(({} as { polluted?: string }).polluted).toBeUndefined();
  }, 60_000);
});

// Notations beside their edges: what the parser of YAML complains of, in a clerk's words; sections of Markdown; what is lost
// behind a "#"; sums with commas in brackets; prose that is made HTML.
import { describe, expect, test } from 'vitest';
import { parse } from '../src/content/parse.js';
import type { Tree } from '../src/content/schema/tree.js';
import { parseMarkdown, proseHtml, proseTexts } from '../src/content/syntax/markdown.js';
import { frontMatter } from '../src/content/syntax/sections.js';
import { tellCodes, tellLostText, tellMarkdownCodes } from '../src/content/syntax/text-faults.js';
import { yamlTree } from '../src/content/syntax/yaml.js';
import { commentsOf } from '../src/content/syntax/yaml-explained.js';
import { syntaxFault, unclosed } from '../src/content/syntax/yaml-faults.js';
import type { Say, Span } from '../src/core/source.js';
import { contentOf, SERVICE } from './office.js';

const faultsIn = (text: string, file = 'services/a.yaml') =>
  parse(contentOf({ [file]: text }), parseMarkdown).faults.map(({ rule, span, message, hint }) => ({
    rule,
    at: span.source.text.slice(span.start, span.end),
    message,
    hint,
  }));
/** A tree as plain values. */
const plain = (tree: Tree | undefined): unknown =>
  tree?.kind === 'list'
    ? tree.items.map(plain)
    : tree?.kind === 'map'
      ? Object.fromEntries(tree.entries.map(({ key, value }) => [key, plain(value)]))
      : tree?.text;

describe('a slip in YAML', () => {
  test.each<[string, string, RegExp, RegExp]>([
    ['a tab', `${SERVICE}聯絡:\n\t電話: 甲\n`, /Tab 鍵縮排/, /indented with a tab/],
    [
      'a line out of its column',
      `${SERVICE}聯絡:\n    電話: 甲\n  單位: 乙\n`,
      /縮排對不上/,
      /does not fit the lines above/,
    ],
    ['two documents', `${SERVICE}---\n摘要: 甲\n`, /檔案中間有「---」/, /There is a "---" inside the file/],
    ['a tag', `${SERVICE}摘要: !foo 乙\n`, /YAML 的標籤/, /This is a YAML tag/],
    ['an alias', `${SERVICE}摘要: *甲\n`, /YAML 的別名「\*甲」/, /This is a YAML alias \("\*甲"\)/],
    [
      'a line without its colon',
      `${SERVICE}摘要\n申請人: 甲\n`,
      /不是「項目: 內容」的寫法/,
      /This line is not "key: value"/,
    ],
    [
      'a colon of full width',
      `${SERVICE}摘要：甲\n`,
      /「摘要」後面的冒號是全形/,
      /The colon behind "摘要" is a full-width/,
    ],
    ['text behind a quote', `${SERVICE}摘要: "甲" 乙\n`, /引號已經結束/, /text behind the closing quote/],
    ['text behind single quotes', `${SERVICE}摘要: '甲' 乙\n`, /引號已經結束/, /text behind the closing quote/],
    ['a sign that begins no text', `${SERVICE}摘要: @甲\n`, /這裡的寫法讀不懂/, /This cannot be read/],
    [
      'no blank behind the colon',
      `${SERVICE}摘要:甲\n申請人: 乙\n`,
      /「摘要:」的冒號後面沒有空格/,
      /no space behind the colon of "摘要:"/,
    ],
    [
      'a blank that is none',
      `${SERVICE}摘要:\u3000甲\n申請人: 乙\n`,
      /後面的空白不是半形空格/,
      /The blank behind "摘要:" is no plain space/,
    ],
  ])('%s', (_, text, zh, en) => {
    const [fault, ...more] = faultsIn(text);
    expect(more).toEqual([]);
    expect(fault?.rule).toBe('yaml-syntax');
    expect(fault?.message.zh).toMatch(zh);
    expect(fault?.message.en).toMatch(en);
    expect(fault?.hint?.zh).toMatch(/./);
    expect(fault?.hint?.en).toMatch(/./);
  });
  test.each(["'甲''", "'甲''''", '"甲\\"'])('%s above the last line of a file is never closed', (value) => {
    const faults = faultsIn(`摘要: ${value}\n${SERVICE}`);
    expect(faults).toMatchObject([{ rule: 'yaml-syntax', message: { zh: expect.stringContaining('沒有對應的') } }]);
  });
  test('a heading without its blank is told at its words', () => {
    const found = faultsIn(`---\n${SERVICE}---\n\n##不知道的項目\n\n甲\n\n###也不知道\n\n乙\n`, 'services/a.md');
    expect(found.map(({ rule, at }) => [rule, at])).toEqual([
      ['markdown-form', '##不知道的項目'],
      ['markdown-form', '###也不知道'],
      ['unknown-key', '不知道的項目'],
    ]);
  });
  test('the same key twice is told once for each', () => {
    expect(faultsIn(`${SERVICE}規費: 免費\n`)).toMatchObject([{ rule: 'duplicate-key', at: '規費' }]);
  });
  test('every complaint has its sentence; of what is not known, that it cannot be read', () => {
    const codes = [
      'TAB_AS_INDENT',
      'BAD_INDENT',
      'MISSING_CHAR',
      'MULTIPLE_DOCS',
      'TAG_RESOLVE_FAILED',
      'MULTILINE_IMPLICIT_KEY',
      'BLOCK_AS_IMPLICIT_KEY',
      'IMPOSSIBLE',
      'UNEXPECTED_TOKEN',
    ] as const;
    const said = codes.map((code) => syntaxFault({ code }).message.en);
    expect(new Set(said).size).toBe(7);
    expect(said[7]).toBe(said[8]);
    expect(said[5]).toBe(said[6]);
    expect(syntaxFault({ code: 'MISSING_CHAR' }).message.zh).toBe('這裡少了一個符號（引號、括號或「:」）。');
    expect(syntaxFault({ code: 'MULTIPLE_DOCS' }).hint?.en).toBe('Delete the "---" or split the file.');
    const stuck = syntaxFault({ code: 'MISSING_CHAR', pos: [5, 6] }, '甲: 乙\n摘要:丙\n丁: 戊\n');
    expect(stuck.hint).toEqual({
      zh: '冒號後面用半形空一格，寫成「摘要: …」。',
      en: 'Put one plain space there: "摘要: …".',
    });
    // At the beginning of an empty line it is the line before that is at fault.
    expect(syntaxFault({ code: 'MISSING_CHAR', pos: [5, 5] }, '摘要:丙\n\n丁: 戊\n').hint?.en).toContain('"摘要: …"');
    for (const none of ['http://a.tw', '摘要: 丙', '"摘要:丙', `${'甲'.repeat(21)}:丙`])
      expect(syntaxFault({ code: 'MISSING_CHAR', pos: [0, 0] }, none).message.en, none).toMatch(
        /A character is missing/,
      );
  });
  test.each([
    ['"甲', '這裡的引號 " 沒有對應的 "', 'This quote " is never closed by "'],
    ["'甲", "這裡的引號 ' 沒有對應的 '", "This quote ' is never closed by '"],
    ['[甲', '這裡的括號 [ 沒有對應的 ]', 'This bracket [ is never closed by ]'],
    ['{甲', '這裡的括號 { 沒有對應的 }', 'This bracket { is never closed by }'],
    ['[甲 #乙]', '這裡的括號 [ 沒有對應的 ]：空格後面的「#」是註解的開頭，「#乙]」不算在內', '"#乙]" is one'],
    ['[甲 #乙', '這裡的括號 [ 沒有對應的 ]，後面的各行', 'the lines below are taken for a part of it'],
    ['"甲 #乙"', '這裡的引號 " 沒有對應的 "，後面的各行', 'the lines below are taken for a part of it'],
  ])('what %j opened is never closed', (rest, zh, en) => {
    const { message } = unclosed(rest);
    expect(message.zh).toContain(zh);
    expect(message.en).toContain(en);
  });
  test.each([
    ['"甲\\\\"', 0],
    ["'甲'''", 0],
    ['"甲\\""', 0],
    ["''", 0],
    ['[]', 0],
    ['[甲, {乙: 丙}]', 0],
  ])('%s is closed', (value, n) =>
    expect(faultsIn(`${SERVICE}摘要: ${value}\n`).filter(({ rule }) => rule === 'yaml-syntax')).toHaveLength(n),
  );
});

describe('a value in brackets', () => {
  const value = (text: string): unknown => {
    const tree = yamlTree({ path: 'a.yaml', text: `v: ${text}\n` }, () => undefined);
    return (plain(tree) as { v: unknown }).v;
  };
  test.each<[string, unknown]>([
    ['{金額: 1,000 元}', { 金額: '1,000 元' }],
    ['{金額: NT$1,000, 單位: 份}', { 金額: 'NT$1,000', 單位: '份' }],
    ['[1,000 元, 20 元]', ['1,000 元', '20 元']],
    ['[1,234,567 元]', ['1,234,567 元']],
    ['[1,000, 2]', ['1', '000', '2']],
    ['[1, 000 元]', ['1', '000 元']],
    ['[1,0000 元]', ['1', '0000 元']],
    ['[1234,000 元]', ['1234', '000 元']],
    ['[甲,乙]', ['甲', '乙']],
    ['[新臺幣 1,000]', ['新臺幣 1,000']],
  ])('%s', (written, expected) => expect(value(written)).toEqual(expected));
});

describe('text that is lost, or printed as a code', () => {
  const told = (text: string, tell: typeof tellLostText) => {
    const source = { path: 'a.yaml', text };
    const found: string[] = [];
    const tree = yamlTree(source, () => undefined);
    if (!tree) throw new Error('no tree');
    tell(tree, (rule: string, span: Span, message: Say) =>
      found.push(`${rule} 「${text.slice(span.start, span.end)}」 ${message.zh}`),
    );
    return found;
  };
  test.each([
    ['v: 身分證 #正本\n', '#正本'],
    ['v: [甲 #乙\n]\n', '#乙'],
    ['- 甲\t#乙 丙\n', '#乙 丙'],
  ])('%j loses %s', (text, lost) =>
    expect(told(text, tellLostText)).toEqual([
      `text-after-hash 「${lost}」 空格後面的「#」是註解的開頭，「${lost}」不會印出來。`,
    ]),
  );
  test.each([
    'v: 身分證 # 正本\n',
    'v: 身分證#正本\n',
    'v: "身分證" #正本\n',
    "v: '甲' #乙\n",
    'v: 甲 ## 乙\n',
    'v: 甲 #!乙\n',
    'v: #乙\n',
    'v:\n  #乙\n  w: 甲\n',
  ])('%j loses nothing', (text) => expect(told(text, tellLostText)).toEqual([]));
  test.each([
    ['v: 甲\\n乙\n', '「\\n」會照樣印出來，不是換行'],
    ['v: [甲, 乙\\t丙]\n', '「\\t」會照樣印出來，不是空格'],
  ])('%j is no code', (text, zh) => expect(told(text, tellCodes)).toEqual([expect.stringContaining(zh)]));
  test.each([
    'v: C:\\new\\test\n',
    'v: 甲\\\\n\n',
    'v: "甲\\n乙"\n',
    'v: 甲\\x\n',
    'mermaid: a\\nb\n',
    '流程圖: a\\nb\n',
  ])('%j is right', (text) => expect(told(text, tellCodes)).toEqual([]));
  test('in Markdown not within code', () => {
    const inMarkdown = (text: string) => {
      const found: string[] = [];
      tellMarkdownCodes({ path: 'a.md', text }, (_, { start, end }) =>
        found.push(`${start} ${text.slice(start, end)}`),
      );
      return found;
    };
    expect(inMarkdown('甲\\n乙')).toEqual(['1 \\n']);
    expect(inMarkdown('`甲\\n乙` 丙\\t丁')).toEqual(['8 \\t']);
    expect(inMarkdown('```\n甲\\n乙\n```\n丙\\n')).toEqual(['14 \\n']);
    expect(inMarkdown('~~~\n甲\\n乙\n')).toEqual([]);
  });
});

describe('comments', () => {
  const comments = (text: string, path = 'a.yaml') =>
    commentsOf({ path, text }).map(({ start, end }) => text.slice(start, end));
  test('of YAML, not what looks like one in a text', () => {
    expect(comments('# 甲\nv: 乙 # 丙\nw: "# 丁"\nx: |\n  # 戊\n')).toEqual(['# 甲', '# 丙']);
  });
  test('of Markdown, and of its front matter alone', () => {
    expect(comments('---\nv: 甲 # 乙\n---\n# 題\n<!-- 丙 -->丁<!--戊--><!-- 己', 'a.md')).toEqual([
      '# 乙',
      '<!-- 丙 -->',
      '<!--戊-->',
    ]);
    expect(comments('# 題\n', 'a.md')).toEqual([]);
    expect(comments('甲\n---\nv: 1 # 乙\n---\n', 'a.md')).toEqual([]);
    expect(comments('# 甲\n', 'a.md.yaml')).toEqual(['# 甲']);
  });
});

describe('front matter', () => {
  const head = (text: string) => {
    const found: string[] = [];
    const { head: tree, body } = frontMatter({ path: 'a.md', text }, (rule, _, message) =>
      found.push(`${rule} ${message.en}`),
    );
    return [plain(tree), text.slice(body), found];
  };
  test.each<[string, unknown, string]>([
    ['---\n標題: 甲\n---\n乙', { 標題: '甲' }, '乙'],
    ['---\n標題: 甲\n---', { 標題: '甲' }, ''],
    ['--- \r\n標題: 甲\r\n---\t\r\n乙', { 標題: '甲' }, '乙'],
    ['---\n\n---\n乙', undefined, '乙'],
    ['乙\n---\n', undefined, '乙\n---\n'],
    ['----\n標題: 甲\n---\n', undefined, '----\n標題: 甲\n---\n'],
  ])('%j', (text, tree, body) => expect(head(text)).toEqual([tree, body, []]));
  test('that is never closed, or is no group of keys', () => {
    expect(head('---\n標題: 甲\n')).toEqual([
      undefined,
      '',
      ['yaml-syntax The front matter opened by "---" is never closed.'],
    ]);
    expect(head('---\n- 甲\n---\n乙')).toEqual([
      undefined,
      '乙',
      ['wrong-type The front matter must be a group of keys.'],
    ]);
  });
});

describe('a service in Markdown', () => {
  const read = (sections: string) => {
    const handbook = parse(
      contentOf({
        'services/a.md': `# 甲\n\n## 應備證件\n\n無\n\n## 規費\n\n免費\n\n## 辦理時限\n\n3 日\n\n## 審核權責\n\n分署長\n\n${sections}`,
      }),
      parseMarkdown,
    );
    return {
      service: handbook.services[0],
      faults: handbook.faults.map(
        ({ rule, span, message }) => `${rule} 「${span.source.text.slice(span.start, span.end)}」 ${message.en}`,
      ),
    };
  };
  test('deeper headings are records of a list', () => {
    const { service, faults } = read(
      '## 子項目\n\n### 閱覽\n\n#### 規費\n\n每份 7 元\n\n### 抄錄\n\n#### 摘要\n\n乙\n',
    );
    expect(faults).toEqual([]);
    expect(service?.variants).toMatchObject([
      { name: '閱覽', fee: { lines: [{ amount: { amount: 7 } }] } },
      { name: '抄錄', summary: '乙' },
    ]);
  });
  test('text under no heading, and two lists under one, are told', () => {
    expect(read('## 申請人\n\n- 甲\n\n- 乙\n\n<!-- -->\n\n- 丙\n').faults).toContainEqual(
      expect.stringMatching(/^markdown-section 「- 丙」 .* takes one list or table, and paragraphs\.$/),
    );
    expect(read('## 申請人\n\n- 甲\n\n> 乙\n').faults).toContainEqual(
      expect.stringMatching(/^markdown-section 「> 乙」/),
    );
  });
  test('a step leads on, a branch has its own or leads on', () => {
    const { service, faults } = read(
      '## 申請程序\n\n1. 開始：提出\n2. 齊備？（書記官）\n   - 是：核准 → 4\n   - 否 → 3\n3. 補正（申請人）→ 第 2 步\n4. 結束：通知\n',
    );
    expect(faults).toEqual([]);
    const written = JSON.stringify(service?.procedure, (key, value) =>
      key === 'at' || key === 'span' ? undefined : value,
    );
    expect([...written.matchAll(/"next":"?([^",}]*)/g)].map(([, next]) => next)).toEqual(['4', '3', '[{']);
    expect(written).toMatch(/"next":\[\{"to":"2"/);
    expect(written).toContain('核准');
  });
  test('fields behind a list belong to its section, those of others do not', () => {
    const { service, faults } = read('## 申請人\n\n- 義務人\n- 利害關係人\n');
    expect(faults).toEqual([]);
    expect(service?.applicant).toMatchObject([{ who: '義務人' }, { who: '利害關係人' }]);
  });
  test('what holds for all may follow as the last items of a list', () => {
    const fee = (items: string) =>
      parse(
        contentOf({
          'services/a.md': `# 甲\n\n## 應備證件\n\n無\n\n## 規費\n\n${items}\n\n## 辦理時限\n\n3 日\n\n## 審核權責\n\n分署長\n`,
        }),
        parseMarkdown,
      ).services[0]?.fee;
    expect(fee('- 閱覽：20 元\n- 影印：2 元\n- 減免：低收入戶免收')).toMatchObject({
      lines: [{ item: '閱覽' }, { item: '影印' }],
      exemptions: [{ who: '低收入戶' }],
    });
    expect(fee('- 閱覽：20 元\n- 影印：2 元')).toMatchObject({ lines: [{ item: '閱覽' }, { item: '影印' }] });
  });
  test('a choice of some, by its number', () => {
    const documents = (head: string) =>
      parse(
        contentOf({
          'services/a.md': `# 甲\n\n## 應備證件\n\n- 申請書\n- ${head}：\n  - 身分證\n  - 護照\n  - 駕照\n\n## 規費\n\n免費\n\n## 辦理時限\n\n3 日\n\n## 審核權責\n\n分署長\n`,
        }),
        parseMarkdown,
      ).services[0]?.documents;
    expect(documents('擇一')).toMatchObject({ items: [{ name: '申請書' }, { oneOf: [{ name: '身分證' }, {}, {}] }] });
    for (const two of ['擇二', '任選 2 項', '下列擇2項'])
      expect(JSON.stringify(documents(two)), two).toContain('"choose":2');
    expect(JSON.stringify(documents('擇要'))).not.toContain('choose');
  });
});

describe('prose', () => {
  test('keeps a number with its unit and the end of a paragraph together', () => {
    expect(proseHtml('申請須 3 日完成。').toString()).toBe(
      '<p>申請須 <span class="kept">3 日</span><span class="kept">完成。</span></p>',
    );
    expect(proseHtml('依第 3 條辦理').toString()).toContain('<span class="kept">第 3 條</span>');
    expect(proseHtml('in 3 日').toString()).toContain('<span class="kept">3 日</span>');
    expect(proseHtml('only latin').toString()).toBe('<p>only latin</p>');
    expect(proseHtml('甲乙丙**丁戊**己庚辛').toString()).toMatch(/己<span class="kept">庚辛<\/span><\/p>$/);
  });
  test('marks what is open, not where it is spoken of', () => {
    expect(proseHtml('電話待確認').toString()).toContain('<span class="unconfirmed">待確認</span>');
    for (const spoken of ['標示「待確認」者', '待確認事項', '待確認的事項', '# 待確認', '`待確認`'])
      expect(proseHtml(spoken).toString(), spoken).not.toContain('unconfirmed');
  });
  test('lets through the addresses of the web, mail and telephones alone', () => {
    for (const href of ['https://a.tw', 'http://a.tw', 'mailto:a@a.tw', 'tel:+886'])
      expect(proseHtml(`[甲](${href})`).toString()).toContain(`href="${href}"`);
    for (const href of ['javascript:1', 'data:text/html,1', 'file:///a', 'ftp://a'])
      expect(proseHtml(`[甲](${href})`).toString(), href).not.toContain('href');
    expect(proseHtml('![甲](a.png)<script>1</script><b>乙</b>').toString()).not.toMatch(/<(img|script|b)\b/);
  });
  test('leads within the document where that leads somewhere', () => {
    expect(proseHtml('[甲](#a)', (id) => `#md-${id}`).toString()).toContain('<a href="#md-a">');
    expect(proseHtml('[甲](#a)').toString()).not.toMatch(/<a|href/);
  });
  test('lines that are items stay lines', () => {
    for (const [lines, breaks] of [
      ['甲：\n一、乙\n二、丙', 2],
      ['甲：\n（一）乙\n(2)丙\n①丁', 3],
      ['甲：\n1、乙\n十二、丙', 2],
      ['甲\n乙\n丙', 0],
      ['甲\n見一、乙', 0],
      ['甲\n1. 乙', 0],
    ] as const)
      expect(proseHtml(lines).toString().match(/<br>/g)?.length ?? 0, lines).toBe(breaks);
  });
  test('lines with tabs are a table, where they are as many in each', () => {
    expect(proseHtml('甲\t乙\n丙\t丁').toString()).toMatch(/<th>甲<\/th>[\s\S]*<td>丁<\/td>/);
    for (const none of ['甲\t乙', '甲\t乙\n丙', '甲\n乙', '甲\t乙\n丙\t**丁**'])
      expect(proseHtml(none).toString(), none).not.toContain('<table');
  });
  test('joins lines of Chinese, not of other scripts', () => {
    expect(proseTexts('甲\n乙')).toEqual(['甲乙']);
    expect(proseTexts('a\nb')).toEqual(['a\nb']);
    expect(proseTexts('甲\nb')).toEqual(['甲\nb']);
  });
  test('is read text by text', () => {
    expect(proseTexts('# 甲\n\n乙 **丙**\n\n- 丁\n- 戊\n\n| 己 | 庚 |\n| --- | --- |\n| 辛 |  |\n')).toEqual([
      '甲',
      '乙 丙',
      '丁',
      '戊',
      '己',
      '庚',
      '辛',
    ]);
    expect(proseTexts('<!-- 甲 -->\n')).toEqual([]);
  });
});

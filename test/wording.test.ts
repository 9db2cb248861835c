import { describe, expect, test } from 'vitest';
import { parse } from '../src/content/parse.js';
import type { Handbook } from '../src/content/schema/model.js';
import { parseMarkdown } from '../src/content/syntax/markdown.js';
import { citationsOf, lawOf } from '../src/lint/citations.js';
import { type WordingKind, wordingsOf } from '../src/lint/wording/scan.js';
import { CHARACTERS, OLD_OFFICE } from '../src/lint/wording/usage.js';
import { contentOf, SERVICE } from './office.js';

const book = (files: Record<string, string>): Handbook => parse(contentOf(files), parseMarkdown);
const service = (more: string): Handbook => book({ 'services/a.yaml': SERVICE + more });
const chapter = (text: string): Handbook => book({ 'chapters/a.md': `---\n標題: 服務台\n---\n\n${text}\n` });
/** What is found, as `kind: written`. */
const found = (handbook: Handbook): string[] =>
  Object.entries(wordingsOf(handbook)).flatMap(([kind, list]) => list.map(({ written }) => `${kind}: ${written}`));
/** The text of the one source that has findings, after all fixes. */
const mended = (handbook: Handbook): string => {
  const all = Object.values(wordingsOf(handbook)).flat();
  let text = all[0]?.span.source.text ?? '';
  for (const { span, fix } of all.toSorted((a, b) => b.span.start - a.span.start))
    if (fix !== undefined) text = text.slice(0, span.start) + fix + text.slice(span.end);
  return text;
};

describe('the tables', () => {
  test.each(CHARACTERS.map((row) => [row.wrong, row] as const))(
    '%s is found and mended',
    (_, { wrong, right, open }) => {
      const handbook = service(`摘要: 甲${wrong}乙\n`);
      expect(found(handbook)).toEqual([`characters: ${wrong}`]);
      const after = open ? SERVICE : mended(handbook);
      if (!open) expect(after).toContain(`甲${right}乙`);
      expect(found(book({ 'services/a.yaml': after }))).toEqual([]);
    },
  );
  test('no row has a word twice, and no right word holds a wrong one', () => {
    const wrong = CHARACTERS.map((row) => row.wrong);
    expect(new Set(wrong).size).toBe(wrong.length);
    for (const { right } of [...CHARACTERS, OLD_OFFICE]) for (const word of wrong) expect(right).not.toContain(word);
  });
  test('what belongs to another word is left alone', () => {
    for (const text of [
      '每部份數',
      '公厘定線',
      '竭盡量能',
      '機關于右',
      '該事跡象',
      '會議記錄人員',
      '行政執行處分',
      '調查迄今',
      '受雇主委託',
      '關注銷售',
      '回復驗證',
      '原行政執行處',
    ])
      expect(found(service(`摘要: ${text}\n`))).toEqual([]);
  });
});

describe('what is text', () => {
  const WRONG = '身份';
  test.each([
    ['a comment', `# ${WRONG}\n`],
    ['a comment behind a value', `摘要: 申請 # ${WRONG}\n`],
    ['a quotation', `摘要: 稱「${WRONG}」者\n`],
    ['a quotation in a quotation', `摘要: 稱「依『${WRONG}』者」者\n`],
    ['a title of law', `摘要: 依《${WRONG}法》辦理\n`],
    ['a law that is cited in prose', `摘要: 依${WRONG}查驗辦法第3條辦理\n`],
    ['a legal basis', `法令依據: [${WRONG}查驗辦法第3條]\n`],
    ['a legal basis in lines', `法令依據:\n  - ${WRONG}查驗辦法第3條\n  - 法規: ${WRONG}\n    條次: 第1條\n`],
    ['a source', `申請人: {值: 本人, 來源: ${WRONG}網頁}\n`],
    ['an address', `摘要: 見 https://example.org/${WRONG} 網頁\n`],
    ['a chart that was drawn', `流程圖: |\n  flowchart TB\n  a(${WRONG})\n`],
  ])('not %s', (_, more) => {
    expect(found(service(more))).toEqual([]);
  });
  test.each([
    ['a plain value', `摘要: ${WRONG}證明\n`],
    ['a quoted value', `摘要: "${WRONG}: # 證明"\n`],
    ['a value in brackets', `申請人: [義務人, ${WRONG}不明者]\n`],
    ['a value in braces', `聯絡: {單位: 服務台, 說明: ${WRONG}不明者另洽, 電話: 02-1234-5678}\n`],
    ['a block of text', `注意事項: |\n  # 標題\n\n  ${WRONG}不明者另洽\n`],
    ['what follows a legal basis', `法令依據:\n  - 檔案法第3條\n摘要: ${WRONG}證明\n`],
    ['what follows a source', `申請人: {來源: 檔案法第3條, 值: ${WRONG}不明者}\n`],
    [
      'a branch',
      `申請程序:\n  - 判斷: 齊備？\n    分支:\n      ${WRONG}不明: [{結束: ${WRONG}不明}]\n      是: [{結束: 完}]\n`,
    ],
  ])('but %s', (_, more) => {
    expect(found(service(more))).toEqual([`characters: ${WRONG}`]);
  });
  test('Markdown: headings, lists and tables, not code, links or comments', () => {
    expect(
      found(
        chapter(
          `## ${WRONG}\n\n- ${WRONG}\n\n| ${WRONG} | 甲 |\n| --- | --- |\n\n\`${WRONG}\`\n\n\`\`\`\n${WRONG}\n\`\`\`\n\n[文](https://a.tw/${WRONG})\n\n<!-- ${WRONG} -->\n\n> ${WRONG}`,
        ),
      ),
    ).toEqual(Array(3).fill(`characters: ${WRONG}`));
  });
  test('a service in Markdown: sections of law and source items are no text', () => {
    const head = '---\n應備證件: 無\n規費: 免費\n辦理時限: 3 工作日\n審核權責: 分署長\n---\n\n# 檔案應用\n\n';
    const text = `${head}## 法令依據\n\n- ${WRONG}辦法第3條\n\n## 申請人\n\n- 對象：${WRONG}不明者\n  - 來源：${WRONG}網頁\n`;
    expect(found(book({ 'services/a.md': text }))).toEqual([`characters: ${WRONG}`]);
  });
  test('what stands below the key of a source is no text however deep, and what follows it is', () => {
    const head = '---\n應備證件: 無\n規費: 免費\n辦理時限: 3 工作日\n審核權責: 分署長\n---\n\n# 檔案應用\n\n';
    const text = `${head}## 申請人\n\n- 對象：甲\n  - 來源：\n    - ${WRONG}網頁\n    - ${WRONG}辦法\n- ${WRONG}不明者\n`;
    expect(found(book({ 'services/a.md': text }))).toEqual([`characters: ${WRONG}`]);
    expect(found(service(`申請人:\n  - {對象: 甲, 來源: [${WRONG}網頁]}\n  - ${WRONG}不明者\n`))).toEqual([
      `characters: ${WRONG}`,
    ]);
  });
  test('a quotation ends with its value', () => {
    expect(found(service(`適用對象: 「甲\n摘要: ${WRONG}不明者」\n`))).toEqual([`characters: ${WRONG}`]);
    expect(found(service(`適用對象: "<!-- 甲"\n摘要: ${WRONG}不明者\n`))).toEqual([`characters: ${WRONG}`]);
  });
  test('Markdown: a quotation takes its lazy lines along; HTML and pictures are not printed', () => {
    expect(found(chapter(`> 原文\n${WRONG}\n\n<div>\n${WRONG}\n</div>\n\n![${WRONG}](a.png)\n\n1. ${WRONG}`))).toEqual([
      `characters: ${WRONG}`,
    ]);
  });
  test.each([
    ['a quotation mark that is never closed', `摘要: "${WRONG}`],
    ['a tab', `摘要: 甲\n\t備註: ${WRONG}`],
    ['an anchor', `甲: &a ${WRONG}`],
    ['a key twice', `甲: 乙\n甲: ${WRONG}`],
    ['a line without a colon', `${WRONG}`],
    ['a bracket that is never closed', `甲: [乙, ${WRONG}`],
    ['a full-width colon', `甲: 乙\n丙：${WRONG}`],
  ])('YAML with %s is told as far as it can be', (_, text) => {
    const sources = [{ path: 'translations/en.yaml', text: `# ${WRONG}\n來源: ${WRONG}法\n${text}\n` }];
    expect(found({ ...book({}), sources })).toEqual([`characters: ${WRONG}`]);
  });
  test('of Markdown beyond the bounds plain paragraphs are told, up to the first code', () => {
    const long = `${'甲乙丙丁戊己庚辛壬癸\n\n'.repeat(5_000)}${WRONG}\n\n「${WRONG}」\n\n- ${WRONG}\n\n> ${WRONG}\n\n| ${WRONG} |\n\n${WRONG}\n\n\`\`\`\n${WRONG}\n`;
    expect(found(chapter(long))).toEqual(Array(2).fill(`characters: ${WRONG}`));
  });
  test('names of the office and its laws stay as they are', () => {
    const files = {
      'office.yaml': '名稱: 規畫分署\n單位: [執行一科, 秘書室, 服務台]\n職稱: [书记官, 分署長]\n',
      'handbook.yaml': '書名: 手冊\n版次: 初版\n日期: 2026-11-23\n法規清單: [分佈圖測繪要點]\n',
    };
    expect(
      found(book({ ...files, 'services/a.yaml': `${SERVICE}摘要: 規畫分署书记官依分佈圖測繪要點辦理。\n` })),
    ).toEqual([]);
    expect(found(book({ ...files, 'services/a.yaml': `${SERVICE}摘要: 分佈各地。\n` }))).toEqual(['characters: 分佈']);
  });
});

describe('punctuation', () => {
  const marks = (more: string): string[] =>
    wordingsOf(service(more)).punctuation.map(({ written, right }) => `${written}→${right}`);
  test('half-width marks between Chinese characters', () => {
    expect(marks('摘要: 攜帶證件,洽服務台;遲到者重排!請先取號。\n')).toEqual([',→，', ';→；', '!→！']);
    expect(marks('摘要: 申請書(正本)一份\n')).toEqual(['(→（', ')→）']);
    expect(marks('摘要: 申請書(正本(已簽章)一份)\n')).toEqual(['(→（', ')→）', '(→（', ')→）']);
    expect(marks('摘要: 申請書(正本\n')).toEqual([]);
    expect(marks('摘要: "應注意: 先取號"\n')).toEqual([': →：']);
  });
  test('not in numbers, times, telephones, addresses, code or between the items of YAML', () => {
    for (const text of [
      '摘要: 上午 8:30 至 12:00，金額 1,000 元，(02)1234-5678，PDF(A4)\n',
      '申請人: [義務人,利害關係人, 代理人]\n',
      '聯絡: {單位: 服務台, 說明: 甲}\n',
      '應備證件:\n  - 委託他人時: 委任書\n'
        .replace('應備證件', '申請程序')
        .replace('委託他人時: 委任書', '開始: 提出申請'),
    ])
      expect(marks(text)).toEqual([]);
  });
  test('a comma that would part a value in two is not replaced', () => {
    const [in1] = wordingsOf(service('適用對象: 義務人,利害關係人\n')).punctuation;
    expect(in1).toMatchObject({ written: ',', right: '，' });
    expect(in1?.fix).toBeUndefined();
    expect(wordingsOf(service('摘要: 攜帶證件,洽服務台。\n')).punctuation[0]?.fix).toBe('，');
  });
});

describe('numbers and days', () => {
  const numbers = (text: string): string[] =>
    wordingsOf(service(`摘要: ${text}\n`)).numerals.map(({ written, right }) => `${written}→${right ?? '?'}`);
  test.each([
    ['１５日內', ['１５→15']],
    ['二０日內', ['二０→?']],
    ['民國一○五年一月十二日', ['一○五年一月十二日→105年1月12日']],
    ['民國九十五年', ['九十五年→95年']],
    ['二○二六年十一月', ['二○二六年十一月→2026年11月']],
    ['五年內、十五年、○○分署、114年○月○日、第三十年', []],
    ['依「民國九十五年」', []],
  ])('%s', (text, expected) => {
    expect(numbers(text)).toEqual(expected);
  });
});

describe('terms', () => {
  test('articles in Chinese numerals', () => {
    const terms = (text: string) => wordingsOf(service(`摘要: ${text}\n`)).terms.map(({ right }) => right);
    expect(terms('依第九八條')).toEqual(['第九十八']);
    expect(terms('依第一○○條')).toEqual(['第一百']);
    expect(terms('依第一○八條之一')).toEqual(['第一百零八']);
    expect(terms('依第一百一十八條')).toEqual(['第一百十八']);
    expect(terms('科三萬元以下罰鍰')).toEqual(['處三萬元以下罰鍰']);
    expect(terms('依第九條、第十條、第二、三條，第一一九號')).toEqual([]);
  });
});

describe('sentences', () => {
  const CLAUSE = '申請人應填具申請書並檢附證明文件，';
  const sentences = (handbook: Handbook): number[] =>
    wordingsOf(handbook).sentence.map(({ written }) => written.length);
  test('are counted over line breaks, not over items, rows and keys', () => {
    expect(sentences(chapter(CLAUSE.repeat(5)))).toEqual([85]);
    expect(sentences(chapter(`${CLAUSE.repeat(3)}\n${CLAUSE.repeat(2)}`))).toHaveLength(1);
    expect(sentences(chapter(`- ${CLAUSE.repeat(3)}\n- ${CLAUSE.repeat(2)}`))).toEqual([]);
    expect(sentences(chapter(`${CLAUSE.repeat(3)}\n\n${CLAUSE.repeat(2)}`))).toEqual([]);
    expect(sentences(chapter(`${CLAUSE.repeat(4)}見[網頁](https://example.org/${'a'.repeat(80)})。`))).toEqual([]);
    expect(sentences(chapter(`${CLAUSE.repeat(2)}**${CLAUSE}**${CLAUSE.repeat(2)}`))).toEqual([89]);
  });
  test('for the office itself may be of any length, with a source too', () => {
    expect(sentences(service(`查證說明: ${CLAUSE.repeat(5)}\n`))).toEqual([]);
    expect(sentences(service(`查證說明: {值: ${CLAUSE.repeat(5)}, 來源: 甲}\n`))).toEqual([]);
    expect(sentences(service(`摘要: {值: ${CLAUSE.repeat(5)}, 來源: 甲}\n`))).toEqual([85]);
  });
});

test('mending twice is mending once, and nothing that was mended is found again', () => {
  const text = `${SERVICE}摘要: 請出示身份證明文件,于１５天內,至服務台(一樓)辦理?由书记官审查。\n注意事項: |\n  民國一○五年一月一日起,公佈實施計劃書。逾 3 日者,處五千元以下之罰鍰。\n`;
  const once = mended(book({ 'services/a.yaml': text }));
  const twice = mended(book({ 'services/a.yaml': once })) || once;
  expect(once).toContain('身分證明文件');
  expect(once).toContain('15日內');
  expect(once).toContain('書記官審查');
  expect(once).toContain('處五千元以下罰鍰');
  expect(twice).toBe(once);
});

test('a step and what refers to it are mended alike', () => {
  const text = `${SERVICE}申請程序:\n  - 開始: 提出申請\n  - 判斷: 齊備？\n    分支: {是: 計劃書審查, 否: 提出申請}\n  - {結束: 審查, 編號: 計劃書審查}\n`;
  const handbook = book({ 'services/a.yaml': mended(book({ 'services/a.yaml': text })) });
  expect(handbook.services[0]?.source.text.match(/計畫書審查/g)).toHaveLength(2);
});

test('a finding says where it stands to the character', () => {
  const handbook = service('摘要: 請出示身份證明文件。\n');
  const [first] = wordingsOf(handbook).characters;
  expect(first?.span.source.text.slice(first.span.start, first.span.end)).toBe('身份');
});

test.each([
  ['甲,乙', 60_000],
  ['「身份', 60_000],
  ['a.b-', 60_000],
  ['<!-- 身份', 30_000],
  ['身份 ', 60_000],
  ['身份。# ', 60_000],
  ['身份: {', 20_000],
])('a page of %j without end is walked in time', (piece, times) => {
  const text = piece.repeat(times);
  const source = { path: 'content/chapters/a.md', text };
  const yaml = { path: 'content/services/a.yaml', text: `摘要: ${text}` };
  const empty = book({});
  const started = performance.now();
  for (const each of [source, yaml]) wordingsOf({ ...empty, sources: [each] });
  expect(performance.now() - started).toBeLessThan(3000);
});

test('the walk is made once', () => {
  const handbook = service('摘要: 身份\n');
  expect(wordingsOf(handbook)).toBe(wordingsOf(handbook));
});

test('every kind has its list, empty for a book in order', () => {
  const kinds = wordingsOf(book({ 'services/a.yaml': SERVICE }));
  for (const kind of Object.keys(kinds) as WordingKind[]) expect(kinds[kind]).toEqual([]);
});

describe('citations', () => {
  test('each once, with what they stand for', () => {
    const handbook = service(
      '法令依據: [檔案法第17條]\n申請人: {值: 本人, 來源: 檔案法第3條}\n子項目:\n  - {名稱: 閱覽, 規費: {值: 免費, 來源: 檔案法第5條}}\n',
    );
    expect(citationsOf(handbook).map(({ citation, basis, ofFee }) => [citation.article, basis, ofFee])).toEqual([
      ['第17條', true, false],
      ['第3條', false, false],
      ['第5條', false, true],
    ]);
  });
  test('a page is no law', () => {
    const span = { source: { path: '', text: '' }, start: 0, end: 0 };
    expect(lawOf({ title: '檔案法施行細則', span })).toBe('檔案法施行細則');
    expect(lawOf({ law: '「檔案法」', article: '第1條', span })).toBe('檔案法');
    for (const title of ['新北分署網頁', '申請方法', '處理作法', '分層負責明細表'])
      expect(lawOf({ title, span })).toBeUndefined();
  });
});

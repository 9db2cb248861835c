// Wording beside its edges: every word of the official tables and what only looks like one, marks and their neighbours,
// numbers, sentences, and what is text.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from '../src/content/parse.js';
import type { Handbook } from '../src/content/schema/model.js';
import { parseMarkdown } from '../src/content/syntax/markdown.js';
import { chineseNumeral, digitsOf } from '../src/lint/wording/numerals.js';
import { dayWordsIn, lengthOf, type Wording, type WordingKind, wordingsOf } from '../src/lint/wording/scan.js';
import { isInternal, readingOf, zonesOf } from '../src/lint/wording/zones.js';
import { contentOf, SERVICE } from './office.js';

const book = (files: Record<string, string>): Handbook => parse(contentOf(files), parseMarkdown);
const service = (more: string): Handbook => book({ 'services/a.yaml': SERVICE + more });
const chapter = (text: string): Handbook => book({ 'chapters/a.md': `---\n標題: 服務台\n---\n\n${text}\n` });
/** What is found of a kind: what is written, what belongs there, and whether it is put there. */
const said = (handbook: Handbook, kind: WordingKind): string[] =>
  wordingsOf(handbook)[kind].map(
    ({ written, right = '?', fix }: Wording) => `${written}→${right}${fix === undefined ? '' : '!'}`,
  );
/** The same of one sentence that is a value of a service. */
const inField = (text: string, kind: WordingKind): string[] => said(service(`摘要: ${text}\n`), kind);
/** And of a chapter. */
const inChapter = (text: string, kind: WordingKind): string[] => said(chapter(text), kind);

describe('the official tables', () => {
  // 法律統一用字表, as far as a program can tell.
  const CHARACTERS = `
    公佈→公布 分佈→分布 頒佈→頒布 發佈→發布 宣佈→宣布 征兵→徵兵 征稅→徵稅 征收→徵收 稽征→稽徵
    身份→身分 賬→帳 韮→韭 鑛→礦 舘→館 踪→蹤 碍→礙 佔→占 抵觸→牴觸 僱員→雇員 僱主→雇主
    雇用→僱用 解雇→解僱 粘貼→黏貼 策畫→策劃 規畫→規劃 擘畫→擘劃 搜集→蒐集 煙葉→菸葉 煙酒→菸酒
    盡先→儘先 盡速→儘速 蔴→麻 電錶→電表 擦括→擦刮 燐→磷 貫澈→貫徹 徹底→澈底 并且→並且 粮→糧
    蹤蹟→蹤跡 予以紀錄→予以記錄 加以紀錄→加以記錄 計劃書→計畫書 計劃表→計畫表 計劃案→計畫案
    工作計劃→工作計畫 年度計劃→年度計畫 施政計劃→施政計畫 實施計劃→實施計畫 執行計劃→執行計畫
    還款計劃→還款計畫 分期計劃→分期計畫 改善計劃→改善計畫 訓練計劃→訓練計畫 研究計劃→研究計畫
    行動計劃→行動計畫 專案計劃→專案計畫 部份→部分 厘訂→釐訂 厘定→釐定 盡量→儘量 關于→關於
    事跡→事蹟 史跡→史蹟 對于→對於 并應→並應 臟物→贓物 復驗→複驗 受雇→受僱 聘雇→聘僱
    會議記錄→會議紀錄 通話記錄→通話紀錄 談話記錄→談話紀錄 訪談記錄→訪談紀錄 繳款記錄→繳款紀錄
    繳費記錄→繳費紀錄 執行記錄→執行紀錄 修訂記錄→修訂紀錄 修正記錄→修正紀錄 作成記錄→作成紀錄
    製作記錄→製作紀錄 記錄表→紀錄表 記錄簿→紀錄簿 向法院申請→向法院聲請`;
  // 公文撰作解析.
  const DRAFTING = `
    上昇→上升 提昇→提升 印鑒→印鑑 鑒定→鑑定 鑒別→鑑別
    收迄→收訖 付迄→付訖 注銷→註銷 取銷→取消`;
  // Each holds a word of these tables, and is right as it is.
  const RIGHT = `
    部份數 部份內 公厘訂 公厘定 竭盡量 善盡量 用盡量 耗盡量 窮盡量 已盡量 防水錶 潛水錶 機關于 海關于
    事跡象 事跡證 史跡象 針對于 面對于 合并應 吞并應 兼并應 內臟物 心臟物 回復驗 恢復驗 受雇主 受雇員
    受雇工 聘雇主 聘雇員 聘雇工 會議記錄人 會議記錄者 會議記錄員 會議記錄於 會議記錄在 會議記錄並 通話記錄人
    通話記錄者 通話記錄員 通話記錄於 通話記錄在 通話記錄並 談話記錄人 談話記錄者 談話記錄員 談話記錄於
    談話記錄在 談話記錄並 訪談記錄人 訪談記錄者 訪談記錄員 訪談記錄於 訪談記錄在 訪談記錄並 繳款記錄人
    繳款記錄者 繳款記錄員 繳款記錄於 繳款記錄在 繳款記錄並 繳費記錄人 繳費記錄者 繳費記錄員 繳費記錄於
    繳費記錄在 繳費記錄並 執行記錄人 執行記錄者 執行記錄員 執行記錄於 執行記錄在 執行記錄並 修訂記錄人
    修訂記錄者 修訂記錄員 修訂記錄於 修訂記錄在 修訂記錄並 修正記錄人 修正記錄者 修正記錄員 修正記錄於
    修正記錄在 修正記錄並 作成記錄人 作成記錄者 作成記錄員 作成記錄於 作成記錄在 作成記錄並 製作記錄人
    製作記錄者 製作記錄員 製作記錄於 製作記錄在 製作記錄並 查迄今 收迄今 付迄今 注銷售 取銷售 取銷毀
    原行政執行處 前行政執行處 舊行政執行處 行政執行處分 行政執行處所 行政執行處理 行政執行處置 行政執行處罰`;
  const split = (table: string): string[] => table.trim().split(/\s+/);
  const pairs = [...split(CHARACTERS), ...split(DRAFTING)];
  test('every word is found, and put right where that needs no thought', () => {
    const text = pairs.map((pair) => pair.split('→')[0]).join('，');
    // 申請 and 聲請 are both words: who applies to a court decides.
    const expected = pairs.map((pair) => (pair === '向法院申請→向法院聲請' ? pair : `${pair}!`));
    expect(inField(text, 'characters')).toEqual(expected);
  });
  test('every word has its authority', () => {
    const of = (table: string) =>
      new Set(
        wordingsOf(
          service(
            `摘要: ${split(table)
              .map((pair) => pair.split('→')[0])
              .join('，')}\n`,
          ),
        ).characters.map(({ usage }) => usage?.of),
      );
    expect([...of(CHARACTERS), ...of(DRAFTING)]).toEqual(['characters', 'drafting']);
  });
  test.each(split(RIGHT))('%s is another word', (word) => {
    expect([...inField(`某${word}某`, 'characters'), ...inField(`某${word}某`, 'old-office')]).toEqual([]);
  });
  test.each([
    ['科三萬元以下之罰鍰', '處三萬元以下罰鍰'],
    ['科三萬元以下罰鍰', '處三萬元以下罰鍰'],
    ['科三萬元以下之罰金', '科三萬元以下罰金'],
    ['處三萬元以下之罰鍰', '處三萬元以下罰鍰'],
    ['自公布之日施行', '自公布日施行'],
  ])('%s is %s', (wrong, right) => {
    expect(inField(wrong, 'terms')).toEqual([`${wrong}→${right}!`]);
    expect(inField(right, 'terms')).toEqual([]);
    // What somebody else said is compared by people.
    expect(inField(`「${wrong}」`, 'terms')).toEqual([`${wrong}→${right}`]);
  });
  test('penal laws in force impose fines with either verb', () => {
    for (const right of ['處三萬元以下罰金', '處三萬元以下之罰金', '處拘役或九千元以下罰金'])
      expect(inField(right, 'terms'), right).toEqual([]);
  });
  test('a term is an amount and nothing else, of fourteen characters at the most', () => {
    for (const apart of [
      '科萬。元以下罰鍰',
      '科萬，元以下罰鍰',
      '科拘役或萬元以下罰鍰',
      '科 萬元以下罰鍰',
      '科元以下罰鍰',
    ])
      expect(inField(apart, 'terms'), apart).toEqual([]);
    expect(inField(`科${'一'.repeat(14)}元以下罰鍰`, 'terms')).toHaveLength(1);
    expect(inField(`科${'一'.repeat(15)}元以下罰鍰`, 'terms')).toEqual([]);
  });
  test.each([
    ['第九八條', '第九十八'],
    ['第一○○條', '第一百'],
    ['第一〇八項', '第一百零八'],
    ['第二零點', '第二十'],
    ['第一百一十八條', '第一百十八'],
    ['第一百一十款', '第一百十'],
    ['第九八號', undefined],
    ['第九十八條', undefined],
    ['第一百十八條', undefined],
  ])('%s has its right number', (written, right) => {
    expect(inField(`依${written}`, 'terms').map((each) => each.replace(/^.*→|!$/g, ''))).toEqual(right ? [right] : []);
  });
  test('the old name of the office is told, and what it becomes is for people', () => {
    expect(inField('由行政執行處辦理', 'old-office')).toEqual(['行政執行處→行政執行分署']);
  });
  test('names of the time limit are found as words, not as keys', () => {
    expect(inField('辦理期限與作業時限', 'deadline-term')).toEqual(['辦理期限→?', '作業時限→?']);
    expect(inField('辦理期限：三日', 'deadline-term')).toEqual([]);
  });
});

describe('numerals', () => {
  test.each([
    [1, '一'],
    [10, '十'],
    [11, '十一'],
    [20, '二十'],
    [98, '九十八'],
    [100, '一百'],
    [101, '一百零一'],
    [110, '一百十'],
    [118, '一百十八'],
    [1000, '一千'],
    [1001, '一千零一'],
    [1010, '一千零十'],
    [1011, '一千零十一'],
    [1100, '一千一百'],
    [1101, '一千一百零一'],
    [2345, '二千三百四十五'],
  ])('%i is %s as laws write it', (n, written) => {
    expect(chineseNumeral(n)).toBe(written);
  });
  test('any number is read back', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9999 }), (n) => {
        expect(digitsOf(chineseNumeral(n))).toBe(String(n));
      }),
    );
  });
  test('digit by digit', () => {
    expect(['一○五', '一〇五', '二零二六', '九'].map(digitsOf)).toEqual(['105', '105', '2026', '9']);
  });
  const numbers = (text: string) => inField(text, 'numerals');
  test.each<[string, string[]]>([
    ['１５日', ['１５→15!']],
    ['共１，２３４元', ['１→1!', '２３４→234!']],
    ['二０', ['二０→?']],
    ['０二', ['０二→?']],
    ['二０二六', ['二０二→?']],
    ['民國一百一十五年', ['一百一十五年→115年!']],
    ['西元二○二六年', ['二○二六年→2026年!']],
    ['二○二六年一月', ['二○二六年一月→2026年1月!']],
    ['九五年一月', []],
    ['九五年一月二日', ['九五年一月二日→95年1月2日!']],
    ['民國年', []],
    ['某國一百年', []],
    ['民國「一百」年', []],
  ])('%s', (text, expected) => expect(numbers(text)).toEqual(expected));
  test('no year is of more than eight numerals', () => {
    expect(numbers(`民國${'一'.repeat(8)}年`)).toHaveLength(1);
    expect(numbers(`民國${'一'.repeat(9)}年`)).toEqual([]);
  });
});

describe('days', () => {
  test.each<[string, string[]]>([
    ['5 天', ['天→日!']],
    ['５天內', ['天→日!']],
    ['三個工作天', ['工作天→工作日!']],
    ['10個天', ['天→日!']],
    ['第 5 天', []],
    ['30 日曆天', []],
    ['每天', []],
    ['三天花', []],
    ['十一天數', []],
    ['「三天」', []],
  ])('%s', (text, expected) => expect(inField(text, 'day-word')).toEqual(expected));
  const words = (text: string) => {
    const handbook = service(`摘要: ${text}\n`);
    const source = handbook.services[0]?.source;
    // The service of these tests has a limit of its own in its first lines.
    const from = SERVICE.length;
    if (!source) throw new Error('no service');
    return dayWordsIn({ path: source.path, text: source.text.slice(from) }, handbook).map(
      ({ word, span }) => `${word} ${span.source.text.slice(span.start, span.end)}`,
    );
  };
  test('the words that a text has for them, each where it first stands', () => {
    expect(words('3 日、5 日、2 個工作日、3 工作日')).toEqual(['日 3 日', '工作日 2 個工作日']);
    expect(words('十日')).toEqual(['日 十日']);
    for (const none of ['3 月 5 日', '第 3 日', '3 日期', '3 日報', '115-1-2日', '「3 日」'])
      expect(words(none), none).toEqual([]);
  });
});

describe('half-width marks', () => {
  const marks = (text: string) => inField(text, 'punctuation');
  test.each<[string, string[]]>([
    ['甲,乙', [',→，']],
    ['甲,乙。', [',→，!']],
    ['甲,乙；丙', [',→，!']],
    ['甲;乙', [';→；!']],
    ['甲?乙', ['?→？!']],
    ['甲!', ['!→！!']],
    ['甲?', ['?→？!']],
    ['甲;', []],
    ['甲, 乙。', [', →，!']],
    ['甲,  乙。', []],
    ['甲,a', []],
    ['a,乙', []],
    ['」,「', [',→，']],
    ['甲(乙)', ['(→（!', ')→）!']],
    ['甲 (乙)', ['(→（!', ')→）!']],
    ['，(乙)', ['(→（!', ')→）!']],
    ['a(乙)', []],
    ['甲(a)', []],
    ['甲(a乙)', ['(→（!', ')→）!']],
    ['1 (a乙)', []],
    ['甲(乙', []],
    ['甲(乙(丙)', ['(→（!', ')→）!']],
    ['甲(02)', []],
  ])('%s', (text, expected) => expect(marks(text)).toEqual(expected));
  test('a bracket closes within eighty characters', () => {
    expect(marks(`甲(${'乙'.repeat(78)})`)).toHaveLength(2);
    expect(marks(`甲(${'乙'.repeat(79)})`)).toEqual([]);
  });
  test('in a chapter, where nothing is parted by commas, all are sure', () => {
    expect(inChapter('甲,乙', 'punctuation')).toEqual([',→，!']);
    expect(inChapter('甲: 乙', 'punctuation')).toEqual([': →：!']);
    expect(inChapter('甲, 乙', 'punctuation')).toEqual([', →，!']);
    expect(inChapter('(甲)乙', 'punctuation')).toEqual(['(→（!', ')→）!']);
    expect(inChapter('甲\n(乙)', 'punctuation')).toEqual(['(→（!', ')→）!']);
  });
  test('signs of YAML are none', () => {
    expect(said(service('名稱別:甲\n'.replace('名稱別', '備註')), 'punctuation')).toEqual([]);
    expect(said(service('聯絡: {單位: 服務台, 說明: 甲}\n'), 'punctuation')).toEqual([]);
    expect(said(service('申請人: [義務人, 利害關係人]\n'), 'punctuation')).toEqual([]);
    expect(said(service('摘要: 備註:甲\n'), 'punctuation')).toEqual([]);
    expect(said(service('摘要: 請注意:甲\n'), 'punctuation')).toEqual([':→：!']);
    expect(said(service('摘要: "請注意: 甲"\n'), 'punctuation')).toEqual([': →：!']);
    expect(said(service('摘要: "這是一段很長而且超過十六個字的文字: 甲"\n'), 'punctuation')).toEqual([': →：!']);
  });
  test('of an endless line the near part decides', () => {
    const far = (n: number) => `。${'甲'.repeat(n)},乙`;
    expect(marks(far(300))).toEqual([',→，!']);
    expect(marks(far(500))).toEqual([',→，']);
    expect(marks(`甲,${'乙'.repeat(300)}。`)).toEqual([',→，!']);
    expect(marks(`甲,${'乙'.repeat(500)}。`)).toEqual([',→，']);
  });
});

describe('simplified characters', () => {
  const simplified = (text: string) => inField(text, 'simplified');
  test.each<[string, string[]]>([
    ['书記', ['书→書!']],
    ['书记', ['书记→書記!']],
    ['书甲乙丙丁戊记', ['书甲乙丙丁戊记→書甲乙丙丁戊記!']],
    ['书甲乙丙丁戊己记', ['书→書!', '记→記!']],
    ['书。记', ['书→書!', '记→記!']],
    ['书「记」', ['书→書!']],
    ['发文', ['发→?']],
  ])('%s', (text, expected) => expect(simplified(text)).toEqual(expected));
  test('a run ends after sixty', () => {
    expect(simplified('书'.repeat(61)).map((each) => each.indexOf('→'))).toEqual([60, 1]);
  });
});

describe('titles and sentences', () => {
  test('a heading ends without a mark', () => {
    for (const [heading, mark] of [
      ['## 甲。', '。'],
      ['# 甲：', '：'],
      ['   ###### 甲,', ','],
    ] as const)
      expect(said(chapter(`${heading}\n\n乙`), 'title'), heading).toEqual([`${mark}→?`]);
    for (const none of ['## 甲', '甲。', '    ## 甲。', '##甲。', '####### 甲。', '## 甲？'])
      expect(said(chapter(`${none}\n\n乙`), 'title'), none).toEqual([]);
    expect(said(chapter('## 甲。\r\n\r\n乙'), 'title')).toEqual(['。→?']);
    expect(said(service('摘要: "# 甲。"\n'), 'title')).toEqual([]);
  });
  test.each([
    ['甲'.repeat(80), 80],
    ['a'.repeat(100), 1],
    ['3.5 1,000 a b', 4],
    ['甲，乙', 3],
    ['A-1 甲', 3],
    ['', 0],
  ])('%s has the length %i', (text, length) => expect(lengthOf(text)).toBe(length));
  const long = (text: string): string[] => wordingsOf(chapter(text)).sentence.map(({ written }) => written);
  test('more than eighty are too many', () => {
    expect(long('甲'.repeat(80))).toEqual([]);
    expect(long('甲'.repeat(81))).toEqual(['甲'.repeat(81)]);
    expect(long(`${'甲'.repeat(80)}。${'乙'.repeat(80)}`)).toEqual([]);
    expect(long(`${'甲'.repeat(60)}；${'乙'.repeat(60)}`)).toEqual([]);
    expect(long(`${'甲'.repeat(60)}!${'乙'.repeat(60)}`)).toEqual([]);
    expect(long(`a${'甲'.repeat(40)}? b${'乙'.repeat(60)}`)).toEqual([]);
  });
  test('a line break ends one where something new begins', () => {
    const [half, rest] = ['甲'.repeat(60), '乙'.repeat(60)];
    for (const next of ['- ', '* ', '+ ', '# ', '| ', '> ', '1. ', '2) ', '3、', '（一）', '一、', '備註: ', '\n'])
      expect(long(`${half}\n${next}${rest}`), next).toEqual([]);
    expect(long(`${half}\n${rest}`)).toHaveLength(1);
    expect(long(`${half}\n一${rest}`)).toHaveLength(1);
    expect(long(`${half}\n（一${rest}`)).toHaveLength(1);
  });
});

describe('what is text', () => {
  const WRONG = '身份';
  const count = (handbook: Handbook): number => wordingsOf(handbook).characters.length;
  test.each([
    ['code', `甲\`${WRONG}\`乙`, 0],
    ['a block of code', `\`\`\`\n${WRONG}\n\`\`\`\n\n${WRONG}`, 1],
    ['the target of a link', `[${WRONG}](https://a.tw/${WRONG} "${WRONG}")`, 1],
    ['a picture', `![${WRONG}](a.png) ${WRONG}`, 1],
    ['HTML', `甲 <b title="${WRONG}">${WRONG}</b>`, 1],
    ['a footnote and its text', `甲[^${WRONG}]\n\n[^${WRONG}]: ${WRONG}`, 1],
    ['an address', `${WRONG} https://a.tw/${WRONG} ${WRONG}`, 2],
    ['a mail address', `a@${WRONG}.tw ${WRONG}`, 2],
    ['a law in its marks', `《${WRONG}法》〈${WRONG}〉${WRONG}`, 1],
    ['quotations', `「${WRONG}」『${WRONG}』“${WRONG}”${WRONG}`, 1],
    ['a quotation within one, and behind both', `「甲「${WRONG}」${WRONG}」${WRONG}`, 1],
    ['a comment', `甲<!-- ${WRONG} -->${WRONG}`, 1],
    ['a comment that does not end', `${WRONG}<!-- ${WRONG}`, 1],
    ['a quotation of Markdown', `> ${WRONG}\n\n${WRONG}`, 1],
    ['cells', `| ${WRONG} | 甲 |\n| --- | --- |\n| 乙 | ${WRONG} |`, 2],
    ['emphasis', `**${WRONG}** *甲\`${WRONG}\`*`, 1],
  ])('%s', (_, text, n) => expect(count(chapter(text))).toBe(n));
  const HEAD = '---\n應備證件: 無\n規費: 免費\n辦理時限: 3 工作日\n審核權責: 分署長\n---\n\n# 檔案應用\n\n';
  test.each([
    ['below a heading of laws, as deep as it goes', `## 法令依據\n\n- ${WRONG}法\n\n### 甲\n\n${WRONG}\n`, 0],
    ['below the heading after it', `## 法令依據\n\n- 甲法\n\n## 摘要\n\n${WRONG}\n`, 1],
    ['an item that is a source', `## 申請人\n\n- 對象：甲\n  - 來源：${WRONG}\n`, 0],
    ['an item that is none', `## 申請人\n\n- 對象：${WRONG}\n`, 1],
    ['an item that only looks like a key', `## 申請人\n\n- ${WRONG}：${WRONG}\n`, 2],
  ])('of a service in Markdown: %s', (_, text, n) => expect(count(book({ 'services/a.md': HEAD + text }))).toBe(n));
  test('a place says below which key it stands', () => {
    const handbook = service('摘要: 甲甲\n查證說明: 乙乙\n');
    const source = handbook.services[0]?.source;
    if (!source) throw new Error('no service');
    const { isText, keyAt } = readingOf(source, handbook);
    const at = (text: string) => source.text.indexOf(text);
    expect([isText(at('甲甲')), keyAt(at('甲甲')), keyAt(at('乙乙')), keyAt(0)]).toEqual([
      true,
      '摘要',
      '查證說明',
      undefined,
    ]);
    expect([isText(at('摘要')), isText(source.text.length + 5)]).toEqual([false, false]);
    const zones = zonesOf(source, handbook);
    expect([isInternal(zones, at('甲甲')), isInternal(zones, at('乙乙')), isInternal(zones, at('乙乙') + 1)]).toEqual([
      false,
      true,
      true,
    ]);
    expect(zonesOf(source, handbook)).toBe(zones);
  });
  test('of Markdown beyond the bounds, plain paragraphs up to the first code', () => {
    const long = '甲\n\n'.repeat(20_000);
    const places = (end: string, path = 'content/chapters/a.md') => {
      const source = { path, text: long + end };
      const { isText, keyAt } = readingOf(source, book({}));
      return [...source.text.matchAll(/身份/g)].map(({ index }) => [isText(index), keyAt(index)]);
    };
    const yes = [true, undefined];
    const no = [false, undefined];
    expect(places('身份\n\n- 身份\n\n| 身份\n\n身份 `身份` 身份\n')).toEqual([yes, no, no, yes, no, yes]);
    expect(places('身份\n\n```\n身份\n```\n\n身份\n')).toEqual([yes, no, no]);
    expect(places('身份\n\n  ~~~\n身份\n')).toEqual([yes, no]);
    expect(places('身份 `身份`')).toEqual([yes, no]);
    // The sections of a record can be told apart only where there is a tree.
    expect(places('身份\n', 'content/services/a.md')).toEqual([no]);
  });
});

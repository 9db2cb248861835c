import { hash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { flowOf } from '../../src/content/procedure.js';
import { known } from '../../src/content/schema/schema.js';
import { trusted } from '../../src/core/html.js';
import { sealed } from '../../src/core/sealed.js';
import { UserError } from '../../src/core/terminal.js';
import { chineseNumber, formalNumber } from '../../src/document/words.js';
import handbook from '../../src/outputs/handbook/handbook.js';
import { foundIn } from '../../src/outputs/handbook/in-page/ranking.js';
import { BOOK, SERVICE } from '../office.js';
import { kitFor, type Options, plain } from './kit.js';

function printed(content: Record<string, string>, options?: Options): { paper: string; screen: string } {
  const [paper, screen] = handbook.render(kitFor(content, options));
  if (paper?.kind !== 'page' || screen?.kind !== 'text') throw new Error('expected a page and a text');
  return { paper: paper.html.toString(), screen: screen.text };
}
/** The text of the elements with a class, in order. */
const within = (page: string, opening: RegExp): string[] =>
  [...page.matchAll(opening)].map((match) => plain(match[1] ?? ''));

const RICH = `名稱: 分期繳納
摘要: 申請分期。
申請人: 義務人
應備證件: [申請書（正本，1 份）, 委託他人時：委任狀（正本）]
規費: 每份 100 元
辦理時限: {期限: 3 工作日, 起算: 收件之次日}
審核權責: {擬辦: 書記官, 核定: 分署長}
申請程序:
  - 開始: 提出申請（義務人）
  - {判斷: 證件齊備？, 權責: 書記官, 分支: {是: [核准], 否: [{步驟: 通知補正, 接: 證件齊備？}]}}
  - 結束: 結案
法令依據: [行政執行法第9條]
相關服務: [archives]
注意事項: 未依限繳納者，得廢止。
`;
const CONTENT = {
  'services/archives.yaml': SERVICE,
  'services/instalments.yaml': RICH,
  'chapters/desk.md': '# 服務台\n\n導言。\n\n## 引導\n\n五分鐘內引導。\n\n### 一次告知\n\n一次告知。\n',
};

describe('the book', () => {
  const { paper, screen } = printed(CONTENT);

  test('is a numbered page and one file of its own', () => {
    const [page, text] = handbook.render(kitFor(CONTENT));
    expect(page).toMatchObject({ kind: 'page', file: 'handbook.pdf', numbered: true, date: '2026-11-23' });
    expect(text).toMatchObject({ kind: 'text', file: 'handbook.html' });
    expect(paper).not.toContain('<script');
    for (const html of [paper, screen]) {
      expect(html).not.toMatch(/(src|href)="(?!#|https?:)/);
      expect(html).toContain('<html lang="zh-Hant">');
    }
  });

  test('for the web says first of all that it loads nothing and runs its own script alone, whatever else is in it', () => {
    expect(screen).toMatch(
      /^<!doctype html>\n<html lang="zh-Hant">\n<head>\n<meta http-equiv="Content-Security-Policy" content="default-src 'none'; /,
    );
    const policy = /content="([^"]*)"/.exec(screen)?.[1] ?? '';
    expect(policy).not.toMatch(/https?:|\*|'unsafe-eval'/);
    const scripts = [...screen.matchAll(/<script(?! type="application\/json")[^>]*>([\s\S]*?)<\/script>/g)].map(
      ([, text]) => text ?? '',
    );
    expect(scripts).toHaveLength(1);
    expect(/script-src ([^;]*);/.exec(policy)?.[1]).toBe(`'sha256-${hash('sha256', scripts[0] ?? '', 'base64')}'`);
    expect(() => sealed(trusted('<!doctype html><html><head></head></html>'), '', 'a("</script>")')).toThrow();
    expect(policy).toContain("base-uri 'none'; form-action 'none'");
    // Before the head nothing can stand that a template might hide another head in.
    for (const start of [
      '<p>',
      '<!doctype html><html data-a="<head>"><head>',
      '<!doctype html><html><!-- <head> --><head>',
    ])
      expect(() => sealed(trusted(`${start}<title>a</title>`), '')).toThrow();
    expect(paper).not.toContain('Content-Security-Policy');
  });

  test('gives the four facts of every service', () => {
    for (const html of [paper, screen])
      expect(within(html, /<dd[^>]*>([\s\S]*?)<\/dd>/g).join(' ')).toContain(
        '無 免費 3 工作日 分署長 1 項，另視情形 1 項 每份 100 元 3 工作日 分署長',
      );
  });

  test('has the text of every step', () => {
    for (const { procedure } of kitFor(CONTENT).services)
      for (const { text } of flowOf(known(procedure) ?? []).nodes) expect(plain(paper)).toContain(text);
    expect(plain(paper)).toContain('否 → 步驟 4');
  });

  test('lists every part and service in the contents, each with a link and its page', () => {
    const contents = /<nav class="contents"[\s\S]*?<\/nav>/.exec(paper)?.[0] ?? '';
    for (const id of ['p-summary', 'c-desk', 's-archives', 's-instalments']) {
      expect(contents).toContain(`href="#${id}"`);
      expect(contents).toContain(`data-page-of="${id}"`);
      expect(paper).toContain(`id="${id}"`);
    }
    expect(plain(contents)).toContain('一、檔案應用');
    expect(plain(contents)).toContain('一、引導');
  });

  test('asks for no page whose element is missing or that nothing links to', () => {
    for (const [, id] of paper.matchAll(/data-page-of="([^"]+)"/g)) {
      expect(paper).toContain(`id="${id}"`);
      expect(paper).toContain(`href="#${id}"`);
    }
  });

  test('shows no page numbers on a screen', () => {
    expect(screen).not.toContain('data-page-of');
    expect(screen).not.toContain('@page');
  });

  test('numbers parts 壹、 services 一、 headings 一、（一）', () => {
    expect(plain(paper)).toContain('貳、服務項目一覽');
    expect(plain(paper)).toContain('參、服務台');
    expect(plain(paper)).toContain('（一）一次告知');
    expect(plain(paper)).toContain('二、分期繳納');
  });

  test('leaves out what nobody wrote', () => {
    expect(paper).not.toMatch(/<(h\d|dt|th)[^>]*>(<span class="numeral">[^<]*<\/span>)?<\//);
    for (const absent of ['修訂沿革', '書表清單', '待確認事項', '子項目', '不服之救濟', '查證說明'])
      expect(plain(paper)).not.toContain(absent);
  });

  test('has no heading that skips a level', () => {
    let last = 0;
    for (const [, level] of paper.matchAll(/<h(\d)/g)) {
      expect(Number(level)).toBeLessThanOrEqual(last + 1);
      last = Number(level);
    }
  });

  test('puts headings inside notes below the section they stand in', () => {
    const notes = { ...CONTENT, 'services/n.yaml': `${SERVICE}注意事項: "# 甲\\n\\n文\\n\\n## 乙\\n"\n` };
    expect(printed(notes).paper).toMatch(/<h5>甲<\/h5>[\s\S]*<h6>乙<\/h6>/);
  });

  test('links related services and laws', () => {
    expect(plain(paper)).toContain('法規一覽');
    expect(/相關服務[\s\S]*?<\/tr>/.exec(paper)?.[0]).toContain('href="#s-archives"');
  });
});

test('categories head their services, the rest comes last', () => {
  const { paper } = printed({
    ...CONTENT,
    'handbook.yaml': `${BOOK}服務類別: [{名稱: 繳款, 服務: [instalments]}]\n`,
  });
  expect(within(paper, /class="category">([\s\S]*?)</g)).toEqual(['繳款', '其他服務']);
  expect(plain(paper)).toContain('一、分期繳納');
  expect(plain(paper)).toContain('二、檔案應用');
});

test('the parts stand in the order and under the titles of the book', () => {
  const { paper } = printed({
    ...CONTENT,
    'handbook.yaml': `${BOOK}章次: [各項服務, desk.md, {部分: 服務項目一覽, 標題: 一覽表}, 修訂沿革]\n`.replace(
      '部分',
      'part',
    ),
  });
  expect(within(paper, /<h1 class="chapter-title"[^>]*>([\s\S]*?)<\/h1>/g)).toEqual([
    '壹、各項服務',
    '貳、服務台',
    '參、一覽表',
  ]);
});

test('待確認 is marked in a working copy, gathered in a part of its own, with how facts were checked', () => {
  const content = {
    'services/a.yaml': `${SERVICE.replace('分署長', '待確認（依分層負責明細表）')}查證說明: 參照他分署。\n`,
  };
  const quiet = printed(content, { draft: true }).paper;
  expect(plain(quiet)).not.toMatch(/待確認事項|查證說明|參照他分署/);
  expect(quiet).not.toContain('dashed var(--doubt)');
  const { paper } = printed(content, { draft: true, workingCopy: true });
  expect(paper).toContain('dashed var(--doubt)');
  expect(paper).toMatch(/@top-center \{ content: "草案・工作本" \}/);
  expect(plain(paper)).toContain('參照他分署');
  expect(paper).toContain('<span class="unconfirmed">待確認（依分層負責明細表）</span>');
  const after = paper.slice(paper.lastIndexOf('<h1 class="chapter-title"'));
  expect(plain(after)).toMatch(/^柒、待確認事項/);
  expect(plain(/[\s\S]*?<\/table>/.exec(after)?.[0] ?? '')).toContain('審核權責');
});

test('a draft says so on the cover and at the head of every page', () => {
  expect(printed(CONTENT, { draft: true }).paper).toMatch(/@top-center \{ content: "草案" \}/);
  expect(plain(printed(CONTENT, { draft: true }).paper)).toContain('草案');
  expect(printed(CONTENT).paper).not.toContain('content: "草案"');
});

describe('on a screen', () => {
  const aliases = `${SERVICE}俗稱: 看檔案、調卷\n`;
  const { paper, screen } = printed({ ...CONTENT, 'services/archives.yaml': aliases });

  test('the services stand before all else, and each tells the search what people call it', () => {
    const start = /<section class="start"[\s\S]*?<\/section>/.exec(screen)?.[0] ?? '';
    for (const id of ['s-archives', 's-instalments']) expect(start).toContain(`href="#${id}"`);
    expect(screen.indexOf('class="start"')).toBeLessThan(screen.indexOf('class="chapter"'));
    expect(screen).toContain('data-also="看檔案\n調卷"');
    expect(/俗稱<\/th>[\s\S]*?<\/tr>/.exec(screen)?.[0]).toContain('看檔案');
    expect(paper).not.toContain('data-also');
  });

  test('every cell of a table that becomes a block says which column it is of', () => {
    const tables = [...screen.matchAll(/<table class="grid [\s\S]*?<\/table>/g)].map(([table]) => table);
    expect(tables.length).toBeGreaterThan(3);
    for (const table of tables)
      for (const [cell] of table.matchAll(/<td[^>]*>/g)) expect(cell).toMatch(/ data-label="[^"]+"/);
  });

  test('no id is there twice, and every link within the book leads somewhere', () => {
    const ids = [...screen.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const [, to] of screen.matchAll(/href="#([^"]+)"/g)) if (to !== 'top') expect(ids).toContain(to);
  });

  test('a place keeps its address when a chapter comes before it', () => {
    const more = printed({
      ...CONTENT,
      'services/archives.yaml': aliases,
      'chapters/a-new.md': '# 新章\n\n## 引導\n\n文。\n\n## 引導\n\n文。\n',
    });
    const places = (page: string): string[] => [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id ?? '');
    expect(places(more.screen)).toEqual(expect.arrayContaining(places(screen)));
    expect(places(screen).some((id) => id.startsWith('c-desk.'))).toBe(true);
  });
});

describe('the search of the page', () => {
  const all = [
    {
      id: 'a',
      title: '一、分期繳納申請',
      also: ['分期付款'],
      summary: '無法一次繳清。',
      documents: ['申請書'],
      text: '財力證明',
    },
    { id: 'b', title: '二、聲明異議', also: [], summary: '對執行不服。', documents: ['聲明異議書'], text: '限期繳納' },
    { id: 'c', title: '參、服務標準', also: [], summary: '', documents: [], text: '' },
  ];
  const ids = (said: string): string[] => foundIn(all, said).map(({ sought: { id } }) => id);
  test.each([
    ['異議', 'b'],
    ['分期付款', 'a'],
    ['申請書', 'a'],
    ['財力', 'a'],
    ['服務標準', 'c'],
    ['分期 申請書', 'a'],
    // Nowhere both, so what has most of it.
    ['分期 異議', 'b'],
    // Not there as a whole, but nearly.
    ['分期繳款', 'a'],
    ['護照', ''],
    [' ', ''],
  ])('「%s」 finds %s', (said, first) => {
    expect(ids(said)[0] ?? '').toBe(first);
  });
  test('puts a name before the text, and shows where else it stands', () => {
    expect(ids('繳納')).toEqual(['a', 'b']);
    const [, other] = foundIn(all, '繳納');
    expect(other).toMatchObject({ where: 'in', excerpt: ['限期', '繳納', ''] });
    expect(foundIn(all, '付款')[0]).toMatchObject({ where: 'also' });
  });
});

describe('what an author writes stays text', () => {
  const name = '<script>alert("x")</script>';
  const { paper, screen } = printed({
    'services/a.yaml': SERVICE.replace('檔案應用', `'${name}'`),
    'handbook.yaml': BOOK.replace('手冊', `'"</style><b>'`),
  });
  test('in the page', () => {
    for (const html of [paper, screen]) {
      expect(html.replace(/<script type="(module|application\/json" id="rules)">/g, '')).not.toContain('<script');
      expect(html).toContain('&lt;script&gt;');
    }
  });
  test('in the style sheet, where the running heads are', () => {
    const styles = [...paper.matchAll(/<style[^>]*>([\s\S]*?)<\/style>/g)].map(([, style]) => style);
    expect(styles).toHaveLength(2);
    expect(styles[0]).toContain('\\3c script\\3e ');
    expect(paper.match(/<\/style>/g)).toHaveLength(2);
  });
});

describe('the way to the web', () => {
  const withUrl = (url: string) => printed({ ...CONTENT, 'handbook.yaml': `${BOOK}網址: "${url}"\n` });
  test('is a code beside each service, where the book has an address', () => {
    const { paper, screen } = withUrl('https://example.gov.tw/book/#top');
    expect(paper.match(/<figure class="code"/g)).toHaveLength(2);
    expect(paper).toContain('的網頁：https://example.gov.tw/book/#s-archives"');
    // The address is that of the service in handbook.html.
    expect(screen).toContain('id="s-archives"');
    expect(screen).not.toContain('class="code"');
  });
  test('is not there without an address, or with what is none', () => {
    expect(printed(CONTENT).paper).not.toContain('class="code"');
    expect(withUrl('javascript:alert(1)').paper).not.toContain('class="code"');
  });
});

describe('a chart', () => {
  test('is 9 pt where there is room', () => {
    // 300 px are 79.4 mm; its 12 pt text becomes 9 pt.
    expect(printed(CONTENT).paper).toContain('width: calc(59.5mm * var(--yield, 1))');
  });
  test('shrinks to the page as long as its text keeps 8 pt', () => {
    expect(printed(CONTENT, { size: { width: 860, height: 400 } }).paper).toContain(
      'width: calc(168.0mm * var(--yield, 1))',
    );
  });
  test('turns the page when it is too wide, and takes a fold-out when it is larger still', () => {
    expect(printed(CONTENT, { size: { width: 1200, height: 400 } }).paper).toContain('page: s-instalments-wide');
    expect(printed(CONTENT, { size: { width: 1800, height: 400 } }).paper).toContain('page: s-instalments-foldout');
  });
  test('that no sheet holds is refused, and the office told what to do', () => {
    expect(() => printed(CONTENT, { size: { width: 2400, height: 400 } })).toThrow(UserError);
    expect(() => printed(CONTENT, { size: { width: 2400, height: 400 } })).toThrow(/instalments.*Split the procedure/);
  });
  test('on A5 has the room of A5', () => {
    expect(printed(CONTENT, { paper: 'A5' }).paper).toContain('width: calc(59.5mm * var(--yield, 1))');
    expect(printed(CONTENT, { paper: 'A5', size: { width: 660, height: 400 } }).paper).toContain(
      'width: calc(117.0mm * var(--yield, 1))',
    );
    expect(printed(CONTENT, { paper: 'A5', size: { width: 800, height: 400 } }).paper).toContain(
      'page: s-instalments-wide',
    );
  });
});

test('in English the book speaks English around the Chinese content', () => {
  const { paper } = printed(CONTENT, { lang: 'en' });
  expect(plain(paper)).toContain('2. Services at a glance');
  expect(paper).toContain('<html lang="en">');
});

test('links to services and chapters lead to them; others are words', () => {
  const linked = {
    ...CONTENT,
    'chapters/desk.md':
      '# 服務台\n\n見[檔案應用](#archives)、[本章](#desk)、[別處](#nowhere)、[法規](https://law.moj.gov.tw/)。\n',
    'services/archives.yaml': `${SERVICE}注意事項: 見[分期](#instalments)。\n`,
  };
  for (const page of Object.values(printed(linked))) {
    expect(page).toContain('<a href="#s-archives">檔案應用</a>');
    expect(page).toContain('<a href="#c-desk">本章</a>');
    expect(page).toContain('id="c-desk"');
    expect(page).toContain('<span>別處</span>');
    expect(page).toContain('<a href="#s-instalments">分期</a>');
    expect(page).toContain('<a href="https://law.moj.gov.tw/">法規</a>');
  }
});

test('numbers of an outline are written as statutes number their articles', () => {
  const numbers = [1, 10, 12, 20, 34, 99, 100, 101, 110, 116, 120, 200, 305, 1000, 1010, 2016, 9999];
  expect(numbers.map(chineseNumber).join(' ')).toBe(
    '一 十 十二 二十 三十四 九十九 一百 一百零一 一百十 一百十六 一百二十 二百 三百零五 一千 一千零十 二千零十六 九千九百九十九',
  );
  expect([1, 12, 116].map(formalNumber)).toEqual(['壹', '拾貳', '壹佰拾陸']);
  expect(() => chineseNumber(10_000)).toThrow(RangeError);
});

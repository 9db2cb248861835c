// What is read from templates/ before anything is printed.

import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readTexts } from '../src/content/read.js';
import { plainYaml } from '../src/content/syntax/yaml.js';
import { placeOf } from '../src/core/source.js';
import { contrast, type Looks } from '../src/theme/look.js';
import { readTemplates } from '../src/theme/templates.js';

const { files, chart } = await readTemplates(false);

describe('tokens', () => {
  test('are put in where Chromium knows no custom properties', () => {
    const paper = files.get('handbook/paper.css') ?? '';
    expect(paper.slice(0, paper.indexOf('.cover'))).toContain('color: #0f4a52');
    expect(paper).toContain('solid var(--accent)');
    expect(JSON.stringify(chart)).not.toContain('var(');
    expect(chart.theme.variables.lineColor).toBe('#2f4156');
  });
  test('are black and white for a laser printer, also in charts', async () => {
    const mono = await readTemplates(true);
    const colours = [...JSON.stringify([...mono.files.values(), mono.chart]).matchAll(/#[0-9a-f]{6}\b/gi)].map(
      ([each]) => each.toLowerCase(),
    );
    expect(new Set(colours)).toEqual(new Set(['#000000', '#ffffff']));
  });
});

/** What is read where an office has these files in its templates/. */
const laid = (files: Record<string, string>, mono = false) =>
  readTemplates(mono, {
    templates: Object.entries(files).map(([name, text]) => ({
      name,
      source: { path: `content/templates/${name}`, text },
    })),
  });
const faultsOf = async (files: Record<string, string>) =>
  (await laid(files)).faults.map(({ message, hint, span }) => ({
    place: [span.source.path, placeOf(span.source, span.start).line, placeOf(span.source, span.start).column].join(':'),
    said: `${message.zh}${hint?.zh ?? ''}`,
  }));

describe("an office's look", () => {
  test('in one word changes colours, fonts and charts, on paper rules too', async () => {
    const { files, chart, faults } = await laid({ '樣式.yaml': '樣式: 明快\n內文字級: 11 點\n' });
    expect(faults).toEqual([]);
    const css = files.get('base.css') ?? '';
    for (const token of ['--accent: #26358c;', '--size-body: 11pt;']) expect(css).toContain(token);
    expect(css.match(/--serif: [^;]+/g)?.at(-1)).toContain('Noto Sans TC');
    expect(files.get('handbook/paper.css')).toContain('color: #26358c');
    expect(chart.theme.variables.lineColor).toBe('#26358c');
  });
  test('may be a colour alone: what is lighter follows from it', async () => {
    const { files } = await laid({ '樣式.yaml': '主色: 藏青\n' });
    const tokens = new Map(
      [...(files.get('base.css') ?? '').matchAll(/--(tint|rule): (#[0-9a-f]{6});/g)].map(([, name, value]) => [
        name,
        value,
      ]),
    );
    expect(contrast(tokens.get('tint') ?? '', '#ffffff')).toBeLessThan(1.25);
    expect(contrast(tokens.get('tint') ?? '', '#1b3a6b')).toBeGreaterThan(7);
  });
  test('of every shipped kind is read at 7:1 and more', async () => {
    const looks = plainYaml(
      (await readTexts(join(import.meta.dirname, '../templates'))).get('looks.yaml') ?? '',
    ) as Looks;
    for (const name of Object.keys(looks.looks)) {
      const { files, faults } = await laid({ 'look.yaml': `look: ${name}\n` });
      expect(faults, name).toEqual([]);
      const css = files.get('base.css') ?? '';
      for (const token of ['accent', 'ink', 'quiet', 'doubt']) {
        const value =
          css
            .match(new RegExp(`--${token}: (#[0-9a-f]{6});`, 'g'))
            ?.at(-1)
            ?.slice(-8, -1) ?? '';
        expect(contrast(value, '#ffffff'), `${name} ${token}`).toBeGreaterThanOrEqual(7);
      }
    }
    for (const colour of Object.values(looks.colours)) expect(contrast(colour, '#ffffff')).toBeGreaterThanOrEqual(7);
  });
  test('keeps black and white where that is asked for', async () => {
    const { files } = await laid({ '樣式.yaml': '樣式: 典雅\n' }, true);
    expect(files.get('base.css')).not.toContain('#7a1f2b');
  });
  test.each([
    ['主色: 藍\n', '1:5', '沒有「藍」這種顏色'],
    ['主色: #1b3a6b\n', '1:5', "寫成 主色: '#1b3a6b'"],
    ['樣式: 典稚\n', '1:5', '是不是要寫「典雅」'],
    ["主色: '#777777'\n", '1:5', '對比是 4.4:1'],
    ['標題字型: 仿宋\n', '1:7', '黑體'],
    ['行距: 3\n', '1:5', '1.4 到 2'],
    ['主涩: 藏青\n', '1:1', '是不是要寫「主色」'],
  ])('that is wrong is told with its place: %j', async (text, place, said) => {
    const [found, ...more] = await faultsOf({ '樣式.yaml': text });
    expect(more).toEqual([]);
    expect(found?.place).toBe(`content/templates/樣式.yaml:${place}`);
    expect(found?.said).toContain(said);
  });
});

describe("an office's words", () => {
  test('are named as they are printed, or by their key, and change these only', async () => {
    const before = await readTemplates(false);
    const { words, faults } = await laid({
      '用語.yaml': '應備證件: 應附文件\n',
      'posters/words.yaml': 'how: {zh: 怎麼辦理, en: Steps}\n',
    });
    expect(faults).toEqual([]);
    expect(words.zh?.documents).toBe('應附文件');
    expect(words.en?.documents).toBe(before.words.en?.documents);
    expect([words.zh?.['posters.how'], words.en?.['posters.how']]).toEqual(['怎麼辦理', 'Steps']);
  });
  test.each([
    ['應備證見: 應附文件\n', '1:1', '是不是要寫「應備證件」'],
    ["'{0} 份': 一份\n", '1:10', '要有 {0}'],
    ['應備證件: 應附文件 {0}\n', '1:7', '沒有要填入的內容'],
    ['應備證件: {fr: 文件}\n', '1:8', '可用：zh、en'],
    ['應備證件: [甲]\n', '1:7', '應是一段文字'],
  ])('that are wrong are told with their place: %j', async (text, place, said) => {
    const [found, ...more] = await faultsOf({ '用語.yaml': text });
    expect(more).toEqual([]);
    expect(found?.place).toBe(`content/templates/用語.yaml:${place}`);
    expect(found?.said).toContain(said);
  });
});

describe("an office's files", () => {
  const cover = files.get('handbook/cover.html') ?? '';
  test('take the place of those of the program', async () => {
    const own = cover.replace('class="cover"', 'class="cover ours"');
    const laidOver = await laid({
      'handbook/cover.html': own,
      'base.css': `${files.get('base.css')}\n.a { width: 1mm }\n`,
    });
    expect(laidOver.faults).toEqual([]);
    expect(laidOver.files.get('handbook/cover.html')).toBe(own);
    expect(laidOver.files.get('base.css')).toContain('.a { width: 1mm }');
  });
  test.each([
    ['handbook/cover.html', cover.replace('{{title}}', '{{titles}}'), '3:30', '是不是要寫「{{title}}」'],
    ['handbook/cover.html', cover.replace('{{edition}}', ''), '1:1', '少了欄位「{{edition}}」'],
    ['handbook/cover.html', `${cover}<script>alert(1)</script>`, '7:1', '不接受 <script>'],
    ['handbook/cover.html', `${cover}<p onclick="alert(1)">a</p>`, '7:1', '屬性「onClick」'],
    ['handbook/cover.html', `${cover}<a href=" java\nscript:alert(1)">a</a>`, '7:1', '屬性「href」'],
    ['handbook/cover.html', `${cover}<img src="https://example.org/a.png">`, '7:1', '屬性「src」'],
    ['handbook/cover.html', `${cover}<p style="background: url(//example.org)">a</p>`, '7:1', 'url()'],
    ['handbook/cover.html', `${cover}<style>@import "a.css";</style>`, '7:8', '@import'],
    ['handbook/cover.html', `${cover}<p class="{{office}}">a</p>`, '7:1', '不能放在屬性'],
    ['handbook/cover.html', `${cover}<style>p { background: {{office}} }</style>`, '7:1', '不能放在屬性或樣式'],
    ['handbook/cover.html', `${cover}<svg><foreignObject><p>a</p></foreignObject></svg>`, '7:6', 'foreignobject'],
    ['handbook/paper.css', `@page { @top-left { color: var(--acent) } }`, '1:28', '是不是「--accent」'],
    ['posters/poster.css', `h1 { background: url( "http://example.org/a" ) }`, '1:18', 'url()'],
    ['posters/poster.css', `h1 { background: u\\72l(a) }`, '1:19', '不接受'],
    ['posters/poster.css', `h1 {}</style><p>`, '1:6', '標籤'],
    ['posters/poster.css', `i{content:"\f"} body{background:url(http://127.0.0.1:1/)} b{content:"}`, '1:11', '不完整'],
    ['posters/poster.css', `i{content:"\r"} body{background:url(http://127.0.0.1:1/)} b{content:"}`, '1:11', '不完整'],
    ['posters/poster.css', `i{background:url(/* " */ http://a)}`, '1:14', '不完整'],
    ['posters/poster.css', `i{background:url(#a"b)}`, '1:14', '不完整'],
    ['posters/poster.css', `i{background:url(#a\\"), url("http://a")}`, '1:14', 'url()'],
    ['posters/poster.css', `i{background:url("#\\" http://a")}`, '1:14', 'url()'],
    ['posters/poster.css', `i{background:image-set("http://a" 1x)}`, '1:14', 'image-set('],
    ['posters/poster.css', `i{background:-webkit-image-set(url("#a") 1x)}`, '1:14', '-webkit-image-set('],
    ['posters/poster.css', `i{background:src("http://a")}`, '1:14', 'src('],
    ['posters/poster.css', `i{--a:src("http://a")}`, '1:7', 'src('],
    ['posters/poster.css', `i{background:-webkit-cross-fade(url("#a"), url("#b"), 1%)}`, '1:14', '-webkit-cross-fade('],
    ['posters/poster.css', `@IMPORT "http://a";`, '1:1', '@IMPORT'],
    ['posters/poster.css', `@\\69mport "http://a";`, '1:2', '不接受'],
    ['posters/poster.css', `@font-face{font-family:a;src:url("#a")}`, '1:1', '@font-face'],
    ['posters/poster.css', `@counter-style a{symbols: free}`, '1:1', '@counter-style'],
    ['posters/poster.css', `/* i{} `, '1:1', '註解沒有結束'],
    ['posters/poster.css', `@media screen { i { color: red }`, '1:15', '沒有成對'],
    ['posters/poster.css', `i { color: red; b { color: red } }`, '1:19', '看不懂'],
    ['posters/poster.css', `i { color: &#x72;ed }`, '1:12', '字元代碼'],
    ['posters/poster.css', `i::after { content: "免費" }`, '1:21', '不能印字'],
    ['posters/poster.css', `i::after { --a: "0 元"; content: var(--a) }`, '1:17', '不能印字'],
    ['posters/poster.css', `i::after { content: "\\514d" }`, '1:21', '不能印字'],
    ['posters/poster.css', `i::after { content: counter(a) }`, '1:21', '不能印字'],
    ['posters/poster.css', `i::after { content: attr(id) }`, '1:21', 'attr('],
    ['posters/poster.css', `li { list-style: "甲" }`, '1:18', '不能印字'],
    ['posters/poster.css', `p { direction: rtl; unicode-bidi: bidi-override }`, '1:5', '不照書寫的順序'],
    [
      'handbook/cover.html',
      `${cover}<svg><style>i{}<g></g>b{background:url(http://a)}</style></svg>`,
      '7:6',
      '只能有樣式',
    ],
    [
      'handbook/cover.html',
      `${cover}<svg><style>i{}<!-- -->b{background:url(http://a)}</style></svg>`,
      '7:6',
      '只能有樣式',
    ],
    ['handbook/cover.html', `${cover}<svg><style>i{background:&amp;#x75;rl(a)}</style></svg>`, '7:13', '字元代碼'],
    ['handbook/cover.html', `${cover}<svg><rect fill="u\\72l(http://a)"/></svg>`, '7:6', '屬性「fill」'],
    ['handbook/cover.html', `${cover}<svg><rect fill="url(/**/http://a)"/></svg>`, '7:6', '屬性「fill」'],
    ['handbook/cover.html', `${cover}<svg><rect mask='image-set("http://a")'/></svg>`, '7:6', '屬性「mask」'],
    ['handbook/cover.html', `${cover}<svg><image href="http://a/a.png"/></svg>`, '7:6', '屬性「href」'],
    ['handbook/cover.html', `${cover}<svg><use xlink:href="http://a#a"/></svg>`, '7:6', '屬性「xLinkHref」'],
    ['handbook/cover.html', `${cover}<svg><feImage href="http://a"/></svg>`, '7:6', '<feimage>'],
    ['handbook/cover.html', `${cover}<svg><animate attributeName="href" to="http://a"/></svg>`, '7:6', '<animate>'],
    ['handbook/cover.html', `${cover}<a ping="http://a" href="#a">a</a>`, '7:1', '屬性「ping」'],
    ['handbook/cover.html', `${cover}<img srcset="http://a 1x">`, '7:1', '屬性「srcSet」'],
    ['handbook/cover.html', `${cover}<p background="http://a">a</p>`, '7:1', '屬性「background」'],
    ['handbook/cover.html', `${cover}<p {{office}}>a</p>`, '7:1', '屬性「{{office}}」'],
    [
      'handbook/cover.html',
      `${cover}<meta http-equiv="refresh" content="0; url=http://a">`,
      '7:1',
      '屬性「httpEquiv」',
    ],
    ['handbook/cover.html', `${cover}<base href="http://a/">`, '7:1', '<base>'],
    ['handbook/cover.html', `${cover}<link rel="stylesheet" href="http://a">`, '7:1', '<link>'],
    ['handbook/cover.html', `${cover}<math href="http://a"></math>`, '7:1', '<math>'],
    ['handbook/cover.html', `${cover}<made-up></made-up>`, '7:1', '<made-up>'],
    [
      'handbook/book.html',
      '<!doctype html><html lang="{{lang}}" data-a="<head>"><head><title>{{title}}</title><style>{{style}}</style></head><body class="{{medium}}">{{body}}</body></html>',
      '1:16',
      '屬性「dataA」',
    ],
    ['posters/poster.cs.css', 'h1 {}', '1:1', '是不是「posters/poster.css」'],
    ['init/office.yaml', '名稱: 甲\n', '1:1', '沒有「init/office.yaml」'],
  ])('of %s that are wrong are told with their place, and not used: %j', async (name, text, place, said) => {
    const [found] = await faultsOf({ [name]: text });
    expect(found?.place).toBe(`content/templates/${name}:${place}`);
    expect(found?.said).toContain(said);
    expect((await laid({ [name]: text })).files.get(name)).toBe(files.get(name));
  });
  test('are written anew, so that a browser reads what was judged', async () => {
    const own = `${cover}<!-- <script>alert(1)</script> --><{{office}}`;
    const { faults: none, files: now } = await laid({ 'handbook/cover.html': own });
    expect(none).toEqual([]);
    expect(now.get('handbook/cover.html')).toBe(`${cover}&#x3C;{{office}}`);
  });
  test('of every program template are in order as they are', async () => {
    const all = [...files].filter(([name]) => /\.(html|css)$/.test(name) && !/^(counter|init|preview)\//.test(name));
    expect(await faultsOf(Object.fromEntries(all))).toEqual([]);
    expect((await faultsOf({ 'preview/page.html': '<p></p>' }))[0]?.said).toContain('沒有「preview/page.html」');
  });
  test('may hold strings, comments and marks', async () => {
    expect(
      await faultsOf({
        'posters/poster.css': `/* url(http://a) \\ */ h1::before { content: "\\201C ("; font-family: "Noto Sans TC", "url(http://a)" }`,
      }),
    ).toEqual([]);
  });
});

describe('fonts that an office names', () => {
  const toldOf = async (css: string) => (await faultsOf({ 'handbook/book.css': css })).map(({ said }) => said);
  test.each([
    ['body{font-family:"Noto Serif TC",serif}'],
    ['body{font-family:Noto Sans TC, "Some Font"}'],
    ['body{font-family:var(--serif)}'],
    ['body{font-family:serif}'],
    ['body{font-family:inherit}'],
    ['h1{font:700 var(--size-small) / 1.5 var(--sans)}'],
    ['h1{font:700 12pt/1.5 "Noto Sans TC"}'],
    ['h1{font:inherit}'],
    // Where it is nowhere, whoever prints says so.
    ['h1{font-family:"TW-Kai"}'],
    ['h1{font-family:標楷體}'],
  ])('%s', async (css) => expect(await toldOf(css)).toEqual([]));
  test.each([
    ['body{font-family:Arial}', 'Arial'],
    ["body{font-family:'My  Font', serif}", 'My  Font'],
    ['h1{font:700 12pt/1.5 Georgia, serif}', 'Georgia'],
    ['h1{font:small Georgia, serif}', 'Georgia'],
    ['h1{font:700 var(--size-small) / 1.4 "Times New Roman"}', 'Times New Roman'],
    [':root{--serif: PMingLiU, serif}', 'PMingLiU'],
    ['body{font-family:Noto Sanz TC}', 'Noto Sanz TC'],
  ])('%s names one that is nowhere', async (css, family) => {
    const told = await toldOf(css);
    expect(told).toHaveLength(1);
    expect(told[0]).toContain(`沒有「${family}」這種字型可以印`);
  });
  test('it is told where it stands, with what was meant', async () => {
    expect(await faultsOf({ 'handbook/book.css': 'p{}\nbody{ font-family: Noto Sanz TC }' })).toEqual([
      {
        place: 'content/templates/handbook/book.css:2:20',
        said: '沒有「Noto Sanz TC」這種字型可以印，會印成別的字型。是不是「Noto Sans TC」？可用：Noto Sans TC、Noto Serif TC、Noto Sans Thai。',
      },
    ]);
  });
});

// What a whole file of an office may hold: a frame for what the program says, and nothing that runs, loads, or says more.
import { describe, expect, test } from 'vitest';
import { readTemplates } from '../src/theme/templates.js';

const { files } = await readTemplates(false);
const faultsOf = async (name: string, text: string) => {
  const laid = await readTemplates(false, {
    templates: [{ name, source: { path: `content/templates/${name}`, text } }],
  });
  if (laid.faults.length > 0) expect(laid.files.get(name)).toBe(files.get(name));
  return laid.faults.map(({ rule, message }) => `${rule} ${message.zh}`);
};
const FRAMES = ['sheet.html', 'handbook/book.html', 'handbook/form.html'];
const COVER = 'handbook/cover.html';
/** The file of the program with something more at the end of what is seen. */
const withMore = (name: string, more: string): string => {
  const text = files.get(name) ?? '';
  return text.includes('</body>') ? text.replace('</body>', () => `${more}\n</body>`) : `${text}${more}`;
};

/** On the cover and in every frame. */
const NOWHERE = [
  '<script>1</script>',
  '<script type="module" src="data:text/javascript,1"></script>',
  '<p onclick="1">甲</p>',
  '<svg onload="1"></svg>',
  '<iframe srcdoc="<p>免費</p>"></iframe>',
  '<object data="data:text/html,a"></object>',
  '<embed src="data:text/html,a">',
  '<base href="http://a">',
  '<meta http-equiv="refresh" content="0;url=http://a">',
  '<meta http-equiv="Content-Security-Policy" content="default-src *">',
  '<link rel="preload" href="http://a" as="image">',
  '<form action="http://a"></form>',
  '<input value="免費">',
  '<button>免費</button>',
  '<textarea>免費</textarea>',
  '<select><option>免費</option></select>',
  '<details><summary>甲</summary></details>',
  '<dialog open>免費</dialog>',
  '<noscript>免費</noscript>',
  '<template shadowrootmode="open"><slot></slot></template>',
  '<slot name="a"></slot>',
  '<plaintext>',
  '<xmp>免費</xmp>',
  '<listing>a</listing>',
  '<marquee>免費</marquee>',
  '<bdo dir="rtl">甲</bdo>',
  '<p dir="rtl">甲</p>',
  '<s>甲</s>',
  '<del>甲</del>',
  '<strike>甲</strike>',
  '<math><mtext>免費</mtext></math>',
  '<video poster="http://a"></video>',
  '<audio src="http://a"></audio>',
  '<picture><source srcset="http://a"></picture>',
  '<img srcset="http://a 1x">',
  '<img src="http://a">',
  '<img src="data:image/svg+xml,<svg/>">',
  '<svg><script>1</script></svg>',
  '<svg><foreignObject><p>免費</p></foreignObject></svg>',
  '<svg><use href="http://a#b"/></svg>',
  '<svg><image href="http://a"/></svg>',
  '<svg><a href="javascript:1"><rect/></a></svg>',
  '<svg><animate attributeName="href" values="a"/></svg>',
  '<svg><set attributeName="display" to="none"/></svg>',
  '<a href="javascript:1">甲</a>',
  '<a href="javascript:1//https://a.tw">甲</a>',
  '<a href="blob:https://a.tw">甲</a>',
  '<a href="data:text/html,a">甲</a>',
  '<a ping="http://a" href="#a">甲</a>',
  '<a download href="#a">甲</a>',
  '<p id="s-1">甲</p>',
  '<p data-page-of="s-1">甲</p>',
  '<p data-number="1">甲</p>',
  '<p aria-hidden="true">甲</p>',
  '<p aria-label="免費">甲</p>',
  '<p role="img">甲</p>',
  '<p title="免費">甲</p>',
  '<p inert>甲</p>',
  '<p popover>甲</p>',
  '<p contenteditable>甲</p>',
  '<p slot="a">甲</p>',
  '<p is="a-b">甲</p>',
  '<ol start="5"><li>甲</li></ol>',
  '<ol reversed><li>甲</li></ol>',
  '<ol><li value="9">甲</li></ol>',
  '<p style="position: fixed">甲</p>',
  '<p style="transform: none">甲</p>',
  '<style>@import "a";</style>',
  '<style>.fee { order: 1 }</style>',
  '<style>body::after { content: "免費" }</style>',
  '<p class="{{title}}">甲</p>',
  '<p style="color: {{title}}">甲</p>',
  '<p>{{fee}}</p>',
  '<table background="http://a"></table>',
  '<font face="a">甲</font>',
  '<a-b>甲</a-b>',
  '<p>‮甲</p>',
];

describe.each([COVER, ...FRAMES])('%s of an office', (name) => {
  test('may be as it is', async () => expect(await faultsOf(name, files.get(name) ?? '')).toEqual([]));
  test.each(NOWHERE)('holds no %s', async (more) => expect(await faultsOf(name, withMore(name, more))).not.toEqual([]));
  const slots = [...new Set([...(files.get(name) ?? '').matchAll(/\{\{[a-z]+\}\}/g)].map(([slot]) => slot))];
  test.each(slots)('has its %s, and not in a comment', async (slot) => {
    const text = files.get(name) ?? '';
    expect((await faultsOf(name, text.replaceAll(slot, '')))[0]).toContain('少了欄位');
    if (!/style|lang|medium/.test(slot))
      expect((await faultsOf(name, text.replaceAll(slot, `<!-- ${slot} -->`)))[0]).toMatch(/少了欄位|樣板/);
  });
});

describe.each(FRAMES)('%s, which stands around every sheet,', (name) => {
  test.each([
    '免費',
    '<p>5</p>',
    '<p>規費：免費</p>',
    '<h1>−</h1>',
    '○',
    '<svg><path d="M0 0"/></svg>',
    '<svg><text>免費</text></svg>',
    '<img src="data:image/png;base64,AA">',
  ])('says nothing of its own: %s', async (more) => {
    expect(await faultsOf(name, withMore(name, more))).not.toEqual([]);
    expect(await faultsOf(name, (files.get(name) ?? '').replace('{{title}}', `${more} {{title}}`))).not.toEqual([]);
  });
  test('says everything once', async () => {
    const slot = name.endsWith('form.html') ? '{{foot}}' : '{{body}}';
    expect((await faultsOf(name, withMore(name, `<div>${slot}</div>`)))[0]).toContain('已經有了');
  });
  test('has its style where styles are, and prints none', async () => {
    for (const slot of ['{{style}}', '{{lang}}']) {
      const text = (files.get(name) ?? '').replace(slot, '');
      const moved = withMore(name, `<div>${slot}</div>`.replace('{{lang}}', '{{lang}} '));
      expect((await faultsOf(name, moved))[0], slot).toMatch(/不能放在文字裡|已經有了/);
      expect(await faultsOf(name, text.replace('</body>', `<div>${slot}</div></body>`)), slot).not.toEqual([]);
    }
  });
  test('may have boxes of its own, styles, and comments', async () => {
    const own = withMore(name, '<!-- 頁尾 --><div class="band" style="border-top: 1pt solid #700"></div>');
    expect(await faultsOf(name, own.replace('</style>', '.band { color: #700 }\n</style>'))).toEqual([]);
  });
});

test('the cover may say and show something of its own', async () => {
  for (const more of [
    '<p class="motto">專業・熱忱・效率</p>',
    '<svg viewBox="0 0 10 10" width="10" height="10"><circle cx="5" cy="5" r="4" fill="#700"/></svg>',
    '<img src="data:image/png;base64,AA" alt="">',
    '<p lang="en">Welcome</p><a href="https://example.gov.tw">網站</a>',
    '<p>{{office}}</p>',
  ])
    expect(await faultsOf(COVER, withMore(COVER, more)), more).toEqual([]);
});

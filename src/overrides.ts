// What an office lays over `templates/`: its look, its words, whole files. Judged as strictly as content, for it may be a
// stranger's. The only door to the parser of HTML.
import type { Element, Nodes } from 'hast';
import { fromHtml } from 'hast-util-from-html';
import { toHtml } from 'hast-util-to-html';
import { slotsIn } from './html.js';
import { type Looks, lookOf, type Tokens } from './look.js';
import { yamlTree } from './notation.js';
import type { Override } from './read.js';
import { nearest, type Tree } from './shape.js';
import type { Fault, Say, Source, Span } from './source.js';

/** What the program has, which alone can be laid over. */
export type Program = {
  /** HTML, CSS and YAML by path. */
  files: ReadonlyMap<string, string>;
  /** By language, those of an output under its name: `posters.how`. */
  words: Readonly<Record<string, Readonly<Record<string, string>>>>;
  tokens: Tokens;
  looks: Looks;
};

/** What is laid over it. What is wrong is in `faults` and in nothing else. */
export type Overlay = {
  files: ReadonlyMap<string, string>;
  words: Readonly<Record<string, Readonly<Record<string, string>>>>;
  tokens: Tokens;
  faults: readonly Fault[];
};

/** What the program has for other ends than printing. */
const UNPRINTED = /^(init|preview)\//;
const LOOK = /^(樣式|look)\.ya?ml$/i;
const WORDS = /^(?:([a-z-]+)\/)?(用語|words)\.ya?ml$/i;

export function overlay(overrides: readonly Override[], program: Program): Overlay {
  const faults: Fault[] = [];
  const files = new Map<string, string>();
  const words: Record<string, Record<string, string>> = {};
  let tokens: Tokens = new Map();
  const own = [...program.files.keys()].filter((path) => /\.(html|css)$/.test(path) && !UNPRINTED.test(path));
  for (const { name, source } of overrides) {
    const before = faults.length;
    const report = (fault: Fault): void => void faults.push(fault);
    const wordsOf = WORDS.exec(name);
    if (LOOK.test(name)) {
      tokens = new Map([...tokens, ...lookOf(source, program.looks, program.tokens, report)]);
    } else if (wordsOf) {
      for (const [lang, key, word] of wordsIn(source, wordsOf[1], program.words, report))
        words[lang] = { ...words[lang], [key]: word };
    } else if (own.includes(name)) {
      const css = name.endsWith('.css');
      if (css) judgeCss(source, 0, source.text, program.tokens, report);
      else judgeHtml(source, program.tokens, report);
      judgeSlots(source, program.files.get(name) ?? '', report);
      if (faults.length === before) files.set(name, source.text);
    } else report(unknownFile(name, source, own));
  }
  return { files, words, tokens, faults };
}

const fault = (span: Span, message: Say, hint?: Say): Fault => ({
  rule: 'template-override',
  span,
  message,
  ...(hint ? { hint } : {}),
});

function unknownFile(name: string, source: Source, own: readonly string[]): Fault {
  const near =
    nearest(name, [...own, '樣式.yaml', '用語.yaml']) ??
    own.find((path) => path.split('/').pop() === name.split('/').pop());
  return fault(
    { source, start: 0, end: 0 },
    {
      zh: `程式沒有「${name}」這個樣板，放在這裡不會有作用。`,
      en: `The program has no template "${name}"; here it does nothing.`,
    },
    near
      ? { zh: `是不是「${near}」？`, en: `Did you mean "${near}"?` }
      : {
          zh: '可用的檔名見程式的 templates/；顏色與字型寫在 樣式.yaml，用語寫在 用語.yaml。',
          en: 'The names are those in templates/ of the program, 樣式.yaml and 用語.yaml.',
        },
  );
}

// ---------------------------------------------------------------- words

/** [language, key, word] of every word that is laid over. A word is named by its key, or by what it says in Chinese. */
function wordsIn(
  source: Source,
  output: string | undefined,
  program: Program['words'],
  report: (fault: Fault) => void,
): [string, string, string][] {
  const tree = yamlTree(source, (rule, span, message, hint) =>
    report({ rule, span, message, ...(hint ? { hint } : {}) }),
  );
  if (!tree) return [];
  if (tree.kind !== 'map') {
    report(fault(tree.span, { zh: '這裡應是一組「原來的用語: 新的用語」。', en: 'Expected "word: new word".' }));
    return [];
  }
  const own = program.zh ?? {};
  const inside = Object.keys(own).filter((key) => output === undefined || key.startsWith(`${output}.`));
  const shown = (key: string): string => (output === undefined ? key : key.slice(output.length + 1));
  return tree.entries.flatMap(({ key, keySpan, value }) => {
    const named = inside.filter((each) => shown(each) === key);
    const keys = named.length > 0 ? named : inside.filter((each) => own[each] === key);
    if (keys.length === 0) {
      const near = nearest(key, [...inside.map(shown), ...inside.map((each) => own[each] ?? '')]);
      report(
        fault(
          keySpan,
          { zh: `程式沒有「${key}」這個用語。`, en: `The program has no word "${key}".` },
          near
            ? { zh: `是不是要寫「${near}」？`, en: `Did you mean "${near}"?` }
            : {
                zh: '左邊寫印出來的原文，要完全相同，例如「應備證件」。',
                en: 'Write the word as it is printed, such as 應備證件.',
              },
        ),
      );
      return [];
    }
    return keys.flatMap((each) => wordsFor(each, value, program, report));
  });
}

function wordsFor(
  key: string,
  tree: Tree,
  program: Program['words'],
  report: (fault: Fault) => void,
): [string, string, string][] {
  const given: [string, Tree, Span][] =
    tree.kind === 'map'
      ? tree.entries.map((entry) => [entry.key, entry.value, entry.keySpan])
      : [['zh', tree, tree.span]];
  return given.flatMap(([lang, value, span]) => {
    const word = program[lang]?.[key];
    if (word === undefined || value.kind !== 'scalar' || value.text.trim() === '') {
      report(
        fault(
          word === undefined ? span : value.span,
          word === undefined
            ? { zh: `「${lang}」不是這個用語有的語言。`, en: `"${lang}" is no language of this word.` }
            : { zh: '新的用語應是一段文字。', en: 'The new word is a text.' },
          { zh: `可用：${Object.keys(program).join('、')}。`, en: `There are ${Object.keys(program).join(', ')}.` },
        ),
      );
      return [];
    }
    const holes = (text: string): string =>
      [...new Set(Array.from(text.matchAll(/\{(\d)[^}]*\}/g), ([, i]) => `{${i}}`))].sort().join('、');
    const wanted = holes(word);
    if (wanted === holes(value.text)) return [[lang, key, value.text.trim()] as [string, string, string]];
    report(
      fault(
        value.span,
        wanted === ''
          ? { zh: `這個用語沒有要填入的內容，不能寫 ${holes(value.text)}。`, en: 'Nothing is filled into this word.' }
          : {
              zh: `這個用語裡要有 ${wanted}，程式會填入內容；原文是「${word}」。`,
              en: `This word must hold ${wanted}, which is filled in; it says "${word}".`,
            },
        { zh: '照原文保留大括號的部分。', en: 'Keep the parts in braces as they are.' },
      ),
    );
    return [];
  });
}

// ---------------------------------------------------------------- slots

/** A file laid over another has the same slots: what the program fills in must have a place. */
function judgeSlots(source: Source, program: string, report: (fault: Fault) => void): void {
  const [own, wanted] = [slotsIn(source.text), slotsIn(program)];
  const names = [...new Set(wanted.map(({ name }) => name))];
  const meant = new Set<string>();
  for (const { name, start, end } of own) {
    if (names.includes(name)) continue;
    const near = nearest(name, names);
    if (near) meant.add(near);
    report(
      fault(
        { source, start, end },
        {
          zh: `樣板的欄位「{{${name}}}」不存在，程式沒有東西可填。`,
          en: `There is no slot {{${name}}}; nothing would fill it.`,
        },
        near
          ? { zh: `是不是要寫「{{${near}}}」？`, en: `Did you mean {{${near}}}?` }
          : {
              zh: `可用：${names.map((each) => `{{${each}}}`).join('、') || '沒有'}。`,
              en: `There are ${names.map((each) => `{{${each}}}`).join(', ') || 'none'}.`,
            },
      ),
    );
  }
  const missing = names.filter((name) => !meant.has(name) && !own.some((slot) => slot.name === name));
  if (missing.length > 0)
    report(
      fault(
        { source, start: 0, end: 0 },
        {
          zh: `樣板少了欄位${missing.map((name) => `「{{${name}}}」`).join('、')}，這些內容會印不出來。`,
          en: `The template lacks ${missing.map((name) => `{{${name}}}`).join(', ')}; that would not be printed.`,
        },
        {
          zh: '把欄位放回樣板裡；不想印出來的，可以用 CSS 隱藏。',
          en: 'Put the slot back; what is not to be printed can be hidden by CSS.',
        },
      ),
    );
}

// ---------------------------------------------------------------- nothing that runs or loads

/** Elements that run, load, or lead the reader elsewhere. */
const ACTIVE = new Set(
  'script iframe frame frameset object embed applet audio video source track link base form input button textarea select portal template slot noscript foreignobject animate set animatetransform animatemotion'.split(
    ' ',
  ),
);

export function judgeHtml(source: Source, tokens: Tokens, report: (fault: Fault) => void): void {
  const tree = fromHtml(source.text, { fragment: !/^\s*<!doctype/i.test(source.text) });
  const visit = (node: Nodes): void => {
    if (node.type === 'element') judgeElement(source, node, tokens, report);
    if ('children' in node) for (const child of node.children) visit(child);
  };
  visit(tree);
}

function judgeElement(source: Source, element: Element, tokens: Tokens, report: (fault: Fault) => void): void {
  const start = element.position?.start.offset ?? 0;
  const tag = element.tagName.toLowerCase();
  const end = Math.max(start, source.text.indexOf('>', start) + 1);
  const span = { source, start, end };
  if (ACTIVE.has(tag))
    report(
      fault(
        span,
        {
          zh: `這裡不接受 <${tag}>：樣板與圖片裡不能有程式，也不能載入別的檔案。`,
          en: `<${tag}> is not accepted: nothing here may run or load.`,
        },
        { zh: '刪去這個元素。', en: 'Delete this element.' },
      ),
    );
  for (const [name, value] of Object.entries(element.properties)) {
    const written = Array.isArray(value) ? value.join(' ') : String(value ?? '');
    if (
      /^on/i.test(name) ||
      (ADDRESSES.test(name) && !isHarmless(tag, written)) ||
      /^(srcset|http-?equiv)$/i.test(name) ||
      (name !== 'style' && /\burl\s*\(\s*["']?(?!["'\s#])/i.test(written))
    )
      report(
        fault(
          span,
          {
            zh: `這裡不接受屬性「${name}」：不能有程式，也不能載入網路或其他檔案。`,
            en: `The attribute "${name}" is not accepted here: nothing may run or load.`,
          },
          {
            zh: '刪去這個屬性；圖片請用 office.yaml 的「標誌」「印信」。',
            en: 'Delete it; pictures are named in office.yaml (logo, seal).',
          },
        ),
      );
    if (slotsIn(written).length > 0 && name !== 'className' && name !== 'lang') report(misplaced(span));
    if (name === 'style') judgeCss(source, start, written, tokens, report);
  }
  const [child] = element.children;
  if (tag !== 'style' || child?.type !== 'text') return;
  // The style sheets of the program themselves go in by a slot.
  if (slotsIn(child.value).some((slot) => slot.name !== 'style')) report(misplaced(span));
  judgeCss(source, child.position?.start.offset ?? start, child.value, tokens, report);
}

/** In an attribute or a style sheet, what content says could become an address or a rule. */
const misplaced = (span: Span): Fault =>
  fault(
    span,
    {
      zh: '欄位「{{…}}」只能放在文字的位置，不能放在屬性或樣式裡（class 與 lang 除外）。',
      en: 'A slot stands where text stands, not in an attribute (but class and lang) or a style sheet.',
    },
    { zh: '把欄位移到元素裡面。', en: 'Move the slot into an element.' },
  );

const ADDRESSES = /^(href|src|xlinkhref|data|action|formaction|poster|background|ping|cite|manifest|longdesc)$/i;
const isHarmless = (tag: string, address: string): boolean => {
  const bare = address.replace(/[\s\p{Cc}]/gu, '');
  return (
    bare === '' ||
    bare.startsWith('#') ||
    (tag === 'a' && /^(https?|mailto|tel):/i.test(bare)) ||
    /^data:image\/(png|jpeg|gif|webp);/i.test(bare)
  );
};

/** `from`: where the style sheet begins in the source. */
function judgeCss(source: Source, from: number, css: string, tokens: Tokens, report: (fault: Fault) => void): void {
  const inFile = source.text.startsWith(css, from);
  const at = (index: number, length: number): Span => {
    const start = from + (inFile ? index : 0);
    return { source, start, end: start + (inFile ? length : 0) };
  };
  // Comments and strings become blanks of the same length, so that places stay; addresses keep their words.
  const bare = css.replace(/\/\*[\s\S]*?(\*\/|$)|"(?:[^"\\\n]|\\[\s\S])*"|'(?:[^'\\\n]|\\[\s\S])*'/g, (piece) =>
    piece.startsWith('/*') ? ' '.repeat(piece.length) : `${piece[0]}${' '.repeat(piece.length - 2)}${piece[0]}`,
  );
  const refuse = (index: number, length: number, zh: string, en: string, hint: Say): void =>
    report(fault(at(index, length), { zh, en }, hint));
  const remove = { zh: '刪去這一段。', en: 'Delete it.' };
  for (const { 0: found, index } of css.matchAll(/<\/?[a-z!]/gi))
    refuse(index, found.length, '樣式表裡不能有「<」開頭的標籤。', 'A style sheet holds no tags.', remove);
  for (const { 0: found, index } of bare.matchAll(
    /@(import|font-face|charset|namespace)|\b(expression|image-set|-webkit-image-set|src|element|paint)\s*\(|\\/gi,
  ))
    refuse(
      index,
      found.length,
      `樣式表裡不接受「${found.trim()}」：不能載入網路或其他檔案。`,
      `"${found.trim()}" is not accepted in a style sheet: nothing may be loaded.`,
      remove,
    );
  for (const { 0: found, index } of bare.matchAll(/\burl\s*\(/gi)) {
    const address = css.slice(index + found.length).replace(/^[\s"']+/, '');
    if (!/^(#|data:image\/(png|jpeg|gif|webp);)/i.test(address))
      refuse(
        index,
        found.length,
        '樣式表裡的 url() 只能是 data: 圖片或「#」。',
        'In a style sheet url() is a data: picture or "#".',
        {
          zh: '標誌與印信請放在 images/，並在 office.yaml 寫「標誌」「印信」。',
          en: 'Logo and seal lie in images/ and are named in office.yaml.',
        },
      );
  }
  for (const { 0: block, index: start } of bare.matchAll(/@page[^{]*\{(?:[^{}]|\{[^{}]*\})*\}/g))
    for (const { 0: found, 1: name = '', index } of block.matchAll(/var\(\s*--([\w-]+)\s*\)/g))
      if (!tokens.has(name)) {
        const near = nearest(name, [...tokens.keys()]);
        refuse(
          start + index,
          found.length,
          `@page 裡的「--${name}」不是 base.css 的變數。`,
          `"--${name}" in @page is no token of base.css.`,
          {
            zh: near ? `是不是「--${near}」？` : `可用：${[...tokens.keys()].map((each) => `--${each}`).join('、')}。`,
            en: near
              ? `Did you mean "--${near}"?`
              : `There are ${[...tokens.keys()].map((each) => `--${each}`).join(', ')}.`,
          },
        );
      }
}

/** An SVG written anew, so that it is well-formed; what it must not hold is for `judgeHtml` to tell. `undefined`: no size. */
export function svgText(text: string): { text: string; width: number; height: number } | undefined {
  const svg = fromHtml(text, { fragment: true }).children.find(
    (node): node is Element => node.type === 'element' && node.tagName === 'svg',
  );
  if (!svg) return undefined;
  const box = String(svg.properties.viewBox ?? '')
    .split(/[\s,]+/)
    .map(Number);
  const [width = Number.NaN, height = Number.NaN] =
    box.length === 4
      ? box.slice(2)
      : [svg.properties.width, svg.properties.height].map((each) => Number.parseFloat(String(each)));
  if (!(width > 0 && height > 0)) return undefined;
  svg.properties = {
    ...svg.properties,
    xmlns: 'http://www.w3.org/2000/svg',
    viewBox: box.length === 4 ? box.join(' ') : `0 0 ${width} ${height}`,
    width,
    height,
  };
  return { text: toHtml(svg, { space: 'svg', closeEmptyElements: true }), width, height };
}

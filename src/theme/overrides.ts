// What an office lays over `templates/`: its look, its words, whole files. Judged as strictly as content, for it may be a
// stranger's. The only door to the parser of HTML.
import type { Element, ElementContent, Nodes, Root, Text } from 'hast';
import { fromHtml } from 'hast-util-from-html';
import { toHtml } from 'hast-util-to-html';
import type { Override } from '../content/read.js';
import { reportDeceptions } from '../core/deceptive-characters.js';
import type { Fault } from '../core/diagnostic.js';
import { slotsIn } from '../core/html.js';
import { nearest } from '../core/nearest.js';
import type { Say, Source, Span } from '../core/source.js';
import { type Looks, lookOf, type Tokens } from './look.js';
import { wordsIn } from './rewording.js';
import { familiesNamed, judgeStyle, tokensInPages } from './styles.js';

/** What the program has, which alone can be laid over. */
export type Program = {
  /** HTML, CSS and YAML by path. */
  files: ReadonlyMap<string, string>;
  /** By language, those of an output under its name: `posters.how`. */
  words: Readonly<Record<string, Readonly<Record<string, string>>>>;
  tokens: Tokens;
  looks: Looks;
  /** The fonts that may be named: those that come with the program. */
  families: readonly string[];
  /** What the office's own fonts are called, which print only what the others lack. */
  named?: readonly string[];
};

/**
 * What a style sheet may name; without `families`, any font. `over`: the file of the program that it is laid over; a
 * picture is laid over none, and shows nothing but itself.
 */
type Named = Pick<Program, 'tokens'> & Partial<Pick<Program, 'families' | 'named'>> & { over?: string };

/** What is laid over it. What is wrong is in `faults` and in nothing else. */
export type Overlay = {
  files: ReadonlyMap<string, string>;
  words: Readonly<Record<string, Readonly<Record<string, string>>>>;
  tokens: Tokens;
  faults: readonly Fault[];
};

/** What the program has for other ends than printing. */
const UNPRINTED = /^(counter|init|preview)\//;
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
    if (LOOK.test(name) || wordsOf) reportDeceptions(source, report);
    if (LOOK.test(name)) {
      tokens = new Map([...tokens, ...lookOf(source, program.looks, program.tokens, report)]);
    } else if (wordsOf) {
      for (const [lang, key, word] of wordsIn(source, wordsOf[1], program.words, report))
        words[lang] = { ...words[lang], [key]: word };
    } else if (own.includes(name)) {
      const css = name.endsWith('.css');
      const own = program.files.get(name) ?? '';
      const whole = /^\s*<!doctype/i.test(own);
      const named = { ...program, over: css ? own : stylesIn(own, whole) };
      if (css) judgeCss(source, 0, source.text, 'sheet', named, report);
      else judgeHtml(source, named, report, whole);
      const text = css ? source.text : writtenAnew(source.text, whole);
      judgeSlots(source, text, own, report);
      if (faults.length === before) reportDeceptions(source, report);
      if (faults.length > before) continue;
      // What the browser reads is what was written anew; it must be as harmless as what was read here.
      if (!css) judgeHtml({ ...source, text }, named, report, whole);
      if (faults.length === before) files.set(name, text);
    } else report(unknownFile(name, source, own));
  }
  return { files, words, tokens, faults };
}

/** 楷體 comes with the system, not with the program; where it is nowhere, whoever prints says so. */
const KAI = /kai|楷/i;

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

// ---------------------------------------------------------------- slots

/**
 * A file laid over another has the same slots: what the program fills in must have a place. `text`: what is left of it
 * without comments. A frame around a sheet has each as often as the program's.
 */
function judgeSlots(source: Source, text: string, program: string, report: (fault: Fault) => void): void {
  const counted = (of: string, name: string): number => slotsIn(of).filter((slot) => slot.name === name).length;
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
  for (const name of names) {
    const again = own.findLast((slot) => slot.name === name);
    if (!/^\s*<!doctype/i.test(program) || !again || counted(text, name) <= counted(program, name)) continue;
    report(
      fault(
        { source, start: again.start, end: again.end },
        {
          zh: `「{{${name}}}」已經有了，這裡會再印一次。`,
          en: `{{${name}}} is there already; here it would be printed again.`,
        },
        { zh: '一個欄位只留一處。', en: 'Keep it in one place.' },
      ),
    );
  }
  const missing = names.filter((name) => !meant.has(name) && counted(text, name) === 0);
  if (missing.length > 0)
    report(
      fault(
        { source, start: 0, end: 0 },
        {
          zh: `樣板少了欄位${missing.map((name) => `「{{${name}}}」`).join('、')}，這些內容會印不出來。`,
          en: `The template lacks ${missing.map((name) => `{{${name}}}`).join(', ')}; that would not be printed.`,
        },
        {
          zh: '把欄位放回樣板裡；不是服務內容的（例如副標題），可以用 CSS 隱藏。',
          en: 'Put the slot back; what is no fact of a service, such as a subtitle, can be hidden by CSS.',
        },
      ),
    );
}

// ---------------------------------------------------------------- nothing that runs or loads

const words = (list: string): ReadonlySet<string> => new Set(list.trim().split(/\s+/));

/** What text and drawings are made of. */
const ELEMENTS = words(`
  html head meta title style body
  section article header footer main nav aside hgroup address div p span h1 h2 h3 h4 h5 h6 ul ol li dl dt dd figure figcaption
  table caption colgroup col thead tbody tfoot tr th td blockquote pre hr br wbr
  a abbr b bdi cite code data del dfn em i ins kbd mark q rb rp rt ruby s samp small strong sub sup time u var img
  svg g path rect circle ellipse line polyline polygon text tspan textpath defs symbol use marker clippath mask pattern
  lineargradient radialgradient stop filter desc switch image view
  feblend fecolormatrix fecomponenttransfer fecomposite feconvolvematrix fediffuselighting fedisplacementmap fedistantlight
  fedropshadow feflood fefunca fefuncb fefuncg fefuncr fegaussianblur femerge femergenode femorphology feoffset
  fepointlight fespecularlighting fespotlight fetile feturbulence`);
/** What attributes they may have: those that say what something is, in letters alone, without `-` and `:`. */
const ATTRIBUTES = words(`
  id class classname lang xmllang xmlspace xmlns xmlnsxlink title role alt charset name content href xlinkhref src
  colspan rowspan span scope headers start reversed value datetime cite width height type media version baseprofile
  enablebackground hidden style`);
/** Those of SVG that draw: their values are CSS, or numbers and names. */
const DRAWING = words(`
  d x y x1 y1 x2 y2 cx cy r rx ry fx fy fr dx dy rotate points pathlength viewbox preserveaspectratio transform
  gradientunits gradienttransform spreadmethod offset patternunits patterncontentunits patterntransform clippathunits
  maskunits maskcontentunits markerunits markerwidth markerheight refx refy orient filterunits primitiveunits filterres
  result in in2 mode operator k1 k2 k3 k4 values order kernelmatrix divisor bias targetx targety edgemode
  kernelunitlength preservealpha surfacescale diffuseconstant specularconstant specularexponent lightingcolor azimuth
  elevation pointsatx pointsaty pointsatz z limitingconeangle scale xchannelselector ychannelselector stddeviation radius
  basefrequency numoctaves seed stitchtiles tablevalues slope intercept amplitude exponent
  lengthadjust textlength startoffset method spacing side requiredfeatures systemlanguage
  fill fillopacity fillrule stroke strokewidth strokeopacity strokelinecap strokelinejoin strokemiterlimit strokedasharray
  strokedashoffset stopcolor stopopacity floodcolor floodopacity color opacity clip clippath cliprule mask filter marker
  markerstart markermid markerend display visibility overflow fontfamily fontsize fontstyle fontweight fontvariant
  fontstretch fontsizeadjust letterspacing wordspacing textanchor textdecoration textrendering dominantbaseline
  alignmentbaseline baselineshift paintorder vectoreffect shaperendering imagerendering colorinterpolation
  colorinterpolationfilters colorrendering colorprofile mixblendmode isolation transformorigin transformbox writingmode
  pointerevents cursor kerning font`);
/** Through which a line goes. */
const STRIKING = words('s del');
/** What shows something that cannot be read. */
const DRAWN = words('svg img');
/** In letters alone: where a link leads, what is counted or spoken, in which order a line is read. */
const MISLEADING = /^(id|dir|role|title|headers|start|reversed|value|datetime|(aria|data).*)$/;
/** Of `<meta>`; others lead elsewhere, wait on the network or give way to strangers. */
const METAS = words('viewport description author keywords format-detection robots');

/** What an editor of drawings notes for itself: `inkscape:label`, `<sodipodi:namedview>`, `<metadata>`. It is not printed. */
const isNote = (name: string): boolean =>
  /^metadata$/i.test(name) || (name.includes(':') && !/^(xlink|xml|xmlns):/i.test(name));

const bareName = (name: string): string => name.toLowerCase().replace(/[-:]/g, '');

const treeOf = (text: string, whole: boolean): Root => fromHtml(text, { fragment: !whole });

/** What in the HTML is not known to be harmless; `whole`: it is a document, and not a part of one. */
export function judgeHtml(
  source: Source,
  named: Named,
  report: (fault: Fault) => void,
  whole = /^\s*<!doctype/i.test(source.text),
): void {
  // By a list of what is still to be seen: a hostile file nests deeper than the stack.
  const waiting: Nodes[] = [treeOf(source.text, whole)];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (node.type === 'element') {
      if (isNote(node.tagName)) continue;
      judgeElement(source, node, named, report, whole);
      // What is in it has been judged as what it is.
      if (node.tagName === 'style') continue;
    }
    if (node.type === 'text' && whole && named.over !== undefined) judgeText(source, node, report);
    if ('children' in node) for (const child of [...node.children].reverse()) waiting.push(child);
  }
}

/** A frame around every sheet: what it says would be said beside every fact. */
function judgeText(source: Source, { value, position }: Text, report: (fault: Fault) => void): void {
  const start = position?.start.offset ?? 0;
  const astray = slotsIn(value).find(({ name }) => /^(style|lang|medium)$/.test(name));
  if (astray)
    report(
      fault(
        { source, start, end: position?.end.offset ?? start },
        {
          zh: `「{{${astray.name}}}」不是印出來的內容，不能放在文字裡。`,
          en: `{{${astray.name}}} is nothing to be printed and does not stand in a text.`,
        },
        {
          zh: '照程式原本的位置：{{style}} 在 <style> 裡，{{lang}}、{{medium}} 在屬性裡。',
          en: 'As in the file of the program: {{style}} in <style>, {{lang}} and {{medium}} in attributes.',
        },
      ),
    );
  const own = value.replace(/\{\{\s*[a-z][a-z0-9-]*\s*\}\}/g, '').trim();
  if (!/[^\s\p{Ps}\p{Pe}\p{Pi}\p{Pf}]/u.test(own)) return;
  report(
    fault(
      { source, start: start + value.search(/\S/), end: position?.end.offset ?? start },
      {
        zh: `這個樣板圍在每一份的內容外面，不能有自己的字「${own.length > 30 ? `${own.slice(0, 29)}…` : own}」。`,
        en: `This template stands around what every sheet says, and holds no words of its own ("${own.length > 30 ? `${own.slice(0, 29)}…` : own}").`,
      },
      {
        zh: '要改印出來的字，請寫在 templates/用語.yaml；要改內容，請改內容檔；封面的字寫在 handbook/cover.html。',
        en: 'Change printed words in templates/用語.yaml, content in its own file, and what the cover says in handbook/cover.html.',
      },
    ),
  );
}

/** The style sheets that stand in a page, without those that go in by a slot. */
function stylesIn(text: string, whole: boolean): string {
  const styles: string[] = [];
  const waiting: Nodes[] = [treeOf(text, whole)];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (node.type === 'text') styles.push(node.value);
    else if ('children' in node)
      for (const child of node.children)
        if (child.type !== 'text' || (node.type === 'element' && node.tagName === 'style')) waiting.push(child);
  }
  return styles.join('\n').replace(STYLE_SLOT, '');
}
const STYLE_SLOT = /\{\{\s*style\s*\}\}/g;

/** Written anew as it was read, so that the browser reads the same: without comments, and without an editor's notes. */
function writtenAnew(text: string, whole: boolean): string {
  const tree = treeOf(text, whole);
  const waiting: (Root | Element)[] = [tree];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (node.type === 'element')
      for (const name of Object.keys(node.properties)) if (isNote(name)) delete node.properties[name];
    node.children = (node.children as ElementContent[]).filter(
      (child) =>
        child.type === 'text' ||
        (child.type === 'element' && !isNote(child.tagName)) ||
        String(child.type) === 'doctype',
    );
    for (const child of node.children) if (child.type === 'element') waiting.push(child);
  }
  const anew = toHtml(tree, { closeEmptyElements: false });
  return whole ? `<!doctype html>\n${anew.replace(/^\s*<!doctype[^>]*>\s*/i, '')}\n` : anew;
}

function judgeElement(
  source: Source,
  element: Element,
  named: Named,
  report: (fault: Fault) => void,
  whole: boolean,
): void {
  const start = element.position?.start.offset ?? 0;
  const tag = element.tagName.toLowerCase();
  const end = Math.max(start, source.text.indexOf('>', start) + 1);
  const span = { source, start, end };
  const laid = named.over !== undefined;
  const changes = laid && (STRIKING.has(tag) || (whole && DRAWN.has(tag)));
  if (!ELEMENTS.has(tag) || changes) {
    report(
      fault(
        span,
        changes
          ? {
              zh: `這裡不接受 <${tag}>：樣板不能劃掉內容，也不能在內容旁邊畫圖。`,
              en: `<${tag}> is not accepted: a template strikes nothing out and draws nothing beside what is said.`,
            }
          : {
              zh: `這裡不接受 <${tag}>：樣板與圖片裡不能有程式，也不能載入別的檔案。`,
              en: `<${tag}> is not accepted: nothing here may run or load.`,
            },
        { zh: '刪去這個元素。', en: 'Delete this element.' },
      ),
    );
    return;
  }
  for (const [name, value] of Object.entries(element.properties)) {
    if (isNote(name)) continue;
    const written = Array.isArray(value) ? value.join(' ') : String(value ?? '');
    const loads = !isAccepted(tag, bareName(name), written, element);
    if (loads || (laid && MISLEADING.test(bareName(name))))
      report(
        fault(
          span,
          !loads
            ? {
                zh: `樣板裡不接受屬性「${name}」：它會改變連結、編號、順序，或報讀軟體唸出的內容。`,
                en: `The attribute "${name}" is not accepted in a template: it changes links, numbers, order or what is read aloud.`,
              }
            : {
                zh: `這裡不接受屬性「${name}」：不能有程式，也不能載入網路或其他檔案。`,
                en: `The attribute "${name}" is not accepted here: nothing may run or load.`,
              },
          {
            zh: '刪去這個屬性；圖片請用 office.yaml 的「標誌」「印信」。',
            en: 'Delete it; pictures are named in office.yaml (logo, seal).',
          },
        ),
      );
    if (slotsIn(written).some((slot) => slot.name !== IN_ATTRIBUTES[name])) report(misplaced(span));
    if (name === 'style') judgeCss(source, start, written, 'style', named, report);
  }
  if (tag !== 'style') return;
  // In a drawing a style sheet may be parted by elements and comments, of which the browser reads the text alone.
  const texts = element.children.flatMap((child) => (child.type === 'text' ? [child.value] : []));
  if (texts.length !== element.children.length)
    report(
      fault(
        span,
        { zh: '<style> 裡只能有樣式。', en: '<style> holds a style sheet and nothing else.' },
        { zh: '刪去其中的元素與註解。', en: 'Delete the elements and comments in it.' },
      ),
    );
  const css = texts.join('');
  // The style sheets of the program themselves go in by a slot.
  if (slotsIn(css).some((slot) => slot.name !== 'style')) report(misplaced(span));
  judgeCss(source, element.children[0]?.position?.start.offset ?? start, css, 'sheet', named, report);
}

/** `name` in letters alone. */
function isAccepted(tag: string, name: string, value: string, { properties }: Element): boolean {
  if (tag === 'html') return /^(classname|lang|dir)$/.test(name) && /^[\w{} -]*$/.test(value);
  if (tag === 'meta') {
    if (name === 'charset') return /^utf-?8$/i.test(value);
    return name === 'name' ? METAS.has(value.toLowerCase()) : name === 'content' && properties.name !== undefined;
  }
  if (ADDRESSES.has(name)) return isHarmless(tag, value);
  if (DRAWING.has(name)) return judgeStyle(value, 'value').length === 0;
  if (/^(aria|data)[a-z0-9]+$/.test(name)) return true;
  return ATTRIBUTES.has(name);
}

/** Slots that are filled with one word of the program. */
const IN_ATTRIBUTES: Readonly<Record<string, string>> = { className: 'medium', lang: 'lang' };

/** In an attribute or a style sheet, what content says could become an address or a rule. */
const misplaced = (span: Span): Fault =>
  fault(
    span,
    {
      zh: '欄位「{{…}}」只能放在文字的位置，不能放在屬性或樣式裡（class 的 {{medium}} 與 lang 的 {{lang}} 除外）。',
      en: 'A slot stands where text stands, not in an attribute (but {{medium}} in class and {{lang}} in lang) or a style sheet.',
    },
    { zh: '把欄位移到元素裡面。', en: 'Move the slot into an element.' },
  );

const ADDRESSES = words('href xlinkhref src cite');
const isHarmless = (tag: string, address: string): boolean => {
  const bare = address.replace(/[\s\p{Cc}]/gu, '');
  return (
    bare === '' ||
    /^#[\p{L}\p{N}_.-]*$/u.test(bare) ||
    (tag === 'a' && /^(https?|mailto|tel):/i.test(bare)) ||
    (/^(img|image)$/.test(tag) && /^data:image\/(png|jpeg|gif|webp)[;,]/i.test(bare))
  );
};

/** `from`: where the style sheet begins in the source. */
function judgeCss(
  source: Source,
  from: number,
  css: string,
  kind: 'sheet' | 'style',
  { tokens, families, named = [], over }: Named,
  report: (fault: Fault) => void,
): void {
  const inFile = source.text.startsWith(css, from);
  const at = (start: number, end: number): Span => ({
    source,
    start: from + (inFile ? start : 0),
    end: from + (inFile ? end : 0),
  });
  // The program's own style sheets, where they go in, are no part of it.
  const bare = css.replace(STYLE_SLOT, (slot) => ' '.repeat(slot.length));
  for (const { start, end, message, hint } of judgeStyle(bare, kind, over))
    report(fault(at(start, end), message, hint));
  for (const { family, start, end } of familiesNamed(bare, kind)) {
    if (!families) break;
    if (families.includes(family)) continue;
    if (named.includes(family)) {
      report(fault(at(start, end), ...ownFont(family)));
      continue;
    }
    if (KAI.test(family)) continue;
    const near = nearest(family, families);
    report(
      fault(
        at(start, end),
        {
          zh: `沒有「${family}」這種字型可以印，會印成別的字型。`,
          en: `There is no font "${family}" to print with; another would step in.`,
        },
        {
          zh: `${near ? `是不是「${near}」？` : ''}可用：${families.join('、')}。`,
          en: `${near ? `Did you mean "${near}"? ` : ''}There are ${families.join(', ')}.`,
        },
      ),
    );
  }
  for (const { name, start, end } of tokensInPages(bare)) {
    if (tokens.has(name)) continue;
    const near = nearest(name, [...tokens.keys()]);
    report(
      fault(
        at(start, end),
        {
          zh: `@page 裡的「--${name}」不是 base.css 的變數。`,
          en: `"--${name}" in @page is no token of base.css.`,
        },
        {
          zh: near ? `是不是「--${near}」？` : `可用：${[...tokens.keys()].map((each) => `--${each}`).join('、')}。`,
          en: near
            ? `Did you mean "--${near}"?`
            : `There are ${[...tokens.keys()].map((each) => `--${each}`).join(', ')}.`,
        },
      ),
    );
  }
}

/** A font in `fonts/` may draw anything for a character, and nobody sees it in a file. */
const ownFont = (family: string): [message: Say, hint: Say] => [
  {
    zh: `「${family}」在 fonts/ 裡：那裡的字型只印隨附字型沒有的字（造字），不能用來印全文。`,
    en: `"${family}" lies in fonts/: a font there prints only what the shipped fonts lack, and no other text.`,
  },
  {
    zh: '刪去這個字型名稱，造字仍會用它；內文要用楷體時，把楷體裝在編印的電腦上。',
    en: 'Delete the name; the characters that only it has are printed with it all the same. 楷體 for all text is installed on the machine that prints.',
  },
];

/** The SVG that a file holds, read as leniently as a browser reads it. */
export const svgIn = (text: string): Element | undefined =>
  fromHtml(text, { fragment: true }).children.find(
    (node): node is Element => node.type === 'element' && node.tagName === 'svg',
  );

/** An SVG written anew, so that it is well-formed; what it must not hold is for `judgeHtml` to tell. `undefined`: no size. */
export function svgText(svg: Element): { text: string; width: number; height: number } | undefined {
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

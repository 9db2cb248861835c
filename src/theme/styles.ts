// What a style sheet of a stranger may say: it loads nothing and writes nothing. Read as a browser reads it, and only
// what is known is let through. The only door to the parser of CSS.
import * as css from 'css-tree';
import type { Say } from '../core/source.js';
import { isLasting, isLastingAttribute, isLastingClass, isProved, judgeDeclaration } from './properties.js';

/** What is wrong with a piece of CSS: UTF-16 offsets into it. */
export type StyleFault = { start: number; end: number; message: Say; hint?: Say };

/** What a style sheet is judged as: a file or `<style>`, the attribute `style`, or the value of an attribute of SVG. */
export type StyleKind = 'sheet' | 'style' | 'value';

/** At-words of which none loads anything and none makes a font, or signs that print of themselves. */
const AT_WORDS = new Set(
  `page media supports keyframes layer container starting-style
  top-left-corner top-left top-center top-right top-right-corner bottom-left-corner bottom-left bottom-center bottom-right
  bottom-right-corner left-top left-middle left-bottom right-top right-middle right-bottom`.split(/\s+/),
);
/** Functions that calculate, lay out, colour, turn or choose. */
const FUNCTIONS = new Set(
  `var calc calc-size min max clamp minmax repeat fit-content abs sign round mod rem sin cos tan asin acos atan atan2 pow
  sqrt hypot log exp rgb rgba hsl hsla hwb lab lch oklab oklch color color-mix light-dark linear-gradient radial-gradient
  conic-gradient repeating-linear-gradient repeating-radial-gradient repeating-conic-gradient counter counters lang dir is
  not where has nth-child nth-last-child nth-of-type nth-last-of-type translate translatex translatey rotate scale scalex
  scaley skew skewx skewy matrix grayscale brightness contrast saturate sepia hue-rotate invert opacity drop-shadow blur
  inset circle ellipse polygon rect xywh path cubic-bezier steps linear selector style`.split(/\s+/),
);
/** Where a string is a name or a plan and is not printed. */
const UNPRINTED =
  /^(font|font-family|font-feature-settings|font-variation-settings|grid|grid-template|grid-template-areas|--(serif|sans|mono))$/;
/** What would set the text of content in another order than it is read. */
const REORDERS = /^(unicode-bidi|direction)$/;
const PICTURE = /^data:image\/(png|jpeg|gif|webp)[;,]/i;

const remove: Say = { zh: '刪去這一段。', en: 'Delete it.' };
const IMAGES: Say = {
  zh: '標誌與印信請放在 images/，並在 office.yaml 寫「標誌」「印信」。',
  en: 'Logo and seal lie in images/ and are named in office.yaml.',
};
const WORDS: Say = {
  zh: '要改印出來的字，請寫在 templates/用語.yaml；要改內容，請改內容檔。',
  en: 'Change printed words in templates/用語.yaml, and content in its own file.',
};

/**
 * Everything in it that is not known to be harmless, in order. `program`: it is laid over this style sheet of the
 * program, and what it says of a page is judged as well; what that one says it may say too.
 */
export function judgeStyle(text: string, kind: StyleKind = 'sheet', program?: string): StyleFault[] {
  const tokens = tokensOf(text);
  const faults = [...foreignIn(text), ...tokens.flatMap((token) => judgeToken(text, token)), ...unpaired(text, tokens)];
  const judged = kind !== 'value' && faults.length === 0 ? judgeRules(text, kind) : faults;
  const changing = program === undefined || judged.length > 0 ? [] : judgeChanges(text, kind, program);
  return [...judged, ...changing].sort((a, b) => a.start - b.start);
}

/** What would end the style sheet, or be read by the browser as another character than the one that stands there. */
function foreignIn(text: string): StyleFault[] {
  const found: StyleFault[] = [];
  for (const { 0: tag, index } of text.matchAll(/<\/?[a-z!?]/gi))
    found.push({
      start: index,
      end: index + tag.length,
      message: { zh: '樣式表裡不能有「<」開頭的標籤。', en: 'A style sheet holds no tags.' },
      hint: remove,
    });
  for (const { 0: entity, index } of text.matchAll(/&(?=[#a-z])[#\w]*;?/gi))
    found.push({
      start: index,
      end: index + entity.length,
      message: {
        zh: `樣式表裡不能有「${entity}」這種字元代碼。`,
        en: `A style sheet holds no character reference such as "${entity}".`,
      },
      hint: { zh: '直接寫那個字元。', en: 'Write the character itself.' },
    });
  // A line may end as Windows ends it.
  for (const { 0: sign, index } of text.matchAll(/\r(?!\n)|[^\P{Cc}\t\n\r]|[\p{Cs}\p{Co}\uFFFE\uFFFF\uFDD0-\uFDEF]/gu))
    found.push({
      start: index,
      end: index + sign.length,
      message: {
        zh: `樣式表裡不能有控制字元 U+${(sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}。`,
        en: `A style sheet holds no control character such as U+${(sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}.`,
      },
      hint: remove,
    });
  return found;
}

type Token = { type: number; start: number; end: number };

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  css.tokenize(text, (type, start, end) => void tokens.push({ type, start, end }));
  return tokens;
}

const T = css.tokenTypes as Record<
  'AtKeyword' | 'BadString' | 'BadUrl' | 'CDC' | 'CDO' | 'Comment' | 'Function' | 'String' | 'Url' | 'WhiteSpace',
  number
>;

/** What is refused at a place, in the words of a fault. */
type Refuse = (zh: string, en: string, hint?: Say, at?: { start: number; end: number }) => StyleFault[];

function judgeToken(text: string, token: Token): StyleFault[] {
  const { type, start, end } = token;
  const written = text.slice(start, end);
  const refuse: Refuse = (zh, en, hint = remove, at = { start, end }) => [{ ...at, message: { zh, en }, hint }];
  if (written.includes('\\') && type !== T.String && type !== T.Comment && type !== T.Url) {
    const at = start + written.indexOf('\\');
    return refuse(
      '樣式表裡不接受「\\」：名稱請直接寫，不要用代碼。',
      '"\\" is not accepted outside a string: write names as they are.',
      remove,
      { start: at, end: at + 1 },
    );
  }
  return judgeEnd(type, written, refuse) ?? judgeName(text, token, refuse);
}

/** What does not come to its end; `undefined` of a token of which that is not asked. */
function judgeEnd(type: number, written: string, refuse: Refuse): StyleFault[] | undefined {
  switch (type) {
    case T.BadString:
    case T.BadUrl:
    case T.CDC:
    case T.CDO:
      return refuse(
        `樣式表裡的「${short(written)}」不完整，讀不出是什麼。`,
        `"${short(written)}" is broken off; it cannot be told what it is.`,
        { zh: '字串要在同一行以引號結束，括號要成對。', en: 'A string ends on its line; brackets come in pairs.' },
      );
    case T.Comment:
      return written.length >= 4 && written.endsWith('*/')
        ? []
        : refuse('註解沒有結束。', 'The comment does not end.', { zh: '以「*/」結束。', en: 'End it with "*/".' });
    case T.String:
      return written.length > 1 && written.endsWith(written[0] ?? '')
        ? []
        : refuse('字串沒有結束。', 'The string does not end.', { zh: '補上引號。', en: 'Add the quotation mark.' });
    default:
      return undefined;
  }
}

const isOurs = (address: string): boolean => /^#[\w-]+$/.test(address) || PICTURE.test(address);

/** Names that load something: an address, a word behind `@`, a function. */
function judgeName(text: string, { type, start, end }: Token, refuse: Refuse): StyleFault[] {
  const written = text.slice(start, end);
  const loads = (what: string): StyleFault[] =>
    refuse(
      `樣式表裡不接受「${what}」：不能載入網路或其他檔案。`,
      `"${what}" is not accepted in a style sheet: nothing may be loaded.`,
    );
  switch (type) {
    case T.Url:
      return isOurs(css.url.decode(written)) ? [] : onlyData(refuse);
    case T.AtKeyword:
      return AT_WORDS.has(written.slice(1).toLowerCase()) ? [] : loads(written);
    case T.Function: {
      const name = css.ident.decode(written.slice(0, -1)).toLowerCase();
      // The heads of columns, which narrow screens set beside each cell.
      if (name === 'attr' && /^\s*data-label\s*\)/.test(text.slice(end))) return [];
      if (name !== 'url') return FUNCTIONS.has(name) ? [] : loads(written);
      // With a string inside, url( is a function.
      const inside = /^\s*(["'])((?:(?!\1)[^\\\n])*)\1\s*\)/.exec(text.slice(end));
      return inside && isOurs(inside[2] ?? '') ? [] : onlyData(refuse);
    }
    default:
      return [];
  }
}

const PAIRS: Readonly<Record<string, string>> = { '{': '}', '(': ')', '[': ']' };

/** What stays open would take in what follows the style sheet. */
function unpaired(text: string, tokens: readonly Token[]): StyleFault[] {
  const open: { close: string; start: number; end: number }[] = [];
  const wrong = (start: number, end: number): StyleFault[] => [
    {
      start,
      end,
      message: {
        zh: `這裡的「${text.slice(start, end)}」沒有成對。`,
        en: `The bracket "${text.slice(start, end)}" has no partner.`,
      },
      hint: { zh: '補上另一半，或刪去。', en: 'Add the other half or delete it.' },
    },
  ];
  for (const { type, start, end } of tokens) {
    if (type === T.String || type === T.Comment || type === T.Url) continue;
    const last = text[end - 1] ?? '';
    if (end - start === 1 && /[})\]]/.test(last)) {
      if (open.pop()?.close !== last) return wrong(start, end);
    } else if (PAIRS[last] && (end - start === 1 || type === T.Function))
      open.push({ close: PAIRS[last], start: end - 1, end });
  }
  return open.flatMap(({ start, end }) => wrong(start, end)).slice(0, 1);
}

const onlyData = (refuse: Refuse): StyleFault[] =>
  refuse('樣式表裡的 url() 只能是 data: 圖片或「#」。', 'In a style sheet url() is a data: picture or "#".', IMAGES);

const short = (text: string): string => (text.length > 30 ? `${text.slice(0, 29)}…` : text).replace(/\s+/g, ' ');

/** What cannot be read, and what would be printed that is no content. */
function judgeRules(text: string, kind: StyleKind): StyleFault[] {
  const faults: StyleFault[] = [];
  const tree = css.parse(text, {
    context: kind === 'style' ? 'declarationList' : 'stylesheet',
    positions: true,
    onParseError: ({ offset, message }) =>
      faults.push({
        start: Math.min(offset, text.length),
        end: Math.min(offset + 1, text.length),
        message: {
          zh: '這裡的樣式看不懂：每一項應寫成「屬性: 值;」，大括號要成對，選擇器不能寫在另一個選擇器裡。',
          en: `This style cannot be read (${message}): expected "property: value;", with brackets in pairs and no rule within a rule.`,
        },
      }),
  });
  const at = (node: css.CssNode): { start: number; end: number } => ({
    start: node.loc?.start.offset ?? 0,
    end: node.loc?.end.offset ?? text.length,
  });
  css.walk(tree, {
    visit: 'Declaration',
    enter(declaration) {
      const property = declaration.property.toLowerCase();
      const inMargin = this.atrule !== null && /-(left|center|right|top|middle|bottom|corner)$/.test(this.atrule.name);
      if (REORDERS.test(property))
        faults.push({
          ...at(declaration),
          message: {
            zh: `這裡不接受「${declaration.property}」：字會不照書寫的順序印出來。`,
            en: `"${declaration.property}" is not accepted here: text would be printed in another order than it is written.`,
          },
          hint: remove,
        });
      const prints = (node: { start: number; end: number }, what: string): void => {
        faults.push({
          ...node,
          message: {
            zh: `樣式表不能印字，這裡會印出「${short(what)}」；內容只能來自內容檔。`,
            en: `A style sheet prints no words, and this prints "${short(what)}"; what is printed comes from content.`,
          },
          hint: WORDS,
        });
      };
      if (UNPRINTED.test(property)) return;
      // A value that holds var() and the value of a custom property are text to the parser.
      for (const { type, start, end } of tokensOf(text.slice(at(declaration).start, at(declaration).end))) {
        const from = at(declaration).start;
        const written = text.slice(from + start, from + end);
        const name = written.slice(0, -1).toLowerCase();
        if (
          type === T.String &&
          HAS_WORDS.test(css.string.decode(written)) &&
          !PICTURE.test(css.string.decode(written))
        )
          prints({ start: from + start, end: from + end }, css.string.decode(written));
        else if (
          property === 'content' &&
          ((type === T.Function && (name === 'var' || (/^counters?$/.test(name) && !inMargin))) || type === T.Url)
        )
          prints({ start: from + start, end: from + end }, written);
      }
    },
  });
  return faults;
}

/** What would change what a page says: any property, selector or condition that is not known to leave it as it is. */
function judgeChanges(text: string, kind: StyleKind, program: string): StyleFault[] {
  const said = new Set(saidIn(program, 'sheet').map(({ key }) => key));
  const faults: StyleFault[] = [];
  for (const { key, at, property, value, made, selector, prelude, word } of saidIn(text, kind)) {
    if (said.has(key)) continue;
    const refuse = (zh: string, en: string, hint: Say = remove): void =>
      void faults.push({ ...at, message: { zh, en }, hint });
    if (word !== undefined && !isProved(word, prelude ?? ''))
      refuse(
        `這裡不接受「@${word}${prelude ? ` ${short(prelude)}` : ''}」：有時才用的樣式，編印時無法全部核對。`,
        `"@${word}${prelude ? ` ${short(prelude)}` : ''}" is not accepted here: what holds only at times cannot all be proved.`,
        {
          zh: '只能用 @page、@media print、@media screen，或程式原本的條件。',
          en: 'There are @page, @media print, @media screen, and the conditions of the program.',
        },
      );
    if (selector !== undefined)
      refuse(
        `這裡不接受選擇器「${selector}」：只選到字的一部分，或有時才選到。`,
        `The selector "${selector}" is not accepted here: it selects a part of a text, or only at times.`,
      );
    if (property === undefined || value === undefined) continue;
    const wrong = judgeDeclaration(property, value, made);
    if (wrong) faults.push({ ...at, ...wrong });
    else {
      const drawn = tokensOf(value).find(
        ({ type, start, end }) =>
          type === T.Url || (type === T.Function && /^(url|.*-gradient)\($/i.test(value.slice(start, end))),
      );
      if (drawn)
        refuse(
          '樣板的底圖與漸層不接受：圖裡寫什麼、字看不看得清楚，都無法核對。',
          'Pictures and gradients are not accepted in a template: what they say, and whether text is seen on them, cannot be proved.',
          { zh: `底色請用單一顏色。${IMAGES.zh}`, en: `Take a plain colour. ${IMAGES.en}` },
        );
    }
  }
  return faults;
}

/** One thing that a style sheet says; `key`: the same for the same thing said at the same place. */
type Said = {
  key: string;
  at: { start: number; end: number };
  /** Of a declaration. */
  property?: string;
  value?: string;
  /** It is said of a box that only the style sheet makes. */
  made?: true;
  /** A selector that does not always hold. */
  selector?: string;
  /** Of an at-rule. */
  word?: string;
  prelude?: string;
};

/** A part of a selector that holds only at times, or for a part of a text; as it is written. */
function passingIn(part: css.CssNode): string | undefined {
  switch (part.type) {
    case 'PseudoClassSelector':
    case 'PseudoElementSelector':
      return isLasting(part.name) ? undefined : `:${part.name}`;
    case 'AttributeSelector':
      return isLastingAttribute(part.name.name) ? undefined : `[${part.name.name}]`;
    case 'ClassSelector':
      return isLastingClass(part.name) ? undefined : `.${part.name}`;
    default:
      return undefined;
  }
}

function saidIn(text: string, kind: StyleKind): Said[] {
  const said: Said[] = [];
  const at = (node: css.CssNode): { start: number; end: number } => ({
    start: node.loc?.start.offset ?? 0,
    end: node.loc?.end.offset ?? text.length,
  });
  const read = (node: css.CssNode, around: string, made = false): void => {
    switch (node.type) {
      case 'Declaration': {
        const value = css.generate(node.value);
        const key = `${around} ${css.generate(node)}`;
        said.push({ key, at: at(node), property: node.property, value, ...(made ? { made } : {}) });
        return;
      }
      case 'Rule': {
        const inside = `${around} ${css.generate(node.prelude)}`;
        const own = css.generate(node.block);
        css.walk(node.prelude, (part) => {
          const passing = passingIn(part);
          if (passing !== undefined) said.push({ key: `${inside} ${own}`, at: at(part), selector: passing });
        });
        const makes = /::?(before|after)\b/i.test(inside);
        for (const each of node.block.children) read(each, inside, makes);
        return;
      }
      case 'Atrule': {
        const prelude = node.prelude ? css.generate(node.prelude) : '';
        const inside = `${around} @${node.name} ${prelude}`;
        const word = node.name.toLowerCase();
        said.push({
          key: inside,
          at: { ...at(node), end: node.prelude ? at(node.prelude).end : at(node).end },
          word,
          prelude,
        });
        for (const each of node.block?.children ?? []) read(each, inside, made);
        return;
      }
      case 'StyleSheet':
      case 'DeclarationList':
        for (const each of node.children) read(each, around);
    }
  };
  read(
    css.parse(text, {
      context: kind === 'style' ? 'declarationList' : 'stylesheet',
      positions: true,
      onParseError: () => undefined,
    }),
    '',
  );
  return said;
}

const HAS_WORDS = /[\p{L}\p{N}]/u;

/** Families for which a browser has something of its own, and words that name none. */
const GENERIC =
  /^(serif|sans-serif|monospace|cursive|fantasy|system-ui|ui-[a-z-]+|math|emoji|fangsong|inherit|initial|unset|revert|revert-layer)$/i;

/** The family that comes first wherever fonts are named; what follows it only steps in. `var()` and the generic ones name none. */
export function familiesNamed(
  text: string,
  kind: StyleKind = 'sheet',
): { family: string; start: number; end: number }[] {
  const found: { family: string; start: number; end: number }[] = [];
  const tree = css.parse(text, {
    context: kind === 'style' ? 'declarationList' : 'stylesheet',
    positions: true,
    onParseError: () => undefined,
  });
  css.walk(tree, {
    visit: 'Declaration',
    enter({ property, value }) {
      if (!/^(font|font-family|--(serif|sans|mono))$/i.test(property) || !value.loc) return;
      const { start, end } = value.loc;
      const written = text.slice(start.offset, end.offset);
      // In the short form the families stand behind the size and the height of a line.
      const size = /^font$/i.test(property)
        ? /^.*(?:[\d.](?:[a-z]+|%)?|\b(?:x*-?small|medium|x*-?large|smaller|larger)|\b(?:var|calc)\([^)]*\))(?=\s+["'\p{L}-])/su.exec(
            written,
          )?.[0]
        : '';
      if (size === undefined) return;
      const [list = '', quoted, bare] = /^\s*(?:("[^"]*"|'[^']*')|([^,"';!]+))/.exec(written.slice(size.length)) ?? [];
      const family = quoted ? css.string.decode(quoted) : (bare ?? '').trim().replace(/\s+/g, ' ');
      if (family === '' || GENERIC.test(family) || /\(/.test(family)) return;
      const from = start.offset + size.length + list.search(/\S/);
      found.push({ family, start: from, end: from + list.trim().length });
    },
  });
  return found;
}

/** The places of `var(--name)` within `@page`, which the program fills in. */
export function tokensInPages(text: string): { name: string; start: number; end: number }[] {
  const found: { name: string; start: number; end: number }[] = [];
  const tokens = tokensOf(text).filter(({ type }) => type !== T.WhiteSpace && type !== T.Comment);
  /** Of each open block whether it is one of `@page`, or within one. */
  const open: boolean[] = [];
  let page = false;
  for (const [i, { type, start, end }] of tokens.entries()) {
    const written = text.slice(start, end);
    const [name, close] = [tokens[i + 1], tokens[i + 2]];
    if (type === T.AtKeyword) page = written.toLowerCase() === '@page';
    else if (written === '{') open.push(page || open.at(-1) === true);
    else if (written === '}') open.pop();
    else if (written.toLowerCase() === 'var(' && open.at(-1) && name && close)
      found.push({ name: text.slice(name.start, name.end).replace(/^--/, ''), start, end: close.end });
    if (written === '{' || written === ';') page = false;
  }
  return found;
}

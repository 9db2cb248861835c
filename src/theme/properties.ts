// What a style sheet of an office may do to what is printed: another look, and nothing that changes what a fact says or
// which label it stands beside. Only what is known is let through.
import { nearest } from '../core/nearest.js';
import type { Say } from '../core/source.js';

const words = (list: string): ReadonlySet<string> => new Set(list.trim().split(/\s+/));

const SIDES = ['', '-top', '-right', '-bottom', '-left', '-block', '-inline'].concat(
  ['-block', '-inline'].flatMap((axis) => [`${axis}-start`, `${axis}-end`]),
);
/** What is seen of these is told from the printed page, or they say nothing. */
const FREE = new Set([
  ...SIDES.flatMap((side) => [`margin${side}`, `padding${side}`, `border${side}`]),
  ...SIDES.flatMap((side) => ['-width', '-style', '-color'].map((part) => `border${side}${part}`)),
  ...words(`
  background background-color border-collapse border-radius border-spacing box-decoration-break color cursor fill
  print-color-adjust -webkit-print-color-adjust stroke stroke-width
  border-top-left-radius border-top-right-radius border-bottom-left-radius border-bottom-right-radius
  font-family font-kerning font-optical-sizing font-size font-stretch font-style font-synthesis font-weight
  hanging-punctuation hyphens line-break overflow-wrap tab-size text-align text-align-last text-autospace
  text-indent text-justify text-spacing-trim text-wrap text-wrap-mode text-wrap-style vertical-align white-space
  white-space-collapse word-break word-wrap orphans widows
  align-content align-items align-self aspect-ratio block-size bottom box-sizing caption-side clear column-count
  column-fill column-gap column-rule column-rule-color column-rule-style column-rule-width column-span column-width
  columns empty-cells flex flex-basis flex-grow flex-shrink float gap grid-auto-columns grid-auto-rows grid-column
  grid-column-end grid-column-gap grid-column-start grid-gap grid-row grid-row-end grid-row-gap grid-row-start
  grid-template-columns grid-template-rows height inline-size inset inset-block inset-inline justify-content
  justify-items justify-self left max-height max-width min-height min-width object-fit object-position overflow
  overflow-x overflow-y place-content place-items place-self right row-gap table-layout top visibility width
  break-after break-before break-inside page page-break-after page-break-before page-break-inside size`),
]);

/** Of these some values alone: each word of the value is one of them, or the whole is matched. */
const SOME: Readonly<Record<string, ReadonlySet<string> | RegExp>> = {
  display: words(
    `none block inline inline-block flex inline-flex grid inline-grid contents flow-root table inline-table table-row
    table-cell table-caption table-column table-column-group table-row-group table-header-group table-footer-group`,
  ),
  position: words('static relative absolute'),
  'flex-direction': words('row column'),
  'flex-flow': words('row column wrap nowrap'),
  'flex-wrap': words('wrap nowrap'),
  'grid-auto-flow': words('row'),
  'list-style': words('none disc circle square inside outside'),
  'list-style-type': words('none disc circle square'),
  'list-style-position': words('inside outside'),
  'text-decoration': /^(none|(underline|solid|dotted|dashed|double|#[0-9a-f]{3,8}|currentcolor|\s)*)$/i,
  'text-decoration-line': words('none underline'),
  'text-decoration-style': words('solid dotted dashed double'),
  'text-decoration-color': /^(#[0-9a-f]{3,8}|currentcolor|var\(--[a-z-]+\))$/i,
  'text-emphasis': words('none'),
  'font-variant-numeric': words('normal tabular-nums proportional-nums lining-nums oldstyle-nums slashed-zero'),
  'font-variant-east-asian': words('normal proportional-width full-width'),
  // What is drawn around a fact: brackets, marks and arrows that are no number, no sign of one (a bar, <, a dot), and no word.
  content: /^(none|normal|("[\s“”‘’「」『』【】〔〕《》（）()※■□▪▫◆◇▲△▼▽▶▷◀◁►★☆]*"\s*)+)$/,
};

/** Lengths in that of 12 pt type, the size of a text where it is not known. */
const IN_EM: Readonly<Record<string, number>> = {
  em: 1,
  rem: 1,
  '%': 0.01,
  pt: 1 / 12,
  px: 1 / 16,
  mm: 1 / 4.23,
  '': 1,
};
function emOf(value: string): number | undefined {
  const [, number = '', unit = ''] = /^(-?\d*\.?\d+)(em|rem|%|pt|px|mm|)$/i.exec(value) ?? [];
  return number === '' ? undefined : Number(number) * (IN_EM[unit.toLowerCase()] ?? Number.NaN);
}
/** A value that only the laid-out page tells; there it is proved. */
const CALCULATED = /^(var|calc|min|max|clamp|round)\(/i;

/**
 * How near type may be set, and how far apart, as it is ever read: lines that touch, characters that lie over one another
 * and spaces that are none say something else.
 */
const BOUNDED: Readonly<Record<string, { least: number; most: number; example: string; calculated?: true }>> = {
  'line-height': { least: 1.1, most: 4, example: '1.5', calculated: true },
  'letter-spacing': { least: -0.05, most: 1, example: '0.05em' },
  'word-spacing': { least: -0.05, most: 2, example: '0.1em' },
};
function isWithin(name: string, value: string): boolean {
  const bound = BOUNDED[name];
  if (!bound || value.toLowerCase() === 'normal' || ALWAYS.has(value.toLowerCase())) return true;
  if (CALCULATED.test(value)) return bound.calculated === true;
  const em = emOf(value);
  return em !== undefined && em >= bound.least && em <= bound.most;
}
/** Of `font`, the height of lines that stands behind the size. */
const lineHeightIn = (font: string): string =>
  /\/\s*(-?[\d.]+(?:[a-z]+|%)?|[a-z-]+\((?:[^()]|\([^()]*\))*\)|[a-z]+)/i.exec(font)?.[1] ?? 'normal';
/** Of a mark: as large as the text it stands beside; a square that is far smaller is a full stop. */
const MARK_SIZE = /^(0?\.[7-9]\d*em|1(\.\d+)?em|[7-9]\d%|1\d\d%)$/i;
const ALWAYS = words('inherit initial unset revert');

/** Why it is refused, in so many words, where somebody may have meant it well. */
const WHY: readonly (readonly [RegExp, Say])[] = [
  [
    /^(unicode-bidi|direction|writing-mode|text-orientation|order|flex-(direction|flow|wrap)|grid-(auto-flow|area|template|template-areas)|grid|position|translate|rotate|scale|transform.*|offset.*|zoom|reading-.*)$/,
    {
      zh: '內容會不照書寫的順序印出來，或印到別的地方',
      en: 'text would be printed in another order than it is written, or elsewhere',
    },
  ],
  [
    /^(counter-.*|list-style.*|quotes|content|hyphenate-.*|text-emphasis.*)$/,
    { zh: '會改變編號，或多印出字', en: 'numbers would change, or signs be added' },
  ],
  [
    /^(text-transform|text-combine-.*|font-variant.*|font-feature-.*|font-variation-.*|font-language-override|letter-spacing|word-spacing|text-decoration.*|text-underline-.*|-webkit-text-.*|text-shadow)$/,
    { zh: '字會變成別的樣子，或被線劃過', en: 'characters would look like others, or be struck through' },
  ],
  [
    /^(opacity|filter|backdrop-filter|mix-blend-mode|clip.*|mask.*|content-visibility|z-index|box-shadow|outline.*|background-.*|border-image.*|line-clamp|text-overflow|perspective.*|isolation|contain.*|animation.*|transition.*)$/,
    { zh: '內容會被蓋住、變淡、切掉或後來不見', en: 'text would be covered, faint, cut off or gone after a while' },
  ],
];

/** What a mark before or after a text may be, which no template holds: a sign in the line, and no shape beside a number. */
const MARK =
  /^(content|color|font-(family|weight|size|style)|letter-spacing|vertical-align|white-space|(margin|padding)(-.*)?|display)$/;

type Judged = { message: Say; hint: Say };

/** What is wrong with a value that has bounds; nothing of a property that has none. */
function judgeBound(property: string, value: string): Judged | 'within' | undefined {
  const font = property.toLowerCase() === 'font';
  const name = font ? 'line-height' : property.toLowerCase();
  const bound = BOUNDED[name];
  if (!bound) return undefined;
  if (isWithin(name, font ? lineHeightIn(value) : value)) return 'within';
  const example = font ? 'font: 11pt/1.5 var(--sans)' : `${name}: ${bound.example}`;
  return {
    message: {
      zh: `「${property}: ${value}」不是 ${bound.least} 到 ${bound.most}（倍或 em）：字與行會疊在一起，或離得讀不成一個數。`,
      en: `"${property}: ${value}" is not from ${bound.least} to ${bound.most} (times the size, or em): characters or lines would lie over one another, or too far apart for one number.`,
    },
    hint: { zh: `例如 ${example}。`, en: `Such as ${example}.` },
  };
}

/** What is wrong with a declaration; `value` without `!important`. `mark`: it is one of `::before` or `::after`. */
export function judgeDeclaration(property: string, value: string, mark = false): Judged | undefined {
  if (property.startsWith('--')) return undefined;
  const name = property.toLowerCase();
  const ofMark = !MARK.test(name) || (/^margin/.test(name) && /-|var/.test(value));
  if (mark && (ofMark || (name === 'font-size' && !MARK_SIZE.test(value.trim()))))
    return {
      message: {
        zh: `::before 與 ::after 這裡不接受「${property}: ${value.trim()}」：在字旁邊畫的線與方塊會像數字或刪除線。`,
        en: `"${property}: ${value.trim()}" is not accepted in ::before and ::after: lines and boxes beside a text look like numbers, or strike it out.`,
      },
      hint: {
        zh: '可以是「■」這種記號，以及它的顏色、字型、字級（0.7em 到 2em）與留白。',
        en: 'It may be a mark such as ■, with its colour, font, size (0.7em to 2em) and space.',
      },
    };
  const some = SOME[name];
  const own = value.trim();
  const fits = (word: string): boolean => ALWAYS.has(word) || (some instanceof Set && some.has(word));
  const bounded = judgeBound(property, own);
  if (bounded !== undefined) return bounded === 'within' ? undefined : bounded;
  if (FREE.has(name) || (some instanceof RegExp && some.test(own))) return undefined;
  if (some && own.toLowerCase().split(/\s+/).every(fits)) return undefined;
  const why = WHY.find(([pattern]) => pattern.test(name))?.[1];
  if (some)
    return {
      message: {
        zh: `這裡不接受「${property}: ${own}」${why ? `：${why.zh}` : ''}。`,
        en: `"${property}: ${own}" is not accepted here${why ? `: ${why.en}` : ''}.`,
      },
      hint:
        some instanceof RegExp
          ? { zh: '刪去這一項，或照程式原本的寫法。', en: 'Delete it, or write it as the program does.' }
          : { zh: `可用：${[...some].join('、')}。`, en: `There are ${[...some].join(', ')}.` },
    };
  const near = why ? undefined : nearest(name, [...FREE, ...Object.keys(SOME), ...Object.keys(BOUNDED)]);
  return {
    message: {
      zh: `這裡不接受「${property}」${why ? `：${why.zh}` : '：不是樣板可用的屬性'}。`,
      en: `"${property}" is not accepted here: ${why ? why.en : 'it is none of the properties of a template'}.`,
    },
    hint: near
      ? { zh: `是不是要寫「${near}」？`, en: `Did you mean "${near}"?` }
      : {
          zh: '刪去這一項；顏色、字型、字級、邊框、留白與欄寬都可以改。',
          en: 'Delete it; colours, fonts, sizes, borders, spaces and widths may be changed.',
        },
  };
}

/** Selectors of what is so from the first to the last, on paper and on every screen. */
const PSEUDO = words(`
  root is where not has lang empty first-child last-child only-child nth-child nth-last-child first-of-type last-of-type
  only-of-type nth-of-type nth-last-of-type before after`);
const PAGES = words('left right first blank');

/** Attributes that stay as they were written; `open`, `hidden` or `aria-expanded` come and go as somebody reads. */
const ATTRIBUTES = words('class lang href src alt colspan rowspan scope type data-label');
/** Classes that the scripts of handbook.html give and take. */
export const PASSING = words('held opened beside lists-alone');

/** What is selected by this attribute, or class, is so from the first to the last. */
export const isLastingAttribute = (name: string): boolean => ATTRIBUTES.has(name.toLowerCase());
export const isLastingClass = (name: string): boolean => !PASSING.has(name);

/** A pseudo-class or pseudo-element that may be selected; `page`: it is one of `@page`. */
export const isLasting = (name: string, page = false): boolean => (page ? PAGES : PSEUDO).has(name.toLowerCase());

/** What a style sheet may be meant for; a width or a colour scheme that nobody tried would show what nobody proved. */
export const isProved = (word: string, prelude: string): boolean =>
  word === 'media'
    ? /^(all|print|screen)$/i.test(prelude.trim())
    : word === 'page' || /^(top|bottom|left|right)-(left|center|right|top|middle|bottom)(-corner)?$/.test(word);

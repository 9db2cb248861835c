// A style sheet of an office gives another look, and nothing that would make the paper say something else.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { PASSING } from '../src/theme/properties.js';
import { judgeStyle } from '../src/theme/styles.js';

const PROGRAM = `.steps{list-style:decimal}.side{display:flex;flex-direction:row-reverse}.foot{position:fixed}
a:hover{text-decoration:underline}@media (max-width:40rem){.strip{display:block}}.prose li::marker{color:var(--accent)}`;
const judged = (text: string, kind: 'sheet' | 'style' = 'sheet') => judgeStyle(text, kind, PROGRAM);

/** Each by itself, on a fact, on its label, and within a condition or a custom property. */
const LIES = `
  counter-reset: page 5|counter-set: list-item 3|counter-increment: list-item 2|list-style: decimal|list-style-type: lower-alpha
  list-style-type: var(--x)|quotes: "1" "2"|content: counter(page)|content: counters(page, ".")|content: open-quote|content: attr(id)
  content: "免費"|content: "5"|content: "不"|content: "-"|content: "○"|content: "."|content: ","|content: "一"|content: "—"|content: "×"|content: "+"|content: "〇"
  content: "①"|content: "/"|content: "%"|content: "~"|content: "\\35"|content: var(--x)|content: none / "免費"|content: "" "0"|hyphenate-character: "0"|text-overflow: "9"
  text-emphasis: filled dot|text-emphasis-style: "×"|display: list-item
  order: 1|flex-direction: row-reverse|flex-direction: column-reverse|flex-direction: var(--x)|flex-flow: row-reverse wrap|flex-wrap: wrap-reverse
  grid-area: b|grid-template-areas: "b a"|grid-template: "b a"|grid: none|grid-auto-flow: column|grid-auto-flow: dense
  direction: rtl|unicode-bidi: bidi-override|writing-mode: vertical-rl|text-orientation: upright|position: fixed|position: sticky
  text-transform: uppercase|text-combine-upright: all|font-feature-settings: "frac"|font-variant: small-caps|font-variant-position: super
  font-variant-alternates: historical-forms|font-variant-east-asian: simplified|font-variant-east-asian: ruby|font-variant-numeric: diagonal-fractions|font-variant-numeric: ordinal
  font-variation-settings: "wght" 1|font-language-override: "KOR"|font-palette: dark|font-variant-caps: all-small-caps
  text-decoration: line-through|text-decoration: underline line-through|text-decoration-line: line-through|text-decoration-line: overline
  text-decoration: var(--x)|text-underline-offset: -0.4em|text-decoration-thickness: 2em
  opacity: 0.1|filter: invert(1)|backdrop-filter: blur(9px)|mix-blend-mode: screen|clip-path: inset(50%)|clip: rect(0 0 0 0)|mask: none|mask-image: none
  transform: scaleX(-1)|rotate: 180deg|scale: -1 1|translate: 50mm|offset-path: none|perspective: 1px|z-index: 9|content-visibility: hidden|contain: strict
  line-height: .5|line-height: 0|line-height: 60%|line-height: 0.8em|line-height: 5pt|font: 12pt/0.5 serif|font: 12pt/6pt serif|line-height: 9
  letter-spacing: -0.09em|letter-spacing: 5em|letter-spacing: -1px|word-spacing: -0.25em|word-spacing: 40pt|content: "┃"|content: "▍"|content: "〈"
  letter-spacing: -1em|letter-spacing: -9px|letter-spacing: var(--x)|letter-spacing: calc(0em - 1em)|word-spacing: -1em|zoom: 0.1
  -webkit-text-security: disc|-webkit-text-fill-color: #fff|-webkit-text-stroke: 9px #fff|text-shadow: 5px 0 #000|box-shadow: 0 0 0 9mm #fff|outline: 9mm solid #fff
  -webkit-line-clamp: 1|-webkit-box-reflect: below|border-image: none|border-image-source: none|background-image: none|background-clip: text|background-blend-mode: screen
  background: linear-gradient(#fff, #000)|background: url("data:image/png;base64,AA")|background: url(#a)|fill: url(#a)
  animation: a 1s|animation-name: a|transition: all 9s|all: revert|initial-letter: 9|ruby-position: under|shape-outside: none|appearance: auto|user-select: none
  font-size-adjust: 9|forced-color-adjust: none|color-scheme: dark|columns-count: 9|colr: red|*color: red|container: a|anchor-name: --a|view-transition-name: a
  reading-flow: flex-visual|line-clamp: 1|text-box: trim-both|interpolate-size: allow-keywords`
  .split(/[|\n]\s*/)
  .map((each) => each.trim())
  .filter(Boolean);

/** What a look is made of. */
const LOOKS = `
  color: #700|color: var(--accent)|background: #eee|background: var(--tint)|background-color: rgb(1 2 3 / 0.5)|border: 1pt solid var(--rule)
  border-block-start-width: 2pt|border-radius: 2mm|margin: -1mm 0 4mm|padding-inline-start: 1em|font: 700 12pt/1.5 var(--sans)|font: 12pt/1.5 "Noto Sans TC", serif
  font-size: max(1rem, 9pt)|font-weight: 700|line-height: 1.6|line-height: 1.15|line-height: 150%|line-height: 18pt|line-height: var(--leading)|line-height: normal|font: inherit|word-spacing: 0.1em|letter-spacing: 0.3em|letter-spacing: -0.02em|letter-spacing: normal|text-align: center
  text-indent: 2em|text-decoration: none|text-decoration: underline|text-decoration: underline dotted #700|text-emphasis: none|font-variant-numeric: tabular-nums lining-nums
  font-variant-east-asian: proportional-width|content: "※"|content: ""|content: none|content: "\\201C ("|content: "【"|list-style: none|list-style: disc inside
  display: grid|display: none|display: table-header-group|position: absolute|position: relative|inset: 1mm|top: 0|flex: 1 1 auto|flex-direction: column
  flex-wrap: wrap|grid-template-columns: repeat(2, minmax(0, 1fr))|grid-column: 1 / -1|columns: 2|column-rule: 1pt solid #700|break-inside: avoid
  page: cover|white-space: nowrap|overflow-wrap: anywhere|hyphens: auto|float: right|visibility: hidden|width: calc(100% - 3mm)|aspect-ratio: 1
  --accent: #123456|color: inherit|display: revert|fill: #700|color: red !important`
  .split(/[|\n]\s*/)
  .map((each) => each.trim())
  .filter(Boolean);

describe('a declaration that would change what is said', () => {
  test.each(LIES)('%s', (lie) => {
    for (const text of [
      `.fee b { ${lie} }`,
      `dt { color: red; ${lie} !important }`,
      `@media print { .a:has(b) { ${lie} } }`,
    ]) {
      const [found] = judged(text);
      expect(found, text).toBeDefined();
      const [start, end] = [found?.start ?? 0, found?.end ?? 0];
      expect(lie.startsWith('*') || `${lie} !important`.includes(text.slice(start, end).trim()), text).toBe(true);
    }
    expect(judged(lie, 'style')).not.toEqual([]);
  });
});

describe('another look', () => {
  test.each(LOOKS)('%s', (look) => {
    for (const text of [`.fee b { ${look} }`, `@media print { h1 { ${look} } }`]) expect(judged(text)).toEqual([]);
    expect(judged(look, 'style')).toEqual([]);
  });
});

describe('a mark before or after a text', () => {
  test.each([
    'content: "■"',
    'content: ""; display: block; padding: 1mm',
    'color: #700',
    'font-size: 0.8em',
    'margin-right: 0.3em',
  ])('may have %s', (mark) => expect(judged(`h2::before { ${mark} }`)).toEqual([]));
  test.each([
    'position: absolute',
    'border-top: 1mm solid #000',
    'background: #000',
    'width: 1mm',
    'margin: 0 -2em',
    'font-size: 0.2em',
    'font-size: 8pt',
    'font: 8pt serif',
    'margin-left: var(--x)',
    'line-height: 0',
    'float: left',
  ])('has no %s', (mark) => {
    for (const name of ['::before', '::after', ':after', '::before:hover'])
      expect(judged(`.fee${name} { ${mark} }`)).not.toEqual([]);
  });
});

describe('what holds only at times, or for a part of a text', () => {
  test.each([
    ['@media (min-width: 600px) { i { color: red } }'],
    ['@media print and (width: 210mm) { i { display: none } }'],
    ['@media (prefers-color-scheme: dark) { i { color: #fff } }'],
    ['@media not print { i { display: none } }'],
    ['@supports (-moz-appearance: none) { i { display: none } }'],
    ['@supports (color: red) { i { display: none } }'],
    ['@container (width > 1px) { i { display: none } }'],
    ['@layer a { i { color: red } }'],
    ['@layer a, b;'],
    ['@starting-style { i { color: red } }'],
    ['@keyframes a { from { color: #fff } }'],
    ['@property --a { syntax: "*"; inherits: true }'],
    ['@scope (i) { b { color: red } }'],
    ['@font-feature-values a { @styleset { b: 1 } }'],
    ['p::first-letter { color: #fff }'],
    ['p:first-letter { font-size: 0 }'],
    ['p::first-line { color: #fff }'],
    ['li::marker { color: #fff }'],
    ['li::marker { content: "" }'],
    ['p::selection { color: #fff }'],
    ['body:hover .fee { display: none }'],
    ['.mine[open] ~ .fee { display: none }'],
    ['.fee:has(~ [OPEN]) { display: none }'],
    ['[aria-expanded="true"] ~ main .fee { display: none }'],
    ['.fee:not([hidden]) { color: #fff }'],
    ['html.held .fee { color: #fff }'],
    ['.fee:is(.lists-alone *) { color: #fff }'],
    ['.fee:not(:hover) { display: none }'],
    ['.fee:is(:focus, :target) { display: none }'],
    ['.a { &:hover { display: none } }'],
    ['.a { @media (width > 1px) { display: none } }'],
    ['a:visited { display: none }'],
    [':host { display: none }'],
  ])('%s', (text) => expect(judged(text)).not.toEqual([]));
  test.each([
    ['@media print { i { color: red } }'],
    ['@media screen { i { color: red } }'],
    ['@page cover :left { margin: 2cm; @top-left { content: none; color: red } }'],
    ['li:nth-child(2n + 1):not(:last-child) > a:is(.b, :lang(en)) { color: red }'],
    ['@media (max-width: 40rem) { .strip { color: red } }'],
    ['a[href^="tel:"] { color: red }'],
  ])('but not %s', (text) => expect(judged(text)).toEqual([]));
});

test('classes that come and go are those that the scripts of handbook.html set', () => {
  const folder = join(import.meta.dirname, '../src/outputs/handbook/in-page');
  const scripts = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'));
  const set = scripts.flatMap((text) =>
    [...text.matchAll(/classList\.(?:add|toggle|remove)\('([\w-]+)'/g)].map(([, name]) => name),
  );
  expect([...new Set(set)].sort()).toEqual([...PASSING].sort());
});

test('what the program itself says may be said at the same place, and only there', () => {
  expect(judged(PROGRAM)).toEqual([]);
  expect(judged('.steps { list-style:   decimal; color: red }')).toEqual([]);
  for (const text of [
    '.step { list-style: decimal }',
    '@media print { .steps { list-style: decimal } }',
    '.steps { list-style: decimal !important }',
    'a:hover { text-decoration: underline; display: none }',
    '.prose li::marker { color: var(--accent); font-size: 0 }',
  ])
    expect(judged(text), text).not.toEqual([]);
});

test('a mistyped property is told with what was meant', () => {
  expect(judged('i { colour: red }')[0]?.hint?.zh).toContain('是不是要寫「color」');
  expect(judged('i { order: 1 }')[0]?.message.zh).toContain('不照書寫的順序');
});

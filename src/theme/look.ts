// An office's own look: colours, fonts and sizes in its words, checked and turned into the tokens of base.css.

import { record } from '../content/schema/record.js';
import { choice, shorthand } from '../content/schema/scalars.js';
import { type Fields, known, type Reading, type RecordOf, type Shape, Unreadable } from '../content/schema/schema.js';
import { yamlTree } from '../content/syntax/yaml.js';
import type { Fault } from '../core/diagnostic.js';
import { nearest } from '../core/nearest.js';
import type { Say, Source, Span } from '../core/source.js';

const colour = (): Shape<string, true> =>
  shorthand('colour', {
    zh: "顏色（例如 藏青，或加引號的 '#1b3a6b'）",
    en: "a colour such as 藏青, or '#1b3a6b' in quotes",
  });
const points = (): Shape<number, true> => shorthand('points', { zh: '字級（例如 11 點）', en: 'a size such as 11pt' });
const font = (): Shape<'ming' | 'hei' | 'kai', true> =>
  choice({ ming: ['明體', '宋體'], hei: ['黑體'], kai: ['楷體', '標楷體'] });

/** `look`: one of the shipped looks, which the other fields then change. */
const lookFields = {
  look: {
    shape: shorthand<string>('look', { zh: '內附的樣式', en: 'one of the looks that come with the program' }),
    doc: { zh: '內附的樣式：典雅、明快、單色；其他項目再修改它', en: 'one of the shipped looks' },
  },
  accent: { shape: colour(), doc: { zh: '標題、粗線與封面的顏色', en: 'headings, bold rules, the cover' } },
  ink: { shape: colour(), doc: { zh: '文字的顏色', en: 'text' } },
  quiet: { shape: colour(), doc: { zh: '說明與附註的顏色', en: 'notes and labels' } },
  tint: { shape: colour(), doc: { zh: '表頭的淺底色；未寫則由主色調淡', en: 'light ground of heads' } },
  hairline: { shape: colour(), doc: { zh: '表格細線；未寫則由主色調淡', en: 'hair lines of tables' } },
  doubt: { shape: colour(), doc: { zh: '「待確認」與「草案」的顏色', en: '待確認 and 草案' } },
  bodyFont: {
    shape: font(),
    doc: { zh: '手冊內文：明體、黑體或楷體（楷體要電腦裡有）', en: 'the text of the handbook' },
  },
  headFont: { shape: font(), doc: { zh: '標題、表格與海報：黑體、明體或楷體', en: 'headings, tables, posters' } },
  bodySize: { shape: points(), doc: { zh: '手冊內文的字級，10 到 12 點', en: 'size of the text of the handbook' } },
  leading: {
    shape: shorthand<number>('ratio', { zh: '倍數（例如 1.7）', en: 'a number such as 1.7' }),
    doc: { zh: '行距，1.4 到 2 倍', en: 'distance of lines' },
  },
} as const satisfies Fields;
type Look = RecordOf<typeof lookFields>;
const lookShape = record(lookFields, { expected: { zh: '樣式', en: 'a look' }, open: false });

/** `templates/looks.yaml`. A colour in a look may be a name. */
export type Looks = {
  looks: Readonly<Record<string, Readonly<Partial<Record<keyof typeof lookFields, string>>>>>;
  colours: Readonly<Record<string, string>>;
  kai: string;
};

/** Tokens of base.css by name, without `--`. */
export type Tokens = ReadonlyMap<string, string>;

/** The tokens a look changes, those made of others included. What is wrong with it is reported and left out. */
export function lookOf(source: Source, shipped: Looks, tokens: Tokens, report: (fault: Fault) => void): Tokens {
  const say: Reading['report'] = (rule, span, message, hint, fix) =>
    report({ rule, span, message, ...(hint ? { hint } : {}), ...(fix ? { fix } : {}) });
  unquoted(source, report);
  const tree = yamlTree(source, (rule, span, message, hint) => {
    // A file of nothing but unquoted colours is told as that.
    if (rule !== 'empty-file') say(rule, span, message, hint);
  });
  const read = tree && lookShape.read(tree, readingFor(shipped, say));
  const own = (typeof read === 'object' ? read : undefined) as Look | undefined;
  if (!own) return new Map();

  const base = shipped.looks[known(own.look) ?? ''] ?? {};
  const chosen = <K extends keyof typeof lookFields>(key: K): string | undefined => {
    const written = known(own[key]) as string | undefined;
    const value = written ?? base[key];
    return value === undefined ? undefined : (shipped.colours[value] ?? value);
  };
  const changed = new Map<string, string>();
  const set = (token: string, value: string | undefined): void => {
    if (value !== undefined) changed.set(token, value);
  };
  const accent = chosen('accent');
  for (const token of ['accent', 'ink', 'quiet', 'doubt'] as const) set(token, chosen(token));
  set('tint', chosen('tint') ?? (accent && mixed(accent, 0.09)));
  set('rule', chosen('hairline') ?? (accent && mixed(accent, 0.32)));
  if (accent) {
    set('chart-line', accent);
    set('chart-box', mixed(accent, 0.04));
    set('chart-end', mixed(accent, 0.11));
    set('chart-rule', mixed(accent, 0.5));
  }
  const fonts = { ming: tokens.get('serif'), hei: tokens.get('sans'), kai: `${shipped.kai}, ${tokens.get('serif')}` };
  const fontOf = (key: 'bodyFont' | 'headFont'): string | undefined => fonts[chosen(key) as keyof typeof fonts];
  set('serif', fontOf('bodyFont'));
  set('sans', fontOf('headFont'));
  const [size, leading] = [known(own.bodySize), known(own.leading)];
  set('size-body', size === undefined ? undefined : `${size}pt`);
  set('leading', leading === undefined ? undefined : String(leading));

  const colourOf = (token: string): string => changed.get(token) ?? tokens.get(token) ?? '';
  const texts = ['accent', 'ink', 'quiet', 'doubt'] as const;
  for (const key of texts) {
    const [span, ratio] = [own.at[key], contrast(colourOf(key), '#ffffff')];
    if (span && known(own[key]) && ratio < ON_WHITE) report(tooLight(span, colourOf(key), ratio));
  }
  const onTint = Math.min(...texts.map((key) => contrast(colourOf(key), colourOf('tint'))));
  if (own.at.tint && onTint < ON_TINT) report(tooDark(own.at.tint, colourOf('tint'), onTint));
  return changed;
}

// ---------------------------------------------------------------- reading

/** 「主色: #1b3a6b」 is a comment to YAML, and the colour vanishes without a word. */
function unquoted(source: Source, report: (fault: Fault) => void): void {
  for (const { 0: whole, 1: key = '', 2: hex = '', index } of source.text.matchAll(
    /^([^\n#:]+):[ \t]+(#[0-9a-f]{3,8})\b/gim,
  )) {
    const start = index + whole.length - hex.length;
    const span = { source, start, end: start + hex.length };
    report({
      rule: 'template-override',
      span,
      message: {
        zh: `「${hex}」沒有加引號，YAML 會把 # 之後當成註解，「${key.trim()}」就沒有內容。`,
        en: `"${hex}" is not quoted: to YAML it is a comment, and "${key.trim()}" stays empty.`,
      },
      hint: { zh: `寫成 ${key.trim()}: '${hex}'。`, en: `Write ${key.trim()}: '${hex}'.` },
      fix: { span, text: `'${hex}'` },
    });
  }
}

function readingFor(shipped: Looks, report: Reading['report']): Reading {
  const named =
    (table: Readonly<Record<string, unknown>>, what: Say) =>
    (text: string): string => {
      if (Object.hasOwn(table, text)) return text;
      const names = Object.keys(table);
      const near = nearest(text, names);
      throw new Unreadable(
        'template-override',
        { zh: `沒有「${text}」這種${what.zh}。`, en: `There is no ${what.en} "${text}".` },
        near
          ? { zh: `是不是要寫「${near}」？`, en: `Did you mean "${near}"?` }
          : { zh: `可用：${names.join('、')}。`, en: `There are ${names.join(', ')}.` },
      );
    };
  const number = (text: string, unit: RegExp, least: number, most: number, what: Say): number => {
    const value = Number(text.normalize('NFKC').replace(unit, '').trim());
    if (value >= least && value <= most) return value;
    throw new Unreadable(
      'template-override',
      {
        zh: `「${text}」不是 ${least} 到 ${most} 的${what.zh}。`,
        en: `"${text}" is not ${what.en} from ${least} to ${most}.`,
      },
      { zh: '太小看不清楚，太大排不下。', en: 'Smaller is not read, larger does not fit.' },
    );
  };
  const colourNamed = named(shipped.colours, { zh: '顏色', en: 'colour' });
  return {
    report,
    unconfirmed: () => undefined,
    prose: () => undefined,
    translated: () => undefined,
    shorthands: {
      look: named(shipped.looks, { zh: '樣式', en: 'look' }),
      colour: (text) => {
        const [, r = '', g = '', b = ''] = /^#?([0-9a-f])([0-9a-f])([0-9a-f])$/i.exec(text) ?? [];
        if (r) return `#${r}${r}${g}${g}${b}${b}`.toLowerCase();
        return /^#?[0-9a-f]{6}$/i.test(text) ? `#${text.replace('#', '')}`.toLowerCase() : colourNamed(text);
      },
      points: (text) => number(text, /(pt|點)$/i, 10, 12, { zh: '字級', en: 'a size' }),
      ratio: (text) => number(text, /倍$/, 1.4, 2, { zh: '倍數', en: 'a number' }),
    },
  };
}

// ---------------------------------------------------------------- colours

/** WCAG 2.2, 1.4.6 asks for 7:1; a light ground may take some of it away, down to what 1.4.3 asks for. */
const ON_WHITE = 7;
const ON_TINT = 4.5;

const channels = (hex: string): number[] => [1, 3, 5].map((i) => Number.parseInt(hex.slice(i, i + 2), 16));

/** So much of the colour on white paper. */
const mixed = (hex: string, share: number): string =>
  `#${channels(hex)
    .map((value) =>
      Math.round(255 - (255 - value) * share)
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')}`;

function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = channels(hex).map((value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** The contrast ratio of WCAG 2, from 1 to 21. */
export function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

const toOne = (ratio: number): string => `${(Math.floor(ratio * 10) / 10).toFixed(1)}:1`;

const tooLight = (span: Span, hex: string, ratio: number): Fault => ({
  rule: 'look-contrast',
  span,
  message: {
    zh: `${hex} 在白紙上的對比是 ${toOne(ratio)}，文字應有 ${ON_WHITE}:1 以上。`,
    en: `${hex} on white has a contrast of ${toOne(ratio)}; text needs ${ON_WHITE}:1.`,
  },
  hint: { zh: '選深一點的顏色。', en: 'Take a darker colour.' },
});
const tooDark = (span: Span, hex: string, ratio: number): Fault => ({
  rule: 'look-contrast',
  span,
  message: {
    zh: `文字在底色 ${hex} 上的對比只有 ${toOne(ratio)}，應有 ${ON_TINT}:1 以上。`,
    en: `Text on the ground ${hex} has a contrast of ${toOne(ratio)}; it needs ${ON_TINT}:1.`,
  },
  hint: { zh: '選淺一點的底色。', en: 'Take a lighter ground.' },
});

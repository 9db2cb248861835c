// Reads `templates/`: what is printed beside the content, as data.

import { readFileSync } from 'node:fs';
import { type Content, readTexts } from '../content/read.js';
import { plainYaml } from '../content/syntax/yaml.js';
import type { Fault } from '../core/diagnostic.js';
import { LANGUAGES, unconfirmedIn } from '../core/language.js';
import { pageScript, TEMPLATES } from '../core/program-files.js';
import type { Templates } from '../document/context.js';
import type { Words } from '../document/words.js';
import type { ChartLook, ChartStyle, ChartTheme } from './chart-theme.js';
import { FAMILIES, type OfficeFonts, officeFonts } from './fonts.js';
import type { Looks, Tokens } from './look.js';

type Style = Omit<ChartStyle, 'numbered'>;
export type BuildTemplates = Templates & {
  chart: { theme: ChartTheme; style: Style; look: ChartLook };
  /** What is wrong with the files that the office lays over these, and with its pictures. */
  faults: readonly Fault[];
  /** Where the office has whole files of its own: all files without these, and the paths of these by their names. */
  plain?: { files: ReadonlyMap<string, string>; laid: ReadonlyMap<string, string> };
};

/**
 * `templates/`: HTML and CSS by path; every `words.yaml`, those of an output under its name; papers and chart theme;
 * over them what the office has of its own. `mono`: every colour is black or white. `fonts`: what is made of its fonts.
 */
export async function readTemplates(
  mono: boolean,
  content: Partial<Content> = {},
  fonts: OfficeFonts = officeFonts(content),
): Promise<BuildTemplates> {
  const { templates: overrides = [], images = [] } = content;
  const base = await programTemplates();
  const { files: written } = base;
  const yaml = (path: string): unknown => plainYaml(written.get(path) ?? '');
  const own =
    overrides.length === 0
      ? undefined
      : (await import('./overrides.js')).overlay(overrides, {
          ...base,
          families: FAMILIES,
          named: fonts.named,
          looks: yaml('looks.yaml') as Looks,
        });
  const { pictures, faults } =
    images.length === 0 ? { pictures: new Map(), faults: [] } : (await import('./images.js')).picturesIn(images);
  const laid = new Map(
    overrides.flatMap(({ name, source }) => (own?.files.has(name) ? [[name, source.path] as const] : [])),
  );
  const looked = new Map([...base.tokens, ...tokensIn(own?.files.get('base.css') ?? ''), ...(own?.tokens ?? [])]);
  // First, for it has nothing but what the others lack.
  const withFonts = (families: string): string => (fonts.family ? `'${fonts.family}', ${families}` : families);
  const changed = new Map([
    ...(own?.tokens ?? []),
    ...(fonts.family ? ['serif', 'sans'].map((name) => [name, withFonts(tokenNamed(looked, name))] as const) : []),
  ]);
  const tokens = new Map([...looked, ...changed]);
  const { kai } = yaml('looks.yaml') as Looks;
  /** The files, and over them the look. */
  const lookedOver = (files: ReadonlyMap<string, string>): Map<string, string> => {
    const merged = new Map(files);
    if (changed.size > 0)
      merged.set(
        'base.css',
        `${merged.get('base.css')}\n:root {\n${[...changed].map(([name, value]) => `  --${name}: ${value};\n`).join('')}}\n`,
      );
    return new Map([...merged].map(([path, text]) => [path, inked(withPageTokens(text, tokens))]));
  };
  const inked = (text: string): string => (mono ? inBlackAndWhite(text) : text);
  const { style, look, ...theme } = withTokens(yaml('chart.yaml'), (text) =>
    inked(text.replace(TOKEN, (_, name: string) => tokenNamed(tokens, name))),
  ) as ChartTheme & { style: Style; look: Omit<ChartLook, 'font'> };
  return {
    files: lookedOver(new Map([...written, ...(own?.files ?? [])])),
    ...(laid.size > 0 ? { plain: { files: lookedOver(written), laid } } : {}),
    words: own ? lazily(LANGUAGES, (lang) => ({ ...base.words[lang], ...own.words[lang] })) : base.words,
    papers: yaml('papers.yaml') as Templates['papers'],
    chart: {
      theme: {
        ...theme,
        font: withFonts(theme.font),
        ...(fonts.faces.length > 0 ? { faces: fonts.faces } : {}),
        ...([...changed.values()].some((value) => value.includes(kai)) ? { kai } : {}),
      },
      style,
      look: { ...look, font: withFonts(theme.font) },
    },
    scripts: base.scripts,
    pictures,
    faults: [...(own?.faults ?? []), ...faults, ...fonts.faults],
  };
}

type ProgramTemplates = {
  files: ReadonlyMap<string, string>;
  scripts: ReadonlyMap<string, string>;
  words: Words;
  tokens: Tokens;
};
let program: Promise<ProgramTemplates> | undefined;

/** What the program itself has, which stays the same while it runs: read once, for 25 ms each time add up. */
function programTemplates(): Promise<ProgramTemplates> {
  program ??= readTexts(TEMPLATES).then((files) => ({
    files,
    scripts: new Map([['handbook', readFileSync(pageScript('outputs/handbook'), 'utf8')]]),
    words: wordsIn(files),
    tokens: tokensIn(files.get('base.css') ?? ''),
  }));
  return program;
}

/** Chinese and English stand beside one another; each other language has its own file, for whoever translates it. */
function wordsIn(files: ReadonlyMap<string, string>): Words {
  const both = { zh: {} as Record<string, string>, en: {} as Record<string, string> };
  for (const [path, text] of files) {
    const output = /^(?:([a-z-]+)\/)?words\.yaml$/.exec(path);
    if (!output) continue;
    for (const [key, said] of Object.entries(plainYaml(text) as Record<string, Partial<Record<string, string>>>))
      for (const lang of ['zh', 'en'] as const) {
        const word = said[lang];
        if (word === undefined) throw new Error(`templates/${path}: "${key}" has no ${lang}`);
        both[lang][output[1] ? `${output[1]}.${key}` : key] = word;
      }
  }
  return lazily(LANGUAGES, (language) => {
    if (language === 'zh' || language === 'en') return both[language as 'zh' | 'en'];
    const { words } = plainYaml(files.get(`languages/${language}.yaml`) ?? '') as { words?: Record<string, string> };
    return { ...both.en, ...words, unconfirmed: unconfirmedIn(language) };
  });
}

/** A record of what is made of each key when it is first asked for: a language that is not printed is not read. */
function lazily<K extends string, T>(keys: readonly K[], make: (key: K) => T): Record<K, T> {
  const made = new Map<K, T>();
  const of = (key: K): T => {
    const known = made.get(key) ?? make(key);
    made.set(key, known);
    return known;
  };
  const properties = keys.map((key) => [key, { enumerable: true, get: () => of(key) }]);
  return Object.defineProperties({}, Object.fromEntries(properties)) as Record<K, T>;
}

// ---------------------------------------------------------------- tokens

const TOKEN = /var\(\s*--([a-z][a-z-]*)\s*\)/g;

/** The custom properties of the first `:root` of a style sheet: `--accent: #0f4a52` → accent. */
function tokensIn(css: string): Tokens {
  const root = /:root\s*\{([^}]*)\}/.exec(css.replace(/\/\*[\s\S]*?\*\//g, ''))?.[1] ?? '';
  return new Map(
    // A value is put into other style sheets: no string of it may begin and not end.
    [...root.matchAll(/--([a-z][a-z-]*)\s*:\s*((?:[^;"'\\]|"[^"\\\n\r\f]*"|'[^'\\\n\r\f]*')+);/g)].map(
      ([, name = '', value = '']) => [name, value.trim()],
    ),
  );
}

function tokenNamed(tokens: Tokens, name: string): string {
  const value = tokens.get(name);
  if (value === undefined) throw new Error(`templates/base.css has no token --${name}`);
  return value;
}

/** Chromium knows no custom properties in `@page` and its boxes: there the tokens are put in as values. */
function withPageTokens(css: string, tokens: Tokens): string {
  let text = '';
  let at = 0;
  for (const { 0: found, index: start } of css.matchAll(/\/\*[\s\S]*?\*\/|@page/g)) {
    if (found !== '@page' || start < at) continue;
    const end = blockEnd(css, start);
    text += css.slice(at, start) + css.slice(start, end).replace(TOKEN, (_, name: string) => tokenNamed(tokens, name));
    at = end;
  }
  return text + css.slice(at);
}

/** Behind the bracket that closes the first block after `start`; no bracket stands in its strings. */
function blockEnd(css: string, start: number): number {
  let depth = 0;
  for (let i = css.indexOf('{', start); i !== -1 && i < css.length; i += 1) {
    if (css[i] === '{') depth += 1;
    if (css[i] === '}') depth -= 1;
    if (depth === 0) return i + 1;
  }
  return css.length;
}

/** A value of YAML with every text in it changed. */
function withTokens(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((each) => withTokens(each, change));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withTokens(inner, change)]));
}

/**
 * A laser printer rasters every tint and grey line: what is light becomes white, anything else black. The border lies
 * above the hair lines of tables and below the ground of heads (relative luminance, WCAG 2).
 */
const inBlackAndWhite = (text: string): string =>
  text.replace(/#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})\b/gi, (_, ...parts: string[]) => {
    const [r = 0, g = 0, b = 0] = parts.slice(0, 3).map((part) => (Number.parseInt(part, 16) / 255) ** 2.2);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b > 0.7 ? '#ffffff' : '#000000';
  });

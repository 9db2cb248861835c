// The languages of print, and how one string holds a text in two of them: it can be joined and filled in like any other
// string, and only where the page is finished (`two-languages.ts`) does each language get its own place.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { TEMPLATES } from './program-files.js';

declare const isInFile: unique symbol;
/**
 * A language of print by the name of its file in `templates/languages/`. Content is written in Chinese; the others are
 * translations of it, and what one of them lacks in printed words is printed in English.
 */
export type Language = 'zh' | 'en' | (string & { readonly [isInFile]: true });

/** What the file of a language says of it, but for its printed words. */
type Head = {
  /** As HTML and PDF name it (BCP 47). */
  tag: string;
  /** Where dates are written as this language writes them (CLDR). */
  locale: string;
  /** How it is called in content, the usual Chinese name first. */
  names: readonly [string, ...string[]];
  /** How it says 待確認, the printed way first. */
  unconfirmed: readonly [string, ...string[]];
};

/**
 * The head of a language's file, which is read at every start: a few lines of YAML, each a text or a list of texts without
 * quotes. The words behind it are left to who prints them.
 */
function headIn(path: string): Head {
  const text = readFileSync(path, 'utf8');
  const of = (key: string): string => {
    const value = new RegExp(`^${key}: *\\[?([^\\]\\n]+)\\]? *$`, 'm').exec(text)?.[1]?.trim();
    if (value === undefined) throw new Error(`${path} has no line "${key}: …"`);
    return value;
  };
  const all = (key: string) => of(key).split(/, */) as [string, ...string[]];
  return { tag: of('tag'), locale: of('locale'), names: all('names'), unconfirmed: all('unconfirmed') };
}

const FOLDER = join(TEMPLATES, 'languages');
/** Chinese and English, which have every word, and then the others by the names of their files. */
export const LANGUAGES: readonly Language[] = [
  'zh',
  'en',
  ...readdirSync(FOLDER)
    .flatMap((file) => /^([a-z]{2,3})\.yaml$/.exec(file)?.[1] ?? [])
    .filter((name) => name !== 'zh' && name !== 'en')
    .sort()
    .map((name) => name as Language),
];
const HEADS = new Map(LANGUAGES.map((language) => [language, headIn(join(FOLDER, `${language}.yaml`))]));
/** All that the program knows of its languages, but for their printed words: what is remembered of a content depends on it. */
export const knownOfLanguages = (): readonly unknown[] => [...HEADS];
function headOf(language: Language): Head {
  const head = HEADS.get(language);
  if (!head) throw new Error(`templates/languages has no ${language}.yaml`);
  return head;
}

/** How every language is called in content, the usual Chinese name first. */
export const LANGUAGE_NAMES = Object.fromEntries(
  LANGUAGES.map((language) => [language, headOf(language).names]),
) as Readonly<Record<Language, Head['names']>>;
const BY_NAME = new Map<string, Language>(
  LANGUAGES.flatMap((language) => [language, ...headOf(language).names].map((name) => [name, language] as const)),
);
/** The language of this name in content or of this file; undefined where there is none. */
export const languageNamed = (name: string): Language | undefined => BY_NAME.get(name);

/** The usual name of a language in content: 英文. */
export const languageName = (language: Language): string => headOf(language).names[0];
/** As HTML and PDF name it (BCP 47). */
export const tagOf = (language: Language): string => headOf(language).tag;
/** Where months and numbers are written as this language writes them. */
export const localeOf = (language: Language): string => headOf(language).locale;
/** 待確認 as it is printed in this language. */
export const unconfirmedIn = (language: Language): string => headOf(language).unconfirmed[0];

/** A text that has no Chinese in it is the same in every language: a number, an address on the web. */
export const isChinese = (text: string): boolean => /\p{Script=Han}/u.test(text);

// ---------------------------------------------------------------- two languages in one string

/*
 * The signs between the languages are noncharacters (Unicode 23.7), which no text may hold: a pair is
 * OPEN first SECOND second CLOSE, where SECOND tells the language of the second; LACKING … LACKED holds Chinese that
 * stands where a translation is missing. Pairs never hold pairs.
 */
const OPEN = '\uFDD0';
const CLOSE = '\uFDD1';
const LACKING = '\uFDD2';
const LACKED = '\uFDD3';
const secondSign = (language: Language): string => String.fromCharCode(0xfdd4 + LANGUAGES.indexOf(language));
const SIGNS = /[\uFDD0-\uFDEF]/;
const PAIR = /\uFDD0([^\uFDD0\uFDD1\uFDD4-\uFDEF]*)[\uFDD4-\uFDEF]([^\uFDD0\uFDD1\uFDD4-\uFDEF]*)\uFDD1/g;

/** The same text in the language of the sheet and in a second one. */
export function pairOf(first: string, second: string, language: Language): string {
  const [one, other] = [sideOf(first, 1), sideOf(second, 2)];
  return one === other ? one : `${OPEN}${one}${secondSign(language)}${other}${CLOSE}`;
}
/** Chinese where the translation is missing. */
export const lacking = (text: string): string => (text === '' ? '' : `${LACKING}${text}${LACKED}`);

export const hasSigns = (text: string): boolean => SIGNS.test(text);
/** A text parted at the signs in it, which stand at the odd places. */
export const splitSigns = (text: string): string[] => text.split(/([\uFDD0-\uFDEF])/);
const sideOf = (text: string, side: 1 | 2): string =>
  hasSigns(text) ? text.replace(PAIR, side === 1 ? '$1' : '$2').replace(/[\uFDD0\uFDD1\uFDD4-\uFDEF]/g, '') : text;
/** What a text says in the first language, or in the second; Chinese in it is still marked where it is only a stopgap. */
export const firstOf = (text: string): string => sideOf(text, 1);
export const secondOf = (text: string): string => sideOf(text, 2);
/** What a text says in the first language, plainly: for attributes, titles and measuring. */
export const plainOf = (text: string): string =>
  hasSigns(text) ? sideOf(text, 1).replace(/[\uFDD0-\uFDEF]/g, '') : text;
/** The language a text has beside the first. */
export function secondLanguageOf(text: string): Language | undefined {
  const sign = /[\uFDD4-\uFDEF]/.exec(text)?.[0];
  return sign === undefined ? undefined : LANGUAGES[sign.charCodeAt(0) - 0xfdd4];
}
/** Changes a text in each of its languages. */
export function inEachLanguage(text: string, change: (text: string) => string): string {
  const language = secondLanguageOf(text);
  return language === undefined ? change(text) : pairOf(change(sideOf(text, 1)), change(sideOf(text, 2)), language);
}

/** Chinese that stands for a translation, set between these two. */
export const showLacking = (text: string, before: string, after: string): string =>
  hasSigns(text)
    ? text
        // What is only parted by a break of lines is one text.
        .replace(/\uFDD3(\s*)\uFDD2/g, '$1')
        .replace(/\uFDD2([^\uFDD2\uFDD3]*)\uFDD3/g, (_, inner: string) => `${before}${inner}${after}`)
        .replace(/[\uFDD0-\uFDEF]/g, '')
    : text;

/** 待確認 in every language of print, as a part of a regular expression; those in Latin letters stand as words. */
export const UNCONFIRMED_WORDS = LANGUAGES.flatMap((language) => headOf(language).unconfirmed)
  .map((text) => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'))
  .join('|');
/** 待確認身分後 is an ordinary sentence: what goes on in Chinese is no mark. */
const UNCONFIRMED_WITHIN = new RegExp(`((?<![a-z])(?:${UNCONFIRMED_WORDS})(?![a-z\\p{Script=Han}]))`, 'iu');
/** Parts a text at every 待確認 in it; those stand at the odd places. */
export const splitUnconfirmed = (text: string): string[] => text.split(UNCONFIRMED_WITHIN);

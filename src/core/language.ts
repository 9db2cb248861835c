// The languages of print, and how one string holds a text in two of them: it can be joined and filled in like any other
// string, and only where the page is finished (`html.ts`) does each language get its own place.

export const LANGUAGES = ['zh', 'en', 'vi', 'id', 'th'] as const;
/** A language of print. Content is written in Chinese; the others are translations of it. */
export type Language = (typeof LANGUAGES)[number];

/** How a language is called in content, the usual Chinese name first. */
export const LANGUAGE_NAMES = {
  zh: ['中文', '華語', '國語'],
  en: ['英文', '英語'],
  vi: ['越南文', '越南語', '越文'],
  id: ['印尼文', '印尼語'],
  th: ['泰文', '泰語'],
} as const satisfies Record<Language, readonly string[]>;
const BY_NAME = new Map<string, Language>(
  LANGUAGES.flatMap((language) => [language, ...LANGUAGE_NAMES[language]].map((name) => [name, language] as const)),
);
export const languageNamed = (name: string): Language | undefined => BY_NAME.get(name);

/** As HTML and PDF name it (BCP 47). */
export const tagOf = (language: Language): string => (language === 'zh' ? 'zh-Hant' : language);

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
const PAIR = /\uFDD0([^\uFDD0\uFDD1\uFDD4-\uFDEF]*)[\uFDD4-\uFDD8]([^\uFDD0\uFDD1\uFDD4-\uFDEF]*)\uFDD1/g;

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
  const sign = /[\uFDD4-\uFDD8]/.exec(text)?.[0];
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

/** 待確認 in every language of print, as `templates/words.yaml` has it; those in Latin letters stand as words. */
export const UNCONFIRMED_WORDS = '待確認|待查證|unconfirmed|to be confirmed|chờ xác nhận|menunggu konfirmasi|รอการยืนยัน';
/** 待確認身分後 is an ordinary sentence: what goes on in Chinese is no mark. */
const UNCONFIRMED_WITHIN = new RegExp(`((?<![a-z])(?:${UNCONFIRMED_WORDS})(?![a-z\\p{Script=Han}]))`, 'iu');
/** Parts a text at every 待確認 in it; those stand at the odd places. */
export const splitUnconfirmed = (text: string): string[] => text.split(UNCONFIRMED_WITHIN);

// Reads text in Markdown, and text that is written once for each language: `{中文: 規費, 英文: Fee}`.
import { LANGUAGE_NAMES, LANGUAGES, type Language, languageName, languageNamed } from '../../core/language.js';
import { nearest } from '../../core/nearest.js';
import { breachOfProse } from '../bounds.js';
import { FAULT, type Reading, type Shape, wrongType } from './schema.js';
import { type Entry, isEmpty, type Prose, placeIn, quote, saysUnconfirmed, type Tree } from './tree.js';

export const prose = (): Shape<Prose, false> => translatable(plainProse, ({ markdown }) => markdown);
const plainProse: Shape<Prose, false> = {
  open: false,
  markdown: true,
  translate: (value, translator, at) => ({ ...value, markdown: translator.prose(value.markdown, at) }),
  expected: { zh: '一段文字', en: 'text' },
  read(tree, reading) {
    if (isEmpty(tree)) return undefined;
    const lines = tree.kind === 'list' ? tree.items : [tree];
    if (tree.kind === 'map' || lines.some((line) => line.kind !== 'scalar'))
      return wrongType(tree, { zh: '一段文字或一份文字清單', en: 'text or a list of texts' }, reading);
    const texts = lines.map((line) => {
      const value = line.kind === 'scalar' ? line.text.trim() : '';
      if (saysUnconfirmed(value)) reading.unconfirmed(line.span);
      return value;
    });
    const value = {
      markdown: tree.kind === 'list' ? texts.map((t) => `- ${t}`).join('\n') : (texts[0] ?? ''),
      span: tree.span,
    };
    const breach = breachOfProse(value.markdown);
    if (breach) {
      reading.report('out-of-bounds', placeIn(value, breach.start, breach.end), breach.message, breach.hint);
      return FAULT;
    }
    reading.prose(value);
    return value;
  },
};

// ---------------------------------------------------------------- translations

/** What is written once for each language, `{中文: …, 英文: …}`: the Chinese, and the others. */
type Versions = { zh?: Tree; others: { language: Language; tree: Tree }[] };

export function versionsIn(tree: Tree & { kind: 'map' }, reading: Reading): Versions {
  const versions: Versions = { others: [] };
  const seen = new Set<Language>();
  for (const entry of tree.entries) {
    const language = languageNamed(entry.key);
    if (language === undefined) unknownLanguage(entry, reading);
    else if (seen.has(language))
      reading.report('duplicate-key', entry.keySpan, {
        zh: `「${languageName(language)}」已經寫過一次（各種寫法視為同一種語言），每種語言只能寫一次。`,
        en: `"${entry.key}" is given twice; give each language once.`,
      });
    else if (language === 'zh') versions.zh = entry.value;
    else versions.others.push({ language, tree: entry.value });
    if (language !== undefined) seen.add(language);
  }
  if (!versions.zh)
    reading.report(
      'missing-key',
      tree.span,
      { zh: '這裡只有譯文，沒有中文。', en: 'There are translations here, but no Chinese (zh).' },
      { zh: '加上一行「中文: …」。', en: 'Add a line "中文: …" (zh).' },
    );
  return versions;
}

function unknownLanguage({ key, keySpan }: Entry, reading: Reading): void {
  const near = nearest(
    key,
    LANGUAGES.flatMap((language) => [language, ...(LANGUAGE_NAMES[language] ?? [])]),
  );
  reading.report(
    'unknown-key',
    keySpan,
    { zh: `不認得「${quote(key)}」這種語言。`, en: `Unknown language "${quote(key)}".` },
    near
      ? { zh: `是不是要寫「${near}」？`, en: `Did you mean "${near}"?` }
      : {
          zh: `可用的語言：${LANGUAGES.map((language) => languageName(language)).join('、')}。`,
          en: `Languages: ${LANGUAGES.join(', ')}.`,
        },
    near ? { span: keySpan, text: near } : undefined,
  );
}

/** Of translations only the words are taken: what is 待確認 in them is so in the Chinese already. */
export function readVersions(others: Versions['others'], zh: string, reading: Reading): void {
  for (const { language, tree } of others) {
    const read = plainProse.read(tree, { ...reading, unconfirmed: () => undefined });
    if (typeof read === 'object') reading.translated(zh, language, read.markdown);
  }
}

/** Text that may also be given in other languages: `{中文: 規費, 英文: Fee}`. */
export function translatable<T>(shape: Shape<T, false>, wordsOf: (value: T) => string): Shape<T, false> {
  return {
    ...shape,
    written: { kind: 'text', versions: true },
    read(tree, reading) {
      if (tree.kind !== 'map' || !tree.entries.some(({ key }) => languageNamed(key))) return shape.read(tree, reading);
      const { zh, others } = versionsIn(tree, reading);
      const value = zh ? shape.read(zh, reading) : FAULT;
      if (value !== undefined && value !== FAULT) readVersions(others, wordsOf(value), reading);
      return value;
    },
  };
}

/** Fields that hold the words a record was written as in one line; the first that is there. */
const WORDS = 'name who remedy item start step decision document subprocess end written means note'.split(' ');
export const wordsOf = (record: object): string | undefined =>
  WORDS.map((field) => (record as Record<string, unknown>)[field]).find((value) => typeof value === 'string');

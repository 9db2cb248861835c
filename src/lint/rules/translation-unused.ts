// What translations/ translates stands in the content.

import { record } from '../example-records.js';
import type { Rule } from '../rule.js';

const service = record({ 名稱: '卷宗閱覽' });
const also = { 'services/b.yaml': service };
/** So many keys are told at the most: of a file that belongs to another book a few tell as much. */
const MOST = 50;

export default {
  severity: 'warn',
  why: {
    zh: 'translations/ 裡的中文，內容裡已經沒有：中文改過而譯文沒跟著改，那一句就印不出譯文。',
    en: 'A text in translations/ that the content no longer has: the Chinese was changed, and the sentence is printed untranslated.',
  },
  good: [{ file: 'translations/en.yaml', text: '卷宗閱覽: Inspection of files\n', also }],
  bad: [
    {
      file: 'translations/en.yaml',
      text: '卷宗閱覽: Inspection of files\n卷宗閱讀: Reading of files\n',
      also,
      at: '卷宗閱讀',
    },
  ],
  whole({ handbook, sources }, report) {
    const glossary = handbook.translations.filter(({ source }) => isGlossary(source.path));
    if (glossary.length === 0) return;
    // Lines may be folded and indented where they stand: blanks are not looked at.
    const all = sources
      .filter(({ path }) => !isGlossary(path))
      .map(({ text }) => bare(text))
      .join('\n');
    if (all.trim() === '') return;
    const told = new Set<string>();
    for (const { zh, source } of glossary) {
      if (told.has(zh) || told.size >= MOST || all.includes(bare(zh))) continue;
      told.add(zh);
      const start = source.text.indexOf(zh);
      report({
        span: { source, start: Math.max(0, start), end: start === -1 ? 0 : start + zh.length },
        message: {
          zh: `內容裡沒有「${zh.slice(0, 40)}」這段文字。`,
          en: `The content has no text "${zh.slice(0, 40)}".`,
        },
        hint: {
          zh: '中文改過的，把這一行也改成現在的中文；不要了的，刪去。',
          en: 'Where the Chinese was changed, change it here too; what is no longer needed is deleted.',
        },
      });
    }
  },
} satisfies Rule;

const bare = (text: string): string => text.replace(/\s+/g, '');
const isGlossary = (path: string): boolean => /(^|\/)translations\//.test(path);

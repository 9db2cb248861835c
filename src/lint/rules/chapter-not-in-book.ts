// A chapter file that the order of parts leaves out is never printed.

import { known } from '../../content/schema/schema.js';
import { HANDBOOK } from '../example-records.js';
import type { Rule } from '../rule.js';

const BOOK = `${HANDBOOK}章次: [guide.md, 各項服務]\n`;
const CHAPTER = '---\n標題: 服務台\n---\n\n先取號。\n';

export default {
  severity: 'warn',
  strict: 'error',
  why: {
    zh: 'handbook.yaml 的「章次」沒有列到的章節不會印出來，寫了等於沒寫。',
    en: 'A chapter that 章次 in handbook.yaml does not list is not printed.',
  },
  good: [
    { file: 'chapters/guide.md', text: CHAPTER, also: { 'handbook.yaml': BOOK } },
    { file: 'chapters/other.md', text: CHAPTER },
  ],
  bad: [
    {
      file: 'chapters/other.md',
      text: CHAPTER,
      also: { 'handbook.yaml': BOOK, 'chapters/guide.md': '---\n標題: 導讀\n---\n\n先取號。\n' },
      at: '服務台',
    },
  ],
  check(handbook, report) {
    const parts = known(handbook.book.parts) ?? [];
    if (parts.length === 0) return;
    const listed = new Set(parts.map(({ file }) => file));
    for (const { file, title, source } of handbook.chapters) {
      if (listed.has(file)) continue;
      const start = Math.max(0, source.text.indexOf(title));
      report({
        span: { source, start, end: start + title.length },
        message: {
          zh: `章節「${title}」（${file}）沒有列在「章次」裡，不會印出來。`,
          en: `The chapter "${title}" (${file}) is not listed in 章次 and is not printed.`,
        },
        hint: {
          zh: `在 handbook.yaml 的「章次」加上「${file}」，或刪去這個檔案。`,
          en: `Add ${file} to 章次 in handbook.yaml, or delete the file.`,
        },
      });
    }
  },
} satisfies Rule;

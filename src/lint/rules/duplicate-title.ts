// Two entries of the contents with one title cannot be told apart.

import { known } from '../../content/schema/schema.js';
import type { Span } from '../../core/source.js';
import { HANDBOOK, RECORD } from '../example-records.js';
import type { Entry, Rule } from '../rule.js';

const also = {
  'handbook.yaml': `${HANDBOOK}服務類別: [{名稱: 申請, 服務: [other, example]}]\n`,
};

export default {
  severity: 'warn',
  strict: 'error',
  why: {
    zh: '目錄裡兩個一樣的名稱，讀者不知道該翻哪一頁。',
    en: 'With two equal titles in the contents a reader cannot tell which page to turn to.',
  },
  good: [{ text: RECORD.replace('檔案應用', '卷宗閱覽'), also }],
  bad: [
    { text: RECORD, also: { ...also, 'services/other.yaml': RECORD }, at: '檔案應用' },
    {
      file: 'chapters/b.md',
      text: '---\n標題: 服務台\n---\n\n先取號。\n',
      also: { 'chapters/a.md': '---\n標題: 服務台\n---\n\n再洽辦。\n' },
      at: '服務台',
    },
  ],
  whole({ handbook, entries }, report) {
    const unique = (of: { zh: string; en: string }, kind: Entry['kind']): void => {
      const first = new Map<string, Span>();
      for (const entry of entries) {
        if (entry.kind !== kind || !entry.read) continue;
        const title = entry.read.name;
        const span = entry.read.at.name;
        const before = first.get(title);
        if (!before) first.set(title, span);
        else
          report({
            span,
            message: {
              zh: `${of.zh}「${title}」與 ${before.source.path} 同名，名稱應各不相同。`,
              en: `The ${of.en} "${title}" has the same title as ${before.source.path}; titles should differ.`,
            },
            hint: { zh: '在名稱裡寫出兩者的差別。', en: 'Say in the title how the two differ.' },
          });
      }
    };
    // Services are entries of the contents once the book arranges them in categories.
    if ((known(handbook.book.categories) ?? []).length > 0) unique({ zh: '服務', en: 'service' }, 'service');
    unique({ zh: '章節', en: 'chapter' }, 'chapter');
  },
} satisfies Rule;

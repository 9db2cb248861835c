// A book with categories has every service in one of them.

import { isUnconfirmed, known } from '../../content/schema/schema.js';
import { HANDBOOK, record } from '../example-records.js';
import type { Rule } from '../rule.js';

const BOOK = `${HANDBOOK}服務類別:\n`;

export default {
  severity: 'warn',
  strict: 'error',
  why: {
    zh: '目錄與一覽表依服務類別編排；沒有列入類別的服務，民眾翻不到。',
    en: 'Contents and lists follow the categories; a service in none is hard to find.',
  },
  good: [
    { file: 'handbook.yaml', text: `${BOOK}  - {名稱: 申請, 服務: [other]}\n` },
    { file: 'handbook.yaml', text: HANDBOOK },
  ],
  bad: [
    {
      text: record({ 名稱: '卷宗閱覽' }),
      also: { 'handbook.yaml': `${BOOK}  - {名稱: 申請, 服務: [other]}\n` },
      at: '卷宗閱覽',
    },
  ],
  whole({ handbook, entries }, report) {
    const categories = known(handbook.book.categories) ?? [];
    if (
      categories.length === 0 ||
      categories.some(({ services, unread }) => isUnconfirmed(services) || unread.length > 0)
    )
      return;
    const listed = new Set(categories.flatMap(({ services }) => known(services) ?? []));
    for (const { kind, id, read } of entries)
      if (kind === 'service' && read && !listed.has(id))
        report({
          span: read.at.name,
          message: {
            zh: `「${read.name}」（${id}）沒有列入任何服務類別，每項服務都應列入。`,
            en: `"${read.name}" (${id}) is in no category; every service belongs to one.`,
          },
          hint: {
            zh: `在 handbook.yaml 的「服務類別」裡加上「${id}」。`,
            en: `Add "${id}" to a category in handbook.yaml.`,
          },
        });
  },
} satisfies Rule;

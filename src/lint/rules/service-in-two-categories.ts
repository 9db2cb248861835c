// A service stands in one category.
import { known } from '../../content/schema/schema.js';
import type { Span } from '../../core/source.js';
import { HANDBOOK } from '../example-records.js';
import type { Rule } from '../rule.js';

const book = (second: string) => ({
  file: 'handbook.yaml',
  text: `${HANDBOOK}服務類別:\n  - {名稱: 申請, 服務: [other]}\n  - {名稱: 其他, 服務: ${second}}\n`,
});

export default {
  severity: 'warn',
  strict: 'error',
  why: {
    zh: '同一項服務列在兩個類別，一覽表會印兩次，編號也只有一個是對的。',
    en: 'A service in two categories is printed twice, under one number only.',
  },
  good: [{ file: 'handbook.yaml', text: `${HANDBOOK}服務類別: [{名稱: 申請, 服務: [other]}]\n` }],
  bad: [{ ...book('[other]'), at: 'other]}' }],
  whole({ handbook: { book: written } }, report) {
    const first = new Map<string, string>();
    for (const { name = '', services, at } of known(written.categories) ?? [])
      for (const id of known(services) ?? []) {
        const before = first.get(id);
        if (before === undefined) first.set(id, name);
        else
          report({
            span: within(at.services ?? at.self, id),
            message: {
              zh: `「${id}」已經列在「${before}」，又列在「${name}」；一項服務只列在一個類別。`,
              en: `"${id}" stands in "${before}" already, and again in "${name}"; a service has one category.`,
            },
            hint: { zh: '刪去其中一個。', en: 'Delete one of the two.' },
          });
      }
  },
} satisfies Rule;

function within(span: Span, word: string): Span {
  const start = span.source.text.indexOf(word, span.start);
  return start === -1 || start >= span.end ? span : { ...span, start, end: start + word.length };
}

// A service is related to others, each once, and not to itself.
import { known } from '../../content/schema/schema.js';
import { RECORD } from '../example-records.js';
import type { Rule } from '../rule.js';

export default {
  severity: 'warn',
  strict: 'error',
  why: {
    zh: '相關服務指向自己，讀者翻了一圈又回到原頁。',
    en: 'A service related to itself sends the reader to the page he is on.',
  },
  good: [{ text: `${RECORD}相關服務: [other]\n` }],
  bad: [{ text: `${RECORD}相關服務: [example]\n`, at: 'example' }],
  check(handbook, report) {
    for (const { id, related, at } of handbook.services) {
      if (!(known(related) ?? []).includes(id)) continue;
      const span = at.related ?? at.self;
      const start = span.source.text.indexOf(id, span.start);
      report({
        span: start !== -1 && start < span.end ? { ...span, start, end: start + id.length } : span,
        message: { zh: `相關服務寫了自己「${id}」。`, en: `"${id}" is related to itself.` },
        hint: { zh: '刪去，或改成另一項服務的編號。', en: 'Delete it, or give the id of another service.' },
      });
    }
  },
} satisfies Rule;

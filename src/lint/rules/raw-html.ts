// HTML in Markdown is never printed: it may come from a stranger.
import type { Rule } from '../rule.js';
import { isSuppression } from '../suppressions.js';

export default {
  severity: 'error',
  why: {
    zh: '內容可能來自他人，HTML 與程式碼一律不會印出來；寫了等於沒寫。',
    en: 'Content may come from a stranger: HTML and script are left out of every print.',
  },
  good: [{ file: 'chapters/example.md', text: '---\n標題: 服務台\n---\n\n請先到**服務台**。\n' }],
  bad: [
    {
      file: 'chapters/example.md',
      text: '---\n標題: 服務台\n---\n\n請先到服務台。\n\n<script>alert(1)</script>\n',
      at: '<script>',
    },
  ],
  check(handbook, report) {
    for (const { kind, span } of handbook.embedded)
      if (kind === 'html' && !isSuppression(span.source.text.slice(span.start, span.end)))
        report({
          span,
          message: {
            zh: '這裡是 HTML，不會印出來；內容應以 Markdown 書寫。',
            en: 'This is HTML, which is not printed; write Markdown.',
          },
          hint: {
            zh: '粗體用 **…**，清單用「- 」；要印出「<」請寫「\\<」。',
            en: 'Use ** for bold and "- " for lists; write "\\<" for a literal "<".',
          },
        });
  },
} satisfies Rule;

// A backslash and a letter that the author meant as a break of lines.
import { withSteps } from '../example-records.js';
import type { Rule } from '../rule.js';

const service = (step: string): string => withSteps(`  - 提出申請書\n  - ${step}\n  - 結束: 通知申請人\n`);

/** Found while reading (see notation). */
export default {
  severity: 'error',
  why: {
    zh: '單引號裡或沒有引號的「\\n」不是換行，民眾會看到一條反斜線和一個 n。',
    en: 'In single quotes or none, "\\n" is no break of lines: citizens would read a backslash and an n.',
  },
  good: [{ text: service('收件、審查') }, { text: service('存入 C:\\new') }],
  bad: [{ text: service("'收件\\n審查'"), at: '\\n' }],
} satisfies Rule;

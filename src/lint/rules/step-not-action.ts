// A step says what is done.

import { known } from '../../content/schema/schema.js';
import { withSteps } from '../example-records.js';
import type { Rule } from '../rule.js';

export default {
  severity: 'warn',
  strict: 'error',
  why: {
    zh: '步驟只寫單位或證件的名稱，看不出要做什麼；例如「收發室」應寫「收發室登記收文」。',
    en: 'A step that is only the name of a unit or document does not say what is done.',
  },
  good: [
    {
      text: withSteps(`  - 提出申請書
  - 秘書室登記收文
  - 結束: 通知申請人
`),
    },
  ],
  bad: [
    {
      text: withSteps(`  - 提出申請書
  - 秘書室
  - 結束: 通知申請人
`),
      at: '秘書室',
    },
  ],
  check(handbook, report, procedures) {
    const { office, book } = handbook;
    const names = (list: readonly { readonly name?: string }[] | undefined): string[] =>
      (list ?? []).flatMap(({ name }) => name ?? []);
    const things = new Set([
      ...names(known(office.units)),
      ...(known(office.titles) ?? []),
      ...names(known(book.forms)),
    ]);
    // The boxes of a chart of the whole office are places and people.
    for (const { flow, name, service } of procedures) {
      const documents = new Set(names(known(known(service?.documents)?.items)));
      for (const node of service ? flow.nodes : []) {
        if (node.kind !== 'step' || !(things.has(node.text) || documents.has(node.text))) continue;
        report({
          span: node.span,
          message: {
            zh: `「${name}」的步驟「${node.text}」只是名稱，沒有寫要做什麼。`,
            en: `The step "${node.text}" of "${name}" is a name, not an action.`,
          },
          hint: { zh: '加上動詞，例如「登記收文」「審核」「發給」。', en: 'Add a verb: register, review, issue.' },
        });
      }
    }
  },
} satisfies Rule;

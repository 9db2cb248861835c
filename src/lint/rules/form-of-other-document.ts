// The form of a document is a form for that document.

import { known } from '../../content/schema/schema.js';
import type { RequiredDocument } from '../../content/schema/service.js';
import { HANDBOOK, record } from '../example-records.js';
import type { Rule } from '../rule.js';

const also = {
  'handbook.yaml': `${HANDBOOK}書表: [{編號: a, 名稱: 檔案應用申請書, 網址: "https://example.org/a"}, {編號: b, 名稱: 委任書, 網址: "https://example.org/a"}]\n`,
};
const service = (form: string): string =>
  `${record({ 應備證件: `[{名稱: 檔案應用申請書, 書表: ${form}}]` })}書表: [a, b]\n`;

/** Words that nearly every form bears. */
const BARE = /申請|證明|書表?$|表$|單$|狀$|（.*?）|[A-Za-z\d\s]|正本|影本|範本|例稿/g;
/** Whether two names have something in common: two characters in a row, but for those of any form. */
function related(one: string, other: string): boolean {
  const [a, b] = [one, other].map((name) => name.replace(BARE, ''));
  if (!a || !b || a.length < 2 || b.length < 2) return one.slice(-2) === other.slice(-2) || !a || !b;
  return Array.from(a, (_, i) => a.slice(i, i + 2)).some((pair) => pair.length === 2 && b.includes(pair));
}

export default {
  severity: 'warn',
  strict: 'error',
  why: {
    zh: '證件所附的書表是別的書表，民眾會填錯一張。',
    en: 'A document with the form of another: people fill in the wrong one.',
  },
  good: [{ text: service('a'), also }],
  bad: [{ text: service('b'), also, at: 'b}' }],
  check(handbook, report) {
    const forms = new Map((known(handbook.book.forms) ?? []).map(({ id, name }) => [id, name]));
    const visit = (documents: readonly RequiredDocument[]): void => {
      for (const { name, form, at, oneOf } of documents) {
        visit(known(oneOf) ?? []);
        const title = form === undefined ? undefined : forms.get(form);
        if (!name || !title || name.includes(title) || title.includes(name) || related(name, title)) continue;
        report({
          span: at.form ?? at.self,
          message: {
            zh: `「${name}」附的書表是「${title}」，應是這份證件的書表。`,
            en: `"${name}" has the form "${title}"; expected the form of that document.`,
          },
          hint: {
            zh: '改正「書表」的編號，或證件的名稱。',
            en: 'Fix the id of the form, or the name of the document.',
          },
        });
      }
    };
    for (const service of handbook.services)
      for (const { documents } of [service, ...(known(service.variants) ?? [])])
        visit(known(known(documents)?.items) ?? []);
  },
} satisfies Rule;

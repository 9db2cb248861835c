// A form that nobody refers to was forgotten, or belongs out of the book.

import { known } from '../../content/schema/schema.js';
import type { Span } from '../../core/source.js';
import { HANDBOOK, RECORD } from '../example-records.js';
import type { Rule } from '../rule.js';

const FORMS = `${HANDBOOK}書表:\n  - {編號: f1, 名稱: 申請書}\n  - {編號: f2, 名稱: 委任書}\n`;

export default {
  severity: 'warn',
  why: {
    zh: '沒有服務用到的書表，民眾不知道什麼時候要填；多半是服務忘了寫上書表編號，或檔案已經過期。',
    en: 'A form no service uses is a riddle to citizens: a service forgot to name it, or the file is out of date.',
  },
  good: [
    { file: 'handbook.yaml', text: FORMS, also: { 'services/other.yaml': `${RECORD}書表: [f1, f2]\n` } },
    {
      file: 'handbook.yaml',
      text: `${HANDBOOK}書表: [{編號: f1, 名稱: 申請書, 檔案: f1.odt}]\n`,
      also: { 'forms/f1.odt': 'x' },
    },
  ],
  bad: [
    { file: 'handbook.yaml', text: FORMS, also: { 'services/other.yaml': `${RECORD}書表: [f1]\n` }, at: 'f2' },
    { file: 'handbook.yaml', text: HANDBOOK, also: { 'forms/old.pdf': 'x' }, at: '手冊' },
  ],
  mentions(handbook, procedures) {
    const used = new Map<string, Span>();
    const take = (ids: readonly (string | undefined)[] | undefined, { self }: { self: Span }): void => {
      for (const id of ids ?? []) if (id !== undefined) used.set(id, self);
    };
    for (const service of handbook.services)
      for (const entry of [service, ...(known(service.variants) ?? [])]) {
        take(known(entry.forms), entry.at);
        for (const { form, oneOf, at } of known(known(entry.documents)?.items) ?? [])
          take([form, ...(known(oneOf) ?? []).map((each) => each.form)], at);
      }
    for (const { flow } of procedures) for (const { step } of flow.nodes) take(known(step.forms), step.at);
    return [...used].map(([word, span]) => ({ word, span }));
  },
  whole({ handbook, entries, mentions }, report) {
    const forms = known(handbook.book.forms) ?? [];
    const used = new Set(mentions.map(({ word }) => word));
    // Where no service names any form, the book only lists them; what could not be read may name some.
    if (used.size > 0 && entries.every(({ read }) => read))
      for (const { id, name, at } of forms)
        if (id !== undefined && !used.has(id))
          report({
            span: at.id ?? at.self,
            message: {
              zh: `沒有服務用到書表「${name ?? id}」（${id}），應寫在用到它的服務裡。`,
              en: `No service uses the form "${name ?? id}" (${id}); expected a service that names it.`,
            },
            hint: {
              zh: `在服務的「書表」或證件的「書表」寫上「${id}」，或刪去這份書表。`,
              en: `Name "${id}" in a service or document, or delete the form.`,
            },
          });
    const files = new Set(forms.map(({ file }) => file));
    for (const file of handbook.formFiles)
      if (!files.has(file) && !/^readme\b/i.test(file))
        report({
          span: handbook.book.at.forms ?? handbook.book.at.title ?? handbook.book.at.self,
          message: {
            zh: `forms/ 裡的「${file}」沒有列在書表裡，應列入或刪去。`,
            en: `"${file}" in forms/ is not listed among the forms; list it or delete it.`,
          },
          hint: {
            zh: `在 handbook.yaml 的「書表」加上「檔案: ${file}」。`,
            en: `Add a form with 檔案: ${file} to handbook.yaml.`,
          },
        });
  },
} satisfies Rule;

// What a step receives is declared beforehand.

import { flowsOf, sameDocument } from '../../content/procedure.js';
import { isUnconfirmed, known } from '../../content/schema/schema.js';
import type { RequiredDocument, Service } from '../../content/schema/service.js';
import { record } from '../example-records.js';
import type { Rule } from '../rule.js';

/** Names of the documents a service asks for, those of alternatives and sub-services too; none when 待確認. */
function declared(service: Service): string[] | undefined {
  const names = (list: readonly RequiredDocument[]): string[] =>
    list.flatMap(({ name, oneOf }) => [...(name === undefined ? [] : [name]), ...names(known(oneOf) ?? [])]);
  const all = [service, ...(known(service.variants) ?? [])].map(({ documents }) => documents);
  if (
    all[0] === undefined ||
    all.some((each) => each !== undefined && (isUnconfirmed(each) || isUnconfirmed(each.items)))
  )
    return undefined;
  return all.flatMap((each) => names(known(known(each)?.items) ?? []));
}

export default {
  severity: 'warn',
  strict: 'error',
  why: {
    zh: '流程裡才出現的證件，民眾第一次來不會帶，就要再跑一趟。',
    en: 'A document that only the flow mentions is not brought along on the first visit.',
  },
  good: [
    {
      text: `${record({ 應備證件: '[申請書, 身分證]', 申請程序: undefined })}申請程序:\n  - {步驟: 收件, 收件: [申請書, 身分證]}\n  - 結束: 通知申請人\n`,
    },
  ],
  bad: [
    {
      text: `${record({ 應備證件: '[申請書, 身分證]', 申請程序: undefined })}申請程序:\n  - {步驟: 收件, 收件: [申請書, 身分證, 戶籍謄本]}\n  - 結束: 通知申請人\n`,
      at: '戶籍謄本',
    },
  ],
  check(handbook, report, procedures) {
    const flows = flowsOf(procedures);
    for (const service of handbook.services) {
      const names = declared(service);
      if (!names) continue;
      for (const node of flows.get(service)?.nodes ?? [])
        for (const name of known(node.step.receives) ?? []) {
          if (names.some((each) => sameDocument(each, name))) continue;
          const at = node.step.at.receives ?? node.span;
          const start = at.source.text.indexOf(name, at.start);
          report({
            span: start >= at.start && start < at.end ? { ...at, start, end: start + name.length } : at,
            message: {
              zh: `「${service.name}」的「${node.text}」要收「${name}」，但應備證件沒有列。`,
              en: `"${node.text}" of "${service.name}" receives "${name}", which is not among its documents.`,
            },
            hint: {
              zh: '把它加到應備證件；不一定要的寫明條件。',
              en: 'Add it to the documents, with its condition if it has one.',
            },
          });
        }
    }
  },
} satisfies Rule;

// All documents are asked for at the first visit.

import { type Flow, type FlowNode, flowsOf, sameDocument } from '../../content/procedure.js';
import { known } from '../../content/schema/schema.js';
import { record } from '../example-records.js';
import type { Rule } from '../rule.js';

const DOCUMENTS = `${record({ 應備證件: '[申請書, 身分證]', 申請程序: undefined })}申請程序:\n`;

/** Nodes that come after `node` on some way. */
function behind(flow: Flow, node: FlowNode): Set<string> {
  const seen = new Set<string>();
  const open = [node.id];
  for (let id = open.pop(); id !== undefined; id = open.pop())
    for (const { from, to } of flow.edges)
      if (from === id && !seen.has(to)) {
        seen.add(to);
        open.push(to);
      }
  return seen;
}

export default {
  severity: 'warn',

  why: {
    zh: '一次告知：民眾來過之後才要的證件，等於要他再跑一趟。',
    en: 'Told once and in full: what is asked for after the first visit costs another one.',
  },
  good: [
    {
      text: `${DOCUMENTS}  - {步驟: 到場申請, 權責: 申請人, 收件: [申請書, 身分證]}\n  - 核定（分署長）\n  - 結束: 通知申請人\n`,
    },
  ],
  bad: [
    {
      text: `${DOCUMENTS}  - {步驟: 到場申請, 權責: 申請人, 收件: [申請書]}\n  - {步驟: 審核, 權責: 書記官, 收件: [身分證]}\n  - 核定（分署長）\n  - 結束: 通知申請人\n`,
      at: '審核',
    },
  ],
  check(handbook, report, procedures) {
    const flows = flowsOf(procedures);
    for (const service of handbook.services) {
      const flow = flows.get(service);
      const items = known(known(service.documents)?.items) ?? [];
      const first = flow?.nodes.find(({ step }) => (known(step.receives) ?? []).length > 0);
      if (!flow || !first) continue;
      const after = behind(flow, first);
      for (const node of flow.nodes) {
        if (!after.has(node.id) || node === first) continue;
        // What only some bring, or what the office itself issued meanwhile, could not be brought before.
        const late = (known(node.step.receives) ?? []).filter((name) => {
          const item = items.find((each) => each.name !== undefined && sameDocument(each.name, name));
          return item && !item.condition && !item.channel;
        });
        if (late.length === 0) continue;
        report({
          span: node.span,
          message: {
            zh: `「${service.name}」到「${node.text}」才收「${late.join('、')}」，第一次收件時沒有收。`,
            en: `"${service.name}" receives "${late.join(', ')}" only at "${node.text}", not when documents are first taken.`,
          },
          hint: {
            zh: '移到第一次收件的步驟；只有某些情形才要的，在應備證件寫明條件。',
            en: 'Move it to the first step that receives documents; give it a condition if only some bring it.',
          },
        });
      }
    }
  },
} satisfies Rule;

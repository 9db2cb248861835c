// Whoever may apply is the one who applies in the procedure.

import { flowsOf, roleText } from '../../content/procedure.js';
import { known } from '../../content/schema/schema.js';
import { withSteps } from '../example-records.js';
import type { Rule } from '../rule.js';

const service = (applicant: string, first: string): string =>
  `${withSteps(`  - 提出申請書（${first}）\n  - 核定（分署長）\n  - 結束: 通知申請人\n`)}申請人: ${applicant}\n`;
/** Whoever it is that applies. */
const ANYBODY = /申請|異議|陳情|聲明|請求|檢舉|民眾|當事人|代理|投標|洽公|本人|任何/;

export default {
  severity: 'warn',
  strict: 'error',
  why: {
    zh: '可以申請的人與流程第一步的人不同，照流程做的櫃台會把對的人請回去。',
    en: 'Where another applies in the flow than may apply by the record, the counter sends away the right one.',
  },
  good: [{ text: service('[義務人, 利害關係人]', '義務人') }, { text: service('義務人', '申請人') }],
  bad: [{ text: service('利害關係人', '義務人'), at: '提出申請書' }],
  check(handbook, report, procedures) {
    const parties = known(handbook.office.parties) ?? [];
    for (const [service, flow] of flowsOf(procedures)) {
      const who = (known(service.applicant) ?? []).flatMap((each) => each.who ?? []);
      const { start } = flow;
      const acting = (start?.actors ?? []).map(roleText).filter((name) => parties.includes(name));
      if (!start || who.length === 0 || acting.length === 0) continue;
      if ([...acting, ...who].some((name) => ANYBODY.test(name))) continue;
      if (acting.some((name) => who.some((each) => each.includes(name) || name.includes(each)))) continue;
      report({
        span: start.span,
        message: {
          zh: `第一步由「${acting.join('、')}」做，申請人卻是「${who.join('、')}」。`,
          en: `The first step is done by ${acting.join(', ')}, but those who may apply are ${who.join(', ')}.`,
        },
        hint: { zh: '改正申請人，或第一步的權責。', en: 'Fix who may apply, or who does the first step.' },
      });
    }
  },
} satisfies Rule;

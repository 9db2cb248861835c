// The step in which people apply ends when the window in which they may apply ends.

import { compareDurations } from '../../content/duration.js';
import { flowsOf, roleText } from '../../content/procedure.js';
import type { Duration, TimeUnit } from '../../content/schema/procedure.js';
import { known } from '../../content/schema/schema.js';
import { saysUnconfirmed } from '../../content/schema/tree.js';
import { withSteps } from '../example-records.js';
import { quantitiesIn } from '../prose/quantities.js';
import type { Rule } from '../rule.js';

const service = (limit: string, window = '收受通知後 10 日內'): string =>
  `${withSteps(`  - {步驟: 提出申請書, 權責: 申請人, 時限: ${limit}}\n  - 審查（書記官）\n  - {步驟: 補正資料, 權責: 申請人, 時限: 20 日}\n  - 結束: 核定（分署長）\n`)}申請期間: ${window}\n`;
/** Steps by which people apply; what they do afterwards has times of its own. */
const APPLIES = /申請|聲明|提出|遞送|聲請|填(?:寫|具|報|回|復)|回復|申報|陳述/;
const AFTERWARDS = /補正|補件|補送|繳|領取|訴|抗告|再|改期|閱覽/;

export default {
  severity: 'warn',
  strict: 'error',
  why: {
    zh: '申請期間寫 10 日，流程的申請步驟卻寫 15 日，照流程圖走的人就逾期了。',
    en: 'With 10 days in which to apply and 15 for the step of applying, whoever follows the chart is too late.',
  },
  good: [
    { text: service('10 日') },
    { text: service('3 日') },
    { text: service('15 日', '執行程序終結前') },
    { text: service('15 日', '收受通知後 10 日內，在途期間另加 5 日') },
  ],
  bad: [{ text: service('15 日'), at: '15 日' }],
  check({ office }, report, procedures) {
    const parties = known(office.parties) ?? [];
    for (const [{ window: written }, { nodes }] of flowsOf(procedures)) {
      const most = written === undefined || saysUnconfirmed(written) ? undefined : lengthOf(written);
      if (!most) continue;
      for (const { text, limit, actors, step } of nodes) {
        if (!limit || !APPLIES.test(text) || AFTERWARDS.test(text) || compareDurations(limit, most) !== 1) continue;
        // What the office does has limits of its own.
        if (!actors.some((role) => parties.includes(roleText(role)))) continue;
        report({
          span: step.at.limit ?? step.at.self,
          message: {
            zh: `步驟「${text}」的時限是「${limit.printed}」，比申請期間「${written}」還長。`,
            en: `The step "${text}" may take ${limit.printed}, longer than the window "${written}".`,
          },
          hint: { zh: '查對依據，改正其中一處。', en: 'Look at the source, and fix one of the two.' },
        });
      }
    }
  },
} satisfies Rule;

/** The one length of time of a window: 收受後 10 日內. What has several, or names days of the calendar, is not judged. */
function lengthOf(window: string): Duration | undefined {
  const [first, ...more] = quantitiesIn(window);
  if (!first || more.length > 0 || !/^(?:day|workday|week|month|year)$/.test(first.unit)) return undefined;
  if (!/^\s*(?:以?內|之內)/.test(window.slice(first.end)) || /\d\s*月\s*\d/.test(window)) return undefined;
  return { most: first.value, unit: first.unit as TimeUnit, printed: '' };
}

// A stage and a step of one name take the same time and the same hands; so do the time to correct and the step of correcting.

import { compareDurations } from '../../content/duration.js';
import { flowsOf, roleText } from '../../content/procedure.js';
import { known } from '../../content/schema/schema.js';
import { withSteps } from '../example-records.js';
import type { Rule } from '../rule.js';

const steps = (limit: string, actor: string): string =>
  withSteps(
    `  - 提出申請書（申請人）\n  - {步驟: 審查, 權責: 書記官, 時限: 1 工作日}\n  - {步驟: 核定, 權責: 分署長, 時限: 1 工作日}\n  - 結束: 通知申請人\n`,
  ).replace('辦理時限: 3 工作日', `辦理時限: {期限: 3 工作日, 階段: [{名稱: 審查, 期限: ${limit}, 權責: ${actor}}]}`);

const correcting = (limit: string): string =>
  withSteps(
    `  - 提出申請書（申請人）\n  - {步驟: 補正申請資料, 權責: 申請人, 時限: ${limit}}\n  - {步驟: 核定, 權責: 分署長}\n  - 結束: 通知申請人\n`,
  ).replace('辦理時限: 3 工作日', '辦理時限: {期限: 3 工作日, 補正: 7 日}');
/** What who applies does, not that he is told to. */
const CORRECTS = /^(?:限期|依限|逾期前)?補正/;

export default {
  severity: 'warn',
  strict: 'error',
  why: {
    zh: '辦理時限的階段與申請程序的步驟同名，卻是不同的天數或不同的人，其中一處沒有跟著改。',
    en: 'A stage of the deadline and a step of the procedure with one name but other days or other hands: one of them was not updated.',
  },
  good: [{ text: steps('1 工作日', '書記官') }, { text: correcting('7 日') }],
  bad: [
    { text: correcting('10 日'), at: '10 日' },
    { text: steps('2 工作日', '書記官'), at: '2 工作日' },
    { text: steps('1 工作日', '執行一科'), at: '執行一科' },
  ],
  check(_, report, procedures) {
    for (const [service, flow] of flowsOf(procedures)) {
      const time = known(known(known(service.deadline)?.correction)?.limit);
      for (const { text, limit, step } of flow.nodes)
        if (time && limit && CORRECTS.test(text) && (compareDurations(time, limit) ?? 0) !== 0)
          report({
            span: step.at.limit ?? step.at.self,
            message: {
              zh: `步驟「${text}」是「${limit.printed}」，補正期限卻是「${time.printed}」，應該一致。`,
              en: `The step "${text}" takes ${limit.printed}, the time to correct is ${time.printed}; they should agree.`,
            },
            hint: { zh: '查對後改成一樣。', en: 'Verify and make them the same.' },
          });
      for (const stage of known(known(service.deadline)?.stages) ?? []) {
        const node = flow.nodes.find(({ text }) => text === stage.name);
        if (!node) continue;
        const [limit, own] = [known(stage.limit), node.limit];
        if (limit && own && compareDurations(limit, own) !== 0)
          report({
            span: stage.at.limit ?? stage.at.self,
            message: {
              zh: `階段「${stage.name}」的期限是「${limit.printed}」，同名的步驟卻是「${own.printed}」，應該一致。`,
              en: `The stage "${stage.name}" takes ${limit.printed}, the step of that name ${own.printed}; they should agree.`,
            },
            hint: { zh: '查對後改成一樣。', en: 'Verify and make them the same.' },
          });
        const [who, acts] = [(known(stage.actor) ?? []).map(roleText), node.actors.map(roleText)];
        if (
          who.length > 0 &&
          acts.length > 0 &&
          !who.some((each) => acts.some((other) => other.includes(each) || each.includes(other)))
        )
          report({
            span: stage.at.actor ?? stage.at.self,
            message: {
              zh: `階段「${stage.name}」由「${who.join('、')}」辦理，同名的步驟卻由「${acts.join('、')}」，應該一致。`,
              en: `The stage "${stage.name}" is done by ${who.join(', ')}, the step of that name by ${acts.join(', ')}; they should agree.`,
            },
            hint: { zh: '查對後改成一樣。', en: 'Verify and make them the same.' },
          });
      }
    }
  },
} satisfies Rule;

// What an office requires of fields, as handbook.yaml says: present, at most, one of, when … then ….
import { isAtHand } from '../../content/schema/model.js';
import { HANDBOOK, RECORD, record } from '../example-records.js';
import { breaches, exampleService, requirementsOf, unknownPart } from '../house.js';
import type { Rule } from '../rule.js';

const book = (requirement: string): string =>
  `${HANDBOOK}規定:\n  - ${requirement.trim().replaceAll('\n', '\n    ')}\n`;
const TELEPHONE = book(`
欄位: 聯絡.電話
必填: 是
理由: 民眾要問得到人
正例: "聯絡: {單位: 秘書室, 電話: 00-0000-0000}"
反例: "聯絡: {單位: 秘書室}"`);
const CHANNELS = book(`
欄位: 申請方式
當: {欄位: 規費, 等於: 免費}
只能是: [臨櫃, 郵寄]
理由: 免費的服務不開放線上
正例: "規費: 免費\\n申請方式: [臨櫃]"
反例: "規費: 免費\\n申請方式: [線上]"`);
const DOCUMENTS = book(`
欄位: 應備證件
最多: 2
理由: 減少書證
正例: "應備證件: [申請書, 身分證]"
反例: "應備證件: [申請書, 身分證, 印章]"`);

export default {
  severity: 'warn',
  strict: 'error',
  why: {
    zh: '本機關自己的規定（handbook.yaml 的「規定」）：哪些欄位必填、最多、只能是什麼；每條附正例與反例，檢查時先試過。',
    en: 'What the office itself requires (規定 in handbook.yaml); each requirement brings a right and a wrong example, which lint tries first.',
  },
  good: [
    {
      text: `${RECORD}聯絡: {單位: 秘書室, 電話: 00-0000-0000, 代理人: 服務台}\n`,
      also: {
        'handbook.yaml': TELEPHONE,
        'services/other.yaml': `${RECORD}聯絡: {單位: 秘書室, 電話: 00-0000-0000, 代理人: 服務台}\n`,
      },
    },
    { text: `${RECORD}申請方式: [臨櫃]\n`, also: { 'handbook.yaml': CHANNELS } },
  ],
  bad: [
    { text: `${RECORD}申請方式: [線上]\n`, also: { 'handbook.yaml': CHANNELS }, at: '[線上]' },
    { text: record({ 應備證件: '[申請書, 身分證, 印章]' }), also: { 'handbook.yaml': DOCUMENTS }, at: '[申請書' },
    { file: 'handbook.yaml', text: DOCUMENTS.replace(', 印章]', ']'), at: '"應備證件: [申請書, 身分證]"\n' },
  ],
  check(handbook, report) {
    const requirements = requirementsOf(handbook.book);
    if (requirements.length === 0) return;
    for (const service of handbook.services)
      for (const requirement of requirements)
        for (const { span, there, expected } of breaches(service, requirement))
          report({
            span,
            message: {
              zh: `本機關規定「${requirement.field}」${expected.zh}，這裡${there.zh.startsWith('沒') ? there.zh : `是${there.zh}`}：${requirement.reason ?? ''}`,
              en: `This office requires of "${requirement.field}": ${expected.en}; here is ${there.en}. ${requirement.reason ?? ''}`,
            },
            hint: { zh: `例如：${requirement.good ?? ''}`, en: `For example: ${requirement.good ?? ''}` },
          });
    if (!isAtHand(handbook, handbook.book)) return;
    for (const requirement of requirements) {
      const { field = '', good = '', bad = '', at } = requirement;
      const part = unknownPart(field);
      if (part !== undefined) {
        report({
          span: at.field ?? at.self,
          message: { zh: `沒有「${part}」這個欄位。`, en: `There is no field "${part}".` },
          hint: { zh: '例如「聯絡.電話」「應備證件.份數」。', en: 'For example contact.telephone.' },
        });
        continue;
      }
      for (const [example, wanted, name] of [
        [good, false, 'good'],
        [bad, true, 'bad'],
      ] as const) {
        if (example === '') continue;
        const service = exampleService(handbook, example);
        if (service && breaches(service, requirement).length > 0 === wanted) continue;
        report({
          span: at[name] ?? at.self,
          message: {
            zh: service
              ? `${wanted ? '反例沒有違反' : '正例違反了'}這條規定。`
              : `${wanted ? '反例' : '正例'}讀不出欄位。`,
            en: service
              ? wanted
                ? 'The wrong example keeps to the requirement.'
                : 'The right example breaks the requirement.'
              : 'The example cannot be read as fields.',
          },
          hint: {
            zh: '照服務檔案的寫法寫欄位，例如「聯絡: {電話: 00-0000-0000}」。',
            en: 'Write fields as in a service file.',
          },
        });
      }
    }
  },
} satisfies Rule;

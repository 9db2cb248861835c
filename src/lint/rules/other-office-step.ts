// A step of another office says how long it takes, or whom to ask there.

import { known } from '../../content/schema/schema.js';
import { withSteps } from '../example-records.js';
import type { Rule } from '../rule.js';

const also = {
  'office.yaml':
    '名稱: 範例分署\n地址: 範例路1號\n電話: 00-0000-0000\n職稱: [分署長]\n當事人: [申請人]\n職務代理人: [{姓名: 分署長, 代理人: 主任}]\n相關機關: [戶政所]\n',
};

export default {
  severity: 'warn',
  strict: 'error',
  why: {
    zh: '事情到了別的機關，本機關管不到，民眾更需要知道要等多久、可以問誰。',
    en: 'What lies with another office needs its own limit or somebody to ask there.',
  },
  good: [
    {
      text: withSteps(`  - 提出申請書（申請人）
  - 核定（分署長）
  - {步驟: 決定, 權責: 執行署}
  - 結束: 通知申請人
`),
    },
  ],
  bad: [
    {
      text: withSteps(`  - 提出申請書（申請人）
  - {步驟: 查復, 權責: 戶政所}
  - 核定（分署長）
  - 結束: 通知申請人
`),
      also,
      at: '查復',
    },
  ],
  check(handbook, report, procedures) {
    const offices = known(handbook.office.offices) ?? [];
    for (const { flow, name } of procedures)
      for (const node of flow.nodes) {
        if (node.limit || node.limitOpen) continue;
        for (const { office } of node.actors) {
          const entry = offices.find((each) => office !== undefined && (each.name === office || each.short === office));
          if (!entry || entry.telephone !== undefined || entry.url !== undefined) continue;
          report({
            span: node.span,
            message: {
              zh: `「${name}」的「${node.text}」由${office}辦理，沒有寫期限，${office}也沒有電話或網址。`,
              en: `"${node.text}" of "${name}" lies with ${office}: it has no limit, and ${office} no telephone or address.`,
            },
            hint: {
              zh: '加上「時限」，或在 office.yaml 的相關機關寫電話。',
              en: 'Add a limit, or the telephone of the office in office.yaml.',
            },
          });
        }
      }
  },
} satisfies Rule;

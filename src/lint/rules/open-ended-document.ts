// A document that is asked for is told by its name: 其他必要文件 is told at the counter, and costs another visit.

import { known } from '../../content/schema/schema.js';
import type { RequiredDocument } from '../../content/schema/service.js';
import { saysUnconfirmed } from '../../content/schema/tree.js';
import { record } from '../example-records.js';
import type { Rule } from '../rule.js';

/** Names that say nothing of what is to be brought. */
const OPEN =
  /^(?:其[他它餘](?:經|依|應|之|的|所需|必要|相關|有關|佐證|證明|指定|足資|可資)*[^，（(]{0,8}(?:文件|證件|資料|書件|書類|證明|物件)|(?:相關|有關|必要|所需|應備|足資證明|視(?:情況|情形|需要|個案)[^，]{0,6})(?:之|的)?(?:證明)?(?:文件|證件|資料|書件)|[^（(]*[^同平高初中]等(?:相關|有關|必要|證明)?(?:之)?(?:文件|證件|資料|書件)?)$/;

export default {
  severity: 'warn',
  why: {
    zh: '「其他必要文件」不能一次告知：民眾要到了櫃台才知道還缺什麼（為民服務注意事項貳、三、（四））。',
    en: 'What is only called other necessary documents cannot be told at once; people learn at the counter what is missing.',
  },
  good: [
    { text: record({ 應備證件: '[申請書, {名稱: 其他證明文件, 說明: "繳納收據、存摺影本或扣繳憑單"}]' }) },
    { text: record({ 應備證件: '[平等互惠證明書, 高等考試及格證書]' }) },
  ],
  bad: [
    { text: record({ 應備證件: '[申請書, 其他必要文件]' }), at: '其他必要文件' },
    { text: record({ 應備證件: '[申請書, 相關證明文件]' }), at: '相關證明文件' },
    { text: record({ 應備證件: '[身分證、健保卡等證件]' }), at: '身分證、健保卡等證件' },
  ],
  check(handbook, report) {
    const visit = (documents: readonly RequiredDocument[]): void => {
      for (const { name, note, oneOf, condition, at } of documents) {
        visit(known(oneOf) ?? []);
        const told = note !== undefined && !saysUnconfirmed(note);
        if (name === undefined || told || !OPEN.test(name.trim())) continue;
        report({
          span: at.name ?? at.self,
          message: {
            zh: `「${name}」${condition === undefined ? '' : `（${condition}）`}沒有說是哪些文件，民眾無法一次備齊。`,
            en: `"${name}" does not say which documents; nobody can bring them at once.`,
          },
          hint: {
            zh: '逐一寫出名稱；有幾種可選的，用「擇一」，或在說明舉出。',
            en: 'Name each; where one of several will do, use 擇一 (oneOf), or list them in the note.',
          },
        });
      }
    };
    for (const service of handbook.services)
      for (const { documents } of [service, ...(known(service.variants) ?? [])])
        visit(known(known(documents)?.items) ?? []);
  },
} satisfies Rule;

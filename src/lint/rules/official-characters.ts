// The characters of public documents: 身分, not 身份.
import { RECORD } from '../example-records.js';
import type { Rule } from '../rule.js';
import { wordingsOf } from '../wording/scan.js';
import { AUTHORITIES } from '../wording/usage.js';

export default {
  severity: 'warn',
  strict: 'error',
  mends: true,
  why: {
    zh: '同一個詞在法令、公文與手冊裡應是同一種寫法，民眾才查得到，也才不會以為是兩件事。統一用字依行政院《文書處理手冊》附錄「法律統一用字表」。',
    en: 'A word is written one way in laws, letters and handbooks, so that it can be found and is not taken for another; the table is an annex of the Executive Yuan’s manual of documents.',
  },
  good: [
    { text: `${RECORD}摘要: 國民身分證由櫃台核對，部分文件可以影本代替，並作成紀錄。\n` },
    { text: `${RECORD}摘要: 公告所稱「身份證」指國民身分證。\n` },
    { text: `${RECORD}法令依據: [違章建築佔用處理要點第3點]\n` },
    { text: `# 身份不明時另行處理\n${RECORD}摘要: 每部份數不同，竭盡量能辦理。\n` },
    {
      file: 'office.yaml',
      text: '名稱: 範例分署\n單位: [計劃書室, 執行一科, 秘書室, 服務台]\n職稱: [書記官, 分署長]\n辦公時間: 請洽計劃書室。\n電話: 00-0000-0000\n地址: 範例路1號\n職務代理人: [{姓名: 書記官, 代理人: 同股書記官}]\n',
    },
  ],
  bad: [
    { text: `${RECORD}摘要: 身份證明文件由櫃台核對。\n`, at: '身份證明' },
    { text: `${RECORD}摘要: 實施計劃書由秘書室公布。\n`, at: '實施計劃書' },
    { text: `${RECORD}摘要: 不服者向法院申請閱卷。\n`, at: '向法院申請' },
    { file: 'chapters/a.md', text: '---\n標題: 服務台\n---\n\n會議記錄公開。\n', at: '會議記錄' },
  ],
  check(handbook, report) {
    for (const { span, written, right = '', fix, usage } of wordingsOf(handbook).characters) {
      const of = AUTHORITIES[usage?.of ?? 'characters'];
      report({
        span,
        message: {
          zh: `這裡寫「${written}」，公文書應寫「${right}」（${of.zh}）。`,
          en: `This says "${written}"; public documents write "${right}" (${of.en}).`,
        },
        hint: { zh: '引述原文請加引號「」。', en: 'Put quoted words in 「」.' },
        ...(fix === undefined ? {} : { fix: { span, text: fix } }),
      });
    }
  },
} satisfies Rule;

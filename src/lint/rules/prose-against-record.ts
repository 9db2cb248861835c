// What prose says without a number is not denied by a field: 不收費, 隨到隨辦, 不受理郵寄.
import { STEP_KINDS } from '../../content/schema/procedure.js';
import { placeOf } from '../../core/source.js';
import { OFFICE, record, withSteps } from '../example-records.js';
import { denialsIn, hoursDenied } from '../prose/denials.js';
import type { Denial } from '../prose/figures-denied.js';
import { type ProseText, placeIn, proseOf } from '../prose/texts.js';
import type { Found, Rule } from '../rule.js';

const RECORD = `${record({ 應備證件: '[申請書]', 規費: '{明細: [{項目: 證明書, 金額: 100 元}], 來源: "https://example.org/fees"}' })}申請方式: [臨櫃]\n代理申請: 可委託他人\n`;

const PRICED = record({
  規費: '{明細: [{項目: 影印, 金額: 2 元, 單位: 每頁, 倍數: 彩色為 5 倍}, {項目: 閱覽, 金額: 20 元, 單位: 每 2 小時}], 繳費方式: [現金], 來源: "https://example.org/fees"}',
});
const OBJECTED = `${withSteps(`  - 聲明異議（義務人）\n  - 核定（分署長）\n  - {步驟: 決定, 權責: 行政執行署, 時限: 30 日}\n  - 結束: 通知申請人\n`).replace('檔案應用', '聲明異議').replace('3 工作日', '40 日')}申請期間: 執行程序終結前\n`;

const SUPERIOR = {
  'office.yaml': `${OFFICE}上級機關: 法務部行政執行署\n相關機關: [{名稱: 法務部行政執行署, 簡稱: 行政執行署, 電話: 00-0000-0001}]\n`,
};

const STEPS: ReadonlySet<string> = new Set(STEP_KINDS);

export default {
  severity: 'warn',
  strict: 'error',
  why: {
    zh: '文字說不收費、免附證件、隨到隨辦、不受理郵寄、由誰核定，欄位卻寫了相反的，民眾與櫃台就會各說各話。',
    en: 'Where a note says free of charge, at once or not by mail and a field says otherwise, citizen and counter have two rules.',
  },
  good: [
    { text: `${RECORD}注意事項: 低收入戶免費；無法當場辦畢者另行通知。\n` },
    { text: `${RECORD}注意事項: 免費諮詢電話請見首頁，停車免費。\n` },
    { text: `${PRICED}注意事項: 彩色影印以 5 倍計收，閱覽每 2 小時 20 元，超商不收現金。\n` },
    { text: `${OBJECTED}注意事項: 上級機關於 30 日內決定；第三人應於 10 日內聲明異議。\n`, also: SUPERIOR },
  ],
  bad: [
    { text: `${RECORD}注意事項: 本項服務不收費。\n`, at: '不收費' },
    { text: `${RECORD}摘要: 隨到隨辦。\n`, at: '隨到隨辦' },
    { text: `${RECORD}注意事項: 亦可郵寄申請，請勿自行裝訂。\n`, at: '亦可郵寄申請' },
    { text: `${RECORD}注意事項: 不得委託他人。\n`, at: '不得委託' },
    {
      file: 'chapters/a.md',
      text: '---\n標題: 服務台\n---\n\n本分署服務時間為上午9時至下午5時30分。\n',
      also: { 'office.yaml': `${OFFICE}辦公時間: 週一至週五 上午 8:30 至下午 5:30\n` },
      at: '上午9時',
    },
    { text: `${PRICED}注意事項: 彩色影印以 2 倍計收。\n`, at: '2 倍' },
    { text: `${PRICED}注意事項: 閱覽每小時 20 元。\n`, at: '每小時 20 元' },
    { text: `${PRICED}注意事項: 本分署不收現金。\n`, at: '不收現金' },
    { text: `${OBJECTED}注意事項: 上級機關於 60 日內決定。\n`, also: SUPERIOR, at: '60 日' },
    { text: `${OBJECTED}注意事項: 應於收受命令後 20 日內聲明異議。\n`, also: SUPERIOR, at: '20 日' },
    {
      text: `${record({ 辦理時限: '{期限: 10 日, 延長: {期限: 5 日, 次數: 1}}' })}注意事項: 得延長二次。\n`,
      at: '延長二次',
    },
  ],
  check(handbook, report) {
    const { office } = handbook;
    for (const service of handbook.services)
      for (const text of proseOf(service))
        for (const denial of denialsIn(text.text, service, office)) {
          const isItself = denial.at.start === text.span.start && denial.at.source === text.span.source;
          // What a step collects has a rule of its own.
          const isCharge = STEPS.has(text.key) && denial.at === service.at.fee;
          if (!isItself && !isCharge) report(told(denial, text));
        }
    for (const { prose } of handbook.chapters) {
      const text: ProseText = { text: prose.markdown, span: prose.span, key: '' };
      for (const denial of hoursDenied(text.text, undefined, office)) report(told(denial, text));
    }
  },
} satisfies Rule;

function told({ written, start, field, said, at }: Denial, text: ProseText): Found {
  const [path, { line }] = [at.source.path, placeOf(at.source, at.start)];
  return {
    span: placeIn(text, start, start + written.length),
    message: {
      zh: `這裡寫「${written}」，但${field.zh}是「${said}」（${path} 第 ${line} 行）。`,
      en: `This says "${written}", but the field "${field.en}" says "${said}" (${path}, line ${line}).`,
    },
    hint: {
      zh: '兩處只有一處是對的：查對後改成一樣。只有部分情形如此的，寫明是什麼情形。',
      en: 'Only one of the two is right: verify and make them the same. What holds for some cases says for which.',
    },
  };
}

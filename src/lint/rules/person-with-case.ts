// A person's name does not stand beside a case number.
import { RECORD } from '../example-records.js';
import type { Rule } from '../rule.js';

/** 113年度營所稅執字第12345號, 113 年度司執字第 12345 號. */
const CASE = /\d{2,3}\s*年度?[^\s，。；：（）]{0,12}字第\s*[\dA-Z-]{3,}\s*號/g;
/** The hundred names that more than nine of ten people bear (內政部, 全國姓名統計分析). */
const SURNAMES =
  '陳林黃張李王吳劉蔡楊許鄭謝洪郭邱曾廖賴徐周葉蘇莊呂江何蕭羅高潘簡朱鍾彭游詹胡施沈余盧梁趙顏柯翁魏孫戴范方宋鄧杜傅侯曹薛丁卓馬阮董唐溫藍蔣石古紀姚連馮歐程湯黎田康姜白汪鄒尤巫涂龔嚴韓袁';
const ROLE =
  '(?:義務人|申請人|異議人|陳情人|債務人|當事人|負責人|受處分人|拍定人|被告|原告|第三人|利害關係人|納稅義務人|代理人|聲明人|關係人|姓名)';
const NAME = new RegExp(
  `${ROLE}\\s*[：:]?\\s*([${SURNAMES}][\\u4e00-\\u9fff]{1,2})(?=[，。、；：:（）()\\s]|$|君|先生|女士|小姐|等|之財產|所有|滯納|欠繳|因)|([${SURNAMES}][\\u4e00-\\u9fff]{1,2})(?:先生|女士|小姐|君)(?=[，。、；（）()\\s之的]|$)`,
  'g',
);
/** So many characters of a case number and a name stand together. */
const NEAR = 60;

export default {
  severity: 'error',
  why: {
    zh: '姓名加上案號，任何人都認得出是誰、欠了什麼；手冊公開發行，個案要去識別化。',
    en: 'A name with a case number tells everybody who owes what; the book is public, and cases in it are nobody’s.',
  },
  good: [
    { text: `${RECORD}摘要: 例如 113年度營所稅執字第00012345號，義務人王○明。\n` },
    { text: `${RECORD}摘要: 義務人林先生可電洽承辦股。\n` },
  ],
  bad: [
    { text: `${RECORD}摘要: 例如義務人王小明 113年度營所稅執字第12345號一案。\n`, at: '王小明' },
    {
      file: 'chapters/a.md',
      text: '---\n標題: 服務台\n---\n\n112 年度健保執字第 00123 號，陳大文先生。\n',
      at: '陳大文',
    },
  ],
  check(handbook, report) {
    for (const source of handbook.sources) {
      if (!source.text.includes('字第')) continue;
      const cases = [...source.text.matchAll(CASE)];
      if (cases.length === 0) continue;
      for (const { 0: whole, 1: one, 2: other, index } of source.text.matchAll(NAME)) {
        const name = one ?? other ?? '';
        const start = index + whole.indexOf(name);
        const near = cases.some(({ 0: written, index: at }) => {
          const [from, to] = at < start ? [at + written.length, start] : [start + name.length, at];
          return to - from <= NEAR && !/\n\s*\n/.test(source.text.slice(from, to));
        });
        if (!near) continue;
        report({
          span: { source, start, end: start + name.length },
          message: {
            zh: '這裡的姓名與案號在一起，認得出是誰。',
            en: 'A name stands beside a case number here: it tells who it is.',
          },
          hint: {
            zh: '姓名改寫成「王○明」或「義務人」，案號改為例示。',
            en: 'Write 王○明 or 義務人, and an example for the number.',
          },
        });
      }
    }
  },
} satisfies Rule;

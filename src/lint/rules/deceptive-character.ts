// A character that is not what it looks like, or is not seen at all.
import { RECORD } from '../example-records.js';
import type { Rule } from '../rule.js';

/** Found while reading (see deceit and parse). */
export default {
  severity: 'error',
  mends: true,
  guarded: true,
  why: {
    zh: '看不見、會改變順序，或長得像別的字的字元，會讓核稿的人看到的與程式讀到、民眾查到的不一樣：金額可能是別的數字，服務名稱搜尋不到。這些字元印成應有的字，或不印。',
    en: 'A character that is not seen, turns the order of the text or looks like another makes what is proofread another thing than what is read and searched for: a fee may have other digits, a name is not found. Such a character is printed as what was meant, or not at all.',
  },
  good: [
    { text: `${RECORD}摘要: 共 200 元，ATM 轉帳。\n` },
    { text: `${RECORD}摘要: ATM 轉帳、μg、α 粒子、葛󠄀先生。\n` },
    { text: `${RECORD}摘要: 注音ㄧㄢˊ、カタカナ、ラーメン、Москва。\n` },
    { file: 'chapters/a.md', text: '---\n標題: 甲\n---\n\n「&copy;」與 C:\\new。\n' },
  ],
  bad: [
    { text: `${RECORD}摘要: 共 ٢٠٠ 元。\n`, at: '٢٠٠' },
    { text: `${RECORD}摘要: 身分證\u200B明文件。\n`, at: '\u200B' },
    { text: `${RECORD}摘要: 應繳\u202E 002 元。\n`, at: '\u202E' },
    { text: `${RECORD}摘要: "應繳\\u202e 002 元。"\n`, at: '\\u202e' },
    { text: `${RECORD}摘要: \u0410TM 轉帳。\n`, at: '\u0410' },
    { text: `${RECORD}摘要: ⽤⾦額繳納。\n`, at: '⽤⾦' },
    { text: `${RECORD}摘要: 第ㄧ項。\n`, at: 'ㄧ' },
    { text: `${RECORD}摘要: 北\uF963門。\n`, at: '\uF963' },
    { text: `${RECORD}摘要: "甲\\x01乙"\n`, at: '\\x01' },
    { text: `${RECORD}摘要: "甲\\ud800乙"\n`, at: '\\ud800' },
    { text: `${RECORD}摘要: 甲\uFDD0乙\n`, at: '\uFDD0' },
    { file: 'chapters/a.md', text: '---\n標題: 甲\n---\n\n應繳&#x202e;002 元。\n', at: '&#x202e;' },
  ],
} satisfies Rule;

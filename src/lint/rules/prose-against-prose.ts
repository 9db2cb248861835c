// What a service tells in two places of how long a paper is kept, in how many parts is paid, and how often something is
// held, is one thing.
import type { Service } from '../../content/schema/service.js';
import type { Say } from '../../core/source.js';
import { placeOf } from '../../core/source.js';
import { record } from '../example-records.js';
import { numberOf } from '../prose/quantities.js';
import { type ProseText, placeIn, proseOf } from '../prose/texts.js';
import type { Rule } from '../rule.js';
import { narrow } from '../wording/width.js';

const RECORD = record();
const notes = (...lines: string[]): string => `${RECORD}注意事項: |\n${lines.map((each) => `  - ${each}\n`).join('')}`;

/** `of`: what is said about, `value`: what is said of it, to be held against what is said of the same elsewhere. */
type Said = {
  readonly of: string;
  readonly what: Say;
  readonly value: number | string;
  readonly written: string;
  readonly start: number;
};

const N = '(\\d+|[一二兩三四五六七八九十百]+)';
const PAPERS: Readonly<Record<string, string>> = {
  收據: 'receipt',
  憑證: 'voucher',
  回執: 'return receipt',
  通知書: 'notice',
  證明書: 'certificate',
  卷宗: 'case file',
  檔案: 'archives',
  影本: 'copy',
  存根: 'stub',
};
const PAPER = `(${Object.keys(PAPERS).join('|')})`;
const KEPT: readonly RegExp[] = [
  new RegExp(`${PAPER}[^，。；、\\d]{0,4}(?:保存|保留|留存|保管)[^，。；\\d]{0,4}${N}\\s*(個月|年|日)`, 'g'),
  new RegExp(`(?:保存|保留|留存|保管)${PAPER}[^，。；\\d]{0,4}${N}\\s*(個月|年|日)`, 'g'),
];
const MONTHS: Readonly<Record<string, number>> = { 個月: 1, 年: 12, 日: 1 / 30 };
const keptIn = (text: string): Said[] =>
  KEPT.flatMap((pattern) =>
    [...text.matchAll(pattern)].map(({ 0: written, 1: of = '', 2: n = '', 3: unit = '', index }) => ({
      of,
      what: { zh: `${of}的保存期限`, en: `how long to keep the ${PAPERS[of] ?? 'paper'}` },
      value: numberOf(n) * (MONTHS[unit] ?? 1),
      written,
      start: index,
    })),
  );

/** The most parts in which may be paid: 2 至 60 期, 最多 72 期. What holds for some sums only says nothing of all. */
const PARTS = new RegExp(
  `(?:${N}\\s*[至到~～–-]\\s*|(?:最多|最長|至多|上限為?|以|不超過|不逾)\\s*)${N}\\s*期(?![日間限款貨程中末初滿])`,
  'g',
);
const partsIn = (text: string): Said[] =>
  [...text.matchAll(/[^。；\n]+/g)].flatMap(({ 0: sentence, index: from }) =>
    /萬|元以|者|如|若|但|延長/.test(sentence)
      ? []
      : [...sentence.matchAll(PARTS)].map(({ 0: written, 2: n = '', index }) => ({
          of: '期數',
          what: { zh: '最多可分的期數', en: 'the most instalments' },
          value: numberOf(n),
          written,
          start: from + index,
        })),
  );

/** 不定期 in the summary, and 每月 in a note. */
const HELD = /(不定期|每[週月季年]|每半年)[^，。；\n]{0,14}?(?:辦理|舉辦|舉行|召開|與民眾)/g;
const heldIn = (text: string): Said[] =>
  [...text.matchAll(HELD)].flatMap(({ 0: written, 1: how = '', index }) =>
    /定期[及或與、和]$/.test(text.slice(Math.max(0, index - 3), index))
      ? []
      : [
          {
            of: '辦理',
            what: { zh: '辦理的頻率', en: 'how often it is held' },
            value: how === '不定期' ? how : '定期',
            written,
            start: index,
          },
        ],
  );

export default {
  severity: 'warn',
  strict: 'error',
  why: {
    zh: '同一項服務，這裡寫收據保存 3 年，那裡寫 5 年；寫最多 60 期，又寫最多 72 期：沒有欄位可對，讀者更不知道該信哪一句。',
    en: 'One service that says three years here and five there leaves its readers with two answers, and no field to decide.',
  },
  good: [
    { text: notes('收據至少保存5年。', '請保存收據至少五年。', '卷宗保存 10 年。') },
    {
      text: notes('可分 2 至 60 期。', '最多 60 期，第 72 期起不予受理。', '定期及不定期辦理考核，每月辦理一次講習。'),
    },
  ],
  bad: [
    { text: notes('收據至少保存5年。', '請保存收據至少三年。'), at: '保存收據至少三年' },
    { text: notes('可分為2至60期。', '最多72期。'), at: '最多72期' },
    {
      text: `${notes('本分署每月第一個星期三辦理首長與民有約。')}摘要: 分署長不定期與民眾面對面溝通。\n`,
      at: '不定期與民眾',
    },
  ],
  check({ services }, report) {
    for (const service of services)
      for (const [one, other] of contraryIn(service)) {
        const { source, start } = placeIn(other.text, other.start, other.start + other.written.length);
        const { line } = placeOf(source, start);
        report({
          span: placeIn(one.text, one.start, one.start + one.written.length),
          message: {
            zh: `這裡寫「${one.written}」，第 ${line} 行卻寫「${other.written}」：${one.what.zh}不一樣。`,
            en: `This says "${one.written}", but line ${line} says "${other.written}": ${one.what.en} differs.`,
          },
          hint: {
            zh: '查對後改成一樣；說的是不同的情形，就寫明各是什麼情形。',
            en: 'Verify and make them the same; where they are about different cases, say which.',
          },
        });
      }
  },
} satisfies Rule;

type SaidIn = Said & { readonly text: ProseText };
/** Each saying that differs from what was said of the same before, with that. */
function contraryIn(service: Service): [SaidIn, SaidIn][] {
  const all = proseOf(service).flatMap((text): SaidIn[] => {
    if (!/[期存留管]/.test(text.text) && !/每/.test(text.text)) return [];
    const written = narrow(text.text);
    return [...keptIn(written), ...partsIn(written), ...heldIn(written)].map((said) => ({ ...said, text }));
  });
  all.sort((a, b) => a.text.span.start - b.text.span.start || a.start - b.start);
  return all.flatMap((said, i): [SaidIn, SaidIn][] => {
    const before = all.slice(0, i).filter(({ of }) => of === said.of);
    const [first] = before;
    return first && before.every(({ value }) => value !== said.value) ? [[said, first]] : [];
  });
}

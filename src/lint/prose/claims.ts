// What a sentence of prose says of a service or of the office, where it says it plainly: a quantity and what it is about.
// What is not plain is no claim: here silence is better than a guess.
import { type Quantity, quantitiesIn } from './quantities.js';

export const TOPICS = {
  guide: { zh: '引導時限', en: 'time to be guided' },
  counter: { zh: '臨櫃辦畢時限', en: 'time at the counter' },
  complaint: { zh: '陳情回復時限', en: 'time to answer a complaint' },
  answer: { zh: '電話接聽時限', en: 'time to answer the telephone' },
  rings: { zh: '電話鈴響', en: 'rings before answering' },
  visits: { zh: '最多洽辦次數', en: 'visits at most' },
  deadline: { zh: '辦理時限', en: 'deadline' },
  correction: { zh: '補正期限', en: 'time to correct' },
  prolong: { zh: '延長', en: 'extension' },
  statutory: { zh: '法定期限', en: 'statutory limit' },
  fresh: { zh: '核發期限', en: 'issued within' },
  remaining: { zh: '剩餘效期', en: 'remaining validity' },
  remedy: { zh: '救濟期限', en: 'time for a remedy' },
  validity: { zh: '效期', en: 'validity' },
  fee: { zh: '規費', en: 'fee' },
  copies: { zh: '份數', en: 'copies' },
  floor: { zh: '樓層', en: 'floor' },
} as const;
export type Topic = keyof typeof TOPICS;

/** A quantity of a sentence with its topic. `sentence` and `clause`: the words around it, which may name what it is about. */
export type Claim = Quantity & {
  readonly topic: Topic;
  readonly written: string;
  readonly sentence: string;
  readonly clause: string;
};

/** A sentence of a text and where it begins. */
type Sentence = { readonly text: string; readonly start: number };
function sentencesIn(text: string): Sentence[] {
  const found: Sentence[] = [];
  for (const { 0: sentence, index } of text.matchAll(/[^。；;\n！？|]+/g)) found.push({ text: sentence, start: index });
  return found;
}

/** The words around a quantity: before it in its sentence, its clause, behind it. */
type Around = { readonly sentence: string; readonly before: string; readonly clause: string; readonly after: string };

export const TIME_UNITS: ReadonlySet<string> = new Set(
  'second minute hour halfday day workday week month year'.split(' '),
);
const isShort = (unit: string): boolean => unit === 'second' || unit === 'minute' || unit === 'hour';

/** 逾5日者, 滿三個月: a time from which something follows, and none that is promised. 不逾, 未逾 promise it. */
const THRESHOLD = /(?<![不未勿])(?:逾|超過|滿|已達|以上未)[^，。]{0,4}$/;
/** Whose time or money it is, when it is not the office's. */
const OTHERS =
  /移送機關|移案機關|法院|行政院|上級機關|他機關|其他機關|主管機關|行政執行署|戶政|銀行|監理|郵局|超商|查詢機關/;
const CITIZEN =
  /(?:申請人|義務人|異議人|陳情人|當事人|利害關係人|第三人|拍定人|代理人|民眾|您|台端)[^，。]{0,6}(?:應|須|得|可|請)|請於|請在/;

const TIMES: readonly (readonly [Topic, (around: Around, unit: string) => boolean])[] = [
  [
    'answer',
    ({ clause, before }, unit) =>
      isShort(unit) && unit !== 'hour' && /接聽|接起|來電|電話[^，。]{0,6}鈴|鈴響[^，。]{0,8}接/.test(before + clause),
  ],
  [
    'guide',
    ({ before, clause, after }, unit) =>
      isShort(unit) &&
      (/引導/.test(clause + after) || /(?:等候|等待|候辦)[^，。]{0,10}$/.test(before)) &&
      !/電話|接聽|轉接/.test(before + clause),
  ],
  [
    'counter',
    ({ before, clause, after }, unit) =>
      isShort(unit) &&
      /離處|辦畢|辦妥|辦竣|辦理完成|完成辦理|臨櫃[^，。]{0,6}(?:辦|完成)|辦理到完成/.test(
        before.slice(-16) + clause + after,
      ),
  ],
  ['fresh', ({ after }) => /^\s*(?:以?內|之內)?(?:所?核發|所?開立|請領|申請|所?發給)(?:之|的)/.test(after)],
  ['remaining', ({ before, clause }) => /效期[^，。]{0,6}(?:尚餘|尚有|至少|剩餘|須逾|餘)/.test(before + clause)],
  ['correction', ({ before, clause, after }) => /補正|補件|補齊/.test(before.slice(-14) + clause + after)],
  ['prolong', ({ before, clause }) => /延長|展延|展期/.test(before.slice(-12) + clause)],
  ['statutory', ({ before }) => /法定[^，。]{0,10}$|法律規定[^，。]{0,8}$/.test(before)],
  [
    'remedy',
    ({ sentence, after, before }) =>
      /訴願|行政訴訟|抗告|復查|申復|救濟|不服/.test(sentence) &&
      /提起|提出|向|聲明|為之|申請/.test(after + before.slice(-10)),
  ],
  [
    'validity',
    ({ before, after, clause }) =>
      /(?:有效期[間限]?|效期)[^，。]{0,6}$/.test(before) || /^\s*內?有效/.test(after) || /有效期/.test(clause),
  ],
  [
    'complaint',
    ({ sentence, before, clause, after }, unit) =>
      !isShort(unit) &&
      /抱怨|陳情|(?:民眾|為民)[^，。]{0,6}(?:申訴|檢舉)/.test(sentence) &&
      /回復|答復|答覆|回覆|函復/.test(before.slice(-14) + clause + after),
  ],
  [
    'deadline',
    ({ before, clause, after }) =>
      !CITIZEN.test(before + clause) &&
      !/繳納|繳清|補繳|領取|到場|停止|保存|保管|銷毀|之前|以前/.test(clause) &&
      (/(?:辦理|處理|審查|審核|作業|核定|回復|辦結)(?:時限|期限|時間|天數|期間|工作天數)[^，。]{0,8}$/.test(before) ||
        /^\s*(?:以?內|之內)?[^，。]{0,10}?(?:辦畢|辦結|辦竣|辦妥|辦理完|完成|審畢|審結|審核|審查|核發|發給|核定|核准|核復|作成|答復|回復|函復|處理|辦理|通知|准駁|決定)/.test(
          after,
        )),
  ],
];

/** Sums that are no fee: penalties, securities, prices, debts. */
const NO_FEE =
  /罰|保證金|擔保|底價|價額|價金|標的|欠|滯納|稅|限額|額度|債|案款|所得|應納|金額在|金額為|存款|薪|面額|匯款|工資|補助|補償|賠償|獎|押|折抵|找零/;
/** Sums that others take. */
const NOT_OURS = /超商|業者|銀行|郵局|停車|電信|匯費|法院|移送機關|戶政/;
const BOUND = /^\s*(?:以上|以下|未滿|者|之|整以)/;

const COUNTED: readonly (readonly [Topic, string, (around: Around) => boolean])[] = [
  ['rings', '聲', ({ before, clause }) => /鈴響|鈴聲|電話/.test(before + clause)],
  [
    'visits',
    '次',
    ({ before, clause, after }) =>
      !/唱名|公告|拍賣|減價|催告|通知|電話|發言|開標|轉接|廣播|登報|抽|投標/.test(
        before.slice(-10) + after.slice(0, 6),
      ) &&
      ((/(?:最多|至多|不超過|以|只[要須需]?|僅[須需]?|共須?|合計|須|需|要|跑|來|到場|洽辦|接洽)[^，。\d]{0,5}$/.test(
        before,
      ) &&
        /到場|親自|臨櫃|洽辦|接洽|跑|來本|前來|往返|本分署|即可辦|辦妥|滿足/.test(
          before.slice(-12) + clause + after,
        )) ||
        (/^\s*(?:即可|就)?(?:辦妥|辦好|完成)/.test(after) && !/每/.test(before.slice(-4)))),
  ],
  [
    'fee',
    '元',
    ({ before, clause, after }) =>
      !NO_FEE.test(before.slice(-14) + after.slice(0, 4)) &&
      !NOT_OURS.test(clause) &&
      !BOUND.test(after) &&
      !/(?:以上|未滿|逾|超過|超出|低於|高於)[^，。]{0,3}$/.test(before) &&
      // 匯票每張以 10 萬元為限 is no charge.
      ((/每/.test(before.slice(-8)) && !/^\s*為限/.test(after)) ||
        /規費|費用|手續費|工本費|[印覽閱件製錄證檢詢投郵]費|收費|收取|酌收|計收|加收|繳費|繳納|繳交|付費/.test(
          before.slice(-16) + clause,
        )),
  ],
  [
    'copies',
    '份',
    ({ before, after, clause }) =>
      !/每\s*$|第|各種|部|部分|加印|次|起|續/.test(before.slice(-2)) &&
      !/^\s*(?:起|以上|內|鐘|報|數)/.test(after) &&
      (/一式\s*$/.test(before) ||
        /書|表|狀|本|證|影本|正本|謄本|文件|備妥|檢附|檢具|攜帶|填具|附/.test(before.slice(-10) + clause)) &&
      !/發給|核發|留存|存查|副知|歸檔|元/.test(clause),
  ],
  ['floor', '樓', ({ before, after }) => !/第\s*$/.test(before) && !/^\s*(?:以上|以下|之|層)/.test(after)],
];

/** What a text says plainly, sentence by sentence, in the order of writing. */
export function claimsIn(text: string): Claim[] {
  const claims: Claim[] = [];
  if (!/[\d０-９〇○零一二兩三四五六七八九十百千半]/.test(text)) return claims;
  for (const { text: sentence, start } of sentencesIn(text))
    for (const quantity of quantitiesIn(sentence)) {
      const around = aroundOf(sentence, quantity);
      const topic = topicOf(quantity, around);
      if (topic === undefined) continue;
      claims.push({
        ...quantity,
        topic,
        written: sentence.slice(quantity.start, quantity.end),
        sentence,
        clause: around.clause,
        start: start + quantity.start,
        end: start + quantity.end,
      });
    }
  return claims;
}

function aroundOf(sentence: string, { start, end }: Quantity): Around {
  const from = Math.max(...['，', ',', '：', '（'].map((mark) => sentence.lastIndexOf(mark, start - 1))) + 1;
  const ends = ['，', ',', '）'].map((mark) => sentence.indexOf(mark, end)).filter((at) => at !== -1);
  const to = ends.length > 0 ? Math.min(...ends) : sentence.length;
  return {
    sentence,
    before: sentence.slice(Math.max(0, start - 30), start).replace(/\*\*/g, ''),
    clause: sentence.slice(from, to),
    after: sentence.slice(end, end + 22).replace(/\*\*/g, ''),
  };
}

function topicOf({ unit }: Quantity, around: Around): Topic | undefined {
  if (THRESHOLD.test(around.before.slice(-9)) || /不計入|不算|扣除|不含/.test(around.clause)) return undefined;
  if (!TIME_UNITS.has(unit)) return COUNTED.find(([, counter, isAbout]) => counter === unit && isAbout(around))?.[0];
  const topic = TIMES.find(([, isAbout]) => isAbout(around, unit))?.[0];
  return topic !== undefined &&
    OTHERS.test(around.before + around.clause) &&
    !/本分署|本機關|本局|本所/.test(around.clause)
    ? undefined
    : topic;
}

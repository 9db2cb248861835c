// Whether a translation says yes where the Chinese says yes, and each figure in its own sentence.
import type { Say } from '../core/source.js';

/** A length of time as written, and as a number with its unit. */
type Counted = { readonly n: number; readonly unit: string; readonly written: string };
/** What a translation has otherwise: as written in Chinese, as written there. */
export type Difference = {
  readonly what: Say;
  readonly zh: string;
  readonly there: string;
  /** A sentence of its own, where one on two values says too little. */
  readonly message?: Say;
};

/** Words that deny plainly. 不得少於 and 不逾 give a bound, which another language says without a negation. */
const DENIED =
  /不(?:徵收|收取|收費|受理|接受|提供|開放|適用|予|計入|需|須|必|用|退還|退費|得(?!已)|可(?!抗力|分)|能(?!力))(?!少於|低於|逾|超過|多於|高於|短於|長於|晚於|遲於|早於|小於|大於)|(?<!免)無[須需]|毋[須需庸]|請勿|切勿|禁止|免[收附徵繳]/;
/** What hedges or doubles the negation. */
const HEDGED = /非[^，。；]{0,12}不|不[^，。；]{0,6}不|莫不|無不|不得不|[能可]否|是否|不在此限/;
const ENGLISH_NO =
  /\b(?:no|not|never|none|nor|neither|nobody|nothing|without|cannot|can't|free|exempt\w*|waiv\w*|refus\w*|reject\w*|den(?:y|ies|ied)|prohibit\w*|forbid\w*|forbidden|ban(?:s|ned)?|except\w*|unless|only|alone|lack\w*|fail\w*|exclud\w*|exclusive\w*|rather|instead|invalid|ineligible|inadmissible|inapplicable|insolven\w*|un\w{3,}|im\w*possible|otherwise|barred|closed|decline\w*|omit\w*|dispens\w*|less|avoid|stop\w*|inability|irre\w+)\b|n[’']t\b|non-/i;
const ENGLISH_DENIED =
  /\b(?:is|are|was|were|must|may|can|need|does|do|did|will|shall|should|has|have) not\b|\bcannot\b|n[’']t\b|\bno (?:fee|charge|document|appointment|need|refund)s?\b/i;
const CHINESE_NO = /[不無未非莫否勿毋禁拒除僅只停止缺另才始廢沒免逾失限外]/;
const YES_NO = { zh: '肯定或否定', en: 'yes or no' };
const LENGTH = { zh: '期間', en: 'length of time' };
const NUMBER = { zh: '比較的數字', en: 'figure that is compared with' };

/** 不徵收 in Chinese and no negation in English, or the other way round. */
export function negationDifference(zh: string, text: string): Difference | undefined {
  const denied = HEDGED.test(zh) ? undefined : DENIED.exec(zh)?.[0];
  if (denied !== undefined && !ENGLISH_NO.test(text))
    return {
      what: YES_NO,
      zh: denied,
      there: '',
      message: {
        zh: `中文寫「${denied}」，譯文裡卻沒有否定的話。`,
        en: `The Chinese says 「${denied}」 (no), but nothing in this translation says no.`,
      },
    };
  const no = ENGLISH_DENIED.exec(text)?.[0];
  if (no !== undefined && !CHINESE_NO.test(zh))
    return {
      what: YES_NO,
      zh: '',
      there: no,
      message: {
        zh: `譯文說不（「${no}」），中文卻是肯定的。`,
        en: `This translation says no ("${no}"), but the Chinese says yes.`,
      },
    };
  return undefined;
}

/** Every figure of the two is the same, but in another sentence; or the other one is said to be shorter. */
export function orderDifference(
  zh: string,
  text: string,
  timesInChinese: (zh: string) => Counted[],
  timesInEnglish: (en: string) => Counted[],
): Difference | undefined {
  const ours = zh.split(/[；。]/).filter((each) => each.trim() !== '');
  const theirs = text.split(/;|\.(?=\s|$)/).filter((each) => each.trim() !== '');
  if (ours.length > 1 && ours.length === theirs.length) {
    const pairs = ours.map((each, i) => [timesInChinese(each), timesInEnglish(theirs[i] ?? '')] as const);
    const wrong = pairs.find(
      ([a, b]) =>
        a.length > 0 &&
        b.length > 0 &&
        !b.some(({ n }) => a.some((each) => each.n === n)) &&
        pairs.some(([c]) => c !== a && c.some(({ n, unit }) => b.some((each) => each.n === n && each.unit === unit))),
    );
    if (wrong)
      return {
        what: LENGTH,
        zh: wrong[0].map(({ written }) => written).join(', '),
        there: wrong[1].map(({ written }) => written).join(', '),
      };
  }
  const compared = /較[^，。；\d]{0,8}(\d+)[^，。；\d]{0,4}?為?[短長多少低高快慢早晚]/.exec(zh)?.[1];
  const than =
    /\b(?:shorter|longer|fewer|less|more|lower|higher|faster|slower|earlier|later) than\s+[^.;,\d]{0,20}(\d+)/.exec(
      text,
    )?.[1];
  return compared === undefined || than === undefined || compared === than
    ? undefined
    : { what: NUMBER, zh: compared, there: than };
}

// What a change of wording means for the citizen, as far as its words and numbers tell: more asked of him, less, or neither.
import { readDuration, usualMinutes } from '../content/duration.js';
import type { Duration } from '../content/schema/procedure.js';
import { wholeNumber } from '../content/schema/scalars.js';

/** What speaks for a heavier and for a lighter burden; both: some are worse off and some better. */
export type Weight = { readonly heavier: boolean; readonly lighter: boolean };
export const HEAVIER: Weight = { heavier: true, lighter: false };
export const LIGHTER: Weight = { heavier: false, lighter: true };
export const EITHER: Weight = { heavier: true, lighter: true };
export const NEUTRAL: Weight = { heavier: false, lighter: false };
export const both = (...weights: readonly Weight[]): Weight => ({
  heavier: weights.some(({ heavier }) => heavier),
  lighter: weights.some(({ lighter }) => lighter),
});
export const opposite = ({ heavier, lighter }: Weight): Weight => ({ heavier: lighter, lighter: heavier });
/** More of it is heavier, less is lighter. */
export const moreIsHeavier = (before: number, after: number): Weight =>
  after > before ? HEAVIER : after < before ? LIGHTER : NEUTRAL;
export const moreIsLighter = (before: number, after: number): Weight => opposite(moreIsHeavier(before, after));

/** Words that bind or cost, and words that free: the longer first, for 不得 is no 得. */
const WORD =
  /(不得已|取得|所得|獲得|值得|覺得|心得|許可證|可靠|避免|難免|供應|反應|因應|對應|應用|適應|限期內|另一|另案|另行通知|本限|限制出境|繳納方式|繳款方式)|(不得|不予|不受理|駁回|退件|退回|不再|停止|停辦|取消|始得|方得|須|應|必須|親自|親持|限於|僅限|限由|僅|加收|另收|罰|扣除|檢附|繳交|繳驗|提出|公證|認證|以上|及|與|並|且|每次|重新起算|逾期|喪失|失效)|(無須|無需|不需|不必|毋須|毋庸|免附|免費|免收|免|得|可|或|任一|擇一|減收|減半|減免|優惠|退還|延長受理|線上|網路|電子|隨到隨辦|當場|代為|由本機關查|均可|亦可|不限)/g;

function wordsIn(text: string): { binding: number; freeing: number } {
  let [binding, freeing] = [0, 0];
  for (const [, plain, binds, frees] of text.matchAll(WORD)) {
    if (plain !== undefined) continue;
    if (binds !== undefined) binding += 1;
    if (frees !== undefined) freeing += 1;
  }
  return { binding, freeing };
}

const QUANTITY =
  /([\d０-９][\d０-９,.，．]*|[零一二兩三四五六七八九十]+)\s*(元|個?工作[日天]|日|天|週|個月|月|年|小時|分鐘|分|秒|份|張|次|件|名|折|%|％|聲)/g;
type Quantity = { number: number; unit: string };
const quantitiesIn = (text: string): Quantity[] =>
  [...text.matchAll(QUANTITY)].flatMap(([, digits = '', unit = '']) => {
    const plain = digits.normalize('NFKC').replace(/[,，]/g, '');
    const number = /^[\d.]+$/.test(plain) ? Number(plain) : wholeNumber(plain);
    return Number.isNaN(number) ? [] : [{ number, unit: unit.normalize('NFKC') }];
  });
/** A time within which the citizen must act: less of it is heavier. */
const BINDS_CITIZEN = /補正|補件|繳納|繳清|提出|領取|申請人|義務人|異議人|投標人|拍定人|應於|須於|到場|效期|有效/;
const TIME = /日|天|週|月|年|小時|分|秒/;

/** Of a text that says something else now; `''` where there was, or is, none. */
export function weightOfText(before: string, after: string): Weight {
  const [old, fresh] = [wordsIn(before), wordsIn(after)];
  const words = fresh.binding - old.binding - (fresh.freeing - old.freeing);
  const byWords =
    words > 0
      ? both(HEAVIER, fresh.freeing > old.freeing || fresh.binding < old.binding ? LIGHTER : NEUTRAL)
      : words < 0
        ? both(LIGHTER, fresh.binding > old.binding || fresh.freeing < old.freeing ? HEAVIER : NEUTRAL)
        : fresh.binding === old.binding
          ? NEUTRAL
          : EITHER;
  if (before === '' || after === '') return byWords;
  return both(byWords, weightOfNumbers(before, after));
}

function weightOfNumbers(before: string, after: string): Weight {
  const [old, fresh] = [quantitiesIn(before), quantitiesIn(after)];
  const same =
    old.length === fresh.length &&
    old.every(({ number, unit }, i) => number === fresh[i]?.number && unit === fresh[i]?.unit);
  if (same) return NEUTRAL;
  // A number that came or went binds, or frees, as the words around it say.
  if (old.length !== fresh.length) return EITHER;
  const binds = BINDS_CITIZEN.test(before) && BINDS_CITIZEN.test(after);
  return both(
    ...old.map(({ number, unit }, i): Weight => {
      const now = fresh[i] as Quantity;
      if (TIME.test(unit) && TIME.test(now.unit)) {
        const weight = weightOfTimes(`${number}${unit}`, `${now.number}${now.unit}`);
        return binds ? opposite(weight) : weight;
      }
      if (unit !== now.unit) return EITHER;
      if (/折/.test(unit)) return moreIsHeavier(number, now.number);
      return /%|聲/.test(unit) && number !== now.number ? EITHER : moreIsHeavier(number, now.number);
    }),
  );
}

const weightOfTimes = (before: string, after: string): Weight => {
  try {
    return weightOfTime(readDuration(before), readDuration(after));
  } catch {
    return EITHER;
  }
};

// ---------------------------------------------------------------- times

/** Of a time that one waits: longer is heavier. Units that cannot be set off exactly leave it open. */
export function weightOfTime(before: Duration, after: Duration): Weight {
  const [old, fresh] = [usualMinutes(before), usualMinutes(after)];
  if (old !== fresh) return moreIsHeavier(old, fresh);
  if (before.unit !== after.unit) return EITHER;
  return /約/.test(before.printed) === /約/.test(after.printed) ? NEUTRAL : EITHER;
}

/** Minutes of opening in a text of hours; undefined where it is not told by the clock. */
export function openMinutes(text: string): number | undefined {
  const clock = String.raw`(\d{1,2})\s*(?:[:：時]\s*(\d{2})?)\s*分?`;
  const ranges = [...text.normalize('NFKC').matchAll(new RegExp(`${clock}\\s*[-–—~～至到]\\s*${clock}`, 'g'))];
  if (ranges.length === 0) return undefined;
  return ranges.reduce(
    (sum, [, h1, m1 = '0', h2, m2 = '0']) => sum + 60 * (Number(h2) - Number(h1)) + Number(m2) - Number(m1),
    0,
  );
}

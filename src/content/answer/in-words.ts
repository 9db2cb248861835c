// An answer in the words of a clerk, in Chinese: how worked examples say it, and what they are held against.

import { isUnconfirmed, type Unconfirmed } from '../schema/schema.js';
import { kindWord, type RequiredDocument } from '../schema/service.js';
import { OURS } from './fee.js';
import type { Answer, AskedDocument, FeeAnswer, LimitAnswer, Sum } from './person.js';

export const UNKNOWN = '待確認';
const UNDECLARED = '未載明';

const unknownOr = (
  name: string,
  value: string | number | { printed: string } | Unconfirmed | undefined,
  said: (text: string) => string,
): string[] =>
  value === undefined
    ? []
    : isUnconfirmed(value)
      ? [`${name}${UNKNOWN}`]
      : [said(typeof value === 'object' ? value.printed : String(value))];

/** 正本、2 份、3 個月內核發; empty where only the name is declared. */
const detailsInWords = ({ kind, copies, kinds, fresh, remaining }: RequiredDocument): string =>
  [
    ...(kind === undefined ? [] : [isUnconfirmed(kind) ? `形式${UNKNOWN}` : kindWord(kind)]),
    ...unknownOr('份數', copies, (n) => `${n} 份`),
    ...unknownOr('種數', kinds, (n) => `${n} 種`),
    ...unknownOr('核發期限', fresh, (text) => `${text.replace(/(之)?內(核發.*)?$/, '')}內核發`),
    ...unknownOr('剩餘效期', remaining, (text) => `效期尚餘 ${text}`),
  ].join('、');

/** The name of a document; of a choice, its alternatives. */
export function nameInWords({ document, among, choose }: AskedDocument): string {
  if (document.name !== undefined || among === undefined) return document.name ?? '';
  const names = among.map(({ name }) => name ?? '').join('或');
  return isUnconfirmed(choose)
    ? `${names}（擇幾項${UNKNOWN}）`
    : Number(choose) > 1
      ? `${names}擇 ${choose} 項`
      : names;
}

/** 委任書（正本、1 份）. */
export function documentInWords(asked: AskedDocument): string {
  const details = [detailsInWords(asked.document), asked.waived === undefined ? '' : '免附']
    .filter((text) => text !== '')
    .join('、');
  const name = nameInWords(asked);
  return details === '' ? name : `${name}（${details}）`;
}

/** Each document, or 無, 待確認. */
export function documentsInWords({ documents, documentsReason }: Answer): string[] {
  if (documents.length > 0) return documents.map(documentInWords);
  if (documentsReason === 'undeclared') return [UNDECLARED];
  return documentsReason === 'unconfirmed' ? [UNKNOWN] : ['無'];
}

/** 1,300 元, 18.5–370 元, 30 元起, 10 美元. */
function sumInWords({ amount, most, open, currency }: Sum): string {
  const grouped = (digits: string): string =>
    digits.replace(/^-?\d+/, (whole) => whole.replace(/\B(?=(\d{3})+$)/g, ','));
  const unit = currency === OURS ? '元' : currency;
  return `${grouped(amount)}${most === undefined ? '' : `–${grouped(most)}`} ${unit}${open ? '起' : ''}`;
}

/** The charges that are known where the sum is not: 閱覽 40 元. */
const chargesInWords = ({ totals, charges }: FeeAnswer): string[] =>
  totals.length > 0
    ? []
    : charges.flatMap(({ item, sum }) => (sum && item !== '' ? [`${item} ${sumInWords(sum)}`] : []));

/** 120 元, 免費, 待確認；閱覽 40 元; 未載明 where nothing is declared for this case. */
export function feeInWords(fee: FeeAnswer): string {
  const { totals, reason } = fee;
  if (totals.length === 0)
    return reason === 'undeclared' || reason === 'none-applies'
      ? UNDECLARED
      : [UNKNOWN, ...chargesInWords(fee)].join('；');
  const nothing = totals.every(({ amount, most, open }) => amount === '0' && most === undefined && !open);
  return nothing ? '免費' : totals.map(sumInWords).join('、');
}

/** 自收件之次日起 15 日, 30 分鐘（目標）, 隨到隨辦, 不定期限, 待確認. */
export function limitInWords({ immediate, limit, of, from, extra, reason }: LimitAnswer): string {
  if (immediate) return '隨到隨辦';
  if (limit === undefined) return reason === 'open' ? '不定期限' : reason === 'undeclared' ? UNDECLARED : UNKNOWN;
  const kind = of === 'target' ? '（目標）' : of === 'law' ? '（法定）' : '';
  const more = extra.map(({ printed }) => `，另加 ${printed}`).join('');
  return `${from === undefined ? '' : `自${from}起 `}${limit.printed}${kind}${more}`;
}

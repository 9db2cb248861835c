// Which steps of a procedure take money. Two rules ask: a fee must be paid in some step, and what is free in none.
import type { FlowNode } from '../content/procedure.js';
import { known } from '../content/schema/schema.js';

const PAYS = /繳|付費|付款|收費|收取|購買|匯款|價金|手續費|工本費|pay/i;
/** A fee of the office: 繳交工本費, 付閱覽費, 收費; not the debt itself (繳款, 繳納稅款). */
const FEE =
  /(?:繳納?|繳交|收取?|支付|付|補繳|計收|酌收)(?:[^，。繳付收]{0,6}?)(?:規費|費用|[^，。消經免]費)|付費|收費|繳費/;
const NO_FEE = /免|不|無須|退|滯納|罰|墊付|執行費|超商|郵局/;

/** Whether something may be paid in a step, whatever it is. */
export const pays = ({ text, step }: FlowNode): boolean =>
  known(step.fee) !== undefined || PAYS.test(`${text}${step.client ?? ''}${step.note ?? ''}`);

/** Whether a step plainly collects a fee. */
export const collects = ({ text, step }: FlowNode): boolean =>
  (known(step.fee)?.amount ?? 0) > 0 || (FEE.test(text) && !NO_FEE.test(text));

// Clauses that say what is added to a fee or let off, told apart from its sums: 急件加倍, 網路 8 折, 低收入戶免收.
import { BY_CHANNEL } from './duration.js';

export const LET_OFF =
  /^(.+?)[，,]?\s*(免[收費繳徵]費?|免予收費|免納|減半(?:收費|計收)?|半價|減收\s*\S.*|減免\s*\S+|打?\s*[\d０-９一二三四五六七八九.]{1,4}\s*折(?:優惠|計收)?)$/;
export const ADDED =
  /^(.+?)[，,]?\s*(?:(加倍(?:收費)?|加收\s*(?:[\d０-９一二三四五六七八九十兩半]+\s*倍)|按?\s*[\d０-９一二三四五六七八九十兩]+\s*倍(?:收費|計收)?)|(?:加收|另收|另加|加)\s*(\S.*))$/;

/** What a clause says of a fee beside its sums: 急件加倍, 網路 8 折, 低收入戶免收. */
export function kindOf(clause: string): 'surcharges' | 'discounts' | 'exemptions' | undefined {
  const text = clause.trim();
  // 「加印每份 20 元」 is the price of later copies, 「加幣」 a currency.
  // No clause is longer.
  if (text.length > 300) return undefined;
  if (text === '' || /^(?:第|加印|續[份張件本筆])|新加坡|[加澳紐]幣/.test(text)) return undefined;
  if (LET_OFF.test(text)) return BY_CHANNEL.test(text) && !/免[收費繳徵]$/.test(text) ? 'discounts' : 'exemptions';
  if (/^(?:另收|另加|外加)\S/.test(text)) return 'surcharges';
  return ADDED.test(text) && !/^每|[元圓]\s*[，,]/.test(text) ? 'surcharges' : undefined;
}

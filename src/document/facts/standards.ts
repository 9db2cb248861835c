// What the office promises, as it is printed: a label and a value for each standard.

import type { Duration } from '../../content/schema/procedure.js';
import { isUnconfirmed, known, type Unconfirmed } from '../../content/schema/schema.js';
import type { BookWording, Open } from './text.js';

export type Standard = 'guide' | 'counter' | 'answer' | 'rings' | 'visits' | 'complaint';
export type StandardTile = { standard: Standard; label: string; value: string | Unconfirmed };

/** The office's service standards that it declares: what is promised and, in a few characters, how much. */
export function standardTiles(context: BookWording): StandardTile[] {
  const standards = known(context.handbook.office.standards);
  if (!standards) return [];
  const within = (value: Open<Duration>): Open<string> =>
    value === undefined || isUnconfirmed(value) ? value : context.word('within', value.printed);
  const times = (word: string, value: Open<number>): Open<string> =>
    value === undefined || isUnconfirmed(value) ? value : context.word(word, value);
  const { guide, counter, answer, rings, visits, complaint } = standards;
  const tiles: [Standard, Open<string>][] = [
    ['guide', within(guide)],
    ['counter', within(counter)],
    ['answer', within(answer)],
    ['rings', times('rings-of', rings)],
    ['visits', times('visits-of', visits)],
    ['complaint', within(complaint)],
  ];
  return tiles.flatMap(([standard, value]) =>
    value === undefined ? [] : [{ standard, label: context.word(`standard-${standard}`), value }],
  );
}

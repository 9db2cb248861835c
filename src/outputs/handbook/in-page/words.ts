// In the page this stands in the place of the module with which the engine reads words: they were read when the page was made.
import type { Rules, Words } from './rules.js';

let meant: Rules['meant'] | undefined;

/** The rules in the page; undefined where it has none. */
export function rulesHere(): Rules | undefined {
  const json = document.querySelector('#rules')?.textContent;
  if (!json) return undefined;
  // Units of exact numbers are whole numbers of any size.
  const rules = JSON.parse(json, (key, value) =>
    key === 'units' && typeof value === 'string' ? BigInt(value) : value,
  ) as Rules;
  meant = rules.meant;
  return rules;
}

export const saysUnconfirmed: Words['saysUnconfirmed'] = (text) => meant?.unknown.includes(text) ?? false;
export const unitOf: Words['unitOf'] = (text) => meant?.unit[text];
export const readTimes: Words['readTimes'] = (text) => meant?.times[text];
export const readRounding: Words['readRounding'] = (text) => meant?.rounding[text];
export const readRelief: Words['readRelief'] = (text) => meant?.relief[text];
/** Those of the content are given with the rules. */
export const linkOf: Words['linkOf'] = () => undefined;

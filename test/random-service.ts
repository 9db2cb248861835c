// Services that say something in every field of the model, or in any of them: each text is told apart from every other.
import { stringify } from 'yaml';
import type { Fields, Shape } from '../src/content/schema/schema.js';
import { serviceFields } from '../src/content/schema/service.js';

/** Random numbers from 0 to 1 that are the same for the same seed (mulberry32). */
function numbersFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const SIGNS = '東西南北春夏秋冬江河湖海松竹梅蘭金木水火土山川風雲雨雪星';
/** What cannot be said beside what it would deny, and what is told in ways of its own. */
const DENIES = new Set([
  'free',
  'none',
  'immediate',
  'mermaid',
  'procedure',
  'findings',
  'examples',
  'id',
  'variants',
  'open',
  'written',
]);
/** What only one of is said: a sum, tiers or a rate. */
const ONE_OF: readonly (readonly string[])[] = [['amount', 'tiers', 'rate', 'formula']];

/** `units`: those it names, which its office must have. */
export type RandomService = { yaml: string; texts: string[]; units: string[] };

/**
 * A service as YAML, and the texts that were written into it. `rate`: the share of the fields that are there, from 0 to 1;
 * `variants`: how many sub-services.
 */
export function randomService(seed: number, rate: number, variants: number): RandomService {
  const next = numbersFrom(seed);
  const texts: string[] = [];
  const units: string[] = [];
  const pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)] as T;
  const whole = (least: number, most: number): number => least + Math.floor(next() * (most - least + 1));
  const word = (): string => {
    const text = `甲${[...String(texts.length).padStart(3, '0')].map((d) => SIGNS[Number(d)]).join('')}${Array.from({ length: whole(1, 6) }, () => pick([...SIGNS])).join('')}`;
    texts.push(text);
    return text;
  };
  /** A value by what its schema expects, in the words of its messages. */
  const leaf = (expected: string): unknown => {
    if (/^text$/.test(expected)) return word();
    if (/^a name$/.test(expected)) return pick(['form-a', 'form-b']);
    if (/^an amount/.test(expected)) return `${pick(['', '每份 ', '每頁 '])}${whole(2, 9)},${whole(100, 999)} 元`;
    if (/^a length of time/.test(expected)) return `${whole(2, 90)} ${pick(['日', '工作日', '個月', '小時'])}`;
    if (/^"yes" or "no"/.test(expected)) return '是';
    if (/^a whole number/.test(expected)) return whole(2, 40);
    if (/^a quantity/.test(expected)) return whole(2, 900);
    if (/^a (day|date)/.test(expected)) return `115年${whole(1, 12)}月${whole(1, 28)}日`;
    if (/^a formula/.test(expected)) return `${word()} × ${whole(2, 90)} 元`;
    if (/^a rate/.test(expected)) return `${whole(2, 9)}‰`;
    const choices = /^one of: (.*)$/.exec(expected)?.[1];
    if (choices !== undefined) return pick(choices.split(', '));
    throw new Error(`a value for "${expected}" is wanted: name it here`);
  };
  const valueFor = (name: string, shape: Shape<unknown>): unknown => {
    const { en } = shape.expected;
    // What is not there is said in a word.
    if (name === 'documents' && next() < 0.1) return '無';
    if (name === 'fee' && next() < 0.1) return '免費';
    if (name === 'deadline' && next() < 0.1) return '隨到隨辦';
    if (name === 'url') return `https://example.org/${texts.length}`;
    if (/basis$/.test(name)) return [{ law: `${word()}法`, article: `第${whole(1, 90)}條` }];
    // In force on the day of the book's edition.
    if (name === 'effective' || name === 'until')
      return `${name === 'effective' ? 110 : 130}年${whole(1, 12)}月${whole(1, 28)}日`;
    if (name === 'related') return ['other'];
    if (name === 'like') return 'other';
    if (name === 'forms') return ['form-a', 'form-b'].slice(0, whole(1, 2));
    if (name === 'oneOf') return [{ name: word(), kind: 'copy', condition: word() }, { name: word() }];
    if (/權責單位/.test(shape.expected.zh)) {
      const unit = `${word()}科`;
      units.push(unit);
      return unit;
    }
    if (shape.fields) {
      const many = /^a list \(each/.test(en) ? whole(1, 3) : 0;
      const record = (): object => recordOf(shape.fields as Fields);
      return many > 0 ? Array.from({ length: many }, record) : record();
    }
    const item = /^a list \(each ([\s\S]*)\)$/.exec(en)?.[1];
    return item === undefined ? leaf(en) : Array.from({ length: whole(1, 3) }, () => leaf(item));
  };
  const recordOf = (fields: Fields): object => {
    const left = new Set(Object.keys(fields).filter((name) => !DENIES.has(name)));
    for (const group of ONE_OF) {
      const there = group.filter((name) => left.has(name));
      const kept = pick(there);
      for (const name of there) if (there.length > 1 && name !== kept) left.delete(name);
    }
    const made = Object.fromEntries(
      [...left].flatMap((name) => {
        const field = fields[name];
        // The first, so that nothing is empty, and what there must be one of.
        const needed = name === [...left][0] || (name === 'limit' && 'case' in fields);
        if (!field || (!field.required && !needed && next() > rate)) return [];
        return [[name, valueFor(name, field.shape)]];
      }),
    );
    // What a sum is for each of is said once.
    if ('per' in made && 'amount' in made) made.amount = String(made.amount).replace(/^每\S+ /, '');
    return made;
  };
  const service = recordOf(serviceFields) as Record<string, unknown>;
  const own = serviceFields.variants.shape.fields as Fields;
  if (variants > 0) service.variants = Array.from({ length: variants }, () => recordOf(own));
  return { yaml: stringify(service), texts, units };
}

// What a clerk or an example says of a person, held against the choices of the service: what is none of them is told with these.

import { nearest } from '../../core/nearest.js';
import type { Say } from '../../core/source.js';
import { halfWidth } from '../duration.js';
import { amountOf } from '../money.js';
import { isoDate } from '../schema/scalars.js';
import type { Service } from '../schema/service.js';
import { saysUnconfirmed } from '../schema/tree.js';
import { answer, choicesIn, entryOf } from './answer.js';
import { restrictionsOf } from './choices.js';
import { everyQuestion } from './combinations.js';
import { Asking } from './conditions.js';
import { CHOICE_KINDS, CHOICE_NAMES, type ChoiceKind, OTHER, type Person, SELF } from './person.js';

/** As it was written: each of it may be wrong. */
export type Given = Partial<Readonly<Record<ChoiceKind, string>>> & {
  /** Conditions that hold, in their own words. All others do not, where `closed` says so. */
  readonly conditions?: readonly string[];
  readonly not?: readonly string[];
  readonly quantities?: readonly { readonly name: string; readonly number: string }[];
  readonly date?: string;
  /** What is not said does not hold: an example is whole. */
  readonly closed?: boolean;
};

export type GivenField = ChoiceKind | 'conditions' | 'not' | 'quantities' | 'date';
/** `index`: which of several. */
export type GivenFault = { readonly field: GivenField; readonly index?: number; readonly say: Say };

/** Of what a fee is counted on; sums of money are. */
export const LARGEST_QUANTITY = 1e12;

/** Names in brackets, as a sentence lists them. */
const listed = (names: readonly string[]): Say => ({
  zh: names.map((name) => `「${name}」`).join(''),
  en: names.map((name) => `"${name}"`).join(', '),
});

/** The person, or every mistake in what was said of him, each with what may be said instead. */
export function personOf(service: Service, given: Given): { person: Person; faults: readonly GivenFault[] } {
  const faults: GivenFault[] = [];
  let person: Person = {};
  for (const kind of CHOICE_KINDS) {
    const said = given[kind]?.trim();
    if (said === undefined) continue;
    const names = choicesIn(service, person.variant)[kind];
    const meant = chosen(said, names, kind);
    if (meant !== undefined) person = { ...person, [kind]: meant };
    else faults.push({ field: kind, say: noSuchChoice(service, kind, said, names) });
  }
  const conditions = conditionsOf(service, person, given, faults);
  if (Object.keys(conditions).length > 0) person = { ...person, conditions };
  const quantities = quantitiesIn(given, faults);
  if (Object.keys(quantities).length > 0) person = { ...person, quantities };
  if (given.date !== undefined) {
    const date = isoDate(given.date.trim());
    if (date !== undefined) person = { ...person, date };
    else
      faults.push({
        field: 'date',
        say: {
          zh: `「${given.date}」不是日期，例如「115年11月23日」「2026-11-23」。`,
          en: `"${given.date}" is no date; write 2026-11-23 or 115年11月23日.`,
        },
      });
  }
  if (faults.length > 0) return { person, faults };
  const whole = given.closed ? restNo(service, person) : person;
  faults.push(...unasked(service, whole, given), ...contradictions(service, whole, given));
  return { person: whole, faults };
}

/** The name that was meant: itself, a part of it that only one has; 本人 also where nobody can act for the applicant. */
function chosen(said: string, names: readonly string[], kind: ChoiceKind): string | undefined {
  if (names.includes(said)) return said;
  if (kind === 'representation' && said === SELF) return names.length === 0 ? said : undefined;
  if (said === '') return undefined;
  const partly = names.filter((name) => name !== OTHER && name.includes(said));
  return partly.length === 1 ? partly[0] : undefined;
}

function noSuchChoice(service: Service, kind: ChoiceKind, said: string, names: readonly string[]): Say {
  const what = CHOICE_NAMES[kind];
  if (names.length === 0)
    return {
      zh: `「${service.name}」不分${what.zh}，不必寫「${said}」。`,
      en: `"${service.name}" has no choice of ${what.en}; "${said}" says nothing.`,
    };
  const near = nearest(said, names);
  const all = listed(names);
  return {
    zh: `「${service.name}」沒有「${said}」這個${what.zh}，${near ? `是不是「${near}」？` : ''}可選：${all.zh}。`,
    en: `"${service.name}" has no ${what.en} "${said}"${near ? `; did you mean "${near}"?` : '.'} Choose: ${all.en}.`,
  };
}

// ---------------------------------------------------------------- conditions

/** Every condition in prose that may be asked of this person, also those that a choice has answered. */
function conditionsIn(service: Service, person: Person): string[] {
  const written = restrictionsOf(entryOf(service, person.variant)).flatMap(({ condition }) => condition?.trim() ?? []);
  const asked = [...everyQuestion(service, person).values()].flatMap((each) =>
    each.kind === 'condition' ? [each.text] : [],
  );
  return [...new Set([...written.filter((text) => !saysUnconfirmed(text)), ...asked])];
}

function conditionsOf(service: Service, person: Person, given: Given, faults: GivenFault[]): Record<string, boolean> {
  const said = [
    ...(given.conditions ?? []).map((text, index) => ({
      text: text.trim(),
      holds: true,
      field: 'conditions' as const,
      index,
    })),
    ...(given.not ?? []).map((text, index) => ({ text: text.trim(), holds: false, field: 'not' as const, index })),
  ];
  if (said.length === 0) return {};
  const all = conditionsIn(service, person);
  const found: Record<string, boolean> = {};
  for (const { text, holds, field, index } of said) {
    const meant = all.includes(text)
      ? text
      : all.filter((each) => text !== '' && each.includes(text)).length === 1
        ? all.find((each) => each.includes(text))
        : undefined;
    if (meant === undefined) {
      const near = nearest(text, all);
      const choices = listed(all);
      faults.push({
        field,
        index,
        say:
          all.length === 0
            ? {
                zh: `「${service.name}」沒有要另外詢問的情形，不必寫「${text}」。`,
                en: `"${service.name}" asks of no condition; "${text}" says nothing.`,
              }
            : {
                zh: `「${service.name}」沒有「${text}」這個情形，${near ? `是不是「${near}」？` : ''}可選：${choices.zh}。`,
                en: `"${service.name}" has no condition "${text}"${near ? `; did you mean "${near}"?` : '.'} Choose: ${choices.en}.`,
              },
      });
    } else if (found[meant] !== undefined && found[meant] !== holds)
      faults.push({
        field,
        index,
        say: { zh: `「${meant}」不能同時是與不是，留下一個。`, en: `"${meant}" cannot hold and not hold; keep one.` },
      });
    else found[meant] = holds;
  }
  return found;
}

function quantitiesIn(given: Given, faults: GivenFault[]): Record<string, number> {
  const found: Record<string, number> = {};
  for (const [index, { name, number }] of (given.quantities ?? []).entries()) {
    // A unit may follow; what makes the number another one, or an unsure one, is no unit.
    const [, digits = ''] =
      /^([\d.,零一二兩三四五六七八九十百千萬億]+)\s*[^\d半多餘幾許約左右上下或至到打%％-]{0,8}$/.exec(
        halfWidth(number.trim()),
      ) ?? [];
    const value = amountOf(digits);
    if (!/^[^=＝]/.test(name.trim()))
      faults.push({
        field: 'quantities',
        index,
        say: {
          zh: `「${name}${number}」沒有寫是什麼的數量；例如「影印=3」。`,
          en: `"${name}${number}" does not say what there are so many of; write "影印=3".`,
        },
      });
    else if (!Number.isFinite(value) || value > LARGEST_QUANTITY)
      faults.push({
        field: 'quantities',
        index,
        say: {
          zh: `「${name}」要寫多少，這裡是「${number}」；例如「${name}=3」。`,
          en: `How many of "${name}"? This is "${number}"; write "${name}=3".`,
        },
      });
    else if (found[name.trim()] !== undefined && found[name.trim()] !== value)
      faults.push({
        field: 'quantities',
        index,
        say: {
          zh: `「${name.trim()}」寫了兩個數量，留下一個。`,
          en: `"${name.trim()}" has two numbers; keep one.`,
        },
      });
    else found[name.trim()] = value;
  }
  return found;
}

// ---------------------------------------------------------------- what an example leaves unsaid

/** An example is whole: a condition that it does not name does not hold, nobody acts for the applicant, none is ordered. */
export function restNo(service: Service, person: Person): Person {
  let whole = person;
  for (let round = 0; round < 500; round += 1) {
    const open = answer(service, whole).questions.find(
      ({ kind, ...each }) =>
        kind === 'condition' ||
        kind === 'representation' ||
        (kind === 'quantity' && 'optional' in each && each.optional),
    );
    if (!open) return whole;
    if (open.kind === 'condition') whole = { ...whole, conditions: { ...whole.conditions, [open.text]: false } };
    else if (open.kind === 'quantity') whole = { ...whole, quantities: { ...whole.quantities, [open.text]: 0 } };
    else whole = { ...whole, representation: SELF };
  }
  return whole;
}

/** Quantities that nothing is counted on, and none where there must be some. */
function unasked(service: Service, person: Person, given: Given): GivenFault[] {
  const said = Object.keys(person.quantities ?? {});
  if (said.length === 0) return [];
  const { quantities: _, ...without } = person;
  const asked = new Map(
    [...everyQuestion(service, without).values()].flatMap((each) =>
      each.kind === 'quantity' ? [[each.text, each] as const] : [],
    ),
  );
  return said.flatMap((name): GivenFault[] => {
    const index = (given.quantities ?? []).findIndex((each) => each.name.trim() === name);
    const at = index === -1 ? {} : { index };
    const question = asked.get(name);
    if (!question) {
      const choices = listed([...asked.keys()]);
      const near = nearest(name, [...asked.keys()]);
      return [
        {
          field: 'quantities',
          ...at,
          say:
            asked.size === 0
              ? {
                  zh: `「${service.name}」的規費不依數量計算，不必寫「${name}」。`,
                  en: `The fee of "${service.name}" counts nothing here; "${name}" says nothing.`,
                }
              : {
                  zh: `規費不依「${name}」計算，${near ? `是不是「${near}」？` : ''}可選：${choices.zh}。`,
                  en: `The fee does not count "${name}"${near ? `; did you mean "${near}"?` : '.'} Choose: ${choices.en}.`,
                },
        },
      ];
    }
    if ((person.quantities?.[name] ?? 1) === 0 && !question.optional)
      return [
        {
          field: 'quantities',
          ...at,
          say: {
            zh: `「${name}」是 0，要大於 0；例如「${name}=1」。`,
            en: `"${name}" is 0; it must be more, such as "${name}=1".`,
          },
        },
      ];
    return [];
  });
}

/** Two answers that cannot both be: conditions that speak of different channels, or of another than the one that was chosen. */
function contradictions(service: Service, person: Person, given: Given): GivenFault[] {
  const asking = new Asking(person, choicesIn(service, person.variant));
  const exclude = (field: 'conditions' | 'not', index: number, text: string, other: Say, needs: Say): GivenFault => ({
    field,
    index,
    say: {
      zh: `「${text}」與${other.zh}互相排斥；${needs.zh}。`,
      en: `"${text}" and ${other.en} exclude each other; ${needs.en}.`,
    },
  });
  const linked = (texts: readonly string[] | undefined) =>
    (texts ?? []).flatMap((text, index) => {
      const link = asking.linked(text);
      return link ? [{ text, index, link }] : [];
    });
  const held = linked(given.conditions);
  const ofChoice = held.flatMap(({ text, index, link: { kind, names } }): GivenFault[] => {
    const own = person[kind];
    if (own === undefined || names.includes(own)) return [];
    const what = CHOICE_NAMES[kind];
    const all = listed(names);
    return [
      exclude(
        'conditions',
        index,
        text,
        { zh: `${what.zh}「${own}」`, en: `the ${what.en} "${own}"` },
        { zh: `要符合這個情形，${what.zh}應為${all.zh}`, en: `it needs the ${what.en} ${all.en}` },
      ),
    ];
  });
  const ofOthers = held.flatMap(({ text, index, link }): GivenFault[] => {
    const other = held.find(
      (each) =>
        each.index < index &&
        each.link.kind === link.kind &&
        !each.link.names.some((name) => link.names.includes(name)),
    );
    if (!other || person[link.kind] !== undefined) return [];
    return [
      exclude(
        'conditions',
        index,
        text,
        { zh: `「${other.text}」`, en: `"${other.text}"` },
        { zh: '留下一個', en: 'keep one' },
      ),
    ];
  });
  const denied = linked(given.not).flatMap(({ text, index, link: { kind, names, only } }): GivenFault[] => {
    const own = person[kind];
    if (only || own === undefined || !names.includes(own)) return [];
    const what = CHOICE_NAMES[kind];
    return [
      exclude(
        'not',
        index,
        text,
        { zh: `${what.zh}「${own}」`, en: `the ${what.en} "${own}"` },
        { zh: `不符合這個情形時，${what.zh}應為別的`, en: `where it does not hold, the ${what.en} is another` },
      ),
    ];
  });
  return [...ofChoice, ...ofOthers, ...denied];
}

/** All mistakes as one sentence after another. */
export const combinedFaults = (faults: readonly GivenFault[]): Say => ({
  zh: faults.map(({ say }) => say.zh).join('\n'),
  en: faults.map(({ say }) => say.en).join('\n'),
});

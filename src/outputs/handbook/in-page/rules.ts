// The data with which the page answers for one person, as the program writes it and the page reads it.
import type { Prepared } from '../../../content/answer/evaluate.js';
import type { Link } from '../../../content/answer/links.js';
import type { linkOf, readRelief, readRounding, readTimes, unitOf } from '../../../content/answer/words.js';

export type ToldDocument = { readonly name: string; readonly details: string; readonly notes: readonly string[] };

export type ServiceRules = {
  readonly name: string;
  readonly variants: readonly string[];
  /** Of the service, then of each sub-service. The place of a record (`at`) is a number. */
  readonly made: readonly (Omit<Prepared, 'links'> & { readonly links: readonly (readonly [string, Link])[] })[];
};

type Table<Read extends (text: string) => unknown> = Readonly<Record<string, NonNullable<ReturnType<Read>>>>;

export type Rules = {
  /** ISO day of the edition: its prices are told. */
  readonly date: string;
  /** By the place of the service in the page. */
  readonly services: Readonly<Record<string, ServiceRules>>;
  /** What texts of the content mean; those that say 待確認. */
  readonly meant: {
    readonly unknown: readonly string[];
    readonly unit: Table<typeof unitOf>;
    readonly times: Table<typeof readTimes>;
    readonly rounding: Table<typeof readRounding>;
    readonly relief: Table<typeof readRelief>;
  };
  /** How documents are printed, by their place. */
  readonly documents: Readonly<Record<number, ToldDocument>>;
  /** Texts of the content in the language of the page, where they differ. */
  readonly said: Readonly<Record<string, string>>;
  readonly words: Readonly<Record<string, string>>;
  /** The page is in another language than the content. */
  readonly foreign?: true;
};

/** What stands in the place of the module that reads words. */
export type Words = {
  saysUnconfirmed(text: string): boolean;
  unitOf: typeof unitOf;
  readTimes: typeof readTimes;
  readRounding: typeof readRounding;
  readRelief: typeof readRelief;
  linkOf: typeof linkOf;
};

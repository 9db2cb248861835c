// What a sheet declares, fact by fact and in no language, and the short code that stands for it: an old sheet is told.
import { hash } from 'node:crypto';
import type { Handbook } from '../content/schema/model.js';
import type { Service } from '../content/schema/service.js';
import { LANGUAGES, type Language } from '../core/language.js';
import type { RenderContext } from './context.js';
import { sectionsOfFormat1 } from './declaration-1.js';
import { digest, type Fact, type Section, TOPICS, type Topic } from './declared-facts.js';
import { type Facet, isFacet, type Subject, sectionsShown } from './shown-facts.js';

/** What a stamp says of the sheet, besides what the sheet declares. */
type Head = {
  /** A service or chart, or the sheet's own name (hall, handbook). */
  readonly id: string;
  readonly edition: string;
  /** ISO date of the edition. */
  readonly date: string;
  readonly draft: boolean;
};
/**
 * What the code of a sheet stands for. `format` 1: what such a sheet shows follows from its id alone. 2: the sheet says
 * what it shows, and of which office it is; `said` are the translations it holds, as a digest a language.
 */
export type Stamp = Head & { readonly sections: readonly Section[] } & (
    | { readonly format: 1 }
    | {
        readonly format: 2;
        /** The output that made it. */
        readonly sheet: string;
        readonly subject: Subject;
        readonly shows: readonly Facet[];
        readonly office: OfficeMark;
        readonly said: Said;
      }
  );
type Said = Readonly<Partial<Record<Language, string>>>;

/** An office by name, and by digests of what it is reached by: one that is renamed keeps some of these. */
export type OfficeMark = { readonly name: string; readonly reached: readonly string[] };

/** The stamp of a sheet of an output. */
export function stampOf(
  context: RenderContext,
  { sheet, id, shows, subject = {} }: { sheet: string; id: string; shows: readonly Facet[]; subject?: Subject },
): Stamp {
  // Whatever the language of the sheet, it declares what is written.
  const sections = sectionsShown(context.written, subject, shows);
  const { handbook } = context.written;
  return {
    format: 2,
    ...headOf(context, id),
    sheet,
    subject,
    shows,
    office: markOf(handbook),
    said: saidIn(
      handbook,
      sections,
      LANGUAGES.filter((language) => language !== 'zh' && (language === context.lang || language === context.second)),
    ),
    sections,
  };
}

/** The stamp of one service's sheet. */
export const stampOfService = (
  context: RenderContext,
  sheet: string,
  { id }: Service,
  shows: readonly Facet[],
): Stamp => stampOf(context, { sheet, id, shows, subject: { services: [id] } });

/** As sheets were stamped in format 1: of a service or chart, or of `services`. */
export const stampOfFormat1 = (context: RenderContext, id: string, services: readonly Service[] = []): Stamp => ({
  format: 1,
  ...headOf(context, id),
  sections: sectionsOfFormat1(
    context.written,
    id,
    services.flatMap((service) => context.written.services.find((each) => each.id === service.id) ?? []),
  ),
});

const headOf = (context: RenderContext, id: string): Head => ({
  id,
  edition: context.written.handbook.book.edition ?? '',
  date: context.date,
  draft: context.draft,
});

/** What the same sheet would declare today: of a sheet of several services, those that are still there. */
export function stampLike(context: RenderContext, then: Stamp): Stamp {
  if (then.format === 1)
    return stampOfFormat1(
      context,
      then.id,
      context.services.filter((service) => then.sections.some((section) => section.id === service.id)),
    );
  const { handbook } = context.written;
  const sections = sectionsShown(context.written, then.subject, then.shows);
  return {
    ...then,
    ...headOf(context, then.id),
    office: markOf(handbook),
    said: saidIn(handbook, sections, Object.keys(then.said) as Language[]),
    sections,
  };
}

const markOf = ({ office }: Handbook): OfficeMark => ({
  name: office.name ?? '',
  reached: [office.address, office.telephone, office.url, office.email].flatMap((text) =>
    text ? [digest(text.replace(/\s/g, ''))] : [],
  ),
});

/** Whether a sheet is another office's: it has another name, and nothing by which it is reached is the same. */
export function isOfAnotherOffice(context: RenderContext, then: Stamp): boolean {
  const { name, reached } = markOf(context.written.handbook);
  if (then.format === 1) {
    const theirs = then.sections.find(({ id }) => id === '');
    const named = theirs?.name ?? '';
    if (!theirs || named === '' || named === name) return false;
    return !theirs.facts.some(
      ([topic, , , text]) => topic === 'office' && reached.includes(digest(text.replace(/\s/g, ''))),
    );
  }
  const { office } = then;
  return office.name !== name && !office.reached.some((each) => reached.includes(each));
}

/** The translations of what a sheet declares, a digest for each language it is printed in. */
function saidIn({ translations }: Handbook, sections: readonly Section[], languages: readonly Language[]): Said {
  if (languages.length === 0) return {};
  const texts = sections.flatMap(({ name, facts }) => [name, ...facts.flatMap(([, ...rest]) => rest)]).join('\n');
  return Object.fromEntries(
    languages.map((language) => {
      const found = translations.filter((each) => each.language === language && texts.includes(each.zh));
      return [language, digest([...new Set(found.map(({ zh, text }) => `${zh}\n${text}`))].sort().join('\n\n'))];
    }),
  );
}

// ---------------------------------------------------------------- the code

/** Crockford's: no I, L, O, U. */
const SIGNS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** Days are counted from here; 14 bits reach the year 2064. */
const FIRST_DAY = Date.UTC(2020, 0, 1);
const DAY = 24 * 60 * 60 * 1000;
const DRAFT = 1 << 14;

const signs = (n: number, length: number): string =>
  Array.from({ length }, (_, i) => SIGNS[(n >> (5 * (length - 1 - i))) & 31]).join('');
/** Finds one sign mistyped, or two neighbours that changed places; only 0 and Z count as one. */
const checkSign = (code: string): string =>
  SIGNS[[...code].reduce((sum, sign, i) => sum + (i + 1) * SIGNS.indexOf(sign), 0) % 31] as string;

/** Eight signs: three for the date of the edition and 草案, four for the facts, one against slips. */
export function codeOf({ id, date, draft, sections }: Stamp): string {
  const days = Math.round((Date.parse(`${date}T00:00:00Z`) - FIRST_DAY) / DAY);
  const code = signs((draft ? DRAFT : 0) | Math.max(0, Math.min(days, DRAFT - 1)), 3) + factSigns({ id, sections });
  return code + checkSign(code);
}

/** Four signs for what the sheet declares. */
export function factSigns({ id, sections }: Pick<Stamp, 'id' | 'sections'>): string {
  const text = JSON.stringify([id, sections.map(({ id: of, name, facts }) => [of, name, facts])]);
  return signs(hash('sha256', text, 'buffer').readUInt32BE() >>> 12, 4);
}

/** 7K3M-9QXR, as it is printed. */
export function printedCode(stamp: Stamp): string {
  const code = codeOf(stamp);
  return `${code.slice(0, 4)}-${code.slice(4)}`;
}

/** What a QR code says: servicebook:objection:初版:2026-11-23:7K3M9QXR. */
export const scannedText = (stamp: Stamp): string =>
  ['servicebook', stamp.id, stamp.edition, stamp.date, codeOf(stamp)].filter(Boolean).join(':');

/** A code someone typed or scanned. `date`: none where the edition has none. `facts`: what stands for the facts. */
export type TypedCode = { code: string; facts: string; id?: string; date?: string; draft: boolean };

/**
 * Reads a code as people type it: alone or behind the id of the service, in small or full-width letters, O for 0, I for
 * 1; or what a telephone reads from the sheet. `undefined` where it is none or a slip is in it.
 */
export function readCode(typed: string): TypedCode | undefined {
  const text = typed
    .normalize('NFKC')
    .replace(/[‐-―−ー_]/g, '-')
    .trim();
  const scanned = /^servicebook:(?:(.*?):)?.*?([0-9a-z]{8})$/i.exec(text);
  const [, id, first = '', last = ''] = scanned
    ? ['', scanned[1], scanned[2]]
    : (/^(?:([\w-]+?)[-\s:]+)?([0-9a-z]{4})[-\s]*([0-9a-z]{4})$/i.exec(text) ?? []);
  const code = alike(first + last);
  if (code.length !== 8 || [...code].some((sign) => !SIGNS.includes(sign))) return undefined;
  if (checkSign(code.slice(0, 7)) !== code[7]) return undefined;
  const head = [...code.slice(0, 3)].reduce((n, sign) => n * 32 + SIGNS.indexOf(sign), 0);
  const days = head & (DRAFT - 1);
  return {
    code,
    facts: code.slice(3, 7),
    draft: (head & DRAFT) !== 0,
    ...(id ? { id } : {}),
    ...(days > 0 ? { date: new Date(FIRST_DAY + days * DAY).toISOString().slice(0, 10) } : {}),
  };
}

const TWINS: Readonly<Record<string, string>> = { O: '0', I: '1', L: '1', U: 'V' };
const alike = (text: string): string => text.toUpperCase().replace(/[OILU]/g, (c) => TWINS[c] ?? c);
/** Whether someone may have meant this id: case, O and 0, I, L and 1 are not told apart. */
export const isSameId = (one: string, other: string): boolean => alike(one) === alike(other);

// ---------------------------------------------------------------- in the file

/** The newest format of a stamp that is written and read here. */
const FORMAT = 2;

/** The stamp as text, to be kept in the file. */
export function declaration(stamp: Stamp): string {
  const { id, edition, date, draft } = stamp;
  const sections = stamp.sections.map((each) => [each.id, each.name, each.facts]);
  if (stamp.format === 1) return JSON.stringify({ servicebook: 1, id, edition, date, draft, sections });
  const { sheet, subject, shows, office, said } = stamp;
  return JSON.stringify({
    servicebook: FORMAT,
    sheet,
    id,
    edition,
    date,
    draft,
    office,
    subject,
    shows,
    said,
    sections,
  });
}

/**
 * The stamp in a text that came from a file anyone may have made; `undefined` where it is not what we write, `newer`
 * where a later version of the program wrote it.
 */
export function readDeclaration(text: string): Stamp | 'newer' | undefined {
  try {
    const read = JSON.parse(text) as Record<string, unknown>;
    const { servicebook: format, id, edition, date, draft, sections } = read;
    if (typeof format === 'number' && Number.isInteger(format) && format > FORMAT) return 'newer';
    if (typeof id !== 'string' || typeof edition !== 'string') return undefined;
    if (typeof date !== 'string' || !/^\d{4}-\d\d-\d\d$/.test(date) || typeof draft !== 'boolean') return undefined;
    if (!Array.isArray(sections)) return undefined;
    const head = { id, edition, date, draft, sections: sections.map(readSection) };
    if (format === 1) return { format, ...head };
    if (format !== FORMAT) return undefined;
    const { sheet, subject, shows, office, said } = read;
    if (typeof sheet !== 'string') return undefined;
    const facets = strings(shows);
    // A facet of a later version of this format.
    if (!facets.every(isFacet)) return 'newer';
    return {
      format: FORMAT,
      ...head,
      sheet,
      subject: readSubject(subject),
      shows: facets,
      office: readOffice(office),
      said: readSaid(said),
    };
  } catch {
    return undefined;
  }
}

function strings(list: unknown): string[] {
  if (!Array.isArray(list) || list.some((each) => typeof each !== 'string')) throw new TypeError();
  return list as string[];
}

function readSubject(subject: unknown): Subject {
  const { services, category, charts } = subject as Record<string, unknown>;
  return {
    ...(services === undefined ? {} : { services: services === 'all' ? services : strings(services) }),
    ...(category === undefined ? {} : { category: strings([category])[0] as string }),
    ...(charts === undefined ? {} : { charts: charts === 'all' ? charts : strings(charts) }),
  };
}

function readOffice(office: unknown): OfficeMark {
  const { name, reached } = office as Record<string, unknown>;
  return { name: strings([name])[0] as string, reached: strings(reached) };
}

const readSaid = (said: unknown): Said =>
  Object.fromEntries(
    Object.entries(said as Record<string, unknown>).map(([language, text]) => {
      if (!LANGUAGES.includes(language as Language)) throw new TypeError();
      return [language, strings([text])[0] as string];
    }),
  );

function readSection(section: unknown): Section {
  const [id, name, facts] = section as unknown[];
  if (typeof id !== 'string' || typeof name !== 'string' || !Array.isArray(facts)) throw new TypeError();
  return { id, name, facts: facts.map(readFact) };
}

function readFact(fact: unknown): Fact {
  const [topic, ...texts] = fact as unknown[];
  if (!TOPICS.includes(topic as Topic) || texts.length < 3 || texts.length > 4) throw new TypeError();
  if (texts.some((each) => typeof each !== 'string')) throw new TypeError();
  return [topic, ...texts] as unknown as Fact;
}

// The one-time notice of one case: what was said of the person becomes the notice of his case alone, as a PDF.
import { resolve } from 'node:path';
import { answer } from '../content/answer/answer.js';
import { lastDayOf, type OfficeCalendar } from '../content/answer/calendar.js';
import { combinedFaults, type Given, personOf, restNo } from '../content/answer/given.js';
import { nameInWords } from '../content/answer/in-words.js';
import { documentNamed, narrowed, spanOf } from '../content/answer/narrowed.js';
import { type Answer, type Person, type Question, SELF } from '../content/answer/person.js';
import type { Handbook } from '../content/schema/model.js';
import type { Office } from '../content/schema/office.js';
import { known } from '../content/schema/schema.js';
import type { Service } from '../content/schema/service.js';
import { lastingFolder } from '../core/cache.js';
import type { Say } from '../core/source.js';
import { UserError } from '../core/terminal.js';
import type { DocumentFound, Handed, HandedTo } from '../document/context.js';
import { svgElement } from '../document/drawing.js';
import type { Sheet } from '../document/sheet.js';
import type { Printed } from '../print/print-sheet.js';
import { openCachedPrinter } from './cached-printer.js';
import { type BuildRequest, type PrintJob, sheetsOf } from './compile.js';
import { type Compilation, memoriesIn, openProject } from './project.js';
import { browserAsked, requestOf } from './request.js';
import type { BuildOptions } from './result.js';
import { serviceNamed } from './service-named.js';

type CaseOptions = Pick<BuildOptions, 'content' | 'cwd' | 'env' | 'root' | 'lang' | 'copies' | 'browser' | 'leaving'>;

export type CaseAsked = {
  readonly service: string;
  readonly given: Given;
  /** What is not said does not hold, and is not ordered. */
  readonly restNo?: boolean;
  /** ISO day on which it is handed over. */
  readonly day: string;
  /** Names of documents that are missing, each with its reason where one was given. */
  readonly missing: readonly { readonly name: string; readonly reason: string }[];
};

/** What was found at the counter of the document of this number among those that the answer asks for. */
export type Found = ReadonlyMap<number, DocumentFound>;

/** The notice as a PDF. Throws UserError for whatever was said that cannot be, with what can; then nothing is printed. */
export async function printCaseNotice(asked: CaseAsked, options: CaseOptions): Promise<Uint8Array> {
  const request = await requestOf({ ...options, out: '', outputs: ['notices'] });
  // What lint found in the content the last time is remembered; of a person nothing is.
  const memories = memoriesIn(lastingFolder(options.env), resolve(options.cwd, options.content));
  const project = openProject({ folder: options.content, cwd: options.cwd }, { memories });
  // A paper in another language takes its translations from the whole content.
  const { lang, second } = request.languages;
  const isChinese = lang === 'zh' && second === undefined;
  const compiling: Promise<Compilation> = isChinese
    ? project.refreshFor(
        (services) => serviceNamed(asked.service, services).id,
        (service) => {
          if (service) refuseUnknown(service, asked);
          // While the rest is read, for nothing keeps it from being printed but what lint may say.
          printer.prepare();
        },
      )
    : project.refresh();
  const chart = compiling.then(({ templates }) => templates.chart.theme);
  // What fails is told by the content itself.
  chart.catch(() => undefined);
  // Printed anew each time: what is said of a person is kept nowhere.
  const printer = openCachedPrinter({
    ...browserAsked({ ...options, out: '' }),
    cache: undefined,
    chart,
  });
  try {
    const compilation = await compiling;
    project.remember();
    const service = serviceNamed(asked.service, compilation.handbook.services);
    refuseFaulty(compilation, service);
    const job = caseJob({ ...compilation, selected: [] }, service, asked);
    return await pdfOf(job, request, async (sheet) => (await printer.make(sheet))[0]);
  } finally {
    await printer.close();
  }
}

/** Throws UserError for a service that lint finds at fault: what it says may be false. */
export function refuseFaulty({ diagnostics }: Pick<PrintJob, 'diagnostics'>, service: Service): void {
  const wrong = diagnostics.find(
    ({ severity, span }) => severity === 'error' && span.source.path === service.source.path,
  );
  if (wrong)
    throw new UserError({
      zh: `「${service.name}」的內容有錯誤（${wrong.rule}：${wrong.message.zh}），先用「servicebook lint」改正。`,
      en: `The content of "${service.name}" has errors (${wrong.rule}: ${wrong.message.en}); mend them with "servicebook lint" first.`,
    });
}

/** The print job of this case alone. */
export function caseJob(job: PrintJob, service: Service, asked: CaseAsked): PrintJob {
  const { person, found } = refuseUnknown(service, asked);
  return jobFor(job, service, person, asked.day, found);
}

/** What was said of the person. Throws UserError where that cannot be, or is not enough. */
function refuseUnknown(service: Service, asked: CaseAsked): { person: Person; found: Found } {
  const person = personAsked(service, asked);
  const [open] = answer(service, person).questions;
  if (open) throw new UserError(stillAsked(open));
  return { person, found: missingIn(service, person, asked) };
}

/** The print job for a person of whom everything is known. */
export function jobFor(job: PrintJob, service: Service, person: Person, day: string, found: Found): PrintJob {
  const { handbook } = job;
  const { service: own, answer } = narrowed(service, person);
  const handed = handedOf(handbook.office, service, person, answer, day, found);
  const services = handbook.services.map((each) => (each === service ? own : each));
  return { ...job, handbook: { ...handbook, services }, declared: handbook, selected: [own], handed };
}

function personAsked(service: Service, { given, restNo: rest, day }: CaseAsked): Person {
  const { person, faults } = personOf(service, { ...given, date: given.date ?? day });
  if (faults.length > 0) throw new UserError(combinedFaults(faults));
  return rest ? restNo(service, person) : person;
}

const OPTION: Readonly<Record<string, string>> = {
  variant: '--variant',
  applicant: '--applicant',
  representation: '--agent',
  channel: '--channel',
  case: '--case',
};

/** What has to be known before anything can be told, with the option that says it. */
function stillAsked(question: Question): Say {
  if (question.kind === 'condition')
    return {
      zh: `還要知道是不是「${question.text}」：是的話加 --if "${question.text}"，不是就加 --not "${question.text}"；其餘都不是時加 --rest-no。`,
      en: `Does "${question.text}" hold? Add --if "${question.text}", or --not "${question.text}"; --rest-no where nothing else holds.`,
    };
  if (question.kind === 'quantity')
    return {
      zh: `還要知道「${question.text}」多少${question.unit}：例如 --quantity "${question.text}=1"${question.optional ? '，沒有就寫 0；其餘都沒有時加 --rest-no' : ''}。`,
      en: `How many of "${question.text}"? Add --quantity "${question.text}=1"${question.optional ? ', 0 for none; --rest-no where nothing else is' : ''}.`,
    };
  const option = OPTION[question.kind] ?? '';
  return {
    zh: `還要知道 ${option}，可選：${question.answers.map((name) => `「${name}」`).join('')}。`,
    en: `${option} is needed; choose ${question.answers.map((name) => `"${name}"`).join(', ')}.`,
  };
}

/** The day on this machine, ISO. */
export const dayOn = (now: Date): string =>
  [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((n) => String(n).padStart(2, '0')).join('-');

/** A reason stands in a column of the notice: characters. */
export const LONGEST_REASON = 200;

/** The documents that were named as missing, by their numbers. */
function missingIn(service: Service, person: Person, { missing }: CaseAsked): Found {
  const names = answer(service, person).documents.map(nameInWords);
  const found = new Map<number, DocumentFound>();
  for (const { name, reason } of missing) {
    const meant = documentNamed(name, names);
    if (meant === undefined)
      throw new UserError({
        zh: `這個情形不需要「${name}」，可寫的證件：${names.map((each) => `「${each}」`).join('') || '（無）'}。`,
        en: `"${name}" is not asked for in this case; documents: ${names.map((each) => `"${each}"`).join(', ') || '(none)'}.`,
      });
    const number = names.indexOf(meant);
    if (found.has(number))
      throw new UserError({
        zh: `「${meant}」寫了兩次，留下一個。`,
        en: `"${meant}" is named twice; keep one.`,
      });
    if (reason.length > LONGEST_REASON)
      throw new UserError({
        zh: `「${meant}」的原因有 ${reason.length} 個字，最多 ${LONGEST_REASON} 個字。`,
        en: `The reason for "${meant}" has ${reason.length} characters; ${LONGEST_REASON} at most.`,
      });
    found.set(number, { missing: reason });
  }
  return found;
}

function handedOf(
  office: Office,
  service: Service,
  person: Person,
  { documents, fee, limit: told }: Answer,
  day: string,
  found: Found,
): Handed {
  const calendar = calendarOf(office);
  const handedOn = person.date ?? day;
  const { limit } = told;
  const correction = known(known(known(service.deadline)?.correction)?.limit);
  const complete = [...found.values()].every(({ missing }) => missing === undefined);
  const done = limit && complete ? lastDayOf(handedOn, limit, calendar) : undefined;
  const bring = correction && lastDayOf(handedOn, correction, calendar);
  return {
    who: whoOf(person, fee),
    day: handedOn,
    totals: fee.totals,
    ...(done === undefined ? {} : { done }),
    ...(bring === undefined ? {} : { bring }),
    found: new Map(
      documents.flatMap((asked, i) => {
        const each = found.get(i);
        return each ? [[spanOf(asked), each] as const] : [];
      }),
    ),
  };
}

/** The choices that make this case, and the conditions that hold. */
const whoOf = (
  { variant, applicant, representation, channel, case: of, conditions, quantities }: Person,
  fee: Answer['fee'],
): HandedTo[] => [
  ...[
    variant,
    applicant,
    representation === SELF ? undefined : representation,
    channel,
    of,
    ...Object.entries(conditions ?? {}).flatMap(([name, holds]) => (holds ? [name] : [])),
  ].flatMap((text) => (text === undefined ? [] : [{ text }])),
  ...Object.entries(quantities ?? {}).flatMap(([text, n]) => {
    // 複製（A3）：彩色 is counted as 複製（A3） is.
    const unit =
      fee.charges.find(({ item }) => item === text || (item !== '' && text.startsWith(`${item}：`)))?.count?.unit ?? '';
    return n > 0 ? [{ text, count: { number: String(n), unit } }] : [];
  }),
];

function calendarOf({ calendar }: Handbook['office']): OfficeCalendar | undefined {
  const written = known(calendar);
  const [from, until] = [known(written?.effective), known(written?.until)];
  if (from === undefined || until === undefined) return undefined;
  return { from, until, holidays: known(written?.holidays) ?? [], workdays: known(written?.workdays) ?? [] };
}

/** The sheet of the job, printed. Throws UserError where what is printed is at fault. */
export async function pdfOf(
  job: PrintJob,
  request: BuildRequest,
  print: (sheet: Sheet) => Promise<Printed | undefined>,
): Promise<Uint8Array> {
  // A notice has no chart.
  const [sheet] = await sheetsOf(job, request, async (diagrams) =>
    diagrams.map(({ id }) => ({ id, tree: svgElement('svg', {}), width: 1, height: 1 })),
  );
  if (!sheet) throw new Error('a notice without a sheet');
  const { about: _, ...paper } = sheet;
  const printed = await print(paper);
  const fault = printed?.faults?.find(({ advice }) => !advice);
  if (!printed || fault)
    throw new UserError({
      zh: `告知單印出來有問題：${fault?.rule ?? ''}。`,
      en: `The printed notice is at fault: ${fault?.rule ?? ''}.`,
    });
  return printed.bytes;
}

// A case as the page of the counter tells it: what is asked next, and what holds so far, in the language of the page.
import { jobFor } from '../build/case-notice.js';
import { type BuildRequest, contextAsked, type PrintJob } from '../build/compile.js';
import { isWaivedForAll } from '../content/answer/evaluate.js';
import {
  type FeeAnswer,
  keyOfQuestion,
  type LimitAnswer,
  OWN_WORDS,
  type OwnStep,
  type Question,
  type Warning,
} from '../content/answer/person.js';
import { mayRest, type Replayed, type Reply, replayed } from '../content/answer/replayed.js';
import type { Duration } from '../content/schema/procedure.js';
import { known } from '../content/schema/schema.js';
import type { RequiredDocument, Service } from '../content/schema/service.js';
import { plainOf } from '../core/language.js';
import type { Span } from '../core/source.js';
import type { RenderContext } from '../document/context.js';
import { toldDeadlineRows } from '../document/facts/deadline.js';
import {
  alternativeName,
  besideTexts,
  documentTexts,
  likeText,
  toldDocumentDetails,
} from '../document/facts/documents.js';
import { chargeText, toldFeeRows, totalTexts } from '../document/facts/fee.js';
import { statusText } from '../document/facts/terms.js';

export type ToldQuestion = {
  key: string;
  kind: Question['kind'];
  label: string;
  answers: { value: string; label: string }[];
  unit?: string;
  optional?: boolean;
  /** "None of the rest" answers it too. */
  rest?: boolean;
};
export type ToldDocument = { name: string; details: string; among: string[]; notes: string[]; waived: boolean };
export type ToldCase = {
  service: { id: string; name: string; summary: string; status: string };
  taken: { key: string; label: string; value: string }[];
  /** Asked next; none where everything is known. `left`: how many are open as far as is known. */
  question?: ToldQuestion;
  left: number;
  /** What was written cannot be an answer to it. */
  refused?: string;
  documents: ToldDocument[];
  /** Where there are none: why. */
  noDocuments?: string;
  beside: string[];
  fee: { total: string; lines: string[] };
  limit: { total: string; lines: string[] };
  place: string[];
  steps: string[];
  warnings: string[];
};

/** A case, and what is said of it, in one language. */
export type Case = { replayed: Replayed; told: ToldCase };

/** `day`: ISO day on which it is asked for. */
export function toldCase(
  job: PrintJob,
  request: BuildRequest,
  service: Service,
  replies: readonly Reply[],
  day: string,
): Case {
  const found = replayed(service, replies, { date: day });
  const { answer } = found;
  const own = jobFor(job, service, found.person, day, new Map());
  const { context, translator } = contextAsked(own, request);
  const text = (zh: string, at: Span): string => plainOf(translator ? translator.text(zh, at) : zh);
  const says: Saying = {
    context,
    // What is asked may be put together of two texts: 複製（A3）：彩色.
    text: (zh, at) =>
      text(zh, at) === zh && zh.includes('：')
        ? plainOf(zh.split('：').reduce((before, part) => context.word('field', text(before, at), text(part, at))))
        : text(zh, at),
    duration: (value, at) =>
      plainOf(((translator?.values.duration?.(value as never, at) as Duration | undefined) ?? value).printed),
    word: (key, ...values) => plainOf(context.word(`counter.${key}`, ...values)),
    isMore: (line) => ![plainOf(context.word('unconfirmed')), plainOf(context.word('free'))].includes(line.trim()),
  };
  const entry = context.selected[0] as Service;
  const items = known(known(entry.documents)?.items) ?? [];
  const [next] = answer.questions;
  const place = [answer.place, answer.hours].filter((text) => text !== undefined);
  return {
    replayed: found,
    told: {
      service: {
        id: service.id,
        name: plainOf(entry.name),
        summary: plainOf(entry.summary ?? ''),
        status: plainOf(statusText(context, entry.status)),
      },
      taken: found.taken.map(({ question, reply }) => ({
        key: reply.key,
        label: labelOf(says, question),
        value: valueLabel(says, question, reply.value),
      })),
      ...(next ? { question: questionOf(says, next) } : {}),
      left: answer.questions.length,
      ...(found.refused ? { refused: says.word('not-a-number', found.refused.value) } : {}),
      documents: items.map((document) => documentOf(context, document)),
      ...(items.length === 0 ? { noDocuments: noDocuments(says, entry, answer.documentsReason) } : {}),
      beside: besideTexts(context, entry).map(plainOf),
      fee: feeOf(says, entry, answer.fee),
      limit: limitOf(says, entry, answer.limit),
      place: place.map((text) => says.text(text, service.at.place ?? service.at.self)),
      steps: answer.steps.map((step) => stepText(says, step, service.at.self)),
      warnings: answer.warnings
        .filter(({ kind }) => !['ceased', 'paused', 'seasonal'].includes(kind))
        .map((warning) => warningText(says, warning, entry)),
    },
  };
}

/** What a page is told with: `word` of the counter's own words, `text` of the content's. */
type Saying = {
  readonly context: RenderContext;
  word(key: string, ...values: (string | number)[]): string;
  text(zh: string, at: Span): string;
  duration(value: Duration, at: Span): string;
  /** Whether a line says more than that nobody knows. */
  isMore(line: string): boolean;
};

// ---------------------------------------------------------------- questions

function questionOf(says: Saying, question: Question): ToldQuestion {
  const of = { key: keyOfQuestion(question), kind: question.kind, label: labelOf(says, question) };
  const rest = mayRest(question);
  if (question.kind === 'quantity')
    return { ...of, answers: [], unit: own(says, question.unit, question.at), optional: question.optional, rest };
  const values = question.kind === 'condition' ? ['yes', 'no'] : question.answers;
  return { ...of, rest, answers: values.map((value) => ({ value, label: valueLabel(says, question, value) })) };
}

const labelOf = (says: Saying, question: Question): string =>
  question.kind === 'condition' || question.kind === 'quantity'
    ? says.text(question.text, question.at)
    : says.word(question.kind);

function valueLabel(says: Saying, question: Question, value: string): string {
  if (question.kind === 'condition') return says.word(value === 'yes' ? 'yes' : 'no');
  if (question.kind === 'quantity') return `${value} ${own(says, question.unit, question.at)}`.trim();
  return own(says, value, question.at);
}

/** What the content itself translates comes before the program's own word. */
function own(says: Saying, zh: string, at: Span): string {
  const word = OWN_WORDS[zh];
  const said = says.text(zh, at);
  return word === undefined || said !== zh || says.context.lang === 'zh' ? said : says.word(word);
}

// ---------------------------------------------------------------- what holds

function documentOf(context: RenderContext, document: RequiredDocument): ToldDocument {
  const detailed = (each: RequiredDocument): string => {
    const more = toldDocumentDetails(context, each, true);
    const said = alternativeName(context, each);
    return more === '' ? said : `${said}${context.word('brackets', more)}`;
  };
  return {
    ...documentTexts(context, document),
    among: (known(document.oneOf) ?? []).map((each) => plainOf(detailed(each))),
    waived: isWaivedForAll(document),
  };
}

function noDocuments(says: Saying, entry: Service, reason: string | undefined): string {
  if (reason === 'asked') return says.word('asked');
  if (reason === 'unconfirmed') return says.word('unconfirmed');
  const like = likeText(says.context, entry);
  if (like !== undefined) return plainOf(like);
  return reason === 'undeclared' ? plainOf(says.context.word('undeclared')) : says.word('none-needed');
}

function feeOf(says: Saying, entry: Service, { charges, totals, reason }: FeeAnswer): ToldCase['fee'] {
  const { context } = says;
  const rates = toldFeeRows(context, entry.fee).map((row) => plainOf(chargeText(context, row)));
  // What is charged for how many, where anything is; else what the fee says of itself.
  const sums = charges.flatMap(({ item, count, sum, at }) => {
    if (!sum || item === '') return [];
    const many = count === undefined ? '' : ` × ${count.number} ${own(says, count.unit, at)}`.trimEnd();
    return [`${says.text(item, at)}${many} = ${totalTexts(context, [sum]).map(plainOf).join('')}`];
  });
  const whole = charges.every(({ sum }) => sum);
  const lines = sums.length > 0 ? [...sums, ...(whole ? [] : rates)] : rates;
  const total =
    totals.length > 0
      ? totalTexts(context, totals).map(plainOf).join(' + ')
      : reason === 'asked'
        ? says.word('asked')
        : reason === 'undeclared' || reason === 'none-applies'
          ? plainOf(context.word('undeclared'))
          : says.word('unconfirmed');
  return { total, lines: lines.filter((line) => says.isMore(line)) };
}

function limitOf(
  says: Saying,
  entry: Service,
  { immediate, limit, of, from, reason, at }: LimitAnswer,
): ToldCase['limit'] {
  const { context } = says;
  const heading = context.word('deadline');
  const lines = toldDeadlineRows(context, entry.deadline)
    .filter(({ kind }) => kind !== 'correction' && kind !== 'terms')
    // What is the answer itself is not told once more.
    .filter(({ kind, note }) => !(limit && (kind === 'limit' || kind === 'target') && (!note || from !== undefined)))
    .map(({ label, limit: time, note }) => {
      const text = [time, note].filter((part) => part !== '').join(' · ');
      return plainOf(label === heading || label === '' ? text : context.word('field', label, text));
    });
  const where = at ?? entry.at.deadline ?? entry.at.self;
  const total = immediate
    ? plainOf(context.word('immediate'))
    : limit
      ? `${from === undefined ? '' : `${says.word('from', says.text(from, where))} `}${kindOfLimit(says, of, says.duration(limit, where))}`
      : reason === 'asked'
        ? says.word('asked')
        : reason === 'open'
          ? plainOf(context.word('no-limit'))
          : reason === 'undeclared'
            ? plainOf(context.word('undeclared'))
            : says.word('unconfirmed');
  return { total, lines: lines.filter((line) => says.isMore(line)) };
}

/** What is only aimed at, and what the law sets, is said as such. */
const kindOfLimit = ({ context }: Saying, of: LimitAnswer['of'], time: string): string =>
  of === 'target'
    ? plainOf(context.word('target-of', time))
    : of === 'law'
      ? plainOf(context.word('lawful', time))
      : time;

const stepText = (says: Saying, { text, when, limit }: OwnStep, at: Span): string => {
  const said = says.text(text, at);
  const time = limit ? `${said}${plainOf(says.context.word('brackets', says.duration(limit, at)))}` : said;
  return when.length === 0 ? time : says.word('if', when.map((each) => says.text(each, at)).join(' · '), time);
};

const warningText = (says: Saying, { kind, text }: Warning, entry: Service): string => {
  const correction = known(known(known(entry.deadline)?.correction)?.limit);
  const said = kind === 'correction' && correction ? plainOf(correction.printed) : says.text(text, entry.at.self);
  return LABELLED.has(kind) ? says.word(`warning-${kind}`, said) : said;
};
const LABELLED: ReadonlySet<Warning['kind']> = new Set(['window', 'joint', 'correction', 'excluded']);

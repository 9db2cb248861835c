// What was approved: the record of it in `approvals.json` of the content folder, a digest for every fact and chapter, and in
// what a content differs from that. Digests of facts alone: a new version of the program or of its templates un-approves nothing.
import { hash } from 'node:crypto';
import { isoDate } from '../content/schema/scalars.js';
import type { Fault } from '../core/diagnostic.js';
import { placeOf, type Say, type Source } from '../core/source.js';
import { UserError } from '../core/terminal.js';
import { type Edition, labelOf, type Subject } from './meaning.js';

export const APPROVALS = 'approvals.json';
/** The only format there is; what a later version wrote is not read. */
const FORMAT = 1;

/** An approval. Days are ISO. `commit`: of git, in which the content was what was approved. `facts`: a digest by place. */
export type Approval = {
  readonly edition: string;
  /** The date of the edition, where it has one. */
  readonly dated: string;
  readonly by: string;
  readonly number: string;
  readonly date: string;
  readonly effective?: string;
  readonly commit: string;
  readonly digest: string;
  readonly facts: Readonly<Record<string, string>>;
};

/** Where a fact stands that differs from what was approved. */
export type Difference = { readonly subject: string; readonly field: string };

// ---------------------------------------------------------------- digests

const digestOf = (text: string): string => hash('sha256', text, 'base64url').slice(0, 16);

/** A digest by place: 「service archives fee」. The name of a sub-service stands behind its service. */
function factsOf({ subjects }: Pick<Edition, 'subjects'>): Record<string, string> {
  const facts: Record<string, string> = {};
  const add = (subject: Subject, place: string): void => {
    facts[place] = digestOf(subject.name);
    for (const { name, items } of subject.fields)
      facts[`${place} ${name}`] = digestOf(JSON.stringify(items.map(({ part, same }) => [part, same])));
    for (const variant of subject.variants) add(variant, `${place}/${variant.id}`);
  };
  for (const subject of subjects) add(subject, `${subject.kind} ${subject.id}`);
  facts.order = digestOf(subjects.map(({ kind, id }) => `${kind} ${id}`).join('\n'));
  return Object.fromEntries(Object.entries(facts).sort(([a], [b]) => (a < b ? -1 : 1)));
}
const wholeDigest = (facts: Readonly<Record<string, string>>): string =>
  hash(
    'sha256',
    Object.entries(facts)
      .map(([place, digest]) => `${place}\0${digest}`)
      .join('\n'),
    'base64url',
  );

/** The record of an edition that is approved. */
export const approvalOf = (
  edition: Edition,
  told: Pick<Approval, 'by' | 'number' | 'date' | 'commit'> & { effective?: string | undefined },
): Approval => {
  const facts = factsOf(edition);
  const { effective, ...rest } = told;
  return {
    edition: edition.edition,
    dated: edition.date ?? '',
    ...rest,
    ...(effective === undefined ? {} : { effective }),
    digest: wholeDigest(facts),
    facts,
  };
};

/** In what an edition differs from what was approved, in words; nothing where it is that. */
export function differencesFrom(approval: Approval, edition: Edition): Difference[] {
  const facts = factsOf(edition);
  const titles = new Map<string, string>();
  const name = (subject: Subject, place: string): void => {
    titles.set(place, subject.name);
    for (const variant of subject.variants) name(variant, `${place}/${variant.id}`);
  };
  for (const subject of edition.subjects) name(subject, `${subject.kind} ${subject.id}`);
  const places = [...new Set([...Object.keys(approval.facts), ...Object.keys(facts)])].sort();
  const differences = places.flatMap((place): Difference[] => {
    if (approval.facts[place] === facts[place] || place === 'order') return [];
    const [, subject = place, field = ''] = /^(\S+ .*?)(?: (\w+))?$/.exec(place) ?? [];
    const known = titles.get(place) ?? titles.get(subject);
    return [
      {
        subject: known ?? subject.replace(/^\w+ /, ''),
        field: titles.has(place) || field === '' ? '' : labelOf(field),
      },
    ];
  });
  const head: Difference[] = [
    ...(approval.edition === edition.edition ? [] : [{ subject: edition.title, field: labelOf('edition') }]),
    ...(approval.dated === (edition.date ?? '') ? [] : [{ subject: edition.title, field: labelOf('date') }]),
  ];
  const order =
    approval.facts.order === facts.order || differences.length > 0
      ? []
      : [{ subject: edition.title, field: labelOf('order') }];
  return [...head, ...differences, ...order];
}

/** 檔案應用申請（規費、應備證件）、前言: so many, and how many more. */
export function differencesText(differences: readonly Difference[], most = 8): Say {
  const bySubject = new Map<string, string[]>();
  for (const { subject, field } of differences)
    bySubject.set(subject, [...(bySubject.get(subject) ?? []), ...(field === '' || field === 'text' ? [] : [field])]);
  const told = [...bySubject].slice(0, most);
  const more = bySubject.size - told.length;
  const of = ([subject, fields]: [string, string[]], open: string, comma: string, close: string): string =>
    fields.length === 0 ? subject : `${subject}${open}${fields.join(comma)}${close}`;
  return {
    zh: `${told.map((each) => of(each, '（', '、', '）')).join('、')}${more > 0 ? `等 ${bySubject.size} 處` : ''}`,
    en: `${told.map((each) => of(each, ' (', ', ', ')')).join(', ')}${more > 0 ? ` and ${more} more` : ''}`,
  };
}

// ---------------------------------------------------------------- the file

/** The approvals of a content, the last one last, or what is wrong with the file: it is not what the program wrote. */
export function approvalsRead(source: Source): readonly Approval[] | Fault {
  const fault = (message: Say, hint: Say, start = 0): Fault => ({
    rule: 'approvals-file',
    span: { source, start, end: start },
    message,
    hint,
  });
  const damaged = (what: Say, start?: number): Fault =>
    fault(
      what,
      {
        zh: `這個檔案由「servicebook approve」寫入，不要手改；請以版本管理取回原來的檔案（git checkout -- ${source.path}）。`,
        en: `"servicebook approve" writes this file, and nobody else should; bring it back from version control (git checkout -- ${source.path}).`,
      },
      start,
    );
  let read: unknown;
  try {
    read = JSON.parse(source.text);
  } catch (error) {
    const offset = Number(/position (\d+)/.exec((error as Error).message)?.[1] ?? 0);
    return damaged({ zh: '核定紀錄不是 JSON，讀不出來。', en: 'The record of approvals is no JSON.' }, offset);
  }
  const { servicebook: format, approvals } = (read ?? {}) as { servicebook?: unknown; approvals?: unknown };
  if (typeof format === 'number' && format > FORMAT)
    return fault(
      {
        zh: `${source.path} 是較新版本的 servicebook 寫的，本版讀不懂。`,
        en: `A newer version of servicebook wrote ${source.path}.`,
      },
      { zh: '請更新 servicebook。', en: 'Update servicebook.' },
    );
  if (format !== FORMAT || !Array.isArray(approvals))
    return damaged({ zh: '不是核定紀錄。', en: 'This is no record of approvals.' });
  for (const [i, each] of approvals.entries()) {
    const wrong = wrongWith(each, i === approvals.length - 1);
    if (wrong) return damaged({ zh: `第 ${i + 1} 筆${wrong.zh}`, en: `Approval ${i + 1}: ${wrong.en}` });
  }
  return approvals as Approval[];
}

/** `last`: of earlier approvals the facts are left out. */
function wrongWith(each: unknown, last: boolean): Say | undefined {
  const approval = (each ?? {}) as Partial<Record<keyof Approval, unknown>>;
  for (const field of ['edition', 'dated', 'by', 'number', 'date', 'commit', 'digest'] as const)
    if (typeof approval[field] !== 'string')
      return { zh: `缺少「${field}」，應為一段文字。`, en: `"${field}" is missing; expected text.` };
  for (const field of ['date', 'effective'] as const) {
    const day = approval[field];
    if (day !== undefined && (typeof day !== 'string' || isoDate(day) === undefined))
      return { zh: `的「${field}」不是日期。`, en: `"${field}" is no date.` };
  }
  const { facts } = approval;
  if (facts === undefined && !last) return undefined;
  const whole = typeof facts === 'object' && facts !== null ? wholeDigest(facts as Record<string, string>) : undefined;
  if (whole === approval.digest) return undefined;
  return {
    zh: '各項的摘要碼與全部的摘要碼對不起來，內容被改過。',
    en: 'The digests of its facts and that of the whole do not agree: it was changed.',
  };
}

/** The approvals of a content, the last one last. Throws UserError where the file is not what the program wrote. */
export function approvalsIn(source: Source | undefined): readonly Approval[] {
  if (source === undefined) return [];
  const read = approvalsRead(source);
  if (!('rule' in read)) return read;
  const { line, column } = placeOf(source, read.span.start);
  const place = `${source.path}:${line}:${column}`;
  throw new UserError({
    zh: `${place}：${read.message.zh}${read.hint?.zh}`,
    en: `${place}: ${read.message.en} ${read.hint?.en}`,
  });
}

/** The file with one more approval; only the last one keeps the digests of its facts. */
export const withApproval = (before: readonly Approval[], approval: Approval): string =>
  `${JSON.stringify(
    { servicebook: FORMAT, approvals: [...before.map(({ facts: _, ...each }) => each), approval] },
    null,
    2,
  )}\n`;

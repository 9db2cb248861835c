// The deadline of a service as it is printed: in a few words, or every fact of it as a row.

import type { Deadline } from '../../content/schema/deadline.js';
import type { Duration } from '../../content/schema/procedure.js';
import { isUnconfirmed, known } from '../../content/schema/schema.js';
import { saysUnconfirmed } from '../../content/schema/tree.js';
import { citationText } from '../words.js';
import { rolesWithNotes } from './authority.js';
import {
  amongWords,
  basisText,
  clauses,
  listed,
  type Open,
  present,
  printed,
  type Texts,
  type Wording,
  worded,
} from './text.js';

export type DeadlineRow = {
  kind:
    | 'limit'
    | 'target'
    | 'statutory'
    | 'stage'
    | 'channel'
    | 'case'
    | 'extra'
    | 'correction'
    | 'prolong'
    | 'open'
    | 'terms'
    | 'other';
  label: string;
  limit: string;
  note: string;
};

/** 隨到隨辦, 3 工作日, 引導 5 分鐘、辦畢 30 分鐘, 不定期限, 待確認. */
export function deadlineBrief(context: Wording, deadline: Open<Deadline>): string {
  if (deadline === undefined) return context.word('undeclared');
  if (isUnconfirmed(deadline)) return context.word('unconfirmed');
  const { immediate, limit, stages, byCase, byChannel, target, statutory, open } = deadline;
  if (immediate === true) return context.word('immediate');
  const lawful = known(known(statutory)?.limit);
  if (limit !== undefined) {
    if (!isUnconfirmed(limit)) return limit.printed;
    return lawful ? context.word('unconfirmed-lawful', lawful.printed) : context.word('unconfirmed');
  }
  const several = (
    list: Open<readonly { readonly limit?: Open<Duration>; readonly immediate?: Open<boolean> }[]>,
    nameOf: (index: number) => string | undefined,
  ): string | undefined => {
    if (list === undefined) return undefined;
    if (isUnconfirmed(list)) return context.word('unconfirmed');
    const texts = list.map(({ limit: each, immediate: once }, i) =>
      present([
        nameOf(i),
        once === true
          ? context.word('immediate')
          : isUnconfirmed(each ?? once)
            ? context.word('unconfirmed')
            : printed(each),
      ]).join(' '),
    );
    return texts.length <= 2 ? listed(context, texts) : context.word('and-others', texts[0] ?? '', texts.length);
  };
  return (
    several(stages, (i) => known(stages)?.[i]?.name) ??
    several(byCase, (i) => known(byCase)?.[i]?.case) ??
    several(byChannel, (i) => known(byChannel)?.[i]?.channel) ??
    (target === undefined
      ? undefined
      : isUnconfirmed(target)
        ? context.word('unconfirmed')
        : context.word('target-of', target.printed)) ??
    (lawful ? context.word('lawful', lawful.printed) : undefined) ??
    (isUnconfirmed(statutory) || isUnconfirmed(immediate) ? context.word('unconfirmed') : undefined) ??
    (open === undefined ? undefined : context.word(saysUnconfirmed(open) ? 'unconfirmed' : 'no-limit')) ??
    context.word('undeclared')
  );
}

/** Every fact about the deadline, a row each; `open` and `other` rows have their text in `note`. */
export function deadlineRows(context: Wording, deadline: Open<Deadline>): DeadlineRow[] {
  if (deadline === undefined) return [];
  const row: MakeRow = (kind, label, limit, ...notes) => ({ kind, label, limit, note: clauses(context, notes) });
  if (isUnconfirmed(deadline)) return [row('limit', context.word('deadline'), deadline.unconfirmed)];
  return [
    ...limitRows(context, row, deadline),
    ...stageRows(context, row, deadline),
    ...caseRows(context, row, deadline),
    ...changeRows(context, row, deadline),
    ...lawRows(context, row, deadline),
    ...termRows(context, row, deadline),
    ...remarkRows(context, row, deadline),
  ];
}

type MakeRow = (kind: DeadlineRow['kind'], label: string, limit: string, ...notes: Texts) => DeadlineRow;

/**
 * The same on paper: where there is no limit and nobody says why, that is the limit; from when the whole counts is told also where its first stage has a start of its own. Stamps keep
 * `deadlineRows`, so that older papers are still read.
 */
export function toldDeadlineRows(context: Wording, deadline: Open<Deadline>): DeadlineRow[] {
  const rows = deadlineRows(context, deadline).map(
    (row): DeadlineRow =>
      row.kind === 'open' && reasonOf(row.note) === undefined
        ? { kind: 'limit', label: context.word('deadline'), limit: context.word('no-limit'), note: '' }
        : row,
  );
  const { from, stages } = known(deadline) ?? {};
  const own = known(stages)?.[0]?.from;
  if (from === undefined || own === undefined || own === from) return rows;
  if (rows.some(({ note }) => note.includes(from))) return rows;
  return [...rows, { kind: 'stage', label: context.word('deadline'), limit: '', note: countedFrom(context, from) }];
}

/** The row that tells from when the time counts: the first that there is of these. */
function startToldBy({ immediate, limit, target, stages }: Deadline): 'limit' | 'target' | 'stage' | 'remark' {
  if (limit !== undefined || immediate === true) return 'limit';
  if (target !== undefined) return 'target';
  return known(stages)?.[0] === undefined ? 'remark' : 'stage';
}

const countedFrom = (context: Wording, text: string | undefined): string =>
  worded(context, 'counted-from', 'count-start', text);

/** A row for each of a list, or its 待確認 as the only one. */
const rowsOf = <T>(
  list: Open<readonly T[]>,
  unconfirmed: (text: string) => DeadlineRow,
  rowOf: (one: T) => DeadlineRow,
) => (isUnconfirmed(list) ? [unconfirmed(list.unconfirmed)] : (list ?? []).map(rowOf));

/** By when it is done: at once, within a time, and what the office sets itself. */
function limitRows(context: Wording, row: MakeRow, deadline: Deadline): DeadlineRow[] {
  const { immediate, limit, from, target } = deadline;
  const start = countedFrom(context, from);
  const rows: DeadlineRow[] = [];
  if (isUnconfirmed(immediate)) rows.push(row('limit', context.word('immediate'), immediate.unconfirmed));
  else if (immediate)
    rows.push(row('limit', context.word('deadline'), context.word('immediate'), limit === undefined && start));
  if (limit !== undefined) rows.push(row('limit', context.word('deadline'), printed(limit), start));
  if (target !== undefined)
    rows.push(row('target', context.word('target'), printed(target), startToldBy(deadline) === 'target' && start));
  return rows;
}

/** The time of each stage, and how the stages are counted. */
function stageRows(context: Wording, row: MakeRow, deadline: Deadline): DeadlineRow[] {
  const { stages, counting, from } = deadline;
  const [first] = known(stages) ?? [];
  const rows = rowsOf(
    stages,
    (text) => row('stage', context.word('stages'), text),
    (stage) =>
      row(
        'stage',
        stage.name ?? context.word('stage'),
        printed(stage.limit),
        countedFrom(context, stage.from ?? (stage === first && startToldBy(deadline) === 'stage' ? from : undefined)),
        stage.actor === undefined
          ? ''
          : context.word('field', context.word('actor'), rolesWithNotes(context, stage.actor)),
        isUnconfirmed(stage.statutory)
          ? context.word('field', context.word('statutory'), stage.statutory.unconfirmed)
          : stage.statutory && context.word('set-by-law'),
        stage.note,
        basisText(context, stage.basis),
      ),
  );
  if (counting === undefined) return rows;
  const told = isUnconfirmed(counting) ? counting.unconfirmed : context.word(`counting-${counting}`);
  return [...rows, row('other', context.word('counting'), '', told)];
}

/** 一般案件（網路）. */
const withAside = (context: Wording, name = '', aside?: string): string =>
  aside === undefined ? name : `${name}${context.word('brackets', aside)}`;
type OwnLimit = { readonly limit?: Open<Duration>; readonly open?: string; readonly immediate?: Open<boolean> };
function limitOr(context: Wording, { limit, open, immediate }: OwnLimit): string {
  if (isUnconfirmed(immediate)) return immediate.unconfirmed;
  if (immediate === true) return listed(context, [context.word('immediate'), printed(limit)]);
  return limit === undefined && open !== undefined ? context.word('no-limit') : printed(limit);
}
/** Why there is no limit; 「是」 says only that there is none. */
const reasonOf = (open: string | undefined): string | undefined => (open === '是' || open === 'yes' ? undefined : open);

/** What takes another time: by channel, by case, and where another office has a say. */
function caseRows(context: Wording, row: MakeRow, { byChannel, byCase, extra }: Deadline): DeadlineRow[] {
  return [
    ...rowsOf(
      byChannel,
      (text) => row('channel', context.word('by-channel'), text),
      ({ channel, case: of, note, ...own }) =>
        row('channel', withAside(context, channel, of), limitOr(context, own), reasonOf(own.open), note),
    ),
    ...rowsOf(
      byCase,
      (text) => row('case', context.word('by-case'), text),
      ({ case: of, channel, note, ...own }) =>
        row('case', withAside(context, of, channel), limitOr(context, own), reasonOf(own.open), note),
    ),
    ...rowsOf(
      extra,
      (text) => row('extra', context.word('extra'), text),
      ({ office, limit, case: of, note }) =>
        row(
          'extra',
          office ? context.word('extra-for', office) : context.word('extra'),
          known(limit) ? context.word('added', printed(limit)) : printed(limit),
          of,
          note,
        ),
    ),
  ];
}

/** What makes it longer: papers to be brought later, and a prolongation. */
function changeRows(context: Wording, row: MakeRow, { correction, prolong }: Deadline): DeadlineRow[] {
  const rows: DeadlineRow[] = [];
  if (isUnconfirmed(correction)) rows.push(row('correction', context.word('correction'), correction.unconfirmed));
  else if (correction) {
    const { limit, restart, note } = correction;
    const told = isUnconfirmed(restart)
      ? context.word('field', context.word('restart'), restart.unconfirmed)
      : restart !== undefined && context.word(restart ? 'restarts' : 'restarts-not');
    rows.push(row('correction', context.word('correction'), printed(limit), told, note));
  }
  if (isUnconfirmed(prolong)) rows.push(row('prolong', context.word('prolong'), prolong.unconfirmed));
  else if (prolong) {
    const times = worded(context, 'times-most', 'prolong-times', prolong.times);
    rows.push(row('prolong', context.word('prolong'), printed(prolong.limit), times, prolong.note));
  }
  return rows;
}

/** What the law sets, and why there is no limit where there is none. */
function lawRows(context: Wording, row: MakeRow, { statutory, open }: Deadline): DeadlineRow[] {
  const rows: DeadlineRow[] = [];
  if (isUnconfirmed(statutory)) rows.push(row('statutory', context.word('statutory'), statutory.unconfirmed));
  else if (statutory) {
    const { limit, from, note, basis } = statutory;
    const notes = [countedFrom(context, from), note, basisText(context, basis)];
    rows.push(row('statutory', context.word('statutory'), printed(limit), ...notes));
  }
  if (open !== undefined) rows.push(row('open', context.word('no-limit'), '', open));
  return rows;
}

/** What does not count, what follows when the time passes, and how often it is kept. */
function termRows(context: Wording, row: MakeRow, { excluded, lapse, met, achieved }: Deadline): DeadlineRow[] {
  const rows: DeadlineRow[] = [];
  if (excluded !== undefined) rows.push(row('terms', context.word('excluded'), amongWords(context, excluded)));
  if (lapse !== undefined) rows.push(row('terms', context.word('lapse'), lapse));
  if (met !== undefined) rows.push(row('terms', context.word('met'), printed(met)));
  if (isUnconfirmed(achieved)) rows.push(row('terms', context.word('achieved'), achieved.unconfirmed));
  else if (achieved)
    rows.push(row('terms', context.word('achieved'), printed(achieved.share), achieved.period, achieved.note));
  return rows;
}

/** What no other row tells: the start, a remark, and the legal basis. */
function remarkRows(context: Wording, row: MakeRow, deadline: Deadline): DeadlineRow[] {
  const { from, note, basis } = deadline;
  const rows: DeadlineRow[] = [];
  if (from !== undefined && startToldBy(deadline) === 'remark')
    rows.push(row('other', context.word('count-start'), '', from));
  if (note !== undefined) rows.push(row('other', context.word('remark'), '', note));
  if (basis?.length) rows.push(row('other', context.word('basis'), '', listed(context, basis.map(citationText))));
  return rows;
}

// What a service says of itself beside its facts: whether it is on offer, who may act for whom, how often to come, whom to
// complain to, and who confirmed it.

import { isUnconfirmed, known } from '../../content/schema/schema.js';
import type { Service } from '../../content/schema/service.js';
import { amongWords, clauses, dayText, type Open, type Wording } from './text.js';

type Term = { readonly label: string; readonly texts: readonly string[] };
type Says = Pick<
  Service,
  'aliases' | 'status' | 'agents' | 'applicant' | 'visits' | 'complaints' | 'confirmed' | 'procedure'
>;

/** `before`: what is to be known before anything else. `after`: what stands with whom to ask. */
export function serviceTerms(context: Wording, service: Says, which: 'before' | 'after' | 'all'): Term[] {
  const rows: Term[] = [];
  const add = (key: string, ...texts: (string | undefined)[]): void => {
    const told = texts.filter((text) => text !== undefined && text !== '') as string[];
    if (told.length > 0) rows.push({ label: context.word(key), texts: told });
  };
  if (which !== 'after') {
    add('aliases', amongWords(context, service.aliases));
    add('status', statusText(context, service.status));
    // What is done of itself has no steps.
    if (known(service.procedure)?.length === 0) add('procedure', context.word('not-asked-for'));
    add('agents', ...agentTexts(context, service.agents));
    add('visits-at-most', visitsText(context, service.visits));
  }
  if (which !== 'before') {
    add('complaints', service.complaints);
    add('confirmed', confirmedText(context, service.confirmed));
  }
  return rows;
}

/** 停辦：業務已移撥；自 115年1月1日起. */
export function statusText(context: Wording, status: Service['status']): string {
  if (status === undefined) return '';
  if (isUnconfirmed(status)) return status.unconfirmed;
  const { state, reason, effective, until, note } = status;
  const word = isUnconfirmed(state) ? state.unconfirmed : state === undefined ? '' : context.word(`status-${state}`);
  const why = clauses(context, [
    reason,
    dayText(context, 'from-day', 'from-day-label', effective),
    dayText(context, 'until-day', 'until-day-label', until),
    note,
  ]);
  return why === '' ? word : context.word('field', word, why);
}

/** 律師（受委任時）：帶委任狀. */
function agentTexts(context: Wording, agents: Service['agents']): string[] {
  if (isUnconfirmed(agents)) return [agents.unconfirmed];
  return (agents ?? []).map(({ who = '', condition, documents, note }) => {
    const more = clauses(context, [
      condition,
      documents === undefined ? '' : context.word('agent-brings', amongWords(context, documents)),
      note,
    ]);
    return more === '' ? who : `${who}${context.word('brackets', more)}`;
  });
}

const visitsText = (context: Wording, visits: Open<number>): string =>
  visits === undefined ? '' : isUnconfirmed(visits) ? visits.unconfirmed : context.word('visits-max', visits);

/** 執行一科（115年11月23日）. */
function confirmedText(context: Wording, confirmed: Service['confirmed']): string {
  const { by = '', date, note } = known(confirmed) ?? {};
  if (isUnconfirmed(confirmed)) return confirmed.unconfirmed;
  const more = clauses(context, [dayText(context, 'on-day', 'confirmed', date), note]);
  return more === '' ? by : `${by}${context.word('brackets', more)}`;
}

// Who decides on a service, as it is printed: in a few words, or a row for each stage.

import { roleText } from '../../content/procedure.js';
import type { Role } from '../../content/schema/procedure.js';
import { isUnconfirmed, known } from '../../content/schema/schema.js';
import type { Authority } from '../../content/schema/service.js';
import { saysUnconfirmed } from '../../content/schema/tree.js';
import { basisText, clauses, listed, type Open, type Wording } from './text.js';

export type AuthorityRow = {
  /** Empty where the service is decided in one stage. */
  stage: string;
  prepare: string;
  review: string;
  countersign: string;
  decide: string;
  note: string;
};

/** Who decides: 分署長, 待確認. */
export function authorityBrief(context: Wording, authority: Open<Authority>): string {
  if (authority === undefined) return context.word('undeclared');
  if (isUnconfirmed(authority) || isUnconfirmed(authority.stages)) return context.word('unconfirmed');
  const deciders = [authority.decide, ...(authority.stages ?? []).map((stage) => stage.decide)].filter(
    (roles) => roles !== undefined,
  );
  if (deciders.length === 0) return context.word('undeclared');
  const names = deciders.flatMap((roles) =>
    isUnconfirmed(roles)
      ? [context.word('unconfirmed')]
      : roles.map((role) => (saysUnconfirmed(roleText(role)) ? context.word('unconfirmed') : roleText(role))),
  );
  return listed(context, [...new Set(names)]);
}

/** Who prepares, reviews, countersigns and decides: a row for the whole, or one a stage. */
export function authorityRows(context: Wording, authority: Open<Authority>): AuthorityRow[] {
  const empty: AuthorityRow = { stage: '', prepare: '', review: '', countersign: '', decide: '', note: '' };
  if (authority === undefined) return [];
  if (isUnconfirmed(authority)) return [{ ...empty, decide: authority.unconfirmed }];
  const chain = (
    part: Pick<Authority, 'prepare' | 'review' | 'countersign' | 'decide'>,
    stage: string,
    note: string,
  ) => ({
    stage,
    prepare: rolesWithNotes(context, part.prepare),
    review: rolesWithNotes(context, part.review),
    countersign: rolesWithNotes(context, part.countersign),
    decide: rolesWithNotes(context, part.decide),
    note,
  });
  const { stages } = authority;
  const note = clauses(context, [authority.note, basisText(context, authority.basis)]);
  const rows: AuthorityRow[] = [];
  const own = chain(authority, '', note);
  if (own.prepare || own.review || own.countersign || own.decide || (stages === undefined && note !== ''))
    rows.push(own);
  if (isUnconfirmed(stages)) rows.push({ ...empty, stage: context.word('stages'), decide: stages.unconfirmed });
  for (const stage of known(stages) ?? []) rows.push(chain(stage, stage.stage ?? '', stage.note ?? ''));
  if (note !== '' && rows[0] !== own) {
    const last = rows[rows.length - 1];
    if (last) last.note = clauses(context, [last.note, note]);
  }
  return rows;
}

/** 書記官（限 3 萬元以下）、主任行政執行官. */
export const rolesWithNotes = (context: Wording, roles: Open<readonly Role[]>): string =>
  roles === undefined
    ? ''
    : isUnconfirmed(roles)
      ? roles.unconfirmed
      : listed(
          context,
          roles.map((role) => `${roleText(role)}${role.note === undefined ? '' : context.word('brackets', role.note)}`),
        );

// The steps of a procedure as they are printed: the text alternative of its chart.

import { exits, type Flow, type FlowNode, roleText } from '../../content/procedure.js';
import type { Step } from '../../content/schema/procedure.js';
import { isUnconfirmed, known } from '../../content/schema/schema.js';
import { rolesWithNotes } from './authority.js';
import { formName } from './documents.js';
import { amongWords, type BookWording, clauses, listed, printed, type Wording } from './text.js';

export type StepRow = {
  /** 1-based, as in the chart. */
  number: number;
  kind: Exclude<FlowNode['kind'], 'fork' | 'join'>;
  text: string;
  actors: string;
  limit: string;
  note: string;
  /** Of that, what a chart in lanes does not show: no forms, but what a time limit is counted from and what an actor's post says. */
  beside: string;
  /** Where the step leads, when that is not simply the next row: 「有理由 → 步驟 7」. */
  next: string[];
};

/** How long a step takes; what is done at once says so. */
export const stepLimit = (context: Wording, { limit, immediate }: Pick<Step, 'limit' | 'immediate'>): string =>
  limit === undefined && known(immediate) === true ? context.word('at-the-desk') : printed(limit);

/** The steps of a procedure in the order of writing: the text alternative of its chart. */
export function stepRows(context: BookWording, flow: Flow): StepRow[] {
  const byId = new Map(flow.nodes.map((node) => [node.id, node]));
  /** Numbers of the steps an edge leads to: through the bars of a parallel part. */
  const numbers = (id: string, seen: ReadonlySet<string> = new Set()): number[] => {
    const node = byId.get(id);
    if (!node || seen.has(id)) return [];
    if (node.number !== undefined) return [node.number];
    return exits(flow, node).flatMap((edge) => numbers(edge.to, new Set([...seen, id])));
  };
  return flow.nodes.flatMap((node) => {
    const { kind, number, step } = node;
    if (number === undefined || kind === 'fork' || kind === 'join') return [];
    const out = exits(flow, node).map(({ to, label }) => ({
      label,
      to: numbers(to),
      parallel: byId.get(to)?.kind === 'fork',
    }));
    const [only] = out;
    const plainNext = out.length === 1 && !only?.label && only?.to.length === 1 && only.to[0] === number + 1;
    const next = plainNext
      ? []
      : out
          .filter(({ to }) => to.length > 0)
          .map(({ label, to, parallel }) => {
            const target = context.word(parallel ? 'to-steps' : 'to-step', to.join(context.word('list-comma')));
            return label ? context.word('branch-to', label, target) : context.word('goes-to', target);
          });
    const services = (known(step.services) ?? []).map(
      (id) => context.services.find((service) => service.id === id)?.name ?? id,
    );
    const actors = rolesWithNotes(context, step.actor);
    const limit = [
      stepLimit(context, step),
      step.from === undefined ? '' : context.word('brackets', context.word('counted-from', step.from)),
    ].join('');
    const forms =
      step.forms === undefined
        ? ''
        : context.word(
            'form-of',
            isUnconfirmed(step.forms)
              ? step.forms.unconfirmed
              : listed(
                  context,
                  step.forms.map((id) => formName(context, id)),
                ),
          );
    const told = [
      step.client === undefined ? '' : context.word('client-does', step.client),
      step.fee === undefined ? '' : context.word('field', context.word('fee'), printed(step.fee)),
      step.note,
      step.receives === undefined
        ? ''
        : context.word('field', context.word('receives'), amongWords(context, step.receives)),
    ];
    const see = services.length > 0 && context.word('see-service', listed(context, services));
    // The chart names who acts and how long, and no more of both.
    const drawn = { actors: listed(context, node.actors.map(roleText)), limit: node.limit?.printed ?? '' };
    return [
      {
        number,
        kind,
        text: node.text,
        actors,
        limit,
        note: clauses(context, [...told, forms, see]),
        beside: clauses(context, [
          actors === drawn.actors || isUnconfirmed(step.actor) ? '' : actors,
          limit === drawn.limit || isUnconfirmed(step.limit) ? '' : limit,
          ...told,
          see,
        ]),
        next,
      },
    ];
  });
}

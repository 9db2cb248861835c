// What has to be looked at on a day: sources whose last check is too long ago, services nobody has confirmed lately, documents
// that nobody has to ask for, and limits that no case comes to.
import { addDurations, compareDurations } from '../content/duration.js';
import { type Flow, flowsOf, longestWay, proceduresOf, roleText } from '../content/procedure.js';
import { USUAL_PERIOD, validUntil } from '../content/review-period.js';
import type { Handbook } from '../content/schema/model.js';
import { isUnconfirmed, known } from '../content/schema/schema.js';
import type { RequiredDocument, Service } from '../content/schema/service.js';
import type { Span } from '../core/source.js';
import { citationsOf, lawOf } from '../lint/citations.js';

/** A law or page. `until`: the last day on which its last check counts; none where nobody says when it was checked. */
export type SourceDue = {
  readonly name: string;
  readonly url?: string;
  readonly checked?: string;
  readonly until?: string;
  /** How often it is cited. */
  readonly cited: number;
  readonly at: Span;
};
export type ServiceDue = {
  readonly service: Service;
  readonly why: 'overdue' | 'unconfirmed' | 'undated' | 'paused' | 'pause-ended' | 'ceased';
  /** The day until which its confirmation, or its pause, holds. */
  readonly until?: string;
  readonly at: Span;
};
export type DocumentDue = { readonly service: Service; readonly name: string; readonly at: Span };
/** `never`: no case comes to it. `shorter`: its steps take no more than this, all added. */
export type LimitDue = { readonly service: Service; readonly name: string; readonly at: Span } & (
  | { readonly why: 'never'; readonly kind: 'limit' | 'document' }
  | { readonly why: 'shorter'; readonly limit: string; readonly steps: string }
);
export type Due = {
  readonly sources: readonly SourceDue[];
  readonly services: readonly ServiceDue[];
  readonly documents: readonly DocumentDue[];
  readonly limits: readonly LimitDue[];
};

/** `today`: ISO. */
export function dueOn(handbook: Handbook, today: string): Due {
  const flows = flowsOf(proceduresOf(handbook));
  return {
    sources: sourcesDue(handbook, today),
    services: handbook.services.flatMap((service) => serviceDue(handbook, service, today)),
    documents: handbook.services.flatMap(withoutBasis),
    limits: handbook.services.flatMap((service) => limitsDue(handbook, service, flows.get(service))),
  };
}

// ---------------------------------------------------------------- sources

/** Each law and page once, those too long ago first, then those without a day. */
function sourcesDue(handbook: Handbook, today: string): SourceDue[] {
  const period = known(handbook.book.reviewAfter) ?? USUAL_PERIOD;
  const found = new Map<string, { name: string; url?: string; checked?: string; cited: number; at: Span }>();
  const plain = (text: string): string => text.replace(/[「」『』《》\s]/g, '');
  const alias = new Map<string, string>();
  for (const law of known(handbook.book.laws) ?? []) {
    const name = law.name ?? '';
    for (const each of [name, law.short ?? '']) if (each !== '') alias.set(plain(each), plain(name));
    const checked = known(law.checked);
    found.set(plain(name), {
      name,
      ...(law.url?.startsWith('http') ? { url: law.url } : {}),
      ...(checked === undefined ? {} : { checked }),
      cited: 0,
      at: law.at.self,
    });
  }
  for (const { citation } of citationsOf(handbook)) {
    const law = lawOf(citation);
    const key = law === undefined ? (citation.url ?? citation.title ?? '') : (alias.get(law) ?? law);
    if (key === '') continue;
    const { checked, url, title, span } = citation;
    const entry = found.get(key) ?? {
      name: law ?? title ?? url ?? '',
      ...(url === undefined ? {} : { url }),
      cited: 0,
      at: span,
    };
    // The last look at it counts, wherever it is written.
    const last = [entry.checked, checked].filter((day) => day !== undefined).sort()[checked && entry.checked ? 1 : 0];
    found.set(key, { ...entry, ...(last === undefined ? {} : { checked: last }), cited: entry.cited + 1 });
  }
  const due = [...found.values()].flatMap((each): SourceDue[] => {
    if (each.checked === undefined) return [each];
    const until = validUntil(each.checked, period);
    return until === undefined || until >= today ? [] : [{ ...each, until }];
  });
  const dated = due.filter(({ until }) => until !== undefined);
  dated.sort((a, b) => ((a.until ?? '') < (b.until ?? '') ? -1 : a.until === b.until ? 0 : 1));
  return [...dated, ...due.filter(({ until }) => until === undefined)];
}

// ---------------------------------------------------------------- services

function serviceDue({ book }: Handbook, service: Service, today: string): ServiceDue[] {
  const period = known(book.reviewAfter) ?? USUAL_PERIOD;
  const confirmed = known(service.confirmed);
  const day = known(confirmed?.date);
  const until = day === undefined ? undefined : validUntil(day, period);
  const at = service.at.confirmed ?? service.at.name ?? service.at.self;
  const status = known(service.status);
  const state = known(status?.state);
  const ends = known(status?.until);
  const pause: ServiceDue[] =
    state === 'ceased'
      ? [{ service, why: 'ceased', at: service.at.status ?? at }]
      : state === 'paused'
        ? [
            {
              service,
              why: ends !== undefined && ends < today ? 'pause-ended' : 'paused',
              ...(ends === undefined ? {} : { until: ends }),
              at: service.at.status ?? at,
            },
          ]
        : [];
  if (confirmed === undefined) return [...pause, { service, why: 'unconfirmed', at }];
  if (day === undefined) return [...pause, { service, why: 'undated', at }];
  return until !== undefined && until < today ? [...pause, { service, why: 'overdue', until, at }] : pause;
}

// ---------------------------------------------------------------- documents

/** Documents of which nothing says why they may be asked for: neither they, nor their list, nor the 依據 of the alternative. */
function withoutBasis(service: Service): DocumentDue[] {
  const cites = (cited: RequiredDocument['cited'] | undefined, ...fields: string[]): boolean =>
    fields.some((field) => (cited?.[field] ?? []).length > 0);
  const listed = known(service.documents);
  if (listed === undefined || cites(service.cited, 'documents') || cites(listed.cited, 'self', 'items')) return [];
  return (known(listed.items) ?? []).flatMap((document): DocumentDue[] => {
    const { name, basis, cited, oneOf, at } = document;
    const has = (basis ?? []).length > 0 || Object.keys(cited).some((field) => cites(cited, field));
    if (has || document.waived !== undefined) return [];
    const among = known(oneOf) ?? [];
    if (among.length > 0 && among.every((each) => (each.basis ?? []).length > 0 || cites(each.cited, 'self')))
      return [];
    return [{ service, name: name ?? among.map((each) => each.name ?? '').join('或'), at: at.name ?? at.self }];
  });
}

// ---------------------------------------------------------------- limits

function limitsDue(handbook: Handbook, service: Service, flow: Flow | undefined): LimitDue[] {
  const slack = flow && slackIn(handbook, service, flow);
  return [...neverReached(service), ...(slack ? [slack] : [])];
}

/** Limits and documents for a channel that the service does not offer, or for somebody who may not apply. */
function neverReached(service: Service): LimitDue[] {
  const offered = (known(service.channels) ?? []).map(({ name = '' }) => name);
  const applying = (known(service.applicant) ?? []).map(({ who = '' }) => who);
  const isOf = (name: string, names: readonly string[]): boolean =>
    names.length === 0 || names.some((each) => each.includes(name) || name.includes(each));
  const limits = (known(known(service.deadline)?.byChannel) ?? []).flatMap(({ channel, at }): LimitDue[] =>
    channel === undefined || isOf(channel, offered)
      ? []
      : [{ service, why: 'never', kind: 'limit', name: channel, at: at.channel ?? at.self }],
  );
  const documents = (known(known(service.documents)?.items) ?? []).flatMap(
    ({ name = '', channel, applicants, at }): LimitDue[] => {
      const open = (channel ?? []).some((each) => isOf(each, offered)) || channel === undefined;
      const asked = (applicants ?? []).some((each) => isOf(each, applying)) || applicants === undefined;
      return open && asked ? [] : [{ service, why: 'never', kind: 'document', name, at: at.name ?? at.self }];
    },
  );
  return [...limits, ...documents];
}

/** A limit that is longer than all that the office does on the longest way, where every step of it says how long it takes. */
function slackIn({ office }: Handbook, service: Service, flow: Flow): LimitDue | undefined {
  const deadline = known(service.deadline);
  const limit = known(deadline?.limit);
  if (!deadline || !limit) return undefined;
  const parties = known(office.parties) ?? [];
  const isOffices = ({ actors }: Flow['nodes'][number]): boolean =>
    actors.length > 0 && !actors.some((actor) => actor.office !== undefined || parties.includes(roleText(actor)));
  const way = longestWay(flow, (node) => (isOffices(node) ? 1 : 0)).nodes.filter(isOffices);
  const times = way.map(({ limit: time, step }) => (step.from === undefined ? time : undefined));
  if (times.length === 0 || times.some((time) => time === undefined)) return undefined;
  const total = addDurations(times.flatMap((time) => time ?? []));
  if (!total || isUnconfirmed(deadline.limit) || compareDurations(total, limit) !== -1) return undefined;
  return {
    service,
    why: 'shorter',
    name: service.name,
    limit: limit.printed,
    steps: total.printed,
    at: deadline.at.limit ?? deadline.at.self,
  };
}

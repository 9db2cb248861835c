// What holds on the day of the edition: of prices with a first or a last day those in force; a list taken over from another service.

import type { Fee } from './schema/fee.js';
import { isUnconfirmed, known, type Unconfirmed } from './schema/schema.js';
import type { Service, Variant } from './schema/service.js';

type Dated = { readonly effective?: string | Unconfirmed; readonly until?: string | Unconfirmed };

/** Whether something holds on an ISO day; both of its days are within. What is 待確認 holds. */
export const holdsOn = ({ effective, until }: Dated, day: string): boolean =>
  (known(effective) ?? day) <= day && day <= (known(until) ?? day);

/** A service with what its fees and those of its sub-services are on a day. */
export function onDay(service: Service, day: string | undefined): Service {
  if (day === undefined) return service;
  const variants = known(service.variants)?.map((variant): Variant => withFee(variant, day));
  return { ...withFee(service, day), ...(variants ? { variants } : {}) };
}

function withFee<T extends { readonly fee?: Fee | Unconfirmed }>(entry: T, day: string): T {
  const fee = known(entry.fee);
  if (!fee) return entry;
  const lists = (['lines', 'surcharges', 'discounts', 'exemptions'] as const).flatMap((key) => {
    const list = fee[key] as readonly Dated[] | Unconfirmed | undefined;
    if (list === undefined || isUnconfirmed(list) || list.every((each) => holdsOn(each, day))) return [];
    return [[key, list.filter((each) => holdsOn(each, day))] as const];
  });
  return lists.length === 0 ? entry : { ...entry, fee: { ...fee, ...Object.fromEntries(lists) } };
}

/** Services whose documents are those of another have that list, and their own behind it. */
export function withLikes(services: readonly Service[]): readonly Service[] {
  if (!services.some(refersIn)) return services;
  const byId = new Map(services.map((service) => [service.id, service]));
  return services.map((service) => {
    const variants = known(service.variants)?.map((variant) => withLike(variant, byId, new Set([service.id])));
    return { ...withLike(service, byId, new Set([service.id])), ...(variants ? { variants } : {}) };
  });
}

const refersIn = (service: Service): boolean => likesOf(service).length > 0;

/** The ids of services whose documents are those of this one too. */
export const likesOf = ({ documents, variants }: Service): string[] =>
  [{ documents }, ...(known(variants) ?? [])].flatMap((entry) => known(entry.documents)?.like ?? []);

/** `met`: the services on the way here, so that two that name each other end it. */
function withLike<T extends Pick<Service, 'documents'>>(
  entry: T,
  byId: ReadonlyMap<string, Service>,
  met: ReadonlySet<string>,
): T {
  const documents = known(entry.documents);
  const other = documents?.like === undefined ? undefined : byId.get(documents.like);
  if (!documents || !other || met.has(other.id)) return entry;
  const theirs = withLike(other, byId, new Set([...met, other.id])).documents;
  if (theirs === undefined) return entry;
  if (isUnconfirmed(theirs)) return documents.items === undefined ? { ...entry, documents: theirs } : entry;
  if (isUnconfirmed(documents.items) || isUnconfirmed(theirs.items)) return entry;
  const items = [...(theirs.items ?? []), ...(documents.items ?? [])];
  const beside =
    isUnconfirmed(theirs.beside) || isUnconfirmed(documents.beside)
      ? (documents.beside ?? theirs.beside)
      : [...(theirs.beside ?? []), ...(documents.beside ?? [])];
  return {
    ...entry,
    documents: {
      ...documents,
      ...(items.length > 0 ? { items } : {}),
      ...(theirs.none === undefined || items.length > 0 ? {} : { none: theirs.none }),
      ...(beside === undefined || (Array.isArray(beside) && beside.length === 0) ? {} : { beside }),
    },
  };
}

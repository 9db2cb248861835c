// A sub-service as a service of its own: what it declares itself, and what its service declares where it does not.
import type { Handbook } from './schema/model.js';
import { known } from './schema/schema.js';
import type { Service, Variant } from './schema/service.js';

/** `id`: `service/sub`, as it is asked for and as its papers are named. `apart`: it has a list of documents of its own. */
export type SubService = {
  readonly id: string;
  readonly variant: Variant;
  readonly index: number;
  readonly apart: boolean;
};

/** Without an id of its own a sub-service is called by its place: `passport/sub-2`. */
export const subServicesOf = (service: Service): readonly SubService[] =>
  (known(service.variants) ?? []).map((variant, index) => ({
    id: `${service.id}/${variant.id ?? `sub-${index + 1}`}`,
    variant,
    index,
    apart: variant.documents !== undefined,
  }));

/** The service that a sub-service belongs to. */
export const serviceOfSub = (id: string): string => id.split('/')[0] ?? id;

/** The handbook with a sub-service in the place of its service, with its id. `called`: how the two names are put together. */
export function withSubService(
  handbook: Handbook,
  id: string,
  called: (service: string, sub: string) => string,
): Handbook | undefined {
  const service = handbook.services.find((each) => each.id === serviceOfSub(id));
  const sub = service && subServicesOf(service).find((each) => each.id === id);
  if (!service || !sub) return undefined;
  const { variants: _, ...inherited } = service;
  const own = Object.fromEntries(Object.entries(sub.variant).filter(([, value]) => value !== undefined)) as Variant;
  const whole: Service = {
    ...inherited,
    ...own,
    id,
    name: called(service.name, sub.variant.name ?? ''),
    at: { ...service.at, ...own.at },
    cited: { ...service.cited, ...own.cited },
  };
  const categories = known(handbook.book.categories);
  return {
    ...handbook,
    services: handbook.services.map((each) => (each === service ? whole : each)),
    ...(categories === undefined
      ? {}
      : {
          book: {
            ...handbook.book,
            categories: categories.map((category) => {
              const ids = known(category.services);
              return ids === undefined
                ? category
                : { ...category, services: ids.map((each) => (each === service.id ? id : each)) };
            }),
          },
        }),
  };
}

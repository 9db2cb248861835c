// A service as it is for one person: a record like any other, of what applies alone, so that every paper can print it.
import type { Span } from '../../core/source.js';
import type { Fee, FeeLine } from '../schema/fee.js';
import { isUnconfirmed, known } from '../schema/schema.js';
import type { RequiredDocument, Service } from '../schema/service.js';
import { saysUnconfirmed } from '../schema/tree.js';
import { answer, choicesIn, entryOf, variantOf } from './answer.js';
import { Asking, type Restriction, sameName } from './conditions.js';
import type { Answer, AskedDocument, Person } from './person.js';

/** What holds for this person, its conditions left out because they hold. The id, name and file are the service's own. */
export function narrowed(service: Service, person: Person): { service: Service; answer: Answer } {
  const found = answer(service, person);
  const variant = variantOf(service, person);
  const { variants: _, examples: __, ...entry } = entryOf(service, variant) as Service;
  const asking = new Asking(person, choicesIn(service, variant));
  const applicant = only(known(entry.applicant), ({ who }) => who === person.applicant);
  const channels = only(known(entry.channels), ({ name }) => name === person.channel);
  const documents = known(entry.documents);
  const fee = known(entry.fee);
  // A form of a document that is not asked for is no form of this case.
  const ofDocuments = new Set(formsIn(known(documents?.items) ?? []));
  const asked = new Set(formsIn(found.documents.map(({ document }) => document)));
  const forms = entry.forms?.filter((id) => !ofDocuments.has(id) || asked.has(id));
  return {
    answer: found,
    service: {
      ...entry,
      ...(applicant ? { applicant } : {}),
      ...(channels ? { channels } : {}),
      ...(documents && !isUnconfirmed(documents.items) && !isUnconfirmed(documents.none)
        ? { documents: documentsOf(documents, found, asking) }
        : {}),
      ...(fee ? { fee: feeOf(fee, found.fee, asking) } : {}),
      ...(forms ? { forms } : {}),
      ...deadlineOf(entry, found, asking),
    } as Service,
  };
}

const formsIn = (documents: readonly RequiredDocument[]): string[] =>
  documents.flatMap(({ form, oneOf }) => [...(form === undefined ? [] : [form]), ...formsIn(known(oneOf) ?? [])]);

/** Those of a list that were chosen; the list as it is where none was. */
function only<T>(list: readonly T[] | undefined, isChosen: (one: T) => boolean): readonly T[] | undefined {
  const chosen = list?.filter(isChosen);
  return chosen && chosen.length > 0 ? chosen : list;
}

const free = <T extends Restriction>({ condition: _, channel: __, applicants: ___, ...rest }: T): T =>
  rest as unknown as T;

/** The only one of a choice without a name of its own that is open to this person. */
function onlyOf({ document, among }: AskedDocument): RequiredDocument | undefined {
  const [one, ...others] = among ?? [];
  return others.length === 0 && document.name === undefined ? one : undefined;
}

/** Where the document that a narrowed service asks for is declared: no two have the same. */
export const spanOf = (asked: AskedDocument): Span => (onlyOf(asked) ?? asked.document).at.self;

/** A document without what it was asked under. */
function plain(asked: AskedDocument): RequiredDocument {
  const { document, among, choose, waived } = asked;
  const { waived: written, ...needed } = free(document as RequiredDocument & Restriction) as RequiredDocument;
  // Who need not bring it is somebody else; that nobody knows who is told.
  const told = written !== undefined && (waived !== undefined || saysUnconfirmed(written)) ? { waived: written } : {};
  const bare: RequiredDocument = { ...needed, ...told };
  if (among === undefined) return bare;
  const one = onlyOf(asked);
  if (one) return free(one as RequiredDocument & Restriction);
  return {
    ...bare,
    oneOf: among.map((each) => free(each as RequiredDocument & Restriction)),
    ...(choose === undefined ? {} : { choose }),
  };
}

type Documents = NonNullable<Exclude<Service['documents'], { unconfirmed: string }>>;

function documentsOf(documents: Documents, { documents: asked }: Answer, asking: Asking): Documents {
  const { items: _, like: __, none: ___, beside, ...rest } = documents;
  const items = asked.map(plain);
  const also = isUnconfirmed(beside)
    ? beside
    : beside?.filter((each) => asking.holds(each)).map((each) => free(each as typeof each & Restriction));
  return {
    ...rest,
    ...(items.length > 0 ? { items } : { none: true }),
    ...(also === undefined || (!isUnconfirmed(also) && also.length === 0) ? {} : { beside: also }),
  } as Documents;
}

/** The charges that apply, each as it is written: what they come to is told beside them. */
function feeOf(fee: Fee, { charges }: Answer['fee'], asking: Asking): Fee {
  const applies = new Set(charges.map(({ at }) => at));
  const { lines, surcharges, discounts, exemptions, payment, ...rest } = fee;
  const kept: Record<string, unknown> = {};
  for (const [key, list] of Object.entries({ lines, surcharges, discounts, exemptions })) {
    const some =
      list === undefined || isUnconfirmed(list)
        ? list
        : (list as readonly Written[]).filter(({ at }) => applies.has(at.self)).map(withoutCondition);
    if (some !== undefined && (isUnconfirmed(some) || some.length > 0)) kept[key] = some;
  }
  const ways = isUnconfirmed(payment)
    ? payment
    : payment?.filter(({ channel, at }) => asking.holds({ channel, at }) !== false);
  return { ...rest, ...kept, ...(ways === undefined ? {} : { payment: ways }) } as Fee;
}

type Written = Pick<FeeLine, 'condition' | 'at'>;
const withoutCondition = ({ condition: _, ...rest }: Written): Omit<Written, 'condition'> => rest;

/** The limit of this case alone. */
function deadlineOf(
  entry: Pick<Service, 'deadline'>,
  { limit }: Answer,
  asking: Asking,
): Pick<Service, 'deadline'> | object {
  const deadline = known(entry.deadline);
  if (!deadline || (deadline.byCase === undefined && deadline.byChannel === undefined && deadline.extra === undefined))
    return {};
  const { byCase: _, byChannel: __, extra, ...rest } = deadline;
  const more = isUnconfirmed(extra)
    ? extra
    : extra?.filter((each) => {
        const condition = each.case ?? each.office;
        return condition === undefined || asking.is(condition, each.at.self) === true;
      });
  const own = limit.of === 'case' && limit.limit !== undefined ? { limit: limit.limit } : {};
  const once = limit.of === 'case' && limit.immediate ? { immediate: true } : {};
  return {
    deadline: {
      ...rest,
      ...own,
      ...once,
      ...(more === undefined || (Array.isArray(more) && more.length === 0) ? {} : { extra: more }),
    },
  };
}

/** The documents of an answer that these names mean; undefined for a name that is none of them. */
export const documentNamed = (said: string, names: readonly string[]): string | undefined => {
  const found = sameName(said.trim(), names);
  return said.trim() !== '' && found.length === 1 ? found[0] : undefined;
};

// Whom to ask, and where: what a service does not say of its unit, the list of units of the office does.

import type { Office } from '../../content/schema/office.js';
import { known } from '../../content/schema/schema.js';
import type { Service } from '../../content/schema/service.js';
import { saysUnconfirmed } from '../../content/schema/tree.js';

/** Where a unit is and how it is reached, as far as that is known. */
export type UnitPlace = { readonly floor?: string; readonly telephone?: string; readonly extension?: string };

/**
 * Where the unit of a service is by the list of units: of one unit alone, and nothing that the service says itself. A
 * telephone of the service has an extension of its own or none.
 */
export function unitPlace(office: Office, { unit, contact }: Pick<Service, 'unit' | 'contact'>): UnitPlace {
  const said = known(contact);
  const roles = known(unit) ?? [];
  const names = new Set(said?.unit === undefined ? roles.map((role) => role.unit) : [said.unit]);
  const [name, ...others] = names;
  if (name === undefined || others.length > 0) return {};
  const found = (known(office.units) ?? []).find((each) => each.name === name || each.short === name);
  const sure = (text: string | undefined): string | undefined =>
    text === undefined || saysUnconfirmed(text) ? undefined : text;
  const floor = said?.floor === undefined ? sure(found?.floor) : undefined;
  const telephone = said?.telephone === undefined ? sure(found?.telephone) : undefined;
  const extension = said?.telephone === undefined && said?.extension === undefined ? sure(found?.extension) : undefined;
  return {
    ...(floor === undefined ? {} : { floor }),
    ...(telephone === undefined ? {} : { telephone }),
    ...(extension === undefined ? {} : { extension }),
  };
}

/** Where to go and whom to call: what the service says, else the list of units, the telephone at last that of the office. */
export function reachedAt(office: Office, service: Pick<Service, 'unit' | 'contact'>): UnitPlace {
  const said = known(service.contact);
  const unit = unitPlace(office, service);
  const [telephone, extension, floor] = [
    said?.telephone ?? unit.telephone ?? office.telephone,
    said?.extension ?? unit.extension,
    said?.floor ?? unit.floor,
  ];
  return {
    ...(floor === undefined ? {} : { floor }),
    ...(telephone === undefined ? {} : { telephone }),
    ...(extension === undefined ? {} : { extension }),
  };
}

// The service that was meant at the keyboard: by its id, its name, or a part of it that only one has.
import type { Service } from '../content/schema/service.js';
import { nearest } from '../core/nearest.js';
import { UserError } from '../core/terminal.js';

/** Throws UserError with the services there are. */
export function serviceNamed<T extends Pick<Service, 'id' | 'name'>>(written: string, services: readonly T[]): T {
  const said = written.trim();
  const exact = services.find(({ id, name }) => id === said || name === said);
  if (exact) return exact;
  const partly = said === '' ? [] : services.filter(({ name }) => name.includes(said));
  const [only, ...others] = partly;
  if (only && others.length === 0) return only;
  const some = partly.length > 0 ? partly : services;
  const near = nearest(
    said,
    services.flatMap(({ id, name }) => [id, name]),
  );
  const list = some.map(({ id, name }) => `${id}（${name}）`);
  throw new UserError({
    zh: `沒有「${written}」這項服務，${near ? `是不是「${near}」？` : ''}可選：${list.join('、')}。`,
    en: `There is no service "${written}"${near ? `; did you mean "${near}"?` : '.'} Choose: ${some.map(({ id, name }) => `${id} (${name})`).join(', ')}.`,
  });
}

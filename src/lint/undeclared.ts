// What every service must declare: documents, fee, deadline, authority and procedure. Silence is no declaration; 待確認 is one.

import { isUnconfirmed, type Unconfirmed } from '../content/schema/schema.js';
import type { Service } from '../content/schema/service.js';
import type { Say } from '../core/source.js';
import type { Found } from './rule.js';

type Declared = 'documents' | 'fee' | 'deadline' | 'authority' | 'procedure';
/** A service, or one of its variants. */
type Declaring = Pick<Service, Declared | 'unread'>;

/**
 * Reports the services that leave a field undeclared; what every variant declares need not be declared again. `declares`:
 * whether what is written declares something. A field that could not be read has its own fault already.
 */
export function reportUndeclared<Field extends Declared>(
  services: readonly Service[],
  field: Field,
  declares: (written: Exclude<Service[Field], Unconfirmed | undefined>) => boolean,
  { name, hint }: { name: Say; hint: Say },
  report: (found: Found) => void,
): void {
  const settled = (entry: Declaring): boolean => {
    const written = entry[field] as Service[Field];
    if (entry.unread.includes(field) || isUnconfirmed(written)) return true;
    // What could not be read in it is told at its place.
    if ((written as { unread?: readonly string[] } | undefined)?.unread?.length) return true;
    return written !== undefined && declares(written as Exclude<Service[Field], Unconfirmed | undefined>);
  };
  for (const service of services) {
    const variants = isUnconfirmed(service.variants) ? [] : (service.variants ?? []);
    if (settled(service) || (variants.length > 0 && variants.every(settled))) continue;
    report({
      span: service.at[field] ?? service.at.self,
      message: {
        zh: `「${service.name}」沒有寫明${name.zh}，每項服務都必須寫明。`,
        en: `"${service.name}" does not declare its ${name.en}; every service must.`,
      },
      hint,
    });
  }
}

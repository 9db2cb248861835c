// What an office with service standards says of itself.
import { known } from '../content/schema/schema.js';
import type { Say } from '../core/source.js';
import type { Found, Whole } from './rule.js';

/** Reports an office that has service standards, but none of these fields. `subject`: what they are about. */
export function reportMissingStandard(
  { handbook: { office } }: Whole,
  fields: readonly ('guide' | 'counter' | 'answer' | 'rings')[],
  { subject, hint }: { subject: Say; hint: Say },
  report: (found: Found) => void,
): void {
  const standards = known(office.standards);
  if (!standards || fields.some((field) => standards[field] !== undefined)) return;
  report({
    span: office.at.standards ?? office.at.self,
    message: {
      zh: `服務標準沒有寫${subject.zh}的標準。`,
      en: `The service standards say nothing on ${subject.en}.`,
    },
    hint,
  });
}

// What each paper owes its reader, so that the build can prove it from what was printed.
import type { RenderContext } from '../document/context.js';
import { forCitizens } from '../document/quiet.js';
import type { Sheet } from '../document/sheet.js';
import { owedBy, type Tells } from '../document/told-facts.js';

/** A paper with the facts that it must tell of the services it speaks of, where its output tells of services. */
export function owing(
  sheet: Sheet,
  tells: Tells | undefined,
  context: RenderContext & { proseTexts(markdown: string): string[] },
): Sheet {
  const { about } = sheet;
  const isRead = sheet.kind === 'page' || (sheet.kind === 'text' && sheet.file.endsWith('.html'));
  if (tells === undefined || !isRead) return sheet;
  const ids = about === undefined ? undefined : 'service' in about ? [about.service] : about.of;
  // What nobody knows yet is told in another way.
  const services = forCitizens(context).services.filter(({ id }) => ids === undefined || ids.includes(id));
  return { ...sheet, owes: services.flatMap((service) => owedBy(context, tells, service)) };
}

// The archive that an ODT or DOCX is: the same files make the same bytes, on every day and machine.
import { type Zippable, zipSync } from 'fflate';

/** The first day that a ZIP can tell. */
const NO_DAY = new Date(1980, 0, 1);

/** `plain`: files that are stored as they are, first in the archive. */
export function archiveOf(
  files: Readonly<Record<string, string>>,
  plain: Readonly<Record<string, string>> = {},
): Uint8Array {
  const encoder = new TextEncoder();
  const entries: Zippable = {};
  for (const [level, some] of [
    [0, plain],
    [9, files],
  ] as const)
    for (const [name, text] of Object.entries(some)) entries[name] = [encoder.encode(text), { level, mtime: NO_DAY }];
  return zipSync(entries);
}

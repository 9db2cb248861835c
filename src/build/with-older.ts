// What earlier builds left of the papers that this one leaves out.

import type { Left, Made } from './left-out.js';
import type { Stage } from './output-folder.js';
import { plainName } from './plan.js';
import type { BuiltFile, LeftOut, Unmade } from './result.js';

/** With what is left of each from earlier, also of papers that a service which cannot be read no longer asks for. */
export async function withOlder(
  leftOut: readonly Unmade[],
  left: Left,
  stage: Stage,
  files: readonly BuiltFile[],
  isAsked: (made: Made) => boolean,
): Promise<LeftOut[]> {
  const there = new Set([...files, ...leftOut].map(({ file }) => file));
  const broken = new Map(
    leftOut.flatMap((each) => (each.why === 'findings' && each.service ? [[each.service, each]] : [])),
  );
  const orphans = left
    .made((made) => made.service !== undefined && broken.has(made.service) && !there.has(made.file) && isAsked(made))
    .map(({ file, output, service }): Unmade => ({ ...(broken.get(service ?? '') as Unmade), output, file }));
  const all: LeftOut[] = [];
  const isMade = (file: string): boolean => files.some((made) => plainName(made.file) === plainName(file));
  for (const each of [...leftOut, ...orphans]) {
    if (all.some(({ file, because }) => file !== undefined && file === each.file && because.en === each.because.en))
      continue;
    const older = await left.of(each, stage, isMade);
    if (older.length > 0 || !orphans.includes(each)) all.push({ ...each, older });
  }
  return all;
}

// The stamp of a sheet, as the output that makes it writes it down.
import { loadFolder } from '../../src/read.js';
import type { Output } from '../../src/render.js';
import { readDeclaration, type Stamp } from '../../src/stamp.js';
import { kitFor, type Options } from './kit.js';

const outputs = await loadFolder<Output>(new URL('../../src/outputs/', import.meta.url));

/** Of the sheet of that id: of a service its poster. */
export function stampFrom(id: string, content: Record<string, string>, options: Options = {}): Stamp {
  const [posters, others] = [outputs.get('posters'), [...outputs.values()]];
  for (const output of [...(posters ? [posters] : []), ...others])
    for (const sheet of output.render(kitFor(content, options))) {
      if (sheet.kind !== 'page') continue;
      const stamp = readDeclaration(sheet.declares);
      if (stamp && stamp !== 'newer' && stamp.id === id) return stamp;
    }
  throw new Error(`no sheet ${id}`);
}

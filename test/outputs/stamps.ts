// The stamp of a sheet, as the output that makes it writes it down.
import { loadFolder } from '../../src/core/program-files.js';
import { readDeclaration, type Stamp } from '../../src/document/declaration.js';
import type { Output } from '../../src/document/output.js';
import { kitFor, type Options } from './kit.js';

const outputs = await loadFolder<Output>('outputs');

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

// Which papers two editions print differently: what has to be printed anew, what is new, and what on the wall is outdated, each with its code.
import type { Content } from '../content/read.js';
import { inBookOrder } from '../document/context.js';
import { factSigns, printedCode, readDeclaration, type Stamp } from '../document/declaration.js';
import { svgElement } from '../document/drawing.js';
import { rendered } from './compile.js';
import { openProject } from './project.js';
import { requestOf } from './request.js';

/** `before`, `after`: the codes at the foot of the old and of the new paper. */
export type PaperChange = {
  readonly output: string;
  /** Within the output folder. */
  readonly file: string;
  readonly name: string;
  readonly state: 'outdated' | 'new' | 'gone';
  readonly before?: string;
  readonly after?: string;
};

/** `approved`: the old edition was printed as final. Papers that say the same in both are left out, whatever their date. */
export async function papersChanged(
  before: Content,
  after: Content,
  approved: boolean,
  world: { cwd: string; env: Readonly<Record<string, string | undefined>>; root: boolean },
): Promise<PaperChange[]> {
  const [old, fresh] = [await stampsOf(before, approved, world), await stampsOf(after, false, world)];
  const changes: PaperChange[] = [];
  for (const [file, { stamp, output, name }] of fresh) {
    const then = old.get(file);
    if (!then) changes.push({ output, file, name, state: 'new', after: printedCode(stamp) });
    else if (factSigns(then.stamp) !== factSigns(stamp))
      changes.push({
        output,
        file,
        name,
        state: 'outdated',
        before: printedCode(then.stamp),
        after: printedCode(stamp),
      });
  }
  for (const [file, { stamp, output, name }] of old)
    if (!fresh.has(file)) changes.push({ output, file, name, state: 'gone', before: printedCode(stamp) });
  return changes;
}

type Paper = { readonly stamp: Stamp; readonly output: string; readonly name: string };

/** What every paper of a content declares, by file; nothing is drawn or printed. */
async function stampsOf(
  content: Content,
  final: boolean,
  world: { cwd: string; env: Readonly<Record<string, string | undefined>>; root: boolean },
): Promise<Map<string, Paper>> {
  const compilation = await openProject(content).refresh();
  const asked = await requestOf({ ...world, content: '', out: '', lang: 'zh' });
  const job = { ...compilation, selected: inBookOrder(compilation.handbook) };
  const all = await rendered(job, asked, async (diagrams) =>
    diagrams.map(({ id }) => ({ id, tree: svgElement('svg', {}), width: 1, height: 1 })),
  );
  const names = new Map(compilation.handbook.services.map(({ id, name }) => [id, name]));
  const found = new Map<string, Paper>();
  for (const { output, sheets } of all) {
    const summary = asked.outputs.get(output)?.summary.zh ?? output;
    for (const sheet of sheets) {
      if (sheet.kind === 'text') continue;
      const stamp = readDeclaration(sheet.declares);
      if (!stamp || stamp === 'newer') continue;
      const of = names.get(stamp.id);
      const title = summary.replace(/[：:（(].*$/, '').trim();
      found.set(sheet.file, {
        stamp: { ...stamp, ...(final ? { draft: false } : {}) },
        output,
        name: of === undefined ? title : `${title}・${of}`,
      });
    }
  }
  return found;
}

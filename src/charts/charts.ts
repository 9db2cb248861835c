// Every procedure of a book as a chart: drawn by the program itself, or by Mermaid where the author gave its text.

import { type Flow, type Procedure, proceduresOf } from '../content/procedure.js';
import type { Handbook } from '../content/schema/model.js';
import type { Translator } from '../content/schema/schema.js';
import { plainOf } from '../core/language.js';
import type { Chart } from '../document/context.js';
import type { Diagram, Drawing } from '../document/sheet.js';
import { flowInLanguages } from '../document/translate.js';
import { type Languages, type Word, wordIn } from '../document/words.js';
import type { ChartStyle } from '../theme/chart-theme.js';
import type { BuildTemplates } from '../theme/templates.js';
import { mermaidOf } from './mermaid.js';
import { type DrawOwn, openDrawing } from './own-charts.js';

/** The charts by the id of their service, or their own. What authors gave as Mermaid text is drawn all at once by `draw`, which answers in order. */
export async function chartsOf(
  handbook: Handbook,
  templates: BuildTemplates,
  { languages, translator }: { languages: Languages; translator: Translator | undefined },
  draw: (diagrams: readonly Diagram[]) => Promise<Drawing[]>,
): Promise<Map<string, Chart>> {
  const word = wordIn(templates.words, languages);
  const procedures = proceduresOf(handbook).map((written) => {
    const name = translator ? translator.text(written.name, written.at) : written.name;
    const flow = translator ? flowInLanguages(written.flow, translator) : written.flow;
    return {
      written: { ...written, name },
      flow,
      diagram: diagramOf({ ...written, name }, flow, templates.chart.style, word),
    };
  });
  const given = procedures.flatMap(({ diagram }) => (diagram.given ? [diagram] : []));
  const drawings = new Map((given.length > 0 ? await draw(given) : []).map((drawing) => [drawing.id, drawing]));
  const own = openDrawing(handbook, templates, word, translator);
  return new Map(
    procedures.map(({ written, flow, diagram }) => {
      const { id, name: title } = written;
      const steps = flow.nodes.length > 0 ? { flow } : {};
      const drawing = drawings.get(id);
      if (diagram.given && !drawing) throw new Error(`no drawing of ${id}`);
      const chart = { id, title, ...steps, diagram };
      return [id, drawing ? { ...chart, drawing } : drawnLate(chart, () => own(written, flow))];
    }),
  );
}

/** A chart that is drawn when it is first looked at: most papers print none, and a whole book has many. */
function drawnLate(chart: Omit<Chart, 'drawing' | 'wide' | 'onSheets'>, draw: () => ReturnType<DrawOwn>): Chart {
  let own: ReturnType<DrawOwn> | undefined;
  const drawn = (): ReturnType<DrawOwn> => {
    own ??= draw();
    return own;
  };
  return {
    ...chart,
    get drawing() {
      return drawn().drawing;
    },
    get wide() {
      return drawn().wide;
    },
    onSheets: (room, form) => drawn().onSheets?.(room, form),
  };
}

function diagramOf(
  { id, name, mermaid, service }: Procedure,
  flow: Flow,
  style: Omit<ChartStyle, 'numbered'>,
  word: Word,
): Diagram {
  const title = plainOf(name);
  if (mermaid !== undefined) return { id, title, mermaid, given: true };
  const words = { unconfirmed: word('unconfirmed'), between: word('between') };
  return { id, title, given: false, mermaid: mermaidOf(flow, { ...style, numbered: service !== undefined }, words) };
}

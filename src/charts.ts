// Every procedure of a book as a chart: its Mermaid text, drawn, and set in columns where the book says so.
import { type ColumnWords, columned } from './columns.js';
import { type ChartStyle, mermaidOf, type Procedure, proceduresOf } from './flow.js';
import type { Handbook } from './model.js';
import type { Chart, Diagram, Drawing } from './render.js';
import type { Lang } from './source.js';
import type { BuildTemplates } from './templates.js';

/**
 * The charts by the id of their service, or their own; drawn all at once by `draw`, which answers in order. `wide`: those
 * of the book are drawn from left to right too.
 */
export async function chartsOf(
  handbook: Handbook,
  templates: BuildTemplates,
  { lang, wide }: { lang: Lang; wide: boolean },
  draw: (diagrams: readonly Diagram[]) => Promise<Drawing[]>,
): Promise<Map<string, Chart>> {
  const procedures = proceduresOf(handbook);
  const columns = handbook.book.chartStyle === 'columns';
  const { style } = templates.chart;
  const diagrams = procedures.map((each) => diagramOf(each, { ...style, columns }, templates, lang));
  // No id of a content has a capital letter.
  const wideId = (id: string): string => `${id}-WIDE`;
  const lying = procedures
    .filter((each) => wide && each.service === undefined && each.mermaid === undefined)
    .map((each) => diagramOf({ ...each, id: wideId(each.id) }, templates.chart.lying, templates, lang));
  const drawings = await draw([...diagrams, ...lying]);
  const turned = new Map(drawings.slice(diagrams.length).map((drawing) => [drawing.id, drawing]));
  return new Map(
    procedures.map(({ id, name, flow }, i) => {
      const [diagram, drawing] = [diagrams[i], drawings[i]];
      if (!diagram || !drawing) throw new Error(`no drawing of ${id}`);
      const drawn =
        columns && !diagram.given
          ? columned(drawing, flow, columnWords(templates, lang), templates.chart.columns)
          : drawing;
      const lies = turned.get(wideId(id));
      const given = flow.nodes.length > 0 ? { flow } : {};
      return [id, { id, title: name, ...given, diagram, drawing: drawn, ...(lies ? { wide: lies } : {}) }];
    }),
  );
}

function diagramOf(
  { id, name, flow, mermaid, service }: Procedure,
  style: Omit<ChartStyle, 'numbered'>,
  templates: BuildTemplates,
  lang: Lang,
): Diagram {
  if (mermaid !== undefined) return { id, title: name, mermaid, given: true };
  const word = (key: string): string => templates.words[lang]?.[key] ?? '';
  const numbered = style.columns === true || service !== undefined;
  return {
    id,
    title: name,
    given: false,
    mermaid: mermaidOf(flow, { ...style, numbered }, { unconfirmed: word('unconfirmed'), between: word('between') }),
  };
}

function columnWords(templates: BuildTemplates, lang: Lang): ColumnWords {
  const word = (key: string): string => templates.words[lang]?.[key] ?? '';
  return {
    actor: word('column-actor'),
    flow: word('column-flow'),
    limit: word('column-limit'),
    unconfirmed: word('unconfirmed'),
    comma: word('list-comma'),
  };
}

// Every procedure of a book as a chart: its Mermaid text, drawn, and set in columns where the book says so.
import { type ColumnWords, columned } from './columns.js';
import { mermaidOf, type Procedure, proceduresOf } from './flow.js';
import type { Handbook } from './model.js';
import type { Chart, Diagram, Drawing } from './render.js';
import type { Lang } from './source.js';
import type { BuildTemplates } from './templates.js';

/** The charts by the id of their service, or their own; drawn all at once by `draw`, which answers in order. */
export async function chartsOf(
  handbook: Handbook,
  templates: BuildTemplates,
  lang: Lang,
  draw: (diagrams: readonly Diagram[]) => Promise<Drawing[]>,
): Promise<Map<string, Chart>> {
  const procedures = proceduresOf(handbook);
  const columns = handbook.book.chartStyle === 'columns';
  const diagrams = procedures.map((each) => diagramOf(each, templates, lang, columns));
  const drawings = await draw(diagrams);
  return new Map(
    procedures.map(({ id, name, flow }, i) => {
      const [diagram, drawing] = [diagrams[i], drawings[i]];
      if (!diagram || !drawing) throw new Error(`no drawing of ${id}`);
      const drawn =
        columns && !diagram.given
          ? columned(drawing, flow, columnWords(templates, lang), templates.chart.columns)
          : drawing;
      return [id, { id, title: name, ...(flow.nodes.length > 0 ? { flow } : {}), diagram, drawing: drawn }];
    }),
  );
}

function diagramOf(
  { id, name, flow, mermaid, service }: Procedure,
  templates: BuildTemplates,
  lang: Lang,
  columns: boolean,
): Diagram {
  if (mermaid !== undefined) return { id, title: name, mermaid, given: true };
  const word = (key: string): string => templates.words[lang]?.[key] ?? '';
  const style = { ...templates.chart.style, numbered: columns || service !== undefined, columns };
  return {
    id,
    title: name,
    given: false,
    mermaid: mermaidOf(flow, style, { unconfirmed: word('unconfirmed'), between: word('between') }),
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

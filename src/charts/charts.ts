// Every procedure of a book as a chart: its Mermaid text, drawn, and set in columns where the book says so.

import { type Procedure, proceduresOf } from '../content/procedure.js';
import type { Handbook } from '../content/schema/model.js';
import type { Translator } from '../content/schema/schema.js';
import { plainOf } from '../core/language.js';
import type { Chart } from '../document/context.js';
import type { Diagram, Drawing } from '../document/sheet.js';
import { flowInLanguages } from '../document/translate.js';
import { type Languages, type Word, wordIn } from '../document/words.js';
import type { ChartStyle } from '../theme/chart-theme.js';
import type { BuildTemplates } from '../theme/templates.js';
import { type ColumnWords, columned } from './columns.js';
import { mermaidOf } from './mermaid.js';

/**
 * The charts by the id of their service, or their own; drawn all at once by `draw`, which answers in order. `wide`: those
 * of the book are drawn from left to right too.
 */
export async function chartsOf(
  handbook: Handbook,
  templates: BuildTemplates,
  { languages, translator, wide }: { languages: Languages; translator: Translator | undefined; wide: boolean },
  draw: (diagrams: readonly Diagram[]) => Promise<Drawing[]>,
): Promise<Map<string, Chart>> {
  const word = wordIn(templates.words, languages);
  const procedures = proceduresOf(handbook).map((each) => (translator ? translatedProcedure(each, translator) : each));
  const columns = handbook.book.chartStyle === 'columns';
  const { style } = templates.chart;
  const diagrams = procedures.map((each) => diagramOf(each, { ...style, columns }, word));
  // No id of a content has a capital letter.
  const wideId = (id: string): string => `${id}-WIDE`;
  // Only Chinese can be set so narrow that no word is broken.
  const low =
    languages.lang === 'zh' && languages.second === undefined
      ? templates.chart.lying
      : { ...style, direction: templates.chart.lying.direction };
  const lying = procedures
    .filter((each) => wide && each.service === undefined && each.mermaid === undefined)
    .map((each) => diagramOf({ ...each, id: wideId(each.id) }, low, word));
  const drawings = await draw([...diagrams, ...lying]);
  const turned = new Map(drawings.slice(diagrams.length).map((drawing) => [drawing.id, drawing]));
  return new Map(
    procedures.map(({ id, name, flow }, i) => {
      const [diagram, drawing] = [diagrams[i], drawings[i]];
      if (!diagram || !drawing) throw new Error(`no drawing of ${id}`);
      // What could not be drawn has nothing to be set in columns.
      const drawn =
        columns && !diagram.given && drawing.tree.children.length > 0
          ? columned(drawing, flow, columnWords(word), templates.chart.columns)
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
  word: Word,
): Diagram {
  const title = plainOf(name);
  if (mermaid !== undefined) return { id, title, mermaid, given: true };
  const numbered = style.columns === true || service !== undefined;
  return {
    id,
    title,
    given: false,
    mermaid: mermaidOf(flow, { ...style, numbered }, { unconfirmed: word('unconfirmed'), between: word('between') }),
  };
}

/** The ways are found by the Chinese words of the steps; then they are said. */
const translatedProcedure = (procedure: Procedure, translator: Translator): Procedure => ({
  ...procedure,
  name: translator.text(procedure.name, procedure.at),
  flow: flowInLanguages(procedure.flow, translator),
});

function columnWords(word: Word): ColumnWords {
  return {
    actor: word('column-actor'),
    flow: word('column-flow'),
    limit: word('column-limit'),
    unconfirmed: word('unconfirmed'),
    comma: word('list-comma'),
  };
}

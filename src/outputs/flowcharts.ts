// The flowcharts as files: every chart as SVG, PNG and PDF, and its Mermaid source.

import { stepTexts } from '../content/procedure.js';
import type { Chart, RenderContext } from '../document/context.js';
import { declaration, stampOf } from '../document/declaration.js';
import { mermaidDeclaring } from '../document/declaration-in-file.js';
import type { Output } from '../document/output.js';
import type { About, Sheet } from '../document/sheet.js';

const SHOWS = ['chart'] as const;

export default {
  summary: { zh: '流程圖：SVG、PNG、PDF 與 Mermaid 原始碼', en: 'Flowcharts: SVG, PNG, PDF and their Mermaid source' },
  papers: [],
  declares: { of: 'charts', shows: SHOWS },
  render(context) {
    const { charts, selected, services } = context;
    // With --service only the charts of those services; otherwise the book's own charts too.
    const ids = new Set(selected.map((service) => service.id));
    const wanted = [...charts.values()].filter(({ id }) => selected.length === services.length || ids.has(id));
    const whose = (id: string): About => (services.some((each) => each.id === id) ? { service: id } : { of: [id] });
    return wanted.flatMap((chart) => filesOf(context, chart).map((sheet) => ({ ...sheet, about: whose(chart.id) })));
  },
} satisfies Output;

function filesOf(context: RenderContext, { id, flow, diagram, drawing }: Chart): Sheet[] {
  const { title } = diagram;
  const declares = declaration(
    stampOf(context, { sheet: 'flowcharts', id, shows: SHOWS, subject: { services: [id], charts: [id] } }),
  );
  const expects = flow ? stepTexts(flow) : [];
  const pictures = (['svg', 'png', 'pdf'] as const).map(
    (format): Sheet => ({
      kind: 'picture',
      file: `flowcharts/${id}.${format}`,
      drawing,
      format,
      title,
      date: context.date,
      declares,
      expects,
    }),
  );
  return [
    ...pictures,
    { kind: 'text', file: `flowcharts/${id}.mmd`, text: mermaidDeclaring(diagram.mermaid, declares) },
  ];
}

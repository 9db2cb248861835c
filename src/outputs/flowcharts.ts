// The flowcharts as files: every chart as SVG, PNG and PDF, and its Mermaid source.
import { stepTexts } from '../flow.js';
import type { Chart, Output, Sheet } from '../render.js';

export default {
  summary: { zh: '流程圖：SVG、PNG、PDF 與 Mermaid 原始碼', en: 'Flowcharts: SVG, PNG, PDF and their Mermaid source' },
  papers: [],
  render({ charts, selected, services, date }) {
    // With --service only the charts of those services; otherwise the book's own charts too.
    const ids = new Set(selected.map((service) => service.id));
    const wanted = [...charts.values()].filter(({ id }) => selected.length === services.length || ids.has(id));
    return wanted.flatMap((chart) => filesOf(chart, date));
  },
} satisfies Output;

function filesOf({ id, flow, diagram, drawing }: Chart, date: string): Sheet[] {
  const { title } = diagram;
  const expects = flow ? stepTexts(flow) : [];
  const pictures = (['svg', 'png', 'pdf'] as const).map(
    (format): Sheet => ({
      kind: 'picture',
      file: `flowcharts/${id}.${format}`,
      svg: drawing.svg,
      format,
      title,
      date,
      expects,
    }),
  );
  return [...pictures, { kind: 'text', file: `flowcharts/${id}.mmd`, text: diagram.mermaid }];
}

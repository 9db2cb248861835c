// How charts look: what `templates/chart.yaml` says, as data.
import type { Face } from './fonts.js';

/** `chart.yaml`: how charts look. `variables` and `flowchart` are Mermaid's names. */
export type ChartTheme = {
  font: string;
  variables: Record<string, string>;
  flowchart: Readonly<Record<string, unknown>>;
  css: string;
  /** The fonts of the office, which a page is given. */
  faces?: readonly Face[];
  /** The families of 楷體, where the office wants it: it does not come with the program. */
  kai?: string;
};

export type ChartStyle = {
  direction: 'TB' | 'LR';
  /** Prefix steps with their number in the step table. */
  numbered: boolean;
  /** Who and how long stand beside the chart, not in its boxes. */
  columns?: boolean;
  /** Full-width characters in a line of a box, of a diamond, of an edge label. */
  boxWidth: number;
  diamondWidth: number;
  edgeWidth: number;
};

/** Colours of the columns: ground of their head, lines, text. */
export type ColumnLook = { head: string; rule: string; text: string };

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
  /** Full-width characters in a line of a box, of a diamond, of an edge label. */
  boxWidth: number;
  diamondWidth: number;
  edgeWidth: number;
};

/** How a chart that the program draws itself looks: colours as CSS writes them, and the families of its type. */
export type ChartLook = {
  font: string;
  ink: string;
  line: string;
  box: string;
  /** Where a procedure begins and ends. */
  end: string;
  /** Decisions. */
  ask: string;
  askLine: string;
  /** Lines between lanes and rows, and the ground of their heads. */
  rule: string;
  head: string;
};

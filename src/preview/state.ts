// What the page of a preview is told: the sheets there are, what is wrong with the content, and a sheet to be looked at.
import type { Severity } from '../core/diagnostic.js';
import type { Fit } from '../print/in-page/fit.js';

/** A finding of lint and where it belongs. */
export type Finding = {
  severity: Severity;
  rule: string;
  path: string;
  /** 1-based; the column counts UTF-16 units. */
  line: number;
  column: number;
  message: string;
  hint?: string;
  /** The line it stands in; `from` and `to` are offsets into it. */
  code?: { text: string; from: number; to: number };
  /** The service or chapter it belongs to; none: office and book. */
  service?: string;
  chapter?: string;
  /** What the heading over the place may say on a sheet, the likeliest first. */
  headings: string[];
  /** What is written there. */
  quote?: string;
};

/** A sheet that can be looked at. `changed`: the edition that last made it another. */
export type Listed = { file: string; title: string; service?: string; changed: number };

export type State = {
  /** Counts whatever is new; `version` only what a save or a new drawing brought. */
  edition: number;
  version: number;
  title: string;
  office: string;
  draft: boolean;
  groups: { title: string; sheets: Listed[] }[];
  findings: Finding[];
  /** Ids of the services, and names of the chapters without `.md`, that are shown as they were before they broke. */
  stale: string[];
  /** Why nothing can be read at all. */
  fault?: string;
};

/** A sheet as the page shows it: a whole document, and `fit` as when it is printed. */
export type Shown =
  | { kind: 'paper'; html: string; fit?: Fit }
  | { kind: 'screen' | 'picture'; html: string }
  | { kind: 'fault'; message: string };

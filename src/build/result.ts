// What a build is asked for, and what it did.
import type { OpenCache } from '../core/cache.js';
import type { Diagnostic } from '../core/diagnostic.js';
import type { Say } from '../core/source.js';
import type { PreflightFault } from '../pdf/preflight/fault.js';
import type { Older } from './left-out.js';

/** What is asked for, as a person would write it. Folders may be relative to `cwd`. */
export type BuildOptions = {
  cwd: string;
  content: string;
  out: string;
  env: Readonly<Record<string, string | undefined>>;
  /** Whether this user is root, in whose hands the browser has no sandbox. */
  root: boolean;
  /** Names of outputs; all of them when there are none. */
  outputs?: readonly string[];
  /** Ids of the services that are given posters, notices and charts; all when left out. */
  services?: readonly string[];
  /** Files, names or titles of the chapters whose pages are printed by themselves too. */
  chapters?: readonly string[];
  paper?: string;
  landscape?: boolean;
  /** 「3」, "2.5 m". */
  distance?: string;
  /** 「en」, 「zh,en」; Chinese when left out. */
  lang?: string;
  sheets?: boolean;
  copies?: 1 | 2;
  /** For staff: with every 待確認 marked, the notes on how facts were checked and the list of what is open. */
  workingCopy?: boolean;
  mono?: boolean;
  booklet?: boolean;
  tile?: string;
  printShop?: boolean;
  /** 「2/4」. */
  shard?: string;
  /** Only what was approved is printed; else nothing is. */
  final?: boolean | undefined;
  /** The day of which fees are told, as a day is written in content; that of the edition if omitted. */
  asOf?: string | undefined;
  /** Everything that can be printed, in spite of errors and faults, marked as a draft. */
  force?: boolean;
  /** Use what was made before; true when left out. */
  cache?: boolean;
  /** Path of the browser that prints, or the address of one that runs elsewhere. */
  browser?: string;
  browserEndpoint?: string;
  signal?: AbortSignal;
  /** Gathers what is to be undone at once where the program ends before this has. */
  leaving?: Set<() => void>;
  progress?: (at: Progress) => void;
  /** Told what is to be known of this machine before a browser is opened. */
  remark?: (say: Say) => void;
  /** Told once all files are in place and nothing is amiss: from what they were made, for whoever wants to know it again. */
  whole?: (origin: Origin) => void;
};

export type Progress =
  | { step: 'read' }
  | { step: 'draw'; charts: number }
  /** `n`: 1-based. */
  | { step: 'print'; n: number; of: number; file: string };

/** `content`, `out` and `browser`, where one was named, are absolute; `from` names everything the files were made from. */
export type Origin = { cache: OpenCache; content: string; out: string; browser: string | undefined; from: string };

/** A file that is in place. Paths are relative to the output folder, with `/`; `size` in bytes, `digest` SHA-256 in base64url. */
export type BuiltFile = {
  file: string;
  output: string;
  size: number;
  digest: string;
  /** Of PDFs. */
  pages?: number;
  /** Sheets of the same paper, where what should hang as one takes more. */
  sheets?: number;
};

/**
 * What was asked for and is not there as it should be. `file` is left out where an output as a whole is refused.
 * `findings`: errors in its content · `too-long`: it does not fit its paper, or its chart does not · `faults`: what was
 * printed is not right · `template`: the office's own templates show it otherwise than content has it, which is not printed
 * for a draft either · `chart`: a chart of it cannot be drawn · `same-name`: another file has its name · `unknown`: nothing
 * that it would tell is known, which is as it should be · `program`: our own fault.
 */
export type LeftOut = {
  output: string;
  file?: string;
  /** The service whose own paper it is. */
  service?: string;
  why: 'findings' | 'too-long' | 'faults' | 'template' | 'chart' | 'same-name' | 'unknown' | 'program';
  /** A sentence on what is wrong and what would help. */
  because: Say;
  /** What an earlier build left in its place and beside it: taken away, or still there and older than the content. */
  older: readonly Older[];
};

/** What a build did. Plain values throughout. */
export type BuildResult = {
  /** The output folder as it was named. */
  out: string;
  files: readonly BuiltFile[];
  leftOut: readonly LeftOut[];
  /** Outputs that are not made in the languages asked for. */
  skipped: readonly { output: string; because: Say }[];
  /** Everything that lint says of the content. */
  diagnostics: readonly Diagnostic[];
  /** What the proof of the printed files found, in those that were left out too. */
  faults: readonly (PreflightFault & { file: string })[];
  /** Characters that no font has. */
  missing: readonly string[];
  /** The files are marked as a draft. */
  draft: boolean;
  /** How many values of the content are still 待確認. */
  unconfirmed: number;
  /** What else is to be known. */
  remarks: readonly Say[];
  /** 0: all that was asked for is in place; 1: something is not; 70: for a fault of the program. */
  exitCode: 0 | 1 | 70;
};

/** Before anyone has looked for what is left of it. */
export type Unmade = Omit<LeftOut, 'older'>;

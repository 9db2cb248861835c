// The schema of a procedure: who acts, for how long, and in which steps.
import { lazy, list, type Named, named, record } from './record.js';
import { flag, id, shorthand, text, verbatim } from './scalars.js';
import { doc, type Fields, type Located, type RecordOf, type Shape, type Unconfirmed } from './schema.js';
import { listMeant, pieces, type Tree } from './tree.js';

// ---------------------------------------------------------------- durations and roles

/** `day` is a calendar day (日、天), `workday` one on which offices are open. */
export type TimeUnit = 'second' | 'minute' | 'hour' | 'halfday' | 'day' | 'workday' | 'week' | 'month' | 'year';

/**
 * A length of time, or a range. `days`: those behind whole months or years (1 個月又 15 日). `printed` keeps the author's words:
 * 「工作日」 is never inferred.
 */
export type Duration = {
  readonly least?: number;
  readonly most: number;
  readonly unit: TimeUnit;
  readonly days?: number;
  readonly printed: string;
};
/** `examples`: two right ones of that very field. */
export const duration = (examples?: readonly [string, string]): Shape<Duration, true> =>
  shorthand(
    'duration',
    doc('期間（例如 3 工作日、30 分鐘、4–5 天）', 'a length of time such as 3 工作日 or 30 分鐘'),
    examples,
  );

/** Who acts: an office, a unit in it, a title, as far as they are known. `written` is the author's text. */
const roleFields = {
  office: { shape: verbatim(), doc: doc('其他機關；本機關免寫', 'another office; omit for one’s own') },
  unit: { shape: verbatim(), doc: doc('單位，須列於 office.yaml', 'unit, listed in office.yaml'), example: '秘書室' },
  titles: {
    shape: list(verbatim()),
    doc: doc('職稱，須列於 office.yaml', 'title, listed in office.yaml'),
    example: '書記官',
  },
  written: { shape: verbatim(), doc: doc('原文（由程式填入）', 'text as written (set by the program)') },
  note: { shape: text(), doc: doc('說明', 'note') },
} as const satisfies Fields;
const role = record(roleFields, {
  expected: doc('權責單位或職稱（例如 秘書室、書記官）', 'a unit or title'),
  short: 'role',
  value: 'role',
});
export const roles = list(role, { split: true });
export type Role = RecordOf<typeof roleFields>;

// ---------------------------------------------------------------- procedure

const KIND_OF_STEP = ['start', 'step', 'decision', 'document', 'subprocess', 'end'] as const;
export type StepKind = (typeof KIND_OF_STEP)[number];
/** The fields of a step that give its kind and its text at once: `判斷: 有無理由？`. */
export const STEP_KINDS: readonly StepKind[] = KIND_OF_STEP;

const linkFields = {
  to: { shape: id(), doc: doc('接到哪一步的編號', 'id of the step'), required: true },
  label: { shape: text(), doc: doc('線上的字', 'text on the line') },
} as const satisfies Fields;
const branchFields = {
  next: { shape: id(), doc: doc('接到哪一步的編號', 'id of the step it leads to') },
  steps: {
    shape: lazy(true, doc('步驟清單', 'steps'), (): Shape<readonly Step[], true> => stepList),
    doc: doc('這條路上的步驟', 'the steps of this way'),
  },
} as const satisfies Fields;
export type Branch = Located<{ readonly next?: string; readonly steps?: readonly Step[] | Unconfirmed }>;
const branch = record(branchFields, {
  expected: doc('步驟編號或步驟清單', 'a step id or steps'),
  short: 'branch',
  listAs: 'steps',
}) as unknown as Shape<Branch, true>;

const stepBase = {
  start: { shape: text(), doc: doc('開始', 'start') },
  step: { shape: text(), doc: doc('一個步驟', 'a step') },
  decision: { shape: text(), doc: doc('判斷（問句）', 'a decision') },
  document: { shape: text(), doc: doc('產生的文件', 'a document') },
  subprocess: { shape: text(), doc: doc('另有程序的步驟', 'a sub-procedure') },
  end: { shape: text(), doc: doc('結束', 'end') },
  id: { shape: id(), doc: doc('編號，供其他步驟接到這裡', 'id') },
  actor: { shape: roles, doc: doc('由誰做', 'who does it') },
  limit: { shape: duration(), doc: doc('多久', 'how long') },
  from: { shape: text(), doc: doc('自何時起算', 'counted from') },
  immediate: { shape: flag(), doc: doc('當場辦畢', 'done at once at the desk') },
  reaches: {
    shape: flag(),
    doc: doc(
      '這一步民眾會知道或收到（是），或只在機關裡（否）；未寫由程式判斷',
      'whether it reaches the applicant (yes) or stays within the office (no)',
    ),
  },
  client: { shape: text(), doc: doc('民眾同時要做的事', 'what the applicant does meanwhile'), example: '繳費' },
  fee: {
    shape: shorthand<{ readonly amount: number; readonly printed: string }>(
      'money',
      doc('金額（例如 100 元）', 'an amount such as 100 元'),
    ),
    doc: doc('這一步收的規費', 'what is paid at this step'),
    example: '100 元',
  },
  receives: { shape: list(text()), doc: doc('這一步收的證件', 'documents received') },
  forms: { shape: list(id()), doc: doc('這一步用的書表', 'forms used') },
  services: { shape: list(id()), doc: doc('子程序所指的服務編號', 'service this sub-procedure stands for') },
  note: { shape: text(), doc: doc('說明', 'note') },
  next: {
    shape: list(record(linkFields, { expected: doc('步驟編號', 'a step id'), short: 'link' })),
    doc: doc('接到哪一步', 'what comes next'),
  },
} as const satisfies Fields;
export type Step = RecordOf<typeof stepBase> & {
  readonly branches?: readonly Named<Branch>[] | Unconfirmed;
  readonly parallel?: readonly (readonly Step[])[] | Unconfirmed;
};
const stepFields = {
  ...stepBase,
  parallel: {
    shape: lazy(
      true,
      doc('各條並行的步驟', 'lists of steps'),
      (): Shape<readonly (readonly Step[])[], true> => list(stepList),
    ),
    doc: doc('同時進行的幾條路', 'ways that run side by side'),
  },
  branches: { shape: named(branch), doc: doc('分支：標示與去處', 'labelled branches') },
} as const satisfies Fields;
export const stepShape = record(stepFields, {
  expected: doc('一個步驟', 'a step'),
  short: 'step',
}) as unknown as Shape<Step, true>;
const steps = list(stepShape);
/** 「提出申請→收件→審查」 and lines of a text are steps one after another. */
export const stepList: Shape<readonly Step[], true> = {
  ...steps,
  read(tree, reading) {
    const lines = listMeant(tree);
    if (lines.kind !== 'scalar' || !/[^→]→[^→]/.test(lines.text)) return steps.read(lines, reading);
    const items = pieces(lines.text, lines.span, '→').map((piece): Tree => ({ kind: 'scalar', ...piece }));
    return steps.read({ kind: 'list', items, span: tree.span }, reading);
  },
};

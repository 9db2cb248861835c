// The charts that the program draws itself, without a browser: a service's in lanes, the book's own in layers.
import type { Flow, FlowNode, Procedure } from '../content/procedure.js';
import type { Handbook } from '../content/schema/model.js';
import { isUnconfirmed, known, type Translator } from '../content/schema/schema.js';
import type { Service } from '../content/schema/service.js';
import { isChinese, plainOf } from '../core/language.js';
import type { Chart } from '../document/context.js';
import { svgElement } from '../document/drawing.js';
import { formName } from '../document/facts/documents.js';
import { stepRows } from '../document/facts/steps.js';
import { type BookWording, clauses } from '../document/facts/text.js';
import { deadlineHeadline } from '../document/headlines.js';
import type { Drawing } from '../document/sheet.js';
import { inLanguages } from '../document/translate.js';
import type { Word } from '../document/words.js';
import type { BuildTemplates } from '../theme/templates.js';
import { drawingsOf, laidOut } from './lanes/lanes.js';
import { type Measure, openMeasure } from './lanes/measure.js';
import type { LaneWords } from './lanes/plan.js';
import { officeChart } from './layers/layers.js';

/** As wide as a page of A4 where its type is 9.5 pt, in px of a drawing whose type is 16 px. */
const PAGE = 811;
/** Higher than any chart. */
const ENDLESS = 1_000_000;

type Room = { width: number; height: number };
type Own = Pick<Chart, 'drawing' | 'wide' | 'onSheets'>;
/** What all charts of a book have in common. */
type Common = { handbook: Handbook; said: BookWording; words: LaneWords; measure: Measure; templates: BuildTemplates };

/** Draws one procedure of a book: `written` as its author wrote it, `flow` as it is printed. */
export type DrawOwn = (procedure: Procedure, flow: Flow) => Own;

export function openDrawing(
  handbook: Handbook,
  templates: BuildTemplates,
  word: Word,
  translator: Translator | undefined,
): DrawOwn {
  const printed = translator ? inLanguages(handbook, translator) : handbook;
  const common = {
    handbook,
    said: { word, handbook: printed, services: printed.services },
    words: wordsOf(word),
    measure: openMeasure(),
    templates,
  };
  return (procedure, flow) =>
    flow.nodes.length === 0
      ? { drawing: { id: procedure.id, tree: svgElement('svg', {}), width: 1, height: 1 } }
      : procedure.service
        ? ofService(common, procedure, flow, procedure.service)
        : ofOffice(common, procedure, flow);
}

const wordsOf = (word: Word): LaneWords => ({
  number: word('column-number'),
  actor: word('column-actor'),
  flow: word('column-flow'),
  limit: word('column-limit'),
  forms: word('column-forms'),
  unconfirmed: word('unconfirmed'),
  comma: word('list-comma'),
  fork: word('chart-fork'),
  join: word('chart-join'),
  to: (letter, steps) => word('chart-to', letter, steps),
  from: (letter, steps) => word('chart-from', letter, steps),
});

function ofService(common: Common, { id, name, flow: written }: Procedure, flow: Flow, service: Service): Own {
  const { handbook, said, words, measure, templates } = common;
  const asked = { written, clients: clientsOf(handbook, service), formsOf: formsIn(said) };
  const named = { id: `chart-${id}`, title: name, says: saying(said, flow) };
  const total = totalOf(said, id);
  const inColumns = handbook.book.chartStyle === 'columns';
  const drawn = (room: Room, columns: boolean, total: string | undefined): readonly Drawing[] | undefined => {
    const sheets = laidOut(flow, words, measure, { ...asked, ...room, total, columns: columns || inColumns });
    return sheets && drawingsOf(sheets, templates.chart.look, named).map((drawing) => ({ ...drawing, id }));
  };
  let drawing: Drawing | undefined;
  return {
    // A file of the chart declares the chart alone: what the whole may take is not on it.
    get drawing() {
      drawing ??= narrowest((room) => drawn(room, false, undefined));
      return drawing;
    },
    onSheets: (room, form) => drawn(room, form === 'columns', total),
  };
}

/** In lanes, as wide as it needs to be. */
function narrowest(drawn: (room: Room) => readonly Drawing[] | undefined): Drawing {
  for (let width = PAGE; width < 16 * PAGE; width *= 1.25) {
    const [drawing] = drawn({ width: Math.floor(width), height: ENDLESS }) ?? [];
    if (drawing) return drawing;
  }
  throw new Error('a chart that no width holds');
}

/** Full-width characters in a line of a box and of a word on a line, the wider first. */
const UPRIGHT = [
  { lies: false, box: 9, label: 6 },
  { lies: false, box: 6, label: 4 },
];
const LYING = [
  { lies: true, box: 7, label: 5 },
  { lies: true, box: 5, label: 4 },
];
/** Only Chinese can be set so narrow that no word is broken. */
const WIDER = 1.8;

function ofOffice(
  { handbook, said, words, measure, templates }: Common,
  { id, name, flow: written }: Procedure,
  flow: Flow,
): Own {
  const named = { id: `chart-${id}`, title: name, says: saying(said, flow) };
  const factor = isChinese(plainOf(words.flow)) && plainOf(words.flow) === words.flow ? 1 : WIDER;
  const draw = ({ lies, box, label }: (typeof UPRIGHT)[number]): Drawing => ({
    ...officeChart(
      flow,
      words,
      measure,
      { written, namesOf: namesIn(handbook, said.handbook) },
      templates.chart.look,
      { lies, box: box * factor, label: label * factor },
      named,
    ),
    id,
  });
  const [upright, lying] = [UPRIGHT.map(draw), LYING.map(draw)];
  const onSheets: NonNullable<Own['onSheets']> = ({ width, height }, form) => {
    const fitting = [...upright, ...lying].find((drawing) => drawing.width <= width && drawing.height <= height);
    if (fitting) return [fitting];
    const sheets = laidOut(flow, words, measure, {
      written,
      clients: [],
      formsOf: () => '',
      width,
      height,
      columns: form === 'columns',
    });
    return sheets && drawingsOf(sheets, templates.chart.look, named).map((drawing) => ({ ...drawing, id }));
  };
  return { drawing: upright[0] as Drawing, wide: lying[0] as Drawing, onSheets };
}

/** Every name of a unit or office, as it is printed. */
function namesIn(written: Handbook, printed: Handbook): (unit: string) => readonly string[] {
  const names = (handbook: Handbook): (string | undefined)[][] =>
    [...(known(handbook.office.units) ?? []), ...(known(handbook.office.offices) ?? [])].map((each) => [
      each.name,
      'short' in each ? each.short : undefined,
    ]);
  const all = [...names(written), ...names(printed)].map((each) => each.filter((name) => name !== undefined));
  return (unit) => [unit, ...all.filter((each) => each.includes(unit)).flat()];
}

/** Who may apply, and the parties that the office names. */
const clientsOf = ({ office }: Handbook, { applicant }: Service): string[] => [
  ...(known(applicant) ?? []).flatMap(({ who }) => who ?? []),
  ...(known(office.parties) ?? []),
];

const formsIn =
  (said: BookWording) =>
  ({ step: { forms } }: FlowNode): string =>
    forms === undefined
      ? ''
      : isUnconfirmed(forms)
        ? said.word('unconfirmed')
        : forms.map((form) => formName(said, form)).join(said.word('list-comma'));

/** When one hears, as the headlines say it; nothing where the service does not say so. */
function totalOf(said: BookWording, id: string): string | undefined {
  const service = said.services.find((each) => each.id === id);
  const deadline = service?.deadline;
  if (!service || deadline === undefined || isUnconfirmed(deadline)) return undefined;
  const { text, asked } = deadlineHeadline(said, service);
  return asked ? undefined : said.word('chart-total', clauses(said, [text, deadline.note]));
}

/** The steps in words, for whoever does not see the chart. */
function saying(said: BookWording, flow: Flow): string {
  return stepRows(said, flow)
    .map(({ number, text, actors, limit, next }) => {
      const duty = [actors, limit].filter(Boolean).join(said.word('between'));
      return `${number} ${text}${duty && said.word('brackets', duty)}${next.map((each) => ` ${each}`).join('')}`;
    })
    .join(said.word('clause-comma'));
}

// The papers of a revision: 修正總說明, which says why, and 修正對照表, which sets the revised beside the current text in three
// columns. What differs is underlined; every provision says what was done to it.
import type { Book, RevisionReason } from '../content/schema/book.js';
import { known } from '../content/schema/schema.js';
import { chineseNumber } from '../document/words.js';
import type { Block, Paragraph, Run } from '../office-files/document.js';
import type { FieldChange, ItemChange, Revision, SubjectChange } from './compare.js';
import { differencesIn, type Piece } from './differences.js';
import { folded } from './folded.js';
import { labelOf, textOf } from './meaning.js';

/** `word`: a printed word by its key, filled in. `day`: a day as it is printed. */
export type Wording = {
  readonly word: (key: string, ...values: (string | number)[]) => string;
  readonly day: (iso: string) => string;
};
export type Papers = { readonly general: readonly Block[]; readonly table: readonly Block[] };

/** `book`: that of the new edition, whose history and notes say what the revision is for. */
export function papersOf(revision: Revision, book: Book, wording: Wording, widths: readonly number[]): Papers {
  const title = revision.after.title || revision.before.title;
  return {
    general: generalOf(revision, book, title, wording),
    table: [
      said('title', wording.word('table-title', title)),
      ...(revision.subjects.length === 0
        ? [said('text', wording.word('nothing'))]
        : [
            {
              table: {
                widths,
                head: ['after', 'before', 'why'].map((side) => wording.word(`column-${side}`)),
                rows: revision.subjects.flatMap((subject) => rowsOf(subject, reasonsIn(book), wording)),
              },
            },
          ]),
    ],
  };
}

const said = (style: Paragraph['style'], text: string): Block => ({ paragraph: { style, runs: [{ text }] } });
const line = (text: string, style: Paragraph['style'] = 'text'): Paragraph => ({ style, runs: [{ text }] });

// ---------------------------------------------------------------- why

function generalOf(revision: Revision, book: Book, title: string, { word, day }: Wording): Block[] {
  const history = known(book.revisions) ?? [];
  const [first] = history;
  const latest = history.at(-1);
  const [issued, last] = [known(first?.date), known(latest?.date)];
  const times = history.length - 1;
  const begin = issued === undefined ? word('issued-unknown', title) : word('issued', title, day(issued));
  const amended =
    times < 1
      ? word('not-amended')
      : last === undefined
        ? word('amended-unknown', chineseNumber(times))
        : word('amended', chineseNumber(times), day(last));
  const purpose = latest?.purpose;
  const points = pointsOf(revision, book, word);
  return [
    said('title', word('general-title', title)),
    said('text', `${begin}${amended}`),
    said(
      'text',
      word('therefore', purpose === undefined ? word('purpose-open') : `${purpose.replace(/[。，]$/, '')}，`),
    ),
    ...points.map(({ what, where }, i) =>
      said('item', word('point', chineseNumber(i + 1), what.replace(/[。；]$/, ''), where)),
    ),
  ];
}

/** What is done, with the provisions in which it is: as the notes of the revision tell it, else subject by subject. */
function pointsOf({ subjects }: Revision, book: Book, word: Wording['word']): { what: string; where: string }[] {
  const reasons = reasonsIn(book);
  return subjects.map((subject) => {
    const fields = subject.fields.map(({ label }) => label).filter((label) => label !== '');
    const where = nameOf(subject, word);
    const own = reasons.filter((reason) => isAbout(reason, subject));
    const what =
      own.length > 0
        ? [...new Set(own.map(({ reason }) => reason ?? ''))].join('；')
        : subject.mark === 'added'
          ? word('whole-added')
          : subject.mark === 'removed'
            ? word('whole-removed')
            : fields.length > 0
              ? word('points-services', fields.join('、'))
              : subject.moved
                ? word('whole-moved')
                : word('points-services', where);
    return { what, where };
  });
}

const reasonsIn = (book: Book): readonly RevisionReason[] => known(known(book.revisions)?.at(-1)?.reasons) ?? [];

/** Whether a note is about a service or chapter; one that names none is about the office and the book. */
function isAbout({ services, file }: RevisionReason, { kind, before, after, of }: SubjectChange): boolean {
  const ids = [before?.id, after?.id, of].filter((id) => id !== undefined);
  if (kind === 'chapter')
    return file !== undefined && ids.some((id) => id.replace(/\.md$/, '') === file.replace(/\.md$/, ''));
  if (kind === 'service' || kind === 'variant') return (services ?? []).some((id) => ids.includes(id));
  return services === undefined && file === undefined;
}
/** Whether it is about a field of it, by any of the names of the field; one that names none is about all. */
const isOfField = ({ item }: RevisionReason, { name, label }: Pick<FieldChange, 'name' | 'label'>): boolean =>
  item === undefined ||
  [name, label, labelOf(name)].some((each) => each !== '' && folded(item).startsWith(folded(each)));

const nameOf = ({ before, after, of }: SubjectChange, word: Wording['word']): string => {
  const name = (after ?? before)?.name ?? '';
  return of === undefined ? name : word('of-service', of, name);
};

// ---------------------------------------------------------------- the table

type Row = readonly (readonly Paragraph[])[];

/** A row a field; a whole that came or went is one row. */
function rowsOf(subject: SubjectChange, reasons: readonly RevisionReason[], wording: Wording): Row[] {
  const { word } = wording;
  const own = reasons.filter((reason) => isAbout(reason, subject));
  const title = nameOf(subject, word);
  if (subject.mark !== 'changed') {
    const isNew = subject.mark === 'added';
    const whole = subject.fields.flatMap((field) => wholeField(field, isNew, word));
    const full = [marked('heading', title, true), ...whole];
    const why = [
      line(word(isNew ? 'whole-added' : 'whole-removed')),
      ...whyLines(own, subject.effect === 'heavier', wording),
    ];
    return [isNew ? [full, [], why] : [[line(word('deleted-here'))], full, why]];
  }
  const rows = subject.fields.map((field): Row => {
    const cells = fieldCells(field, word);
    const heading = [title, field.label].filter((each) => each !== '').join('　');
    const notes = own.filter((reason) => isOfField(reason, field));
    return [
      [line(heading, 'heading'), ...cells.after],
      [line(heading, 'heading'), ...cells.before],
      [...cells.marks.map((text) => line(text)), ...whyLines(notes, field.effect === 'heavier', wording)],
    ];
  });
  const { before, after, renamed, moved } = subject;
  const told = [
    ...(moved ? [word('whole-moved')] : []),
    ...(renamed && before && after && before.name !== after.name ? [word('renamed', before.name)] : []),
  ];
  if (told.length === 0 || !before || !after) return rows;
  const names = differencesIn(before.name, after.name);
  return [
    [
      [{ style: 'heading', runs: runsOf(names.after) }],
      [{ style: 'heading', runs: runsOf(names.before) }],
      [...told.map((text) => line(text)), ...(rows.length === 0 ? whyLines(own, false, wording) : [])],
    ],
    ...rows,
  ];
}

/** A field of what is wholly new, or gone. */
function wholeField({ label, items }: FieldChange, isNew: boolean, word: Wording['word']): Paragraph[] {
  const texts = items.map(({ before, after }) => (isNew ? after : before)?.text ?? '');
  return [
    ...(label === '' ? [] : [marked('text', label, true)]),
    ...texts.map((text, i) => marked('item', `${numbered(i + 1, texts.length, word)}${text}`, true)),
  ];
}
const marked = (style: Paragraph['style'], text: string, underlined: boolean): Paragraph => ({
  style,
  runs: [{ text, ...(underlined ? { underlined } : {}) }],
});

/** （三）; one alone has no number. */
const numbered = (n: number, of: number, word: Wording['word']): string =>
  of === 1 ? '' : word('in-brackets', chineseNumber(n));

/** A field of so many entries stands whole; of longer ones what did not change is told in a line. */
const WHOLE = 8;

function fieldCells(
  { items }: FieldChange,
  word: Wording['word'],
): { after: Paragraph[]; before: Paragraph[]; marks: string[] } {
  const [olds, news] = [items.filter(({ before }) => before), items.filter(({ after }) => after)];
  const inOld = [...olds].sort((a, b) => placeIn(a) - placeIn(b));
  const number = (item: ItemChange, side: 'before' | 'after'): string =>
    side === 'after'
      ? numbered(news.indexOf(item) + 1, news.length, word)
      : numbered(inOld.indexOf(item) + 1, olds.length, word);
  const runs = (item: ItemChange, side: 'before' | 'after'): Run[] => {
    const [text, other] = [item[side]?.text ?? '', item[side === 'after' ? 'before' : 'after']?.text];
    if (item.mark === 'same' || item.mark === 'moved') return [{ text }];
    if (other === undefined) return [{ text, underlined: true }];
    const pieces = differencesIn(item.before?.text ?? '', item.after?.text ?? '');
    return runsOf(pieces[side]);
  };
  const cell = (list: readonly ItemChange[], side: 'before' | 'after'): Paragraph[] => {
    const paragraphs: Paragraph[] = [];
    for (let i = 0; i < list.length; i += 1) {
      const item = list[i] as ItemChange;
      let same = 0;
      while (list.length > WHOLE && list[i + same]?.mark === 'same') same += 1;
      if (same > 2) {
        const [first, last] = [number(item, side), number(list[i + same - 1] as ItemChange, side)];
        paragraphs.push(line(word('run-same', word('from-to', first, last)), 'item'));
        i += same - 1;
      } else paragraphs.push({ style: 'item', runs: [{ text: number(item, side) }, ...runs(item, side)] });
    }
    return paragraphs.map(withoutEmpty);
  };
  const marks = items.flatMap((item) => markOf(item, number(item, 'before'), number(item, 'after'), word));
  const rest = items.some(({ mark }) => mark === 'same') ? [word('rest-same')] : [];
  return { after: cell(news, 'after'), before: cell(inOld, 'before'), marks: [...marks, ...rest] };
}

/** Where an entry stood: that of the old list, which `items` keep for what has not moved. */
const placeIn = ({ before }: ItemChange): number => before?.place ?? 0;
const withoutEmpty = ({ style, runs }: Paragraph): Paragraph => ({
  style,
  runs: runs.filter(({ text }) => text !== ''),
});
const runsOf = (pieces: readonly Piece[]): Run[] =>
  pieces.map(({ text, same }) => ({ text, ...(same ? {} : { underlined: true }) }));

function markOf({ mark, moved }: ItemChange, before: string, after: string, word: Wording['word']): string[] {
  switch (mark) {
    case 'added':
      return [word('item-added', after)];
    case 'removed':
      return [word('item-removed', before)];
    case 'moved':
      return [word('item-moved', before, after)];
    case 'changed':
      return [moved ? word('item-moved-changed', before, after) : word('item-changed', after)];
    case 'same':
      return [];
  }
}

/** The reasons from the notes; what is heavier without one says so. */
function whyLines(reasons: readonly RevisionReason[], heavier: boolean, { word }: Wording): Paragraph[] {
  const lines = reasons.flatMap(({ reason, basis }) => [
    ...(reason === undefined ? [] : [line(word('reason', reason))]),
    ...(basis && basis.length > 0 ? [line(word('basis', basis.map((each) => textOf(each)).join('、')))] : []),
  ]);
  const open = heavier && !reasons.some(({ reason, basis }) => reason !== undefined && (basis ?? []).length > 0);
  return open ? [...lines, line(word('reason-missing'))] : lines;
}

/** What is heavier for the citizen and has no reason with its basis in the notes of the last revision. */
export function unexplained({ subjects }: Revision, book: Book): { subject: string; field: string }[] {
  const reasons = reasonsIn(book).filter(({ basis }) => (basis ?? []).length > 0);
  return subjects.flatMap((subject) => {
    const own = reasons.filter((reason) => isAbout(reason, subject));
    const name = (subject.after ?? subject.before)?.name ?? '';
    if (subject.mark !== 'changed')
      return subject.effect === 'heavier' && own.length === 0 ? [{ subject: name, field: '' }] : [];
    return subject.fields.flatMap((field) =>
      field.effect === 'heavier' && !own.some((reason) => isOfField(reason, field))
        ? [{ subject: name, field: field.label }]
        : [],
    );
  });
}

// Reads what the pages of a PDF show: follows their operators to every character, its ink, its size, its tag and what
// cuts it.
import { setImmediate } from 'node:timers/promises';
import { type PDFDict, type PDFDocument, type PDFPageLeaf, PDFStream } from '@cantoo/pdf-lib';
import { bytesOf, contentOf, operatorsOf, textOfStream } from './content-stream.js';
import { crowdedIn } from './crowding.js';
import { type Font, readFont, type Spend } from './fonts.js';
import { ALL, type Box, boxIn, type Matrix, matrixIn, meets, overlap, times, turned, UNIT } from './geometry.js';
import {
  type Colour,
  inGroup,
  isBroad,
  isKnownSpace,
  linesOf,
  Path,
  painted,
  ringOf,
  START,
  type State,
  UNKNOWN,
  withLook,
} from './graphics-state.js';
import { colourOf, type Paint, type Rgb, type Ring } from './ink.js';
import { arrayAt, dictAt, nameAt, numberAt, textAt, valueAt } from './objects.js';
import { type Mark, type PageContent, PageText } from './page-content.js';

/** The pages in order. Throws where a page cannot be read. */
export function readPages(pdf: PDFDocument): PageContent[] {
  const fonts = new Map<PDFDict, Font>();
  return pdf.getPages().map(({ node }, index) => readPage(node, index + 1, fonts));
}

/**
 * The same, page by page: between two of them the program hears whether it is to end. `crowding`: also what is crowded,
 * which nobody else asks for.
 */
export async function readPagesInTurn(pdf: PDFDocument, crowding = false): Promise<PageContent[]> {
  const fonts = new Map<PDFDict, Font>();
  const pages: PageContent[] = [];
  for (const { node } of pdf.getPages()) {
    await setImmediate();
    pages.push(readPage(node, pages.length + 1, fonts, crowding));
  }
  return pages;
}

/** Operators and characters of a page, each as often as it is drawn; a map of a town has some hundred thousand. */
const MOST_WORK = 3_000_000;
/** Operators that a drawing costs beside its own. */
export const DRAWING = 20;
/** Drawings within drawings. One that holds itself is not drawn again. */
const DEEPEST = 20;

function readPage(node: PDFPageLeaf, page: number, fonts: Map<PDFDict, Font>, crowding = false): PageContent {
  const content: PageContent = {
    page,
    box: shownOf(node),
    runs: [],
    words: new Map(),
    unseen: [],
    seen: '',
    loose: false,
  };
  let left = MOST_WORK;
  const spend: Spend = (work) => {
    left -= work;
    if (left < 0) throw new Error('a page draws without end');
  };
  const text = new PageText(content, numberAt(node, 'UserUnit') ?? 1, spend);
  const marks: Paint[] | undefined = crowding ? [] : undefined;
  const reading: Reading = { content, text, paints: [], marks, fonts, drawings: new Map(), spend };
  follow(contentOf(node), new ContentReader(reading, node.Resources(), START, UNMARKED, []));
  text.judge(reading.paints);
  if (marks) content.crowded = crowdedIn(text.placed(), marks);
  return content;
}

function shownOf(node: PDFPageLeaf): Box {
  let box = boxIn(node.MediaBox()) ?? ([0, 0, 0, 0] as const);
  for (const inner of [node.CropBox(), node.TrimBox()].map(boxIn))
    if (inner && meets(box, inner)) box = overlap(box, inner);
  return box;
}

/** A page while it is read. `marks`: as `paints`, thin lines too; `fonts`: of the whole file; `drawings`: what they draw, as text. */
type Reading = {
  content: PageContent;
  text: PageText;
  paints: Paint[];
  marks: Paint[] | undefined;
  fonts: Map<PDFDict, Font>;
  drawings: Map<PDFStream, string>;
  spend: Spend;
};

const UNMARKED: Mark = { spoken: undefined, piece: undefined, instead: undefined };

/** A content stream, the page's own or that of a drawing, while it is followed. */
class ContentReader {
  state: State;
  /** Whether the path will be one to clip by. */
  clips = false;
  path = new Path();
  readonly #saved: State[] = [];
  readonly #marks: Mark[];
  readonly #spaces = { fill: '/DeviceGray', stroke: '/DeviceGray' };
  #line: Matrix = UNIT;
  #pen: Matrix = UNIT;

  /** `within`: the drawings that this one stands in, itself the last. */
  constructor(
    readonly reading: Reading,
    readonly resources: PDFDict | undefined,
    start: State,
    around: Mark,
    readonly within: readonly PDFStream[],
  ) {
    this.state = start;
    this.#marks = [around];
  }

  set(change: Partial<State>): void {
    this.state = { ...this.state, ...change };
  }

  save(): void {
    this.#saved.push(this.state);
  }

  restore(): void {
    this.state = this.#saved.pop() ?? this.state;
  }

  /** What is written or painted here belongs to the page: is it told what it is? */
  #touch(): void {
    if ((this.#mark().spoken ?? 'untagged') === 'untagged') this.reading.content.loose = true;
  }

  // -------------------------------------------------------------------------------------------------------- areas

  colour(what: 'fill' | 'stroke', colour: Rgb | undefined): void {
    this.set({ [what]: { ...this.state[what], colour } });
  }

  /** `cs`: a new space begins with black. */
  space(what: 'fill' | 'stroke', space: string): void {
    this.#spaces[what] = space;
    this.colour(what, isKnownSpace(space, this.resources) ? [0, 0, 0] : undefined);
  }

  /** `sc` and its like: in the space that was set, where its numbers are those of a known one. */
  colourInSpace(what: 'fill' | 'stroke', numbers: readonly string[]): void {
    const known = isKnownSpace(this.#spaces[what], this.resources);
    this.colour(what, known ? colourOf(numbers.map(Number)) : undefined);
  }

  paintArea(rings: readonly Ring[], colour: Colour, more: Partial<Paint> = {}): void {
    const paint = painted(rings, colour, this.state, more);
    if (!paint) return;
    this.reading.paints.push(paint);
    this.reading.marks?.push(paint);
  }

  /** Lines thinner than text hide none of it. */
  #paintLines(rings: readonly Ring[]): void {
    const { state, reading } = this;
    const broad = isBroad(state);
    if (!broad && !reading.marks) return;
    for (const line of linesOf(rings, state)) {
      const paint = painted([line], state.stroke, state);
      if (!paint) continue;
      if (broad) reading.paints.push(paint);
      reading.marks?.push(paint);
    }
  }

  paintPath(operator: string): void {
    this.#touch();
    const { rings } = this.path;
    if (/^[fFBb]/.test(operator)) this.paintArea(rings, this.state.fill, { evenOdd: operator.endsWith('*') });
    if (/^[sSBb]/.test(operator)) this.#paintLines(rings);
    this.endPath();
  }

  endPath(): void {
    if (this.clips) this.state = this.path.clip(this.state);
    this.clips = false;
    this.path = new Path();
  }

  /** `sh`: as far as the clip reaches. */
  paintShading(): void {
    this.#touch();
    this.paintArea([ringOf(overlap(this.state.clip, this.reading.content.box))], UNKNOWN);
  }

  /** A picture, in the square that the matrix makes of one unit. */
  paintPicture(hides = false): void {
    this.#touch();
    const more = hides ? { picture: true, hides } : { picture: true };
    this.paintArea([ringOf([0, 0, 1, 1], this.state.ctm)], UNKNOWN, more);
  }

  draw(name: string): void {
    const drawing = valueAt(dictAt(this.resources, 'XObject'), name);
    if (!(drawing instanceof PDFStream)) return;
    if (nameAt(drawing.dict, 'Subtype') === 'Form') this.#drawForm(drawing);
    else this.#drawPicture(drawing);
  }

  #drawPicture(drawing: PDFStream): void {
    const whole = !['SMask', 'Mask', 'ImageMask'].some((each) => valueAt(drawing.dict, each) !== undefined);
    const { veiled, clipped, fill } = this.state;
    this.paintPicture(whole && !veiled && !clipped && fill.alpha > 0.95);
  }

  #drawForm(drawing: PDFStream): void {
    if (this.within.length > DEEPEST || this.within.includes(drawing)) return;
    const { dict } = drawing;
    const ctm = times(this.state.ctm, matrixIn(arrayAt(dict, 'Matrix')));
    const frame = boxIn(arrayAt(dict, 'BBox'));
    const clip = overlap(this.state.clip, frame ? turned(ctm, frame) : ALL);
    const state = dictAt(dict, 'Group') ? inGroup(this.state) : this.state;
    this.reading.spend(DRAWING);
    const { drawings } = this.reading;
    const text = drawings.get(drawing) ?? textOfStream(drawing);
    drawings.set(drawing, text);
    const resources = dictAt(dict, 'Resources') ?? this.resources;
    const within = [...this.within, drawing];
    follow(text, new ContentReader(this.reading, resources, { ...state, ctm, clip }, this.#mark(), within));
  }

  // --------------------------------------------------------------------------------------------------------- text

  placeLine(matrix: Matrix): void {
    this.#line = matrix;
    this.#pen = matrix;
  }

  newLine(x: number, y: number): void {
    this.placeLine(times(this.#line, [1, 0, 0, 1, x, y]));
  }

  font(name: string, size: number): void {
    const { fonts, spend } = this.reading;
    const dict = dictAt(dictAt(this.resources, 'Font'), name);
    let font = dict && fonts.get(dict);
    if (dict && !font) {
      font = readFont(dict, spend);
      fonts.set(dict, font);
    }
    this.set({ font, size });
  }

  show(bytes: string): void {
    const { state, reading } = this;
    const { font, size, characterGap, wordGap, stretch, ctm } = state;
    if (!font || bytes === '') return;
    reading.spend(bytes.length);
    this.#touch();
    const showing = reading.text.show(state, font, this.#mark());
    for (let i = 0; i + font.bytes <= bytes.length; i += font.bytes) {
      const code = font.bytes === 2 ? (bytes.charCodeAt(i) << 8) | bytes.charCodeAt(i + 1) : bytes.charCodeAt(i);
      const drawn = font.drawn(code);
      const matrix = times(ctm, this.#pen);
      const gap = characterGap + (drawn.isSpace ? wordGap : 0);
      if (font.vertical) this.#advance(0, -size - gap);
      else this.#advance((drawn.width * size + gap) * stretch, 0);
      reading.text.add(showing, drawn, matrix, reading.paints.length);
    }
  }

  /** `TJ`: texts, and between them thousandths of an em to go back by. */
  showSpaced(operands: readonly string[]): void {
    for (const each of operands)
      if (/^[(<]/.test(each)) this.show(bytesOf(each));
      else if (each !== '[' && each !== ']') {
        const by = (-(Number(each) || 0) / 1000) * this.state.size;
        if (this.state.font?.vertical) this.#advance(0, by);
        else this.#advance(by * this.state.stretch, 0);
      }
  }

  #advance(x: number, y: number): void {
    const [a, b, c, d, e, f] = this.#pen;
    this.#pen = [a, b, c, d, a * x + c * y + e, b * x + d * y + f];
  }

  // ------------------------------------------------------------------------------------------------ marked content

  #mark(): Mark {
    return this.#marks.at(-1) ?? UNMARKED;
  }

  /** What is not said anew holds as around it. */
  beginMark(operands: readonly string[]): void {
    const { words } = this.reading.content;
    const own = markOf(operands, this.resources, this.within.length === 0);
    if (own.piece !== undefined && !words.has(own.piece)) words.set(own.piece, '');
    const { spoken, piece, instead } = this.#mark();
    this.#marks.push({
      spoken: own.spoken ?? spoken,
      piece: own.piece ?? piece,
      instead: own.instead ?? instead,
    });
  }

  endMark(): void {
    if (this.#marks.length > 1) this.#marks.pop();
  }
}

/** What an operator does, by its operands: as numbers (0 for what is none), and as they are written. */
type Operation = (reader: ContentReader, number: (i: number) => number, operands: readonly string[]) => void;

const matrixOf = (number: (i: number) => number): Matrix => [
  number(0),
  number(1),
  number(2),
  number(3),
  number(4),
  number(5),
];
const nameOf = ([operand = '']: readonly string[]): string => operand.slice(1);
const each = (names: string, operation: Operation): [string, Operation][] =>
  names.split(' ').map((name) => [name, operation]);

/** ISO 32000, annex A; what is not here changes nothing that is looked for. */
const OPERATIONS: ReadonlyMap<string, Operation> = new Map<string, Operation>([
  ['q', (reader) => reader.save()],
  ['Q', (reader) => reader.restore()],
  ['cm', (reader, number) => reader.set({ ctm: times(reader.state.ctm, matrixOf(number)) })],
  ['w', (reader, number) => reader.set({ width: number(0) })],
  [
    'gs',
    (reader, _, operands) => {
      reader.state = withLook(reader.state, dictAt(dictAt(reader.resources, 'ExtGState'), nameOf(operands)));
    },
  ],

  ...each('g rg k', (reader, _, operands) => reader.colour('fill', colourOf(operands.map(Number)))),
  ...each('G RG K', (reader, _, operands) => reader.colour('stroke', colourOf(operands.map(Number)))),
  ['cs', (reader, _, [space = '']) => reader.space('fill', space)],
  ['CS', (reader, _, [space = '']) => reader.space('stroke', space)],
  ...each('sc scn', (reader, _, operands) => reader.colourInSpace('fill', operands)),
  ...each('SC SCN', (reader, _, operands) => reader.colourInSpace('stroke', operands)),

  ['m', ({ path, state }, n) => path.reach(state.ctm, n(0), n(1), true)],
  ['l', ({ path, state }, n) => path.reach(state.ctm, n(0), n(1))],
  ['c', ({ path, state }, n) => path.bend(state.ctm, n(0), n(1), n(2), n(3), n(4), n(5))],
  // The one control point that is written stands for both: near enough for what is inside.
  ['v', ({ path, state }, n) => path.bend(state.ctm, n(0), n(1), n(0), n(1), n(2), n(3))],
  ['y', ({ path, state }, n) => path.bend(state.ctm, n(0), n(1), n(2), n(3), n(2), n(3))],
  ['re', ({ path, state }, n) => path.rectangle(state.ctm, n(0), n(1), n(2), n(3))],
  ...each('W W*', (reader) => {
    reader.clips = true;
  }),
  ['n', (reader) => reader.endPath()],
  ...['f', 'F', 'f*', 'S', 's', 'B', 'B*', 'b', 'b*'].map((name): [string, Operation] => [
    name,
    (reader) => reader.paintPath(name),
  ]),
  ['sh', (reader) => reader.paintShading()],
  ['ID', (reader) => reader.paintPicture()],
  ['Do', (reader, _, operands) => reader.draw(nameOf(operands))],

  ['BT', (reader) => reader.placeLine(UNIT)],
  ['Tf', (reader, number, operands) => reader.font(nameOf(operands), number(1))],
  ['Tm', (reader, number) => reader.placeLine(matrixOf(number))],
  ['Td', (reader, number) => reader.newLine(number(0), number(1))],
  [
    'TD',
    (reader, number) => {
      reader.set({ leading: -number(1) });
      reader.newLine(number(0), number(1));
    },
  ],
  ['TL', (reader, number) => reader.set({ leading: number(0) })],
  ['T*', (reader) => reader.newLine(0, -reader.state.leading)],
  ['Tc', (reader, number) => reader.set({ characterGap: number(0) })],
  ['Tw', (reader, number) => reader.set({ wordGap: number(0) })],
  ['Tz', (reader, number) => reader.set({ stretch: number(0) / 100 })],
  ['Ts', (reader, number) => reader.set({ rise: number(0) })],
  ['Tr', (reader, number) => reader.set({ mode: number(0) })],
  ['Tj', (reader, _, [text = '']) => reader.show(bytesOf(text))],
  ['TJ', (reader, _, operands) => reader.showSpaced(operands)],
  [
    "'",
    (reader, _, [text = '']) => {
      reader.newLine(0, -reader.state.leading);
      reader.show(bytesOf(text));
    },
  ],
  [
    '"',
    (reader, number, [, , text = '']) => {
      reader.set({ wordGap: number(0), characterGap: number(1) });
      reader.newLine(0, -reader.state.leading);
      reader.show(bytesOf(text));
    },
  ],

  ...each('BMC BDC', (reader, _, operands) => reader.beginMark(operands)),
  ['EMC', (reader) => reader.endMark()],
]);

function follow(content: string, reader: ContentReader): void {
  const { spend } = reader.reading;
  spend(content.length / 32);
  for (const { name, operands } of operatorsOf(content)) {
    spend(1);
    OPERATIONS.get(name)?.(reader, (i) => Number(operands[i]) || 0, operands);
  }
}

function markOf([tag = '', ...list]: readonly string[], resources: PDFDict | undefined, ofPage: boolean): Mark {
  let piece: number | undefined;
  let instead: string | undefined;
  if (list[0]?.startsWith('/')) {
    const named = dictAt(dictAt(resources, 'Properties'), nameOf(list));
    piece = numberAt(named, 'MCID');
    instead = textAt(named, 'ActualText');
  } else {
    const number = Number(list[list.indexOf('/MCID') + 1]);
    if (list.includes('/MCID') && Number.isInteger(number)) piece = number;
    const text = list.includes('/ActualText') ? list[list.indexOf('/ActualText') + 1] : undefined;
    instead = text === undefined ? undefined : decoded(bytesOf(text));
  }
  return {
    spoken: tag === '/Artifact' ? 'artifact' : piece !== undefined ? 'tagged' : undefined,
    // The numbers of a drawing's own pieces are not the page's.
    piece: ofPage ? piece : undefined,
    instead: instead === undefined ? undefined : { text: instead },
  };
}

/** A text string, a byte to a character: UTF-16 behind its mark, else one byte a character. */
const decoded = (bytes: string): string =>
  bytes.startsWith('\u00FE\u00FF')
    ? Buffer.from(bytes.slice(2, bytes.length - (bytes.length % 2)), 'latin1')
        .swap16()
        .toString('utf16le')
    : bytes;

// What a page shows, put together glyph by glyph: lines of text, the words of each piece of marked content, and the ink
// by which it is told what nobody sees.
import type { Crowded, Placed } from './crowding.js';
import { type Drawn, type Font, type Spend, SQUARE } from './fonts.js';
import { type Box, holds, isArea, type Matrix, onto, overlap, turned, union } from './geometry.js';
import type { State } from './graphics-state.js';
import { type Ink, type Paint, type Unseen, unseenOf } from './ink.js';

/** A character and the middle of the square it stands in. */
export type Glyph = { text: string; x: number; y: number };
/** Characters of one line and one size. */
export type Run = {
  glyphs: Glyph[];
  /** pt, on paper. */
  size: number;
  /** All ink together. */
  box: Box;
  /** A glyph that no font has is among them. */
  missing: boolean;
  /** A frame on the page, smaller than the page, cuts some of the ink away, or all. */
  cut: boolean;
  /** What the tags call it: read aloud, passed over, or neither. */
  spoken: Spoken;
};
export type Spoken = 'tagged' | 'artifact' | 'untagged';

export type PageContent = {
  /** 1-based. */
  page: number;
  /** What is seen of the page; where it is to be trimmed, what is left of it. */
  box: Box;
  runs: Run[];
  /** The words of marked content, by its number; none for what is but drawn. */
  words: Map<number, string>;
  /** Texts that nobody sees, in the colour of their ground, covered, or set to be invisible. */
  unseen: { why: Unseen; text: string }[];
  /** Every character that is seen, in the order of the content. */
  seen: string;
  /** Something is painted, or written, that is neither tagged nor passed over. */
  loose: boolean;
  /** What cannot be read as what it says, where that is asked. */
  crowded?: Crowded[];
};

/**
 * Marked content we are in, with what holds of all around it. `piece`: its number in the structure; `instead`: what it
 * is read as.
 */
export type Mark = {
  spoken: Spoken | undefined;
  piece: number | undefined;
  instead: { readonly text: string } | undefined;
};

/**
 * pt of ink that a frame may take unseen: a third of a millimetre. Chromium sets glyphs at whole px (0.75 pt), so the last may
 * stand out by half, and the serif of a y by a twentieth of its size (0.6 pt at 12).
 */
const CUT = 0.9;

/** A text as one operator shows it. */
type Showing = {
  state: State;
  font: Font;
  mark: Mark;
  spoken: Spoken;
  look: Pick<Ink, 'colour' | 'alpha' | 'invisible'>;
  /** Stands for the run that invisible text has not. */
  text: object;
};

/** Where a glyph stands: its matrix, where in that its origin is, and both ends of its advance on the page. */
type Place = {
  matrix: Matrix;
  left: number;
  base: number;
  startsAt: readonly [number, number];
  endsAt: readonly [number, number];
  size: number;
};

/** A run, and where it would go on. */
type Line = { run: Run; matrix: Matrix; end: readonly [number, number] };

/** The text of a page while it is read. */
export class PageText {
  readonly #content: PageContent;
  readonly #unit: number;
  readonly #spend: Spend;
  /** `of`: the run, or what stands for one of invisible text. */
  readonly #inks: (Ink & { of: object; em: number })[] = [];
  #last: Line | undefined;
  /** What stands for the text that is written now, and has been said. */
  #replaced: Mark['instead'];

  /** `unit`: pt of the page's own unit. */
  constructor(content: PageContent, unit: number, spend: Spend) {
    this.#content = content;
    this.#unit = unit;
    this.#spend = spend;
  }

  /** To be given to `add` with each glyph of the text. */
  show(state: State, font: Font, mark: Mark): Showing {
    // Filled and outlined: seen by either.
    const { colour, alpha } = state.mode % 4 === 1 ? state.stroke : state.fill;
    const look = {
      colour: state.veiled || state.mode % 4 === 2 ? undefined : colour,
      alpha: alpha * state.through,
      invisible: state.mode === 3 || state.mode === 7,
    };
    return { state, font, mark, spoken: mark.spoken ?? 'untagged', look, text: {} };
  }

  /** `after`: how many areas have been painted by now. */
  add(showing: Showing, drawn: Drawn, matrix: Matrix, after: number): void {
    const { state, mark, spoken, look } = showing;
    const text = this.#textOf(drawn, mark);
    const place = this.#placeOf(showing, drawn, matrix);
    const before = this.#continued(spoken, place);
    if (!drawn.ink) {
      if (!before || look.invisible) return;
      before.run.glyphs.push({ text: ' ', x: place.startsAt[0], y: place.startsAt[1] });
      before.end = place.endsAt;
      return;
    }
    const box = inkOf(drawn.ink, place, state);
    const visible = overlap(overlap(box, state.clip), this.#content.box);
    const of = look.invisible ? showing.text : this.#addToRun(showing, drawn, place, before, text, box);
    this.#inks.push({ ...look, of, text, box: visible, after, em: place.size / this.#unit });
  }

  /** What a glyph is read as. Also says it in the words of the marked content. */
  #textOf({ text: own, missing }: Drawn, { piece, instead }: Mark): string {
    let text = own;
    if (instead !== undefined && !missing) {
      text = this.#replaced === instead ? '' : instead.text;
      this.#spend(text.length);
      this.#replaced = instead;
    }
    const { words } = this.#content;
    if (piece !== undefined) words.set(piece, (words.get(piece) ?? '') + text);
    return text;
  }

  #placeOf({ state, font }: Showing, { width }: Drawn, matrix: Matrix): Place {
    const em = state.size;
    // A glyph that is written downwards has its origin above its middle; ISO 32000, 9.7.4.3.
    const [left, base] = font.vertical ? [(-width / 2) * em, -SQUARE[3] * em] : [0, state.rise];
    return {
      matrix,
      left,
      base,
      startsAt: onto(matrix, left, base),
      endsAt: onto(matrix, left + width * em * state.stretch, base),
      size: Math.hypot(matrix[2], matrix[3]) * Math.abs(em) * this.#unit,
    };
  }

  /** The run before, where this place goes on with it. */
  #continued(spoken: Spoken, { matrix, size, startsAt }: Place): Line | undefined {
    const last = this.#last;
    const goesOn =
      last &&
      last.run.spoken === spoken &&
      Math.abs(last.run.size - size) < 0.01 &&
      Math.abs(last.matrix[0] - matrix[0]) < 0.001 &&
      Math.abs(last.matrix[1] - matrix[1]) < 0.001 &&
      Math.hypot(startsAt[0] - last.end[0], startsAt[1] - last.end[1]) < (size / this.#unit) * 1.2;
    return goesOn ? last : undefined;
  }

  #addToRun(
    { state, spoken }: Showing,
    { width, missing }: Drawn,
    { matrix, left, base, endsAt, size }: Place,
    before: Line | undefined,
    text: string,
    box: Box,
  ): Run {
    const em = state.size;
    const square = turned(matrix, [left, base + SQUARE[1] * em, left + width * em, base + SQUARE[3] * em]);
    const glyph: Glyph = { text, x: (square[0] + square[2]) / 2, y: (square[1] + square[3]) / 2 };
    // What the page's own edge cuts is told of the page.
    const cut = !holds(state.clip, overlap(box, this.#content.box), CUT);
    if (before) {
      const { run } = before;
      run.glyphs.push(glyph);
      run.box = union(run.box, box);
      run.missing ||= missing;
      run.cut ||= cut;
      before.end = endsAt;
      return run;
    }
    const run: Run = { glyphs: [glyph], size, box, missing, cut, spoken };
    this.#content.runs.push(run);
    this.#last = { run, matrix, end: endsAt };
    return run;
  }

  /** Every glyph with the line that it stands in. */
  placed(): Placed[] {
    const lineOf = ({ of, text }: { of: object; text: string }): string =>
      'glyphs' in of ? (of as Run).glyphs.map((each) => each.text).join('') : text;
    return this.#inks.map((ink) => ({ ...ink, line: () => lineOf(ink) }));
  }

  /** When all is read: tells of each glyph whether it is seen. */
  judge(paints: readonly Paint[]): void {
    const { unseen } = this.#content;
    const why = unseenOf(this.#inks, paints);
    let seen = '';
    let before: object | undefined;
    for (const [i, { of, text, box, invisible }] of this.#inks.entries()) {
      const reason = why[i];
      const latest = unseen.at(-1);
      if (reason && latest && before === of && latest.why === reason) latest.text += text;
      else if (reason) unseen.push({ why: reason, text });
      else if (!invisible && isArea(box)) seen += text;
      before = reason && of;
    }
    this.#content.seen = seen;
  }
}

/** The box around the ink of a glyph, on the page. */
function inkOf([left, bottom, right, top]: Box, place: Place, { size: em, stretch }: State): Box {
  return turned(place.matrix, [
    place.left + left * em * stretch,
    place.base + bottom * em,
    place.left + right * em * stretch,
    place.base + top * em,
  ]);
}

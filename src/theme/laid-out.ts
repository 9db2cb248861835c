// What is known of a page as a browser has laid it out.

/** px. */
export type Box = { left: number; top: number; right: number; bottom: number };

/** A text that is seen, in the order in which it is read. */
export type LaidText = {
  text: string;
  all: Box;
  lines: Box[];
  /** It says what something else is: the name of a field, the head of a column, a heading. */
  label: boolean;
  /** It stands among facts, in a list, a table or a chart, or names one. */
  held: boolean;
  drawn: boolean;
  /** A number in it begins on one line and ends on the next. */
  broken?: true;
  /** As it is computed. */
  colour: string;
  /** Which element of the document it stands in. */
  place: number;
  /** Which cell of all bodies of tables it stands in. */
  cell?: number;
  /** Of a text in a group, a field with its value or a line of a table: which one. */
  group?: number;
};

/** A coloured ground, of the element at `place`; what is in that ends at `end`. */
export type Ground = { place: number; end: number; box: Box; colour: string };

/**
 * A shape of a chart, or the number before an item of a list. `text`: of what it is a part; `seen`: whether anybody sees
 * it; `width`: of its line, in px.
 */
export type Drawn = { text: string; seen: boolean; width: number };

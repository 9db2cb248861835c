// A chart in the three columns of an official procedure, 權責單位｜作業流程｜作業期限: who and how long move out of the boxes
// to the edges, each at the height of its step.
import { type Flow, type FlowNode, roleText } from '../content/procedure.js';
import { plainOf } from '../core/language.js';
import { type SvgElement, svgElement } from '../document/drawing.js';
import { fullWidthsOf, labelLines } from '../document/line-breaking.js';
import type { Drawing } from '../document/sheet.js';
import type { ColumnLook } from '../theme/chart-theme.js';

export type ColumnWords = { actor: string; flow: string; limit: string; unconfirmed: string; comma: string };

/** Sizes in px of the drawing, whose text is 16 px: the height of a line and of the head, the room beside a text. */
const LINE = 20;
const HEAD = 40;
const BESIDE = 14;
/** Steps whose middles are closer than this stand in one row. */
const SAME_ROW = 10;
/** Full-width characters in a line at the edge: as few as keep the rows apart. */
const NARROWEST = 7;
const WIDEST = 14;

type Row = { y: number; actors: string[]; limits: string[] };

/** Adds the columns to a drawing of `flow`, whose boxes say only what is done. */
export function columned(drawing: Drawing, flow: Flow, words: ColumnWords, look: ColumnLook): Drawing {
  const { properties, children } = drawing.tree;
  const styled = children.findIndex((child) => child.type === 'element' && child.tagName === 'style');
  if (styled === -1) throw new Error(`the drawing of ${drawing.id} is not as the printer trims it`);
  const [left = 0, top = 0, across = 0, down = 0] = (properties.viewBox ?? '').split(' ').map(Number);
  const rows = rowsOf(drawing, flow, words);
  const [actors, limits] = [
    edge(
      rows.map(({ y, actors: texts }) => ({ y, texts })),
      words.actor,
    ),
    edge(
      rows.map(({ y, limits: texts }) => ({ y, texts })),
      words.limit,
    ),
  ];
  const width = Math.ceil(actors.width + across + limits.width);
  const height = Math.ceil(HEAD + down);
  const right = actors.width + across;
  const rule = (d: string): SvgElement => svgElement('path', { fill: 'none', stroke: look.rule, d });
  const text = (x: number, y: number, line: string, weight = 400): SvgElement =>
    svgElement(
      'text',
      {
        x: round(x),
        y: round(y),
        'text-anchor': 'middle',
        'font-size': 16,
        'font-weight': weight,
        fill: look.text,
      },
      line,
    );
  const lines = ({ cells }: Edge, x: number): SvgElement[] =>
    cells.flatMap((cell) =>
      cell.lines.map((line, i) =>
        // A line of 16 px stands 5.5 px above its middle.
        text(x, HEAD + cell.y - top + 5.5 + (i - (cell.lines.length - 1) / 2) * LINE, line),
      ),
    );
  // A chart that goes on to further sheets has its head on each of them (split.ts).
  const headed = svgElement(
    'g',
    { class: 'head', 'data-height': HEAD },
    svgElement('rect', { fill: look.head, x: 0.5, y: 0.5, width: width - 1, height: HEAD }),
    rule(`M0.5 ${HEAD + 0.5}V0.5H${width - 0.5}V${HEAD + 0.5}Z`),
    rule(`M${round(actors.width)} 0.5V${HEAD}M${round(right)} 0.5V${HEAD}`),
    text(actors.width / 2, HEAD / 2 + 5.5, plainOf(words.actor), 700),
    text(actors.width + across / 2, HEAD / 2 + 5.5, plainOf(words.flow), 700),
    text(right + limits.width / 2, HEAD / 2 + 5.5, plainOf(words.limit), 700),
  );
  const tree = svgElement(
    'svg',
    { ...properties, width, height, viewBox: `0 0 ${width} ${height}` },
    ...children.slice(0, styled + 1),
    headed,
    rule(`M0.5 ${HEAD}V${height - 0.5}H${width - 0.5}V${HEAD}`),
    rule(`M${round(actors.width)} ${HEAD}V${height - 0.5}M${round(right)} ${HEAD}V${height - 0.5}`),
    ...lines(actors, actors.width / 2),
    ...lines(limits, right + limits.width / 2),
    svgElement(
      'g',
      { transform: `translate(${round(actors.width - left)}, ${round(HEAD - top)})` },
      ...children.slice(styled + 1),
    ),
  );
  return { ...drawing, tree, width, height };
}

const round = (n: number): number => Number(n.toFixed(2));

/** The steps of the drawing in rows from the top, each with what stands at its edges. */
function rowsOf({ tree }: Drawing, flow: Flow, words: ColumnWords): Row[] {
  const nodes = new Map(flow.nodes.map((node) => [node.id, node]));
  const placed = stepsIn(tree)
    .flatMap(({ id, x, y }) => {
      const node = nodes.get(id);
      return node ? [{ node, x, y }] : [];
    })
    .sort((a, b) => a.y - b.y);
  const groups: (typeof placed)[] = [];
  for (const each of placed) {
    const last = groups.at(-1);
    if (last?.[0] && each.y - last[0].y < SAME_ROW) last.push(each);
    else groups.push([each]);
  }
  return groups.map((group) => {
    const inOrder = group.sort((a, b) => a.x - b.x).map(({ node }) => node);
    return {
      y: group[0]?.y ?? 0,
      actors: saidOf(inOrder, (node) => node.actors.map(roleText).filter(Boolean).join(words.comma)),
      limits: saidOf(inOrder, (node) => node.limit?.printed ?? (node.limitOpen ? words.unconfirmed : '')),
    };
  });
}

/** The boxes of steps as Mermaid draws them, each with its middle. */
function stepsIn({ tagName, properties, children }: SvgElement): { id: string; x: number; y: number }[] {
  const id = /^.*-flowchart-(.+)-\d+$/.exec(properties.id ?? '')?.[1];
  const [, x, y] = /^translate\(([-\d.]+), ([-\d.]+)\)/.exec(properties.transform ?? '') ?? [];
  const isStep = tagName === 'g' && properties.class?.startsWith('node') && id !== undefined && x !== undefined;
  return [
    ...(isStep ? [{ id, x: Number(x), y: Number(y) }] : []),
    ...children.flatMap((child) => (child.type === 'element' ? stepsIn(child) : [])),
  ];
}

/** What the steps of a row say; where they do not say the same, each with its number. */
function saidOf(nodes: readonly FlowNode[], say: (node: FlowNode) => string): string[] {
  const said = nodes.map((node) => ({ number: node.number, text: say(node) })).filter(({ text }) => text !== '');
  const texts = [...new Set(said.map(({ text }) => text))];
  if (texts.length < 2 && (said.length === nodes.length || nodes.length < 2)) return texts;
  return said.map(({ number, text }) => (number === undefined ? text : `${number}.\u2002${text}`));
}

type Edge = { width: number; cells: { y: number; lines: string[] }[] };

/** A column of texts, as narrow as it can be without one row running into the next. */
function edge(rows: readonly { y: number; texts: readonly string[] }[], title: string): Edge {
  const wrapped = (most: number) =>
    rows.map(({ y, texts }) => ({ y, lines: texts.flatMap((text) => labelLines(text, most)) }));
  const apart = (cells: Edge['cells']): boolean => {
    const given = cells.filter(({ lines }) => lines.length > 0);
    return given.every(({ y, lines }, i) => {
      const before = given[i - 1];
      return !before || y - before.y >= ((lines.length + before.lines.length) / 2) * LINE;
    });
  };
  let most = NARROWEST;
  while (most < WIDEST && !apart(wrapped(most))) most += 1;
  const cells = wrapped(most);
  const longest = Math.max(fullWidthsOf(plainOf(title)), ...cells.flatMap(({ lines }) => lines.map(fullWidthsOf)));
  return { width: longest * 16 + 2 * BESIDE, cells };
}

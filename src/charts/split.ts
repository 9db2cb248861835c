// A chart too tall for its sheet, cut into pieces between its steps: the lines that are cut run on at the same place of
// the next piece. Knows the drawings of ours as they are trimmed (`print/in-page/trim.ts`), with the columns that `columns.ts` adds.
import { type SvgElement, type SvgNode, svgElement, svgText } from '../document/drawing.js';
import type { Drawing } from '../document/sheet.js';

/** From top to bottom, in px of the drawing. */
type Extent = { top: number; bottom: number };

/** Between a cut and a step, in px: room for the head of an arrow. */
const APART = 8;

/**
 * The drawing in as few pieces as can be, of about equal height and at most `height` px each; with columns, each has
 * their head. Nothing where it cannot be cut so: a step is taller, or steps beside one another leave no gap.
 */
export function piecesOf(drawing: Drawing, height: number): Drawing[] | undefined {
  const { properties, children } = drawing.tree;
  const [left = 0, top = 0, width = 0, down = 0] = (properties.viewBox ?? '').split(' ').map(Number);
  const parts = children.filter((child) => child.type === 'element');
  const style = parts.find(({ tagName }) => tagName === 'style');
  const head = parts.find((part) => part.properties.class === 'head');
  if (!style || !(down > 0)) return undefined;
  const begin = top + Number(head ? head.properties['data-height'] : 0);
  const end = top + down;
  const cuts = gapsOf(solidsIn(parts, 0), begin, end);
  const most = height - (begin - top);

  // The best way to each place: as few pieces as can be, then as even as can be.
  type Way = { lines: number[]; cost: number };
  const ways: { at: number; way: Way }[] = [{ at: begin, way: { lines: [begin], cost: 0 } }];
  for (const at of [...cuts, end]) {
    let found: Way | undefined;
    for (const before of ways) {
      const tall = at - before.at;
      // A piece more costs more than any unevenness.
      const cost = before.way.cost + 1 + (tall / (end - begin)) ** 2;
      if (tall <= most && (!found || cost < found.cost)) found = { lines: [...before.way.lines, at], cost };
    }
    if (found) ways.push({ at, way: found });
  }
  const reached = ways.at(-1);
  if (reached?.at !== end) return undefined;
  const { lines } = reached.way;
  const count = lines.length - 1;

  const content = parts.filter((part) => part !== head && !['style', 'title', 'desc'].includes(part.tagName));
  const title = parts.find(({ tagName }) => tagName === 'title');
  return lines.slice(1).map((bottom, i) => {
    const from = lines[i] ?? begin;
    const tall = Math.ceil(begin - top + bottom - from);
    const shown = { y: round(begin), width, height: round(bottom - from) };
    const view = svgElement(
      'svg',
      { ...shown, viewBox: [left, round(from), width, round(bottom - from)].join(' ') },
      ...content.flatMap((part) => within(part, { top: from, bottom }, 0)),
    );
    const piece = svgElement(
      'svg',
      { ...properties, height: tall, viewBox: [left, top, width, tall].join(' ') },
      svgElement('title', {}, `${title ? svgText(title) : ''} ${i + 1}/${count}`),
      style,
      ...(head ? [head] : []),
      view,
    );
    // The pieces stand in one document, each with ids of its own.
    const id = properties.id ?? '';
    return { ...drawing, tree: renamed(piece, id, `${id}-${i + 1}`), height: tall };
  });
}

const round = (n: number): number => Number(n.toFixed(2));

/** With another beginning of all ids, and of what refers to them. */
function renamed(element: SvgElement, from: string, to: string): SvgElement {
  const follow = (text: string): string => text.replaceAll(`#${from}`, `#${to}`);
  return {
    ...element,
    properties: Object.fromEntries(
      Object.entries(element.properties).map(([name, value]) => [
        name,
        name === 'id' && value.startsWith(from) ? to + value.slice(from.length) : follow(value),
      ]),
    ),
    children: element.children.map((child) => {
      if (child.type === 'element') return renamed(child, from, to);
      return element.tagName === 'style' ? { ...child, value: follow(child.value) } : child;
    }),
  };
}

const downOf = ({ properties }: SvgElement): number =>
  Number(/^translate\(\s*[-\d.]+[\s,]+([-\d.]+)/.exec(properties.transform ?? '')?.[1] ?? 0);

/** What may not be cut: steps, the labels of lines, and texts beside the chart. */
const isSolid = ({ tagName, properties }: SvgElement): boolean =>
  tagName === 'text' || /(^| )(node|edgeLabel)( |$)/.test(properties.class ?? '');

function solidsIn(nodes: readonly SvgNode[], y: number): Extent[] {
  return nodes.flatMap((node) => {
    if (node.type === 'text' || node.tagName === 'style' || node.properties.class === 'head') return [];
    if (isSolid(node)) return extentOf(node, y) ?? [];
    return solidsIn(node.children, y + downOf(node));
  });
}

function extentOf(element: SvgElement, y: number): Extent | undefined {
  const down = y + downOf(element);
  const ys = ownHeights(element).map((own) => down + own);
  for (const child of element.children) {
    const inner = child.type === 'text' ? undefined : extentOf(child, down);
    if (inner) ys.push(inner.top, inner.bottom);
  }
  const [first] = ys;
  if (first === undefined) return undefined;
  const widest = (one: Extent, y: number): Extent => ({ top: Math.min(one.top, y), bottom: Math.max(one.bottom, y) });
  return ys.reduce(widest, { top: first, bottom: first });
}

/** The heights that a shape reaches, before its own transform. */
function ownHeights({ tagName, properties }: SvgElement): number[] {
  const number = (name: string): number => Number(properties[name] ?? 0);
  switch (tagName) {
    case 'rect':
      return [number('y'), number('y') + number('height')];
    case 'circle':
      return [number('cy') - number('r'), number('cy') + number('r')];
    case 'text':
      // 16 px above and 5 px below its line.
      return [number('y') - 16, number('y') + 5];
    case 'polygon':
      return (properties.points ?? '')
        .split(/[\s,]+/)
        .map(Number)
        .filter((_, i) => i % 2 === 1);
    case 'path':
      return [...(properties.d ?? '').matchAll(/([A-Z])([^A-Za-z]*)/g)].flatMap(([, command = '', rest]) => {
        const numbers = (rest?.match(/-?\d*\.?\d+(?:e-?\d+)?/g) ?? []).map(Number);
        if (command === 'H') return [];
        if (command === 'V') return numbers;
        return command === 'A' ? numbers.filter((_, i) => i % 7 === 6) : numbers.filter((_, i) => i % 2 === 1);
      });
    default:
      return [];
  }
}

/** The middle of every gap in which nothing solid stands. */
function gapsOf(solids: readonly Extent[], begin: number, end: number): number[] {
  const cuts: number[] = [];
  let reached = begin;
  for (const { top, bottom } of [...solids].sort((a, b) => a.top - b.top)) {
    if (top - reached >= 2 * APART) cuts.push((top + reached) / 2);
    reached = Math.max(reached, bottom);
  }
  return cuts.filter((cut) => cut > begin && cut < end);
}

/** A node without the solids that stand outside; nothing where it is one. */
function within(node: SvgNode, range: Extent, y: number): SvgNode[] {
  if (node.type === 'text' || node.children.length === 0) return [node];
  if (isSolid(node)) {
    const extent = extentOf(node, y);
    return extent && (extent.bottom < range.top || extent.top > range.bottom) ? [] : [node];
  }
  const down = y + downOf(node);
  return [{ ...node, children: node.children.flatMap((child) => within(child, range, down)) }];
}

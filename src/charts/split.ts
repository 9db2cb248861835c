// A chart too tall for its sheet, cut into pieces between its steps: the lines that are cut run on at the same place of
// the next piece. Knows the drawings of ours as `press.ts` trims them, with the columns that `columns.ts` adds.
import type { Drawing } from '../document/sheet.js';

/** A drawing as a tree; what has no name is text. `open` is the whole tag, `<g class="node">`. */
type Branch = { name: string; open: string; kids: (Branch | string)[] };
/** From top to bottom, in px of the drawing. */
type Extent = { top: number; bottom: number };

/** Between a cut and a step, in px: room for the head of an arrow. */
const APART = 8;

/**
 * The drawing in as few pieces as can be, of about equal height and at most `height` px each; with columns, each has
 * their head. Nothing where it cannot be cut so: a step is taller, or steps beside one another leave no gap.
 */
export function piecesOf(drawing: Drawing, height: number): Drawing[] | undefined {
  const svg = treeOf(drawing.svg);
  const [left = 0, top = 0, width = 0, down = 0] = (attribute(svg, 'viewBox') ?? '').split(' ').map(Number);
  const parts = svg.kids.filter((kid): kid is Branch => typeof kid !== 'string');
  const style = parts.find(({ name }) => name === 'style');
  const head = parts.find((part) => attribute(part, 'class') === 'head');
  if (!style || !(down > 0)) return undefined;
  const begin = top + Number(head ? attribute(head, 'data-height') : 0);
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

  const content = parts.filter((part) => part !== head && !['style', 'title', 'desc'].includes(part.name));
  const title = textOf(parts.find(({ name }) => name === 'title'));
  return lines.slice(1).map((bottom, i) => {
    const from = lines[i] ?? begin;
    const tall = Math.ceil(begin - top + bottom - from);
    const inner = content.map((part) => within(part, { top: from, bottom }, 0)).join('');
    const view = `<svg y="${round(begin)}" width="${width}" height="${round(bottom - from)}" viewBox="${[left, round(from), width, round(bottom - from)].join(' ')}">${inner}</svg>`;
    const id = `${attribute(svg, 'id')}-${i + 1}`;
    const open = svg.open
      .replace(/ height="[^"]*"/, ` height="${tall}"`)
      .replace(/ viewBox="[^"]*"/, ` viewBox="${[left, top, width, tall].join(' ')}"`);
    const whole = `${open}<title>${title} ${i + 1}/${count}</title>${written(style)}${head ? written(head) : ''}${view}</svg>`;
    // The pieces stand in one document, each with ids of its own.
    const svgId = attribute(svg, 'id') ?? '';
    return {
      ...drawing,
      svg: whole.replaceAll(`id="${svgId}`, `id="${id}`).replaceAll(`#${svgId}`, `#${id}`),
      height: tall,
    };
  });
}

const round = (n: number): number => Number(n.toFixed(2));

function treeOf(svg: string): Branch {
  const root: Branch = { name: '', open: '', kids: [] };
  const path = [root];
  // In what a browser serializes, no value holds a `>`.
  for (const [token] of svg.matchAll(/<[^>]+>|[^<]+/g)) {
    const parent = path.at(-1) ?? root;
    if (token.startsWith('</')) path.pop();
    else if (!token.startsWith('<')) parent.kids.push(token);
    else {
      const branch = { name: /^<([\w:-]+)/.exec(token)?.[1] ?? '', open: token, kids: [] };
      parent.kids.push(branch);
      if (!token.endsWith('/>')) path.push(branch);
    }
  }
  const [found] = root.kids;
  if (!found || typeof found === 'string') throw new Error('not a drawing');
  return found;
}

const written = (kid: Branch | string): string =>
  typeof kid === 'string'
    ? kid
    : kid.open.endsWith('/>')
      ? kid.open
      : `${kid.open}${kid.kids.map(written).join('')}</${kid.name}>`;

const textOf = (kid: Branch | string | undefined): string =>
  kid === undefined ? '' : typeof kid === 'string' ? kid : kid.kids.map(textOf).join('');

const attribute = ({ open }: Branch, name: string): string | undefined =>
  new RegExp(` ${name}="([^"]*)"`).exec(open)?.[1];

const downOf = (branch: Branch): number =>
  Number(/^translate\(\s*[-\d.]+[\s,]+([-\d.]+)/.exec(attribute(branch, 'transform') ?? '')?.[1] ?? 0);

/** What may not be cut: steps, the labels of lines, and texts beside the chart. */
const isSolid = (branch: Branch): boolean =>
  branch.name === 'text' || /(^| )(node|edgeLabel)( |$)/.test(attribute(branch, 'class') ?? '');

function solidsIn(branches: readonly (Branch | string)[], y: number): Extent[] {
  return branches.flatMap((branch) => {
    if (typeof branch === 'string' || branch.name === 'style' || attribute(branch, 'class') === 'head') return [];
    if (isSolid(branch)) return extentOf(branch, y) ?? [];
    return solidsIn(branch.kids, y + downOf(branch));
  });
}

function extentOf(branch: Branch, y: number): Extent | undefined {
  const down = y + downOf(branch);
  const ys = ownHeights(branch).map((own) => down + own);
  for (const kid of branch.kids) {
    const inner = typeof kid === 'string' ? undefined : extentOf(kid, down);
    if (inner) ys.push(inner.top, inner.bottom);
  }
  const [first] = ys;
  if (first === undefined) return undefined;
  const widest = (one: Extent, y: number): Extent => ({ top: Math.min(one.top, y), bottom: Math.max(one.bottom, y) });
  return ys.reduce(widest, { top: first, bottom: first });
}

/** The heights that a shape reaches, before its own transform. */
function ownHeights(branch: Branch): number[] {
  const number = (name: string): number => Number(attribute(branch, name) ?? 0);
  switch (branch.name) {
    case 'rect':
      return [number('y'), number('y') + number('height')];
    case 'circle':
      return [number('cy') - number('r'), number('cy') + number('r')];
    case 'text':
      // 16 px above and 5 px below its line.
      return [number('y') - 16, number('y') + 5];
    case 'polygon':
      return (attribute(branch, 'points') ?? '')
        .split(/[\s,]+/)
        .map(Number)
        .filter((_, i) => i % 2 === 1);
    case 'path':
      return [...(attribute(branch, 'd') ?? '').matchAll(/([A-Z])([^A-Za-z]*)/g)].flatMap(([, command = '', rest]) => {
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

/** A branch without the solids that stand outside. */
function within(branch: Branch | string, range: Extent, y: number): string {
  if (typeof branch === 'string' || branch.kids.length === 0) return written(branch);
  if (isSolid(branch)) {
    const extent = extentOf(branch, y);
    return extent && (extent.bottom < range.top || extent.top > range.bottom) ? '' : written(branch);
  }
  const down = y + downOf(branch);
  return `${branch.open}${branch.kids.map((kid) => within(kid, range, down)).join('')}</${branch.name}>`;
}

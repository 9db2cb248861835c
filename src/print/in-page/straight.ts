// The outlines that Rough.js draws, made simple.

/** What a path says, as it is split: a letter or a number. */
const TOKEN = /[A-Za-z]|-?\d*\.?\d+(?:e-?\d+)?/g;
/** A path with fewer is as short as it can be. */
const FEW = 60;
/** How far from its chord a straight curve may bend, in px. */
const BENT = 0.05;

type Point = { x: number; y: number };

/**
 * Rough.js writes a straight side as two cubic curves on one line. Sides alone are a tenth of that, each drawn once.
 * `undefined` for any other path.
 */
export function straightened(d: string): string | undefined {
  const tokens = d.match(TOKEN) ?? [];
  if (tokens.length < FEW || tokens.some((token) => /[A-Za-z]/.test(token) && !/[MLC]/.test(token))) return undefined;
  const seen = new Set<string>();
  let out = '';
  let pen = '';
  let at: Point = { x: 0, y: 0 };
  for (let i = 0; i < tokens.length; ) {
    const command = tokens[i] ?? '';
    const take = command === 'C' ? 6 : 2;
    const numbers = tokens.slice(i + 1, i + 1 + take).map(Number);
    if (!/[MLC]/.test(command) || numbers.length < take || numbers.some(Number.isNaN)) return undefined;
    const end = { x: numbers[take - 2] ?? 0, y: numbers[take - 1] ?? 0 };
    if (command === 'C' && isBent(at, end, numbers)) return undefined;
    const from = written(at);
    const to = written(end);
    if (command !== 'M' && from !== to && !seen.has(`${from} ${to}`)) {
      seen.add(`${from} ${to}`);
      out += pen === from ? `L${to}` : `M${from}L${to}`;
      pen = to;
    }
    at = end;
    i += 1 + take;
  }
  return out.replace(/\.0(?=\D|$)/g, '');
}

const written = ({ x, y }: Point): string => `${x.toFixed(1)} ${y.toFixed(1)}`;

/** Whether one of the two handles of a curve lies off its chord. */
function isBent(from: Point, to: Point, handles: readonly number[]): boolean {
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
  return [0, 2].some((k) => {
    const off = ((handles[k] ?? 0) - from.x) * (to.y - from.y) - ((handles[k + 1] ?? 0) - from.y) * (to.x - from.x);
    return Math.abs(off) / length > BENT;
  });
}

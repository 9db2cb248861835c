// Lines that run side by side between the columns or between the rows: which of them runs on which track.

/**
 * One run along a channel, from `lo` to `hi`. `stubs`: where lines leave it, and to which side of the channel:
 * -1 to the lower numbers, +1 to the higher ones.
 */
export type Run = { lo: number; hi: number; readonly stubs: { readonly at: number; readonly side: -1 | 1 }[] };

/** Two lines on one another are worse than any number of crossings. */
const OVERLAP = 1000;

/** What it costs that `one` runs on a lower track than `other`: how often they cross then. */
function costOf(one: Run, other: Run): number {
  let cost = 0;
  for (const { at, side } of one.stubs) {
    if (side < 0) continue;
    if (at > other.lo && at < other.hi) cost += 1;
    else if (other.stubs.some((stub) => stub.side < 0 && stub.at === at)) cost += OVERLAP;
  }
  for (const { at, side } of other.stubs) if (side < 0 && at > one.lo && at < one.hi) cost += 1;
  return cost;
}

/** The track of each run, 0 first, with as few crossings as an exchange of neighbours reaches; and how many tracks there are. */
export function tracksOf(runs: readonly Run[]): { tracks: number[]; count: number } {
  if (runs.length < 2) return { tracks: runs.map(() => 0), count: runs.length };
  const order = runs.map((_, i) => i);
  const cost = (a: number, b: number): number => costOf(runs[a] as Run, runs[b] as Run);
  // Each is taken out and put in where it costs least, until nothing changes.
  for (let round = 0, changed = true; changed && round < 8; round += 1) {
    changed = false;
    for (let i = 0; i < runs.length; i += 1) {
      const at = order.indexOf(i);
      order.splice(at, 1);
      let sum = order.reduce((all, each) => all + cost(i, each), 0);
      let best = { place: 0, sum };
      const sums = [sum];
      for (let place = 1; place <= order.length; place += 1) {
        const passed = order[place - 1] as number;
        sum += cost(passed, i) - cost(i, passed);
        sums.push(sum);
        if (sum < best.sum) best = { place, sum };
      }
      const place = (sums[at] as number) <= best.sum ? at : best.place;
      changed ||= place !== at;
      order.splice(place, 0, i);
    }
  }
  const tracks = runs.map(() => 0);
  let count = 0;
  for (const [place, i] of order.entries()) {
    const run = runs[i] as Run;
    for (const other of order.slice(0, place)) {
      const { lo, hi } = runs[other] as Run;
      const apart = hi < run.lo || lo > run.hi;
      if (!apart) tracks[i] = Math.max(tracks[i] as number, (tracks[other] as number) + 1);
    }
    count = Math.max(count, (tracks[i] as number) + 1);
  }
  return { tracks, count };
}

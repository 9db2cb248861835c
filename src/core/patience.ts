// How long something in a thread of this process may take before it counts as endless.

/** How many times as long it may take where others have the processor, or where it waits for what never comes. */
const BESIDE_OTHERS = 10;
/** How often is looked, at most; in ms. */
const OFTEN = 100;

/**
 * Calls `then` after `ms` in which this process has worked as long, all its threads together: on a machine that is busy
 * with other things time goes by and nothing is done. Returns what calls it off.
 */
export function whenSpent(ms: number, then: () => void): () => void {
  const [before, began] = [process.cpuUsage(), performance.now()];
  const timer = setInterval(
    () => {
      const { user, system } = process.cpuUsage(before);
      const passed = performance.now() - began;
      if (passed < ms || ((user + system) / 1000 < ms && passed < BESIDE_OTHERS * ms)) return;
      clearInterval(timer);
      then();
    },
    Math.min(OFTEN, ms),
  );
  return () => clearInterval(timer);
}

// Many jobs side by side: in which order they begin, and what one that fails does to the others.

export type Schedule<Job, Result> = {
  /** How many are worked at side by side, at most. */
  abreast: number;
  /** Those of a lower rank begin first; of one rank, in the order in which they are given. */
  rank: (job: Job) => number;
  /** Of these there is but one at a time, for the memory they take. */
  isLong: (job: Job) => boolean;
  work: (job: Job) => Promise<Result>;
  /** What the error of a job is as its result. Throws what stops all. */
  failed: (job: Job, error: unknown) => Result;
};

/** The results in the order of the jobs. Rejects with what stops all; no further job begins then. */
export async function schedule<Job, Result>(
  jobs: readonly Job[],
  { abreast, rank, isLong, work, failed }: Schedule<Job, Result>,
): Promise<Result[]> {
  const waiting = [...jobs.entries()].sort(([, a], [, b]) => rank(a) - rank(b));
  const results: Result[] = [];
  let long = false;
  const take = (): [number, Job] | undefined => {
    const at = waiting.findIndex(([, job]) => !long || !isLong(job));
    return at === -1 ? undefined : waiting.splice(at, 1)[0];
  };
  const resultOf = async (job: Job): Promise<Result> => {
    try {
      return await work(job);
    } catch (error) {
      return failed(job, error);
    }
  };
  const worker = async (): Promise<void> => {
    for (let next = take(); next !== undefined; next = take()) {
      const [i, job] = next;
      if (isLong(job)) long = true;
      try {
        results[i] = await resultOf(job);
      } catch (error) {
        waiting.length = 0;
        throw error;
      }
      if (isLong(job)) long = false;
    }
  };
  await Promise.all(Array.from({ length: abreast }, worker));
  return results;
}

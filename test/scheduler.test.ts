// In which order jobs begin, and what one that fails does to the others.
import { expect, test } from 'vitest';
import { schedule } from '../src/build/scheduler.js';

type Job = { name: string; rank?: number; long?: boolean; fails?: 'alone' | 'all' };

/** Works at jobs that each end when nothing else can begin, and notes what began, and how many were open at most. */
function watched(jobs: readonly Job[], abreast: number) {
  const began: string[] = [];
  const open = new Set<Job>();
  const most = { open: 0, long: 0 };
  const results = schedule<Job, string>(jobs, {
    abreast,
    rank: ({ rank = 0 }) => rank,
    isLong: ({ long = false }) => long,
    async work(job) {
      began.push(job.name);
      open.add(job);
      most.open = Math.max(most.open, open.size);
      most.long = Math.max(most.long, [...open].filter(({ long }) => long).length);
      await new Promise((resolve) => setImmediate(resolve));
      open.delete(job);
      if (job.fails) throw new Error(job.fails);
      return `${job.name} done`;
    },
    failed({ name }, error) {
      if (error instanceof Error && error.message === 'alone') return `${name} failed`;
      throw error;
    },
  });
  return { began, most, results };
}
const named = (...names: string[]): Job[] => names.map((name) => ({ name }));

test('results stand in the order of the jobs, whatever began first', async () => {
  const { began, results } = watched([...named('a', 'b'), { name: 'book', rank: -1 }], 1);
  expect(await results).toEqual(['a done', 'b done', 'book done']);
  expect(began).toEqual(['book', 'a', 'b']);
});
test('books come first, then what is long; within a rank the order given holds', async () => {
  const jobs = [
    { name: 'a', rank: 2 },
    { name: 'long', rank: 1 },
    { name: 'b', rank: 2 },
    { name: 'book', rank: 0 },
  ];
  const { began, results } = watched(jobs, 1);
  await results;
  expect(began).toEqual(['book', 'long', 'a', 'b']);
});
test.each([1, 2, 3])('no more than %i are open at a time, and so many are', async (abreast) => {
  const { most, results } = watched(named('a', 'b', 'c', 'd', 'e'), abreast);
  expect(await results).toHaveLength(5);
  expect(most.open).toBe(abreast);
});
test('of long ones there is one at a time, and the others go on beside it', async () => {
  const jobs = [1, 2, 3].flatMap((n) => [
    { name: `long ${n}`, long: true },
    { name: `short ${n}`, long: false },
  ]);
  const { most, results } = watched(jobs, 3);
  expect(await results).toHaveLength(6);
  expect(most).toEqual({ open: 3, long: 1 });
});
test('one that fails stops only itself, also a long one', async () => {
  const jobs: Job[] = [{ name: 'a', fails: 'alone', long: true }, { name: 'b', long: true }, ...named('c')];
  expect(await watched(jobs, 2).results).toEqual(['a failed', 'b done', 'c done']);
});
test('what stops all lets nothing further begin', async () => {
  const { began, results } = watched([{ name: 'a', fails: 'all' }, ...named('b', 'c', 'd', 'e')], 2);
  await expect(results).rejects.toThrow('all');
  await new Promise((resolve) => setImmediate(resolve));
  expect(began).not.toContain('e');
});
test('of nothing, nothing', async () => {
  expect(await watched([], 3).results).toEqual([]);
});

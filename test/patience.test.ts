// What takes too long is told by the work that was done, and a machine that is busy with other things is waited for.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { whenSpent } from '../src/core/patience.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

/** The process works `share` of the time that passes. */
function working(share: number): void {
  vi.spyOn(process, 'cpuUsage').mockImplementation((before = { user: 0, system: 0 }) => ({
    user: performance.now() * 1000 * share - before.user,
    system: 0,
  }));
}

test.each([
  ['all the time', 1, 5000],
  ['with all its cores', 3, 5000],
  ['every fourth moment', 1 / 4, 20_000],
  ['hardly ever', 1 / 100, 50_000],
])('what works %s is ended when it has worked as long as it may', (_, share, after) => {
  working(share);
  const then = vi.fn();
  whenSpent(5000, then);
  vi.advanceTimersByTime(after - 100);
  expect(then).not.toHaveBeenCalled();
  vi.advanceTimersByTime(200);
  expect(then).toHaveBeenCalledOnce();
  vi.advanceTimersByTime(100_000);
  expect(then).toHaveBeenCalledOnce();
});

test('what was called off is not ended', () => {
  working(1);
  const then = vi.fn();
  whenSpent(5000, then)();
  vi.advanceTimersByTime(100_000);
  expect(then).not.toHaveBeenCalled();
});

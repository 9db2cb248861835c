import { defineConfig } from 'vitest/config';

// Files that print start a browser each: two at a time is what two cores take. `test/long/` has a configuration of its own.
export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/long/**'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
  },
});

import { defineConfig } from 'vitest/config';

// Files that print start a browser each: two at a time is what two cores take.
export default defineConfig({
  test: { include: ['test/**/*.test.ts'], testTimeout: 120_000, hookTimeout: 120_000, maxWorkers: 2 },
});

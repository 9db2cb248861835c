import { defineConfig } from 'vitest/config';

// What takes minutes: npm run test:long. One file at a time, each with the machine to itself.
export default defineConfig({
  test: {
    env: { SERVICEBOOK_LANG: '' },
    include: ['test/long/**/*.test.ts'],
    testTimeout: 3_600_000,
    hookTimeout: 3_600_000,
    maxWorkers: 1,
  },
});

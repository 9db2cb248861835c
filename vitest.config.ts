import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

/** What tests leave to one another is never what the user of this machine has kept. */
const XDG_CACHE_HOME = join(import.meta.dirname, 'node_modules/.cache');

// A test says in the name of its file what it needs: `.print.` opens a browser, `.program.` runs the program as its users
// do, and every other is a unit test, in which no browser can be opened. `test/long/` has a configuration of its own.
export default defineConfig({
  test: {
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // Files that print start a browser each: two at a time is what two cores take.
    maxWorkers: 2,
    // `--coverage`: what of `src/` these tests run themselves. What only a process of its own runs, or the browser, counts as
    // not run, so that the true figure is higher.
    coverage: {
      provider: 'v8',
      include: ['src/**/*.ts'],
      reporter: ['text-summary', 'json-summary'],
      reportsDirectory: 'node_modules/.cache/coverage',
      thresholds: { lines: 90 },
    },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: ['test/**/*.{print,program}.test.ts', 'test/long/**'],
          // Modules of `src/` hold no state, so that one worker loads them once for all its files.
          isolate: false,
          env: { XDG_CACHE_HOME, PUPPETEER_EXECUTABLE_PATH: '/a-unit-test-opens-no-browser' },
        },
      },
      { extends: true, test: { name: 'print', include: ['test/**/*.print.test.ts'], env: { XDG_CACHE_HOME } } },
      { extends: true, test: { name: 'program', include: ['test/**/*.program.test.ts'], env: { XDG_CACHE_HOME } } },
    ],
  },
});

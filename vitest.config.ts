import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { NOTES } from './test/coverage.js';

/** What tests leave to one another is never what the user of this machine has kept. */
const XDG_CACHE_HOME = join(import.meta.dirname, 'node_modules/.cache');
/** Nor is it the language that this user reads messages in. */
const env = { XDG_CACHE_HOME, SERVICEBOOK_LANG: '' };
/** Programs that a test starts note what they run, where that is counted. */
const NODE_V8_COVERAGE = process.argv.includes('--coverage') ? { NODE_V8_COVERAGE: NOTES } : {};

// A test says in the name of its file what it needs: `.print.` opens a browser, `.program.` runs the program as its users
// do, and every other is a unit test, in which no browser can be opened. `test/long/` has a configuration of its own.
export default defineConfig({
  test: {
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // Files that print start a browser each: two at a time is what two cores take.
    maxWorkers: 2,
    // `--coverage`: what of `src/` these tests and the programs they start run. What only the browser runs counts as not run.
    coverage: {
      provider: 'custom',
      customProviderModule: join(import.meta.dirname, 'test/coverage.js'),
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
          env: { ...env, PUPPETEER_EXECUTABLE_PATH: '/a-unit-test-opens-no-browser' },
        },
      },
      { extends: true, test: { name: 'print', include: ['test/**/*.print.test.ts'], env } },
      {
        extends: true,
        test: { name: 'program', include: ['test/**/*.program.test.ts'], env: { ...env, ...NODE_V8_COVERAGE } },
      },
    ],
  },
});

import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { defineConfig } from 'vitest/config';
import type { TestSpecification } from 'vitest/node';

const ROOT = join(import.meta.dirname, '../..');
const { source } = JSON.parse(readFileSync(join(ROOT, '.mutation/plan.json'), 'utf8')) as {
  source: Record<string, string>;
};

// The unit tests as `npm run test:mutation` runs them on changed source, one file after the other in one process: without
// those that look at the text of the source.
export default defineConfig({
  root: ROOT,
  plugins: [{ name: 'changed-source', enforce: 'pre', load: (id) => source[relative(ROOT, id)] }],
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/**/*.{print,program}.test.ts', 'test/long/**', 'test/{design,release}.test.ts'],
    testTimeout: 120_000,
    isolate: false,
    maxWorkers: 1,
    runner: join(import.meta.dirname, 'runner.js'),
    sequence: {
      sequencer: class {
        async sort(files: TestSpecification[]) {
          return files;
        }
        async shard(files: TestSpecification[]) {
          return files;
        }
      },
    },
    env: {
      XDG_CACHE_HOME: join(ROOT, 'node_modules/.cache'),
      PUPPETEER_EXECUTABLE_PATH: '/a-unit-test-opens-no-browser',
    },
  },
});

import { defineConfig } from 'vitest/config';

// What office suites make of our files: LibreOffice from Debian opens them. Where it is missing, these tests fail.
export default defineConfig({ test: { include: ['test/office/*.office.ts'], testTimeout: 300_000, maxWorkers: 1 } });

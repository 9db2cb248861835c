// What of `src/` the tests run, with what the programs that they start run of it: Vitest asks here for its coverage.
// A program runs compiled. Node notes what it ran of `dist/` (NODE_V8_COVERAGE); the compiler is asked once more, for the
// maps from there to the source, and a line that a program ran counts as run.
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { mergeScriptCovs } from '@bcoe/v8-coverage';
import v8 from '@vitest/coverage-v8';
import { rolldown } from 'rolldown';

const ROOT = join(import.meta.dirname, '..');
/** Where programs note what they ran; `vitest.config.ts` says so to the tests that start them. */
export const NOTES = join(ROOT, 'node_modules/.cache/programs-ran');

/** What the programs ran of a compiled file, by its name below `dist/`. */
function ranOf() {
  const ran = new Map();
  for (const name of readdirSync(NOTES))
    for (const script of JSON.parse(readFileSync(join(NOTES, name), 'utf8')).result) {
      // Also that of a copy which a test installed or packed.
      const [, file] = /\/dist\/([^?]+\.js)$/.exec(script.url) ?? [];
      if (file) ran.set(file, [...(ran.get(file) ?? []), script]);
    }
  return ran;
}

/** By path of the source: the lines that programs ran. `remap` is Vitest's own way from compiled code to source. */
async function linesRun(remap) {
  const ran = ranOf();
  const config = (await import('../rolldown.config.js')).default;
  const bundle = await rolldown(config);
  const { output } = await bundle.generate({ ...config.output, sourcemap: 'hidden' });
  await bundle.close();
  const lines = new Map();
  for (const { fileName, code, map } of output) {
    const scripts = ran.get(fileName);
    if (!scripts || !map) continue;
    if (code !== readFileSync(join(ROOT, 'dist', fileName), 'utf8'))
      throw new Error(`dist/${fileName} is not compiled from this source`);
    // Paths of a map are seen from the compiled file.
    const from = new URL(`file://${join(ROOT, 'dist', fileName)}`);
    const sources = map.sources.map((source) => new URL(source, from).href);
    const { functions } = mergeScriptCovs(scripts);
    const files = await remap(from.href, 0, { code, map: { ...map, sources } }, functions);
    for (const [path, { statementMap, s }] of Object.entries(files)) {
      const own = lines.get(path) ?? new Set();
      for (const [at, count] of Object.entries(s)) if (count > 0) own.add(statementMap[at].start.line);
      lines.set(path, own);
    }
  }
  return lines;
}

export default {
  ...v8,
  async getProvider() {
    const provider = await v8.getProvider();
    const clean = provider.clean.bind(provider);
    provider.clean = async (...how) => {
      rmSync(NOTES, { recursive: true, force: true });
      mkdirSync(NOTES, { recursive: true });
      await clean(...how);
    };
    const generate = provider.generateCoverage.bind(provider);
    provider.generateCoverage = async (...how) => {
      const coverage = await generate(...how);
      const lines = await linesRun(provider.remapCoverage.bind(provider));
      for (const path of coverage.files()) {
        const { statementMap, s } = coverage.fileCoverageFor(path).data;
        for (const at of Object.keys(s))
          if (lines.get(path)?.has(statementMap[at].start.line)) s[at] = Math.max(s[at], 1);
      }
      return coverage;
    };
    return provider;
  },
};

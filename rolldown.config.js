// The program in few files, so that it starts at once. A folder of rules, outputs or formats becomes one file; `id`
// names what was compiled.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig } from 'rolldown';

const SRC = join(import.meta.dirname, 'src');
const namesIn = (folder) => readdirSync(join(SRC, folder)).map((name) => name.replace(/\.ts$/, ''));
/** What `lint` cannot do without. */
const CORE =
  'source cache html keys shape model blank duration fee flow notation read parse wording check inspect mend baseline'.split(
    ' ',
  );
const WHOLE = 'folder:';
const NO_SUBPROGRAMS = '\0no-subprograms';

export default defineConfig({
  input: {
    ...Object.fromEntries(
      ['cli', 'read', 'built', 'edition', 'press', 'blank', 'templates'].map((name) => [name, join(SRC, `${name}.ts`)]),
    ),
    ...Object.fromEntries(namesIn('commands').map((name) => [`commands/${name}`, join(SRC, 'commands', `${name}.ts`)])),
    ...Object.fromEntries(['rules', 'outputs', 'formats'].map((folder) => [`${folder}/index`, WHOLE + folder])),
  },
  platform: 'node',
  // What comes with programs or fonts of its own, or is needed late and seldom, stays where npm put it.
  external: [
    /^node:(?!child_process$)/,
    /^puppeteer/,
    /^@mermaid-js/,
    /^mermaid/,
    /^@sparticuz/,
    /^@expo-google-fonts/,
    '@cantoo/pdf-lib',
    'diff',
  ],
  output: {
    dir: 'dist',
    format: 'esm',
    entryFileNames: '[name].js',
    chunkFileNames: '[name]-[hash].js',
    cleanDir: true,
    minify: { compress: false, mangle: false, codegen: { removeWhitespace: true } },
    // Every command needs the core; one file is read sooner than fifteen.
    codeSplitting: {
      groups: [
        // A build that has nothing to do needs no more than this.
        { name: 'base', test: /\/src\/(source|cache|html)\.ts$/, priority: 1 },
        {
          name: 'core',
          test: new RegExp(
            `/src/(${CORE.join('|')})\\.ts$|/node_modules/(js-yaml|commander|fastest-levenshtein|get-east-asian-width)/`,
          ),
        },
      ],
    },
  },
  plugins: [
    {
      name: 'folders',
      resolveId: (id) => (id.startsWith(WHOLE) ? id : undefined),
      load(id) {
        if (!id.startsWith(WHOLE)) return undefined;
        const folder = id.slice(WHOLE.length);
        const names = namesIn(folder);
        const imports = names.map((name, i) => `import m${i} from ${JSON.stringify(join(SRC, folder, `${name}.ts`))};`);
        return `${imports.join('\n')}\nexport default new Map([${names.map((name, i) => `['${name}', m${i}]`)}]);`;
      },
    },
    {
      // Commander can run commands that are programs of their own; ours are not, so what starts programs is left out.
      name: 'no-subprograms',
      resolveId: (id, importer) =>
        id === 'node:child_process' && importer?.includes('/commander/') ? NO_SUBPROGRAMS : undefined,
      load: (id) =>
        id === NO_SUBPROGRAMS ? "module.exports = { spawn() { throw new Error('no subprograms'); } };" : undefined,
    },
    {
      name: 'id',
      generateBundle(_, bundle) {
        const hash = createHash('sha256');
        // What is not in the bundle is of exactly this version.
        hash.update(JSON.stringify(JSON.parse(readFileSync(join(SRC, '../package.json'), 'utf8')).dependencies));
        for (const { fileName, code } of Object.values(bundle).sort((a, b) => (a.fileName < b.fileName ? -1 : 1)))
          hash.update(`${fileName}\0${code}\0`);
        this.emitFile({ type: 'asset', fileName: 'id', source: hash.digest('hex') });
      },
    },
  ],
});

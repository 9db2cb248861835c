// The program in few files, so that it starts at once and installs nothing that it does not open. A folder of rules,
// outputs or formats becomes one file; `id` names what was compiled.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { defineConfig, rolldown } from 'rolldown';
import { noticesOf } from './notices.js';

const SRC = join(import.meta.dirname, 'src');
const require = createRequire(import.meta.url);
const namesIn = (folder) => readdirSync(join(SRC, folder)).map((name) => name.replace(/\.ts$/, ''));
/** A module of an open folder is a file, or a folder with a file of its name. */
const fileOf = (folder, name) =>
  [`${name}.ts`, `${name}/${name}.ts`].map((file) => join(SRC, folder, file)).find((file) => existsSync(file));
/** What `lint` cannot do without: the core, the content and the lint rooms but for what is asked for seldom, the API and the project. */
const CORE =
  /\/src\/(core|content|lint)\/(?!rules\/|formats\/|syntax\/markdown|migrate|author-chart|try-charts|translatable|rule-docs)|\/src\/build\/(api|project)\.ts$/;
/** A build that has nothing to do needs no more than this. */
const BASE =
  /\/src\/core\/(source|diagnostic|terminal|machine|cache|html|nearest|program-files)\.ts$|\/fastest-levenshtein\//;
const WHOLE = 'folder:';
const LEFT_OUT = '\0left-out:';

/**
 * Parts of packages that are never run here, and what stands in their place. `of`: who asks, by its path.
 * - Commander can run commands that are programs of their own.
 * - Puppeteer reads a `.puppeteerrc` in the working folder, which may be a stranger's and is code; it can also install
 *   browsers, and speak another protocol to them.
 * - mermaid-cli brings a command line of its own, and looks for the files that its page loads among installed packages.
 */
const NEVER_RUN = [
  {
    asked: /^node:child_process$/,
    of: /\/commander\//,
    code: "module.exports = { spawn() { throw new Error('no subprograms'); } };",
  },
  { asked: /\/getConfiguration\.js$/, of: /\/puppeteer\//, code: 'export const getConfiguration = () => ({});' },
  { asked: /\/bidi\.js$/, of: /\/puppeteer-core\//, code: '' },
  ...[
    ['CLI', ['CLI']],
    ['DefaultProvider', ['DefaultProvider']],
    ['httpUtil', ['downloadFile', 'getJSON', 'getText', 'headHttpRequest', 'httpRequest']],
    [
      'install',
      ['canDownload', 'getDownloadUrl', 'getInstalledBrowsers', 'install', 'makeProgressCallback', 'uninstall'],
    ],
  ].map(([file, names]) => ({
    asked: new RegExp(`/${file}\\.js$`),
    of: /\/@puppeteer\/browsers\//,
    code: names.map((name) => `export const ${name} = undefined;`).join('\n'),
  })),
  {
    asked: /^commander$/,
    of: /\/mermaid-cli\//,
    code: 'export const Command = undefined, Option = undefined, InvalidArgumentError = Error;',
  },
  { asked: /^chalk$/, of: /\/mermaid-cli\//, code: 'export default { red: String, yellow: String };' },
  { asked: /^p-limit$/, of: /\/mermaid-cli\//, code: 'export default undefined;' },
  {
    asked: /^import-meta-resolve$/,
    of: /\/mermaid-cli\//,
    code: `
const FILES = new Map([['mermaid', 'mermaid.js'], ['@mermaid-js/layout-elk', 'none.js'], ['@mermaid-js/mermaid-zenuml', 'none.js']]);
export const resolve = (name, from) => {
  const file = name.endsWith('.css') ? 'none.css' : FILES.get(name);
  if (file === undefined) throw Object.assign(new Error(name + ' is not shipped'), { code: 'ERR_MODULE_NOT_FOUND' });
  return new URL('../page/' + file, from).href;
};`,
  },
];

/**
 * What mermaid-cli's page loads, in \`dist/mermaid-cli/\`. Mermaid itself is the one file that our own charts are drawn
 * with too. Its further layouts and its ZenUML are not shipped: no service's chart may choose them (\`secure\` in
 * src/print/diagrams.ts). Nor are the style sheets of icons and formulas: they need labels in HTML, and ours are text.
 */
const MERMAID_PAGE = {
  'dist/index.html': readFileSync(join(require.resolve('@mermaid-js/mermaid-cli'), '../../dist/index.html')),
  'page/mermaid.min.js': readFileSync(require.resolve('mermaid/dist/mermaid.min.js')),
  'page/mermaid.esm.mjs': `await new Promise((loaded, failed) => {
  const script = document.createElement('script');
  Object.assign(script, { src: new URL('./mermaid.min.js', import.meta.url).href, onload: loaded, onerror: failed });
  document.head.append(script);
});
export default globalThis.mermaid;
`,
  'page/mermaid-layout-elk.esm.mjs': 'export default [];\n',
  'page/mermaid-zenuml.esm.mjs': "export default { id: 'zenuml', detector: () => false };\n",
  'page/none.css': '',
};

/**
 * The script of handbook.html: whoever opens the book loads it. The words of the content are read when the book is made: in the
 * page a table stands in the place of what reads them. No module of the engine does anything when it is loaded, and of those
 * that Node alone can load nothing is left.
 */
/** @type {import('rolldown').InputOptions & { plugins: import('rolldown').Plugin[] }} */
export const BOOK = {
  plugins: [
    {
      name: 'read-before',
      resolveId: (id, from = '') =>
        /\/words\.js$/.test(id) && from.includes('/content/answer/')
          ? join(SRC, 'outputs/handbook/in-page/words.ts')
          : undefined,
    },
  ],
  external: [/^node:/],
  treeshake: { moduleSideEffects: false, propertyReadSideEffects: false },
  logLevel: 'silent',
};

export default defineConfig({
  input: {
    ...Object.fromEntries(
      [
        'build/api',
        'build/compile',
        'build/facts-page',
        'build/up-to-date',
        'cli/main',
        'content/read',
        'content/scaffold',
        'content/try-charts',
        'pdf/try-form',
        'print/printer',
        'theme/templates',
        ...namesIn('cli/commands').map((name) => `cli/commands/${name}`),
      ].map((name) => [name, join(SRC, `${name}.ts`)]),
    ),
    ...Object.fromEntries(
      ['lint/rules', 'lint/formats', 'outputs'].map((folder) => [`${folder}/index`, WHOLE + folder]),
    ),
  },
  platform: 'node',
  external: [/^node:(?!child_process$)/],
  // Its modules read their data from files beside them; this one holds it.
  resolve: { alias: { 'css-tree': require.resolve('css-tree/dist/csstree.esm') } },
  treeshake: { moduleSideEffects: [{ test: /\/node_modules\/@puppeteer\/browsers\//, sideEffects: false }] },
  output: {
    dir: 'dist',
    format: 'esm',
    entryFileNames: '[name].js',
    chunkFileNames: '[name]-[hash].js',
    cleanDir: true,
    minify: { compress: false, mangle: false, codegen: { removeWhitespace: true } },
    // Nearly every command needs the core, and help does not; one file is read sooner than fifteen.
    codeSplitting: {
      groups: [
        { name: 'base', test: BASE, priority: 1 },
        { name: 'command-line', test: /\/node_modules\/commander\// },
        { name: 'core', test: (id) => CORE.test(id) || /\/node_modules\/js-yaml\//.test(id) },
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
        const imports = names.map((name, i) => `import m${i} from ${JSON.stringify(fileOf(folder, name))};`);
        return `${imports.join('\n')}\nexport default new Map([${names.map((name, i) => `['${name}', m${i}]`)}]);`;
      },
    },
    {
      name: 'never-run',
      resolveId(id, importer = '') {
        const at = NEVER_RUN.findIndex(({ asked, of }) => asked.test(id) && of.test(importer));
        return at === -1 ? undefined : `${LEFT_OUT}${at}`;
      },
      load: (id) => (id.startsWith(LEFT_OUT) ? NEVER_RUN[Number(id.slice(LEFT_OUT.length))].code : undefined),
    },
    {
      // mermaid-cli looks for its page beside its own file, which is no more; and it lets the page read any script or style
      // sheet of this machine, where it means those below the folders of what it loads.
      name: 'mermaid-page',
      transform: {
        filter: { id: /\/@mermaid-js\/mermaid-cli\/src\/(index|puppeteerIntercept)\.js$/ },
        handler(code, id) {
          const [from, to] = id.endsWith('/index.js')
            ? ['import.meta.url', "new URL('./mermaid-cli/src/index.js', import.meta.url).href"]
            : ['path.relative(filePath, dir).startsWith("..")', '!path.relative(dir, filePath).startsWith("..")'];
          if (!code.includes(from)) this.error(`${id} does not say ${from}`);
          return code.replaceAll(from, to);
        },
      },
      generateBundle() {
        for (const [name, source] of Object.entries(MERMAID_PAGE))
          this.emitFile({ type: 'asset', fileName: `mermaid-cli/${name}`, source });
      },
    },
    {
      // A package that looks for its own files where npm puts them would find nothing.
      name: 'whole',
      transform: {
        filter: { id: /\/node_modules\//, code: /\bcreateRequire\(import\.meta\.url\)/ },
        handler(_, id) {
          this.error(`${id} reads files of its own`);
        },
      },
    },
    {
      name: 'notices',
      generateBundle(_, bundle) {
        // Mermaid's one file holds what Mermaid depends on.
        const modules = Object.values(bundle).flatMap(({ modules = {} }) =>
          Object.entries(modules).flatMap(([id, { renderedLength }]) => (renderedLength > 0 ? [id] : [])),
        );
        this.emitFile({
          type: 'asset',
          fileName: 'THIRD-PARTY.md',
          source: noticesOf(modules, ['mermaid'], import.meta.dirname),
        });
      },
    },
    {
      // What runs in the browser: one script for pages that are printed, one for the page of a preview, one in handbook.html.
      name: 'in-page',
      async generateBundle() {
        for (const [name, source, format] of [
          ['print/in-page', 'print/in-page/in-page', 'iife'],
          ['print/preview-fit', 'print/in-page/preview-fit', 'esm'],
          ['outputs/handbook', 'outputs/handbook/in-page/page', 'iife'],
        ]) {
          const inBook = name === 'outputs/handbook';
          const bundle = await rolldown({
            input: join(SRC, `${source}.ts`),
            platform: 'browser',
            ...(inBook ? BOOK : {}),
          });
          const { output } = await bundle.generate({ format, ...(inBook ? { minify: true, comments: false } : {}) });
          if (output[0].imports.length > 0)
            throw new Error(`${name} asks for ${output[0].imports.join(', ')} in a browser`);
          this.emitFile({ type: 'asset', fileName: `${name}.js`, source: output[0].code });
        }
      },
    },
    {
      // What the fonts can print, and how wide it is, so that lint and drawing need not read them.
      name: 'characters',
      async generateBundle() {
        const run = async (name) => {
          const module = await rolldown({
            input: join(SRC, `theme/${name}.ts`),
            platform: 'node',
            external: [/^[^./]/],
          });
          // As deep below the program as a module of `src/`, so that it finds the files of the program.
          const file = join(SRC, `../node_modules/.characters/${name}.mjs`);
          await module.write({ file, format: 'esm', codeSplitting: false });
          return import(`${pathToFileURL(file).href}?${Date.now()}`);
        };
        const { coverageOfShipped } = await run('fonts');
        const { advancesOfShipped } = await run('font-widths');
        const coverage = coverageOfShipped();
        this.emitFile({
          type: 'asset',
          fileName: 'characters',
          source: coverage.subarray(0, coverage.findLastIndex((byte) => byte !== 0) + 1),
        });
        // Little-endian, two bytes a character, on every machine.
        const widths = advancesOfShipped();
        const advances = Buffer.alloc(2 * widths.length);
        for (const [i, width] of widths.entries()) advances.writeUInt16LE(width, 2 * i);
        this.emitFile({ type: 'asset', fileName: 'advances', source: advances });
      },
    },
    {
      name: 'id',
      generateBundle(_, bundle) {
        const hash = createHash('sha256');
        // What is not in the bundle is of exactly this version.
        const { dependencies, peerDependencies } = JSON.parse(readFileSync(join(SRC, '../package.json'), 'utf8'));
        hash.update(JSON.stringify({ ...dependencies, ...peerDependencies }));
        for (const { fileName, code, source } of Object.values(bundle).sort((a, b) =>
          a.fileName < b.fileName ? -1 : 1,
        ))
          hash
            .update(`${fileName}\0`)
            .update(code ?? source)
            .update('\0');
        this.emitFile({ type: 'asset', fileName: 'id', source: hash.digest('hex') });
      },
    },
  ],
});

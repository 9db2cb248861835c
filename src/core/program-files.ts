// Where the program's own files lie, whether it runs compiled from `dist/` or from its source.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

/** The compiler writes `id` beside the program; this file is in a room of `src/` else. */
const COMPILED = existsSync(new URL('./id', import.meta.url));
/** `dist/` or `src/`. */
const MODULES = new URL(COMPILED ? './' : '../', import.meta.url);

/** The folder of what is printed beside the content, as a path. */
export const TEMPLATES: string = fileURLToPath(new URL('../templates', MODULES));

/** What the compiler wrote beside the program; `undefined` when it runs from its source, which may change under our eyes. */
export function compiledFile(name: 'id' | 'characters' | 'advances'): Buffer | undefined {
  return COMPILED ? readFileSync(new URL(name, MODULES)) : undefined;
}

const ofProgram = () =>
  JSON.parse(readFileSync(new URL('../package.json', MODULES), 'utf8')) as {
    version: string;
    peerDependencies: { [EMBEDDED]: string };
  };

export const programVersion = (): string => ofProgram().version;

/** npm's package of the browser that comes with the program, which npm installs beside it unless it is told not to. */
export const EMBEDDED = '@sparticuz/chromium';

/** What brings the embedded browser wherever the program is installed, as it is typed. */
export const installsEmbedded = (): string => `npm install ${EMBEDDED}@${ofProgram().peerDependencies[EMBEDDED]}`;

/** The one file of Mermaid that is opened: the whole of it, for a page. */
export const mermaidScript = (): string =>
  COMPILED
    ? fileURLToPath(new URL('./mermaid-cli/page/mermaid.min.js', MODULES))
    : createRequire(import.meta.url).resolve('mermaid/dist/mermaid.min.js');

/** What tries forms or charts in a thread of its own; a thread runs compiled code alone. */
export const threadScript = (name: 'pdf/try-form' | 'content/try-charts'): URL =>
  new URL(`${COMPILED ? '' : '../dist/'}${name}.js`, MODULES);

/** A script for pages, which the compiler writes; a browser runs compiled code alone. */
export const pageScript = (name: 'print/in-page' | 'print/preview-fit' | 'outputs/handbook'): URL =>
  new URL(`${COMPILED ? '' : '../dist/'}${name}.js`, MODULES);

/**
 * The modules of an open folder by name: the folder is the registry. A module is a file, or a folder with a file of its
 * name. `only`: just this one, if it is there. The compiled program has some folders in one file.
 */
export async function loadFolder<T>(
  folder: 'lint/rules' | 'lint/formats' | 'outputs' | 'cli/commands',
  only?: string,
): Promise<Map<string, T>> {
  const at = new URL(`${folder}/`, MODULES);
  const load = async (file: string): Promise<unknown> =>
    ((await import(new URL(file, at).href)) as { default: unknown }).default;
  if (existsSync(new URL('index.js', at))) return (await load('index.js')) as Map<string, T>;
  const names = readdirSync(at).map((entry) => entry.replace(/\.(js|ts)$/, ''));
  const chosen = names.sort().filter((name) => name === only || !names.includes(only ?? ''));
  const file = (name: string): string => {
    const end = COMPILED ? 'js' : 'ts';
    return existsSync(new URL(`${name}.${end}`, at)) ? `${name}.${end}` : `${name}/${name}.${end}`;
  };
  const modules = await Promise.all(chosen.map((name) => load(file(name)) as Promise<T>));
  return new Map(chosen.map((name, i) => [name, modules[i] as T]));
}

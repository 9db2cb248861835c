// Where the files of packages lie that a browser opens: beside the program where it is compiled, else where npm put them.
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

/** The one file of Mermaid that is opened: the whole of it, for a page. */
export function mermaidScript(): string {
  const beside = new URL('./mermaid-cli/page/mermaid.min.js', import.meta.url);
  return existsSync(beside)
    ? fileURLToPath(beside)
    : createRequire(import.meta.url).resolve('mermaid/dist/mermaid.min.js');
}

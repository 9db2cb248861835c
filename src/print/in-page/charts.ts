// Has Mermaid draw our charts.
import type { Mermaid, MermaidConfig } from 'mermaid';
import { type Trimmed, trimSvg } from './trim.js';

/** `signs`: what letters of the text stand in place of. */
type Asked = { id: string; svgId: string; title: string; mermaid: string; signs: Readonly<Record<string, string>> };

/** Mermaid, whose script the page was given. */
const mermaidHere = (): Mermaid => (globalThis as unknown as { mermaid: Mermaid }).mermaid;

/**
 * Mermaid copies its whole configuration hundreds of times a chart; without the defaults of the
 * diagram types we do not draw, a chart takes a quarter less time.
 */
export function startMermaid(config: MermaidConfig): void {
  const mermaid = mermaidHere();
  const defaults = mermaid.mermaidAPI.defaultConfig as Record<string, unknown>;
  for (const [name, part] of Object.entries(defaults)) {
    if (name === 'flowchart' || name === 'themeVariables' || Array.isArray(part)) continue;
    if (part && typeof part === 'object') for (const key of Object.keys(part)) Reflect.deleteProperty(part, key);
  }
  mermaid.initialize(config);
}

/** Draws one after the other. Throws at the first that Mermaid does not understand. */
export async function drawCharts(list: readonly Asked[]): Promise<(Trimmed & { id: string })[]> {
  const drawn: (Trimmed & { id: string })[] = [];
  for (const { id, svgId, title, mermaid, signs } of list) {
    const { svg } = await mermaidHere()
      .render(svgId, mermaid)
      .catch((error: Error) => {
        throw new Error(`diagram ${id}: ${error.message}`);
      });
    drawn.push({ id, ...trimSvg(svg, svgId, title, signs) });
  }
  return drawn;
}

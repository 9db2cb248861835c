// A sheet as a preview lists and shows it: what it is called, where it stands in the list, what makes it another one.
import { basename } from 'node:path/posix';
import { svgElement, svgOf } from '../document/drawing.js';
import type { Diagram, Drawing, Sheet } from '../document/sheet.js';
import type { State } from './state.js';

/** A file's name without its folder and its ending. */
export const stemOf = (path: string): string => basename(path).replace(/\.[^.]+$/, '');

/** Of which service or chapter a file of the content is; nothing for office and book. */
export function belonging(
  path: string,
  service: string | undefined,
): { service: string } | { chapter: string } | undefined {
  if (/(^|\/)services\/[^/]+$/.test(path)) return { service: service ?? stemOf(path) };
  return /(^|\/)chapters\/[^/]+$/.test(path) ? { chapter: stemOf(path) } : undefined;
}

/** What a summary names before it tells more: 「海報：每項服務一張」. */
export const headOf = (summary: string): string => summary.replace(/[：:].*$/, '');

/** The handbook, what is one sheet for all, one for each service, charts. */
export const placeInList = ({ sheets: [first, ...others] }: State['groups'][number]): number =>
  first?.file.endsWith('.html') ? 0 : first?.file.endsWith('.svg') ? 3 : others.length === 0 ? 1 : 2;

/** What a sheet is called; a page in its `<title>`, where the name of the office may follow. */
export function titleOf(sheet: Sheet, between: string): string | undefined {
  if (sheet.kind !== 'page') return sheet.kind === 'picture' ? sheet.title : undefined;
  const title = /<title>([^<]+)<\/title>/.exec(sheet.html.toString())?.[1]?.split(between)[0];
  return title?.replace(/&(amp|lt|gt|quot|#39);/g, (_, name: string) => CHARACTERS[name] ?? '');
}
const CHARACTERS: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };

/** What makes a sheet another one; nothing for what is not looked at: sources of charts, and pictures of the same chart. */
export function bodyOf(sheet: Sheet): string | undefined {
  switch (sheet.kind) {
    case 'page':
      return sheet.html.toString();
    case 'text':
      return sheet.file.endsWith('.html') ? sheet.text : undefined;
    case 'picture':
      return sheet.format === 'svg' ? svgOf(sheet.drawing.tree) : undefined;
  }
}

/** A page that shows a drawing. */
export const pictureHtml = (svg: string): string =>
  `<!doctype html><html lang="zh-Hant"><head><meta charset="utf-8"><title>-</title><style>html{background:#fff}body{margin:24px}svg{display:block;max-width:100%;height:auto;margin:auto}</style></head><body>${svg}</body></html>`;

/** Stands where a chart is not drawn yet. */
export const undrawn = ({ id }: Diagram): Drawing => ({
  id,
  tree: svgElement(
    'svg',
    { id: `chart-${id}`, width: 320, height: 80, viewBox: '0 0 320 80', role: 'img' },
    svgElement('style', {}),
    svgElement('text', { x: 160, y: 45, 'text-anchor': 'middle', fill: '#55605f' }, '…'),
  ),
  width: 320,
  height: 80,
});

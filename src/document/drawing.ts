// A drawing as a small tree (hast). It becomes text where it is placed or written, and nobody reads it from there again.
import { type Html, trusted } from '../core/html.js';

/** Attributes are named as they are written. */
export type SvgElement = {
  type: 'element';
  tagName: string;
  properties: Readonly<Record<string, string>>;
  children: readonly SvgNode[];
};
export type SvgNode = SvgElement | { type: 'text'; value: string };

/** An element with its attributes in the order given. */
export const svgElement = (
  tagName: string,
  properties: Readonly<Record<string, string | number>>,
  ...children: readonly (SvgNode | string)[]
): SvgElement => ({
  type: 'element',
  tagName,
  properties: Object.fromEntries(Object.entries(properties).map(([name, value]) => [name, String(value)])),
  children: children.map((child) => (typeof child === 'string' ? { type: 'text', value: child } : child)),
});

/** All text inside, in order. */
export const svgText = (node: SvgNode): string =>
  node.type === 'text' ? node.value : node.children.map(svgText).join('');

const XHTML = 'http://www.w3.org/1999/xhtml';
const VOID = /^(area|br|col|hr|img|input|wbr)$/;
const IN_TEXT: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
const IN_VALUE: Readonly<Record<string, string>> = {
  ...IN_TEXT,
  '"': '&quot;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
};

/**
 * The tree as text that is right both as XML, as a file, and as HTML, inside a page: as browsers serialize it. `last`: markup
 * that stands behind everything else in it.
 */
export const svgOf = (tree: SvgElement, last?: Html): string => written(tree, '', last?.toString() ?? '');

/** A drawing in a page. */
export const drawingHtml = ({ tree }: { tree: SvgElement }): Html => trusted(svgOf(tree));

/** `within`: the namespace of what it stands in. */
function written(node: SvgNode, within: string, last: string): string {
  if (node.type === 'text') return node.value.replace(/[&<>]/g, (sign) => IN_TEXT[sign] ?? sign);
  const { tagName, properties, children } = node;
  const space = properties.xmlns ?? within;
  const values = Object.entries(properties).map(
    ([name, value]) => ` ${name}="${value.replace(/[&<>"\t\n\r]/g, (sign) => IN_VALUE[sign] ?? sign)}"`,
  );
  const open = `<${tagName}${values.join('')}`;
  const inner = children.map((child) => written(child, space, '')).join('') + last;
  if (inner !== '') return `${open}>${inner}</${tagName}>`;
  // In a page, an element of HTML does not end with its own tag.
  if (space === XHTML) return VOID.test(tagName) ? `${open} />` : `${open}></${tagName}>`;
  return `${open}/>`;
}

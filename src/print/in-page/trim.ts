// Mermaid's drawing, trimmed to what is seen of it, as a small tree.
//
// Mermaid's SVG is 100–200 kB, most of it styles, markers and marks for its editor that nothing uses, and its ids may meet
// those of the next chart in the same page.
import type { SvgElement, SvgNode } from '../../document/drawing.js';
import { straightened } from './straight.js';

const ACTIVE = 'script,iframe,object,embed,audio,video,link,meta,base,form,input,animate,set,animateTransform';
/** Anything but an id in the same drawing. */
const LOADS = /url\(\s*["']?(?!["']?#)/i;
const MEASURES = 'd points transform x y x1 y1 x2 y2 cx cy r rx ry width height'.split(' ');
const SPACES = { svg: 'http://www.w3.org/2000/svg', xlink: 'http://www.w3.org/1999/xlink' };

export type Trimmed = { tree: SvgElement; width: number; height: number };

/**
 * Keeps what is seen, begins every id with `svgId`, and leaves nothing that could run or load. `signs`: what letters stand
 * in place of (`withoutCodes`). Sizes are in CSS px.
 */
export function trimSvg(
  source: string,
  svgId: string,
  title: string,
  signs: Readonly<Record<string, string>>,
): Trimmed {
  const svg = new DOMParser().parseFromString(source, 'text/html').querySelector('svg');
  if (!svg) throw new Error('Mermaid drew nothing');
  removeActive(svg);
  const follow = prefixIds(svg, svgId);
  restoreText(svg, signs);
  removeUnseen(svg);
  const rules = rulesOf(svg, svgId, follow);
  removeClasses(svg, rules);
  roundMeasures(svg);
  const size = frame(svg, svgId, title, rules);
  return { tree: treeOf(svg, ''), ...size };
}

/** Nothing that runs or loads stays. */
function removeActive(svg: SVGSVGElement): void {
  for (const element of svg.querySelectorAll(ACTIVE)) element.remove();
  for (const element of [svg, ...svg.querySelectorAll('*')])
    for (const { name, value } of [...element.attributes]) {
      const reference = /^(xlink:)?(href|src)$/.test(name);
      const local = value.startsWith('#') || (/^(https?|mailto):/i.test(value) && element.localName === 'a');
      const picture = /^data:image\/(png|jpeg|gif|webp);/.test(value);
      if (/^on/i.test(name) || (reference && !local && !picture) || LOADS.test(value) || name === 'srcset')
        element.removeAttribute(name);
      else if (name.startsWith('data-') || value.trim() === '' || value.trim() === ';') element.removeAttribute(name);
    }
}

/** Every id begins with the drawing's own. Returns what makes a text that refers to ids follow. */
function prefixIds(svg: SVGSVGElement, svgId: string): (text: string) => string {
  const renamed = new Map<string, string>();
  for (const element of svg.querySelectorAll('[id]')) {
    if (element.id.startsWith(`${svgId}-`) || element.id.startsWith(`${svgId}_`)) continue;
    const fresh = `${svgId}-${element.id.replace(/[^\w-]/g, '-')}`;
    renamed.set(element.id, fresh);
    element.id = fresh;
  }
  const follow = (text: string) =>
    text.replace(/#([\w-]+)/g, (all, id: string) => (renamed.has(id) ? `#${renamed.get(id)}` : all));
  for (const element of svg.querySelectorAll('*'))
    for (const { name, value } of [...element.attributes])
      if (/url\(#|^#/.test(value)) element.setAttribute(name, follow(value));
      else if (name === 'aria-labelledby' || name === 'aria-describedby') element.removeAttribute(name);
  return follow;
}

/** Puts back what letters stood in place of; nothing turns the order of what is read. */
function restoreText(svg: SVGSVGElement, signs: Readonly<Record<string, string>>): void {
  const texts = document.createTreeWalker(svg, NodeFilter.SHOW_TEXT);
  for (let node = texts.nextNode(); node; node = texts.nextNode())
    node.nodeValue = (node.nodeValue ?? '')
      .replace(/[\u0180-\u024F]/g, (sign) => signs[sign] ?? sign)
      .replace(/[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/g, '');
}

/** Labels without text, marker ends that no line uses, then groups left empty. */
function removeUnseen(svg: SVGSVGElement): void {
  for (const element of svg.querySelectorAll('text,rect'))
    if (element.localName === 'text' ? element.textContent?.trim() === '' : !element.hasAttribute('width'))
      element.remove();
  const text = svg.outerHTML;
  for (const marker of svg.querySelectorAll('marker,filter,linearGradient,clipPath,symbol'))
    if (!text.includes(`#${marker.id})`) && !text.includes(`"#${marker.id}"`)) marker.remove();
  for (let empty = true; empty; ) {
    const groups = [...svg.querySelectorAll('g,defs')].filter((each) => each.childNodes.length === 0);
    for (const group of groups) group.remove();
    empty = groups.length > 0;
  }
}

/** The rules that match something here and do not reach beyond this drawing. Their style elements are taken out. */
function rulesOf(svg: SVGSVGElement, svgId: string, follow: (text: string) => string): string {
  const kept: string[] = [];
  for (const style of svg.querySelectorAll('style')) {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(follow(style.textContent ?? ''));
    for (const rule of sheet.cssRules) {
      if (!(rule instanceof CSSStyleRule) || LOADS.test(rule.cssText)) continue;
      const scoped = rule.selectorText.split(',').filter((each) => each.trim().startsWith(`#${svgId}`));
      const used = scoped.filter((each) => {
        // A state of the pointer or an element's part has no place on paper.
        const bare = each.trim();
        return !bare.includes(':') && svg.parentElement?.querySelector(bare);
      });
      rule.style.removeProperty('animation');
      if (used.length > 0 && rule.style.length > 0) kept.push(`${used.join(',')}{${rule.style.cssText}}`);
    }
    style.remove();
  }
  // Chromium turns text with a stroke into Type 3 fonts.
  // And sets it in a size of each scale, which may be that of a neighbour (see `roundType`).
  kept.push(`#${svgId} text,#${svgId} tspan{stroke:none!important;text-rendering:geometricPrecision!important}`);
  return kept.join('\n');
}

/** Classes that no rule names. */
function removeClasses(svg: SVGSVGElement, rules: string): void {
  if (rules.includes('[class')) return;
  for (const element of svg.querySelectorAll('[class]')) {
    const named = [...element.classList].filter((name) => rules.includes(`.${name}`));
    if (named.length > 0) element.setAttribute('class', named.join(' '));
    else element.removeAttribute('class');
  }
}

function roundMeasures(svg: SVGSVGElement): void {
  const round = (text: string) =>
    text.replace(/-?\d+\.\d{3,}(e-?\d+)?/g, (number) => String(Number(Number(number).toFixed(2))));
  for (const element of svg.querySelectorAll('*'))
    for (const name of MEASURES) {
      const value = element.getAttribute(name);
      if (value !== null) element.setAttribute(name, (name === 'd' ? straightened(value) : undefined) ?? round(value));
    }
}

/** Gives the drawing its own attributes and no others, its title and its rules. */
function frame(svg: SVGSVGElement, svgId: string, title: string, rules: string): { width: number; height: number } {
  const [left = 0, top = 0, width = 0, height = 0] = (svg.getAttribute('viewBox') ?? '').split(/[\s,]+/).map(Number);
  const size = { width: Math.ceil(width), height: Math.ceil(height) };
  const description = svg.querySelector(':scope > desc')?.textContent;
  for (const each of svg.querySelectorAll(':scope > title, :scope > desc')) each.remove();
  const type = svg.getAttribute('class');
  for (const { name } of [...svg.attributes]) svg.removeAttribute(name);
  const attributes: Record<string, string> = {
    id: svgId,
    width: String(size.width),
    height: String(size.height),
    viewBox: [left, top, width, height].map((each) => Number(each.toFixed(2))).join(' '),
    role: 'img',
  };
  if (type) attributes.class = type;
  for (const [name, value] of Object.entries(attributes)) svg.setAttribute(name, value);
  const head = (name: string, content: string) => {
    const element = document.createElementNS(SPACES.svg, name);
    element.textContent = content;
    return element;
  };
  svg.prepend(head('title', title), ...(description ? [head('desc', description)] : []), head('style', rules));
  return size;
}

/** `space`: the namespace of what it stands in. */
function treeOf(element: Element, space: string): SvgElement {
  const own = element.namespaceURI ?? '';
  const linked = [...element.attributes].some(({ namespaceURI }) => namespaceURI === SPACES.xlink);
  return {
    type: 'element',
    tagName: element.tagName,
    properties: {
      ...(own === space ? {} : { xmlns: own }),
      ...(linked ? { 'xmlns:xlink': SPACES.xlink } : {}),
      ...Object.fromEntries([...element.attributes].map(({ name, value }) => [name, value])),
    },
    children: [...element.childNodes].flatMap((node): SvgNode[] => {
      if (node instanceof Element) return [treeOf(node, own)];
      return node instanceof Text ? [{ type: 'text', value: node.data }] : [];
    }),
  };
}

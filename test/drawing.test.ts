// A drawing as a tree: its text, and the outlines that are made simple before it is one.
import { describe, expect, test } from 'vitest';
import { svgElement, svgOf, svgText } from '../src/document/drawing.js';
import { straightened } from '../src/print/in-page/straight.js';

describe('the text of a tree', () => {
  test('keeps attributes in their order and closes what is empty', () => {
    const tree = svgElement(
      'svg',
      { xmlns: 'http://www.w3.org/2000/svg', width: 9 },
      svgElement('path', { d: 'M0 0' }),
    );
    expect(svgOf(tree)).toBe('<svg xmlns="http://www.w3.org/2000/svg" width="9"><path d="M0 0"/></svg>');
  });
  test('has no sign that would end a text or a value', () => {
    const tree = svgElement('g', { title: '"<&>\n' }, 'a < b & "c" > d');
    expect(svgOf(tree)).toBe('<g title="&quot;&lt;&amp;&gt;&#10;">a &lt; b &amp; "c" &gt; d</g>');
  });
  test('ends an empty element of HTML as a page reads it', () => {
    const html = svgElement(
      'div',
      { xmlns: 'http://www.w3.org/1999/xhtml' },
      svgElement('p', {}),
      svgElement('br', {}),
    );
    expect(svgOf(svgElement('foreignObject', {}, html))).toContain('<p></p><br /></div>');
  });
  test('is found without its tags', () => {
    expect(
      svgText(svgElement('text', {}, svgElement('tspan', {}, '申請'), '、', svgElement('tspan', {}, '審查'))),
    ).toBe('申請、審查');
  });
});

describe('an outline of Rough.js', () => {
  /** Two curves on each of `sides` sides of a polygon, whose handles lie `off` px beside the side. */
  const outline = (sides: number, off = 0): string =>
    Array.from({ length: sides }, (_, i) => {
      const [from, to] = [i * 10, i * 10 + 10];
      const curve = `C${from + 3} ${off}, ${from + 6} ${off}, ${to} 0`;
      return `M${from} 0 ${curve} M${from} 0 ${curve}`;
    }).join(' ');

  test('becomes its sides, each once', () => {
    expect(straightened(outline(4))).toBe('M0 0L10 0L20 0L30 0L40 0');
  });
  test('may bend by what nobody sees, and by no more', () => {
    expect(straightened(outline(4, 0.04))).toBeDefined();
    expect(straightened(outline(4, 0.06))).toBeUndefined();
  });
  test('of few parts, or with another command, stays as it is', () => {
    expect(straightened('M0 0L10 0')).toBeUndefined();
    expect(straightened(`${outline(4)} A1 1 0 0 0 2 2`)).toBeUndefined();
    expect(straightened(`${outline(4)} L5`)).toBeUndefined();
  });
});

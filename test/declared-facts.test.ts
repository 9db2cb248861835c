// What sheets declare is compared with what was printed years ago: of every field of the content it stays as it was.
import { describe, expect, test } from 'vitest';
import { parse } from '../src/content/parse.js';
import { parseMarkdown } from '../src/content/syntax/markdown.js';
import { inBookOrder } from '../src/document/context.js';
import { sectionsOfFormat1 } from '../src/document/declaration-1.js';
import type { Section } from '../src/document/declared-facts.js';
import { isFacet, sectionsShown } from '../src/document/shown-facts.js';
import { contentOf } from './office.js';
import sample from './samples/declared.json' with { type: 'json' };

const handbook = parse(contentOf(sample.content), parseMarkdown);
const written = { handbook, services: inBookOrder(handbook) };
/** A line for each fact; the signs around the program's own words as they can be read. */
const linesOf = (sections: readonly Section[]): string[] =>
  sections.flatMap(({ id, name, facts }) => [
    `# ${id} ${name}`,
    ...facts.map((fact) =>
      fact.join(' | ').replaceAll('\u0001', '‹').replaceAll('\u0002', '·').replaceAll('\u0003', '›'),
    ),
  ]);

test('the content of the sample is read whole', () => {
  expect(handbook.faults).toEqual([]);
  expect(sample.shows.filter((facet) => !isFacet(facet))).toEqual([]);
});

test('what a sheet shows, facet by facet, is declared as ever', () => {
  const sections = sectionsShown(written, { services: 'all', charts: 'all' }, sample.shows.filter(isFacet));
  expect(linesOf(sections)).toEqual(sample['format 2']);
});

describe('a sheet of format 1', () => {
  test.each(Object.entries(sample['format 1']))('declares as %s what it did', (id, lines) => {
    expect(linesOf(sectionsOfFormat1(written, id, id === 'cards' ? written.services : []))).toEqual(lines);
  });
});

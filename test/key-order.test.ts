// In which order the keys of a file are written tells nothing: the same facts are printed, in the same order.
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isMap, isSeq, parseDocument, YAMLMap } from 'yaml';
import { read } from '../src/content/read.js';
import type { Sheet } from '../src/document/sheet.js';
import cards from '../src/outputs/cards.js';
import handbook from '../src/outputs/handbook/handbook.js';
import leaflets from '../src/outputs/leaflets.js';
import notices from '../src/outputs/notices.js';
import posters from '../src/outputs/posters/posters.js';
import { kitFor } from './outputs/kit.js';

const content = read('content', join(import.meta.dirname, '..'));
const files = [content.office, content.book, ...content.services, ...content.chapters].flatMap((source) =>
  source ? [[source.path.replace(/^content\//, ''), source.text] as const] : [],
);

/** Names that the author gives, in the order in which they are told. */
const FREE = new Set(['分支']);

/** A number for each place, below 1 and always the same for a seed. */
const ranksOf = (seed: number): (() => number) => {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
};
function shuffled<T>(list: readonly T[], next: () => number): T[] {
  return list
    .map((each) => ({ each, rank: next() }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ each }) => each);
}

function shuffle(node: unknown, next: () => number, free = false): void {
  if (isSeq(node)) for (const item of node.items) shuffle(item, next);
  if (!(node instanceof YAMLMap) || !isMap(node)) return;
  for (const { key, value } of node.items) shuffle(value, next, FREE.has(String(key)));
  if (!free) node.items = shuffled(node.items, next);
}

const inYaml = (text: string, next: () => number): string => {
  const document = parseDocument(text);
  shuffle(document.contents, next);
  return document.toString({ lineWidth: 0 });
};

/** Front matter like YAML; the sections below the title in another order. */
function inMarkdown(text: string, next: () => number): string {
  const [, head = '', body = ''] = /^---\n([\s\S]*?\n)---\n([\s\S]*)$/.exec(text) ?? [];
  const [title, ...sections] = body.split(/^(?=## )/m);
  const ended = sections.map((section) => `${section.trimEnd()}\n\n`);
  return `---\n${inYaml(head, next)}---\n${title}${shuffled(ended, next).join('')}`;
}

const printed = (texts: readonly (readonly [string, string])[]): string[] => {
  const kit = kitFor(Object.fromEntries(texts));
  return [handbook, notices, posters, cards, leaflets].flatMap((output) =>
    output.render(kit).map((sheet: Sheet) => {
      if (sheet.kind === 'picture') throw new Error('no page');
      return `${sheet.file}\n${sheet.kind === 'page' ? `${sheet.html}\n${sheet.declares}` : sheet.text}`;
    }),
  );
};

test('the shipped book prints the same, whatever the order of the keys in its files', () => {
  const before = printed(files);
  fc.assert(
    fc.property(fc.nat(), (seed) => {
      const next = ranksOf(seed);
      const after = files.map(([path, text]) => {
        if (path.startsWith('chapters/')) return [path, text] as const;
        return [path, path.endsWith('.md') ? inMarkdown(text, next) : inYaml(text, next)] as const;
      });
      expect(after.filter(([, text], i) => text !== files[i]?.[1]).length).toBe(content.services.length + 2);
      const sheets = printed(after);
      for (const [i, sheet] of sheets.entries())
        expect(sheet === before[i], sheet.slice(0, sheet.indexOf('\n'))).toBe(true);
      expect(sheets.length).toBe(before.length);
    }),
    { numRuns: 2 },
  );
}, 60_000);

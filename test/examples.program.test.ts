// The worked examples of the shipped services: two for each at least, and an edit of what they reach does not go unnoticed.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { exampleYaml, judged, proposed, targetsOf, unreached } from '../src/content/answer/examples.js';
import { parse } from '../src/content/parse.js';
import type { Service } from '../src/content/schema/service.js';
import { parseMarkdown } from '../src/content/syntax/markdown.js';
import { contentOf } from './office.js';

const CONTENT = join(import.meta.dirname, '../content');
const read = (path: string): string => readFileSync(join(CONTENT, path), 'utf8');
const FILES = readdirSync(join(CONTENT, 'services'));
const AROUND = { 'office.yaml': read('office.yaml'), 'handbook.yaml': read('handbook.yaml') };
const parsed = (file: string, text: string): Service | undefined =>
  parse(contentOf({ ...AROUND, [`services/${file}`]: text }), parseMarkdown).services[0];
const shipped = FILES.map((file): [string, Service] => [file, parsed(file, read(`services/${file}`)) as Service]);

describe.each(shipped)('%s', (_, service) => {
  test('has two examples at least, all as computed', () => {
    const all = judged(service);
    expect(all.length).toBeGreaterThanOrEqual(2);
    expect(
      all.flatMap(({ faults, differences }) => [
        ...faults.map(({ say }) => say.zh),
        ...differences.map(({ expected, computed }) => `${expected} ≠ ${computed}`),
      ]),
    ).toEqual([]);
  });
  test('has none of its conditions, charges and cases unreached', () => {
    expect(unreached(service).map(({ name }) => name)).toEqual([]);
  });
});

test('what is proposed is as computed once it stands in the file, and reaches everything', () => {
  for (const [file, service] of shipped) {
    const text = read(`services/${file}`);
    const without = file.endsWith('.md')
      ? text.replace(/\n## 情境\n[\s\S]*?(?=\n## )/, '')
      : text.replace(/\n情境:\n[\s\S]*$/, '\n');
    const bare = parsed(file, without) as Service;
    expect(judged(bare), file).toEqual([]);
    if (file.endsWith('.md')) continue;
    const again = parsed(
      file,
      `${without}情境:\n${proposed(bare)
        .map((each) => exampleYaml(bare, each))
        .join('')}`,
    ) as Service;
    expect(judged(again).flatMap(({ faults, differences }) => [...faults, ...differences])).toEqual([]);
    expect(unreached(again)).toEqual([]);
    expect(targetsOf(again).length).toBe(targetsOf(service).length);
  }
});

/** One edit in a line of facts: what stood there, and what stands there now. */
type Edit = { file: string; line: number; from: string; to: string };

/** Edits of a text, each of one fact that some example reaches: a number, a form, a name, a condition, 待確認 made known. */
function editsOf(file: string, service: Service): Edit[] {
  const text = read(`services/${file}`);
  const spans = judged(service)
    .flatMap(({ answer }) => answer?.decidedBy ?? [])
    .filter(({ start, end }) => end > start);
  const lines = text.split('\n');
  let at = 0;
  const edits: Edit[] = [];
  for (const [line, from] of lines.entries()) {
    const [start, end] = [at, at + from.length];
    at = end + 1;
    if (!spans.some((span) => span.start < end && span.end > start)) continue;
    for (const to of slipsIn(from)) if (to !== from) edits.push({ file, line, from, to });
  }
  return edits;
}

/** Slips of a hand in a line of documents, fee or limit; what is only remarked (說明, 來源, 起算…) is left as it is. */
function slipsIn(line: string): string[] {
  if (/網址|階段/.test(line) && !/形式|金額/.test(line)) return [];
  if (/^\s*(?:- )?(?:說明|來源|依據|書表|補正|延長|法定|起算|繳費方式)\s*[：:]/.test(line)) return [];
  const bare = line.replace(/(?:說明|來源|依據|書表|免附)[：:][^,}]*|#.*/g, (text) => '\0'.repeat(text.length));
  const swap = (pattern: RegExp, by: string): string[] =>
    [...bare.matchAll(pattern)].map(
      (found) => line.slice(0, found.index) + by + line.slice(found.index + found[0].length),
    );
  return [
    ...swap(/形式[：:] ?待確認/g, '形式: 影本'),
    ...swap(/份數[：:] ?待確認/g, '份數: 2'),
    ...swap(/(?<=形式[：:] ?)正本/g, '影本'),
    ...swap(/(?<=形式[：:] ?)影本/g, '正本'),
    ...(/期限|起算/.test(line) ? [] : swap(/(?<=名稱[：:] ?)(?=\p{Script=Han})/gu, '新')),
    ...swap(/, 條件[：:] ?[^,}]+/g, ''),
    ...swap(/\d+(?= 元)/g, '7'),
    ...swap(/(?<=每 )2(?= 小時)/g, '3'),
    ...swap(/\d+(?= (?:日|分鐘))/g, '99'),
    ...swap(
      /(?<=^(?:規費|辦理時限|應備證件)[：:] ?)待確認$/g,
      line.startsWith('規費') ? '100 元' : line.startsWith('應備') ? '[身分證]' : '9 日',
    ),
  ];
}

/** Random numbers that are the same for the same seed. */
function shuffled<T>(list: readonly T[], seed: number): T[] {
  let state = seed;
  const next = (): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return state / 0x7fffffff;
  };
  return list
    .map((value) => ({ value, key: next() }))
    .sort((a, b) => a.key - b.key)
    .map(({ value }) => value);
}

test('of 100 seeded edits to facts that examples reach, 95 make an example fail', () => {
  const all = shipped.flatMap(([file, service]) => editsOf(file, service));
  expect(all.length).toBeGreaterThan(100);
  const missed = shuffled(all, 18)
    .slice(0, 100)
    .filter(({ file, line, to }) => {
      const lines = read(`services/${file}`).split('\n');
      lines[line] = to;
      const service = parsed(file, lines.join('\n'));
      return (
        service !== undefined &&
        judged(service).every(({ faults, differences }) => faults.length + differences.length === 0)
      );
    });
  expect(missed.length, JSON.stringify(missed, null, 1)).toBeLessThanOrEqual(5);
});

// Every service of the shipped book and two hundred random ones of the whole model: each case is answered whole, nothing is
// empty without its reason, and where cases are chosen pairwise no two answers that go together are missed.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Combination, combinationsOf } from '../src/content/answer/combinations.js';
import { parse } from '../src/content/parse.js';
import type { Service } from '../src/content/schema/service.js';
import { parseMarkdown } from '../src/content/syntax/markdown.js';
import { contentOf } from './office.js';
import { randomService } from './random-service.js';

const CONTENT = join(import.meta.dirname, '../content');

function expectWhole(all: readonly Combination[], name: string): void {
  expect(all.length, name).toBeGreaterThan(0);
  for (const { person, answer } of all) {
    const { questions, documents, documentsReason, fee, limit } = answer;
    const where = `${name} ${JSON.stringify(person)}`;
    expect(questions, where).toEqual([]);
    expect(documents.length > 0 || documentsReason !== undefined, where).toBe(true);
    expect(fee.totals.length > 0 || fee.reason !== undefined, where).toBe(true);
    expect(limit.limit !== undefined || limit.immediate || limit.reason !== undefined, where).toBe(true);
    expect([documentsReason, fee.reason, limit.reason], where).not.toContain('asked');
  }
}

/** Every two answers that stand together in one of the cases. */
function pairsIn(all: readonly Combination[]): Set<string> {
  const pairs = new Set<string>();
  for (const { person } of all) {
    const { conditions = {}, quantities = {}, ...choices } = person;
    const answers = [choices, conditions, quantities]
      .flatMap((each) => Object.entries(each).map(([key, value]) => `${key}=${value}`))
      .sort();
    for (const [i, one] of answers.entries()) for (const other of answers.slice(i + 1)) pairs.add(`${one} & ${other}`);
  }
  return pairs;
}

/** Whether all cases could be told; then a pairwise choice of them is held against all. */
function expectAnswered(service: Service, name: string): boolean {
  const { all, pairwise } = combinationsOf(service);
  expectWhole(all, name);
  if (pairwise) return false;
  const chosen = pairsIn(combinationsOf(service, {}, 0).all);
  expect(
    [...pairsIn(all)].filter((pair) => !chosen.has(pair)),
    name,
  ).toEqual([]);
  return true;
}

test.each([0, 1, 2, 3])('of random services (%i)', (part) => {
  let whole = 0;
  for (let seed = 1; seed <= 50; seed += 1) {
    const { yaml } = randomService(part * 1000 + seed, 0.1 + (seed % 5) * 0.07, seed % 3);
    const { services } = parse(contentOf({ 'services/one.yaml': yaml }), parseMarkdown);
    const service = services.find(({ id }) => id === 'one');
    if (!service) throw new Error(`seed ${seed}: no service`);
    if (expectAnswered(service, `seed ${part * 1000 + seed}`)) whole += 1;
  }
  expect(whole).toBeGreaterThan(30);
});

test.each(readdirSync(join(CONTENT, 'services')))('of %s', (file) => {
  const read = (path: string): string => readFileSync(join(CONTENT, path), 'utf8');
  const around = { 'office.yaml': read('office.yaml'), 'handbook.yaml': read('handbook.yaml') };
  const { services } = parse(contentOf({ ...around, [`services/${file}`]: read(`services/${file}`) }), parseMarkdown);
  expectAnswered(services[0] as Service, file);
});

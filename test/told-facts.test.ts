// What is written of a service stands on every paper that owes it.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { owing } from '../src/build/owed.js';
import type { Fields } from '../src/content/schema/schema.js';
import { known } from '../src/content/schema/schema.js';
import { serviceFields } from '../src/content/schema/service.js';
import { proseTexts } from '../src/content/syntax/markdown.js';
import type { Output } from '../src/document/output.js';
import { FACT_KINDS, kindOfField, toldFacts } from '../src/document/told-facts.js';
import cards from '../src/outputs/cards.js';
import hall from '../src/outputs/hall.js';
import handbook from '../src/outputs/handbook/handbook.js';
import leaflets from '../src/outputs/leaflets.js';
import notices from '../src/outputs/notices.js';
import posters from '../src/outputs/posters/posters.js';
import { factsUnread } from '../src/pdf/preflight/preflight.js';
import { textsOf } from '../src/theme/hidden-facts.js';
import { BOOK, OFFICE, SERVICE } from './office.js';
import { kitFor } from './outputs/kit.js';
import { type RandomService, randomService } from './random-service.js';

const ELSEWHERE = ['id', 'name', 'procedure', 'mermaid', 'findings', 'variants', 'examples'];
const FORMS =
  '書表:\n  - {編號: form-a, 名稱: 甲種申請表}\n  - {編號: form-b, 名稱: 乙種申請表, 網址: "https://example.org/b"}\n';
const contextFor = ({ yaml, units }: RandomService, options: Parameters<typeof kitFor>[1] = {}) => ({
  ...kitFor(
    {
      'office.yaml': OFFICE.replace('單位: [', `單位: [${[...units, ''].join(', ')}`),
      'handbook.yaml': `${BOOK}${FORMS}`,
      'services/one.yaml': yaml,
      'services/other.yaml': SERVICE,
    },
    options,
  ),
  proseTexts,
});

/** What a paper owes and does not say, read without the signs between words. */
const missingOn = (output: Output, service: RandomService, options: Parameters<typeof kitFor>[1] = {}): string[] =>
  missingIn(contextFor(service, options), output);
function missingIn(context: ReturnType<typeof contextFor>, output: Output): string[] {
  return output.render(context).flatMap((each) => {
    const sheet = owing(each, output.tells, context);
    if (sheet.kind !== 'page' || sheet.owes === undefined) return [];
    return factsUnread(textsOf(sheet.html.toString()), sheet.owes).map(({ text, message }) => `${text}: ${message.en}`);
  });
}

test('a condition that nobody knows yet leaves every paper in order', () => {
  const yaml = SERVICE.replace(/^應備證件:.*$/m, '應備證件: [申請書, {名稱: 財力證明, 條件: 待確認}]').replace(
    /^規費:.*$/m,
    '規費: [{項目: 登記費, 金額: 100 元, 條件: 待確認}]',
  );
  expect(yaml).toContain('財力證明');
  for (const output of [notices, posters, cards, leaflets])
    expect(missingOn(output, { yaml, units: [] } as unknown as RandomService)).toEqual([]);
});

describe('every field of a service', () => {
  const paths = (fields: Fields, above: string): string[] =>
    Object.entries(fields).flatMap(([name, { shape }]) => {
      if (above === '' && ELSEWHERE.includes(name)) return [];
      const path = above === '' ? name : `${above}.${name}`;
      return shape.fields ? paths(shape.fields, path) : [path];
    });
  test.each(paths(serviceFields, ''))('%s belongs to a kind of fact', (path) => {
    expect(kindOfField(path)).toBeDefined();
  });
  test('is written in no kind that does not exist', () => {
    for (const { fields } of Object.values(FACT_KINDS))
      for (const field of fields) expect(kindOfField(field), field).toBeDefined();
  });
});

describe('a text of a service', () => {
  test('is told, whichever field it stands in', () => {
    const random = randomService(1, 1, 2);
    const context = contextFor(random);
    const [service] = context.services.filter(({ id }) => id === 'one');
    if (!service) throw new Error('no service');
    const told = toldFacts(context, service)
      .map(({ text }) => text)
      .join('\n');
    const names = [service, ...(known(service.variants) ?? [])].map(({ name }) => name);
    expect(random.texts.filter((text) => !told.includes(text) && !names.includes(text))).toEqual([]);
  });
});

/** The same services for each output, as in a build; each is read once. */
const contexts = new Map<string, ReturnType<typeof contextFor>>();
function contextOfRandom(...made: Parameters<typeof randomService>): ReturnType<typeof contextFor> {
  const key = made.join();
  const context = contexts.get(key) ?? contextFor(randomService(...made));
  contexts.set(key, context);
  return context;
}

describe.each([
  ['handbook', handbook],
  ['notices', notices],
  ['posters', posters],
  ['cards', cards],
  ['leaflets', leaflets],
  ['hall', hall],
] as [string, Output][])('%s', (_, output) => {
  test('says everything that it owes, of any service', () => {
    fc.assert(
      fc.property(fc.integer(), fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(3), (seed, rate, variants) => {
        expect(missingIn(contextOfRandom(seed, rate, variants), output)).toEqual([]);
      }),
      { numRuns: 40, seed: 20_261_127 },
    );
  });
});

describe('a condition that a paper parts from its value', () => {
  const yaml = `${SERVICE.replace(/^(應備證件|規費):.*$/gm, '')}應備證件: [申請書, 委託他人時：委任書]\n規費: {明細: [{項目: 證明, 金額: 100 元, 條件: 本人申請}]}\n`;
  const service = { yaml, texts: [], units: [] };
  test('is told on a printed page and in the handbook to be read on a screen', () => {
    const context = contextFor(service);
    for (const [output, options] of [
      [notices, {}],
      [handbook, { onScreen: true }],
    ] as const) {
      const sheets = output.render({ ...context, ...options }).map((each) => owing(each, output.tells, context));
      const sheet = sheets.find(
        (each) => each.kind !== 'picture' && each.owes?.some(({ text }) => text === '本人申請'),
      );
      if (sheet === undefined || sheet.kind === 'picture') throw new Error('nothing is owed');
      const shown = textsOf(sheet.kind === 'page' ? sheet.html.toString() : sheet.text);
      const faults = (texts: readonly string[]) => factsUnread(texts, sheet.owes ?? []).map(({ text }) => text);
      expect(faults(shown)).toEqual([]);
      const apart = ['本人申請', '空'.repeat(2000), shown.join('').replaceAll('本人申請', '')];
      expect(faults(apart)).toContain('100 元');
    }
  });
});

test.each([
  ['notices', notices],
  ['posters', posters],
  ['handbook', handbook],
] as const)('a list in the notes stands on %s in both languages, translated or not', (_, output) => {
  const notes = `${SERVICE}注意事項: |\n  - 匿名的意見，得不予處理。\n  - 電話陳情會作成紀錄。\n`;
  for (const yaml of [
    notes,
    notes.replace(/注意事項: \|\n(?<zh>[\s\S]*)$/, (_, zh: string) => {
      const inner = zh.replace(/^/gm, '  ').trimEnd();
      return `注意事項:\n  中文: |\n${inner}\n  英文: |\n    - Unsigned letters may stay unanswered.\n    - Calls are noted.\n`;
    }),
  ])
    expect(missingOn(output, { yaml, texts: [], units: [] }, { lang: 'zh', second: 'en' })).toEqual([]);
});

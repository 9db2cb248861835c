// Random services of the whole model: every case is answered whole.
import { expect, test } from 'vitest';
import { combinationsOf } from '../src/content/answer/combinations.js';
import { parse } from '../src/content/parse.js';
import { parseMarkdown } from '../src/content/syntax/markdown.js';
import { contentOf } from './office.js';
import { randomService } from './random-service.js';

test.each([0, 1, 2, 3])('of random services (%i) is answered whole, nothing empty without its reason', (part) => {
  for (let seed = 1; seed <= 10; seed += 1) {
    const { yaml } = randomService(part * 1000 + seed, 0.1 + (seed % 4) * 0.07, seed % 3);
    const handbook = parse(contentOf({ 'services/one.yaml': yaml }), parseMarkdown);
    const service = handbook.services.find(({ id }) => id === 'one');
    if (!service) throw new Error(`seed ${seed}: no service`);
    const { all } = combinationsOf(service);
    expect(all.length).toBeGreaterThan(0);
    for (const { answer: found } of all) {
      expect(found.questions).toEqual([]);
      expect(found.documents.length > 0 || found.documentsReason !== undefined, 'documents').toBe(true);
      expect(found.documentsReason).not.toBe('asked');
      expect(found.fee.totals.length > 0 || found.fee.reason !== undefined, 'fee').toBe(true);
      expect(found.fee.reason).not.toBe('asked');
      expect(
        found.limit.limit !== undefined || found.limit.immediate || found.limit.reason !== undefined,
        'limit',
      ).toBe(true);
      expect(found.limit.reason).not.toBe('asked');
    }
  }
});

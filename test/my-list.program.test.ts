// What handbook.html answers for one person is what the engine answers: for every case of every shipped service, and of random ones.
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { rolldown } from 'rolldown';
import { beforeAll, expect, test } from 'vitest';
import { BOOK } from '../rolldown.config.js';
import { compile } from '../src/build/api.js';
import { outputsNamed, sheetsOf } from '../src/build/compile.js';
import { combinationsOf } from '../src/content/answer/combinations.js';
import { keyOfQuestion } from '../src/content/answer/person.js';
import { replayed } from '../src/content/answer/replayed.js';
import { contentOf } from './office.js';
import { randomService } from './random-service.js';

const IN_PAGE = join(import.meta.dirname, '../src/outputs/handbook/in-page');
const outputs = await outputsNamed(['handbook'], {});

/** The engine as it is in the page, with the rules of a page. */
let page: (json: string) => {
  rules: { date: string; services: Record<string, object> };
  answerIn(rules: object | undefined, person: object): object;
};
let size = 0;
beforeAll(async () => {
  const entry = `export { answerIn } from '${IN_PAGE}/asked.ts'; export { rulesHere } from '${IN_PAGE}/words.ts';`;
  const bundle = await rolldown({
    ...BOOK,
    logLevel: 'silent',
    input: 'entry',
    platform: 'browser',
    plugins: [
      ...BOOK.plugins,
      {
        name: 'entry',
        resolveId: (id) => (id === 'entry' ? id : undefined),
        load: (id) => (id === 'entry' ? entry : undefined),
      },
    ],
  });
  const { output } = await bundle.generate({ format: 'iife', name: 'page', minify: true, comments: false });
  size = Buffer.byteLength(output[0].code);
  page = (json) =>
    runInNewContext(`${output[0].code};({ ...page, rules: page.rulesHere() })`, {
      document: { querySelector: () => ({ textContent: json }) },
    });
});

/** Without the places in the content, and who decides, which the page does not tell. */
const plain = (answer: object): string =>
  JSON.stringify(answer, (key, value) =>
    ['at', 'cited', 'unread', 'source', 'basis', 'decidedBy', 'authority', 'span'].includes(key)
      ? undefined
      : typeof value === 'bigint'
        ? String(value)
        : value,
  );
const sorted = (text: string): unknown => JSON.parse(text);

async function compared(content: Parameters<typeof compile>[0]): Promise<number> {
  const job = await compile(content);
  const asked = { outputs, languages: { lang: 'zh' as const }, mono: false, sheets: false };
  const all = await sheetsOf(job, asked, async (diagrams) =>
    diagrams.map(({ id }) => ({
      id,
      tree: { type: 'element', tagName: 'svg', properties: {}, children: [] },
      width: 300,
      height: 400,
    })),
  );
  const sheet = all.find(({ file }) => file === 'handbook.html');
  const html = sheet?.kind === 'text' ? sheet.text : '';
  const json = /<script type="application\/json" id="rules">([\s\S]*?)<\/script>/.exec(html)?.[1] ?? '';
  const { rules, answerIn } = page(json);
  let cases = 0;
  for (const service of job.handbook.services) {
    const own = rules.services[`s-${service.id}`];
    const known = { date: rules.date };
    for (const { person, answer } of combinationsOf(service, known).all) {
      expect(sorted(plain(answerIn(own, person))), service.id).toEqual(sorted(plain(answer)));
      cases += 1;
    }
    // On the way to a whole answer the same is asked.
    const { answer: open } = replayed(service, [], known);
    const first = answerIn(own, known) as typeof open;
    expect(first.questions.map(keyOfQuestion)).toEqual(open.questions.map(keyOfQuestion));
  }
  return cases;
}

test('for every case of every shipped service', async () => {
  expect(await compared(join(import.meta.dirname, '../content'))).toBeGreaterThan(100);
});

test('for random services of the whole model', async () => {
  for (let seed = 1; seed <= 6; seed += 1) {
    const { yaml } = randomService(seed * 77, 0.1 + (seed % 4) * 0.07, seed % 3);
    expect(await compared(contentOf({ 'services/one.yaml': yaml })), String(seed)).toBeGreaterThan(0);
  }
});

test('the engine is small', () => {
  // Bytes as it stands in the file; less than half of it travels.
  expect(size).toBeLessThan(20_000);
});

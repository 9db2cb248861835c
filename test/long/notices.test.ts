// Notices of one case, read back from what was printed: documents, fee and limit are those that the engine answers. Up to
// eight cases of each shipped service, chosen pairwise, and one each of forty random services of the whole model.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { jobFor } from '../../src/build/case-notice.js';
import { type PrintJob, sheetsOf } from '../../src/build/compile.js';
import { openProject } from '../../src/build/project.js';
import { requestOf } from '../../src/build/request.js';
import { entryOf, variantOf } from '../../src/content/answer/answer.js';
import { type Combination, combinationsOf } from '../../src/content/answer/combinations.js';
import { feeInWords } from '../../src/content/answer/in-words.js';
import { narrowed } from '../../src/content/answer/narrowed.js';
import { parse } from '../../src/content/parse.js';
import { known } from '../../src/content/schema/schema.js';
import type { Service } from '../../src/content/schema/service.js';
import { parseMarkdown } from '../../src/content/syntax/markdown.js';
import { svgElement } from '../../src/document/drawing.js';
import { openPrinter, type Printer } from '../../src/print/printer.js';
import { readTemplates } from '../../src/theme/templates.js';
import { contentOf, OFFICE } from '../office.js';
import { see } from '../pdf.js';
import { randomService } from '../random-service.js';

const CWD = `${import.meta.dirname}/../..`;
const shipped = await openProject({ folder: 'content', cwd: CWD }).refresh();
const request = {
  ...(await requestOf({ content: 'content', out: '', cwd: CWD, env: {}, root: false, outputs: ['notices'] })),
  copies: 1 as const,
};
const templates = await readTemplates(false);
let printer: Printer;
beforeAll(async () => {
  printer = await openPrinter({ env: process.env, root: process.getuid?.() === 0, chart: templates.chart.theme });
});
afterAll(() => printer.close());

const bare = (text: string): string => text.replace(/\s/g, '');

async function printedOf(job: PrintJob, service: Service, { person }: Combination): Promise<string> {
  const [sheet] = await sheetsOf(jobFor(job, service, person, '2026-11-23', new Map()), request, async (diagrams) =>
    diagrams.map(({ id }) => ({ id, tree: svgElement('svg', {}), width: 1, height: 1 })),
  );
  if (sheet?.kind !== 'page') throw new Error('no sheet');
  const { bytes, faults = [] } = await printer.print(sheet);
  expect(faults.filter(({ advice }) => !advice)).toEqual([]);
  const { texts } = await see(bytes);
  expect(texts.length).toBeLessThanOrEqual(2);
  return texts.join('');
}

/** What the printed notice says that is not what is answered, a line each. */
function differences(text: string, service: Service, { answer, person }: Combination): string[] {
  const wrong: string[] = [];
  // Rows are numbered; what follows the last of them is the sum.
  const [, table = ''] = /補正的原因(.*?)應繳合計/s.exec(text) ?? [];
  const { documents, documentsReason, fee, limit } = answer;
  let at = 0;
  for (const [i, { document, among }] of documents.entries()) {
    const said =
      document.name === undefined ? (among ?? []).map(({ name }) => name ?? '') : [`${i + 1}${document.name}`];
    for (const each of said.map(bare)) {
      const found = table.indexOf(each, at);
      if (found === -1) wrong.push(`document ${i + 1} "${each}" is not in "${table}"`);
      else at = found;
    }
  }
  if (documents.length === 0 && table !== '') wrong.push(`no document, and "${table}"`);
  if (documentsReason === 'none-needed' && !text.includes('不需任何證件'))
    wrong.push('none needed, and it does not say so');
  const [, total = ''] = /應繳合計(.{0,60})/.exec(text) ?? [];
  if (fee.totals.length > 0 && !total.startsWith(bare(feeInWords(fee))))
    wrong.push(`${feeInWords(fee)}, and "${total}"`);
  if (fee.totals.length === 0 && /^[\d免]/.test(total)) wrong.push(`no sum, and "${total}"`);
  // What a limit is put together of is told piece by piece: each stage, and the time of other offices.
  const deadline = known(entryOf(service, variantOf(service, person)).deadline);
  const further = known(known(narrowed(service, person).service.deadline)?.extra) ?? [];
  const pieces = [...(known(deadline?.stages) ?? []), ...further].flatMap((each) => known(each.limit) ?? []);
  const isSum = limit.of === 'stages' || further.length > 0;
  const limits = isSum ? pieces : limit.limit ? [limit.limit] : [];
  for (const { printed } of limits) if (!text.includes(bare(printed))) wrong.push(`limit ${printed} is not there`);
  if (limit.immediate && !text.includes('隨到隨辦')) wrong.push('done at once, and it does not say so');
  return wrong;
}

test.each(shipped.handbook.services.map((service) => [service.id, service] as const))('of %s', async (_, service) => {
  const { all } = combinationsOf(service, {}, 0);
  for (const one of all.slice(0, 8)) {
    const text = await printedOf({ ...shipped, selected: [] }, service, one);
    expect(differences(text, service, one), JSON.stringify(one.person)).toEqual([]);
  }
});

test('of forty random services', async () => {
  for (let seed = 1; seed <= 40; seed += 1) {
    const { yaml, units } = randomService(seed * 31, 0.12 + (seed % 4) * 0.05, seed % 3);
    const office = OFFICE.replace('單位: [', `單位: [${[...units, ''].join(', ')}`);
    const content = contentOf({ 'office.yaml': office, 'services/one.yaml': yaml });
    const handbook = parse(content, parseMarkdown);
    const service = handbook.services.find(({ id }) => id === 'one');
    if (!service) throw new Error(`seed ${seed}: no service`);
    const one = combinationsOf(service, {}, 0).all.at(-1);
    if (!one) throw new Error(`seed ${seed}: no case`);
    const text = await printedOf({ ...shipped, content, handbook, templates, selected: [] }, service, one);
    expect(differences(text, service, one), `seed ${seed} ${JSON.stringify(one.person)}`).toEqual([]);
  }
});

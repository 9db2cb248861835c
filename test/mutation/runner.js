// How Vitest runs a test on the changed source: once to tell which changes it reaches, or once more for each change that
// it reaches and no test has noticed yet.
import { appendFileSync, readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { TestRunner } from 'vitest';

const WORK = '.mutation';
const { MUTATION: mode, MUTATION_PART: part } = process.env;
globalThis.__stryker__ ??= {};
const switches = globalThis.__stryker__;
const read = (name) => readFileSync(`${WORK}/${name}`, 'utf8');
const note = (name, line) => appendFileSync(`${WORK}/${name}.jsonl`, `${JSON.stringify(line)}\n`);

class Reach extends TestRunner {
  of = new Set(JSON.parse(read('plan.json')).switches);
  async onBeforeRunTask(test) {
    await super.onBeforeRunTask(test);
    // Nothing is called after a test that is passed over.
    if (test.mode === 'run' || test.mode === 'queued') switches.currentTestId = test.id;
  }
  onAfterRunTask(test) {
    super.onAfterRunTask(test);
    switches.currentTestId = undefined;
    const reaches = Object.keys(switches.mutantCoverage?.perTest[test.id] ?? {}).filter((id) => this.of.has(id));
    const file = relative(process.cwd(), test.file.filepath);
    note('reach', {
      test: test.id,
      name: test.name.slice(0, 80),
      file,
      ms: Math.ceil(test.result?.duration ?? 0),
      red: test.result?.state === 'fail',
      reaches,
    });
  }
  onAfterRunFiles() {
    super.onAfterRunFiles();
    note(
      'loaded',
      Object.keys(switches.mutantCoverage?.static ?? {}).filter((id) => this.of.has(id)),
    );
  }
}

const log = `hot-${part}`;
const { open, asked } = mode === 'hot' ? JSON.parse(read(`open-${part}.json`)) : { open: [], asked: [] };
const state = { open: new Set(open), reach: new Map(asked) };

class Hot extends TestRunner {
  async onBeforeRunTask(test) {
    await super.onBeforeRunTask(test);
    if (test.mode !== 'run' && test.mode !== 'queued') return;
    this.changes = (state.reach.get(test.id) ?? []).filter((id) => state.open.has(id));
    this.found = [];
    if (this.changes.length === 0) test.mode = 'skip';
    // Once for each change, and once more without any: it must still pass.
    else test.repeats = this.changes.length;
  }
  /** The last run turned red: its change is noticed. Vitest is told that nothing happened. */
  settle(test) {
    if (test.result?.state !== 'fail') return;
    if (switches.activeMutant !== undefined) this.found.push(switches.activeMutant);
    test.result.state = 'run';
    test.result.errors = undefined;
  }
  onBeforeTryTask(test, { repeats }) {
    this.settle(test);
    const change = this.changes[repeats];
    switches.activeMutant = change;
    if (change !== undefined) note(log, { test: test.id, change, at: Date.now() });
    super.onBeforeTryTask(test);
  }
  onAfterRunTask(test) {
    if (test.mode !== 'skip') {
      const sure = test.result?.state !== 'fail';
      if (!sure) note(log, { unsure: test.name, changes: this.found });
      else
        for (const id of this.found) {
          state.open.delete(id);
          note(log, {
            test: `${relative(process.cwd(), test.file.filepath)} > ${test.name.slice(0, 80)}`,
            noticed: id,
          });
        }
      switches.activeMutant = undefined;
    }
    super.onAfterRunTask(test);
  }
}

export default { reach: Reach, hot: Hot, cold: TestRunner }[mode] ?? TestRunner;

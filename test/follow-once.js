// How soon after a save the preview answers with the new sheet, for measuring (npm run bench).
import { spawn } from 'node:child_process';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { get } from 'node:http';
import { join } from 'node:path';

/**
 * Seconds from the save of a fact in `services/ID.yaml` until its poster with that fact has been answered, once for each
 * of `runs` saves. `fact`: the part of the file that is another each time, as a pattern; the number n takes its place.
 */
export async function secondsToFollow({ program, folder, id, fact, writtenAs, runs, env }) {
  const child = spawn(process.execPath, [program, 'preview', '--no-open', '--port', '0', '--content', folder], { env });
  const path = join(folder, 'services', `${id}.yaml`);
  const before = readFileSync(path, 'utf8');
  try {
    const url = await new Promise((resolve, reject) => {
      child.stdout.on('data', (text) => {
        const found = /http:\S+/.exec(text);
        if (found) resolve(found[0]);
      });
      child.on('close', (code) => reject(new Error(`the preview ended with ${code}`)));
    });
    let told;
    const events = get(`${url}events`, (answer) => answer.on('data', () => told?.()));
    const times = [];
    for (let n = 1001; n <= 1000 + runs; n += 1) {
      // Charts and the list of sheets are made meanwhile.
      await new Promise((resolve) => setTimeout(resolve, 6000));
      const start = process.hrtime.bigint();
      writeFileSync(`${path}.new`, before.replace(fact, writtenAs(n)));
      renameSync(`${path}.new`, path);
      for (let sheet = ''; !sheet.includes(writtenAs(n)); sheet = await textOf(`${url}sheet?file=posters/${id}.pdf`))
        await new Promise((resolve) => {
          told = resolve;
        });
      times.push(Number(process.hrtime.bigint() - start) / 1e9);
    }
    events.destroy();
    return times;
  } finally {
    child.removeAllListeners('close');
    child.kill('SIGKILL');
    writeFileSync(path, before);
  }
}

const textOf = (url) =>
  new Promise((resolve, reject) => {
    get(url, (answer) => {
      let text = '';
      answer.setEncoding('utf8');
      answer.on('data', (part) => {
        text += part;
      });
      answer.on('end', () => resolve(text));
    }).on('error', reject);
  });

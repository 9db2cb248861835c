// How long a keystroke in a service takes until the language server has told what it finds: for the bench.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Seconds of each of `runs` keystrokes in the service `id` of a content folder; the first judgement is not counted. */
export async function secondsOfKeystrokes({ program, folder, id, runs, env }) {
  const file = join(folder, 'services', `${id}.yaml`);
  const text = readFileSync(file, 'utf8');
  const uri = pathToFileURL(file).href;
  const child = spawn(process.execPath, [program, 'lsp', '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'], env });
  const send = (message) => {
    const body = Buffer.from(JSON.stringify({ jsonrpc: '2.0', ...message }));
    child.stdin.write(Buffer.concat([Buffer.from(`Content-Length: ${body.length}\r\n\r\n`), body]));
  };
  let received = Buffer.alloc(0);
  let hear = () => undefined;
  child.stdout.on('data', (part) => {
    received = Buffer.concat([received, part]);
    for (;;) {
      const head = received.indexOf('\r\n\r\n');
      const length = Number(/Content-Length: (\d+)/.exec(received.subarray(0, Math.max(0, head)))?.[1]);
      if (head === -1 || received.length < head + 4 + length) return;
      const message = JSON.parse(received.subarray(head + 4, head + 4 + length));
      received = received.subarray(head + 4 + length);
      hear(message);
    }
  });
  const told = (is) =>
    new Promise((resolve) => {
      hear = (message) => is(message) && resolve(message);
    });
  const answer = told(({ id }) => id === 1);
  send({ id: 1, method: 'initialize', params: { processId: null, rootUri: null, capabilities: {} } });
  await answer;
  send({ method: 'initialized', params: {} });
  const times = [];
  for (let version = 1; version <= runs + 1; version += 1) {
    const written = text.replace('摘要: ', `摘要: ${'甲'.repeat(version)}`);
    const shown = told(({ params }) => params?.uri === uri && params.version === version);
    const start = performance.now();
    if (version === 1)
      send({
        method: 'textDocument/didOpen',
        params: { textDocument: { uri, languageId: 'yaml', version, text: written } },
      });
    else
      send({
        method: 'textDocument/didChange',
        params: { textDocument: { uri, version }, contentChanges: [{ text: written }] },
      });
    await shown;
    if (version > 1) times.push((performance.now() - start) / 1000);
  }
  send({ id: 2, method: 'shutdown' });
  send({ method: 'exit' });
  await new Promise((resolve) => child.once('exit', resolve));
  return times;
}

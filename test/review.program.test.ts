// `servicebook review` as it is called: in words, as JSON and as a paper, judged on a day, and what it says of what it cannot do.

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { asker } from '../src/review/links.js';
import { runIn } from './program.js';
import { BOOK, FULL, OFFICE } from './revision/books.js';

const root = mkdtempSync(join(tmpdir(), 'servicebook-review-'));
afterAll(() => rmSync(root, { recursive: true }));
mkdirSync(join(root, 'content/services'), { recursive: true });
writeFileSync(join(root, 'content/office.yaml'), stringify(OFFICE));
writeFileSync(join(root, 'content/handbook.yaml'), stringify(BOOK));
writeFileSync(
  join(root, 'content/services/a.yaml'),
  stringify({ ...FULL, 法令依據: [{ 法規: '檔案法', 條次: '第17條', 查核日: '113年1月1日' }] }),
);

describe('review', () => {
  test('judges by the day that is given: the same content, the same report, and exit code 1 when something is due', async () => {
    const before = await runIn(root, 'review', '--today', '115年1月1日');
    const after = await runIn(root, 'review', '--today', '117年1月1日');
    expect([before.code, after.code]).toEqual([0, 1]);
    expect(before.out).not.toContain('已到期');
    expect(after.out).toContain('檔案法 | 民國116年1月1日已到期、引用 1 處 | content/services/a.yaml:');
  });
  test('as JSON, each with its place', async () => {
    const { out } = await runIn(root, 'review', '--format', 'json', '--today', '2028-01-01');
    const { today, sources, burden } = JSON.parse(out) as {
      today: string;
      sources: unknown[];
      burden: { services: unknown[] };
    };
    expect(today).toBe('2028-01-01');
    expect(sources).toMatchObject([{ name: '檔案法', checked: '2024-01-01', file: 'content/services/a.yaml' }]);
    expect(burden.services).toMatchObject([{ service: 'a' }]);
  });
  test('as a paper in either language, and in a file of the format of its name', async () => {
    const english = await runIn(root, 'review', '--format', 'html', '--lang', 'en', '--today', '2026-01-01');
    expect(english.out).toContain('<html lang="en">');
    expect(english.out).toContain('Proposals to other offices');
    expect((await runIn(root, 'review', '--out', '檢討.odt', '--today', '2026-01-01')).code).toBe(0);
    expect(readFileSync(join(root, '檢討.odt')).subarray(0, 2).toString()).toBe('PK');
  });
  test('what cannot be done is a sentence', async () => {
    for (const [args, said] of [
      [['--today', '明天'], '--today 寫的是「明天」，應為日期'],
      [['--lang', 'vi', '--format', 'html'], '檢討報告的語言是 zh 或 en'],
      [['--out', 'a.xyz'], '看不出「a.xyz」是什麼格式'],
      [['--format', 'pdf'], 'pdf 要寫到檔案裡'],
      [['--out', 'nowhere/a.html'], '無法寫入 nowhere/a.html'],
    ] as const)
      expect(await runIn(root, 'review', ...args)).toMatchObject({
        code: 2,
        out: '',
        err: expect.stringContaining(said),
      });
  });
});

describe('a link is asked on the network', () => {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    const [status, location] = {
      '/moved': [301, '/there'],
      '/gone': [404],
      '/get': [request.method === 'GET' ? 200 : 405],
    }[request.url ?? ''] ?? [200];
    response.writeHead(Number(status), location === undefined ? {} : { location: String(location) }).end('x');
  });
  afterAll(() => void server.close());
  const signal = new AbortController().signal;
  test('whether it answers, by way of redirects; one that does not know HEAD is asked in full', async () => {
    await new Promise<void>((ready) => void server.listen(0, '127.0.0.1', ready));
    const at = (path: string): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`;
    const ask = asker(signal, () => true);
    expect(await ask(at('/moved'))).toBeUndefined();
    expect(await ask(at('/get'))).toBeUndefined();
    expect(await ask(at('/gone'))).toEqual({ why: 'status', status: 404 });
    expect(asked).toEqual(['HEAD /moved', 'HEAD /there', 'HEAD /get', 'GET /get', 'HEAD /gone', 'GET /gone']);
    // Never within an inner network, by its number or by its name.
    asked.length = 0;
    const guarded = asker(signal);
    expect(await guarded(at('/there'))).toEqual({ why: 'inner' });
    expect(await guarded(at('/there').replace('127.0.0.1', 'localhost'))).toEqual({ why: 'inner' });
    expect(asked).toEqual([]);
  });
});

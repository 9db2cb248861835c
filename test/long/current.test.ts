// Every kind of file that a build can write, asked at once whether it is current, and after an edit what has changed.
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { runIn } from '../program.js';

const folder = mkdtempSync(join(tmpdir(), 'servicebook-current-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
cpSync(join(import.meta.dirname, '../../templates/init'), join(folder, 'content'), { recursive: true });

const BUILDS = [
  ['all', []],
  ['further', ['handbook', 'posters', 'hall', '--booklet', '--tile', 'A4', '--print-shop']],
  ['mono', ['--mono']],
  ['english', ['--lang', 'en']],
  ['two', ['posters', 'notices', 'cards', '--lang', 'zh,en']],
  ['excerpt', ['--service', 'certificate']],
  ['lying', ['posters', 'hall', 'standards', '--landscape', '--paper', 'A1']],
] as const;

describe.each(BUILDS)('a build "%s"', (out, args) => {
  const linesOf = (told: string): string[] => told.split('\n').filter((line) => /^\S/.test(line));
  const files = (): string[] =>
    readdirSync(join(folder, out), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ name }) => name);
  test('is current as a whole', async () => {
    const built = await runIn(folder, 'build', '--out', out, ...args);
    expect(built.code, built.err).toBe(0);
    const { code, out: told } = await runIn(folder, 'stale', out);
    expect(linesOf(told).filter((line) => !line.includes('：現行。'))).toEqual([]);
    expect(linesOf(told)).toHaveLength(files().length);
    expect(code).toBe(0);
  });
  test('is outdated where the fee stands that was changed, and nowhere else', async () => {
    const path = join(folder, 'content/services/certificate.yaml');
    const was = readFileSync(path, 'utf8');
    writeFileSync(path, was.replace(/每份 \d+ 元，/, '每份 990 元，'));
    const { code, out: told } = await runIn(folder, 'stale', out);
    writeFileSync(path, was);
    expect(code).toBe(1);
    for (const line of linesOf(told)) {
      const file = line.split('：')[0] ?? '';
      // All that tells of this service but its chart, and of the office nothing that tells a fee.
      const shows = !/hall-use|suggestion|flowcharts|standards|deputies|badges|opinion|category-2/.test(file);
      expect(line, file).toContain(shows ? '：已過期。' : '：現行。');
    }
    expect(told).toMatch(/規費.*990 元/);
  });
});

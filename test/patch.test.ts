// What --fix would do, as a patch: the one that makes the new text of the old, whatever has changed, and within a second.
import { applyPatch, createTwoFilesPatch } from 'diff';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { patchOf } from '../src/lint/patch.js';

const line = fc.constantFrom('', '甲', '乙', '- 丙', '+ 丁', '@@ 戊', '己 ');
const text = fc
  .tuple(fc.array(line, { maxLength: 30 }), fc.boolean(), fc.constantFrom('\n', '\r\n'))
  .map(([lines, ended, end]) => lines.join(end) + (ended && lines.length > 0 ? end : ''));

describe('a patch', () => {
  test('makes the new text of the old', () => {
    fc.assert(
      fc.property(text, text, (from, to) => {
        expect(applyPatch(from, patchOf('a.yaml', from, to), { autoConvertLineEndings: false })).toBe(to);
      }),
      { numRuns: 500 },
    );
  });
  test('of lines mended where they stand is as others write it', () => {
    const from = '一\n二\n三\n四\n五\n六\n七\n八\n九\n十';
    const to = from.replace('二', '貳').replace('五', '伍').replace('十', '拾');
    expect(patchOf('a.yaml', from, to)).toBe(
      createTwoFilesPatch('a/a.yaml', 'b/a.yaml', from, to, undefined, undefined, { context: 2 }),
    );
  });
  test('leaves lines as they end, and names a file outside as it is named', () => {
    expect(patchOf('../a.yaml', '身份\r\n甲\r\n', '身分\r\n甲\r\n')).toMatch(
      /^--- \.\.\/a\.yaml\n\+\+\+ \.\.\/a\.yaml\n@@ .*\n-身份\r\n\+身分\r\n 甲\r\n$/m,
    );
  });
  test.each(['', '新的一行\n'])('of 20,000 changed lines takes no time%s', (more) => {
    const lines = (word: string) => Array.from({ length: 20_000 }, (_, i) => `${word} ${i}\n`).join('');
    const before = process.cpuUsage().user;
    const [from, to] = [lines('身份'), lines('身分') + more];
    expect(applyPatch(from, patchOf('a.yaml', from, to))).toBe(to);
    expect((process.cpuUsage().user - before) / 1e6).toBeLessThan(5);
  });
});

// Mending a whole content: until nothing changes, and never for ever.
import { describe, expect, test } from 'vitest';
import type { Diagnostic } from '../src/core/diagnostic.js';
import { mended } from '../src/lint/fix.js';
import { changesIn, fixedContent } from '../src/lint/fix-content.js';
import { contentOf } from './office.js';

const A = 'content/services/a.yaml';
const rules = new Map<string, { mends?: true }>([
  ['mending', { mends: true }],
  ['telling', {}],
]);

/** Judges that the text of one file should be what `next` says; counts how often it did. */
function judging(next: (text: string) => string | undefined, rule = 'mending') {
  const seen: string[] = [];
  const judge = async (texts: ReadonlyMap<string, string>): Promise<{ diagnostics: Diagnostic[] }> => {
    const source = { path: A, text: texts.get(A) ?? '' };
    const text = next(source.text);
    seen.push(source.text);
    const span = { source, start: 0, end: source.text.length };
    const message = { zh: '', en: '' };
    return { diagnostics: text === undefined ? [] : [{ rule, severity: 'error', span, message, fix: { span, text } }] };
  };
  return { seen, judge };
}

describe('a content is mended', () => {
  test('until nothing is found: one mend may lay bare another', async () => {
    const { seen, judge } = judging((text) => (text.length < 3 ? `${text}x` : undefined));
    const before = contentOf({ 'services/a.yaml': '' });
    const { texts, last } = await fixedContent(await judge(new Map()), rules, judge);
    expect(seen).toEqual(['', 'x', 'xx', 'xxx']);
    expect(last.diagnostics).toEqual([]);
    expect(changesIn(before, texts)).toEqual([{ path: A, from: '', to: 'xxx' }]);
  });
  test('and not for ever, where two mends undo each other', async () => {
    const { seen, judge } = judging((text) => (text === 'a' ? 'b' : 'a'));
    await fixedContent(await judge(new Map([[A, 'a']])), rules, judge);
    expect(seen).toHaveLength(11);
  });
  test('by rules that may mend alone', async () => {
    const { seen, judge } = judging(() => 'other', 'telling');
    const { texts } = await fixedContent(await judge(new Map([[A, 'a']])), rules, judge);
    expect([seen, texts]).toEqual([['a'], new Map()]);
  });
});

test('of fixes that overlap the first is taken; of those that touch, both', () => {
  const source = { path: A, text: '甲乙丙丁' };
  const fix = (start: number, end: number, text: string): Diagnostic => {
    const span = { source, start, end };
    return { rule: 'mending', severity: 'error', span, message: { zh: '', en: '' }, fix: { span, text } };
  };
  const put = (...fixes: Diagnostic[]) => mended(fixes, (rule) => rule === 'mending').get(A);
  expect(put(fix(1, 3, 'x'), fix(0, 2, 'y'))).toBe('y丙丁');
  expect(put(fix(2, 4, 'x'), fix(0, 2, 'y'))).toBe('yx');
  expect(put(fix(1, 1, 'x'), fix(1, 2, 'y'))).toBe('甲xy丙丁');
  expect(put({ ...fix(0, 1, 'x'), rule: 'telling' })).toBeUndefined();
});

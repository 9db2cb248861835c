// Mending a whole content: until nothing changes, and never for ever.
import { describe, expect, test } from 'vitest';
import type { Content } from '../src/content/read.js';
import type { Diagnostic } from '../src/core/diagnostic.js';
import { changesBetween, fixedContent, sourcesIn } from '../src/lint/fix-content.js';
import { contentOf } from './office.js';

const A = 'content/services/a.yaml';
const rules = new Map<string, { mends?: true }>([
  ['mending', { mends: true }],
  ['telling', {}],
]);
const textIn = (content: Content): string | undefined => sourcesIn(content).find(({ path }) => path === A)?.text;

/** Judges that the text of one file should be what `next` says; counts how often it did. */
function judging(next: (text: string) => string | undefined, rule = 'mending') {
  const seen: string[] = [];
  const judge = async (content: Content): Promise<{ content: Content; diagnostics: Diagnostic[] }> => {
    const source = sourcesIn(content).find(({ path }) => path === A);
    const text = source && next(source.text);
    if (!source) throw new Error('no such file');
    seen.push(source.text);
    const span = { source, start: 0, end: source.text.length };
    const message = { zh: '', en: '' };
    return {
      content,
      diagnostics: text === undefined ? [] : [{ rule, severity: 'error', span, message, fix: { span, text } }],
    };
  };
  return { seen, judge };
}

describe('a content is mended', () => {
  test('until nothing is found: one mend may lay bare another', async () => {
    const { seen, judge } = judging((text) => (text.length < 3 ? `${text}x` : undefined));
    const before = contentOf({ 'services/a.yaml': '' });
    const { content } = await fixedContent(await judge(before), rules, judge);
    expect(textIn(content)).toBe('xxx');
    expect(seen).toEqual(['', 'x', 'xx', 'xxx']);
    expect(changesBetween(before, content)).toEqual([{ path: A, from: '', to: 'xxx' }]);
  });
  test('and not for ever, where two mends undo each other', async () => {
    const { seen, judge } = judging((text) => (text === 'a' ? 'b' : 'a'));
    await fixedContent(await judge(contentOf({ 'services/a.yaml': 'a' })), rules, judge);
    expect(seen).toHaveLength(11);
  });
  test('by rules that may mend alone', async () => {
    const { seen, judge } = judging(() => 'other', 'telling');
    const before = contentOf({ 'services/a.yaml': 'a' });
    const { content } = await fixedContent(await judge(before), rules, judge);
    expect([seen, changesBetween(before, content)]).toEqual([['a'], []]);
  });
});

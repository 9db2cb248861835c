import { describe, expect, test } from 'vitest';
import courtesy from '../../src/outputs/courtesy.js';
import { OFFICE } from '../office.js';
import { kitFor, type Options, plain } from './kit.js';

function sheet(more: string, options?: Options) {
  const [page] = courtesy.render(kitFor({ 'office.yaml': OFFICE + more }, options));
  if (page?.kind !== 'page') throw new Error('expected a page');
  return page.html.toString();
}
const listed = (page: string, cls: string): string[] =>
  [...(new RegExp(`class="${cls}"[^>]*>(.*?)</ul>`, 's').exec(page)?.[1] ?? '').matchAll(/<li>(.*?)<\/li>/g)].map(
    ([, text]) => plain(text ?? ''),
  );

describe('the poster of how people are served', () => {
  const BOTH = '服務要點: [好, 快, 週到, 公平]\n服務態度: 和藹可親、平易近人、誠懇虛心\n';

  test('has the principles largest and the manners below', () => {
    expect(listed(sheet(BOTH), 'principles')).toEqual(['好', '快', '週到', '公平']);
    expect(listed(sheet(BOTH), 'attitude')).toEqual(['和藹可親', '平易近人', '誠懇虛心']);
  });
  test('has two in a row upright, four lying', () => {
    expect(sheet(BOTH)).toContain('class="principles" style="--across: 2;');
    expect(sheet(BOTH, { landscape: true })).toContain('class="principles" style="--across: 4;');
  });
  test('stands with one of both, and is not there without', () => {
    expect(plain(sheet('服務態度: [和藹可親]\n'))).toContain('服務態度和藹可親');
    expect(courtesy.render(kitFor({}))).toEqual([]);
  });
  test('marks what is not known, and shows text as text', () => {
    expect(sheet('服務要點: 待確認\n')).toContain('<span class="unconfirmed">待確認</span>');
    expect(sheet("服務要點: ['<b>好</b>']\n")).toContain('&lt;b&gt;好&lt;/b&gt;');
  });
});

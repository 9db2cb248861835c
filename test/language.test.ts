import { describe, expect, test } from 'vitest';
import { html } from '../src/core/html.js';
import { inEachLanguage, lacking, pairOf, plainOf } from '../src/core/language.js';
import { languagesApart } from '../src/core/two-languages.js';

const fee = pairOf('規費', 'Fee', 'en');
const free = pairOf('免費', 'free', 'en');

describe('a text in two languages', () => {
  test('is a string that can be joined', () => {
    expect(languagesApart(html`<p>${`${fee}${pairOf('：', ': ', 'en')}${free}`}</p>`).toString()).toBe(
      '<p>規費：免費 <span class="second" lang="en">Fee: free</span></p>',
    );
  });
  test('is said in the one and then in the other by block, whatever stands within the line', () => {
    expect(languagesApart(html`<li>${fee} <span class="amount">${free}</span></li>`).toString()).toBe(
      '<li>規費 <span class="amount">免費</span> <span class="second" lang="en">Fee <span class="amount">free</span></span></li>',
    );
  });
  test('is said once where both say the same or the second has no words', () => {
    expect(pairOf('A4', 'A4', 'en')).toBe('A4');
    expect(languagesApart(html`<p>${pairOf('・', ' · ', 'en')}</p>`).toString()).toBe('<p>・</p>');
  });
  test('is in attributes, titles and style sheets what it is in the first', () => {
    expect(languagesApart(html`<title>${fee}</title><p aria-label="${fee}"></p>`).toString()).toBe(
      '<title>規費</title><p aria-label="規費"></p>',
    );
    expect(plainOf(fee)).toBe('規費');
  });
  test('has its boxes to tick and its places once', () => {
    expect(languagesApart(html`<li id="a"><span class="box"></span>${fee}</li>`).toString()).toBe(
      '<li id="a"><span class="box"></span>規費 <span class="second" lang="en">Fee</span></li>',
    );
    expect(languagesApart(html`<li><a id="a" href="#b">${fee}</a></li>`).toString()).toContain('<a href="#b">Fee</a>');
  });
  test('is changed in each of them', () => {
    expect(languagesApart(html`<p>${inEachLanguage(fee, (text) => `${text}!`)}</p>`).toString()).toContain(
      '規費! <span class="second" lang="en">Fee!',
    );
  });
  test('stays text: what looks like markup is none', () => {
    expect(languagesApart(html`<p>${pairOf('<b>', '<i>x', 'en')}</p>`).toString()).toBe(
      '<p>&lt;b&gt; <span class="second" lang="en">&lt;i&gt;x</span></p>',
    );
  });
});

describe('Chinese where a translation is missing', () => {
  test('is marked, with its language', () => {
    expect(languagesApart(html`<p>Fee: ${lacking('免費')}</p>`).toString()).toBe(
      '<p>Fee: <span class="untranslated" lang="zh-Hant">免費</span></p>',
    );
  });
  test('is not said twice', () => {
    expect(languagesApart(html`<p>${pairOf('免費', lacking('免費'), 'en')}</p>`).toString()).toBe(
      '<p><span class="untranslated" lang="zh-Hant">免費</span></p>',
    );
  });
});

test('signs a stranger wrote into a text do not reach the page', () => {
  const page = languagesApart(html`<p>${'\uFDD0a\uFDD5'}</p><p>${'b\uFDD1\uFDD2'}</p>`).toString();
  expect(page).not.toMatch(/[\uFDD0-\uFDEF]/);
  expect(page.match(/<p>/g)).toHaveLength(2);
});

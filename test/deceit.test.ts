// Characters that are not what they look like: where they are found, and what is printed in their place.
import { describe, expect, test } from 'vitest';
import { parse } from '../src/content/parse.js';
import { parseMarkdown, proseHtml } from '../src/content/syntax/markdown.js';
import { deceptionOf, reportDeceptions, stemOf, undeceived, undeceivedIn } from '../src/core/deceptive-characters.js';
import type { Fault } from '../src/core/diagnostic.js';
import { mended } from '../src/lint/fix.js';
import { BOOK, OFFICE } from './office.js';

function found(text: string, path = 'services/a.yaml'): Fault[] {
  const faults: Fault[] = [];
  reportDeceptions({ path, text }, (fault) => faults.push(fault));
  return faults;
}
const placed = (text: string, path?: string) =>
  found(text, path).map(({ span, message }) => [text.slice(span.start, span.end), message.zh]);

describe('is found once, with its code and what was meant', () => {
  test.each([
    ['甲\u200B乙', '\u200B', 'U+200B（零寬空格）', '甲乙'],
    ['甲\u202E乙', '\u202E', 'U+202E', '甲乙'],
    ['甲\u0001乙', '\u0001', 'U+0001', '甲乙'],
    ['甲\u0085乙', '\u0085', 'U+0085', '甲乙'],
    ['甲\uFDD0乙', '\uFDD0', 'U+FDD0', '甲乙'],
    ['甲\uFFFF乙', '\uFFFF', 'U+FFFF', '甲乙'],
    ['甲\ud800乙', '\ud800', 'U+D800', '甲乙'],
    ['甲\u{E0041}乙', '\u{E0041}', 'U+E0041', '甲乙'],
    ['甲\u3164乙', '\u3164', 'U+3164', '甲乙'],
    ['甲\u00AD乙', '\u00AD', '軟連字號', '甲乙'],
    ['甲\u2028乙', '\u2028', 'U+2028', '甲乙'],
    ['20\u03360 元', '\u0336', 'U+0336', '200 元'],
    ['甲\uFFFD乙', '\uFFFD', '轉碼失敗', '甲〓乙'],
    ['\u0410TM', '\u0410', 'U+0410', 'ATM'],
    ['\u0410\u0422\u041c', '\u0410\u0422\u041c', '「ATM」', 'ATM'],
    ['AT\u039c', '\u039c', '「M」', 'ATM'],
    ['甲Ж', 'Ж', 'U+0416', '甲〓'],
    ['\u{1D7D0}\u{1D7CE}', '\u{1D7D0}\u{1D7CE}', '應寫「20」', '20'],
    ['٢٠٠ 元', '٢٠٠', '應寫「200」', '200 元'],
    ['२५ 元', '२५', '應寫「25」', '25 元'],
    ['๒๐๐ 元', '๒๐๐', '應寫「200」', '200 元'],
    ['⽤⾦額', '⽤⾦', '應寫「用金」', '用金額'],
    ['⻑期', '⻑', '應寫「長」', '長期'],
    ['\uF963門', '\uF963', '應寫「北」', '北門'],
    ['第ㄧ條', 'ㄧ', '「一」', '第一條'],
    ['人ロ數', 'ロ', '「口」', '人口數'],
    ['第㇐條', '㇐', '「一」', '第一條'],
    ['〸月', '〸', '應寫「十」', '十月'],
    ['10 \u212A', '\u212A', '應寫「K」', '10 K'],
    ['\uFB01le', '\uFB01', '應寫「fi」', 'file'],
    ['\u1D0Fk', '\u1D0F', '「o」', 'ok'],
    [`甲a${'\u0301'.repeat(50)}乙`, '\u0301'.repeat(50), '50 個附加符號', '甲a乙'],
    [`น${'\u0E47'.repeat(9)}`, '\u0E47'.repeat(9), '9 個附加符號', 'น'],
    ['2\u030100 元', '\u0301', '附加符號', '200 元'],
    ['20\u20E50 元', '\u20E5', 'U+20E5', '200 元'],
    ['1\uFE0F00 元', '\uFE0F', 'U+FE0F', '100 元'],
    ['1\u200D1', '\u200D', '零寬連字', '11'],
    ['甲\u{E0100}\u{E0101}', '\u{E0101}', 'U+E0101', '甲\u{E0100}'],
  ])('%j', (text, at, said, meant) => {
    const all = placed(text);
    expect(all).toHaveLength(1);
    expect(all[0]?.[0]).toBe(at);
    expect(all[0]?.[1]).toContain(said);
    expect(undeceived(text)).toBe(meant);
  });
  test.each([
    ['"甲\\u202e乙"', '\\u202e'],
    ['"甲\\U0000202E乙"', '\\U0000202E'],
    ['"甲\\x1b乙"', '\\x1b'],
    ['"甲\\e乙"', '\\e'],
    ['"甲\\ud800乙"', '\\ud800'],
    ['甲&#x202e;乙', '&#x202e;'],
    ['甲&#8238;乙', '&#8238;'],
    ['流程圖: a["甲#8238;乙"]', '#8238;'],
    ['```mermaid\na["甲#zwnj;乙"]', '#zwnj;'],
    ['甲&rlm;乙', '&rlm;'],
    ['甲&NegativeThinSpace;乙', '&NegativeThinSpace;'],
    ['&Acy;TM', '&Acy;'],
    ['流程圖: a["甲&#8238 乙"]', '&#8238'],
    ['流程圖: a["甲#0008238;乙"]', '#0008238;'],
    ['甲&ZeroWidthSpace;乙', '&ZeroWidthSpace;'],
  ])('also in a code: %s', (text, at) => {
    expect(placed(text).map(([where]) => where)).toEqual([at]);
  });
  test('of YAML in the front matter of Markdown alone, and in no style sheet', () => {
    expect(placed('---\n標題: "甲\\u202e"\n---\n"\\u202e"\n', 'chapters/a.md')).toHaveLength(1);
    expect(placed('"\\u202e"\n', 'chapters/a.md')).toEqual([]);
    expect(placed('i::before { content: "\\e001" }', 'templates/base.css')).toEqual([]);
  });
  test('also in the name of a file', () => {
    expect(deceptionOf('a\u202Efdp.yaml')?.message.zh).toContain('U+202E');
    expect(deceptionOf('申請書.pdf')).toBeUndefined();
  });
});

describe('is not what is read as it looks', () => {
  test.each([
    '身分證明文件，ATM、Cà phê、ＡＴＭ、２００、①、Ⅷ、㈠、℃、½、m²',
    'μg、kΩ、α 粒子、Москва、Ελλάδα',
    'ประชาชน\u200Bสามารถยื่นคำขอ ๒๐๐ บาท',
    '注音ㄧㄢˊ、カタカナ、ハローワーク、ノート、にほん、한국어',
    '葛\u{E0100}先生、👨‍👩‍👧、❤️、1️⃣、क्\u200Dष',
    '"C:\\\\new"、"\\ud83d\\ude00"、「\\u202e」是一種代碼',
    '&copy;、&amp;、R&D',
    '\uFEFF名稱: 甲',
    'Giấy chứng nhận quyền sử dụng đất'.normalize('NFD'),
    'Surat keterangan, naïve, Łódź, ⒶⒷ、、\uFE00☎\uFE0F #️⃣',
    'ขอหนังสือรับรอง น้ำ ที่ ๒๐๐ บาท、ကြိုးစားခြင်း、हिन्दी、ខ្មែរ',
    'Tâi-oân o͘ a̍ ji̍t、ʉ ɨ ŋ、x̄、ª、ℓ、№、〇二三',
  ])('%s', (text) => {
    expect(placed(text.replace('「\\u202e」是一種代碼', ''))).toEqual([]);
    expect(undeceived(text.replace(/^\uFEFF/, ''))).toBe(text.replace(/^\uFEFF/, ''));
  });
});

test('is taken out of what is read once more: a chart, Markdown, the name of a file', () => {
  expect(undeceivedIn('chart', 'a["甲#8238;乙&#x202e丙"] --> b["#1040;TM #quot;#9829;"]')).toBe(
    'a["甲乙丙"] --> b["ATM #quot;#9829;"]',
  );
  expect(undeceivedIn('markdown', '甲&#x202e;乙 &copy; #8238;')).toBe('甲乙 &copy; #8238;');
  // Nothing is put together from what is left.
  expect(undeceivedIn('chart', '#82#8203;38;')).toBe('#82〓38;');
  expect(undeceivedIn('chart', '#82\u200B38;')).toBe('');
  expect(stemOf('services/a\u202Eb.yaml')).toBe('ab');
  expect(stemOf('services/\u202E.yaml')).toBe('〓');
});

test('--fix mends what is right in every reading, and leaves the rest to people', () => {
  const text = '甲\u200B乙: ⽤٢٠٠ "\\u200b" \u0410TM 002\u202E';
  const diagnostics = found(text).map((fault) => ({ ...fault, severity: 'error' as const }));
  expect([...mended(diagnostics, () => true).values()]).toEqual(['甲乙: 用200 "" \u0410TM 002\u202E']);
});

test('never reaches paper, in keys, values and Markdown, as itself or in a code', () => {
  const service = `應備\u200B證件: 無
名稱: "甲\\u202e乙\\ufdd0丙\\ufdd4丁\\ufdd1"
規費: ٢٠٠ 元
辦理時限: 3\u0001 日
審核權責: "分署\\ud800長"
注意事項: 甲&#x200b;乙\uFDD2丙
流程圖: |
  flowchart TD
    a["甲#8238;乙"] --> b["丙&#8234 丁"]
`;
  const handbook = parse(
    {
      office: { path: 'office.yaml', text: OFFICE },
      book: { path: 'handbook.yaml', text: BOOK },
      services: [{ path: 'services/a.yaml', text: service }],
      chapters: [{ path: 'chapters/a.md', text: '# 甲\u2066乙\n\n丙\u200E丁&#x202a;戊\n' }],
      formFiles: [],
      translations: [],
      faults: [],
    },
    parseMarkdown,
  );
  const [one] = handbook.services;
  expect(one?.name).toBe('甲乙丙丁');
  expect(JSON.stringify(one?.fee)).toContain('200 元');
  expect(handbook.faults.filter(({ rule }) => rule !== 'deceptive-character')).toEqual([]);
  const said = JSON.stringify([handbook.services, handbook.chapters], (key, value) =>
    key === 'at' || key === 'source' || key === 'span' || key === 'cited' ? undefined : value,
  );
  expect(said).not.toMatch(/[\u200B-\u200F\u202A-\u202E\u2066-\u2069\uFDD0-\uFDEF]|\\ud800/);
  const prose = handbook.chapters[0]?.prose.markdown ?? '';
  expect(said).not.toMatch(/#(8238|8234|x200b|x202a)/);
  expect(proseHtml(prose).toString()).not.toMatch(/[\u200E\u202A]/);
  expect(handbook.chapters[0]?.title).toBe('甲乙');
});

test('nor from an item of Markdown with keys below it, or the name of a file', () => {
  const read = parse(
    {
      office: { path: 'office.yaml', text: OFFICE },
      book: { path: 'handbook.yaml', text: BOOK },
      services: [
        {
          path: 'services/a\u202Eb.md',
          text: '## 應備證件\n\n- 申請\u202E書（正本）\n  - 說明：一式\n\n## 規費\n\n免費\n',
        },
      ],
      chapters: [],
      formFiles: [],
      translations: [],
      faults: [],
    },
    parseMarkdown,
  );
  const [one] = read.services;
  expect([one?.id, one?.name]).toEqual(['ab', 'ab']);
  expect(JSON.stringify(one?.documents)).toContain('"name":"申請書"');
});

test('a code stands between quotes or not, however long its line and however many are in it', () => {
  expect(found(`{名稱: "甲", 備註: ${'乙'.repeat(2_500)}\\u202e}`)).toEqual([]);
  expect(placed(`備註: "${'乙'.repeat(2_500)}\\u202e"`)).toHaveLength(1);
  const before = process.cpuUsage().user;
  expect(found(`備註: "${'乙\\u202e'.repeat(20_000)}"`)).toHaveLength(20_000);
  expect((process.cpuUsage().user - before) / 1e6).toBeLessThan(2);
});

test('is quoted in part where there is much of it, and not looked for behind the bound of a line', () => {
  const [fault] = found('А'.repeat(480_000));
  expect(fault?.message.zh.length).toBeLessThan(200);
  expect(fault?.span.end).toBe(480_000);
  const faults: Fault[] = [];
  const text = `甲${'乙'.repeat(99)}\u200B\n\u200B&#8238;`;
  reportDeceptions({ path: 'a.yaml', text }, (each) => faults.push(each), 100);
  expect(faults.map(({ span }) => text.slice(span.start, span.end))).toEqual(['\u200B', '&#8238;']);
  expect(faults[0]?.span.start).toBe(102);
});

test('a long word of another script is looked at once', () => {
  const before = process.cpuUsage().user;
  expect(found('ကြိုး'.repeat(40_000))).toEqual([]);
  expect((process.cpuUsage().user - before) / 1e6).toBeLessThan(2);
});

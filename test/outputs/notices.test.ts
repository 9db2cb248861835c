import { describe, expect, test } from 'vitest';
import notices from '../../src/outputs/notices.js';
import { kitFor, type Options, plain } from './kit.js';
import { CONTENT, HOSTILE } from './sheets.js';

function notice(id: string, content: Record<string, string> = CONTENT, options?: Options) {
  const page = notices.render(kitFor(content, options)).find(({ file }) => file === `notices/${id}.pdf`);
  if (page?.kind !== 'page') throw new Error('expected a page');
  return { ...page, text: page.html.toString() };
}
const boxes = (page: string): number => page.match(/class="box"/g)?.length ?? 0;

describe('one-time notices', () => {
  test('are one a service', () => {
    expect(notices.render(kitFor(CONTENT)).map(({ file }) => file)).toHaveLength(3);
  });
  test('are two copies, side by side where they fit; one when asked', () => {
    const two = notice('instalments');
    expect(plain(two.text)).toMatch(/機關存查聯.*民眾收執聯/s);
    expect(two.text.match(/<section class="fit leaf"/g)).toHaveLength(2);
    expect(two.fit?.rather?.[0]?.named).toBe('halves');
    const one = notice('instalments', CONTENT, { copies: 1 });
    expect(one.text.match(/<section class="fit leaf"/g)).toHaveLength(1);
    expect(plain(one.text)).not.toContain('存查聯');
    expect(one.fit?.rather?.[0]?.named).toBe('whole');
  });
  test('have room for case number, date, applicant, telephone, clerk and signatures', () => {
    const page = plain(notice('instalments').text);
    for (const word of ['案號', '告知日期', '申請人', '電話', '承辦人', '補正期限', '承辦人簽章', '申請人簽收'])
      expect(page).toContain(word);
  });
  test('tell documents with their conditions, fee, deadline, place and what comes next', () => {
    const page = plain(notice('instalments').text);
    for (const word of [
      '申請書',
      '委託他人時',
      '委任狀',
      '身分證',
      '護照',
      '100 元',
      '3 工作日',
      '服務台',
      '接下來',
      '提出申請',
    ])
      expect(page).toContain(word);
    expect(page).toContain('最多 2 次');
  });
  test('have two boxes to tick for every document, one for each condition and each alternative', () => {
    // 申請書, 委任狀 when somebody else comes, 身分證 or 護照, which of two ways it is handed in, and whether a reply is
    // wanted; on each of two copies.
    expect(boxes(notice('instalments').text)).toBe(2 * (3 * 2 + 1 + 2 + 2 + 2));
    const one = { ...CONTENT, 'services/one.yaml': CONTENT['services/archives.yaml'].replace('無', '[申請書]') };
    expect(boxes(notice('one', one, { copies: 1 }).text)).toBe(2 + 2);
  });
  test('say plainly that nothing need be brought', () => {
    expect(boxes(notice('archives').text)).toBe(2 * 2);
    expect(plain(notice('archives').text)).toContain('不需任何證件');
  });
  test('go on to a second page rather than below a readable size', () => {
    expect(notice('instalments').fit).toMatchObject({ flows: true });
    for (const { least } of [notice('instalments').fit, ...(notice('instalments').fit?.rather ?? [])].filter(
      (fit) => fit !== undefined,
    ))
      expect(least * 10.5).toBeGreaterThanOrEqual(8);
  });
  test('leave a line to write on for what is not known, which a working copy marks', () => {
    const page = notice('unknown').text;
    expect(page).toContain('<dt>規費</dt><dd><p><span class="to-fill"></span></p></dd>');
    expect(page).not.toContain('class="unconfirmed"');
    expect(plain(page)).toContain('待確認：應備證件、規費、辦理時限、電話');
    const staff = notice('unknown', CONTENT, { workingCopy: true }).text;
    expect(staff).toContain('<span class="unconfirmed">待確認</span>');
    expect(staff).not.toContain('class="to-fill"');
    expect(staff).toContain('<p class="draft">工作本</p>');
  });
  test('say that they are a draft', () => {
    expect(notice('archives', CONTENT, { draft: true }).text).toContain('<p class="draft">草案</p>');
  });
  test('show text as text', () => {
    const page = notice('bad', { ...CONTENT, 'services/bad.yaml': HOSTILE }).text;
    expect(page).not.toMatch(/<img|<script|<b>/);
  });
});

import { describe, expect, test } from 'vitest';
import posters from '../../src/outputs/posters/posters.js';
import { kitFor, type Options, plain } from './kit.js';
import { CONTENT, HOSTILE } from './sheets.js';

function sheets(content: Record<string, string>, options?: Options) {
  return new Map(
    posters.render(kitFor(content, options)).map((page) => {
      if (page.kind !== 'page') throw new Error('expected a page');
      return [page.file, { ...page, text: page.html.toString() }];
    }),
  );
}
const values = (page: string): string[] =>
  [
    ...page.matchAll(
      /<section class="row fact[^>]*><div class="label"><h2>(.*?)<\/h2>(?:<p class="count">(.*?)<\/p>)?<\/div><div class="said">(?:<p class="(?:value|main)[^>]*>(.*?)<\/p>)?/g,
    ),
  ].map(([, label, count, value]) => `${label} ${plain(count ?? value ?? '')}`.trim());

describe('posters', () => {
  const all = sheets(CONTENT);
  const text = (id: string): string => all.get(`posters/${id}.pdf`)?.text ?? '';

  test('are one sheet a service, A3 unless asked otherwise', () => {
    expect([...all.keys()].sort()).toEqual(['archives', 'instalments'].map((id) => `posters/${id}.pdf`));
    expect(text('archives')).toContain('@page { size: 297mm 420mm; margin: 0 }');
    expect(sheets(CONTENT, { paper: 'A1' }).get('posters/archives.pdf')?.text).toContain('size: 594mm 841mm');
  });
  test.each([
    ['A4', 210, 1.4],
    ['A3', 297, 2],
    ['A2', 420, 2.5],
    ['A1', 594, 3],
    ['A0', 841, 5],
  ])('on %s the four facts are read from their distance, all else from three eighths of it', (paper, width, metres) => {
    const page = sheets(CONTENT, { paper }).get('posters/instalments.pdf');
    expect(page?.text).toContain(`--far: ${(metres * 1000) / 200}mm`);
    // 8 pt is 2.83 mm: less is printed nowhere.
    expect((page?.fit?.least ?? 0) * 4 * (width / 297)).toBeCloseTo(Math.max(2.83, (metres * 1000 * 3) / 8 / 200));
  });
  test('are set for the distance that is asked for', () => {
    const page = sheets(CONTENT, { distance: 5 }).get('posters/instalments.pdf');
    expect(page?.text).toContain('--far: 25mm');
    expect((page?.fit?.least ?? 0) * 4).toBeCloseTo((5000 * 3) / 8 / 200);
  });
  test('lie in two columns about as long as each other, and stand in one', () => {
    const lying = sheets(CONTENT, { landscape: true }).get('posters/instalments.pdf')?.text ?? '';
    expect(lying).toContain('@page { size: 420mm 297mm; margin: 0 }');
    const [, left = '', right = ''] = lying.split('<div class="column">').map(plain);
    expect([left, right].map((column) => column.includes('應備證件'))).toEqual([true, false]);
    expect([left, right].map((column) => column.includes('洽詢'))).toEqual([false, true]);
    expect(text('instalments')).not.toContain('<div class="column">');
  });
  test('that are too long and may not go on say what would help: a paper that leaves more room, a second sheet, standing closer', () => {
    const book = { ...CONTENT, 'handbook.yaml': `${CONTENT['handbook.yaml']}續頁: 否\n` };
    const help = (options: Options) => sheets(book, options).get('posters/instalments.pdf')?.fit?.help?.zh;
    expect(help({})).toContain(
      '改用 A2（--paper A2）；讓它接到第二張（刪去 handbook.yaml 的「續頁: 否」，或這次加上 --sheets）；民眾站得較近時寫明距離（--distance 1.5）',
    );
    expect(help({})).toContain('A3 從 2 公尺看，大字至少 10 mm；走近到 0.75 公尺看的其他文字至少 3.8 mm');
    expect(help({ paper: 'A0' })).not.toContain('--paper');
  });
  test('name the four facts, largest', () => {
    expect(values(text('instalments'))).toEqual([
      '應備證件',
      '規費 2–100 元，2 項',
      '辦理時限 3 工作日',
      '審核權責 分署長',
    ]);
    expect(values(text('archives'))).toEqual(['應備證件 無', '規費 免費', '辦理時限 3 工作日', '審核權責 分署長']);
  });
  test('are not printed for the hall of what nobody knows, which is listed; a working copy has them', () => {
    expect(posters.unknown(kitFor(CONTENT))).toEqual([
      { service: 'unknown', name: '領取證書', file: 'posters/unknown.pdf' },
    ]);
    const staff = { workingCopy: true };
    expect(posters.unknown(kitFor(CONTENT, staff))).toEqual([]);
    expect(plain(sheets(CONTENT, staff).get('posters/unknown.pdf')?.text ?? '')).toContain('領取證書');
  });
  test('list every document under its condition, every fee and every step', () => {
    const page = plain(text('instalments'));
    for (const word of [
      '申請書',
      '委託他人時',
      '委任狀',
      '身分證',
      '護照',
      '影印',
      '每頁 2 元',
      '證件齊備？',
      '通知補正',
    ])
      expect(page).toContain(word);
  });
  test('say where and whom to ask; the office answers for the service', () => {
    expect(plain(text('instalments'))).toContain('地點：服務台');
    expect(plain(text('archives'))).toContain('臺北市中正區某路1號');
  });
  test('bear edition, date, service and a code', () => {
    expect(plain(text('archives'))).toContain('初版・編印日期：民國115年11月23日・查驗碼：');
    expect(text('archives')).toMatch(/class="code" role="img"[^>]*><svg/);
    expect(text('archives')).not.toBe(text('instalments'));
  });
  test('of many words tell the notes that the office has set in bold, or where they are', () => {
    const poster = (notes: string) => {
      const own = CONTENT['services/instalments.yaml']?.replace(/^注意事項:[\s\S]*?(?=^\S|$(?![\s\S]))/m, '').trimEnd();
      const papers = Array.from({ length: 20 }, (_, i) => `  - 第${i + 1}號證明文件\n`).join('');
      const many = own?.replace(/^應備證件:\n(?: .*\n)+/m, `應備證件:\n${papers}`);
      const content = {
        ...CONTENT,
        'services/instalments.yaml': `${many}\n注意事項: |\n  ${notes.replaceAll('\n', '\n  ')}\n`,
      };
      return plain(sheets(content).get('posters/instalments.pdf')?.text ?? '');
    };
    const long = `逾期未繳者廢止分期${'，並執行財產'.repeat(12)}。`;
    expect(poster(`- 請備妥證件。\n- ${long}`)).toMatch(/注意事項見手冊/);
    const chosen = poster(`- 期限屆滿即失權。\n- **${long}**\n- **請備妥證件。**`);
    expect(chosen).toContain(long);
    expect(chosen).toContain('請備妥證件');
    expect(chosen).not.toContain('期限屆滿即失權');
    // What hangs on another note is not told without it, nor what stands below a heading or a condition.
    for (const notes of [
      `- 團體於淡季申請時，\n  **免附印鑑證明**，\n  但法人除外。\n- ${long}`,
      `## 外國人\n\n- **應附居留證。**\n- ${long}`,
      `個人申請時\n\n- **不必附登記證。**\n- ${long}`,
      `- 押金不退還。\n- **但使用前 3 日取消者，全額退還。**\n- ${long}`,
      `| 情形 | 期限 |\n| --- | --- |\n| 特殊 | **不得逾 9 日** |\n\n${long}`,
    ]) {
      const page = poster(notes);
      expect(page, notes).toMatch(/注意事項見手冊/);
      expect(page, notes).not.toMatch(/免附|居留證|登記證|全額|9 日/);
    }
  });
  test('of many words tell a long way up to its first decision, and where the rest is; who does it is told', () => {
    const steps = (before: string) => `
申請程序:
  - 開始: 提出申請書（義務人）${before}
  - {判斷: 是否核准？, 權責: 書記官, 分支: {是: 繳費, 否: [{結束: 通知駁回, 權責: 書記官}]}}
  - {步驟: 繳納規費及其他依法應繳納的一切費用與利息, 編號: 繳費, 權責: 義務人}
  - {步驟: 親自到場並攜帶身分證明文件正本辦理簽收, 權責: 義務人}
  - {結束: 領取證明, 權責: 義務人}
`;
    const poster = (count: number, before = '') => {
      const papers = Array.from({ length: count }, (_, i) => `  - 第${i + 1}號證明文件\n`).join('');
      const text = `名稱: 分期繳納\n申請人: 義務人\n應備證件:\n${papers}規費: 免費\n辦理時限: 3 日\n審核權責: 分署長${steps(before)}`;
      return plain(
        sheets({ ...CONTENT, 'services/instalments.yaml': text }).get('posters/instalments.pdf')?.text ?? '',
      );
    };
    expect(poster(2)).toMatch(/提出申請書.*是否核准？.*繳納規費.*領取證明/s);
    const many = poster(40, '\n  - {步驟: 補繳押金, 權責: 義務人}');
    expect(many).toMatch(/提出申請書 義務人補繳押金 義務人其後的步驟視情形而定，見手冊/);
    expect(many).not.toMatch(/是否核准|繳納規費|領取證明/);
  });
  test('whose sub-services declare a fact of their own call what the service itself declares by its name', () => {
    const poster = (own: string) =>
      plain(
        sheets({
          ...CONTENT,
          'services/instalments.yaml': `名稱: 分期\n應備證件: 申請書\n規費: 200 元\n辦理時限: 3 日\n審核權責: 分署長\n子項目:\n  - {名稱: 甲種${own}}\n  - {名稱: 乙種, 摘要: 其餘}\n`,
        }).get('posters/instalments.pdf')?.text ?? '',
      );
    expect(poster('')).toMatch(/規費200 元/);
    expect(poster(', 規費: 100 元')).toMatch(/規費100–200 元，2 項本項 200 元/);
    expect(poster(', 辦理時限: 9 日, 審核權責: 書記官')).toMatch(
      /辦理時限3–9 日，2 項本項 3 日.*審核權責(?:分署長、書記官|書記官、分署長)本項 分署長/,
    );
  });
  test('keep a word of two together in their titles', () => {
    const title = (name: string) =>
      /<h1.*?<\/h1>/.exec(
        sheets({
          ...CONTENT,
          'services/a.yaml': `名稱: ${name}\n應備證件: 無\n規費: 免費\n辦理時限: 3 日\n審核權責: 分署長\n`,
        }).get('posters/a.pdf')?.text ?? '',
      )?.[0];
    const kept = '<span class="kept">Wi-Fi</span>';
    expect(title('Application for Wi-Fi')).toContain(`for ${kept}`);
    expect(title('補發公共場所無線上網 Wi-Fi 認證帳號及其金鑰')).toMatch(new RegExp(`上網<br>${kept}|上網 ${kept}`));
    expect(title('依第一百二十二條之一申請補發滅失或遭竊之所有權狀')).toContain('第一百二十二條');
  });
  test('show text as text', () => {
    const page = sheets({ ...CONTENT, 'services/bad.yaml': HOSTILE }).get('posters/bad.pdf')?.text;
    expect(page).not.toMatch(/<img|<script|<b>/);
    expect(page).toContain('&lt;b&gt;證件&lt;/b&gt;');
  });
  test.each([
    ['', true],
    ['續頁: 是\n', true],
    ['續頁: 否\n', false],
    ['furtherSheets: no\n', false],
  ])('go on to a second sheet when too long, unless the book forbids it: "%s"', (said, flows) => {
    const book = { ...CONTENT, 'handbook.yaml': `${CONTENT['handbook.yaml']}${said}` };
    expect(sheets(book).get('posters/archives.pdf')?.fit?.flows).toBe(flows);
    // Asked for at the keyboard.
    expect(sheets(book, { sheets: true }).get('posters/archives.pdf')?.fit?.flows).toBe(true);
  });
  test('are marked as drafts', () => {
    expect(sheets(CONTENT, { draft: true }).get('posters/archives.pdf')?.text).toContain('<p class="draft">草案</p>');
  });
});

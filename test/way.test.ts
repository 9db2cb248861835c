import { describe, expect, test } from 'vitest';
import leaflets from '../src/outputs/leaflets.js';
import notices from '../src/outputs/notices.js';
import { kitFor, plain } from './outputs/kit.js';

const SERVICE = (steps: string): Record<string, string> => ({
  'services/x.yaml': `名稱: 分期繳納
申請人: 義務人
應備證件: 無
規費: 免費
辦理時限: 3 日
審核權責: 分署長
申請程序:
${steps
  .trim()
  .split('\n')
  .map((line) => `  ${line}`)
  .join('\n')}
`,
});

/** The lines of the way on a notice, nested ones behind an arrow; who acts is left out. */
function wayOn(steps: string): string[] {
  const [page] = notices.render(kitFor(SERVICE(steps), { copies: 1 }));
  if (page?.kind !== 'page') throw new Error('expected a page');
  const list = /<ol class="steps">[\s\S]*<\/ol>/.exec(page.html.toString())?.[0] ?? '';
  const lines: string[] = [];
  let depth = 0;
  for (const [, tag, text = ''] of list.matchAll(/<(\/?\w+)[^>]*>([^<]*)/g)) {
    if (tag === 'ul') depth += 1;
    if (tag === '/ul') depth -= 1;
    if (tag === 'li' || tag === 'div') lines.push(`${'→'.repeat(depth)}${text}`);
    else if (tag !== 'span') lines.push(`${lines.pop() ?? ''}${text}`);
    else if (!text.match(/^(義務人|承辦股|分署長|書記官|秘書室)/)) lines.push(`${lines.pop() ?? ''}${text}`);
  }
  return lines.map((line) => line.trim().replace(/ ；/g, '；')).filter((line) => line !== '');
}

describe('the way through a service on short papers', () => {
  test('lets alternatives stand each by itself', () => {
    expect(
      wayOn(`
- 判斷: 以哪一種方式繳款？
  權責: 義務人
  分支:
    超商: [{步驟: 持條碼至超商繳款, 權責: 義務人, 接: 回傳}]
    郵政匯票: [{步驟: 購買匯票, 權責: 義務人}, {步驟: 掛號寄送, 權責: 義務人}]
- {步驟: 回傳收據, 編號: 回傳, 權責: 義務人}
- {結束: 保存收據, 權責: 義務人}`),
    ).toEqual([
      '以哪一種方式繳款？（各擇其一）',
      '→超商：持條碼至超商繳款',
      '→郵政匯票：購買匯票；掛號寄送',
      '回傳收據',
      '保存收據',
    ]);
  });

  test('tells a refusal as what happens if, and goes on with what is granted', () => {
    expect(
      wayOn(`
- {開始: 申請分期, 權責: 義務人}
- {步驟: 審查事由, 權責: 書記官}
- 判斷: 同意並已提供擔保？
  權責: 書記官
  分支:
    否: [{結束: 不予核准並通知義務人, 權責: 書記官}]
    是: 核准分期
- {步驟: 核准分期, 權責: 分署長}
- {步驟: 按期繳納, 權責: 義務人}
- {步驟: 領取清償證明, 權責: 義務人}
- {結束: 歸檔, 權責: 書記官}`),
    ).toEqual([
      '申請分期',
      '同意並已提供擔保？',
      '→若否，則不予核准並通知義務人',
      '→若是，則續下列步驟',
      '核准分期',
      '按期繳納',
      '領取清償證明',
    ]);
  });

  test('says of each way that it goes on, where one of them says so', () => {
    expect(
      wayOn(`
- {開始: 提出申請書, 權責: 義務人}
- 判斷: 是否齊備？
  權責: 書記官
  分支:
    齊備: 領取
    不齊備: [{步驟: 通知補正, 權責: 書記官}, {步驟: 補正, 權責: 義務人, 接: 領取}]
- {結束: 領取證書, 編號: 領取, 權責: 義務人}`),
    ).toEqual([
      '提出申請書',
      '是否齊備？',
      '→若齊備，則續下列步驟',
      '→若不齊備，則通知補正；補正；續下列步驟',
      '領取證書',
    ]);
  });

  test('leaves out what stays within the office, and a decision nobody outside hears of', () => {
    expect(
      wayOn(`
- {開始: 遞送聲明異議書, 權責: 義務人}
- {步驟: 製作審查意見書, 權責: 書記官}
- {判斷: 是否送分署長？, 權責: 書記官, 分支: {是: [{步驟: 核轉, 權責: 分署長}], 否: [{步驟: 登錄, 權責: 秘書室}]}}
- {步驟: 送分案並列管, 權責: 秘書室}
- {步驟: 通知義務人, 權責: 書記官}
- {結束: 歸檔, 權責: 秘書室}`),
    ).toEqual(['遞送聲明異議書', '通知義務人']);
  });

  test('says where a way leads back to, and which ways go on', () => {
    expect(
      wayOn(`
- {開始: 提出申請, 權責: 義務人}
- 判斷: 證件齊備？
  權責: 書記官
  分支:
    否: [{步驟: 通知補正, 權責: 書記官}, {步驟: 補正, 權責: 義務人, 接: 證件齊備？}]
    逾期未補正: [{結束: 駁回, 權責: 分署長}]
    是: 發證
- {結束: 發給證書, 編號: 發證, 權責: 秘書室}`),
    ).toEqual([
      '提出申請',
      '證件齊備？',
      '→若否，則通知補正；補正；回到「證件齊備？」',
      '→若逾期未補正，則駁回',
      '→若是，則發給證書',
    ]);
  });

  test('is never cut, however long', () => {
    const steps = Array.from({ length: 30 }, (_, i) => `- {步驟: 第${i + 1}次繳款, 權責: 義務人}`).join('\n');
    expect(wayOn(steps)).toHaveLength(30);
  });

  test('tells what goes on side by side as such', () => {
    expect(
      wayOn(`
- {開始: 提出申請, 權責: 義務人}
- 並行: [[{步驟: 繳納規費, 權責: 義務人}], [{步驟: 約定會勘, 權責: 書記官}]]
- {結束: 領取證書, 權責: 義務人}`),
    ).toEqual(['提出申請', '同時進行', '→繳納規費', '→約定會勘', '領取證書']);
    // What stays within the office is no way beside another.
    expect(
      wayOn(`
- {開始: 提出申請, 權責: 義務人}
- 並行: [[{步驟: 核發許可, 權責: 書記官}, {步驟: 繳納規費, 權責: 義務人}], [{步驟: 徵詢意見, 權責: 書記官}]]
- {結束: 領取證書, 權責: 義務人}`),
    ).toEqual(['提出申請', '核發許可', '繳納規費', '領取證書']);
  });

  test('on a notice the number of the service in the handbook says where the rest is', () => {
    const [page] = notices.render(kitFor(SERVICE('- {開始: 申請, 權責: 義務人}'), { copies: 1 }));
    if (page?.kind !== 'page') throw new Error('expected a page');
    expect(plain(page.html.toString())).toContain('見手冊「一、分期繳納」');
  });

  test('is the same on a leaflet', () => {
    const [page] = leaflets.render(
      kitFor(
        SERVICE(`
- {開始: 申請, 權責: 義務人}
- {判斷: 是否核准？, 權責: 分署長, 分支: {是: [{結束: 核准並通知, 權責: 分署長}], 否: [{結束: 駁回並通知, 權責: 分署長}]}}`),
      ),
    );
    if (page?.kind !== 'page') throw new Error('expected a page');
    expect(plain(page.html.toString())).toContain('是否核准？若是，則核准並通知若否，則駁回並通知');
  });
});

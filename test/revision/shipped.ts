// Two editions of the shipped content: as it is, and as a second one would be with a fee, a document, a limit, a new service, one that
// goes, steps in another order, a unit under another name and a paragraph of a chapter. Their numbers of documents are invented.
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export const NUMBERS = ['行執秘字第11500000001號', '行執秘字第11600000002號'] as const;

/** Writes the first edition into `folder`/content. */
export function firstEdition(folder: string): void {
  cpSync(join(import.meta.dirname, '../../content'), join(folder, 'content'), { recursive: true });
}

/** Makes the second edition of the first. */
export function secondEdition(folder: string): void {
  const change = (file: string, ...pairs: readonly (readonly [string, string])[]): void => {
    const path = join(folder, 'content', file);
    let text = readFileSync(path, 'utf8');
    for (const [from, to] of pairs) {
      if (!text.includes(from)) throw new Error(`${file} says no longer: ${from}`);
      text = text.replaceAll(from, to);
    }
    writeFileSync(path, text);
  };
  change(
    'services/archives.md',
    ['| 閱覽、抄錄 | 20 元 |', '| 閱覽、抄錄 | 30 元 |'],
    ['- 期限：15 日\n- 起算', '- 期限：12 日\n- 起算'],
    ['- 到場應用時：審核通知書\n', ''],
    // What the worked examples expect of these.
    ['    - 審核通知書\n', ''],
    ['  - 規費：40 元', '  - 規費：60 元'],
    ['  - 規費：70 元', '  - 規費：80 元'],
    ['日起 15 日', '日起 12 日'],
    ['  - 期限：15 日', '  - 期限：12 日'],
  );
  rmSync(join(folder, 'content/services/meet-the-head.md'));
  change('services/petition.md', ['相關服務: [meet-the-head]\n', '']);
  writeFileSync(
    join(folder, 'content/services/certificate.yaml'),
    '名稱: 核發繳清證明\n承辦單位: 承辦股\n申請人: 義務人\n申請方式: [臨櫃, 郵寄]\n應備證件: [申請書（正本，1 份）]\n規費: 免費\n辦理時限: 3 工作日\n審核權責: 分署長\n申請程序: [提出申請（義務人）, 核定（分署長）, {結束: 通知申請人, 權責: 承辦股}]\n',
  );
  const [report, opinion] = [
    '  - {步驟: 製作執行經過報告書, 權責: 書記官, 時限: 3 日, 起算: 聲明異議}\n',
    '  - {步驟: 製作審查意見書, 權責: 行政執行官, 時限: 5 日, 起算: 聲明異議}\n',
  ];
  change('services/objection.yaml', [`${report}${opinion}`, `${opinion}${report}`]);
  change('chapters/60-review.md', ['切實檢討改進。', '切實檢討改進，並公布結果。']);
  change(
    'handbook.yaml',
    ['版次: 初版\n日期: 115年11月23日\n生效日: 待確認', '版次: 二版\n日期: 116年3月1日\n生效日: 116年4月1日'],
    ['[petition, meet-the-head]', '[petition]'],
    ['[case-file-access, archives]', '[case-file-access, archives, certificate]'],
    [
      '  - {版次: 初版, 日期: 115年11月23日, 文號: 待確認, 修訂內容: 依本分署為民服務注意事項編訂}\n',
      `  - {版次: 初版, 日期: 115年11月23日, 文號: ${NUMBERS[0]}, 修訂內容: 依本分署為民服務注意事項編訂}
  - 版次: 二版
    日期: 116年3月1日
    文號: ${NUMBERS[1]}
    修訂內容: 調整檔案應用收費及時限
    修正目的: 為配合收費標準修正，並簡化申請
    修正理由:
      - {服務: archives, 項目: 規費, 理由: 收費標準已修正, 依據: 規費法第10條}
      - {服務: meet-the-head, 理由: 併入人民陳情辦理, 依據: 本分署為民服務注意事項第柒點}
`,
    ],
  );
  for (const file of ['office.yaml', 'services/case-intake.yaml']) change(file, ['收發室', '文書組']);
}

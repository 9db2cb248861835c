// A new service file with every field explained, and the key tables of the manual: both follow from the model.
import { chinese, KEYS } from './keys.js';
import { documented } from './schema/model.js';
import type { Field, Fields } from './schema/schema.js';

const DECLARED = ['documents', 'fee', 'deadline', 'authority'];
/** Longer ways to write the fields that offices ask about most. Lines are comments below the field. */
const LONGER: Readonly<Record<string, readonly string[]>> = {
  documents: [
    '應備證件:',
    '  - 申請書（正本，1 份）',
    '  - 委託他人時：委任書（正本，1 份）',
    '  - 名稱: 戶籍謄本',
    '    形式: 影本',
    '    份數: 1',
    '    核發期限: 3 個月',
    '    來源: 某某法第1條',
    '  - 擇一:',
    '      - 國民身分證（驗正本）',
    '      - 護照（驗正本）',
  ],
  fee: [
    '規費: 每份 100 元，第 2 份起每份 20 元',
    '規費:',
    '  - {項目: 影印, 金額: 2 元, 單位: 每頁}',
    '  - {項目: 閱覽, 金額: 20 元, 單位: 每 2 小時}',
  ],
  deadline: [
    '辦理時限: 隨到隨辦',
    '辦理時限:',
    '  期限: 15 日',
    '  起算: 收件之次日',
    '  法定: {期限: 30 日, 依據: 某某法第19條}',
    '  補正: {期限: 7 日, 重新起算: 是}',
    '  延長: {期限: 15 日, 次數: 1}',
  ],
  authority: ['審核權責: {擬辦: 書記官, 審核: 主任, 核定: 分署長}'],
  procedure: [
    '申請程序:',
    '  - 開始: 提出申請書',
    '  - 審核申請書（書記官，3 日）',
    '  - 判斷: 文件齊備？',
    '    分支:',
    '      是: 核定',
    '      否:',
    '        - 通知補正（書記官）',
    '        - {步驟: 補正文件, 接: 審核申請書}',
    '  - {步驟: 核定准駁, 編號: 核定}',
    '  - 結束: 通知申請人',
  ],
};

/** The text of a new service file: the declared fields are 待確認, every other field stands as a comment. */
export function blankService(title: string): string {
  const lines = [
    '# 一項服務。「#」開頭的是說明，需要的項目請刪去「# 」並改成自己的內容。',
    '# 還不知道的內容寫「待確認」；項目名稱可用中文或英文。任何項目都可以加「來源」與「查核日」。',
    '',
    `名稱: ${title}`,
  ];
  for (const key of DECLARED) {
    const field = documented.service[key] as Field;
    lines.push('', `# ${field.doc.zh}`, ...(LONGER[key] ?? []).map((line) => `#   ${line}`), `${chinese(key)}: 待確認`);
  }
  for (const [key, field] of Object.entries(documented.service)) {
    if (key === 'name' || DECLARED.includes(key)) continue;
    lines.push('', `# ${field.doc.zh}`);
    const longer = LONGER[key];
    if (longer) lines.push(...longer.map((line) => `# ${line}`));
    else if (field.shape.fields)
      lines.push(`# ${chinese(key)}:`, ...partsOf(field.shape.fields).map((line) => `#     ${line}`));
    else lines.push(`# ${chinese(key)}: ${field.example ?? '…'}`);
  }
  return `${lines.join('\n')}\n`;
}

/** The fields that people write; what the program alone sets has no name in Chinese. */
const written = (fields: Fields): [string, Field][] => Object.entries(fields).filter(([key]) => KEYS[key]);

const partsOf = (fields: Fields): string[] =>
  written(fields).map(([key, { doc, example }]) => `${chinese(key)}: ${example ?? '…'}    # ${doc.zh}`);

/** A Markdown table of the keys of one file, nested groups below their key: 項目, English, what it is. */
export function keyTable(file: keyof typeof documented): string {
  const rows: string[] = [];
  const add = (fields: Fields, depth: number, seen: readonly Fields[]): void => {
    for (const [key, { doc, shape, required }] of written(fields)) {
      rows.push(
        `| ${'　'.repeat(depth)}${(KEYS[key] ?? [key]).join('、')} | \`${key}\` | ${doc.zh}${required ? '（必填）' : ''} |`,
      );
      if (shape.fields && !seen.includes(shape.fields) && depth < 3)
        add(shape.fields, depth + 1, [...seen, shape.fields]);
    }
  };
  add(documented[file], 0, [documented[file]]);
  return `| 項目（可用的寫法） | English | 說明 |\n| --- | --- | --- |\n${rows.join('\n')}\n`;
}

// Services of every length, from four lines to forty documents and more steps than anyone takes, and what must hold of
// their posters: no sheet is empty, and nothing stands on a sheet or in a column without the heading it belongs to.
import type { Content } from '../src/content/read.js';
import type { Source } from '../src/core/source.js';
import type { Printed } from './wall-sheets.js';

const OFFICE = `名稱: 範例分署
地址: 範例市範例路1號
電話: 00-0000-0000
單位: [執行一科, 服務台]
職稱: [書記官, 行政執行官, 分署長]
當事人: [申請人]
服務標準: {引導時限: 5 分鐘, 臨櫃辦畢時限: 30 分鐘}
服務要點: [快, 好]
服務態度: [親切, 耐心]
職務代理人: [{姓名: 書記官, 代理人: 同股書記官}]
電話禮貌: [{情形: 接話, 用語: [您好], 說明: 報明單位及姓名}]
`;
const BOOK = `書名: 手冊
版次: 初版
日期: 115年11月23日
流程圖總覽:
  - 編號: overall
    名稱: 申請案件總流程
    申請程序: [開始: 提出申請（申請人）, 審查（書記官）, 核定（分署長）, 結束: 通知（書記官）]
`;
/** Conditions under which documents are asked for; the first stands for none. */
const CONDITIONS = ['一般', '委託他人時', '法人申請時', '使用舞臺時', '分期繳納時'];

/**
 * A service of `documents` documents. Without one it has no more than its four facts. The text of each document names the
 * condition it stands below, so that a sheet can be judged by what is read on it.
 */
function serviceOf(documents: number): string {
  if (documents === 0) return '名稱: 甲\n應備證件: 申請書\n規費: 免費\n辦理時限: 3 日\n審核權責: 分署長\n';
  const few = documents < 4;
  const conditions = Math.min(CONDITIONS.length, Math.ceil(documents / 8));
  const lines = Array.from({ length: documents }, (_, i) => {
    const of = Math.floor((i * conditions) / documents);
    const name = `第${of}類第${i + 1}號證明`;
    return `  - ${of === 0 ? '' : `${CONDITIONS[of]}：`}${name}${i % 3 === 0 ? '文件或其影本' : ''}（${i % 2 ? '正本' : '影本'}，${(i % 3) + 1} 份）`;
  });
  const fees = Array.from(
    { length: Math.min(6, Math.floor(documents / 4)) },
    (_, i) => `  - {項目: 第${i + 1}種證明書, 金額: ${i === 1 ? '待確認' : `${(i + 1) * 25} 元`}, 單位: 每份}`,
  );
  const steps = Array.from(
    { length: Math.min(24, documents) },
    (_, i) => `  - {步驟: 審查第${i + 1}項要件, 權責: 書記官, 時限: 1 日}`,
  );
  return `名稱: ${'閱覽抄寫複印攝影卷宗並領取權利移轉證書及退還保證'.slice(0, 2 + (documents % 23))}
${few ? '' : '摘要: 向本分署申請閱覽卷宗，由承辦股審查後核定。\n'}應備證件:
${lines.join('\n')}
規費: ${fees.length === 0 ? '免費' : `\n${fees.join('\n')}`}
辦理時限: ${few ? '3 日' : '{期限: 20 日, 起算: 收件之次日, 補正: {期限: 7 日, 重新起算: 是}}'}
審核權責: ${few ? '分署長' : '{擬辦: 書記官, 審核: 行政執行官, 核定: 分署長}'}
${few ? '' : `申請程序:\n  - 開始: 提出申請（申請人）\n${steps.join('\n')}\n  - 結束: 通知申請人（書記官）\n`}`;
}

/** A book of services of these lengths, `services/d<length>.yaml`. */
export function bookOf(lengths: readonly number[], said = ''): Content {
  const source = (path: string, text: string): Source => ({ path: `content/${path}`, text });
  return {
    office: source('office.yaml', OFFICE),
    book: source('handbook.yaml', `${BOOK}${said}`),
    services: lengths.map((length) => source(`services/d${length}.yaml`, serviceOf(length))),
    chapters: [],
    formFiles: [],
    translations: [],
    faults: [],
  };
}

type Line = { text: string; left: number; top: number; size: number };
/** The runs of a page put together to lines, without their blanks. */
function linesOf({ runs, width, height }: Printed): Line[] {
  // Columns are 12 mm of A3 apart.
  const apart = (10 * Math.min(width, height)) / 297;
  const rows: Printed['runs'][] = [];
  for (const run of [...runs].sort((a, b) => a.bottom - b.bottom)) {
    const row = rows.at(-1);
    if (row && run.bottom - (row[0]?.bottom ?? 0) < Math.min(run.size, row[0]?.size ?? 0) * 0.25) row.push(run);
    else rows.push([run]);
  }
  return rows.flatMap((row) => {
    const lines: (Line & { right: number })[] = [];
    for (const { text, left, right, top, size } of row.sort((a, b) => a.left - b.left)) {
      const before = lines.at(-1);
      const said = text.replace(/\s/g, '');
      if (before && left - before.right < Math.min(size * 1.2, apart))
        Object.assign(before, { text: before.text + said, right, size: Math.max(before.size, size) });
      else lines.push({ text: said, left, right, top, size });
    }
    return lines;
  });
}

/** What is wrong with the sheets of the poster of `serviceOf(documents)`. */
export function partedIn(pages: readonly Printed[], documents: number): string[] {
  const faults: string[] = [];
  const found = new Set<number>();
  const facts = new Set<string>();
  for (const [i, page] of pages.entries()) {
    const all = linesOf(page);
    const told = all.find(({ text }) => text.includes('編印日期'));
    // Between head and foot.
    const foot = (told?.top ?? page.height) - 0.03 * page.height;
    const unit = Math.min(page.width, page.height) / 297;
    const body = all.filter(({ top }) => top > 34 * unit && top < foot);
    if (body.length === 0) faults.push(`sheet ${i + 1} is empty`);
    const above = (line: Line, test: (text: string) => boolean): Line | undefined =>
      body.filter((each) => test(each.text) && isAt(each, line)).sort((a, b) => b.top - a.top)[0];
    /** What answers a question, or belongs to a condition, stands right of it or below it in its column. */
    const inColumn = (one: Line, line: Line): boolean =>
      page.width < page.height || one.left < page.width / 2 === line.left < page.width / 2;
    const isAt = (one: Line, line: Line): boolean =>
      one !== line && one.top < line.top + line.size / 2 && one.left < line.left + 3 * unit && inColumn(one, line);
    const conditions = [...CONDITIONS, '應備證件'];
    for (const line of body) {
      const [, of, number] = /第(\d)類第(\d+)號證明/.exec(line.text) ?? [];
      if (of !== undefined) {
        found.add(Number(number));
        const heading = above(line, (text) => conditions.includes(text))?.text;
        const right = heading === CONDITIONS[Number(of)] || (of === '0' && heading === '應備證件');
        if (!right) faults.push(`sheet ${i + 1}: ${line.text} stands below ${heading}`);
      }
      if (
        /^(審查第\d+項要件)/.test(line.text.replace(/^\d+/, '')) &&
        !body.some(({ text }) => text.includes('申請程序'))
      )
        faults.push(`sheet ${i + 1}: ${line.text} without 申請程序`);
    }
    // Each fact has its value on the same sheet, right below its name or right beside it.
    for (const [label, value] of [
      ['規費', documents < 4 ? '免費' : '元'],
      ['辦理時限', '日'],
      ['審核權責', '分署長'],
    ] as const) {
      const heading = body.find(({ text }) => text === label);
      const below = body
        .filter(
          ({ top, left }) =>
            heading && top > heading.top + heading.size / 2 && Math.abs(left - heading.left) < 3 * unit,
        )
        .sort((a, b) => a.top - b.top)[0];
      const beside = body
        .filter(
          ({ top, size, left }) =>
            heading && left > heading.left && top < heading.top + heading.size && top + size > heading.top,
        )
        .sort((a, b) => a.left - b.left)[0];
      if (heading) facts.add(label);
      if (heading && ![below, beside].some((line) => line?.text.includes(value)))
        faults.push(`sheet ${i + 1}: at ${label} stands ${(beside ?? below)?.text}`);
    }
  }
  for (const label of ['規費', '辦理時限', '審核權責']) if (!facts.has(label)) faults.push(`${label} is nowhere`);
  for (let n = 1; n <= documents; n += 1) if (!found.has(n)) faults.push(`document ${n} is nowhere`);
  return faults;
}

// Books to be compared: an office and its services as objects, written out in one notation or another, and changed at random.
import { stringify } from 'yaml';
import { KEYS } from '../../src/content/keys.js';
import { parse } from '../../src/content/parse.js';
import type { Content } from '../../src/content/read.js';
import { type Book, bookShape } from '../../src/content/schema/book.js';
import { documented } from '../../src/content/schema/model.js';
import type { Fields, Shape } from '../../src/content/schema/schema.js';
import { parseMarkdown } from '../../src/content/syntax/markdown.js';
import { yamlTree } from '../../src/content/syntax/yaml.js';
import { type Edition, meaningOf } from '../../src/revision/meaning.js';

export const OFFICE = {
  名稱: '範例分署',
  地址: '範例市範例路1號',
  辦公時間: '週一至週五 8:30–17:30',
  單位: ['執行一科', '秘書室', '服務台', '承辦股'],
  職稱: ['書記官', '行政執行官', '分署長'],
  當事人: ['申請人', '義務人'],
  服務標準: { 引導時限: '5 分鐘', 最多洽辦次數: '2 次' },
};
export const BOOK = { 書名: '手冊', 版次: '初版', 日期: '115年11月23日' };

type Written = { [key: string]: unknown };
export type Files = {
  readonly office?: Written;
  readonly book?: Written;
  /** By id. */
  readonly services?: Readonly<Record<string, Written>>;
  readonly chapters?: Readonly<Record<string, string>>;
};

export const contentOf = (files: {
  office: string;
  book: string;
  services: Readonly<Record<string, string>>;
  chapters: Readonly<Record<string, string>>;
}): Content => ({
  office: { path: 'office.yaml', text: files.office },
  book: { path: 'handbook.yaml', text: files.book },
  services: Object.entries(files.services)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, text]) => ({ path: `services/${name}`, text })),
  chapters: Object.entries(files.chapters).map(([name, text]) => ({ path: `chapters/${name}`, text })),
  formFiles: [],
  translations: [],
  faults: [],
});

export function editionOfContent(content: Content): Edition {
  const handbook = parse(content, parseMarkdown);
  // A key that is not read would compare as nothing.
  const fault = handbook.faults.find(({ rule }) => rule === 'unknown-key' || rule === 'yaml-syntax');
  if (fault) throw new Error(fault.message.zh);
  return meaningOf(handbook);
}

/** The edition that these files are, written as `write` writes a service. */
export const editionOf = (
  { office = OFFICE, book = BOOK, services = {}, chapters = {} }: Files,
  write: (service: Written) => { end: 'yaml' | 'md'; text: string } = (service) => ({
    end: 'yaml',
    text: stringify(service),
  }),
): Edition =>
  editionOfContent(
    contentOf({
      office: stringify(office),
      book: stringify(book),
      services: Object.fromEntries(
        Object.entries(services).map(([id, service]) => {
          const { end, text } = write(service);
          return [`${id}.${end}`, text];
        }),
      ),
      chapters,
    }),
  );

// ---------------------------------------------------------------- another notation

type Random = () => number;
/** Random numbers from 0 to 1, the same for the same seed (mulberry32). */
export function numbersFrom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Fields of the long form of what may be written as one text. */
const LONG: Readonly<Record<string, string>> = {
  applicant: 'who',
  channels: 'name',
  result: 'name',
  remedies: 'remedy',
};

/** The same service with its keys in another order and spelling, short forms made long, letters full width. */
export function rewritten(service: Written, next: Random): Written {
  return recordOf(service, documented.service, next);
}

function recordOf(value: Written, fields: Fields, next: Random): Written {
  const spelled = new Map(
    Object.keys(fields).flatMap((field) => [field, ...(KEYS[field] ?? [])].map((word) => [word, field] as const)),
  );
  const entries = Object.entries(value).map(([key, inner]): [string, unknown] => {
    const field = spelled.get(key) ?? key;
    const spellings = [field, ...(KEYS[field] ?? [])].filter((word) => spelled.get(word) === field);
    const chosen = spellings[Math.floor(next() * spellings.length)] ?? key;
    return [chosen, saidAgain(inner, field, fields[field]?.shape, next)];
  });
  return Object.fromEntries(entries.sort(() => next() - 0.5));
}

function saidAgain(value: unknown, field: string, shape: Shape<unknown> | undefined, next: Random): unknown {
  // A unit is called as the office calls it.
  const isUnit = /權責單位|名稱（/.test(shape?.expected.zh ?? '');
  if (typeof value === 'string') return !isUnit && next() < 0.3 && /^[^a-z]*$/.test(value) ? typed(value) : value;
  if (Array.isArray(value)) {
    // A list of one may stand without its list.
    const items = value.map((each) => saidAgain(each, field, shape, next));
    const long = LONG[field];
    if (!long || next() < 0.5) return items;
    return items.map((each) => (typeof each === 'string' ? { [KEYS[long]?.[0] ?? long]: each } : each));
  }
  if (typeof value === 'object' && value !== null && shape?.fields)
    return recordOf(value as Written, shape.fields, next);
  return value;
}

/** The same text in other type. */
const typed = (text: string): string =>
  text.replaceAll('台', '臺').replaceAll('，', '﹐').replaceAll('(', '（').replaceAll(')', '）');

/** The same service as Markdown: what is a list of texts, and remarks, in sections; the rest at its head. */
export function asMarkdown(service: Written): string {
  const { 名稱, 注意事項, 申請方式, ...rest } = service;
  const sections = [
    ...(Array.isArray(申請方式) && 申請方式.every((each) => typeof each === 'string')
      ? [`## 申請方式\n\n${申請方式.map((each) => `- ${each}`).join('\n')}`]
      : []),
    ...(typeof 注意事項 === 'string' ? [`## 注意事項\n\n${注意事項}`] : []),
  ];
  const head =
    sections.length === 2
      ? rest
      : {
          ...rest,
          ...(sections.some((text) => text.startsWith('## 申請方式'))
            ? {}
            : 申請方式 === undefined
              ? {}
              : { 申請方式 }),
        };
  return `---\n${stringify(head)}---\n\n# ${String(名稱)}\n\n${sections.join('\n\n')}\n`;
}

// ---------------------------------------------------------------- random changes

/** A service that says something in most fields. */
export const FULL: Written = {
  名稱: '閱覽卷宗',
  摘要: '申請閱覽卷宗。',
  承辦單位: '承辦股',
  申請人: ['義務人', '利害關係人'],
  申請方式: ['臨櫃', '郵寄', '線上'],
  應備證件: [
    { 名稱: '身分證明文件', 形式: '驗正本', 份數: 1 },
    { 名稱: '委任書', 形式: '正本', 份數: 1, 條件: '委託他人時' },
    { 名稱: '戶籍謄本', 份數: 1, 核發期限: '6 個月' },
    { 名稱: '地籍圖', 免附: '由本分署查詢' },
  ],
  規費: {
    明細: [
      { 項目: '閱覽', 金額: '20 元', 單位: '每 2 小時' },
      { 項目: '影印', 金額: '2 元', 單位: '每頁' },
    ],
    減免: [{ 對象: '低收入戶', 減免內容: '免收' }],
  },
  辦理時限: {
    期限: '7 日',
    起算: '收件之次日',
    補正: { 期限: '7 日' },
    階段: [
      { 名稱: '審查', 期限: '3 日', 權責: '書記官' },
      { 名稱: '核定', 期限: '4 日', 權責: '分署長' },
    ],
  },
  審核權責: { 擬辦: '書記官', 審核: '行政執行官', 核定: '分署長' },
  申請程序: [
    { 開始: '提出申請', 權責: '申請人' },
    { 步驟: '收件', 權責: '服務台' },
    { 判斷: '文件齊備？', 權責: '承辦股', 分支: { 齊備: '審查申請', 不齊備: [{ 步驟: '通知補正', 權責: '書記官' }] } },
    { 步驟: '審查申請', 權責: '書記官', 時限: '3 日' },
    { 步驟: '核定', 權責: '分署長', 時限: '4 日' },
    { 結束: '通知申請人', 權責: '書記官' },
  ],
  辦理結果: '閱覽通知書',
  救濟: '聲明異議',
  聯絡: { 單位: '承辦股', 電話: '00-0000-0000' },
  注意事項: '請準時到場。\n\n- 不得攜出卷宗。\n- 可自備相機。',
};

/** The same with one thing changed somewhere: an entry or a key gone, doubled, moved or said in other words. */
export function changed(service: Written, next: Random): Written {
  const copy = structuredClone(service);
  const places: (() => void)[] = [];
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) {
      for (const [i, each] of value.entries()) {
        places.push(() => void (value.length > 1 && value.splice(i, 1)));
        places.push(() => void value.push(...value.splice(i, 1)));
        if (typeof each === 'string') places.push(() => (value[i] = other(each, next)));
        visit(each);
      }
    } else if (typeof value === 'object' && value !== null) {
      const of = value as Written;
      for (const [key, inner] of Object.entries(of)) {
        if (!/^(名稱|項目|判斷|分支|開始|結束|步驟|對象|期限|減免內容)$/.test(key)) places.push(() => delete of[key]);
        if (/^(名稱|項目|說明|條件|起算|摘要|步驟)$/.test(key) && typeof inner === 'string')
          places.push(() => (of[key] = other(inner, next)));
        if (/^(金額|期限|時限)$/.test(key) && typeof inner === 'string')
          places.push(() => (of[key] = inner.replace(/\d+/, (n) => String(Number(n) + 1 + Math.floor(9 * next())))));
        visit(inner);
      }
    }
  };
  visit(copy);
  for (let n = 0; n <= Math.floor(3 * next()); n += 1) places[Math.floor(next() * places.length)]?.();
  return copy;
}
const other = (text: string, next: Random): string =>
  `${text}${'甲乙丙丁'[Math.floor(4 * next())]}${'東西南北'[Math.floor(4 * next())]}`;

/** The book with these revisions. */
export function bookWith(...revisions: object[]): Book {
  const nothing = () => undefined;
  const tree = yamlTree(
    {
      path: 'handbook.yaml',
      text: stringify({ 書名: '手冊', 版次: '二版', 日期: '116年1月1日', 修訂沿革: revisions }),
    },
    nothing,
  );
  return bookShape.read(tree as never, {
    report: (rule: string, _: unknown, say: { zh: string }) => {
      throw new Error(`${rule}: ${say.zh}`);
    },
    unconfirmed: nothing,
    prose: nothing,
    translated: nothing,
    shorthands: {},
  }) as Book;
}

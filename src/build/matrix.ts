// Every case of a service with its answer, as a page or a table to be looked through and signed.
import { combinationsOf } from '../content/answer/combinations.js';
import { documentsInWords, feeInWords, limitInWords } from '../content/answer/in-words.js';
import type { Person } from '../content/answer/person.js';
import type { Handbook } from '../content/schema/model.js';
import type { Service } from '../content/schema/service.js';
import { type Html, html, join, trusted } from '../core/html.js';
import type { Lang, Say } from '../core/source.js';
import { harmless } from '../core/terminal.js';
import { csvOf } from '../office-files/csv.js';

const WORDS = {
  variant: { zh: '子項目', en: 'Sub-service' },
  applicant: { zh: '申請人', en: 'Applicant' },
  representation: { zh: '代理', en: 'Representation' },
  channel: { zh: '申請方式', en: 'Channel' },
  case: { zh: '案件', en: 'Case' },
  conditions: { zh: '情形', en: 'Conditions' },
  quantities: { zh: '數量', en: 'Quantities' },
  documents: { zh: '應備證件', en: 'Documents' },
  beside: { zh: '另須', en: 'Also asked for' },
  fee: { zh: '規費', en: 'Fee' },
  limit: { zh: '期限', en: 'Time limit' },
  number: { zh: '序號', en: 'No.' },
  signed: { zh: '核對人簽章', en: 'Signature' },
  title: { zh: '各種情形的答案', en: 'Every case with its answer' },
  none: { zh: '（無）', en: '(none)' },
} as const satisfies Record<string, Say>;
type Column = keyof typeof WORDS;

type Matrix = {
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly string[])[];
  readonly pairwise: boolean;
};

/** A row for each case; a column that is empty in all of them is left out. */
function matrixOf(service: Service): Matrix {
  const { all, pairwise } = combinationsOf(service);
  const columns: Column[] = [
    'variant',
    'applicant',
    'representation',
    'channel',
    'case',
    'conditions',
    'quantities',
    'documents',
    'beside',
    'fee',
    'limit',
  ];
  const rows = all.map(({ person, answer }) => [
    ...(['variant', 'applicant', 'representation', 'channel', 'case'] as const).map((kind) => person[kind] ?? ''),
    conditionsIn(person),
    Object.entries(person.quantities ?? {})
      .map(([name, n]) => `${name} ${n}`)
      .join('\n'),
    documentsInWords(answer).join('\n'),
    answer.beside.join('\n'),
    feeInWords(answer.fee),
    limitInWords(answer.limit),
  ]);
  const kept = columns.flatMap((_, i) => (rows.some((row) => row[i] !== '') ? [i] : []));
  return {
    columns: kept.map((i) => columns[i] as Column),
    rows: rows.map((row) => kept.map((i) => row[i] ?? '')),
    pairwise,
  };
}

/** The conditions that hold, and those that were answered with no. */
const conditionsIn = ({ conditions }: Person): string =>
  Object.entries(conditions ?? {})
    .map(([name, holds]) => `${holds ? '☑' : '☐'} ${name}`)
    .join('\n');

/** Said where not every combination is there. */
const chosen = (rows: number): Say => ({
  zh: `組合超過 500 種，這裡依兩兩組合選出 ${rows} 種：任兩個可以並存的答案至少同時出現一次。`,
  en: `There are more than 500 combinations; these ${rows} were chosen pairwise: every two answers that go together stand together at least once.`,
});

/** Comma-separated, with the mark by which spreadsheets know UTF-8; what is not seen in a text stands there by its code. */
export function matrixCsv(service: Service, lang: Lang): string {
  const { columns, rows, pairwise } = matrixOf(service);
  const lines = [
    [WORDS.number[lang], ...columns.map((column) => WORDS[column][lang])],
    ...rows.map((row, i) => [String(i + 1), ...row]),
    ...(pairwise ? [[chosen(rows.length)[lang]]] : []),
  ];
  return csvOf(lines.map((line) => line.map((text) => harmless(text))));
}

const STYLE = trusted(
  'body{font:14px/1.5 "Noto Sans TC",sans-serif;margin:2em}table{border-collapse:collapse;width:100%}th,td{border:1px solid #888;padding:.3em .5em;text-align:left;vertical-align:top;white-space:pre-line}thead th{background:#eee;position:sticky;top:0}.signed{margin-top:2em}@media print{body{margin:0;font-size:9pt}thead{display:table-header-group}tr{break-inside:avoid}}',
);

/** A page that stands by itself, with a line to sign on. */
export function matrixPage(service: Service, { office, book }: Handbook, lang: Lang): string {
  const { columns, rows, pairwise } = matrixOf(service);
  const head = join(columns.map((column): Html => html`<th scope="col">${WORDS[column][lang]}</th>`));
  const body = rows.map(
    (row, i) =>
      html`<tr><th scope="row">${i + 1}</th>${row.map((text) => html`<td>${text || WORDS.none[lang]}</td>`)}</tr>`,
  );
  const title = `${service.name}${lang === 'zh' ? '：' : ': '}${WORDS.title[lang]}`;
  const edition = [office.name, book.edition, typeof book.date === 'string' ? book.date : '']
    .filter(Boolean)
    .join(' · ');
  return `<!doctype html>\n${html`<html lang="${lang === 'zh' ? 'zh-Hant' : 'en'}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title><style>${STYLE}</style></head><body><h1>${title}</h1><p>${edition}</p>${
    pairwise && html`<p>${chosen(rows.length)[lang]}</p>`
  }<table><thead><tr><th scope="col">${WORDS.number[lang]}</th>${head}</tr></thead><tbody>${body}</tbody></table><p class="signed">${WORDS.signed[lang]} ____________________</p></body></html>`}\n`;
}

// What is listed once is not listed again: documents, charges, steps, units, laws, forms, paragraphs.

import { isAtHand } from '../../content/schema/model.js';
import type { Step } from '../../content/schema/procedure.js';
import { isUnconfirmed, known } from '../../content/schema/schema.js';
import type { RequiredDocument, Service, Variant } from '../../content/schema/service.js';
import type { Say, Span } from '../../core/source.js';
import { HANDBOOK, OFFICE, record } from '../example-records.js';
import { placeIn, proseOf } from '../prose/texts.js';
import type { Rule } from '../rule.js';

/** Something that is listed: what makes it the same, what it is called, where it stands. */
type Listed = { readonly same: string; readonly name: string; readonly span: Span };
type At = { readonly at: { readonly self: Span; readonly [field: string]: Span } };
const LISTS = {
  document: { zh: '證件', en: 'document' },
  charge: { zh: '收費項目', en: 'charge' },
  step: { zh: '步驟', en: 'step' },
  unit: { zh: '單位', en: 'unit' },
  law: { zh: '法規', en: 'law' },
  form: { zh: '書表', en: 'form' },
  paragraph: { zh: '段落', en: 'paragraph' },
} as const satisfies Record<string, Say>;

/** A paragraph shorter than this may well stand twice: 請洽承辦單位。 */
const PARAGRAPH = 16;
/** One of a service that does not follow itself must be this long to be no coincidence. What a chapter says again elsewhere may be meant. */
const APART = 40;

export default {
  severity: 'warn',
  strict: 'error',
  why: {
    zh: '同一份證件、同一項收費、同一個步驟或段落寫了兩次，改的時候只會改到一個；金額不同的，更不知道哪一個對。',
    en: 'A document, charge, step or paragraph that stands twice is mended once; where the sums differ nobody knows which is right.',
  },
  good: [
    { text: record({ 應備證件: '[{名稱: 繳款收據, 條件: 超商繳款時}, {名稱: 繳款收據, 條件: 郵局繳款時}]' }) },
    {
      text: record({
        規費: '{明細: [{項目: 影印, 金額: 2 元, 單位: 每頁}, {項目: 影印, 金額: 10 元, 單位: 每頁, 條件: 彩色}], 來源: "https://example.org/a"}',
      }),
    },
  ],
  bad: [
    { text: record({ 應備證件: '[申請書, 身分證, 申請書]' }), at: '申請書]' },
    {
      text: record({
        規費: '{明細: [{項目: 影印, 金額: 2 元, 單位: 每頁}, {項目: 影印, 金額: 3 元, 單位: 每頁}], 來源: "https://example.org/a"}',
      }),
      at: '{項目: 影印, 金額: 3 元',
    },
    { file: 'office.yaml', text: `${OFFICE}單位: [秘書室, 執行一科, 服務台, 秘書室]\n`, at: '秘書室]' },
    { file: 'handbook.yaml', text: `${HANDBOOK}法規清單: [檔案法, 規費法, 檔案法]\n`, at: '檔案法]' },
  ],
  check(handbook, report) {
    const expect = (of: Say, listed: readonly Listed[]): void => {
      const first = new Set<string>();
      for (const { same, name, span } of listed)
        if (!first.has(same)) first.add(same);
        else
          report({
            span,
            message: { zh: `${of.zh}「${name}」列了兩次。`, en: `The ${of.en} "${name}" is listed twice.` },
            hint: {
              zh: '刪去一個；其實不同的，寫明差在哪裡（條件、單位、名稱）。',
              en: 'Delete one; where they differ, say in what (condition, unit, name).',
            },
          });
    };
    for (const service of handbook.services) {
      for (const entry of [service, ...(known(service.variants) ?? [])]) expectOf(entry, expect);
      for (const text of proseOf(service)) expect(LISTS.paragraph, paragraphsIn(text, true));
    }
    for (const { prose } of handbook.chapters)
      expect(LISTS.paragraph, paragraphsIn({ text: prose.markdown, span: prose.span }, false));
    const { office, book } = handbook;
    if (isAtHand(handbook, office)) expect(LISTS.unit, named(known(office.units)));
    if (isAtHand(handbook, book)) {
      expect(
        LISTS.law,
        named(
          (known(book.laws) ?? []).map((law) => ({
            ...law,
            name: law.url === undefined ? law.name : `${law.name}${law.url}`,
          })),
        ),
      );
      expect(LISTS.form, named(known(book.forms)));
    }
  },
} satisfies Rule;

/** Whether anything is called like another: most lists need no closer look. */
const isTwice = (names: readonly (string | undefined)[]): boolean =>
  names.length > 1 && new Set(names).size < names.length;

type Expect = (of: Say, listed: readonly Listed[]) => void;

function expectOf(entry: Service | Variant, expect: Expect): void {
  const documents = (list: readonly RequiredDocument[]): void => {
    if (isTwice(list.map(({ name }) => name)))
      expect(
        LISTS.document,
        list.flatMap(({ name, kind, condition, channel, applicants, note, at }) =>
          name === undefined
            ? []
            : [
                {
                  same: JSON.stringify([name, kind, condition, channel, applicants, note]),
                  name,
                  span: at.name ?? at.self,
                },
              ],
        ),
      );
    for (const { oneOf } of list) documents(known(oneOf) ?? []);
  };
  documents(known(known(entry.documents)?.items) ?? []);
  if (isTwice((known(known(entry.fee)?.lines) ?? []).map(({ item }) => item)))
    expect(
      LISTS.charge,
      (known(known(entry.fee)?.lines) ?? []).flatMap(
        ({ item, amount, at, basis: _, cited: _cited, unread: _unread, ...rest }) =>
          item === undefined || isUnconfirmed(amount)
            ? []
            : [{ same: JSON.stringify([item, rest]), name: item, span: at.self }],
      ),
    );
  expectSteps(known(entry.procedure) ?? [], expect);
}

/** Steps in a row; in another branch the same step is another one. */
function expectSteps(steps: readonly Step[], expect: Expect): void {
  if (isTwice(steps.map(({ step }) => step)))
    expect(
      LISTS.step,
      steps.flatMap(({ step: text, actor, at }) =>
        text === undefined
          ? []
          : [
              {
                same: `${text} ${(known(actor) ?? []).map(({ written }) => written)}`,
                name: text,
                span: at.step ?? at.self,
              },
            ],
      ),
    );
  for (const { parallel, branches } of steps) {
    for (const way of known(parallel) ?? []) expectSteps(way, expect);
    for (const { value } of known(branches) ?? []) expectSteps(known(value.steps) ?? [], expect);
  }
}

const named = (list: readonly ({ name?: string } & At)[] | undefined): Listed[] =>
  (list ?? []).flatMap(({ name, at }) =>
    name === undefined ? [] : [{ same: name, name: name.replace(/https?:.*/, ''), span: at.name ?? at.self }],
  );

function paragraphsIn({ text, span }: { text: string; span: Span }, apart: boolean): Listed[] {
  const found: Listed[] = [];
  let before = '';
  for (const { 0: line, index } of text.matchAll(/[^\n]*\S[^\n]*/g)) {
    const words = line.replace(/^[\s\-*+>\d.、)]+/, '').trim();
    const follows = words === before;
    before = words;
    if (words.length < PARAGRAPH || /^[|#│├┌└]/.test(words)) continue;
    const start = index + line.indexOf(words);
    const each = { name: words.slice(0, 20), span: placeIn({ text, span }, start, start + words.length) };
    // Items of two lists may be alike; one that stands behind itself was copied.
    if (follows) found.push({ ...each, same: `${words} again` }, { ...each, same: `${words} again` });
    else if (
      apart &&
      words.length >= APART &&
      !/^(?:但|惟|前項|前條|[（(]?[一二三四五六七八九十]+[、）)])|前項/.test(words)
    )
      found.push({ ...each, same: words });
  }
  return found;
}

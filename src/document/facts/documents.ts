// The documents of a service as they are printed: by condition, in a line each, and in brief.

import { isWaivedForAll } from '../../content/answer/evaluate.js';
import { isUnconfirmed, known } from '../../content/schema/schema.js';
import type { RequiredDocument, Service } from '../../content/schema/service.js';
import { saysUnconfirmed } from '../../content/schema/tree.js';
import { type Html, html } from '../../core/html.js';
import { inEachLanguage, plainOf } from '../../core/language.js';
import { mark } from '../words.js';
import { amongWords, type BookWording, basisText, clauses, listed, marked, type Wording, worded } from './text.js';

/** What a service and each of its sub-services declare. */
export type Declared = Pick<Service, 'documents' | 'fee' | 'deadline' | 'authority'>;

export type DocumentGroup = { label?: string; documents: RequiredDocument[] };

/** The documents by condition: those always needed first, then each condition in the order of writing. */
export function documentGroups({ documents }: Pick<Declared, 'documents'>): DocumentGroup[] {
  const groups = new Map<string, RequiredDocument[]>([['', []]]);
  for (const written of known(known(documents)?.items) ?? []) {
    const document = plainChoice(written);
    const condition = document.condition ?? '';
    groups.set(condition, [...(groups.get(condition) ?? []), document]);
  }
  return [...groups]
    .filter(([, list]) => list.length > 0)
    .map(([label, list]) => (label === '' ? { documents: list } : { label, documents: list }));
}

const isChoice = (name: string): boolean => /^(下列)?(擇一|任選一項?)$/.test(name.trim());

/** What Markdown has below 「- 未滿 14 歲時：擇一」 came as one remark, a clause a line. */
function linesBelow({
  name,
  oneOf,
  note,
  at,
  cited,
  unread,
}: RequiredDocument): readonly RequiredDocument[] | undefined {
  if (name === undefined || !isChoice(name) || oneOf !== undefined || note === undefined) return undefined;
  const lines = note.split('；').filter((line) => line.trim() !== '');
  return lines.length > 1 ? lines.map((line) => ({ name: line.trim(), at, cited, unread })) : undefined;
}
const withoutLines = <T extends Pick<RequiredDocument, 'note' | 'oneOf'>>(document: T): T => {
  if (document.oneOf !== undefined) return document;
  const { note: _, ...rest } = document;
  return rest as T;
};

/** A choice whose alternatives have one condition has it itself; one that is called 擇一 has no name. */
function plainChoice(document: RequiredDocument): RequiredDocument {
  const among = known(document.oneOf) ?? linesBelow(document);
  if (among === undefined) return document;
  const { name, ...rest } = document;
  const unnamed = name === undefined || isChoice(name) ? { ...withoutLines(rest), oneOf: among } : document;
  const [condition, ...others] = new Set(among.map((each) => each.condition));
  if (condition === undefined || others.length > 0 || (unnamed.condition ?? condition) !== condition) return unnamed;
  const bare = among.map(({ condition: _, ...each }) => each as RequiredDocument);
  return { ...unnamed, condition, oneOf: bare };
}

/** 免附：由本分署查詢; 已建檔者免附. */
export const waivedText = (context: Wording, document: RequiredDocument): string => {
  const { waived } = document;
  if (waived === undefined) return '';
  const word = isWaivedForAll(document) || /免附/.test(waived) || saysUnconfirmed(waived) ? 'waived-by' : 'waived-for';
  return context.word(word, waived);
};

/** 「委託他人時：雙方駕照」: one of several to choose from, with its own condition. */
export const alternativeName = (context: Wording, document: RequiredDocument): string => {
  const name = documentName(context, document);
  return document.condition === undefined ? name : context.word('field', document.condition, name);
};

/** The same on paper, its copies counted as they are written: 2 張. Stamps keep `documentDetails`. */
export function toldDocumentDetails(context: Wording, document: RequiredDocument, among = false): string {
  const span = document.at.copies ?? document.at.self;
  const written = span === undefined ? '' : span.source.text.slice(span.start, span.end);
  const unit =
    typeof document.copies !== 'number'
      ? undefined
      : among && isOfAClass(document) && /^\d+$/.test(written.trim())
        ? 'items'
        : copiesUnit(written, document.copies);
  return documentDetails(
    {
      word: (key, ...values) =>
        key === 'copies-of' && unit !== undefined
          ? context.word(`copies-in-${unit}`, ...values)
          : context.word(key, ...values),
    },
    document,
  );
}

/** 「沒有相片的證件」 to choose two of: two papers of a class, and not two copies of one. */
const isOfAClass = ({ name, at }: RequiredDocument): boolean =>
  at.kind === undefined && at.copies !== undefined && /(證件|文件|資料|證明)$/.test(name ?? '');

const COUNTERS: Readonly<Record<string, string>> = {
  張: 'sheets',
  件: 'items',
  頁: 'pages',
  冊: 'volumes',
  本: 'books',
  套: 'sets',
  幅: 'drawings',
  種: 'kinds',
  組: 'groups',
  枚: 'coins',
  顆: 'seals',
  片: 'discs',
  支: 'sticks',
  聯: 'slips',
};
const COUNTED = '零一二三四五六七八九十';

function copiesUnit(written: string, copies: number): string | undefined {
  for (const [, n, unit] of written.matchAll(
    /(\d+|[一二三四五六七八九十])\s*(張|件|頁|冊|本|套|幅|種|組|枚|顆|片|支|聯)/g,
  ))
    if (n !== undefined && unit !== undefined && (Number(n) === copies || COUNTED.indexOf(n) === copies))
      return COUNTERS[unit];
  return undefined;
}

/** 正本、1 份、3 個月內核發. Empty when only the name is declared. */
export function documentDetails(context: Wording, document: RequiredDocument): string {
  const { kind, copies, duplicates, kinds, fresh, remaining, applicants, channel, order } = document;
  return listed(context, [
    kind === undefined
      ? ''
      : isUnconfirmed(kind)
        ? context.word('field', context.word('document-kind'), kind.unconfirmed)
        : context.word(`kind-${kind}`),
    worded(context, kind === 'both' ? 'copies-each' : 'copies-of', 'copies', copies),
    worded(context, 'duplicates-of', 'duplicates', duplicates),
    worded(context, 'kinds-of', 'kinds-label', kinds),
    worded(
      context,
      'issued-within',
      'issued',
      isUnconfirmed(fresh)
        ? fresh
        : fresh && inEachLanguage(fresh.printed, (text) => text.replace(/(之)?內(核發.*)?$/, '')),
    ),
    worded(context, 'remaining-of', 'remaining', remaining),
    applicants === undefined ? '' : context.word('only-applicants', amongWords(context, applicants)),
    channel === undefined ? '' : context.word('only-channel', amongWords(context, channel)),
    worded(context, 'filing-order', 'filing', order),
  ]);
}

/** The name of a document; a choice without a name of its own is 「下列擇一」. */
export const documentName = (context: Wording, document: RequiredDocument): string =>
  document.name ?? (document.oneOf === undefined ? '' : choiceWord(context, document));

/** 擇一, or 任選 2 項. */
export const choiceWord = (context: Wording, { choose }: RequiredDocument): string =>
  typeof choose === 'number' && choose > 1 ? context.word('some-of', choose) : context.word('one-of');

/** Where it is to be had, and for the handbook why it is asked for. */
export const documentRemarks = (
  context: Wording,
  { where, basis }: RequiredDocument,
  told: 'all' | 'place',
): string[] =>
  [where === undefined ? '' : context.word('where-of', where), told === 'all' ? basisText(context, basis) : ''].filter(
    (text) => text !== '',
  );

/** What is asked for beside documents, a text each: 委託他人時：本人親自到場. */
export function besideTexts(context: Wording, { documents }: Pick<Declared, 'documents'>): string[] {
  const beside = known(documents)?.beside;
  if (isUnconfirmed(beside)) return [beside.unconfirmed];
  return (beside ?? []).map(({ name = '', condition, note }) => {
    const text = note === undefined ? name : `${name}${context.word('brackets', note)}`;
    return condition === undefined ? text : context.word('field', condition, text);
  });
}

/** 另須：本人親自到場; nothing where only documents are asked for. */
export function besideText(context: Wording, entry: Pick<Declared, 'documents'>): string | undefined {
  const texts = besideTexts(context, entry);
  return texts.length === 0 ? undefined : context.word('field', context.word('beside'), clauses(context, texts));
}

/** Of which other service the list is: 與「…」相同. */
export function likeText(context: BookWording, { documents }: Pick<Declared, 'documents'>): string | undefined {
  const like = context.services.find(({ id }) => id === known(documents)?.like);
  return like && context.word('like-of', like.name);
}

/** Everything declared of one document: name, details, alternatives, 免附, form, note. */
export function documentHtml(context: BookWording, document: RequiredDocument, within = false): Html {
  const { oneOf, waived, note, form } = document;
  const details = toldDocumentDetails(context, document, within);
  const alternatives = known(oneOf) ?? [];
  const name = within ? alternativeName(context, document) : documentName(context, document);
  return html`<span class="document-name">${marked(name)}</span>${
    details !== '' && html`<span class="document-details">${marked(context.word('brackets', details))}</span>`
  }${
    document.name !== undefined &&
    oneOf !== undefined &&
    html` <span class="tag">${choiceWord(context, document)}</span>`
  }${isWaivedForAll(document) && html` <span class="tag">${context.word('waived')}</span>`}${
    isUnconfirmed(oneOf) && html` ${mark(oneOf)}`
  }${
    alternatives.length > 0 &&
    html`<ul class="alternatives">${alternatives.map((each) => html`<li>${documentHtml(context, each, true)}</li>`)}</ul>`
  }${documentRemarks(context, document, 'place').map((text) => html`<span class="document-note">${marked(text)}</span>`)}${waived !== undefined && html`<span class="document-note">${marked(waivedText(context, document))}</span>`}${
    form !== undefined && html`<span class="document-note">${context.word('form-of', formName(context, form))}</span>`
  }${note !== undefined && html`<span class="document-note">${marked(note)}</span>`}`;
}

/** The same as plain texts: `name`, `details` in a line, and a note each. `within`: it is one of several to choose from. */
export function documentTexts(
  context: BookWording,
  document: RequiredDocument,
  within = false,
): { name: string; details: string; notes: string[] } {
  const { oneOf, waived, note, form } = document;
  const choice = document.name !== undefined && oneOf !== undefined ? [choiceWord(context, document)] : [];
  const details = [toldDocumentDetails(context, document, within), ...choice].filter((text) => text !== '');
  return {
    name: plainOf(within ? alternativeName(context, document) : documentName(context, document)),
    details: plainOf(details.join(context.word('list-comma'))),
    notes: [
      ...documentRemarks(context, document, 'place'),
      ...(note === undefined ? [] : [note]),
      ...(waived === undefined ? [] : [waivedText(context, document)]),
      ...(form === undefined ? [] : [context.word('form-of', formName(context, form))]),
    ].map(plainOf),
  };
}

/** The title of a form of the book; its id when the book does not list it (lint says so). */
export function formName({ handbook }: Pick<BookWording, 'handbook'>, form: string): string {
  return (known(handbook.book.forms) ?? []).find(({ id }) => id === form)?.name ?? form;
}

/** 4 項, 無, 待確認. */
export function documentsBrief(context: Wording, { documents }: Pick<Declared, 'documents'>): string {
  if (documents === undefined) return context.word('undeclared');
  if (isUnconfirmed(documents) || isUnconfirmed(documents.items) || isUnconfirmed(documents.none))
    return context.word('unconfirmed');
  const items = documents.items ?? [];
  if (items.length === 0) return context.word(documents.none === true ? 'none' : 'undeclared');
  const first = items.length === 1 ? items[0]?.name : undefined;
  if (first && saysUnconfirmed(first)) return context.word('unconfirmed');
  return context.word('pieces', items.length);
}

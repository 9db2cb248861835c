// The documents of a service as they are printed: by condition, in a line each, and in brief.

import { isUnconfirmed, known } from '../../content/schema/schema.js';
import type { RequiredDocument, Service } from '../../content/schema/service.js';
import { saysUnconfirmed } from '../../content/schema/tree.js';
import { type Html, html } from '../../core/html.js';
import { eachTongue } from '../../core/language.js';
import { mark } from '../words.js';
import { amongWords, type BookWording, listed, marked, type Wording, worded } from './text.js';

/** What a service and each of its sub-services declare. */
export type Declared = Pick<Service, 'documents' | 'fee' | 'deadline' | 'authority'>;

export type DocumentGroup = { label?: string; documents: RequiredDocument[] };

/** The documents by condition: those always needed first, then each condition in the order of writing. */
export function documentGroups({ documents }: Pick<Declared, 'documents'>): DocumentGroup[] {
  const groups = new Map<string, RequiredDocument[]>([['', []]]);
  for (const document of known(known(documents)?.items) ?? []) {
    const condition = document.condition ?? '';
    groups.set(condition, [...(groups.get(condition) ?? []), document]);
  }
  return [...groups]
    .filter(([, list]) => list.length > 0)
    .map(([label, list]) => (label === '' ? { documents: list } : { label, documents: list }));
}

/** 正本、1 份、3 個月內核發. Empty when only the name is declared. */
export function documentDetails(context: Wording, document: RequiredDocument): string {
  const { kind, copies, fresh, applicants, channel, order } = document;
  return listed(context, [
    kind === undefined
      ? ''
      : isUnconfirmed(kind)
        ? context.word('field', context.word('document-kind'), kind.unconfirmed)
        : context.word(`kind-${kind}`),
    worded(context, 'copies-of', 'copies', copies),
    worded(
      context,
      'issued-within',
      'issued',
      isUnconfirmed(fresh)
        ? fresh
        : fresh && eachTongue(fresh.printed, (text) => text.replace(/(之)?內(核發.*)?$/, '')),
    ),
    applicants === undefined ? '' : context.word('only-applicants', amongWords(context, applicants)),
    channel === undefined ? '' : context.word('only-channel', amongWords(context, channel)),
    worded(context, 'filing-order', 'filing', order),
  ]);
}

/** The name of a document; a choice without a name of its own is 「下列擇一」. */
export const documentName = (context: Wording, document: RequiredDocument): string =>
  document.name ?? (document.oneOf === undefined ? '' : context.word('one-of'));

/** Everything declared of one document: name, details, alternatives, 免附, form, note. */
export function documentHtml(context: BookWording, document: RequiredDocument): Html {
  const { oneOf, waived, note, form } = document;
  const details = documentDetails(context, document);
  const alternatives = known(oneOf) ?? [];
  const name = documentName(context, document);
  return html`<span class="document-name">${marked(name)}</span>${
    details !== '' && html`<span class="document-details">${marked(context.word('brackets', details))}</span>`
  }${
    document.name !== undefined && oneOf !== undefined && html` <span class="tag">${context.word('one-of')}</span>`
  }${waived !== undefined && html` <span class="tag">${context.word('waived')}</span>`}${
    isUnconfirmed(oneOf) && html` ${mark(oneOf)}`
  }${
    alternatives.length > 0 &&
    html`<ul class="alternatives">${alternatives.map((each) => html`<li>${documentHtml(context, each)}</li>`)}</ul>`
  }${waived !== undefined && html`<span class="document-note">${marked(context.word('waived-by', waived))}</span>`}${
    form !== undefined && html`<span class="document-note">${context.word('form-of', formName(context, form))}</span>`
  }${note !== undefined && html`<span class="document-note">${marked(note)}</span>`}`;
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

// How the book refers to a service: its number, its place, the page it is on, and its category.

import { known } from '../../content/schema/schema.js';
import type { Service } from '../../content/schema/service.js';
import { type Html, html } from '../../core/html.js';
import { type CategoryMark, categoryMarks } from '../../document/category-mark.js';
import { numberInBook } from '../../document/way.js';
import type { BookContext } from './context.js';
import { marked } from './tables.js';

/** An id in ASCII: the places of any other in a PDF are not found again. A draft may have one of the name of a file. */
const plainId = (id: string): string => id.replace(/[^\w-]/gu, (each) => `.${each.codePointAt(0)?.toString(16)}`);

export const anchor = ({ id }: Service): string => `s-${plainId(id)}`;

/** Where the text of a service or a chapter ends, and where the chart of a service stands. */
export const endOf = ({ id }: { id: string }): string => `e-${plainId(id)}`;
/** Where all of a service ends, its chart and what follows that included. */
export const wholeOf = ({ id }: Service): string => `w-${plainId(id)}`;
/** A chart of the whole office, a part of the book, and a chapter of its own text: no number, so that links last when another comes before. */
export const bookChart = (id: string): string => `g-${plainId(id)}`;
export const partOf = (part: string): string => `p-${plainId(part)}`;
export const chapterOf = (file: string): string => `c-${plainId(file.replace(/\.md$/i, ''))}`;
export const headingOf = (chapter: string, title: string): string => `${chapter}.${plainId(title)}`;

/** The id, or where it is there already, with a number behind it. */
export function oneOf(id: string, taken: Set<string>): string {
  let own = id;
  for (let n = 2; taken.has(own); n += 1) own = `${id}-${n}`;
  taken.add(own);
  return own;
}

export const chartOf = ({ id }: Service): string => `f-${plainId(id)}`;
export const numberOf: (context: BookContext, service: Service) => string = numberInBook;
export const serviceLink = (context: BookContext, service: Service): Html =>
  html`<a href="#${anchor(service)}">${marked(`${numberOf(context, service)}${service.name}`)}</a>`;

/** 第 12 頁, beside a link to a service. */
export function pageNote(context: BookContext, service: Service): Html | false {
  if (context.medium === 'screen') return false;
  const [before, after] = context.bookWord('page-number', '\n').split('\n');
  return html`<span class="at-page">${before}${context.pageOf(anchor(service))}${after}</span>`;
}

type Category = { name?: string; note?: string; mark?: CategoryMark; services: Service[] };

/** The services by category, in the order of the book; those in none come last. */
export function categoriesOf(context: BookContext): Category[] {
  const listed = new Set<string>();
  const marks = categoryMarks(context);
  const categories: Category[] = (known(context.handbook.book.categories) ?? []).map((category, i) => {
    const ids = known(category.services) ?? [];
    const services = ids.flatMap(
      (id) => context.services.find((service) => service.id === id && !listed.has(id)) ?? [],
    );
    for (const { id } of services) listed.add(id);
    return {
      ...(category.name ? { name: category.name } : {}),
      ...(category.note ? { note: category.note } : {}),
      ...(marks[i] ? { mark: marks[i] } : {}),
      services,
    };
  });
  const others = context.services.filter(({ id }) => !listed.has(id));
  const named = categories.some((category) => category.name);
  if (others.length > 0)
    categories.push({ ...(named ? { name: context.word('handbook.other-services') } : {}), services: others });
  return categories.filter((category) => category.services.length > 0);
}

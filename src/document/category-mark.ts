// The colour and the sign of a category: the same on every paper, so that a service is found by them.

import { known } from '../content/schema/schema.js';
import { type Html, html, trusted } from '../core/html.js';
import type { RenderContext } from './context.js';

/**
 * Each is 7:1 and more on white and white on it, and told from the others by everyone (CIELAB, ΔE 17 and more, for the
 * three kinds of dichromats too); in greys each is another one (ΔL* 3.4). What is far apart in hue comes first.
 */
export const CATEGORY_COLOURS = ['#1b575a', '#5c3086', '#724f36', '#283051', '#791000', '#540f24'] as const;
/** A colour alone says nothing to who sees none. In a square of 24 by 24. */
const SIGNS = [
  'M12 2a10 10 0 1 1 0 20a10 10 0 1 1 0-20z',
  'M3 3h18v18H3z',
  'M12 2l11 20H1z',
  'M12 1l11 11l-11 11L1 12z',
  'M8 1h8v7h7v8h-7v7H8v-7H1V8h7z',
  'M1 2h22L12 22z',
  'M7 2h10l6 10l-6 10H7L1 12z',
] as const;

/** `colour`: undefined where the office prints in its own black alone. */
export type CategoryMark = {
  readonly name: string;
  readonly colour: string | undefined;
  readonly sign: Html;
  /** The sign as a path in a square of 24 by 24. */
  readonly path: string;
};

/** The marks of all categories of the book, in its order. */
export function categoryMarks(context: Pick<RenderContext, 'handbook' | 'template'>): CategoryMark[] {
  const names = (known(context.handbook.book.categories) ?? []).map(({ name }) => name ?? '');
  const own = /--accent:\s*(#[0-9a-f]{6})/.exec(context.template('base.css', {}).toString())?.[1];
  const black = own !== undefined && isGrey(own);
  return names.map((name, i) => ({
    name,
    colour: black ? undefined : CATEGORY_COLOURS[i % CATEGORY_COLOURS.length],
    sign: html`<svg class="sign" viewBox="0 0 24 24" aria-hidden="true"><path fill="currentColor" d="${trusted(SIGNS[i % SIGNS.length] ?? '')}"/></svg>`,
    path: SIGNS[i % SIGNS.length] ?? '',
  }));
}

/** What gives the part of a page it stands on the colour of a category, where it has one. */
export const inColour = (mark: Pick<CategoryMark, 'colour'> | undefined): Html =>
  mark?.colour === undefined ? html`` : html` style="--accent: ${mark.colour}"`;

/** That of the category a service stands in first. */
export function categoryMarkOf(
  context: Pick<RenderContext, 'handbook' | 'template'>,
  service: { readonly id: string },
): CategoryMark | undefined {
  const at = (known(context.handbook.book.categories) ?? []).findIndex(({ services }) =>
    known(services)?.includes(service.id),
  );
  return categoryMarks(context)[at];
}

/** Whether its channels lie so near each other that it has no hue to see. */
function isGrey(hex: string): boolean {
  const channels = [1, 3, 5].map((i) => Number.parseInt(hex.slice(i, i + 2), 16));
  return Math.max(...channels) - Math.min(...channels) < 24;
}

// A poster is rows: what is asked left, what is answered right of it.

import { type Html, html } from '../../core/html.js';
import type { RenderContext } from '../../document/context.js';
import { telling } from '../../document/told-facts.js';
import { phrased, widthOf } from '../../document/wall-sheet.js';

/** What who stands before the poster needs; how it is to be filled in, what comes of it and on what law is in the handbook. */
export const TELLS = telling('whole', {
  payment: 'short',
  stages: 'short',
  'deadline-notes': 'short',
  'authority-chain': 'short',
  notes: 'short',
  terms: 'short',
  result: 'handbook',
  remedies: 'handbook',
  forms: 'handbook',
  deputy: 'handbook',
  related: 'handbook',
  basis: 'handbook',
});

/** `brief`: what is told short is; `few`: of a long way what comes before its first decision, and no notes but those chosen. */
export type Context = RenderContext & { readonly brief: boolean; readonly few: boolean };

export const textOf = (markup: Html): string => markup.toString().replace(/<[^>]*>/g, '');

/** `short`: two of them stand beside each other. */
export type Row = { readonly label: string; readonly html: Html; readonly short: boolean };

/** What is asked left, what is answered right of it. `count`: what belongs below the question. */
export function row(label: string, said: Html, { cls = '', count }: { cls?: string; count?: string } = {}): Row {
  return {
    label,
    html: html`<section class="row ${cls}" data-block="${label}"><div class="label"><h2>${label}</h2>${count !== undefined && html`<p class="count">${phrased(count)}</p>`}</div><div class="said">${said}</div></section>`,
    short: count === undefined && widthOf(label) <= 4 && widthOf(textOf(said)) <= 7,
  };
}

/** Those that are short stand two and two. */
export function paired(rows: readonly Row[]): Html[] {
  const short = rows.filter((one) => one.short);
  const pairs = new Map(short.flatMap((one, i) => (i % 2 === 0 && short[i + 1] ? [[one, short[i + 1] as Row]] : [])));
  const second = new Set(pairs.values());
  return rows.flatMap((one) => {
    const other = pairs.get(one);
    if (other) return [html`<div class="pair">${one.html}${other.html}</div>`];
    return second.has(one) ? [] : [one.html];
  });
}

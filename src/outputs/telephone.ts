// The card beside the telephone: how soon to answer, what to say and when, and blanks for whose desk it is.

import { isUnconfirmed, type known } from '../content/schema/schema.js';
import { type Html, html } from '../core/html.js';
import type { RenderContext } from '../document/context.js';
import { blank, blanks, officeSlip } from '../document/counter-sheet.js';
import { standardTiles } from '../document/facts/standards.js';
import { marked } from '../document/facts/text.js';
import type { Output } from '../document/output.js';
import { typeFor } from '../document/wall-sheet.js';
import { mark, wordsUnder } from '../document/words.js';

/** What is printed of the content. */
const SHOWS = ['office.name', 'office.calls', 'office.courtesy'] as const;

export default {
  summary: {
    zh: '電話禮貌卡（A5，一張 A4 兩份）：什麼情形說什麼',
    en: 'Telephone cards (A5, two on A4): what to say and when',
  },
  declares: { of: 'office', shows: SHOWS },
  papers: ['A4', 'A5'],
  oneLanguage: true,
  needs: { zh: 'office.yaml 的「電話禮貌」', en: '電話禮貌 (courtesy) in office.yaml' },
  render(context) {
    const { courtesy } = context.handbook.office;
    if (courtesy === undefined) return [];
    return [
      officeSlip(context, 'telephone', {
        shows: SHOWS,
        title: word(context, 'title'),
        body: cardHtml(context),
        fit: { least: LEAST, most: MOST, flows: true },
      }),
    ];
  },
} satisfies Output;

/** Read at one's own desk, from 0.6 m; its type is 4 mm where `--fit` is 1. */
const LEAST = typeFor(0.6) / 4;
const MOST = 1.3;

const word = wordsUnder('telephone');

function cardHtml(context: RenderContext): Html {
  const { courtesy } = context.handbook.office;
  const soon = standardTiles(context).filter(({ standard }) => standard === 'answer' || standard === 'rings');
  return html`${
    soon.length > 0 &&
    html`<dl class="soon">${soon.map(({ label, value }) => html`<div><dt>${label}</dt><dd>${mark(value)}</dd></div>`)}</dl>`
  }${
    isUnconfirmed(courtesy)
      ? html`<p>${mark(courtesy)}</p>`
      : html`<dl class="situations">${(courtesy ?? []).map(
          ({ situation, phrases, note }) =>
            html`<div><dt>${marked(situation ?? '')}</dt><dd>${
              phrases !== undefined && html`<p class="phrases">${phrasesText(context, phrases)}</p>`
            }${note && html`<p>${marked(note)}</p>`}</dd></div>`,
        )}</dl>`
  }${blanks([
    blank(word(context, 'unit'), 3),
    blank(word(context, 'name'), 3),
    blank(word(context, 'extension'), 3),
    blank(word(context, 'deputy'), 3),
  ])}`;
}

const phrasesText = (context: RenderContext, phrases: Parameters<typeof known<readonly string[]>>[0]): Html =>
  isUnconfirmed(phrases)
    ? mark(phrases)
    : html`${(phrases ?? []).map((each) => html`<span>${word(context, 'quoted', each)}</span>`)}`;

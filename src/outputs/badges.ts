// Name badges, ten on a sheet to be cut: of the staff, or blank ones of each unit and title to be filled in by hand.

import { isUnconfirmed, known } from '../content/schema/schema.js';
import { type Html, html } from '../core/html.js';
import type { RenderContext } from '../document/context.js';
import { counterSheet, foot, marks } from '../document/counter-sheet.js';
import { type Stamp, stampOf } from '../document/declaration.js';
import { marked } from '../document/facts/text.js';
import type { Output } from '../document/output.js';
import { widthOf } from '../document/wall-sheet.js';
import { wordsUnder } from '../document/words.js';

/** What is printed of the content. */
const SHOWS = ['office.name', 'office.badges'] as const;

export default {
  summary: { zh: '識別證（一張 A4 十個）', en: 'Name badges (ten on A4)' },
  declares: { of: 'office', shows: SHOWS },
  papers: ['A4'],
  oneLanguage: true,
  render(context) {
    const stamp = stampOf(context, { sheet: 'badges', id: 'badges', shows: SHOWS });
    const badges = badgesOf(context);
    const sheets = Array.from({ length: Math.ceil(badges.length / EACH) }, (_, i) =>
      sheetHtml(context, stamp, badges.slice(i * EACH, (i + 1) * EACH)),
    );
    return [
      counterSheet(context, {
        file: 'counter/badges.pdf',
        stamp,
        about: { of: [] },
        title: word(context, 'title'),
        css: 'badges/badges.css',
        body: sheets,
        fit: { least: 0.7, most: 1, apart: true },
      }),
    ];
  },
} satisfies Output;

/** A badge has the size of a bank card (ISO/IEC 7810 ID-1), in mm; the sheets' style has it so. */
const CARD = { width: 85.6, height: 54 };
const ACROSS = 2;
const DOWN = 5;
const EACH = ACROSS * DOWN;
const PAPER = { width: 210, height: 297 };
/** From the sheet's corner to that of the first badge; below the last is the foot. */
const LEFT = (PAPER.width - ACROSS * CARD.width) / 2;
const TOP = 8;
/** Marks are so long, and so far from the badge that none is left on it. */
const MARK = { length: 4, away: 1.5 };

const word = wordsUnder('badges');

/** What is left out is a line to write on. */
type Badge = { unit?: string; title?: string; name?: string };

/** Without a list of the staff, one badge for each unit and each title, and blank ones until the sheet is full: names are never made up. */
function badgesOf(context: RenderContext): Badge[] {
  const { staff, units, titles } = context.handbook.office;
  const people = known(staff) ?? [];
  if (people.length > 0)
    return people.map(({ name, unit, titles: own }) => ({
      ...(name ? { name } : {}),
      ...(unit ? { unit } : {}),
      ...(own === undefined
        ? {}
        : { title: isUnconfirmed(own) ? own.unconfirmed : own.join(context.word('list-comma')) }),
    }));
  const blanks: Badge[] = [
    ...(known(units) ?? []).map(({ name }) => (name ? { unit: name } : {})),
    ...(known(titles) ?? []).map((title) => ({ title })),
  ];
  const missing = (EACH - (blanks.length % EACH)) % EACH;
  return [...blanks, ...Array.from({ length: blanks.length > 0 ? missing : EACH }, () => ({}))];
}

const sheetHtml = (context: RenderContext, stamp: Stamp, badges: readonly Badge[]): Html =>
  html`<section class="badges">${marks(PAPER, cuts())}<div class="grid">${badges.map((badge) => badgeHtml(context, badge))}</div><footer>${foot(
    context,
    stamp,
  )}</footer></section>`;

function badgeHtml(context: RenderContext, { unit, title, name }: Badge): Html {
  const line = (key: string, text: string | undefined): Html =>
    text === undefined
      ? html`<p class="${key} empty"><span>${context.word(`desk.${key}`)}</span></p>`
      : html`<p class="${key}" style="--characters: ${charactersOf(text)}">${marked(text)}</p>`;
  return html`<div class="badge fit" data-name="${name ?? unit ?? title ?? word(context, 'title')}"><p class="office">${context.picture('logo')}${context.handbook.office.name}</p><div>${line('unit', unit)}${line('title', title)}${line('name', name)}</div></div>`;
}

/** Characters of a line: a long name stands in two. */
const charactersOf = (text: string): number => Math.ceil(widthOf(text) > 7 ? widthOf(text) / 2 + 1 : widthOf(text));

/** Short lines outside the badges where a blade goes: at the head and foot of each cut down, at both ends of each across. */
function cuts(): { from: [number, number]; to: [number, number] }[] {
  const [near, far] = [MARK.away, MARK.away + MARK.length];
  const right = LEFT + ACROSS * CARD.width;
  const bottom = TOP + DOWN * CARD.height;
  const down = Array.from({ length: ACROSS + 1 }, (_, i) => LEFT + i * CARD.width);
  const across = Array.from({ length: DOWN + 1 }, (_, i) => TOP + i * CARD.height);
  return [
    ...down.flatMap((x) => [
      { from: [x, TOP - far] as [number, number], to: [x, TOP - near] as [number, number] },
      { from: [x, bottom + near] as [number, number], to: [x, bottom + far] as [number, number] },
    ]),
    ...across.flatMap((y) => [
      { from: [LEFT - far, y] as [number, number], to: [LEFT - near, y] as [number, number] },
      { from: [right + near, y] as [number, number], to: [right + far, y] as [number, number] },
    ]),
  ];
}

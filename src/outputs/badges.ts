// Name badges, ten on a sheet to be cut: of the staff and the volunteers, or blank ones of each unit and title to be filled in by
// hand; the rest of the last sheet is for who stands in and for further volunteers.

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
const SHOWS = ['office.name', 'office.badges', 'office.volunteer-names'] as const;
/** What sheets of the format before it printed. */
const BEFORE = ['office.name', 'office.badges'] as const;

export default {
  summary: { zh: '識別證（一張 A4 十個）', en: 'Name badges (ten on A4)' },
  declares: { of: 'office', shows: SHOWS, before: [BEFORE] },
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

/** What is left out is a line to write on. `kind`: who stands in for another, or helps without pay. */
type Badge = { unit?: string; title?: string; name?: string; kind?: 'deputy' | 'volunteer' };

/** Without a list of the staff, one badge for each unit and each title: names are never made up. */
function badgesOf(context: RenderContext): Badge[] {
  const { staff, units, titles, volunteers } = context.handbook.office;
  const people: Badge[] = (known(staff) ?? []).map(({ name, unit, titles: own }) => ({
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
  const helpers = (known(volunteers) ?? []).flatMap(({ name }): Badge[] => (name ? [{ name, kind: 'volunteer' }] : []));
  const all = [...(people.length > 0 ? people : blanks), ...helpers];
  // One of each at the least, and as many as fill the last sheet.
  const spare = EACH - ((all.length + 2) % EACH || EACH) + 2;
  return [...all, ...Array.from({ length: spare }, (_, i): Badge => ({ kind: i % 2 === 0 ? 'deputy' : 'volunteer' }))];
}

const sheetHtml = (context: RenderContext, stamp: Stamp, badges: readonly Badge[]): Html =>
  html`<section class="badges">${marks(PAPER, cuts())}<div class="grid">${badges.map((badge) => badgeHtml(context, badge))}</div><footer>${foot(
    context,
    stamp,
  )}</footer></section>`;

/** The name is what is read first, from where people stand; the photo has the size of those on identity cards. */
function badgeHtml(context: RenderContext, { unit, title, name, kind }: Badge): Html {
  const line = (key: string, text: string | undefined, label = `desk.${key}`): Html =>
    text === undefined
      ? html`<p class="${key} empty"><span>${context.word(label)}</span></p>`
      : html`<p class="${key}" style="--characters: ${charactersOf(text)}">${marked(text)}</p>`;
  const above =
    kind === 'volunteer'
      ? html``
      : html`${line('unit', unit)}${line('title', title, kind === 'deputy' ? 'badges.stands-in' : 'desk.title')}`;
  return html`<div class="badge fit${kind && html` ${kind}`}" data-name="${name ?? unit ?? title ?? word(context, 'title')}"><p class="office"><span>${context.picture('logo')}${context.handbook.office.name}</span>${kind && html`<span class="kind">${word(context, kind)}</span>`}</p><div class="photo"><span>${word(context, 'photo')}</span></div><div class="who">${line('name', name)}${above}</div></div>`;
}

/** Characters of a line: a long name stands in two. */
const charactersOf = (text: string): number => Math.ceil(widthOf(text) > 6 ? widthOf(text) / 2 + 1 : widthOf(text));

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

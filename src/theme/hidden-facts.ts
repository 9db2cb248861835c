// Proves that the templates an office laid over the program's hide, move and strike out no fact: what a sheet shows
// without them, it shows, and at its place.
import type { Root, RootContent } from 'hast';
import { fromHtml } from 'hast-util-from-html';
import type { Say } from '../core/source.js';
import type { Box, Drawn, Ground, LaidText } from './laid-out.js';
import { contrast } from './look.js';

/** A text as it is seen: all of it, its first line and its last. */
export type Seen = Pick<LaidText, 'text' | 'all' | 'label' | 'held' | 'group' | 'broken'> & {
  first: Box;
  last: Box;
  /** Of a cell, the head that stands over it. */
  head?: string;
  /** A line of a box goes through it. */
  struck?: true;
};

/** What is seen of a page; `bars` are the lines of its boxes, `heads` what stands over each cell. */
export function seenIn(texts: readonly LaidText[], bars: readonly Box[], heads: readonly string[]): Seen[] {
  const lying = new Map<number, Box[]>();
  for (const bar of bars) {
    const place = placeOf((bar.top + bar.bottom) / 2);
    const there = lying.get(place);
    if (there) there.push(bar);
    else lying.set(place, [bar]);
  }
  /** Through the middle of a line, and most of it. */
  const isStruck = ({ left, top, right, bottom }: Box): boolean => {
    const edge = (bottom - top) * 0.28;
    for (let place = placeOf(top); place <= placeOf(bottom); place += 1)
      for (const bar of lying.get(place) ?? []) {
        const middle = (bar.top + bar.bottom) / 2;
        const wide = Math.min(right, bar.right) - Math.max(left, bar.left);
        if (wide > (right - left) / 2 && middle > top + edge && middle < bottom - edge) return true;
      }
    return false;
  };
  return texts.flatMap(({ text, all, lines, label, held, drawn, broken, cell, group }) => {
    const [first, last] = [lines[0], lines.at(-1)];
    const head = cell === undefined ? '' : heads[cell];
    if (!first || !last) return [];
    return {
      ...{ text, all, first, last, label, held },
      ...(!drawn && lines.some(isStruck) ? { struck: true as const } : {}),
      ...(broken ? { broken } : {}),
      ...(head ? { head } : {}),
      ...(group === undefined ? {} : { group }),
    };
  });
}
/** px. */
const placeOf = (top: number): number => Math.floor(top / 16);

/** Contrast (WCAG 2) below which nobody tells text from its ground. */
const LEGIBLE = 1.5;

/**
 * The texts of a page for the web, of which no print is measured, that are told from their ground and have the ground of
 * nothing else over them. `colours`: red, green, blue and what hides of each that is named, from 0 to 255.
 */
export function legibleOf(
  texts: readonly LaidText[],
  grounds: readonly Ground[],
  colours: ReadonlyMap<string, readonly number[]>,
): LaidText[] {
  const hex = (colour: string): string =>
    `#${[0, 1, 2].map((i) => (colours.get(colour)?.[i] ?? 0).toString(16).padStart(2, '0')).join('')}`;
  const lying = new Map<number, Ground[]>();
  for (const ground of grounds) {
    if ((colours.get(ground.colour)?.[3] ?? 0) <= 127) continue;
    for (let place = placeOf(ground.box.top); place <= placeOf(ground.box.bottom); place += 1) {
      const there = lying.get(place);
      if (there) there.push(ground);
      else lying.set(place, [ground]);
    }
  }
  return texts.filter(({ lines, drawn, colour, place }) => {
    if (drawn) return true;
    return lines.some(({ left, top, right, bottom }) => {
      const [x, y] = [(left + right) / 2, (top + bottom) / 2];
      const there = (lying.get(placeOf(y)) ?? []).filter(
        ({ box }) => x > box.left && x < box.right && y > box.top && y < box.bottom,
      );
      const around = there.filter((ground) => ground.place <= place && place <= ground.end);
      const ground = around.at(-1)?.colour;
      const seen = contrast(hex(colour), ground === undefined ? '#ffffff' : hex(ground)) >= LEGIBLE;
      return around.length === there.length && seen;
    });
  });
}

const squeezed = (text: string): string => text.normalize('NFKC').replace(/\s/g, '');

/** What the services of a content say, in one text; each language by itself. */
export function factsOf(values: unknown): string {
  const found = new Set<string>();
  const waiting: unknown[] = [values];
  for (let each = waiting.pop(); waiting.length > 0 || each !== undefined; each = waiting.pop()) {
    if (typeof each === 'string') for (const part of each.split(/[\uFDD0-\uFDEF]/)) found.add(squeezed(part));
    else if (Array.isArray(each)) waiting.push(...each);
    else if (typeof each === 'object' && each !== null)
      for (const [key, value] of Object.entries(each)) if (!UNSAID.has(key)) waiting.push(value);
  }
  return [...found].join('\n');
}
/** Of what is read, where it stands and what it is called inside. */
const UNSAID = new Set(['at', 'span', 'source', 'cited', 'unread', 'id', 'url']);

const isFact = (text: string, facts: string): boolean => {
  const whole = squeezed(text);
  if (!/[\p{L}\p{N}]/u.test(whole)) return false;
  const parts = whole.split(/[（）()、，；：:;,。]/).filter((part) => part.length > 1 || /\p{N}/u.test(part));
  return [whole, ...parts].some((part) => facts.includes(part));
};

/** What is wrong with a sheet that is laid out with an office's own files, and not without them. */
export type Change = {
  text: string;
  /**
   * Not seen; with a line through it; with a number that goes on in the next line; over or under other text; with a mark
   * hard beside it; over a form; before what it follows; in another column than its label; under another head; within
   * another group.
   */
  why: 'hidden' | 'struck' | 'broken' | 'over' | 'beside' | 'form' | 'order' | 'parted' | 'head' | 'among';
  /** Beside which it stands now, or under which. */
  beside?: string;
};

/** The facts that are seen without an office's own files and not, or less often, with them; and those that moved away. */
export function changesIn(
  plain: readonly (readonly Seen[])[],
  own: readonly (readonly Seen[])[],
  facts: string,
): Change[] {
  const matters = (one: Seen): boolean => one.held || isFact(one.text, facts);
  const changes = plain.flatMap((before, i) => {
    const now = own[i] ?? [];
    const left = new Map<string, Seen[]>();
    for (const each of before) {
      const same = left.get(squeezed(each.text));
      if (same) same.push(each);
      else left.set(squeezed(each.text), [each]);
    }
    /** What each text was; nothing for one that the office's own files bring. */
    const was = now.map(({ text }) => left.get(squeezed(text))?.shift());
    const hidden = [...left.values()].flat().filter(matters);
    return [
      ...hidden.map(({ text }): Change => ({ text, why: 'hidden' })),
      ...now.flatMap((each, k) => changesOf(each, was[k], now[k + 1], was[k + 1], matters)),
      ...strangersIn(now, was),
    ];
  });
  return [...new Map(changes.map((change) => [`${change.why} ${change.text}`, change])).values()];
}

/** Lines of a chart that are so many times as broad as before, and so many px broader, cover what it says. */
const BROADER = 2.5;

/** What of the charts and of the numbers of lists is not seen as it was; both in the order of the document. */
export function drawingChanges(plain: readonly Drawn[], own: readonly Drawn[]): Change[] {
  const changed = plain.filter(({ seen, width }, i) => {
    const now = own[i];
    return now === undefined || (seen && !now.seen) || now.width > width * BROADER + 1;
  });
  return [...new Set(changed.map(({ text }) => text))].map((text) => ({ text, why: 'hidden' }));
}

/** A text and the next one, as they are and as they were. */
function changesOf(
  one: Seen,
  old: Seen | undefined,
  next: Seen | undefined,
  nextOld: Seen | undefined,
  matters: (one: Seen) => boolean,
): Change[] {
  const changes: Change[] = [];
  if (one.struck && !old?.struck && matters(one)) changes.push({ text: one.text, why: 'struck' });
  if (one.broken && !old?.broken && matters(one)) changes.push({ text: one.text, why: 'broken' });
  if (old?.head !== undefined && one.head !== undefined && one.head !== old.head)
    changes.push({ text: one.text, why: 'head', beside: one.head });
  const known = old !== undefined && nextOld !== undefined;
  if (!next || (known && !matters(one) && !matters(next))) return changes;
  const way = wayTo(one, next);
  if (known && way === wayTo(old, nextOld)) return changes;
  if (way === 'back') changes.push({ text: next.text, why: 'order', beside: one.text });
  if (way === 'next' && one.label && !next.label && matters(next))
    changes.push({ text: next.text, why: 'parted', beside: one.text });
  return changes;
}

/** Texts that stand in a group which is not theirs, and did not before. */
function strangersIn(now: readonly Seen[], was: readonly (Seen | undefined)[]): Change[] {
  return groupsIn(now).flatMap(({ texts, others }) => {
    const place = spanOf(texts.flatMap((k) => now[k] ?? []));
    const before = texts.flatMap((k) => was[k] ?? []);
    return others.flatMap((k): Change[] => {
      const [other, old] = [now[k], was[k]];
      if (!other || !inside(place, other)) return [];
      if (old && before.length === texts.length && inside(spanOf(before), old)) return [];
      return [{ text: other.text, why: 'among', beside: now[texts[0] ?? 0]?.text ?? '' }];
    });
  });
}

/** px that text may lie over what it follows: type is set closer than its boxes are high. */
const CLOSE = 4;

/** Where a text lies that is read after another: beside it, below it, in the next column, or before it. */
function wayTo(
  one: Pick<Seen, 'all' | 'first' | 'last'>,
  next: Pick<Seen, 'all' | 'first' | 'last'>,
): 'on' | 'next' | 'back' {
  const close = Math.max(CLOSE, (one.last.bottom - one.last.top) * 0.5);
  const level = (a: Box, b: Box): boolean =>
    Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 0.3 * Math.min(a.bottom - a.top, b.bottom - b.top);
  if (level(one.last, next.first) && next.first.left >= one.last.right - close) return 'on';
  if (next.first.top >= one.last.bottom - close) return 'on';
  if (next.all.left < one.all.right - close) return 'back';
  return level(one.all, next.all) ? 'on' : 'next';
}

/** Texts before and behind a group that may have come to stand in it. */
const NEAR = 40;

/** The texts of each group that says more than one thing, and those about it, as places in `seen`. */
function groupsIn(seen: readonly Seen[]): { texts: number[]; others: number[] }[] {
  const groups = new Map<number, number[]>();
  for (const [k, { group }] of seen.entries()) {
    if (group === undefined) continue;
    const texts = groups.get(group);
    if (texts) texts.push(k);
    else groups.set(group, [k]);
  }
  return [...groups].flatMap(([group, texts]) => {
    if (texts.length < 2) return [];
    const others: number[] = [];
    const to = Math.min(seen.length, (texts.at(-1) ?? 0) + NEAR);
    for (let k = Math.max(0, (texts[0] ?? 0) - NEAR); k < to; k += 1)
      if (seen[k]?.group !== group && seen[k]?.held) others.push(k);
    return [{ texts, others }];
  });
}

/** What a group takes up: the name and the value of a field, the cells of a line. */
const spanOf = (texts: readonly Seen[]): Box => ({
  left: Math.min(...texts.map(({ all }) => all.left)),
  top: Math.min(...texts.map(({ all }) => all.top)),
  right: Math.max(...texts.map(({ all }) => all.right)),
  bottom: Math.max(...texts.map(({ all }) => all.bottom)),
});
const inside = ({ left, top, right, bottom }: Box, { all }: Seen): boolean => {
  const [x, y] = [(all.left + all.right) / 2, (all.top + all.bottom) / 2];
  return x > left && x < right && y > top && y < bottom;
};

/** mm at the lower edge of a form that are ours. */
export const FORM_FOOT = 15;

/** One fault for all that a sheet's own files hide, and one for all that they move to another place. */
export function changeFaults(
  changes: readonly Change[],
  by: readonly string[],
): { rule: 'override-hides' | 'override-moves'; text: string; message: Say }[] {
  const of = (rule: 'override-hides' | 'override-moves', found: readonly Change[], say: (first: Change) => Say) => {
    const [first] = found;
    return first ? [{ rule, text: short(first.text), message: say(first) }] : [];
  };
  const files = by.join('、');
  const hidden = changes.filter(({ why }) => why === 'hidden');
  const struck = changes.filter(({ why }) => why === 'struck');
  const broken = changes.filter(({ why }) => why === 'broken');
  const over = changes.filter(({ why }) => why === 'over');
  const marked = changes.filter(({ why }) => why === 'beside');
  const moved = changes.filter(({ why }) => MOVES.has(why));
  return [
    ...of('override-hides', hidden, () => ({
      zh: `機關自己的樣板 ${files} 讓這${hidden.length > 1 ? ` ${hidden.length} 段內容` : '段內容'}看不到；內容寫明的事項都要印得出來。請改樣板，或改內容檔。`,
      en: `The office's own ${by.join(', ')} hides ${hidden.length > 1 ? `this and ${hidden.length - 1} more` : 'this'}; whatever the content declares must be seen. Change the template, or the content.`,
    })),
    ...of('override-hides', struck, () => ({
      zh: `機關自己的樣板 ${files} 有一條線劃過這${struck.length > 1 ? ` ${struck.length} 段內容` : '段內容'}，看起來像刪去的；請改框線的位置或那一框的高度。`,
      en: `A line of the office's own ${by.join(', ')} goes through ${struck.length > 1 ? `this and ${struck.length - 1} more` : 'this'}, as if it were struck out. Change where the line is, or the height of its box.`,
    })),
    ...of('override-hides', broken, () => ({
      zh: `機關自己的樣板 ${files} 讓這${broken.length > 1 ? ` ${broken.length} 段內容` : '段內容'}的數字斷成兩行，會讀成兩個數；請把那一欄加寬，或刪去 word-break、line-break、white-space 的改動。`,
      en: `The office's own ${by.join(', ')} breaks a number of ${broken.length > 1 ? `this and ${broken.length - 1} more` : 'this'} over two lines, where it reads as two. Give the column more width, or take back what was changed of word-break, line-break or white-space.`,
    })),
    ...of('override-hides', over, () => ({
      zh: `機關自己的樣板 ${files} 讓這${over.length > 1 ? ` ${over.length} 段內容` : '段內容'}的字疊在一起，讀不出來；請加大行距（line-height 1.2 以上）、字距或那一框，不要用負的邊界把字拉近。`,
      en: `The office's own ${by.join(', ')} sets characters of ${over.length > 1 ? `this and ${over.length - 1} more` : 'this'} over one another, so that they cannot be read. Give lines (line-height 1.2 or more), characters or the box more room, and draw no text nearer by a negative margin.`,
    })),
    ...of('override-hides', marked, () => ({
      zh: `機關自己的樣板 ${files} 在這${marked.length > 1 ? ` ${marked.length} 段內容` : '段內容'}的字緊旁邊畫了線或點，會讀成數字或符號（|30 像 130）；框線與字之間至少留 0.3em（padding: 0 0.3em）。`,
      en: `The office's own ${by.join(', ')} draws a line or a dot hard beside a character of ${marked.length > 1 ? `this and ${marked.length - 1} more` : 'this'}, which is read as a figure or a sign (|30 looks like 130). Leave at least 0.3em between a border and the text (padding: 0 0.3em).`,
    })),
    ...of(
      'override-hides',
      changes.filter(({ why }) => why === 'form'),
      () => ({
        zh: `機關自己的樣板 ${files} 會蓋到書表的內容；書表頁只能在紙的下緣 ${FORM_FOOT} mm 內印機關、頁次，不能有底色與框線。請改 form.html 或 base.css。`,
        en: `The office's own ${by.join(', ')} would cover what a form says; on a form only the foot is printed, within ${FORM_FOOT} mm of the lower edge, without grounds and borders. Change form.html or base.css.`,
      }),
    ),
    ...of('override-moves', moved, ({ why, beside = '' }) => ({
      zh: `機關自己的樣板 ${files} 讓這${moved.length > 1 ? ` ${moved.length} 段內容` : '段內容'}印到別的地方：${MOVED[why as keyof typeof MOVED].zh.replace('%', () => short(beside))}；每一項都要接在自己的名稱後面，照內容的順序。請改樣板。`,
      en: `The office's own ${by.join(', ')} moves ${moved.length > 1 ? `this and ${moved.length - 1} more` : 'this'}: ${MOVED[why as keyof typeof MOVED].en.replace('%', () => short(beside))}; each must follow its own label, in the order of the content. Change the template.`,
    })),
  ];
}
const short = (text: string): string => ([...text].length > 40 ? `${[...text].slice(0, 39).join('')}…` : text);
const MOVED = {
  order: { zh: '排在「%」的前面', en: 'it stands before "%"' },
  parted: {
    zh: '和它的名稱「%」分開，排到下一欄',
    en: 'it is parted from its label "%" and stands in the next column',
  },
  head: { zh: '排在欄名「%」底下', en: 'it stands under the head "%"' },
  among: { zh: '排到「%」那一項裡', en: 'it stands within what belongs to "%"' },
} satisfies Partial<Record<Change['why'], Say>>;
const MOVES: ReadonlySet<string> = new Set(Object.keys(MOVED));

/** A sheet that is printed without the office's own files, and not with them. */
export const unprintable = (by: readonly string[]): { rule: 'override-hides'; message: Say } => ({
  rule: 'override-hides',
  message: {
    zh: `用了機關自己的樣板 ${by.join('、')} 就印不出這一份，用程式原本的樣板可以；請和程式的 templates/ 裡同名的檔案比對，改回使它印不出來的地方。`,
    en: `With the office's own ${by.join(', ')} this sheet cannot be printed, and with the program's it can. Compare it with the file of the same name in templates/ of the program, and take back what keeps it from being printed.`,
  },
});

/** A fault of a sheet with files of the office's own says which: most often they are the cause. */
export const besides = <T extends { message: Say }>(fault: T, by: readonly string[]): T => ({
  ...fault,
  message: {
    zh: `${fault.message.zh}（這一份用了機關自己的樣板：${by.join('、')}）`,
    en: `${fault.message.en} (This sheet is made with the office's own ${by.join(', ')}.)`,
  },
});

/** The texts of a whole page of HTML, in its order, without what is never read. */
export function textsOf(page: string): string[] {
  const inside = (node: Root | RootContent): string[] => {
    if (node.type === 'text') return [node.value];
    if (!('children' in node) || (node.type === 'element' && UNREAD.has(node.tagName))) return [];
    return node.children.flatMap(inside);
  };
  return inside(fromHtml(page));
}
const UNREAD = new Set(['head', 'style', 'script', 'template']);

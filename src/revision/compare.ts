// Two editions side by side: which services, chapters and charts came, went, were renamed or moved, and in each of them which
// entries of which field, with what that means for the citizen. An edition beside itself has no change.
import { type Effect, effectOf, type Parties, weightOfChange, weightOfService } from './effect.js';
import { both, NEUTRAL, type Weight } from './effect-of-text.js';
import { alike, folded, likenessOf } from './folded.js';
import { type Match, matched } from './match.js';
import type { Edition, Field, Item, Subject, SubjectKind } from './meaning.js';

export type Mark = 'same' | 'added' | 'removed' | 'changed' | 'moved';
/** An entry of a field on both sides. `moved` and other words: `changed`, with `moved` set. */
export type ItemChange = {
  readonly mark: Mark;
  readonly moved: boolean;
  readonly before?: Item;
  readonly after?: Item;
  readonly effect: Effect;
};
/** A field with all its entries, those that did not change too, in the order of the new one; what went stands where it stood. */
export type FieldChange = {
  readonly name: string;
  readonly label: string;
  readonly effect: Effect;
  readonly items: readonly ItemChange[];
};
export type SubjectChange = {
  readonly kind: SubjectKind;
  readonly mark: 'added' | 'removed' | 'changed';
  /** Its name is another one. */
  readonly renamed: boolean;
  /** It stands elsewhere in the book. */
  readonly moved: boolean;
  readonly before?: Pick<Subject, 'id' | 'name'>;
  readonly after?: Pick<Subject, 'id' | 'name'>;
  readonly effect: Effect;
  /** Of a sub-service: its service. */
  readonly of?: string;
  readonly fields: readonly FieldChange[];
};
type Head = Pick<Edition, 'title' | 'edition' | 'date' | 'effective'>;
/** What differs between two editions, in the order of the new one. */
export type Revision = { readonly before: Head; readonly after: Head; readonly subjects: readonly SubjectChange[] };

export function compare(before: Edition, after: Edition): Revision {
  const parties = [...new Set([...before.parties, ...after.parties])];
  return {
    before: headOf(before),
    after: headOf(after),
    subjects: subjectsIn(before.subjects, after.subjects, parties),
  };
}
const headOf = ({ title, edition, date, effective }: Edition): Head => ({
  title,
  edition,
  ...(date === undefined ? {} : { date }),
  ...(effective === undefined ? {} : { effective }),
});

/** A service under another id is the same one where so much of what it says is the same. */
const RENAMED = 0.5;

function subjectsIn(
  before: readonly Subject[],
  after: readonly Subject[],
  parties: Parties,
  of?: string,
): SubjectChange[] {
  const pairs = matched(before.map(known), after.map(known));
  const found = [...pairs, ...renamedIn(before, after, pairs)];
  const byAfter = new Map(found.map((each) => [each.after, each]));
  const gone = new Set(before.keys());
  for (const each of found) gone.delete(each.before);
  const changes: SubjectChange[] = [];
  const told = (old: Subject | undefined, fresh: Subject | undefined, moved: boolean): void => {
    changes.push(...subjectChange(old, fresh, moved, parties, of));
  };
  for (const [j, fresh] of after.entries()) {
    const match = byAfter.get(j);
    told(match && before[match.before], fresh, match?.moved ?? false);
  }
  for (const i of gone) told(before[i], undefined, false);
  return changes;
}

/** A subject by its kind and id; its words are looked at only where that is not found. */
const known = ({ kind, id }: Subject): Parameters<typeof matched>[0][number] => ({
  part: kind,
  key: folded(id),
  same: folded(id),
  text: `\u0001${kind}${id}`,
});

/** Of those left on both sides, which say so much of the same that they were renamed. */
function renamedIn(before: readonly Subject[], after: readonly Subject[], pairs: readonly Match[]): Match[] {
  const [left, right] = [new Set(pairs.map((each) => each.before)), new Set(pairs.map((each) => each.after))];
  const candidates: (Match & { score: number })[] = [];
  const wordsOf = new Map<Subject, ReturnType<typeof likenessOf>>();
  const words = (subject: Subject): ReturnType<typeof likenessOf> => {
    const all =
      wordsOf.get(subject) ??
      likenessOf(subject.fields.flatMap(({ items }) => items.map(({ same }) => same)).join('\n'));
    wordsOf.set(subject, all);
    return all;
  };
  for (const [i, old] of before.entries())
    for (const [j, fresh] of after.entries()) {
      if (left.has(i) || right.has(j) || old.kind !== fresh.kind || old.kind === 'translation') continue;
      const score = alike(words(old), words(fresh));
      if (score >= RENAMED) candidates.push({ before: i, after: j, moved: false, score });
    }
  candidates.sort(
    (a, b) =>
      b.score - a.score ||
      Math.abs(a.before - a.after) - Math.abs(b.before - b.after) ||
      Math.min(a.before, a.after) - Math.min(b.before, b.after),
  );
  return candidates.flatMap(({ before: i, after: j }) => {
    if (left.has(i) || right.has(j)) return [];
    left.add(i);
    right.add(j);
    return [{ before: i, after: j, moved: false }];
  });
}

function subjectChange(
  old: Subject | undefined,
  fresh: Subject | undefined,
  moved: boolean,
  parties: Parties,
  of: string | undefined,
): SubjectChange[] {
  const one = (fresh ?? old) as Subject;
  const { kind } = one;
  const renamed =
    old !== undefined && fresh !== undefined && (folded(old.name) !== folded(fresh.name) || old.id !== fresh.id);
  const fields = fieldsIn(kind, old?.fields ?? [], fresh?.fields ?? [], parties);
  const whole = kind === 'service' || kind === 'variant' ? weightOfService({ before: old, after: fresh }) : NEUTRAL;
  const named = (subject: Subject) => ({ id: subject.id, name: subject.name });
  const own: SubjectChange = {
    kind,
    mark: !old ? 'added' : !fresh ? 'removed' : 'changed',
    renamed,
    moved,
    ...(old ? { before: named(old) } : {}),
    ...(fresh ? { after: named(fresh) } : {}),
    // A service that came or went is one change: what it asks is not set off against what it gives.
    effect: old && fresh ? heaviest([effectOf(whole), ...fields.map(({ effect }) => effect)]) : effectOf(whole),
    ...(of === undefined ? {} : { of }),
    fields,
  };
  const variants = subjectsIn(old?.variants ?? [], fresh?.variants ?? [], parties, one.name);
  const isChanged = own.mark !== 'changed' || renamed || moved || fields.length > 0;
  return [...(isChanged ? [own] : []), ...variants];
}

const RANK: Readonly<Record<Effect, number>> = { neutral: 0, lighter: 1, heavier: 2 };
export const heaviest = (effects: readonly Effect[]): Effect =>
  effects.reduce((worst, each) => (RANK[each] > RANK[worst] ? each : worst), 'neutral' as Effect);

/** The fields in which something changed, in the order of the content. */
function fieldsIn(
  kind: SubjectKind,
  before: readonly Field[],
  after: readonly Field[],
  parties: Parties,
): FieldChange[] {
  const names = [...new Set([...after, ...before].map(({ name }) => name))];
  return names.flatMap((name) => {
    const [old, fresh] = [before, after].map((side) => side.find((field) => field.name === name));
    const items = itemsIn(kind, name, old?.items ?? [], fresh?.items ?? [], parties);
    if (items.every(({ mark }) => mark === 'same')) return [];
    const label = (fresh ?? old)?.label ?? '';
    return [{ name, label, effect: heaviest(items.map(({ effect }) => effect)), items }];
  });
}

function itemsIn(
  kind: SubjectKind,
  field: string,
  before: readonly Item[],
  after: readonly Item[],
  parties: Parties,
): ItemChange[] {
  const pairs = matched(before, after);
  const byAfter = new Map(pairs.map((each) => [each.after, each]));
  const gone = new Map([...before.entries()]);
  for (const each of pairs) gone.delete(each.before);
  // Between something and 待確認 nothing is known to have become heavier.
  const open = [before, after].some((side) => side.length > 0 && side.every(({ value }) => isOpen(value)));
  const weighed = (change: { before?: Item; after?: Item }): Weight =>
    open ? NEUTRAL : weightOfChange(kind, field, change, parties);
  const changes: ItemChange[] = [];
  /** What went and stood before this place. */
  const leave = (below: number): void => {
    for (const [i, item] of [...gone]) {
      if (i >= below) break;
      gone.delete(i);
      changes.push({ mark: 'removed', moved: false, before: item, effect: effectOf(weighed({ before: item })) });
    }
  };
  for (const [j, item] of after.entries()) {
    const match = byAfter.get(j);
    if (!match) {
      changes.push({ mark: 'added', moved: false, after: item, effect: effectOf(weighed({ after: item })) });
      continue;
    }
    const { moved } = match;
    if (!moved) leave(match.before);
    const old = before[match.before] as Item;
    const differs = old.same !== item.same;
    changes.push({
      mark: differs ? 'changed' : moved ? 'moved' : 'same',
      moved,
      before: old,
      after: item,
      effect: differs ? effectOf(both(weighed({ before: old, after: item }))) : 'neutral',
    });
  }
  leave(Number.POSITIVE_INFINITY);
  return changes;
}
const isOpen = (value: unknown): boolean => typeof value === 'object' && value !== null && 'unconfirmed' in value;

/** Every entry that changed, with where it stands. */
export type Change = ItemChange & { readonly subject: SubjectChange; readonly field: FieldChange };
export const changesIn = ({ subjects }: Revision): Change[] =>
  subjects.flatMap((subject) =>
    subject.fields.flatMap((field) =>
      field.items.flatMap((item) => (item.mark === 'same' ? [] : [{ ...item, subject, field }])),
    ),
  );

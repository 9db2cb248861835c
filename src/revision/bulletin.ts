// What changes for people, on one page: which services came, went and changed, what was and what will be, and from when.
import type { Block, Paragraph } from '../office-files/document.js';
import type { FieldChange, ItemChange, Revision, SubjectChange } from './compare.js';
import type { Wording } from './paper.js';

/** `draft`: it was not approved as it is. `effective`: ISO; none where nobody has said. `whom`: to ask. */
export type BulletinOf = {
  readonly office: string;
  readonly draft: boolean;
  readonly effective: string | undefined;
  readonly whom: readonly string[];
};

/** Fields that tell people what to bring, pay, wait for, and where to go; the others are the office's own. */
const TOLD = new Set(
  'documents fee deadline channels place hours applicant representation agents eligibility window preconditions visits status contact result remedies complaints'.split(
    ' ',
  ),
);
const OF_OFFICE = new Set(['address', 'hours', 'telephone', 'fax', 'email', 'url', 'floors', 'sites']);
/** So many lines stand on a page; of more only the names of what changes are told. */
const LINES = 24;

type Told = { readonly name: string; readonly lines: readonly string[]; readonly short: string };

export function bulletinOf(
  { subjects }: Revision,
  { office, draft, effective, whom }: BulletinOf,
  { word, day }: Wording,
): { title: string; blocks: Block[] } {
  const told = subjects.flatMap((subject) => toldOf(subject, word));
  const isLong = told.reduce((sum, { lines }) => sum + 1 + lines.length, 0) > LINES;
  const paragraph = (style: Paragraph['style'], text: string): Block => ({ paragraph: { style, runs: [{ text }] } });
  const title = word(draft ? 'bulletin-title-draft' : 'bulletin-title', office);
  const from = effective === undefined ? word('bulletin-open') : word('bulletin-from', day(effective));
  return {
    title,
    blocks: [
      paragraph('title', title),
      paragraph('text', told.length === 0 ? word('bulletin-nothing') : from),
      ...(isLong
        ? told.map(({ name, short }) => paragraph('item', word('bulletin-short', name, short)))
        : told.flatMap(({ name, lines }) => [
            paragraph('heading', name),
            ...lines.map((line) => paragraph('item', line)),
          ])),
      ...(isLong ? [paragraph('text', word('bulletin-more'))] : []),
      ...(whom.length === 0 ? [] : [paragraph('text', word('bulletin-ask', whom.join(word('bulletin-between'))))]),
    ],
  };
}

function toldOf(subject: SubjectChange, word: Wording['word']): Told[] {
  const { kind, mark, before, after, of } = subject;
  const isService = kind === 'service' || kind === 'variant';
  if (!isService && kind !== 'office') return [];
  const plain = (after ?? before)?.name ?? '';
  const name = of === undefined ? plain : word('of-service', of, plain);
  if (mark !== 'changed') {
    const line = word(mark === 'added' ? 'bulletin-new' : 'bulletin-gone');
    return isService ? [{ name, lines: [line], short: line }] : [];
  }
  const fields = subject.fields.filter((field) => (isService ? TOLD : OF_OFFICE).has(field.name));
  const lines = fields.flatMap((field) => linesOf(field, word));
  const renamed = before && after && before.name !== after.name ? [word('renamed', before.name)] : [];
  // Who decides and how the office works is its own; that the way is another one is told.
  const way = isService && subject.fields.some((field) => field.name === 'procedure') ? [word('bulletin-way')] : [];
  const all = [...renamed, ...lines, ...way];
  if (all.length === 0) return [];
  const labels = [...fields.map(({ label }) => label), ...(way.length > 0 ? [word('bulletin-way-label')] : [])];
  return [{ name, lines: all, short: word('bulletin-changed', labels.join(word('bulletin-comma'))) }];
}

const isOpen = (text: string): boolean => /待確認/.test(text);

function linesOf({ label, items }: FieldChange, word: Wording['word']): string[] {
  const line = ({ mark, before, after }: ItemChange): string[] => {
    const [old, fresh] = [before?.text ?? '', after?.text ?? ''];
    switch (mark) {
      case 'added':
        return [isOpen(fresh) ? word('bulletin-unknown', label) : word('bulletin-added', label, fresh)];
      case 'removed':
        return [isOpen(old) ? '' : word('bulletin-removed', label, old)];
      case 'changed':
        if (isOpen(fresh)) return [word('bulletin-unknown', label)];
        return [isOpen(old) ? word('bulletin-now', label, fresh) : word('bulletin-was', label, old, fresh)];
      case 'moved':
      case 'same':
        return [];
    }
  };
  return [...new Set(items.flatMap(line))].filter((text) => text !== '');
}

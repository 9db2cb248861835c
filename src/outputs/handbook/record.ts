// What a written record holds, however deep: the forms it uses, and every 待確認 with the names of its fields.

import { chinese } from '../../content/keys.js';
import { isUnconfirmed } from '../../content/schema/schema.js';
import { saysOnlyUnconfirmed, saysUnconfirmed } from '../../content/schema/tree.js';
import type { BookContext } from './context.js';

/** Keys that say where a record was written or how the book is arranged, not what is the case. */
const META = new Set(['at', 'cited', 'unread', 'source', 'span', 'parts']);

/** The ids of the forms that a written record uses, in documents, steps or the service itself. */
export function formsIn(record: unknown): Set<string> {
  const ids = new Set<string>();
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [key, inner] of Object.entries(value)) {
      if (META.has(key)) continue;
      if (key === 'form' && typeof inner === 'string') ids.add(inner);
      else if (key === 'forms' && Array.isArray(inner)) for (const id of inner) ids.add(String(id));
      else visit(inner);
    }
  };
  visit(record);
  return ids;
}

type Doubt = { within: string; field: string; text: string };

/** Every 待確認 in a written record, with the names of the fields that lead to it. */
export function doubtsIn(context: BookContext, record: unknown): Doubt[] {
  const found: Doubt[] = [];
  const named = (key: string): string => (context.lang === 'zh' ? chinese(key) : key);
  const visit = (value: unknown, path: readonly string[]): void => {
    const add = (text: string): void =>
      void found.push({ within: path.slice(0, -1).join(' › '), field: path.at(-1) ?? '', text });
    if (isUnconfirmed(value)) add(value.unconfirmed);
    else if (typeof value === 'string') {
      if (saysUnconfirmed(value)) add(value);
    } else if (Array.isArray(value)) {
      value.forEach((each: unknown, i) => {
        const own = nameOf(each);
        visit(each, value.length === 1 && !own ? path : [...path, own ?? String(i + 1)]);
      });
    } else if (typeof value === 'object' && value !== null) {
      if ('markdown' in value && typeof value.markdown === 'string') {
        for (const line of value.markdown.split('\n')) visit(line.replace(/^\s*[-*]\s+/, ''), path);
        return;
      }
      for (const [key, inner] of Object.entries(value))
        if (!META.has(key) && key !== 'printed')
          visit(inner, ['value', 'written', 'name', 'items', 'lines'].includes(key) ? path : [...path, named(key)]);
    }
  };
  visit(record, []);
  return found;
}

const NAMES = [
  'label',
  'name',
  'item',
  'who',
  'channel',
  'case',
  'stage',
  'remedy',
  'start',
  'step',
  'decision',
  'document',
  'subprocess',
  'end',
];
function nameOf(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  for (const key of NAMES) {
    const name = (value as Record<string, unknown>)[key];
    if (typeof name === 'string' && !saysUnconfirmed(name)) return name;
  }
  return undefined;
}

/** 待確認 with words behind it says more than the strip does. */
export const saysMore = (text: string): boolean => saysUnconfirmed(text) && !saysOnlyUnconfirmed(text);

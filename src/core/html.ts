// Html as a type of its own: text becomes Html only by escaping, and a template is filled only with Html.

/** Markup that is safe to place in a page. An object, not a string, so that `html` can tell it from text at run time. */
export class Html {
  /** Use `html`, `join` or `trusted`. */
  constructor(private readonly markup: string) {}
  toString(): string {
    return this.markup;
  }
}

type Part = Html | string | number | undefined | false | readonly Part[];

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

export const escapeText = (text: string): string => text.replace(/[&<>"']/g, (c) => ENTITIES[c] ?? c);

/** Declares markup that this program made or cleaned itself to be Html. Never pass content here. */
export const trusted = (markup: string): Html => new Html(markup);

const markupOf = (part: Part): string => {
  if (part === undefined || part === false) return '';
  if (part instanceof Html) return part.toString();
  if (typeof part === 'object') return part.map(markupOf).join('');
  return escapeText(String(part));
};

/** Markup with holes: Html goes in as it is, text and numbers escaped, lists joined, `undefined` and `false` vanish. */
export const html = (strings: TemplateStringsArray, ...parts: Part[]): Html =>
  new Html(strings.reduce((all, text, i) => all + markupOf(parts[i - 1]) + text));

export const join = (parts: readonly Part[], between: Part = ''): Html =>
  new Html(parts.map(markupOf).join(markupOf(between)));

const SLOT = /\{\{\s*([a-z][a-z0-9-]*)\s*\}\}/g;

/** The slots of a template, in order, with their places (UTF-16 offsets). */
export const slotsIn = (template: string): { name: string; start: number; end: number }[] =>
  [...template.matchAll(SLOT)].map(({ 0: whole, 1: name = '', index }) => ({
    name,
    start: index,
    end: index + whole.length,
  }));

/**
 * Fills `{{slot}}` in a template. Every slot of the template must be given and every given value used: the list of
 * slots that differ is thrown as an Error that names the template, because templates are part of the program.
 */
export function fill(name: string, template: string, values: Record<string, Part>): Html {
  const used = new Set<string>();
  const unknown = new Set<string>();
  const text = template.replace(SLOT, (_, slot: string) => {
    if (!(slot in values)) unknown.add(slot);
    used.add(slot);
    return markupOf(values[slot]);
  });
  const unused = Object.keys(values).filter((slot) => !used.has(slot));
  if (unknown.size > 0 || unused.length > 0)
    throw new Error(
      `template ${name}: ${[...unknown]
        .map((s) => `unknown slot {{${s}}}`)
        .concat(unused.map((s) => `no slot {{${s}}}`))
        .join(', ')}`,
    );
  return new Html(text);
}

/** The id a link within the book names; as it stands where its percent signs are none of an address. */
export function idOf(href: string): string {
  try {
    return decodeURIComponent(href.slice(1));
  } catch {
    return href.slice(1);
  }
}

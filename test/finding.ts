// A finding as golden files show it: from where to where it goes, the text there, and every sentence of it.
import type { Fault } from '../src/core/diagnostic.js';
import { placeOf } from '../src/core/source.js';

const place = (source: Fault['span']['source'], offset: number) => {
  const { line, column } = placeOf(source, offset);
  return `${line}:${column}`;
};

/** Characters that are not seen, and those that look like others, by their number. */
const seen = (text: string): string =>
  text.replace(
    /[^\n\P{C}]|[\u00a0\u3000\p{Script=Cyrillic}\u2f00-\u2fd5\uf900-\ufaff]/gu,
    (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`,
  );

export const shown = ({ span: { source, start, end }, message, hint, fix }: Omit<Fault, 'rule'>) => ({
  at: `${source.path.replace('content/', '')} ${place(source, start)}–${place(source, end)}`,
  text: seen(source.text.slice(start, end)),
  zh: seen(message.zh),
  en: seen(message.en),
  ...(hint && { hint }),
  ...(fix && {
    fix: {
      at: `${place(fix.span.source, fix.span.start)}–${place(fix.span.source, fix.span.end)}`,
      from: seen(fix.span.source.text.slice(fix.span.start, fix.span.end)),
      to: seen(fix.text),
    },
  }),
});

// The headings of a Markdown file as its writer meant them.
import type { Heading, PhrasingContent, RootContent } from 'mdast';
import type { Source } from '../../core/source.js';
import type { ReportFault } from './text-faults.js';

/** A heading that is one by the line below it, 「表一」 over 「---」. */
const isOverRule = ({ depth, children, position }: Heading): boolean =>
  depth === 2 && children[0]?.position?.start.offset === position?.start.offset;

/** 「##應備證件」 is the heading it was meant as, and a text over 「---」 is none unless it names a field. */
export function headingsMeant(
  blocks: readonly RootContent[],
  source: Source,
  namesField: (heading: Heading) => boolean,
  report: ReportFault,
): RootContent[] {
  let headed = false;
  return blocks.flatMap((block): RootContent[] => {
    if (block.type === 'heading' && isOverRule(block) && !namesField(block))
      return [{ type: 'paragraph', children: block.children, ...(block.position ? { position: block.position } : {}) }];
    if (block.type === 'heading') headed = true;
    if (block.type !== 'paragraph') return [block];
    const start = block.position?.start.offset ?? 0;
    const written = source.text.slice(start, block.position?.end.offset);
    const found = [...written.matchAll(/^(#{1,6})([^\s#].*)$/gm)].filter(([, marks], i) => {
      // 「#1 號櫃台」 in a text is none.
      const isTitle = marks === '#';
      if (isTitle && (headed || i > 0)) return false;
      headed = true;
      return true;
    });
    if (found.length === 0) return [block];
    const position = (from: number, to: number) => {
      const point = (offset: number) => ({ line: 1, column: 1, offset: start + offset });
      return { start: point(from), end: point(to) };
    };
    const text = (value: string, from: number): PhrasingContent => ({
      type: 'text',
      value,
      position: position(from, from + value.length),
    });
    const textOf = (from: number, to: number): RootContent[] => {
      const value = written.slice(from, to).trim();
      const at = from + written.slice(from, to).indexOf(value);
      if (value === '') return [];
      return [{ type: 'paragraph', children: [text(value, at)], position: position(at, at + value.length) }];
    };
    return [
      ...textOf(0, found[0]?.index ?? 0),
      ...found.flatMap(({ 0: line, 1: marks = '', 2: heading = '', index }, i): RootContent[] => {
        const end = index + line.length;
        const span = { source, start: start + index, end: start + end };
        report(
          'markdown-form',
          span,
          {
            zh: `「${marks}」後面沒有空格：這裡當作標題，別的軟體會當作內文。`,
            en: `No blank after "${marks}": here it is a heading, to other programs it is text.`,
          },
          { zh: `寫成「${marks} ${heading.trim()}」。`, en: `Write "${marks} ${heading.trim()}".` },
          { span: { ...span, start: span.start + marks.length, end: span.start + marks.length }, text: ' ' },
        );
        const meant: Heading = {
          type: 'heading',
          depth: marks.length as Heading['depth'],
          children: [text(heading.trim(), index + marks.length)],
          position: position(index, end),
        };
        return [meant, ...textOf(end, found[i + 1]?.index ?? written.length)];
      }),
    ];
  });
}

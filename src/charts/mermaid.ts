// A procedure as the text of a Mermaid flowchart.
import { type Flow, type FlowNode, roleText } from '../content/procedure.js';
import { inEachLanguage } from '../core/language.js';
import { labelLines } from '../document/line-breaking.js';
import type { ChartStyle } from '../theme/chart-theme.js';

/** The words a chart adds: data from `templates/`, so that charts speak the language of the print. */
export type ChartWords = { unconfirmed: string; between: string };
const ESCAPES: Record<string, string> = {
  '"': '#quot;',
  '<': '#lt;',
  '>': '#gt;',
  '&': '#amp;',
  '#': '#35;',
  '`': '#96;',
  '\\': '#92;',
  '*': '#42;',
  _: '#95;',
};
const escapeLabel = (text: string): string => text.replace(/["<>&#`\\*_]/g, (c) => ESCAPES[c] ?? c);

/** Who does a step and how long it may take, as one line: 書記官・3 日. */
function dutyOf(node: FlowNode, words: ChartWords): string {
  const actors = node.actors.map(roleText).filter((text) => text !== '');
  const limit = node.limit?.printed ?? (node.limitOpen ? words.unconfirmed : undefined);
  return [...(actors.length > 0 ? [actors.join('、')] : []), ...(limit ? [limit] : [])].join(words.between);
}

/** The flow as Mermaid flowchart text. Same flow, same text. */
export function mermaidOf(flow: Flow, style: ChartStyle, words: ChartWords): string {
  const lines = [`flowchart ${style.direction}`];
  for (const node of flow.nodes) {
    if (node.kind === 'fork' || node.kind === 'join') {
      lines.push(`  ${node.id}@{ shape: fork, label: " " }`);
      continue;
    }
    // An en space: Mermaid reads 「1. 」 in some labels as a list and drops the line breaks.
    const most = node.kind === 'decision' ? style.diamondWidth : style.boxWidth;
    const number = style.numbered && node.number !== undefined ? `${node.number}.\u2002` : '';
    const numbered = number + node.text;
    const duty = dutyOf(node, words);
    const label = [
      ...labelLines(numbered, most),
      ...(duty
        ? labelLines(
            inEachLanguage(duty, (text) => `〔${text}〕`),
            most,
          )
        : []),
    ]
      .map(escapeLabel)
      .join('<br/>');
    // `end` is a word of Mermaid's own, so both ends of a procedure have the class `terminal`.
    const look = node.kind === 'start' || node.kind === 'end' ? 'terminal' : node.kind;
    lines.push(`  ${shapeOf(node, label, look)}`);
  }
  for (const { from, to, label } of flow.edges) {
    const text = label ? `|"${labelLines(label, style.edgeWidth).map(escapeLabel).join('<br/>')}"|` : '';
    lines.push(`  ${from} -->${text} ${to}`);
  }
  return `${lines.join('\n')}\n`;
}

/** ISO 5807: terminal, process, decision, document, predefined process. In `@{…}` the class comes first. */
function shapeOf({ id, kind }: FlowNode, label: string, look: string): string {
  switch (kind) {
    case 'start':
    case 'end':
      return `${id}(["${label}"]):::${look}`;
    case 'decision':
      return `${id}{"${label}"}:::${look}`;
    case 'document':
      return `${id}:::${look}@{ shape: doc, label: "${label}" }`;
    case 'subprocess':
      return `${id}[["${label}"]]:::${look}`;
    default:
      return `${id}["${label}"]:::${look}`;
  }
}

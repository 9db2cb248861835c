// Where the texts of a YAML file stand and to which keys they belong, also in a file that is not well written: for what
// looks at an author's words, whatever they mean.
import { createRequire } from 'node:module';
import type { CST } from 'yaml';
import { parsable, withoutTails } from '../../core/deceptive-characters.js';
import type { Source } from '../../core/source.js';
import { DEEPEST_TREE, LONGEST_LINE } from '../bounds.js';
import type { Tree } from '../schema/tree.js';
import { wellWrittenTree } from './yaml.js';

const require = createRequire(import.meta.url);
/** Loaded only where a text is not well written. */
const yaml = (): typeof import('yaml') => require('yaml');

/** One text, from its first to behind its last character: without quotation marks, without the sign of a block. */
export type YamlValue = {
  readonly start: number;
  readonly end: number;
  /** The keys it stands below, the outermost first. */
  readonly keys: readonly string[];
};

/** The texts in `source.text` from `start` to `end`, in the order of writing. Keys and comments are none. */
export function yamlValues(source: Source, start = 0, end = source.text.length): YamlValue[] {
  const tree = wellWrittenTree(source, start, end);
  // A line that is too long is told, and what is behind its bound is read no further.
  return tree ? ofTree(tree) : ofTokens(withoutTails(parsable(source.text.slice(start, end)), LONGEST_LINE), start);
}

function ofTree(tree: Tree): YamlValue[] {
  const values: YamlValue[] = [];
  const visit = (each: Tree, keys: readonly string[]): void => {
    if (each.kind === 'list') for (const item of each.items) visit(item, keys);
    else if (each.kind === 'map') for (const { key, value } of each.entries) visit(value, [...keys, key]);
    else values.push({ ...insideOf(each.span.source.text, each.span), keys });
  };
  visit(tree, []);
  return values;
}

/** A scalar's span without what YAML needs around it. */
function insideOf(text: string, { start, end }: { start: number; end: number }): { start: number; end: number } {
  const sign = text.charAt(start);
  if (end > start && (sign === '"' || sign === "'")) return { start: start + 1, end: end - 1 };
  if (end === start || (sign !== '|' && sign !== '>')) return { start, end };
  const line = text.indexOf('\n', start);
  return { start: line === -1 || line > end ? end : line + 1, end };
}

/** What the tokens of a faulty text show. No text is nested so deep that the walk runs out of stack: it has its own. */
function ofTokens(text: string, offset: number): YamlValue[] {
  const values: YamlValue[] = [];
  const add = (from: number, to: number, keys: readonly string[]): void => {
    values.push({ start: offset + from, end: offset + to, keys });
  };
  const open: { token: CST.Token; keys: readonly string[] }[] = [];
  const { Parser, CST: tokens } = yaml();
  const below = (keys: readonly string[], key: CST.Token): readonly string[] => {
    // What is wrong with a key is told by whoever reads the file for its facts.
    const name = tokens.resolveAsScalar(key, true, () => {})?.value;
    // What is nested deeper than any content may be is counted no further.
    return name === undefined || keys.length > DEEPEST_TREE ? keys : [...keys, name];
  };
  for (const whole of new Parser().parse(text)) {
    open.push({ token: whole, keys: [] });
    for (let next = open.pop(); next; next = open.pop()) {
      const { token, keys } = next;
      if (token.type === 'document') {
        if (token.value) open.push({ token: token.value, keys });
      } else if ('items' in token) {
        for (const { key, sep, value } of [...token.items].reverse())
          if (value) open.push({ token: value, keys: key ? below(keys, key) : keys });
          // What no colon follows is no key.
          else if (key && !sep?.some(({ type }) => type === 'map-value-ind')) open.push({ token: key, keys });
      } else if (token.type === 'scalar') add(token.offset, token.offset + token.source.length, keys);
      else if (token.type === 'single-quoted-scalar' || token.type === 'double-quoted-scalar') {
        const closed = token.source.length > 1 && token.source.endsWith(token.source.charAt(0));
        add(token.offset + 1, token.offset + token.source.length - (closed ? 1 : 0), keys);
      } else if (token.type === 'block-scalar') {
        const from = token.props.reduce((at, prop) => at + ('source' in prop ? prop.source.length : 0), token.offset);
        add(from, from + token.source.length, keys);
      }
    }
  }
  return values;
}

// A YAML text as this program reads it and as `yaml` sees it, in one form, so that the two can be held against each other.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isMap, isScalar, isSeq, type Node, parseDocument, visit } from 'yaml';
import type { Tree } from '../src/content/schema/tree.js';
import { yamlTree } from '../src/content/syntax/yaml.js';

/** A tree without the ends of its groups: text, and where each text and key is written. */
type Bare = string | Bare[] | { [key: string]: Bare };

const bareOf = (tree: Tree): Bare => {
  switch (tree.kind) {
    case 'scalar': {
      const { source, start, end } = tree.span;
      return `${tree.text}＠${source.text.slice(start, end).trimEnd()}＠${start === end ? '' : start}`;
    }
    case 'list':
      return tree.items.map(bareOf);
    case 'map':
      return Object.fromEntries(
        tree.entries.map(({ key, keySpan, value }) => [`${key}＠${keySpan.start}-${keySpan.end}`, bareOf(value)]),
      );
  }
};

export function seenByYaml(text: string): Bare {
  const document = parseDocument(text, { schema: 'failsafe', stringKeys: true, uniqueKeys: true });
  let faults = document.errors.length + document.warnings.length;
  visit(document, {
    Alias: () => {
      faults += 1;
    },
  });
  if (faults > 0 || text.trim() === '') return '（有誤）';
  const bare = (node: Node | null): Bare => {
    const [start, end] = node?.range ?? [0, 0];
    if (isSeq(node)) return node.items.map((item) => bare(item as Node));
    if (isMap(node))
      return Object.fromEntries(
        node.items.map(({ key, value }) => {
          const at = (key as Node).range ?? [];
          return [`${isScalar(key) ? key.value : ''}＠${at[0]}-${at[1]}`, bare(value as Node | null)];
        }),
      );
    return `${isScalar(node) ? (node.value ?? '') : ''}＠${text.slice(start, end).trimEnd()}＠${start === end ? '' : start}`;
  };
  return bare(document.contents as Node | null);
}

export const read = (text: string): Bare => {
  let faults = 0;
  // A text that is lost to a remark is well written for YAML; that it is lost is told besides.
  const tree = yamlTree({ path: 'a.yaml', text }, (rule) => {
    if (rule !== 'text-after-hash') faults += 1;
  });
  return tree && faults === 0 ? bareOf(tree) : `（${faults > 0 ? '有誤' : '沒有內容'}）`;
};

const CONTENT = join(import.meta.dirname, '../content');
export const shipped = readdirSync(CONTENT, { recursive: true })
  .map(String)
  .filter((file) => file.endsWith('.yaml'))
  .map((file) => [file, readFileSync(join(CONTENT, file), 'utf8')] as const);

// Which changes of the source are looked at.
import { createHash } from 'node:crypto';
import { parseAst } from 'rolldown/parseAst';

/** A module is a folder with its files alone; one too small for a sample of its own is counted with the one it serves. */
export const MODULES = {
  'src/content': ['src/content'],
  'src/content/answer': ['src/content/answer'],
  'src/content/schema': ['src/content/schema'],
  'src/content/syntax': ['src/content/syntax'],
  'src/lint': ['src/lint', 'src/lint/formats'],
  'src/lint/prose': ['src/lint/prose'],
  'src/lint/rules': ['src/lint/rules'],
  'src/lint/wording': ['src/lint/wording'],
  'src/document': ['src/document'],
  'src/document/facts': ['src/document/facts'],
  'src/pdf': ['src/pdf'],
  'src/pdf/preflight': ['src/pdf/preflight'],
  'src/build': ['src/build'],
};
/** Changes looked at in each module; how many of them may be of a text, and how many of what is worked out while it loads. */
const SAMPLE = 40;
const TEXTS = 10;
const LOADED = 8;

/** The instrumenter's changes, each with an id that does not depend on the line it stands on. */
export function named(mutants, contents) {
  const lines = new Map([...contents].map(([name, content]) => [name, content.split('\n')]));
  return mutants.map(({ id, fileName: file, location, mutatorName: kind, replacement: to }) => {
    // Positions of the instrumenter are 0-based.
    const { start, end } = location;
    const covered = lines.get(file).slice(start.line, end.line + 1);
    covered[covered.length - 1] = covered.at(-1).slice(0, end.column);
    covered[0] = covered[0].slice(start.column);
    const key = [file, start.line, start.column, end.line, end.column, kind, to].join('\0');
    return {
      switch: id,
      key,
      file,
      line: start.line + 1,
      location,
      kind,
      from: covered.join('\n'),
      to,
      content: contents.get(file),
    };
  });
}

/** Ranges of a file that are not run while it loads. */
function functionsIn(content) {
  const found = [];
  const visit = (node) => {
    if (Array.isArray(node)) node.forEach(visit);
    if (!node || typeof node !== 'object') return;
    if (/Function/.test(node.type) && node.body) found.push([node.body.start, node.body.end]);
    for (const value of Object.values(node)) if (value && typeof value === 'object') visit(value);
  };
  visit(parseAst(content, { lang: 'ts' }));
  return found;
}

/**
 * The changes of a module that are looked at: those whose names come first when scrambled, so that an edit elsewhere in
 * the file replaces none.
 */
export function sampleOf(changes, module) {
  const seen = new Map();
  const functions = new Map();
  const scrambled = changes
    .map(({ content, ...change }) => {
      const { file, kind, from, to } = change;
      const name = [file, kind, from.slice(0, 80), to.slice(0, 80)].join('\0');
      const nth = seen.get(name) ?? 0;
      seen.set(name, nth + 1);
      if (!functions.has(file)) functions.set(file, functionsIn(content));
      const { line, column } = change.location.start;
      const start = content.split('\n', line).join('\n').length + (line > 0 ? 1 : 0) + column;
      const loaded = !functions.get(file).some(([from, to]) => from <= start && start < to);
      const id = createHash('sha256').update(`${name}\0${nth}`).digest('hex').slice(0, 12);
      return { id, module, loaded, ...change };
    })
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  const few = (least, is) => new Set(scrambled.filter(is).slice(least));
  const tooMany = [few(TEXTS, ({ kind }) => kind === 'StringLiteral'), few(LOADED, ({ loaded }) => loaded)];
  return scrambled.filter((change) => tooMany.every((set) => !set.has(change))).slice(0, SAMPLE);
}

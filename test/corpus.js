// What the rules say of regulations in force, which are right by definition: npm run corpus FOLDER [RULE]
// FOLDER is a checkout of the law data of the Ministry of Justice as in the repository kong0107/mojLawSplitJSON. Prints how
// often each rule speaks, against what src/lint/measured.ts records, and ends with 1 where one speaks more often; with RULE,
// its findings one by one, with `all` those of every rule.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { lint } from '../dist/build/api.js';
import { AROUND } from './corpus-office.js';

const say = (line) => process.stdout.write(`${line}\n`);

const [folder, asked] = process.argv.slice(2);
const list = asked === 'all';
const only = list ? undefined : asked;
if (!folder) throw new Error('npm run corpus FOLDER [RULE]: FOLDER is a checkout of kong0107/mojLawSplitJSON');

/** Articles as they are read: lines that were broken to a width are joined, what ends with 。 or ： ends a paragraph. */
function chapterOf(path) {
  const law = JSON.parse(readFileSync(path, 'utf8').replace(/^\ufeff/, ''));
  const paragraphs = (law.法規內容 ?? []).flatMap(({ 條文內容: text = '' }) =>
    text
      .replace(/[ \t　]*\r?\n[ \t　]*/g, '')
      .split(/(?<=[。：])/)
      .map((each) => each.trim().replace(/^([-+*#>|]|\d+[.)]| {4})/, '「」$1')),
  );
  return { name: law.法規名稱, text: paragraphs.filter((each) => each !== '').join('\n\n') };
}

const laws = readdirSync(join(folder, 'FalVMingLing'))
  .filter((name) => name.endsWith('.json'))
  .sort();
let sentences = 0;
const counts = new Map();
// A book of its own each: other laws have other words.
const BATCH = 1;
for (let i = 0; i < laws.length; i += BATCH) {
  const chapters = laws.slice(i, i + BATCH).map((name) => {
    const { name: title, text } = chapterOf(join(folder, 'FalVMingLing', name));
    sentences += text.split(/[。；]/).filter((each) => each.trim() !== '').length;
    return { path: `content/chapters/${name.replace('.json', '.md')}`, text: `---\n標題: ${title}\n---\n\n${text}\n` };
  });
  const content = { ...AROUND, chapters, services: [], formFiles: [], translations: [], faults: [] };
  const { diagnostics } = await lint(content, only ? { rules: [only] } : {});
  for (const { rule, span, message, fix } of diagnostics) {
    if (!span.source.path.includes('/chapters/')) continue;
    const count = counts.get(rule) ?? { found: 0, fixes: 0 };
    count.found += 1;
    if (fix) count.fixes += 1;
    counts.set(rule, count);
    if (only || list) {
      const { text, path } = { ...span.source };
      const [before, at, after] = [
        text.slice(Math.max(0, span.start - 25), span.start),
        text.slice(span.start, span.end),
        text.slice(span.end, span.end + 25),
      ];
      say(
        `${rule}\t${path.slice(17, -3)}\t${before}[[${at.slice(0, 60)}${fix ? `→${fix.text}` : ''}]]${after}\t${message.zh}`.replace(
          /\n/g,
          '⏎',
        ),
      );
    }
  }
}
say(`${laws.length} regulations, ${sentences} sentences`);
const record = new Map(
  [
    ...readFileSync(join(import.meta.dirname, '../src/lint/measured.ts'), 'utf8').matchAll(
      /'?([\w-]+)'?: \{ found: (\d+)/g,
    ),
  ].map(([, rule, found]) => [rule, Number(found)]),
);
let risen = 0;
for (const [rule, { found, fixes }] of [...counts].sort(([, a], [, b]) => b.found - a.found)) {
  const before = record.get(rule) ?? 0;
  if (found > before) risen += 1;
  say(`${rule}\t${found}\t${fixes}${found === before ? '' : `\trecorded: ${before}`}`);
}
if (risen > 0) {
  say(
    'More findings than src/lint/measured.ts records: judge a sample of the new ones, and mend the rule or the record.',
  );
  process.exitCode = 1;
}

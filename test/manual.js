// Rewrites the key tables of docs/keys.zh-TW.md from the model, the table of facts and papers, and the pages of the rules: npm run compile && node test/manual.js
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { factsPage } from '../dist/build/facts-page.js';
import { keyTable } from '../dist/content/scaffold.js';

const path = join(import.meta.dirname, '../docs/keys.zh-TW.md');
writeFileSync(
  path,
  readFileSync(path, 'utf8').replace(
    /(<!-- 項目表：(\w+) -->\n)[\s\S]*?(<!-- \/項目表 -->)/g,
    (_, open, file, close) => `${open}\n${keyTable(file)}\n${close}`,
  ),
);

const program = join(import.meta.dirname, '../bin/servicebook.js');
for (const [lang, name] of [
  ['zh', 'RULES.zh-TW.md'],
  ['en', 'RULES.md'],
])
  writeFileSync(
    join(import.meta.dirname, '..', name),
    execFileSync(process.execPath, [program, 'rules', '--markdown', '--ui-lang', lang]),
  );

writeFileSync(join(import.meta.dirname, '../docs/facts.md'), await factsPage());

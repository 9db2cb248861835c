// Rewrites the key tables of README.zh-TW.md from the model: npm run compile && node test/manual.js
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { keyTable } from '../dist/blank.js';

const path = join(import.meta.dirname, '../README.zh-TW.md');
writeFileSync(
  path,
  readFileSync(path, 'utf8').replace(
    /(<!-- 項目表：(\w+) -->\n)[\s\S]*?(<!-- \/項目表 -->)/g,
    (_, open, file, close) => `${open}\n${keyTable(file)}\n${close}`,
  ),
);

// The JSON Schema that editors read: it lets through whatever the program reads, and refuses what it refuses.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { documented } from '../src/content/schema/model.js';
import { loadFolder } from '../src/core/program-files.js';
import { jsonSchemaOf } from '../src/editor/json-schema.js';
import { schemaLine } from '../src/editor/schema-files.js';
import type { Rule } from '../src/lint/rule.js';

const ajv = new Ajv({ strict: false });
const schemas = { service: jsonSchemaOf('service'), office: jsonSchemaOf('office'), book: jsonSchemaOf('book') };
const judges = Object.fromEntries(Object.entries(schemas).map(([file, schema]) => [file, ajv.compile(schema)]));
const faultsOf = (file: keyof typeof documented, text: string) => {
  const judge = judges[file];
  return judge?.(parse(text))
    ? []
    : (judge?.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
};
const fileOf = (path: string): keyof typeof documented | undefined =>
  path === 'office.yaml'
    ? 'office'
    : path === 'handbook.yaml'
      ? 'book'
      : /^services\/.*\.ya?ml$/.test(path)
        ? 'service'
        : undefined;

describe('lets through', () => {
  const folders = ['content', 'templates/init'].map((folder) => join(import.meta.dirname, '..', folder));
  const files = folders.flatMap((folder) =>
    ['office.yaml', 'handbook.yaml', ...readdirSync(join(folder, 'services')).map((name) => `services/${name}`)].map(
      (path) => [path, join(folder, path)] as const,
    ),
  );
  test.each(files.filter(([path]) => fileOf(path)))('%s as it is shipped', (path, full) => {
    expect(faultsOf(fileOf(path) ?? 'service', readFileSync(full, 'utf8'))).toEqual([]);
  });
  test('every right example of a rule', async () => {
    const wrong: string[] = [];
    for (const [id, { good }] of await loadFolder<Rule>('lint/rules'))
      for (const { file: path = 'services/example.yaml', text } of good) {
        const file = fileOf(path);
        if (file) wrong.push(...faultsOf(file, text).map((fault) => `${id}: ${fault}`));
      }
    expect(wrong).toEqual([]);
  });
});

describe('refuses', () => {
  const record = '名稱: 甲\n';
  test.each([
    ['a key that there is none', `${record}規非: 免費\n`],
    ['a key within a group', `${record}聯絡: {單位: 甲, 電畫: 乙}\n`],
    ['a word that is no choice', `${record}應備證件: [{名稱: 甲, 形式: 正本影本}]\n`],
    ['a record without what it needs', '規費: 免費\n'],
    ['a list where a text belongs', `${record}地點: {樓: 一}\n`],
  ])('%s', (_, text) => {
    expect(faultsOf('service', text)).not.toEqual([]);
  });
});

test('keys stand in Chinese and English, with what they are for and an example', () => {
  const { properties, patternProperties, definitions } = schemas.service as {
    properties: Record<string, { $ref: string }>;
    patternProperties: Record<string, { $ref: string }>;
    definitions: Record<string, { description?: string; examples?: string[] }>;
  };
  expect(properties.規費?.$ref).toBe(properties.fee?.$ref);
  // Another spelling is understood and not offered.
  expect([properties.費用, patternProperties['^費用$']]).toEqual([undefined, properties.規費]);
  for (const key of Object.keys(documented.service)) {
    const field = definitions[properties[key]?.$ref.replace('#/definitions/', '') ?? ''];
    expect(field?.description).toContain(documented.service[key]?.doc.zh);
    expect(field?.description).toContain(documented.service[key]?.doc.en);
  }
  expect(definitions['service.name']?.examples).toEqual(['聲明異議']);
  for (const schema of Object.values(schemas)) expect(JSON.stringify(schema).length).toBeLessThan(600_000);
});

test('a file leads its editor to the schema', () => {
  expect(schemaLine('services/a.yaml')).toBe('# yaml-language-server: $schema=../.schema/service.json\n');
  expect(schemaLine('office.yaml')).toContain('=.schema/office.json');
  expect(schemaLine('handbook.yaml')).toContain('=.schema/handbook.json');
  expect(schemaLine('chapters/a.md')).toBe('');
});

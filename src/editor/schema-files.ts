// Where the schemas lie that an editor looks for, and the line at the head of a file that leads it there.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { writeBeside } from '../core/write-file.js';
import { jsonSchemaOf } from './json-schema.js';

/** In the content folder; what begins with a dot is no content. */
const FOLDER = '.schema';
const FILES = { service: 'service.json', office: 'office.json', book: 'handbook.json' } as const;

/** Writes the schemas of this version into a content folder (absolute). */
export async function writeSchemas(content: string): Promise<void> {
  // A link that leads nowhere is told below.
  await mkdir(join(content, FOLDER), { recursive: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  for (const [file, name] of Object.entries(FILES) as [keyof typeof FILES, string][])
    await writeBeside(join(content, FOLDER, name), `${JSON.stringify(jsonSchemaOf(file), null, 1)}\n`);
}

/** The line for a file of the content, by its path within it; none for what has no schema. */
export function schemaLine(path: string): string {
  const file =
    path === 'office.yaml'
      ? 'office'
      : path === 'handbook.yaml'
        ? 'book'
        : /^services\/[^/]+\.yaml$/.test(path)
          ? 'service'
          : undefined;
  return file ? `# yaml-language-server: $schema=${file === 'service' ? '../' : ''}${FOLDER}/${FILES[file]}\n` : '';
}

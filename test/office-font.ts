// A font of an office, made of one that is shipped.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const SHIPPED = join(
  import.meta.dirname,
  '../node_modules/@expo-google-fonts/noto-sans-thai/400Regular/NotoSansThai_400Regular.ttf',
);

/** A font in which these characters are drawn, each as another sign, and no other; `family`: what it calls itself. */
export function fontWith(codes: readonly number[], family?: string): Buffer {
  const shipped = readFileSync(SHIPPED);
  const cmap = Buffer.alloc(28 + 12 * codes.length);
  // One table, of format 12 (OpenType, cmap), each character a group.
  for (const [at, value] of [1, 3, 10].entries()) cmap.writeUInt16BE(value, 2 + 2 * at);
  cmap.writeUInt32BE(12, 8);
  cmap.writeUInt16BE(12, 12);
  cmap.writeUInt32BE(16 + 12 * codes.length, 16);
  cmap.writeUInt32BE(codes.length, 24);
  for (const [i, code] of [...codes].sort((a, b) => a - b).entries())
    for (const [at, value] of [code, code, FIRST + i].entries()) cmap.writeUInt32BE(value, 28 + 12 * i + 4 * at);
  const own = new Map([['cmap', cmap], ...(family ? [['name', nameOf(family)] as const] : [])]);
  const count = shipped.readUInt16BE(4);
  const head = Buffer.from(shipped.subarray(0, 12 + 16 * count));
  const body: Buffer[] = [];
  let at = head.length;
  for (let i = 0; i < count; i += 1) {
    const entry = head.subarray(12 + 16 * i, 28 + 16 * i);
    const [from, length] = [entry.readUInt32BE(8), entry.readUInt32BE(12)];
    const table = own.get(entry.toString('latin1', 0, 4)) ?? shipped.subarray(from, from + length);
    entry.writeUInt32BE(at, 8);
    entry.writeUInt32BE(table.length, 12);
    body.push(table, Buffer.alloc(-table.length & 3));
    at += table.length + (-table.length & 3);
  }
  return Buffer.concat([head, ...body]);
}
/** Consonants of Thai stand from here on: each has its own width and stays within it. */
const FIRST = 10;

/** A table of names with the family alone (OpenType, name: 1). */
function nameOf(family: string): Buffer {
  const text = Buffer.from(family, 'utf16le').swap16();
  const name = Buffer.alloc(18);
  for (const [i, value] of [0, 1, 18, 3, 1, 0x409, 1, text.length, 0].entries()) name.writeUInt16BE(value, 2 * i);
  return Buffer.concat([name, text]);
}

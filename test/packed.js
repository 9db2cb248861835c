// The program as its users get it: packed, and installed into an empty folder with only the registry at hand.
import { execFileSync } from 'node:child_process';
import { lstatSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..');

/**
 * Packs what is compiled into `folder`; the path of the archive.
 * @param {string} folder
 */
export function pack(folder) {
  const args = ['pack', '--ignore-scripts', '--json', '--pack-destination', folder];
  const said = execFileSync('npm', args, { cwd: ROOT, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  return join(folder, JSON.parse(said)[0].filename);
}

/**
 * Installs an archive into `folder`, which is empty, with an empty home for whatever an install step would bring. What npm
 * itself has fetched before it need not fetch again.
 * @param {string} archive
 * @param {string} folder
 * @param {...string} options
 */
export function install(archive, folder, ...options) {
  const empty = join(folder, 'empty');
  mkdirSync(empty, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
  const env = { ...process.env, XDG_CACHE_HOME: empty, PUPPETEER_CACHE_DIR: empty };
  delete env.PUPPETEER_EXECUTABLE_PATH;
  delete env.PUPPETEER_SKIP_DOWNLOAD;
  const args = [
    'install',
    '--prefer-offline',
    '--no-audit',
    '--no-fund',
    '--install-strategy=hoisted',
    ...options,
    archive,
  ];
  execFileSync('npm', args, { cwd: folder, env, stdio: ['ignore', 'ignore', 'pipe'] });
  return { modules: join(folder, 'node_modules'), empty };
}

/**
 * Bytes of all files below a folder.
 * @param {string} folder
 * @returns {number}
 */
export function bytesIn(folder) {
  let bytes = 0;
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true }))
    if (entry.isFile()) bytes += lstatSync(join(entry.parentPath, entry.name)).size;
  return bytes;
}

// The fonts that a browser here finds: those of the program and the 楷體 that is installed, and no other.
import { createHash, hash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { platform } from 'node:os';
import { dirname, join } from 'node:path';
import { type CacheFolder, homeOf, openMemory, readPlain } from '../core/cache.js';
import { escapeText } from '../core/html.js';
import { putInPlace } from '../core/write-file.js';
import { familiesOf, shippedFolders } from '../theme/fonts.js';

type Env = Readonly<Record<string, string | undefined>>;

/** Our fonts by what is in them, so that another machine with the same has the same; those installed by size and time. */
export function fontsHere(env: Env, cache: CacheFolder): string[] {
  if (platform() !== 'linux') return [];
  const memory = openMemory<string>(join(cache.path, 'fonts'), '1');
  const ours = shippedFolders().flatMap(({ folder }) =>
    fontsIn(folder).map(({ name, path, size, mtimeMs }) => {
      const seen = `${path} ${size} ${mtimeMs}`;
      const known = memory.get(seen) ?? hash('sha256', readFileSync(path), 'base64url');
      memory.put(seen, known);
      return `${name} ${known}`;
    }),
  );
  memory.save();
  return [...ours, ...kaiInstalled(env, cache).map(({ path, size, mtimeMs }) => `${path} ${size} ${mtimeMs}`)];
}

/**
 * The installed fonts that are printed with: those of 楷體, which does not come with the program. Whatever else is
 * installed has no part in a print.
 */
function kaiInstalled(env: Env, cache: CacheFolder): { path: string; size: number; mtimeMs: number }[] {
  const memory = openMemory<boolean>(join(cache.path, 'kai'), '1');
  const found = installedFonts(env).flatMap((folder) =>
    fontsIn(folder).filter(({ path, size, mtimeMs }) => {
      const seen = `${path} ${size} ${mtimeMs}`;
      const known = memory.get(seen) ?? isKai(path);
      memory.put(seen, known);
      return known;
    }),
  );
  memory.save();
  return found;
}

const KAI = /kai|楷/i;

/** A font that cannot be read is none. */
function isKai(path: string): boolean {
  try {
    return familiesOf(path).some((family) => KAI.test(family));
  } catch {
    return false;
  }
}

/** Every font below a folder, in order; `name` is relative to it. Node's own recursive listing takes three times as long. */
function fontsIn(folder: string): { name: string; path: string; size: number; mtimeMs: number }[] {
  const fonts: { name: string; path: string; size: number; mtimeMs: number }[] = [];
  const linked = new Set<string>();
  const visit = (below: string): void => {
    for (const entry of readdirSync(folder + below, { withFileTypes: true })) {
      const name = `${below}/${entry.name}`;
      const link = entry.isSymbolicLink();
      const kind = link ? statSync(folder + name, { throwIfNoEntry: false }) : entry;
      if (kind?.isDirectory()) {
        const real = link ? realpathSync(folder + name) : '';
        // Links may lead in a circle.
        if (link && linked.has(real)) continue;
        if (link) linked.add(real);
        visit(name);
      }
      if (kind?.isFile() && /\.(tt[fc]|ot[fc])$/i.test(name)) {
        const { size, mtimeMs } = statSync(folder + name);
        fonts.push({ name, path: folder + name, size, mtimeMs });
      }
    }
  };
  if (existsSync(folder)) visit('');
  return fonts.sort((a, b) => (a.name < b.name ? -1 : 1));
}

function installedFonts(env: Env): string[] {
  const home = homeOf(env) ?? '/';
  return [
    join(env.XDG_DATA_HOME || join(home, '.local', 'share'), 'fonts'),
    join(home, '.fonts'),
    '/usr/local/share/fonts',
    '/usr/share/fonts',
  ];
}

/**
 * A fontconfig file of our own. It knows our fonts and the 楷體 that are installed, static TrueType all, and no other: what
 * is printed is the same on every machine, and Chromium embeds any other kind as Type 3, which print shops refuse. `own`: the
 * folder of this run, where it lies when the cache has no room.
 */
export async function writeFontsConf(cache: CacheFolder, env: Env, own: string): Promise<string> {
  const installed = kaiInstalled(env, cache).map(({ path }) => path);
  const beside = [...new Set(installed.map((path) => dirname(path)))];
  const ours = shippedFolders().map(({ folder }) => folder);
  const glob = (path: string): string => `<glob>${escapeText(path.replace(/[\\*?[]/g, '\\$&'))}`;
  const generic = [
    ['sans-serif', 'Noto Sans TC'],
    ['serif', 'Noto Serif TC'],
    ['monospace', 'Noto Sans TC'],
  ];
  const conf = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
${[...ours, ...beside].map((folder) => `<dir>${escapeText(folder)}</dir>`).join('\n')}
<cachedir>${escapeText(join(cache.path, 'fontconfig'))}</cachedir>
<selectfont>
${installed.map((path) => `<acceptfont>${glob(path)}</glob></acceptfont>`).join('\n')}
${beside.map((folder) => `<rejectfont>${glob(folder)}/*</glob></rejectfont>`).join('\n')}
</selectfont>
${generic.map(([name, family]) => `<alias><family>${name}</family><prefer><family>${family}</family></prefer></alias>`).join('\n')}
</fontconfig>
`;
  const name = `fonts-${createHash('sha256').update(conf).digest('hex').slice(0, 16)}.conf`;
  const path = join(cache.path, name);
  if (readPlain(path)?.toString() === conf) return path;
  try {
    await putInPlace(path, conf, 0o600);
    return path;
  } catch {
    await putInPlace(join(own, name), conf, 0o600);
    return join(own, name);
  }
}

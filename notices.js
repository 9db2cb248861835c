// The notices of everything that is bundled: whose it is, under which licence, and the licence's own words.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const require = createRequire(import.meta.url);

/** Folder, name, version and licence of a package. */
function packageIn(folder) {
  const said = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const { name, version, author, homepage, repository, dependencies = {} } = said;
  return {
    folder,
    name,
    version,
    license: said.license ?? said.licenses?.map(({ type }) => type).join(' OR '),
    whose: typeof author === 'object' ? author.name : author,
    home: homepage ?? repository?.url ?? repository,
    dependencies,
  };
}

/** The package that a module of `node_modules` belongs to. */
function folderOf(module) {
  const [folder] = /^.*\/node_modules\/(@[^/]+\/)?[^/]+/.exec(module) ?? [];
  return folder;
}

/** A package with all it depends on: what a file that was bundled by others may hold. */
function* withDependencies(name, from, seen = new Set()) {
  let at = from;
  while (!existsSync(join(at, 'node_modules', name, 'package.json'))) {
    if (at === dirname(at)) throw new Error(`${name} is not installed`);
    at = dirname(at);
  }
  const folder = join(at, 'node_modules', name);
  if (seen.has(folder)) return;
  seen.add(folder);
  yield folder;
  const { dependencies } = packageIn(folder);
  for (const each of Object.keys(dependencies)) yield* withDependencies(each, folder, seen);
}

/** The licence's own words, from its package; of a package that brings none, the usual ones of the licence it names. */
function wordsOf({ folder, license, whose, name }) {
  const files = readdirSync(folder).filter((file) => /^(licen[cs]e|notice|copying)([.-]|$)/i.test(file));
  const texts = files.sort().map((file) => readFileSync(join(folder, file), 'utf8').trim());
  if (texts.length > 0) return texts.join('\n\n');
  const usual = join(dirname(require.resolve('spdx-license-list')), 'licenses', `${license}.json`);
  if (!license || !whose || !existsSync(usual)) throw new Error(`${name} does not say its licence, or whose it is`);
  const { licenseText } = JSON.parse(readFileSync(usual, 'utf8'));
  return `Copyright (c) ${whose}\n\n${licenseText.replace(/^Copyright.*<.*>.*\n+/m, '').trim()}`;
}

/**
 * The notices as Markdown, by name. `modules`: the files that were bundled; `whole`: packages of which a file is shipped
 * that holds their dependencies too; `root`: where they are installed.
 */
export function noticesOf(modules, whole, root) {
  const folders = new Set([
    ...modules.flatMap((module) => folderOf(module) ?? []),
    ...whole.flatMap((name) => [...withDependencies(name, root)]),
  ]);
  // Types alone leave nothing in what is bundled.
  const packages = [...folders].map(packageIn).filter(({ name }) => !name.startsWith('@types/'));
  const named = new Map(packages.map((each) => [`${each.name} ${each.version}`, each]));
  const notices = [...named.keys()].sort().map((title) => {
    const each = named.get(title);
    const words = wordsOf(each);
    const license = each.license ?? words.split('\n')[0];
    return `## ${title}\n\n${license}${each.home ? ` · ${each.home}` : ''}\n\n\`\`\`\n${words}\n\`\`\`\n`;
  });
  return `# Third-party notices

servicebook holds the following works of others, each under its own licence. Fonts and the embedded browser are packages of
their own and bring theirs with them.

${notices.join('\n')}`;
}

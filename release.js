// Releases what is on main: `npm run release 0.2.0` (or major, minor, patch) sets the version, dates the changelog, commits and tags.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const HEADINGS = ['Added', 'Changed', 'Deprecated', 'Removed', 'Fixed', 'Security'];

/**
 * The changelog in which what is unreleased has become `version` of `date`, an ISO day. Throws when there is nothing to
 * release, or a line stands under none of the usual headings.
 * @param {string} changelog
 * @param {string} version
 * @param {string} date
 */
export function released(changelog, version, date) {
  const [, before, unreleased, after] =
    /^([\s\S]*?^## Unreleased\n)([\s\S]*?)(^## [\s\S]*)?$(?![\s\S])/m.exec(changelog) ?? [];
  if (before === undefined || unreleased === undefined) throw new Error('CHANGELOG.md has no section "Unreleased".');
  if (!/^- /m.test(unreleased)) throw new Error('CHANGELOG.md says nothing under "Unreleased".');
  if (changelog.includes(`\n## ${version} `)) throw new Error(`CHANGELOG.md has a section ${version} already.`);
  let heading = '';
  for (const line of unreleased.split('\n')) {
    if (line.startsWith('#')) heading = line.replace(/^### /, '');
    if (line.startsWith('- ') && !HEADINGS.includes(heading))
      throw new Error(`CHANGELOG.md: "${line.slice(0, 60)}" stands under none of ${HEADINGS.join(', ')}.`);
  }
  return `${before}\n## ${version} - ${date}\n${unreleased}${after ?? ''}`;
}

/** @param {string[]} args */
const git = (...args) => execFileSync('git', args, { encoding: 'utf8' }).trim();

function release() {
  const [asked] = process.argv.slice(2);
  if (!asked) throw new Error('Name a version: npm run release 0.2.0 (or major, minor, patch).');
  if (git('status', '--porcelain') !== '') throw new Error('There are changes that are not committed.');
  if (git('rev-parse', '--abbrev-ref', 'HEAD') !== 'main') throw new Error('A release is made from main.');
  const changelog = join(import.meta.dirname, 'CHANGELOG.md');
  const text = readFileSync(changelog, 'utf8');
  // npm itself sets the version in package.json and the lock file.
  execFileSync('npm', ['version', asked, '--no-git-tag-version', '--allow-same-version'], { stdio: 'ignore' });
  try {
    const { version } = JSON.parse(readFileSync(join(import.meta.dirname, 'package.json'), 'utf8'));
    writeFileSync(changelog, released(text, version, new Date().toISOString().slice(0, 10)));
    git('commit', '--all', '--message', `Version ${version}`);
    git('tag', '--annotate', `v${version}`, '--message', `Version ${version}`);
    process.stdout.write(`Version ${version} is committed and tagged. Push it: git push --follow-tags\n`);
  } catch (error) {
    git('checkout', '--', '.');
    throw error;
  }
}

if (process.argv[1] === import.meta.filename)
  try {
    release();
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
    process.exitCode = 1;
  }

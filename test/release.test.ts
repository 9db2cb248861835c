// A release dates what the changelog tells, and refuses what it could not tell.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { released } from '../release.js';

const LOG = `# Changelog

## Unreleased

### Fixed

- A fault.

## 0.1.0 - 2026-01-02

### Added

- All of it.
`;

test('what is unreleased becomes the version, with its day; what was released stays', () => {
  expect(released(LOG, '0.2.0', '2026-03-04')).toBe(
    LOG.replace('## Unreleased\n', '## Unreleased\n\n## 0.2.0 - 2026-03-04\n'),
  );
});
test('the first release has nothing before it', () => {
  const [first = ''] = LOG.split('\n## 0.1.0');
  expect(released(first, '0.1.0', '2026-03-04')).toBe(
    first.replace('## Unreleased\n', '## Unreleased\n\n## 0.1.0 - 2026-03-04\n'),
  );
});
test.each([
  ['no section', LOG.replace('## Unreleased', '## Next'), /no section/],
  ['nothing in it', LOG.replace('- A fault.\n', ''), /says nothing/],
  ['a heading of its own', LOG.replace('### Fixed', '### Mended'), /"- A fault\." stands under none of Added, /],
  ['a line without a heading', LOG.replace('### Fixed\n', ''), /stands under none/],
])('%s is refused', (_, log, told) => {
  expect(() => released(log, '0.2.0', '2026-03-04')).toThrow(told);
});
test('a version is released once', () => {
  expect(() => released(LOG, '0.1.0', '2026-03-04')).toThrow(/0\.1\.0 already/);
});
test('the changelog of this program can be released, unless it has just been', () => {
  const log = readFileSync(join(import.meta.dirname, '../CHANGELOG.md'), 'utf8');
  const empty = /^## Unreleased\n\n(## |$)/m.test(log);
  if (empty) expect(() => released(log, '99.0.0', '2026-03-04')).toThrow(/says nothing/);
  else expect(released(log, '99.0.0', '2026-03-04')).toContain('\n## 99.0.0 - 2026-03-04\n');
});

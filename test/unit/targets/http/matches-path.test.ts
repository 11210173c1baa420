import { expect, test } from 'vitest';
import { matchesPath } from '../../../../src/targets/http/matches-path.ts';

test.each([
  ['/a/b', '/a/b', true],
  ['/a/b', '/a/b/', false],
  ['/a/*', '/a/b', true],
  ['/a/*', '/a/', false],
  ['/a/*', '/a/b/c', false],
  ['/*/c', '/a/c', true],
  ['/a/**', '/a/b/c', true],
  ['/a/**', '/a', true],
  ['/a/**', '/b', false],
  ['**', '/anything', true],
  ['/ä', '/%C3%A4', true],
  ['/%', '/%', true],
])('%s for %s: %j', (named, path, matches) => {
  expect(matchesPath(named, path)).toBe(matches);
});

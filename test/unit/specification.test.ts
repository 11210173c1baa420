import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');
const specification = readFileSync(path.join(root, 'docs/specification.md'), 'utf8');
const named = [...specification.matchAll(/`((?:unit|integration|e2e|browser)\/[^`:]+): ([^`]*)`/g)].map(
  ([, file = '', title = '']) => ({ file, title }),
);

test('the specification names tests', () => {
  expect(named.length).toBeGreaterThan(30);
});

test.each(named)('$file has a test "$title"', ({ file, title }) => {
  const source = path.join(root, 'test', `${file}.test.ts`);
  expect(existsSync(source)).toBe(true);
  expect(readFileSync(source, 'utf8')).toContain(title);
});

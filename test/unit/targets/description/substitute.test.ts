import { expect, test } from 'vitest';
import { checkReferences, substitute } from '../../../../src/targets/description/substitute.ts';

const values = { Name: 'svc', Dotted: 'a.b+c', 'mfa.key': 'k' };

test.each([
  ['a name', 'user=${Name}', 'user=svc'],
  ['a name with a dot', '${mfa.key}', 'k'],
  ['a literal', '$${Name}', '${Name}'],
  ['a value that has a reference in it', '${Name}${Name}', 'svcsvc'],
  ['an unknown name, which is told before', '${Other}', '${Other}'],
  ['a name of every object', '${toString}', '${toString}'],
])('%s', (_what, written, meant) => {
  expect(substitute(written, values)).toBe(meant);
});

test('a value means itself within a pattern, and as a key', () => {
  const written = { '${Name}': [{ matches: '^${Dotted}$' }, 1, null] };
  expect(substitute(written, values)).toEqual({ svc: [{ matches: '^a\\.b\\+c$' }, 1, null] });
});

test.each(['^${V}$', '^[${V}]+$'])('a value cannot break the pattern %s', (pattern) => {
  const value = 'z-a]^\\d/{1}(';
  const { matches } = substitute({ matches: pattern }, { V: value });
  expect(new RegExp(matches, 'mu').test(value)).toBe(true);
});

test('a hash is that of Linux, and the same each time', () => {
  const hash = substitute('${hash:Name}', values);
  expect(hash).toMatch(/^\$6\$[./0-9A-Za-z]{1,16}\$[./0-9A-Za-z]{86}$/);
  expect(substitute('${hash:Name}', values)).toBe(hash);
});

test('references that stand for nothing are told with their place', () => {
  expect(checkReferences({ a: ['${Nam}', '$${x}', '${hash:No}'] }, ['Name'])).toEqual([
    { keys: ['a', 0], message: 'a.0: nothing is named Nam. Did you mean Name? A literal begins with $${' },
    { keys: ['a', 2], message: 'a.2: nothing is named No. Known: Name. A literal begins with $${' },
  ]);
});

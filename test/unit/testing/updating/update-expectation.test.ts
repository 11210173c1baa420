import { expect, test } from 'vitest';
import type { Json, JsonObject } from '../../../../src/base/json.ts';
import type { Replacement } from '../../../../src/documents/replace-yaml-values.ts';
import { compareTime } from '../../../../src/testing/compare-time.ts';
import { compareValue } from '../../../../src/testing/compare-value.ts';
import { sayExpected } from '../../../../src/testing/updating/say-expected.ts';
import { updateExpectation } from '../../../../src/testing/updating/update-expectation.ts';

const secret = 'Copper-Meadow';

/** What is written, by its place, and why the rest is left. */
function update(
  expectation: JsonObject,
  got: Record<string, Json | undefined>,
  canWrite: (replacement: Replacement) => boolean = () => true,
): [Record<string, Json>, string[]] {
  const written: Record<string, Json> = {};
  const left = updateExpectation(
    {
      expect: expectation,
      got,
      compare: ({ withinMs, ...facts }) => [
        ...Object.entries(facts).flatMap(([name, value]) => compareValue(value, got[name], [name])),
        ...compareTime(Number(withinMs ?? 5), 5, ['withinMs']),
      ],
      toExpected: sayExpected,
      mask: (_keys, value) => JSON.parse(JSON.stringify(value).replaceAll(secret, '***')) as Json,
    },
    (replacement) => {
      if (!canWrite(replacement)) return false;
      written[replacement.keys.join('.')] = replacement.value;
      return true;
    },
  );
  return [written, left.map(({ why }) => why)];
}

test.each<[string, JsonObject, Record<string, Json | undefined>, Record<string, Json>]>([
  [
    'only what differs',
    { value: { a: 1, b: { c: 2 } }, verdict: 'DENY' },
    { value: { a: 1, b: { c: 3 } }, verdict: 'DENY' },
    { 'value.b.c': 3 },
  ],
  ['over a matcher', { log: { contains: 'x' } }, { log: 'y' }, { log: 'y' }],
  ['an item of a list', { value: { list: [{ any: true }, 2] } }, { value: { list: [1, 3] } }, { 'value.list.1': 3 }],
  ['a list of another length', { value: { list: [1] } }, { value: { list: [] } }, { 'value.list': [] }],
  ['what is no longer there', { cookie: { a: 1 } }, { cookie: {} }, { 'cookie.a': { absent: true } }],
  [
    'what came in addition',
    { value: { list: [{ a: 1 }] } },
    { value: { list: [{ a: 2, b: 1 }] } },
    { 'value.list.0.a': 2, 'value.list.0': { a: 2, b: 1 } },
  ],
  [
    'a value that looks like a matcher',
    { value: 1 },
    { value: { contains: 'x' } },
    { value: { equals: { contains: 'x' } } },
  ],
  ['codes as a whole', { problems: ['A', 'C'] }, { problems: ['B', 'C'] }, { problems: ['B', 'C'] }],
  ['nothing that holds', { value: { a: { any: true } } }, { value: { a: 1 } }, {}],
])('%s is written', (_what, expectation, got, written) => {
  expect(update(expectation, got)).toEqual([written, []]);
});

test('limits, what is masked and what cannot be written are left, each with the reason', () => {
  const expectation = { withinMs: 1, value: { passwords: ['a', 'b'] }, verdict: 'DENY', log: 'x' };
  const got = { value: { passwords: [secret, 'c'] }, verdict: 'ACCEPT', log: 'y' };
  const [written, reasons] = update(expectation, got, ({ keys }) => keys[0] !== 'log');
  expect(written).toEqual({ 'value.passwords.1': 'c', verdict: 'ACCEPT' });
  expect(reasons).toEqual([
    '--update writes nothing that is masked; with --show-secrets it writes value.passwords.0',
    '--update cannot write log here',
    '--update leaves withinMs alone',
  ]);
});

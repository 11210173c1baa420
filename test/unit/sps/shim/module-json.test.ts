import path from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';

// Programs of the child's side have no types.
const { writeJson } = (await import(path.resolve(import.meta.dirname, '../../../../src/sps/shim/module-json.mjs'))) as {
  writeJson: (value: unknown) => { text?: string; problem?: string };
};

test('what is JSON is written as JSON.stringify writes it', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 4, noNullPrototype: false } as never), (value) => {
      expect(writeJson(value)).toEqual({ text: JSON.stringify(value) });
    }),
  );
  const numbers = [0, -0, 1e21, 1e-7, 0.1, 5e-324, 2 ** 53];
  expect(writeJson({ numbers, lone: '\ud800', absent: undefined })).toEqual({
    text: JSON.stringify({ numbers, lone: '\ud800' }),
  });
});

const round: Record<string, unknown> = {};
round['self'] = [round];

test.each<[string, unknown, string]>([
  ['a number', { a: [Number.NaN] }, 'a[0] is NaN'],
  ['a date', { at: new Date() }, 'at is a Date'],
  ['a map', new Map(), 'the result is a Map'],
  ['a bigint', { a: { b: 1n } }, 'a.b is a bigint'],
  ['a hole', [1, undefined], 'the result[1] is a undefined'],
  ['a toJSON of its own', { toJSON: () => 'x' }, 'toJSON is a function'],
  ['itself', round, 'self[0] contains itself'],
])('%s is refused with its place', (_, value, problem) => {
  expect(writeJson(value)).toEqual({ problem });
});

test('a getter that throws is a problem, not an exception', () => {
  const value = Object.defineProperty({}, 'a', { enumerable: true, get: () => JSON.parse('{') as unknown });
  expect(writeJson(value).problem).toMatch(/^SyntaxError/);
});

test('no toJSON of a prototype is asked', () => {
  const prototypes = [Object.prototype, Array.prototype, String.prototype] as { toJSON?: unknown }[];
  try {
    for (const each of prototypes) each.toJSON = () => 'x';
    expect(writeJson({ list: [1, 'a'], empty: {} }).text).toBe('{"list":[1,"a"],"empty":{}}');
  } finally {
    for (const each of prototypes) delete each.toJSON;
  }
});

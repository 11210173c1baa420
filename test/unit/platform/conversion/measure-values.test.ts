import { expect, test } from 'vitest';
import { fromJson } from '../../../../src/platform/conversion/from-json.ts';
import { hasSecret } from '../../../../src/platform/conversion/has-secret.ts';
import { measureValues } from '../../../../src/platform/conversion/measure-values.ts';
import { parseJson } from '../../../../src/platform/conversion/parse-json.ts';
import { compilePattern } from '../../../../src/platform/regex/compile-pattern.ts';
import { Budget } from '../../../../src/platform/values/budget.ts';
import { Bytes } from '../../../../src/platform/values/bytes.ts';
import { NamedText } from '../../../../src/platform/values/named-text.ts';
import { ScriptList } from '../../../../src/platform/values/script-list.ts';
import { Secret } from '../../../../src/platform/values/secret.ts';
import type { Value } from '../../../../src/platform/values/value.ts';

const text = 'x'.repeat(1000);

test.each<[string, Value]>([
  ['a text', text],
  ['a secret', Secret.of(text)],
  ['a list', new ScriptList('list', [text])],
  ['an object', fromJson({ a: { b: text } })],
  ['JSON', parseJson(JSON.stringify([text]))],
  ['bytes', new Bytes(new Uint8Array(1000))],
  ['an error', NamedText.ofError(text)],
  ['a match', compilePattern('x').match(text, 0, new Budget())],
])('the size of %s is that of its text, and a little', (_name, value) => {
  const size = measureValues([value]);
  expect(size).toBeGreaterThanOrEqual(1000);
  expect(size).toBeLessThan(1200);
});

test('what stands in several places counts once, and what holds itself ends', () => {
  const list = new ScriptList('list', [text]);
  list.items.push(list);
  expect(measureValues([list, list, list])).toBeLessThan(1200);
  expect(hasSecret(list)).toBe(false);
});

test('a secret is found however deep', () => {
  expect(hasSecret(new ScriptList('list', [fromJson({ a: 1 }), new ScriptList('list', [Secret.of('x')])]))).toBe(true);
  expect(hasSecret(fromJson({ a: [1, 'x'] }))).toBe(false);
});

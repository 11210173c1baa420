import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findNode } from '../../../../src/platform/script/find-node.ts';
import type { JsonNode } from '../../../../src/platform/script/json-node.ts';
import { JsonFault, JsonTextReader } from '../../../../src/platform/script/json-text-reader.ts';
import { plainValueOf } from '../../../../src/platform/script/plain-value-of.ts';
import { runs } from '../../../thorough.ts';

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function read(text: string): JsonNode | JsonFault {
  try {
    return new JsonTextReader(text).read();
  } catch (error) {
    if (error instanceof JsonFault) return error;
    throw error;
  }
}

/** Every node lies where it says, and its path leads to it. */
function expectPlaced(node: JsonNode, root: JsonNode, text: string): void {
  expect(JSON.parse(text.slice(node.start, node.end))).toEqual(JSON.parse(JSON.stringify(plainValueOf(node))));
  expect(findNode(root, node.path)).toBe(node);
  if (node.kind === 'array') for (const item of node.items) expectPlaced(item, root, text);
  if (node.kind !== 'object') return;
  for (const { key, keyStart, value } of node.entries) {
    expect(text.startsWith(JSON.stringify(key), keyStart)).toBe(true);
    expectPlaced(value, root, text);
  }
}

describe('a JSON text', () => {
  test('is read as JSON.parse reads it, each value with its place', () => {
    fc.assert(
      fc.property(fc.json(), fc.constantFrom(0, 2), (text, indent) => {
        const shown = JSON.stringify(JSON.parse(text), null, indent);
        const root = read(shown);
        if (root instanceof JsonFault) throw root;
        expectPlaced(root, root, shown);
      }),
      { numRuns: runs(500) },
    );
  });

  test('is refused where JSON.parse refuses it', () => {
    const alphabet = fc.constantFrom(...Array.from('{}[]",:\\ntrue0123456789.-+eE \t\nux/a\u0001😀'));
    fc.assert(
      fc.property(fc.string({ unit: alphabet, maxLength: 12 }), (text) => {
        expect(!(read(text) instanceof JsonFault)).toBe(isJson(text));
      }),
      { numRuns: runs(20_000) },
    );
  });

  test.each([
    ['{"a": 1,}', 7, 'a comma stands before the end', ''],
    ['{"a": [1 2]}', 9, 'a comma or ] is expected', '/a'],
    ['{a: 1}', 1, 'a key in double quotes is expected', ''],
    ['{"a": "b\n"}', 8, 'a text must end on its line; write a line break as \\n', '/a'],
    ['{"a": "\\d"}', 7, '\\d is no escape; a backslash is written \\\\', '/a'],
    ['{"a": undefined}', 6, 'a value is expected', '/a'],
    ['{"a": // b', 6, 'a value is expected', '/a'],
    ['{"a"', 4, 'the text ends early', ''],
    ['', 0, 'the text ends early', ''],
  ])('%j is refused at %d: %s', (text, offset, message, path) => {
    expect(read(text)).toMatchObject({ offset, message, path });
  });

  test('keeps the later one of repeated keys, and both as they are written', () => {
    const node = read('{"a": 1, "a/b~": {"x": 2}, "a": 3}');
    if (node instanceof JsonFault || node.kind !== 'object') throw new Error('not read');
    expect(node.entries.map(({ key, keyStart }) => `${key} ${keyStart}`)).toEqual(['a 1', 'a/b~ 9', 'a 27']);
    expect(findNode(node, '/a')).toMatchObject({ text: '3' });
    expect(findNode(node, '/a~1b~0/x')).toMatchObject({ text: '2', path: '/a~1b~0/x' });
  });
});

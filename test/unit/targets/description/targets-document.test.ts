import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { checkTarget } from '../../../../src/targets/description/check-target.ts';
import { targetDefinitions, targetSchema } from '../../../../src/targets/description/target-schema.ts';

const document = readFileSync(path.resolve(import.meta.dirname, '../../../../docs/targets.md'), 'utf8');
const examples = Array.from(document.matchAll(/^```yaml\n(.*?)^```$/gms), ([, text = '']) => text);
const values = { AccountPassword: 'a', FuncPassword: 'f', NewPassword: 'n' };

describe('docs/targets.md', () => {
  test.each(examples)('has an example that is valid: %s', (text) => {
    expect(checkTarget(parse(text), { folder: '.', values })).toEqual([]);
  });

  test('names every key', () => {
    const keys = keysOf([targetSchema, targetDefinitions.dialogue]);
    expect([...keys].filter((key) => !new RegExp(`\\b${key}\\b`).test(document))).toEqual([]);
    expect(keys.size).toBeGreaterThan(40);
  });
});

/** Those of all mappings in a schema. */
function keysOf(schema: unknown): Set<string> {
  if (typeof schema !== 'object' || schema === null) return new Set();
  const own = 'properties' in schema ? Object.keys(schema.properties as object) : [];
  return new Set([...own, ...Object.values(schema).flatMap((part) => [...keysOf(part)])]);
}

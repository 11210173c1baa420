import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { describeSchemaErrors } from '../../../../src/documents/describe-schema-errors.ts';
import { platformTestSchema } from '../../../../src/platform/testing/platform-test-schema.ts';
import { validate } from '../../../../src/platform/testing/platform-test-validator.ts';

const document = readFileSync(path.resolve(import.meta.dirname, '../../../../docs/platform-test-file.md'), 'utf8');
const [, example = ''] = /^```yaml\n(script:.*?)^```$/msu.exec(document) ?? [];

const faultsOf = (file: unknown): string[] =>
  validate(file) ? [] : describeSchemaErrors(validate.errors ?? [], platformTestSchema).map(({ message }) => message);

test('the example of the document is valid', () => {
  expect(faultsOf(parse(example))).toEqual([]);
});

test('the document has every key', () => {
  const { properties, definitions } = platformTestSchema;
  const names = [
    ...Object.keys(properties),
    ...Object.keys(properties.cases.items.properties),
    ...Object.keys(definitions.expectation.properties),
  ];
  expect(names.filter((name) => !document.includes(`\`${name}\``))).toEqual([]);
});

test.each<[string, object, string]>([
  ['an unknown key', { scirpt: 'x' }, 'unknown key scirpt. Did you mean script?'],
  ['of a case', { cases: [{ name: 'x', expct: {} }] }, 'case 1: unknown key expct. Did you mean expect?'],
  [
    'of an expectation',
    { cases: [{ name: 'x', expect: { outcom: 'x' } }] },
    'unknown key outcom. Did you mean outcome?',
  ],
  ['of a step', { cases: [{ name: 'x', steps: [{ operation: 'x', skip: true }] }] }, 'unknown key skip'],
  ['of a target', { target: { http: { rutes: [] } } }, 'target.http: unknown key rutes. Did you mean routes?'],
  [
    'an outcome that there is not',
    { cases: [{ name: 'x', expect: { outcome: 'ok' } }] },
    'must be one of success, mismatch',
  ],
  ['a file without cases', { cases: [] }, 'cases must NOT have fewer than 1 items'],
])('%s is refused', (_, file, message) => {
  const faults = faultsOf({ script: 'x.json', cases: [{ name: 'x' }], ...file });
  expect(faults).toEqual([expect.stringContaining(message)]);
});

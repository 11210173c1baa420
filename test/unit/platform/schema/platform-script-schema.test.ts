import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { platformScriptSchema } from '../../../../src/platform/schema/platform-script-schema.ts';

const validate = new Ajv({
  strict: true,
  allowUnionTypes: true,
  allowMatchingProperties: true,
  strictRequired: false,
  // A schema of what is missing beside others has no type of its own.
  strictTypes: false,
}).compile(platformScriptSchema);

function isValid(contents: Record<string, unknown>): boolean {
  return validate({ Id: 'X', BackEnd: 'Scriptable', CheckSystem: {}, ...contents });
}

const steps = (...list: unknown[]): Record<string, unknown> => ({ CheckSystem: { Do: list } });

describe('the schema of scripts', () => {
  test.each([
    ['an operation without anything', {}],
    ['a function at the top', { Login: { Parameters: [], Do: [] } }],
    ['blocks in both forms', steps({ Condition: { If: true, Then: { Do: [] }, Else: [] } })],
    ['the short form', steps({ Return: '%{X}%' }, { Return: {} }, { Comment: 'x' }, { SetItem: 'X' })],
    [
      'a type in any case',
      { CheckSystem: { Parameters: [{ A: { Type: 'BOOLEAN' } }, { Port: { Type: 'integer' } }] } },
    ],
    ['a status of its own', steps({ Status: { Type: 'Checking', Percent: '5', Message: { Name: 'New' } } })],
  ])('admits %s', (_what, contents) => {
    expect(isValid(contents)).toBe(true);
  });

  test('admits names of properties in any case', () => {
    const connect = { ConnectionObjectName: 'C', Type: 'Ssh', NetworkAddress: 'a', Login: 'b', Hostkey: '%K%' };
    expect(isValid(steps({ Connect: connect }))).toBe(true);
  });

  test.each([
    ['an unknown verb', steps({ If: {} })],
    ['two verbs in a step', steps({ Log: {}, Comment: 'x' })],
    ['what lacks something', steps({ Condition: { If: true } })],
    ['an unknown property', steps({ Throw: { Message: 'x' } })],
    ['an unknown property deep inside', steps({ Try: { Do: [{ Log: { Value: 'x' } }], Catch: [] } })],
    ['a Try with Do alone', steps({ Try: { Do: [] } })],
    ['Functions as an object', { Functions: {} }],
    ['an unknown import', { Imports: ['Linux'] }],
    ['its own name', { $schema: 'x' }],
    ['Catch beside Do', { CheckSystem: { Do: [], Catch: [] } }],
    ['a compact parameter', { CheckSystem: { Parameters: [{ Name: 'A', Type: 'String' }] } }],
    ['another BackEnd', { BackEnd: 'Other' }],
  ])('refuses %s', (_what, contents) => {
    expect(isValid(contents)).toBe(false);
  });

  test('refuses a script without an operation', () => {
    expect(validate({ Id: 'X', BackEnd: 'Scriptable', Login: {} })).toBe(false);
  });
});

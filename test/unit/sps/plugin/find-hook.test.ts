import { describe, expect, test } from 'vitest';
import { connections } from '../../../../src/sps/plugin/connections.ts';
import { credentialKinds } from '../../../../src/sps/plugin/credential-kind.ts';
import {
  contractNamesOf,
  fetchesCredentials,
  findHook,
  type Hook,
  hooksByType,
  secretArguments,
} from '../../../../src/sps/plugin/find-hook.ts';
import { scenarioSchema } from '../../../../src/sps/simulation/scenario-schema.ts';

const hooks = Object.values(hooksByType).flat();
const named = hooks.map((hook): [string, Hook] => [hook.name, hook]);
const passed = hooks.flatMap((hook) => hook.arguments);

/** Arguments of the connection with their schema. */
const { base: _base, ...connectionArguments } = scenarioSchema.properties.connection.else.properties;
const connectionSchema = Object.entries<{ type: string | string[] }>(connectionArguments);

const jsonTypes: Record<string, string> = { str: 'string', int: 'integer', dict: 'object', list: 'array' };

describe('the table of hooks', () => {
  test.each(named)(
    '%s says what it found under a key of its result',
    (_name, { fetches, next, resultKeys, verdicts }) => {
      expect(next.found === undefined).toBe(fetches === undefined);
      if (fetches === undefined) return;
      expect(resultKeys).toContain(fetches.kind.key);
      expect(verdicts).toEqual([]);
    },
  );

  test('knows every kind of credential from a hook that fetches it', () => {
    expect(new Set(hooks.flatMap(({ fetches }) => fetches?.kind ?? []))).toEqual(new Set(credentialKinds));
  });

  test('tells the hooks whose result is secret by what they fetch', () => {
    expect(hooks.map(({ name }) => name).filter(fetchesCredentials)).toEqual([
      'get_private_key_list',
      'get_password_list',
      'get_remote_app_credentials',
      'get_totp_codes',
    ]);
    expect(fetchesCredentials('get_nothing')).toBe(false);
  });

  test('passes every secret argument to some hook', () => {
    expect(secretArguments.filter((name) => !passed.some((each) => each.name === name))).toEqual([]);
  });

  test('has the arguments of all simulated connections', () => {
    const names = new Set(Object.values(connections).flatMap((connection) => Object.keys(connection)));
    expect([...names].filter((name) => !contractNamesOf().has(name))).toEqual([]);
  });

  test.each(connectionSchema)('gives a scenario the argument %s with its type', (name, { type }) => {
    const types = passed.filter((each) => each.name === name).map((each) => each.type.replace('?', ''));
    expect(types).not.toEqual([]);
    expect([type].flat()).toEqual(expect.arrayContaining(types.map((each) => jsonTypes[each])));
  });

  test('finds a hook by type and name', () => {
    expect(findHook('aa', 'authorize')?.name).toBe('authorize');
    expect(findHook('aa', 'get_password_list')).toBeUndefined();
  });
});

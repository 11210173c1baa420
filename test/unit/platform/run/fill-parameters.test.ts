import { describe, expect, test } from 'vitest';
import type { PluginHostError } from '../../../../src/base/plugin-host-error.ts';
import { toJson } from '../../../../src/platform/conversion/to-json.ts';
import {
  type AskParameter,
  type FilledParameters,
  fillParameters,
} from '../../../../src/platform/run/fill-parameters.ts';
import type { EmptyReference, GivenValue, ParameterSource } from '../../../../src/platform/run/parameter-source.ts';
import { requireOperation } from '../../../../src/platform/run/require-operation.ts';
import { readScript } from '../../../../src/platform/script/read-script.ts';
import { Secret } from '../../../../src/platform/values/secret.ts';

const source = (values: Record<string, GivenValue | EmptyReference>, isStrict = true): ParameterSource => ({
  name: '--set',
  values: new Map(Object.entries(values)),
  isStrict,
});

async function fill(declared: object[], sources: ParameterSource[], ask?: AskParameter): Promise<FilledParameters> {
  const text = JSON.stringify({ Id: 'Test', BackEnd: 'Scriptable', CheckSystem: { Parameters: declared, Do: [] } });
  const { script } = readScript(text);
  if (script === undefined) throw new Error('no script');
  return fillParameters(requireOperation(script, 'test.json', 'CheckSystem'), sources, ask);
}

/** The values as JSON, secrets too. */
async function valuesOf(...given: Parameters<typeof fill>): Promise<Record<string, string>> {
  const { values } = await fill(...given);
  return Object.fromEntries(Array.from(values, ([name, value]) => [name, toJson(value)]));
}

async function problemsOf(...given: Parameters<typeof fill>): Promise<string[]> {
  const error = await fill(...given).then(
    () => undefined,
    (reason: unknown) => reason as PluginHostError,
  );
  return error?.problems?.map(({ code, message }) => `${code} ${message}`) ?? [];
}

describe('a text is read as the declared type', () => {
  test.each([
    ['String', ' 5 ', '" 5 "'],
    ['String', '', '""'],
    ['Secret', 'true', '"true"'],
    ['Integer', '-5', '-5'],
    ['Float', '1.5', '1.5'],
    ['Float', '2', '2.0'],
    ['Boolean', 'TRUE', 'true'],
    ['Object', '{"a": [1]}', '{"a":[1]}'],
    ['Array', '[1, "b"]', '[1,"b"]'],
  ])('%s: %j', async (type, text, json) => {
    expect(await valuesOf([{ P: { Type: type } }], [source({ P: { text } })])).toEqual({ P: json });
  });

  test.each([
    ['Integer', '1.5'],
    ['Integer', '2147483648'],
    ['Integer', 'five'],
    ['Float', 'x'],
    ['Boolean', 'yes'],
    ['Object', '[1]'],
    ['Object', '{'],
    ['Array', '{}'],
  ])('%s is not %j', async (type, text) => {
    const found = await problemsOf([{ P: { Type: type } }], [source({ P: { text } })]);
    expect(found).toEqual([`PARAMETER_TYPE P must be of type ${type}`]);
  });
});

describe('data keeps its type', () => {
  test.each([
    ['String', 'text', '"text"'],
    ['Integer', 5, '5'],
    ['Boolean', false, 'false'],
    ['Object', { a: 1 }, '{"a":1}'],
    ['Array', [1], '[1]'],
    ['String', null, 'null'],
  ])('%s: %j', async (type, data, json) => {
    expect(await valuesOf([{ P: { Type: type } }], [source({ P: { data } })])).toEqual({ P: json });
  });
});

describe('a value comes from', () => {
  const declared = [{ P: { Type: 'String', DefaultValue: 'standard' } }];

  test('the first source that has one, else from the default', async () => {
    const [one, other] = [source({ P: { text: 'one' } }), source({ P: { text: 'other' } })];
    expect(await valuesOf(declared, [one, other])).toEqual({ P: '"one"' });
    expect(await valuesOf(declared, [source({}), other])).toEqual({ P: '"other"' });
    expect(await valuesOf(declared, [])).toEqual({ P: '"standard"' });
  });

  test('nowhere: it is null, but AssetName has a name, and Timeout and Port are not made up', async () => {
    const names = ['P', 'AssetName', 'Timeout', 'Port'].map((name) => ({ [name]: { Type: 'String' } }));
    expect(await valuesOf(names, [])).toEqual({
      P: 'null',
      AssetName: '"Custom Asset"',
      Timeout: 'null',
      Port: 'null',
    });
  });

  test('who is asked, when it must be there; a secret is asked for as one', async () => {
    const asked: [string, boolean][] = [];
    const ask: AskParameter = (name, isSecret) => {
      asked.push([name, isSecret]);
      return Promise.resolve('typed');
    };
    const needed = [{ P: { Type: 'String', Required: true } }, { Q: { Type: 'Secret', Required: true } }, { O: {} }];
    expect(await valuesOf(needed, [], ask)).toMatchObject({ P: '"typed"', Q: '"typed"' });
    expect(asked).toEqual([
      ['P', false],
      ['Q', true],
    ]);
  });
});

describe('a reference that gives nothing', () => {
  const nothing = { reason: 'TYPO is not set', hint: 'Set it.' };
  const weaker = source({ P: { text: 'another' } }, false);
  const ask: AskParameter = () => Promise.resolve('typed');

  test('keeps weaker sources, the default and the question out when it is strict', async () => {
    const message = 'PARAMETER_MISSING P has no value; CheckSystem needs one (TYPO is not set)';
    for (const declared of [{ Required: true }, { Required: true, DefaultValue: 'standard' }])
      expect(await problemsOf([{ P: declared }], [source({ P: nothing }), weaker], ask)).toEqual([message]);
    const { values, warnings } = await fill([{ P: { DefaultValue: 'x' } }], [source({ P: nothing }), weaker]);
    expect(values.get('P')).toBeNull();
    expect(warnings).toMatchObject([{ code: 'PARAMETER_MISSING', message: 'P has no value (TYPO is not set)' }]);
  });

  test('leaves weaker sources in when it is not, and is named when nothing fills', async () => {
    const needed = [{ P: { Type: 'String', Required: true } }];
    expect(await valuesOf(needed, [source({ P: nothing }, false), weaker])).toEqual({ P: '"another"' });
    expect(await valuesOf(needed, [source({ P: nothing }, false)], ask)).toEqual({ P: '"typed"' });
    expect(await problemsOf(needed, [source({ P: nothing }, false)])).toEqual([
      'PARAMETER_MISSING P has no value; CheckSystem needs one (TYPO is not set)',
    ]);
  });
});

describe('a name', () => {
  test('that is reserved is found without regard to case, another one only exactly', async () => {
    const declared = [{ AccountUsername: { Type: 'String' } }, { Own: { Type: 'String' } }];
    expect(await valuesOf(declared, [source({ AccountUserName: { text: 'x' } })])).toMatchObject({
      AccountUsername: '"x"',
    });
    expect(await problemsOf(declared, [source({ own: { text: 'x' } })])).toEqual([
      'PARAMETER_UNKNOWN --set: CheckSystem has no parameter own',
    ]);
  });

  test('that is not declared is passed over in a source for several operations', async () => {
    expect(await valuesOf([], [source({ Nope: { text: 'x' } }, false)])).toEqual({});
  });
});

test('all that is wrong is told at once', async () => {
  const declared = [{ P: { Type: 'Integer' } }, { Q: { Type: 'Secret', Required: true } }, { R: { Required: true } }];
  const given = source({ P: { text: 'x' }, R: { data: null }, Nope: { text: '' } });
  expect((await problemsOf(declared, [given])).map((each) => each.split(' ')[0])).toEqual([
    'PARAMETER_UNKNOWN',
    'PARAMETER_TYPE',
    'PARAMETER_MISSING',
    'PARAMETER_MISSING',
  ]);
});

test('what is secret by its type or by its name is a secret, and a % in it is told', async () => {
  const declared = [{ Own: { Type: 'Secret' } }, { ClientSecret: { Type: 'String' } }, { Plain: { Type: 'String' } }];
  const values = { Own: { text: 'a%b' }, ClientSecret: { text: 'x' }, Plain: { text: '50%' } };
  const filled = await fill(declared, [source(values)]);
  expect([...filled.values].filter(([, value]) => value instanceof Secret).map(([name]) => name)).toEqual([
    'Own',
    'ClientSecret',
  ]);
  expect(filled.warnings.map(({ code, message }) => `${code} ${message}`)).toEqual([
    'PERCENT_IN_SECRET Own has a % in it',
  ]);
});

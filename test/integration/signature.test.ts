import { describe, expect, test } from 'vitest';
import { problemsOf } from './fixture.ts';
import { callShared } from './shared-fixture.ts';

/** What the appliance of API 1.9 passes to get_password_list. Source: credential store guide 7.5.1. */
const all = [
  'client_hostname',
  'client_ip',
  'cookie',
  'gateway_domain',
  'gateway_groups',
  'gateway_password',
  'gateway_username',
  'protocol',
  'server_domain',
  'server_hostname',
  'server_ip',
  'server_port',
  'server_username',
  'session_cookie',
  'session_id',
  'target_domain',
  'target_host',
  'target_port',
  'target_username',
];

describe.concurrent('a Python hook receives', () => {
  test.each([
    { shape: 'what it declares', behaviour: 'hook-declares-few' },
    { shape: 'what the function behind a functools.wraps decorator declares', behaviour: 'hook-is-wrapped' },
    { shape: 'what a static method declares', behaviour: 'hook-is-static' },
    { shape: 'what a class method declares', behaviour: 'hook-is-of-the-class' },
    { shape: 'what a partial leaves open', behaviour: 'hook-is-partial' },
    { shape: 'what a partial method leaves open', behaviour: 'hook-is-partial-method' },
    { shape: 'what a callable instance declares', behaviour: 'hook-is-callable-instance' },
    { shape: 'what a lambda declares', behaviour: 'hook-is-a-lambda' },
    { shape: 'what it declares as keyword-only', behaviour: 'hook-is-keyword-only' },
    { shape: 'what it declares in a class imported under another name', behaviour: 'class-is-aliased' },
    { shape: 'what it declares in a base class', behaviour: 'class-is-inherited' },
  ])('$shape', async ({ behaviour }) => {
    const record = await callShared(behaviour, {}, { cookie: { kept: 1 } });
    expect(record.outcome).toMatchObject({
      kind: 'returned',
      value: { cookie: { got: ['cookie', 'server_username'] } },
    });
    expect(record.kwargs).toEqual({ server_username: 'gatewayuser', cookie: { kept: 1 } });
    expect(record.problems).toEqual([]);
  });

  test('nothing when it declares nothing', async () => {
    const record = await callShared('hook-declares-nothing');
    expect(record).toMatchObject({ outcome: { kind: 'returned' }, problems: [] });
    expect(record.kwargs).toEqual({});
  });

  test('everything, the cookies too, in **kwargs', async () => {
    const record = await callShared('hook-takes-all');
    expect(record.outcome).toMatchObject({ kind: 'returned', value: { cookie: { got: all } } });
    expect(Object.keys(record.kwargs).sort()).toEqual(all);
  });

  test('in **kwargs what it does not declare by name', async () => {
    const record = await callShared('hook-takes-the-rest');
    const rest = all.filter((name) => name !== 'cookie' && name !== 'session_cookie');
    expect(record.outcome).toMatchObject({ kind: 'returned', value: { cookie: { got: rest } } });
    expect(Object.keys(record.kwargs).sort()).toEqual(all);
  });

  test('None, with a warning, for an argument that nobody knows', async () => {
    const record = await callShared('hook-declares-unknown');
    expect(record.outcome).toMatchObject({ kind: 'returned', value: { passwords: ["('gatewayuser', None, None)"] } });
    expect(record.kwargs).toEqual({ server_username: 'gatewayuser', colour: null, shade: null });
    expect(problemsOf(record)).toEqual(['warning HOOK_UNKNOWN_ARGUMENT', 'warning HOOK_UNKNOWN_ARGUMENT']);
  });

  test('the default of an argument that nobody knows', async () => {
    const record = await callShared('hook-declares-unknown-with-default');
    expect(record.outcome).toMatchObject({
      kind: 'returned',
      value: { passwords: ["('gatewayuser', 'red', 'dark')"] },
    });
    expect(record.kwargs).toEqual({ server_username: 'gatewayuser' });
    expect(record.problems).toEqual([]);
  });

  test('what is known in place of its default, None too', async () => {
    const record = await callShared('hook-overrides-default');
    expect(record.outcome).toMatchObject({ kind: 'returned', value: { passwords: ['None'] } });
  });

  test('a TypeError when it takes a positional-only argument', async () => {
    const { outcome } = await callShared('hook-is-positional-only');
    expect(outcome).toMatchObject({ kind: 'raised', exception: 'TypeError', phase: 'hook' });
  });
});

test('a TypeScript hook receives every argument', async () => {
  const record = await callShared('hook-takes-all', {}, { language: 'typescript' });
  expect(record.outcome).toMatchObject({ kind: 'returned', value: { cookie: { got: all } } });
  expect(Object.keys(record.kwargs).sort()).toEqual(all);
});

test('a TypeScript class may inherit its hooks from another file', async () => {
  const record = await callShared('class-is-inherited', {}, { language: 'typescript' });
  expect(record.outcome).toMatchObject({ kind: 'returned', value: { passwords: ['gatewayuser'] } });
});

describe.concurrent('a Python constructor', () => {
  test.each([
    { shape: 'that is not there', behaviour: 'constructor-is-bare' },
    { shape: 'without parameters', behaviour: 'constructor-takes-nothing' },
  ])('$shape is called without arguments when there is no configuration', async ({ behaviour }) => {
    const { outcome } = await callShared(behaviour);
    expect(outcome).toMatchObject({ kind: 'returned', value: { passwords: ['constructed'] } });
  });

  test.each([
    { shape: 'that is not there', behaviour: 'constructor-is-bare', config: '[a]\nb = 1\n' },
    { shape: 'without parameters', behaviour: 'constructor-takes-nothing', config: '[a]\nb = 1\n' },
    { shape: 'that is not there', behaviour: 'constructor-is-bare', config: '' },
    { shape: 'without parameters', behaviour: 'constructor-takes-nothing', config: '' },
  ])('$shape raises TypeError when there is the configuration $config', async ({ behaviour, config }) => {
    const { outcome } = await callShared(behaviour, {}, { config });
    expect(outcome).toMatchObject({ kind: 'raised', exception: 'TypeError', phase: 'constructor' });
  });

  test.each([
    { config: undefined, behaviour: 'constructor-takes-options', got: "('', 'none', None)" },
    { config: '', behaviour: 'constructor-takes-options', got: "('', 'none', None)" },
    {
      config: '[a]\r\nb = ü\n',
      behaviour: 'constructor-takes-options',
      got: String.raw`('[a]\r\nb = ü\n', 'none', None)`,
    },
    { config: '[a]\n', behaviour: 'constructor-takes-anything', got: String.raw`(('[a]\n',), {})` },
    { config: undefined, behaviour: 'constructor-takes-anything', got: "(('',), {})" },
  ])('gets the text $config as its only argument ($behaviour)', async ({ config, behaviour, got }) => {
    const { outcome } = await callShared(behaviour, {}, config === undefined ? {} : { config });
    expect(outcome).toMatchObject({ kind: 'returned', value: { passwords: [got] } });
  });
});

test.each([undefined, '', '[a]\nb = ü\n'])(
  'a TypeScript constructor gets the text %j as its first argument',
  async (config) => {
    const { outcome } = await callShared(
      'constructor-takes-options',
      {},
      { language: 'typescript', ...(config !== undefined && { config }) },
    );
    expect(outcome).toMatchObject({ kind: 'returned', value: { passwords: [JSON.stringify([config ?? ''])] } });
  },
);

import { expect, test } from 'vitest';
import type { Json, JsonObject } from '../../../../src/base/json.ts';
import type { CallResult } from '../../../../src/sps/call/call-hook.ts';
import { connectTarget, type LoginStage } from '../../../../src/sps/flow/connect-target.ts';
import type { Ending } from '../../../../src/sps/flow/ending.ts';
import type { Admission, Target } from '../../../../src/sps/flow/target.ts';

interface Scene {
  /** What each call of a hook of the store returns, in order; none: the session has no store. */
  store?: Record<string, Json[]>;
  protocol?: string;
  typed?: (string | null | undefined)[];
  passwordRequests?: number;
}

/** What a login does, in the order in which it is done: hooks, credentials that the target was offered, prompts. */
async function logIn(
  takes: (credential: string) => Admission,
  { store, protocol = 'ssh', typed = [], passwordRequests = 1 }: Scene,
  reached?: Ending,
): Promise<{ ended: Ending | undefined; seen: string[]; problems: string[] }> {
  const seen: string[] = [];
  const returned = new Map(Object.entries(store ?? {}).map(([hook, values]) => [hook, [...values]]));
  const stage = {
    protocol,
    connection: { gateway_user: 'wsmith', server_username: 'root', server_ip: '10.0.0.5' } as JsonObject,
    problems: [] as LoginStage['problems'],
    has: () => store !== undefined,
    isCalled: () => store !== undefined,
    endingOf: ({ record }: CallResult) => (record.outcome.kind === 'returned' ? undefined : 'plugin-error'),
    call: (_type: string, hook: string) => {
      seen.push(hook);
      const value = returned.get(hook)?.shift() ?? {};
      const outcome = value === 'raises' ? { kind: 'raised', exception: 'ValueError' } : { kind: 'returned', value };
      return Promise.resolve({ record: { hook, plugin: { name: 'store' }, outcome } } as unknown as CallResult);
    },
  } satisfies LoginStage;
  const offer = (kind: string) => (credential: string) => {
    seen.push(`${kind} ${credential}`);
    return Promise.resolve(takes(credential));
  };
  const target: Target = {
    reach: () => Promise.resolve(reached),
    takesKey: offer('key'),
    takesPassword: offer('password'),
    takesNothing: () => Promise.resolve(takes('')),
  };
  const left = [...typed];
  const user = {
    answer: () => Promise.resolve(undefined),
    typePassword: ({ user: name, host }: { user: string | undefined; host: string | undefined }) => {
      seen.push(`asks ${name ?? ''}@${host ?? ''}`);
      return Promise.resolve(left.shift());
    },
  };
  const ended = await connectTarget(stage, { target, user, passwordRequests });
  return { ended, seen, problems: stage.problems.map(({ code }) => code) };
}

const keys = { get_private_key_list: [{ private_keys: [['ssh-rsa', 'K1'], ['ssh-rsa', 'K2'], 'broken'] }] };
const passwords = { get_password_list: [{ passwords: ['P1', 'P2'] }] };

test('each key of the store is offered, then each password, then what the user types', async () => {
  const { ended, seen } = await logIn((each) => each === 'T2', {
    store: { ...keys, ...passwords },
    typed: ['T1', 'T2'],
  });
  expect(ended).toBeUndefined();
  expect(seen).toEqual([
    'get_private_key_list',
    'key K1',
    'key K2',
    'get_password_list',
    'password P1',
    'password P2',
    'asks root@10.0.0.5',
    'password T1',
    'asks root@10.0.0.5',
    'password T2',
    'authentication_completed',
  ]);
});

test('the first credential that is taken ends the login', async () => {
  const { seen } = await logIn((each) => each === 'K1', { store: { ...keys, ...passwords } });
  expect(seen).toEqual(['get_private_key_list', 'key K1', 'authentication_completed']);
});

test('keys are for SSH alone', async () => {
  const { seen } = await logIn(() => true, { store: { ...keys, ...passwords }, protocol: 'telnet' });
  expect(seen).toEqual(['get_password_list', 'password P1', 'authentication_completed']);
});

test('a target that is not reached gets no credential, and none is fetched', async () => {
  const { ended, seen } = await logIn(() => true, { store: { ...keys, ...passwords } }, 'target-refused');
  expect(ended).toBe('target-refused');
  expect(seen).toEqual([]);
});

test('a target that dies over a credential ends the session', async () => {
  const dies = (each: string): Admission => (each === 'P1' ? 'closed' : false);
  const { ended, seen } = await logIn(dies, { store: { ...keys, ...passwords }, typed: ['T'] });
  expect(ended).toBe('closed');
  expect(seen.at(-1)).toBe('password P1');
});

test('the store is asked again as often as it is wanted', async () => {
  const store = { ...keys, get_password_list: [{ passwords: ['old'] }, { passwords: ['new'] }] };
  const { ended, seen } = await logIn((each) => each === 'new', { store, passwordRequests: 3 });
  expect(ended).toBeUndefined();
  expect(seen.filter((each) => each === 'get_password_list')).toHaveLength(2);
});

test('a store that fails ends the session before a password is typed', async () => {
  const { ended, seen } = await logIn(() => true, {
    store: { ...keys, get_private_key_list: ['raises'] },
    typed: ['T'],
  });
  expect(ended).toBe('plugin-error');
  expect(seen).toEqual(['get_private_key_list']);
});

test.each<[string, Scene, Ending, number]>([
  ['three times in SSH', { typed: ['a', 'b', 'c', 'd'] }, 'target-refused', 3],
  ['once in RDP', { typed: ['a', 'b'], protocol: 'rdp' }, 'target-refused', 1],
  ['not again by a user who leaves', { typed: ['a', null] }, 'user-left', 2],
  ['not by nobody', { typed: [undefined] }, 'target-refused', 1],
])('without a store a password is typed %s', async (_what, scene, ending, prompts) => {
  const { ended, seen } = await logIn(() => false, scene);
  expect(ended).toBe(ending);
  expect(seen.filter((each) => each.startsWith('asks'))).toHaveLength(prompts);
});

test('a target that wants nothing asks nobody', async () => {
  expect(await logIn((each) => each === '', { typed: ['T'] })).toEqual({ ended: undefined, seen: [], problems: [] });
});

test('authentication_completed that raises leaves a problem and the session goes on', async () => {
  const store = { ...passwords, get_private_key_list: [{}], authentication_completed: ['raises'] };
  expect(await logIn((each) => each === 'P1', { store })).toMatchObject({
    ended: undefined,
    problems: ['HOOK_FAILED'],
  });
});

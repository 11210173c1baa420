import { generateKeyPairSync } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test, vi } from 'vitest';
import { encodePublicKey } from '../../src/sps/simulation/encode-public-key.ts';
import { codesOf, hooksOf, play, playUntilTimeIsUp, shareForkServer } from './simulated.ts';

vi.mock('node:timers/promises', async (importOriginal) => {
  const original = await importOriginal<{ setTimeout: typeof sleep }>();
  return { ...original, setTimeout: vi.fn(original.setTimeout) };
});

shareForkServer();

const ask = (key: string, echo = true): { verdict: string; question: [string, string, boolean] } => ({
  verdict: 'NEEDINFO',
  question: [key, `${key}: `, !echo],
});
const accept = { verdict: 'ACCEPT' };
const gatewayUser = { verdict: 'ACCEPT', gateway_user: 'wsmith', gateway_groups: ['dba'] };
const secret = { passwords: ['secret'] };
const key = generateKeyPairSync('rsa', { modulusLength: 1024 })
  .privateKey.export({ type: 'pkcs8', format: 'pem' })
  .toString();

describe('a whole session', () => {
  test('calls the hooks in the order of the product, session_ended of the store before that of the AA plugin', async () => {
    const result = await play({
      connection: 'ssh-gateway',
      aa: {},
      store: { get_password_list: [secret] },
      target: { passwords: ['secret'] },
    });
    expect(hooksOf(result)).toEqual([
      'authenticate', 'authorize', 'get_private_key_list', 'get_password_list', 'authentication_completed', 'session_ended', 'session_ended',
    ]); // prettier-ignore
    expect(result.simulation.steps.slice(-2).map(({ plugin }) => plugin.type)).toEqual(['credentialstore', 'aa']);
    expect(result.simulation.ended).toBe('closed');
  });

  test('gives every hook its own cookie, the session cookie of all, and the gateway user that the plugin named', async () => {
    const aa = { authenticate: [{ ...gatewayUser, cookie: { own: 1 }, session_cookie: { shared: 1 } }] };
    const { simulation } = await play({ connection: 'ssh', aa, store: { get_password_list: [secret] } });
    const fetch = simulation.steps.find(({ hook }) => hook === 'get_password_list');
    expect(fetch?.kwargs).toMatchObject({
      gateway_username: 'wsmith',
      gateway_groups: ['dba'],
      gateway_password: '',
      session_cookie: { shared: 1 },
    });
    expect(fetch?.kwargs['cookie']).not.toHaveProperty('own');
    expect(simulation).toMatchObject({
      gatewayUser: 'wsmith',
      gatewayGroups: ['dba'],
      cookies: { aa: { own: 1, authenticate: 1, authorize: 1 } },
      sessionCookie: { shared: 1 },
    });
  });

  test('a gateway user without groups is taken with the groups as they were', async () => {
    const aa = { authenticate: [{ verdict: 'ACCEPT', gateway_user: 'wsmith' }] };
    const result = await play({ connection: { base: 'ssh-gateway', gateway_groups: ['ops'] }, aa });
    expect(result.simulation).toMatchObject({ gatewayUser: 'wsmith', gatewayGroups: ['ops'] });
  });

  test.each([
    ['None', null],
    ['NONE', { verdict: 'NONE' }],
  ])('authenticate with %s goes on to authorize and changes nobody', async (_name, reply) => {
    const result = await play({ connection: 'ssh-gateway', aa: { authenticate: [reply] } });
    expect(hooksOf(result)).toEqual(['authenticate', 'authorize', 'session_ended']);
    expect(result.simulation).toMatchObject({ ended: 'closed', gatewayUser: 'gatewayuser' });
  });
});

describe('questions', () => {
  test('are asked until the plugin decides; an answer replaces the earlier one of its key and reaches authorize', async () => {
    const aa = { authenticate: [ask('otp', false), ask('otp', false), accept] };
    const { simulation } = await play({ connection: 'ssh', aa, answers: { otp: ['1', ''] } });
    expect(simulation.steps.map(({ kwargs }) => kwargs['key_value_pairs'])).toEqual([
      {}, { otp: '1' }, { otp: '' }, { otp: '' }, undefined,
    ]); // prettier-ignore
    expect(simulation.steps[0]).toMatchObject({
      n: 1,
      question: { key: 'otp', prompt: 'otp: ', echo: false },
      answer: '1',
    });
    expect(simulation.steps[1]).toMatchObject({ n: 2, answer: '' });
    expect(simulation.steps[2]).toMatchObject({ question: null, answer: null });
  });

  test('can be asked in authorize', async () => {
    const result = await play({ aa: { authorize: [ask('ticket'), accept] }, answers: { ticket: 'T1' } });
    expect(hooksOf(result)).toEqual(['authenticate', 'authorize', 'authorize', 'session_ended']);
    expect(result.simulation.steps[2]?.kwargs['key_value_pairs']).toEqual({ ticket: 'T1' });
  });

  test('without an answer mean that the user left', async () => {
    const result = await play({ aa: { authenticate: [ask('otp')] } });
    expect(result.simulation.ended).toBe('user-left');
    expect(hooksOf(result)).toEqual(['authenticate', 'session_ended']);
    expect(codesOf(result)).toEqual(['error ANSWER_MISSING']);
    expect(result.simulation.problems[0]?.message).toContain('"otp"');
  });

  test('whose key is mistyped are named', async () => {
    const aa = { authenticate: [ask('pin'), ask('otp')] };
    const { simulation } = await play({ aa, answers: { pin: '1', opt: '123456' } });
    expect(simulation.problems[0]?.message).toMatch(/"otp"; opt was given\. Did you mean otp\?$/);
  });

  test('where the protocol cannot ask are an error of the plugin', async () => {
    const result = await play({ connection: 'mssql', aa: { authenticate: [ask('otp')] }, answers: { otp: '1' } });
    expect(result.simulation.ended).toBe('plugin-error');
    expect(codesOf(result)).toEqual(['error QUESTION_IMPOSSIBLE']);
    expect(hooksOf(result)).toEqual(['authenticate', 'session_ended']);
  });

  test('end with the 21st', async () => {
    const result = await play({ aa: { authenticate: [ask('otp')] }, answers: { otp: '1' } });
    expect(hooksOf(result)).toEqual([...Array.from({ length: 21 }, () => 'authenticate'), 'session_ended']);
    expect(result.simulation.ended).toBe('plugin-error');
    expect(codesOf(result)).toEqual(['error TOO_MANY_QUESTIONS']);
  });
});

describe('a session that fails', () => {
  test.each([
    ['authenticate', 'raise', 'plugin-error', ['authenticate', 'session_ended']],
    ['authenticate', 'exit', 'plugin-error', ['authenticate', 'session_ended']],
    ['authenticate', 'hang', 'timed-out', ['authenticate', 'session_ended']],
    ['authorize', 'raise', 'plugin-error', ['authenticate', 'authorize', 'session_ended']],
  ])('in %s by %s ends %s, and session_ended is called', async (hook, how, ended, hooks) => {
    const result = await (how === 'hang' ? playUntilTimeIsUp : play)({ aa: { [hook]: [how] }, store: {} });
    expect(result.simulation.ended).toBe(ended);
    expect(hooksOf(result)).toEqual(hooks);
    expect(codesOf(result)).toEqual(['error HOOK_FAILED']);
    expect(result.simulation.cookies.aa).toEqual(hook === 'authorize' ? { authenticate: 1 } : {});
  });

  test('because it is denied ends without a credential', async () => {
    const result = await play({ aa: { authorize: [{ verdict: 'DENY', reason: 'no' }] }, store: {} });
    expect(result.simulation.ended).toBe('denied');
    expect(hooksOf(result)).toEqual(['authenticate', 'authorize', 'session_ended']);
    expect(codesOf(result)).toEqual([]);
  });

  test('authorize with None is no verdict', async () => {
    const result = await play({ aa: { authorize: [null] } });
    expect(result.simulation.ended).toBe('plugin-error');
  });

  test('in a credential hook ends it for both plugins', async () => {
    const result = await play({ connection: 'ssh-gateway', aa: {}, store: { get_password_list: ['raise'] } });
    expect(result.simulation.ended).toBe('plugin-error');
    expect(hooksOf(result).slice(-3)).toEqual(['get_password_list', 'session_ended', 'session_ended']);
  });

  test.each([['authentication_completed'], ['session_ended']])('in %s alone goes on', async (hook) => {
    const result = await play({ connection: 'ssh-gateway', store: { get_password_list: [secret], [hook]: ['raise'] } });
    expect(result.simulation.ended).toBe('closed');
    expect(hooksOf(result)).toEqual([
      'get_private_key_list',
      'get_password_list',
      'authentication_completed',
      'session_ended',
    ]);
    expect(codesOf(result)).toEqual(['error HOOK_FAILED']);
  });

  test('because the user interrupts it still calls session_ended', async () => {
    const interruption = new AbortController();
    const result = await play(
      { aa: { authenticate: [ask('otp')] } },
      {
        signal: interruption.signal,
        user: {
          answer: () => {
            interruption.abort(new DOMException('interrupted', 'AbortError'));
            return Promise.reject(interruption.signal.reason as Error);
          },
          typePassword: () => Promise.resolve(undefined),
        },
      },
    );
    expect(result).toMatchObject({ isInterrupted: true, simulation: { ended: 'user-left' } });
    expect(hooksOf(result)).toEqual(['authenticate', 'session_ended']);
  });

  test('because the user interrupts the first call of a plugin it still calls its session_ended', async () => {
    const interruption = new AbortController();
    const onStep = (hook: string): void => {
      if (hook === 'authorize')
        setImmediate(() => {
          interruption.abort(new DOMException('interrupted', 'AbortError'));
        });
    };
    const staged = { connection: 'ssh', aa: {}, store: { get_private_key_list: ['hang'] } };
    const { simulation } = await play(staged, { signal: interruption.signal, onStep });
    const ends = simulation.steps.filter(({ hook }) => hook === 'session_ended');
    expect([simulation.ended, ends.map(({ plugin }) => plugin.type)]).toEqual(['user-left', ['credentialstore', 'aa']]);
  });
});

describe('the login on the target', () => {
  const publicKeys = [`ssh-rsa ${encodePublicKey(key) ?? ''}`];
  const store = {
    get_private_key_list: [{ private_keys: [['ssh-rsa', key]] }],
    get_password_list: [{ passwords: ['old', 'new'] }],
  };
  const end = ['session_ended'];
  const done = ['authentication_completed', 'session_ended'];

  test.each([
    ['takes a key before any password', 'ssh-gateway', { publicKeys }, undefined, 'closed', ['get_private_key_list', ...done]],
    ['takes the second password', 'ssh-gateway', { passwords: ['new'] }, undefined, 'closed', ['get_private_key_list', 'get_password_list', ...done]],
    ['asks for no key in Telnet', 'telnet', { passwords: ['old'] }, undefined, 'closed', ['get_password_list', ...done]],
    ['asks for no key in RDP', 'rdp-gateway', { passwords: ['old'] }, undefined, 'closed', ['get_password_list', ...done]],
    ['takes what the user types at last', 'ssh-gateway', { passwords: ['typed'] }, ['wrong', 'typed'], 'closed', ['get_private_key_list', 'get_password_list', ...done]],
    ['lets nobody type twice in RDP', 'rdp-gateway', { passwords: ['typed'] }, ['wrong', 'typed'], 'target-refused', ['get_password_list', ...end]],
    ['refuses what it does not list', 'ssh-gateway', { passwords: [] }, undefined, 'target-refused', ['get_private_key_list', 'get_password_list', ...end]],
  ])('%s', async (_name, connection, target, serverPassword, ended, hooks) => {
    const typed = serverPassword === undefined ? {} : { serverPassword };
    const result = await play({ connection, store, target, ...typed });
    expect(result.simulation.ended).toBe(ended);
    expect(hooksOf(result)).toEqual(hooks);
  }); // prettier-ignore

  test('asks the store again when the scenario says so, with its current cookie', async () => {
    const again = { get_password_list: [{ passwords: ['old'] }, { passwords: ['new'] }] };
    const result = await play({
      connection: 'telnet',
      store: again,
      target: { passwords: ['new'] },
      passwordRequests: 2,
    });
    expect(hooksOf(result)).toEqual(['get_password_list', 'get_password_list', ...done]);
    expect(result.simulation.ended).toBe('closed');
  });

  test('without a target takes everything, a missing password too', async () => {
    const result = await play({ connection: 'ssh-gateway', store: {} });
    expect(result.simulation.ended).toBe('closed');
  });

  test('with a store but no gateway user warns', async () => {
    expect(codesOf(await play({ connection: 'ssh', store: {} }))).toEqual(['warning GATEWAY_AUTHENTICATION_MISSING']);
  });

  test('needs a usermapping policy for another name', async () => {
    const result = await play({ connection: 'ssh-gateway', aa: {}, usermapping: false });
    expect(result.simulation.ended).toBe('denied');
    expect(codesOf(result)).toEqual(['error USERMAPPING_MISSING']);
    const same = await play({
      connection: { base: 'ssh-gateway', server_username: 'gatewayuser' },
      aa: {},
      usermapping: false,
    });
    expect(same.simulation.ended).toBe('closed');
  });
});

describe('RDP', () => {
  test('with several proxy sessions has several sequences of hooks, with cookies of their own', async () => {
    const result = await play({
      connection: 'rdp-gateway',
      proxySessions: 2,
      aa: {},
      store: { get_password_list: [secret] },
    });
    expect(hooksOf(result)).toEqual([
      'authenticate', 'authorize', 'session_ended',
      'authenticate', 'authorize', 'get_password_list', 'authentication_completed', 'session_ended', 'session_ended',
    ]); // prettier-ignore
    expect(result.simulation.steps.map(({ n, proxySession }) => [n, proxySession])).toEqual([
      [1, 1], [2, 1], [3, 1], [4, 2], [5, 2], [6, 2], [7, 2], [8, 2], [9, 2],
    ]); // prettier-ignore
    expect(result.simulation.steps[3]?.cookie.before).toEqual({});
  });

  test('asks for credentials of applications, and for codes, once connected', async () => {
    const result = await play({ connection: 'rdp-gateway', store: {}, remoteApps: [{ asset: 'db' }], totpCodes: 1 });
    expect(hooksOf(result)).toEqual([
      'get_password_list', 'authentication_completed', 'get_remote_app_credentials', 'get_totp_codes', 'session_ended',
    ]); // prettier-ignore
    expect(result.simulation.steps[2]?.kwargs).toMatchObject({ asset: 'db', connection_name: 'example' });
  });

  test('takes the domain from the login name, and its fields as answers', async () => {
    const { simulation } = await play({ connection: 'rdp', login: 'ACME\\otp~1%root', aa: {} });
    expect(simulation.steps[0]?.kwargs).toMatchObject({
      server_domain: 'ACME',
      server_username: 'root',
      key_value_pairs: { username: 'gatewayuser', otp: '1' },
    });
  });
});

describe('chaos', () => {
  const store = { get_password_list: [{ ...secret, cookie: { id: 7 } }] };
  test.each([
    ['timeout@get_password_list', 'timed-out', {}],
    ['crash@get_password_list', 'plugin-error', {}],
    ['lose-cookie@authentication_completed', 'closed', {}],
    ['slow@get_password_list:10ms', 'closed', { id: 7 }],
  ])('%s ends %s', async (chaos, ended, cookie) => {
    const { simulation } = await play({ connection: 'telnet', store }, { chaos });
    expect(simulation.ended).toBe(ended);
    const last = simulation.steps.at(-1);
    expect(last?.hook).toBe('session_ended');
    expect(last?.cookie.before['id']).toBe((cookie as { id?: number }).id);
  });

  test('a hook slowed down beyond its time is a timeout', async () => {
    // Of ten minutes it has five, which nobody waits for here.
    vi.mocked(sleep).mockResolvedValueOnce(undefined);
    const { simulation } = await play({ connection: 'telnet', store }, { chaos: 'slow@get_password_list:6m' });
    expect(sleep).toHaveBeenCalledWith(300_000, undefined, expect.anything());
    expect(simulation.ended).toBe('timed-out');
  });
});

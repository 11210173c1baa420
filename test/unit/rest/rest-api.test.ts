import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../src/base/json.ts';
import { Accounts } from '../../../src/rest/access/accounts.ts';
import { hashPassword } from '../../../src/rest/access/hash-password.ts';
import { LoginThrottle } from '../../../src/rest/access/login-throttle.ts';
import { Sessions } from '../../../src/rest/access/sessions.ts';
import type { RestState } from '../../../src/rest/call.ts';
import { type RestAnswer, RestApi } from '../../../src/rest/rest-api.ts';
import { closeTransaction } from '../../../src/rest/stage.ts';
import type { Compat } from '../../../src/sps/policies/links/compat.ts';
import { createEndpointTree } from '../../../src/sps/policies/links/create-endpoint-tree.ts';
import { runs } from '../../thorough.ts';
import { MemoryStore } from './memory-store.ts';

const passwordHash = await hashPassword('secret');
/** Shared: a password that was right before is recognised at once. */
const accounts = new Accounts([{ name: 'admin', privileges: [{ path: '/api', access: 'write' }], passwordHash }]);
const lists = '/api/configuration/policies/userlists';

/** The API without a connection, a disk or a clock. */
class Tried {
  readonly store = new MemoryStore();
  readonly defects: unknown[] = [];
  readonly #api: RestApi;
  nowMs = 1_000_000;

  constructor(compat: Compat) {
    let number = 0;
    const nowMs = (): number => this.nowMs;
    const state: RestState = {
      profile: { compat, release: { api: '1.9', spsVersion: '9.0.0' } },
      store: this.store,
      tree: createEndpointTree(compat),
      sessions: new Sessions({ sessionIdleMs: 1_200_000, transactionIdleMs: 600_000 }, nowMs, (session) => {
        closeTransaction(state, session);
      }),
      accounts,
      throttle: new LoginThrottle(nowMs, () => Promise.resolve()),
      isSecure: true,
      uploads: { last: Promise.resolve() },
      onLock: () => undefined,
      changes: {
        hasVersionLimits: compat === 'current',
        dropUnknownMembers: false,
        newKey: () => `key-${(number += 1)}`,
        nowMs,
        warn: () => undefined,
      },
    };
    this.#api = new RestApi(state, (_, defect) => this.defects.push(defect));
  }

  async send(
    method: string,
    target: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<RestAnswer> {
    const bytes =
      typeof body === 'string' ? Buffer.from(body) : Buffer.from(body === undefined ? '' : JSON.stringify(body));
    return this.#api.respond({ method, target, headers, hasLength: true, readBody: () => Promise.resolve(bytes) });
  }

  /** The headers of a new session. */
  async logIn(): Promise<Record<string, string>> {
    const { headers } = await this.send('GET', '/api/authentication', undefined, {
      authorization: `Basic ${Buffer.from('admin:secret').toString('base64')}`,
    });
    return { cookie: (headers['Set-Cookie'] ?? '').split(';')[0] ?? '' };
  }
}

type Step =
  | { kind: 'open'; session: number }
  | { kind: 'commit'; session: number }
  | { kind: 'roll back'; session: number }
  | { kind: 'create'; session: number; name: string }
  | { kind: 'replace'; session: number; name: string; to: string }
  | { kind: 'delete'; session: number; name: string };

const names = ['a', 'b', 'c', 'd'];
const session = fc.constantFrom(0, 1);
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constantFrom('open', 'commit', 'roll back'), session }),
  fc.record({ kind: fc.constant('create'), session, name: fc.constantFrom(...names) }),
  fc.record({
    kind: fc.constantFrom('replace', 'delete'),
    session,
    name: fc.constantFrom(...names),
    to: fc.constantFrom(...names),
  }),
);

/** What a simple model of transactions says: names in their order, for each session and committed. */
class Model {
  committed: string[] = [];
  readonly open: (string[] | undefined)[] = [undefined, undefined];

  /** Whether the step succeeds. */
  apply(each: Step): boolean {
    const { session: who } = each;
    const own = this.open[who];
    switch (each.kind) {
      case 'open':
        if (own === undefined && this.open[1 - who] !== undefined) return false;
        this.open[who] = own ?? [...this.committed];
        return true;
      case 'commit':
        if (own === undefined) return false;
        this.committed = own;
        this.open[who] = undefined;
        return true;
      case 'roll back':
        this.open[who] = undefined;
        return true;
      case 'create':
        if (own === undefined || own.includes(each.name)) return false;
        own.push(each.name);
        return true;
      case 'replace': {
        const at = own?.indexOf(each.name) ?? -1;
        if (own === undefined || at < 0 || (each.to !== each.name && own.includes(each.to))) return false;
        own[at] = each.to;
        return true;
      }
      case 'delete': {
        const at = own?.indexOf(each.name) ?? -1;
        if (own === undefined || at < 0) return false;
        own.splice(at, 1);
        return true;
      }
    }
  }
}

async function perform(tried: Tried, sessions: Record<string, string>[], each: Step): Promise<RestAnswer> {
  const headers = sessions[each.session] ?? {};
  if (each.kind === 'open') return tried.send('POST', '/api/transaction', '', headers);
  if (each.kind === 'commit') return tried.send('PUT', '/api/transaction', { status: 'commit' }, headers);
  if (each.kind === 'roll back') return tried.send('DELETE', '/api/transaction', undefined, headers);
  if (each.kind === 'create') return tried.send('POST', lists, { name: each.name }, headers);
  const key = (await namesSeen(tried, headers)).find(([, name]) => name === each.name)?.[0] ?? 'missing';
  if (each.kind === 'delete') return tried.send('DELETE', `${lists}/${key}`, undefined, headers);
  return tried.send('PUT', `${lists}/${key}`, { name: each.to }, headers);
}

async function namesSeen(tried: Tried, headers: Record<string, string>): Promise<[key: string, name: string][]> {
  const { body } = await tried.send('GET', lists, undefined, headers);
  const keys = (body['items'] as JsonObject[]).map(({ key }) => key as string);
  return Promise.all(
    keys.map(async (key): Promise<[string, string]> => {
      const { body: got } = await tried.send('GET', `${lists}/${key}`, undefined, headers);
      return [key, (got['body'] as { name: string }).name];
    }),
  );
}

test('random requests of two sessions leave what a model of transactions says', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 14 }), async (steps) => {
      const tried = new Tried('classic');
      const sessions = [await tried.logIn(), await tried.logIn()];
      const model = new Model();
      for (const each of steps) {
        const isExpected = model.apply(each);
        const { status, body } = await perform(tried, sessions, each);
        expect({ each, isTaken: status < 300, body }).toMatchObject({ each, isTaken: isExpected });
      }
      for (const [who, headers] of sessions.entries()) {
        const seen = await namesSeen(tried, headers);
        expect(seen.map(([, name]) => name)).toEqual(model.open[who] ?? model.committed);
      }
      expect(tried.defects).toEqual([]);
    }),
    { numRuns: runs(10_000) },
  );
});

const segment = fc.oneof(
  fc.constantFrom(
    'api',
    'configuration',
    'policies',
    'ssh',
    'connections',
    '@order',
    'plugins',
    'aa',
    'transaction',
    'changes',
  ),
  fc.constantFrom('..', '%2e', '%', '%00', '{key}', '__proto__', 'constructor', 'usermapping', '-20100', '', 'é'),
  fc.string({ maxLength: 8 }),
);
const request = fc.record({
  method: fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'HEAD', 'OPTIONS', 'PATCH', ''),
  path: fc.array(segment, { maxLength: 6 }),
  body: fc.oneof(fc.json(), fc.string(), fc.constant('{"body":{"name":"x"}}'), fc.constant('{"order":[1]}')),
  isKnown: fc.boolean(),
});

test.each(['classic', 'current'] as const)('no request is a defect of the server in %s', async (compat) => {
  const tried = new Tried(compat);
  const known = await tried.logIn();
  await fc.assert(
    fc.asyncProperty(request, async ({ method, path, body, isKnown }) => {
      const { status, body: answer } = await tried.send(method, `/${path.join('/')}`, body, isKnown ? known : {});
      expect(tried.defects).toEqual([]);
      expect(status).toBeLessThan(500);
      expect(answer['meta']).toBeInstanceOf(Object);
      if (status >= 400)
        expect(answer['error']).toMatchObject({ type: expect.any(String), message: expect.any(String) });
    }),
    { numRuns: runs(10_000) },
  );
});

describe('a session', () => {
  test('lasts 20 minutes from its last request, with a transaction ten, and says how long', async () => {
    const tried = new Tried('classic');
    const headers = await tried.logIn();
    const left = async (): Promise<unknown> =>
      ((await tried.send('GET', '/api/configuration', undefined, headers)).body['meta'] as JsonObject)[
        'remaining_seconds'
      ];
    tried.nowMs += 1_199_000;
    expect(await left()).toBe(1200);
    await tried.send('POST', '/api/transaction', '', headers);
    expect(await left()).toBe(600);
    tried.nowMs += 600_000;
    expect((await tried.send('GET', '/api/transaction', undefined, headers)).status).toBe(401);
  });

  test('of a browser needs the token in current', async () => {
    const tried = new Tried('current');
    const headers = { ...(await tried.logIn()), 'user-agent': 'Mozilla/5.0' };
    expect((await tried.send('POST', lists, { name: 'x' }, headers)).status).toBe(403);
    const { body } = await tried.send('GET', '/api/user_info', undefined, headers);
    const token = body['token'] as string;
    expect((await tried.send('POST', lists, { name: 'x' }, { ...headers, 'x-token': token })).status).toBe(201);
  });
});

test('a failed login waits after five of them, and sixteen at most wait', async () => {
  let paused = 0;
  const { promise, resolve } = Promise.withResolvers<undefined>();
  const throttle = new LoginThrottle(
    () => 0,
    () => {
      paused += 1;
      return promise;
    },
  );
  for (let attempt = 0; attempt < 5; attempt += 1) expect(await throttle.delayFailure('admin')).toBe(true);
  const waiting = Array.from({ length: 16 }, () => throttle.delayFailure('admin'));
  expect(await throttle.delayFailure('admin')).toBe(false);
  expect(await throttle.delayFailure('another')).toBe(true);
  expect(paused).toBe(1); // one at a time
  resolve(undefined);
  expect(await Promise.all(waiting)).toEqual(Array(16).fill(true));
  expect(paused).toBe(16);
});

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../src/base/json.ts';
import { packSample } from './pack-sample.ts';
import type { RestClient, RestReply } from './rest-client.ts';
import { Served } from './served.ts';

const configuration = '/api/configuration';
const links = ['parent', 'first', 'last', 'previous', 'next', 'transaction', 'order', 'changes'];
/** What links lead to and a GET does not show. Source: SPS REST API 3.1, 4.5, 7.2, 9.7. */
const refusals: Record<string, number> = {
  '/api/authentication': 401,
  '/api/plugin/integrity': 400, // which plugin?
  '/api/upload/plugins': 405,
  [`${configuration}/passwords`]: 405,
  [`${configuration}/private_keys`]: 405,
  [`${configuration}/plugins/ticketing`]: 404,
};

/** Something of every kind, some of it committed and some staged. */
async function fill(client: RestClient): Promise<void> {
  await client.send('POST', '/api/transaction');
  const policies = `${configuration}/policies`;
  const aa = await client.create('/api/upload/plugins', await packSample('otp'));
  const vault = await client.create('/api/upload/plugins', await packSample('vault'));
  const instance = await client.create(`${policies}/aa_plugin_instances`, { name: 'mfa', plugin: aa });
  const names = { plugin: vault, configuration: '' };
  await client.create(`${policies}/credentialstores`, {
    name: 'vault',
    type: { selection: 'external_plugin', ...names },
  });
  const entries = [{ host: '10.0.0.5', user: 'root', passwords: [{ plain: 'one' }, { plain: 'two' }] }];
  const local = await client.create(`${policies}/credentialstores`, {
    name: 'local',
    type: { selection: 'local', entries },
  });
  const mapping = await client.create(`${policies}/usermapping`, {
    name: 'dba-mapping',
    mappings: [{ remote_user: 'oracle', allowed_groups: ['dba'] }],
  });
  await client.create(`${policies}/userlists`, { name: 'people' });
  await client.create(`${policies}/userlists`, { name: 'others', allow: 'all_users', except: ['root'] });
  await client.create(`${policies}/ldap_servers`, { name: 'ad', schema: { selection: 'ad' } });
  await client.create(`${policies}/trusted_ca_lists`, { name: 'corp', authorities: [] });
  for (const protocol of ['http', 'ica', 'rdp', 'ssh', 'telnet', 'vnc']) {
    for (const name of ['one', 'two', 'three']) {
      await client.create(`${configuration}/${protocol}/connections`, { name, network: { ports: [22] } });
    }
  }
  await client.send('PUT', '/api/transaction');
  await client.send('POST', '/api/transaction');
  await client.create(`${configuration}/ssh/connections`, {
    name: 'ssh-lab',
    network: { ports: [22] },
    policies: { aa_plugin: instance, credential_store: local, usermapping_policy: mapping },
  });
}

/** Every address that an answer names, wherever it stands. */
function hrefsOf(value: unknown, name = ''): string[] {
  if (typeof value === 'string') return [...links, 'href', 'url'].includes(name) ? [value] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) => hrefsOf(each, key));
}

/** Follows every link from `/api` on. */
async function walk(client: RestClient): Promise<Map<string, RestReply>> {
  const found = new Map<string, RestReply>();
  const waiting = ['/api'];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (found.has(path)) continue;
    const reply = await client.send('GET', path);
    found.set(path, reply);
    waiting.push(...hrefsOf(reply.body));
  }
  return found;
}

function membersOf(value: unknown): string[] {
  return Object.keys(value as object).sort();
}

describe.each(['classic', 'current'] as const)('from /api on in %s', (compat) => {
  let served: Served;
  let found: Map<string, RestReply>;
  const shown = (): [path: string, body: JsonObject, meta: Record<string, string | null>][] =>
    [...found].flatMap(([path, { status, body }]) =>
      status === 200 ? [[path, body, body['meta'] as Record<string, string | null>]] : [],
    );

  beforeAll(async () => {
    served = await Served.start({ compat });
    using client = await served.loggedIn();
    await fill(client);
    found = await walk(client);
  });

  afterAll(async () => {
    await served[Symbol.asyncDispose]();
  });

  test('every link answers, under the address that it leads to', () => {
    expect(found.size).toBeGreaterThan(120);
    for (const [path, { status, body }] of found) {
      expect([path, status]).toEqual([path, refusals[path] ?? 200]);
      expect(body['meta']).toMatchObject({ href: path });
    }
    const refused = Object.keys(refusals).filter((path) => compat === 'current' || !path.startsWith('/api/plugin'));
    expect([...found.keys()]).toEqual(expect.arrayContaining(refused));
  });

  test('what is listed has its key, and the address of the list as its parent', () => {
    for (const [path, body] of shown()) {
      for (const item of (body['items'] ?? []) as JsonObject[]) {
        const { href } = item['meta'] as { href: string };
        const target = found.get(href);
        expect(target?.body['meta']).toMatchObject({ parent: href === configuration ? null : path });
        if (target?.body['key'] !== undefined) expect([href, item['key']]).toEqual([href, keyOf(target.body)]);
        const isObject = path.startsWith(configuration) && target?.status === 200 && target.body['items'] === undefined;
        const isWhole = compat === 'current' && isObject && path !== `${configuration}/management`;
        expect([href, membersOf(item)]).toEqual([href, isWhole ? ['body', 'key', 'meta'] : ['key', 'meta']]);
        if (isWhole) expect(item['body']).toEqual(target.body['body']);
      }
    }
  });

  test('siblings name the same first and last, and lead to each other', () => {
    for (const [path, , { parent, first, last, previous, next }] of shown()) {
      if (first === undefined) continue;
      const of = (href: string | null | undefined): Record<string, unknown> | undefined => {
        const reply = found.get(href ?? '');
        return reply?.status === 200 ? (reply.body['meta'] as Record<string, unknown>) : undefined;
      };
      if (parent === null) expect([path, first, last]).toEqual([configuration, configuration, configuration]);
      for (const other of [first, last, previous, next]) {
        const meta = of(other);
        if (meta !== undefined) expect([path, meta]).toEqual([path, expect.objectContaining({ parent, first, last })]);
      }
      if (of(previous) !== undefined) expect(of(previous)).toMatchObject({ next: path });
      if (of(next) !== undefined) expect(of(next)).toMatchObject({ previous: path });
      const isBeside = /\/(aa_plugin_instances|archive_cleanup_policies)$/.test(path);
      expect([path, previous === null]).toEqual([path, isBeside || first === path]);
      expect([path, next === null]).toEqual([path, isBeside || last === path]);
      expect([path, Object.keys(of(path) ?? {}).includes('order')]).toEqual([path, /\/connections$/.test(path)]);
    }
  });

  test('every answer has the members of its sample', () => {
    const plugin = ['api', 'description', 'name', 'path', ...(compat === 'current' ? limits : []), 'version'];
    for (const [path, body, meta] of shown()) {
      expect(meta['remaining_seconds']).toBeGreaterThan(0);
      const [kind, inner] = sampleOf(path, plugin);
      if (kind !== undefined) expect([path, membersOf(body)]).toEqual([path, kind]);
      if (inner !== undefined) expect([path, membersOf(body['body'])]).toEqual([path, inner]);
      if (path.startsWith(configuration) && !path.endsWith('/@order')) {
        expect(membersOf(meta)).toEqual(expect.arrayContaining(['first', 'last', 'next', 'previous', 'transaction']));
      }
    }
  });
});

/** That of `/api/info` is another word. */
function keyOf({ key }: JsonObject): unknown {
  return key === 'about_info' ? 'info' : key;
}

const limits = ['scb_max_version', 'scb_min_version'];
const object = ['body', 'key', 'meta'];
const list = ['items', 'meta'];

/** Members of an answer and of its body. Source: the samples of SPS REST API 3.2, 3.5, 3.6, 6.1, 6.6, 7.1, 8 and 9. */
function sampleOf(path: string, plugin: string[]): [answer: string[] | undefined, body: string[] | undefined] {
  const info = ['analytics_enabled', 'build_date', 'config_hash', 'domainname', 'firmware_version', 'hostname'];
  const samples: [pattern: RegExp, answer: string[], body?: string[]][] = [
    [/^\/api$/, list],
    [/login_methods$/, ['login_methods', 'meta']],
    [/authentication\/types$/, ['meta', 'types']],
    [/^\/api\/info$/, object, [...info, 'nickname', 'plugin_sdk_version', 'roles', 'support_link', 'version']],
    [/user_info$/, ['body', 'endpoints', 'login_method', 'meta', 'token', 'user'], ['login_method', 'token', 'user']],
    [/\/transaction$/, ['body', 'key', 'meta', 'transaction'], ['commit_message', 'status']],
    [/\/changes$/, ['changes', 'meta']],
    [/\/@order$/, ['meta', 'order']],
    [/\/plugins\/\w+\/[^/]+$/, object, plugin],
    [/\/(passwords|private_keys)\/[^/]+$/, object, []],
    [/\/usermapping_policies\/[^/]+$/, object, ['allow_other_remote_users_without_mapping', 'mappings', 'name']],
    [/\/aa_plugin_instances\/[^/]+$/, object, ['configuration', 'name', 'plugin']],
    [/\/credentialstores\/[^/]+$/, object, ['name', 'type']],
    [/\/userlists\/[^/]+$/, object, ['allow', 'except', 'name']],
    [/\/management\/\w+$/, object],
    [/\/connections\/[^/]+$/, object, ['active', 'name', 'network', 'policies']],
    [/^\/api\/configuration(\/\w+){0,2}$/, list],
  ];
  const found = samples.find(([pattern]) => pattern.test(path));
  return found === undefined ? [undefined, undefined] : [found[1], found[2]];
}

import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { openPlugin, openSession, type PluginOptions, type SessionOptions } from '../../../../src/index.ts';

const vault = path.resolve(import.meta.dirname, '../../../../sample-plugins/vault');
const loop: Record<string, unknown> = {};
loop['self'] = loop;

function usage(name: string): unknown {
  return expect.objectContaining({ code: 'USAGE', message: expect.stringMatching(new RegExp(`^${name}: expected `)) });
}

describe('a parameter of the wrong type is a misuse that names it', () => {
  test.each([
    ['stateDir', { stateDir: {} }],
    ['python', { python: null }],
    ['config', { config: 5 }],
    ['proxyTimeoutMs', { proxyTimeoutMs: '5s' }],
    ['processes', { processes: 'hot' }],
    ['services', { services: [] }],
    ['api', { api: 1.9 }],
    ['spsVersion', { spsVersion: {} }],
    ['options', null],
    ['options', 'stateDir'],
  ])('of openPlugin: %s', async (name, options) => {
    await expect(openPlugin(vault, options as unknown as PluginOptions)).rejects.toEqual(usage(name));
  });

  test('of openPlugin: path', async () => {
    await expect(openPlugin(undefined as unknown as string)).rejects.toEqual(usage('path'));
  });

  test.each([
    ['connection', { connection: null }],
    ['connection', { connection: 1.5 }],
    ['connection', { connection: { toString: 1 } }],
    ['cookie', { cookie: [] }],
    ['cookie', { cookie: { at: 1n } }],
    ['sessionCookie', { sessionCookie: 'x' }],
    ['signal', { signal: {} }],
    ['options', 5],
  ])('of a call: %s', async (name, options) => {
    await using plugin = await openPlugin(vault, { processes: 'cold' });
    await expect(plugin.call('get_password_list', {}, options as never)).rejects.toEqual(usage(name));
  });

  test.each([null, 'x', [], { at: 1n }, { call: () => 1 }, { number: NaN }, loop])(
    'of a call: kwargs %#',
    async (kwargs) => {
      await using plugin = await openPlugin(vault, { processes: 'cold' });
      await expect(plugin.call('get_password_list', kwargs as never)).rejects.toEqual(usage('kwargs'));
    },
  );

  test.each([
    ['aa', { aa: 5 }],
    ['connection', { credentialstore: vault, connection: 5 }],
    ['store', { credentialstore: vault, store: 'name' }],
    ['store.name', { credentialstore: vault, store: {} }],
    ['store.stateDir', { credentialstore: vault, store: { name: 'x', stateDir: 5 } }],
  ])('of openSession: %s', async (name, options) => {
    await expect(openSession(options as unknown as SessionOptions)).rejects.toEqual(usage(name));
  });

  test('of openSession: a plugin that openPlugin did not open', async () => {
    const strange = { type: 'credentialstore', name: 'x' };
    await expect(openSession({ credentialstore: strange as never })).rejects.toMatchObject({ code: 'USAGE' });
  });

  test('of a call in a session: plugin, signal', async () => {
    await using plugin = await openPlugin(vault, { processes: 'cold' });
    await using session = await openSession({ credentialstore: plugin });
    await expect(session.call('get_password_list', {}, { plugin: 'bb' as never })).rejects.toEqual(usage('plugin'));
    await expect(session.call('get_password_list', {}, { signal: 1 as never })).rejects.toEqual(usage('signal'));
  });
});

test('what is undefined is as good as absent', async () => {
  await using plugin = await openPlugin(vault, { processes: 'cold', python: undefined, config: undefined } as never);
  expect(plugin.type).toBe('credentialstore');
});

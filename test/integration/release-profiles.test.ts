import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { openPlugin, openSession } from '../../src/index.ts';
import { makeFolder, problemsOf, python, runHost, runCommand } from './fixture.ts';

interface Plugin {
  type: 'aa' | 'credentialstore';
  api: string;
  /** Lines of the class body. */
  body: string[];
}

function write({ type, api, body }: Plugin): string {
  const folder = makeFolder();
  const manifest = [`api: "${api}"`, `type: ${type}`, 'name: Test', 'description: A test', 'version: 1.0.0'];
  writeFileSync(path.join(folder, 'MANIFEST'), [...manifest, 'entry_point: main.py', ''].join('\n'));
  const lines = ['#!/usr/bin/env pluginwrapper3', 'class Plugin:', ...body.map((line) => `    ${line}`), ''];
  writeFileSync(path.join(folder, 'main.py'), lines.join('\n'));
  return folder;
}

const takesAll = (hook: string): string[] => [`def ${hook}(self, **kwargs):`, '    return {"cookie": {}}'];

async function received(type: Plugin['type'], hook: string, api: string): Promise<string[]> {
  await using plugin = await openPlugin(write({ type, api: '1.0', body: takesAll(hook) }), { python, api });
  return Object.keys((await plugin.call(hook)).kwargs).sort();
}

describe.concurrent('an appliance of API', () => {
  test.each([
    { api: '1.0', type: 'aa', hook: 'authenticate', count: 11 },
    { api: '1.4', type: 'aa', hook: 'authenticate', count: 11 },
    { api: '1.5', type: 'aa', hook: 'authenticate', count: 14 },
    { api: '1.4', type: 'aa', hook: 'authorize', count: 15 },
    { api: '1.9', type: 'aa', hook: 'authorize', count: 21 },
    { api: '1.4', type: 'credentialstore', hook: 'get_password_list', count: 13 },
    { api: '1.5', type: 'credentialstore', hook: 'get_password_list', count: 19 },
    { api: '1.7', type: 'credentialstore', hook: 'get_remote_app_credentials', count: 21 },
    { api: '1.9', type: 'credentialstore', hook: 'get_totp_codes', count: 19 },
  ] as const)('$api passes $count arguments to $hook', async ({ api, type, hook, count }) => {
    const names = await received(type, hook, api);
    expect(names).toHaveLength(count);
    const newer = names.filter((name) => name.startsWith('server_') || name === 'client_hostname');
    expect(newer.length > 0).toBe(!['1.0', '1.4'].includes(api));
    expect(names).toContain('target_username');
  });

  test.each([
    { api: '1.6', hook: 'get_remote_app_credentials', since: '1.7' },
    { api: '1.8', hook: 'get_totp_codes', since: '1.9' },
  ])('$api never calls $hook', async ({ api, hook, since }) => {
    const folder = write({ type: 'credentialstore', api: '1.0', body: takesAll(hook) });
    const refusal = {
      code: 'HOOK_UNKNOWN',
      message: `${hook} came with API ${since}; an appliance of API ${api} never calls it`,
      hint: `Emulate a release that does, with --api ${since} or newer.`,
    };
    await using plugin = await openPlugin(folder, { python, api });
    await expect(plugin.call(hook)).rejects.toMatchObject(refusal);
    await using session = await openSession({ credentialstore: plugin });
    await expect(session.call(hook)).rejects.toMatchObject(refusal);
    for (const args of [
      ['invoke', hook, '-p', folder, '--python', python],
      ['kwargs', hook],
      ['kwargs', hook, '--type', 'credentialstore'],
    ]) {
      const { json, exitCode } = await runHost<{ error: object }>(...args, '--api', api);
      expect({ exitCode, error: json.error }, args[0]).toEqual({ exitCode: 2, error: refusal });
    }
    const { json } = await runHost('invoke', hook, '-p', folder, '--python', python, '--api', api, '--force');
    expect(problemsOf(json)).toEqual(['warning HOOK_TOO_NEW']);
  });

  test('1.4 has no deprecated names, since it has no other ones', async () => {
    const list = async (api: string) => (await runCommand(['hooks', 'credentialstore', '--api', api])).stdout;
    expect(await list('1.4')).not.toContain('deprecated');
    expect(await list('1.5')).toContain('target_host       str    deprecated: use server_ip');
  });
});

describe('check tells', () => {
  const own = [
    'def get_private_key_list(self): pass',
    'def get_password_list(self, target_host, server_ip, server_port=22): pass',
    'def authentication_completed(self): pass',
    'def session_ended(self): pass',
    'def get_totp_codes(self): pass',
  ];

  test('what the plugin asks for and the emulated release does not give', async () => {
    const folder = write({ type: 'credentialstore', api: '1.0', body: own });
    const { json, exitCode } = await runHost('check', folder, '--python', python, '--api', '1.4');
    expect(exitCode).toBe(0);
    expect(json.problems).toEqual([
      {
        level: 'warning',
        code: 'HOOK_UNKNOWN_ARGUMENT',
        message:
          'main.py:4: get_password_list declares server_ip, which SPS passes since API 1.5 and not yet in 1.4; it gets None',
        hint: 'Ask for `api: "1.5"` in the MANIFEST, or give the argument a default.',
        file: 'main.py',
        line: 4,
      },
      expect.objectContaining({
        code: 'HOOK_UNKNOWN_ARGUMENT',
        message:
          'main.py:4: get_password_list declares server_port, which SPS passes since API 1.5 and not yet in 1.4; it keeps its default',
      }),
      expect.objectContaining({
        code: 'HOOK_TOO_NEW',
        message: 'main.py:7: get_totp_codes came with API 1.9; an appliance of API 1.4 never calls it',
      }),
    ]);
  });

  test('in one line of text that the appliance has another Python', async () => {
    const folder = write({ type: 'credentialstore', api: '1.0', body: own.slice(0, 4) });
    const check = async (api: string) => (await runCommand(['check', folder, '--python', python, '--api', api])).stdout;
    // 3.6 is too old for the host, so every interpreter differs from it.
    expect(await check('1.6')).toMatch(/^ {2}note: Python 3\.\d+ here, 3\.6 on an appliance of API 1\.6$/m);
    expect(await check('1.99')).not.toContain('note:');
  });

  test('an SDK that the emulated release does not have', async () => {
    const folder = write({
      type: 'aa',
      api: '1.0',
      body: ['def authenticate(self): pass', 'def session_ended(self): pass'],
    });
    // Stands in for the SDK: only its version counts.
    const sdk = [
      'import sys, types',
      'sdk = types.ModuleType("safeguard.sessions.plugin")',
      'sdk.__version__ = "1.6.0"',
    ];
    const lines = ['#!/usr/bin/env pluginwrapper3', ...sdk, 'sys.modules[sdk.__name__] = sdk', 'class Plugin:'];
    const body = [
      '    def authenticate(self): return {}',
      '    def authorize(self): return {}',
      '    def session_ended(self): pass',
      '',
    ];
    writeFileSync(path.join(folder, 'main.py'), [...lines, ...body].join('\n'));
    const check = async (api: string) => (await runHost('check', folder, '--python', python, '--api', api)).json;
    expect((await check('1.6')).problems).toEqual([]);
    expect((await check('1.4')).problems).toEqual([
      {
        level: 'warning',
        code: 'SDK_DIFFERS',
        message: 'main.py: runs on SDK 1.6.0 here; an appliance of API 1.4 has SDK 1.4',
        hint: 'Try it on its own SDK (`plugin-host python install --sdk 1.4.4`), or emulate the release of this one with --api 1.6.',
        file: 'main.py',
        line: null,
      },
    ]);
  });
});

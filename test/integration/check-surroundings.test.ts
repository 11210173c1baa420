import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { PackReport } from '../../src/sps/authoring/pack/pack-plugin.ts';
import type { CheckReport } from '../../src/sps/check/check-plugin.ts';
import { configure, sdkPython, withSdk } from './configured-fixture.ts';
import { fixture, languages, makeFolder, python, runHost } from './fixture.ts';

const appliance = `environment: {REALM: acme}
services: {hosts: {10.0.0.5: [db.acme.test]}}
files: {/etc/box-name: data/box-name}
`;

async function check(folder: string, ...more: string[]): Promise<CheckReport> {
  return (await runHost<CheckReport>('check', folder, '--python', python, ...more)).json;
}

describe.each(languages)('a %s plugin that needs the appliance while it is imported', (language) => {
  test('passes check and pack, with plugin-host.yaml, and nothing of it stays', async () => {
    const folder = configure('reads-appliance-at-import', language, appliance);
    mkdirSync(path.join(folder, 'data'));
    writeFileSync(path.join(folder, 'data/box-name'), 'scb');
    const state = path.join(makeFolder(), 'state');
    expect(await check(folder, '--state', state)).toMatchObject({ ok: true, problems: [] });
    const more = ['-o', path.join(makeFolder(), 'out.zip'), '--state', state];
    expect((await runHost<PackReport>('pack', folder, '--python', python, ...more)).json).toMatchObject({ ok: true });
    expect(existsSync(state)).toBe(false);
    const { json } = await runHost('invoke', 'authenticate', '-p', folder, '--python', python, '--state', state);
    expect(json.verdict).toBe('ACCEPT');
  });

  test('is told what is injected there', async () => {
    const folder = configure('hook-is-lacking', language, 'faults: {clock: +1h}\n');
    expect((await check(folder)).problems[0]).toMatchObject({ level: 'warning', code: 'FAULT_INJECTED', file: null });
  });
});

const found = ['get_private_key_list', 'get_password_list', 'authentication_completed', 'session_ended'];

describe.each(languages)('the hooks of a %s plugin that are on the instance alone', (language) => {
  test('are found with the configuration of plugin-host.yaml', async () => {
    const folder = configure('hooks-are-on-the-instance', language, 'config: "[auth]"\n');
    const { ok, hooks, problems } = await check(folder);
    expect({ ok, problems }).toEqual({ ok: true, problems: [] });
    expect(hooks).toEqual(found);
  });

  test('are taken from the source of the class where its constructor raises', async () => {
    const { hooks, problems } = await check(configure('hooks-are-on-the-instance', language));
    expect(hooks).toContain('get_password_list');
    expect(problems).toMatchObject([
      {
        code: 'HOOK_MISSING',
        message: expect.stringContaining('session_ended'),
        hint: expect.stringMatching(/it raised (?:Value)?Error: there is no \[auth\]; `config:` of plugin-host.yaml/),
      },
    ]);
  });

  test('are missed by name where the constructor ends badly, which is no failed import', async () => {
    const { hooks, problems } = await check(configure('hook-is-lacking', language));
    expect(hooks).toEqual(['authorize', 'session_ended']);
    expect(problems).toMatchObject([{ level: 'error', code: 'HOOK_MISSING' }]);
    expect(problems[0]?.hint).toMatch(
      /^Rename autenticate to authenticate\? .*it (?:raised ValueError: there is no \[auth\]|ended its process \(exit code 3\));/,
    );
  });
});

test.runIf(sdkPython !== undefined)(
  withSdk("the SDK's memory cache is imported without what it needs on an appliance"),
  async () => {
    const folder = path.dirname(fixture('sdk-caches'));
    const { json } = await runHost<CheckReport>('check', folder, '--python', sdkPython ?? '');
    expect(json).toMatchObject({ ok: true, hooks: ['authenticate', 'authorize', 'session_ended'] });
  },
);

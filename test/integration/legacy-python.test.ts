import { cpSync, existsSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { type CallRecord, type JsonObject, openPlugin, type PluginOptions } from '../../src/index.ts';
import { alive, fixture, makeFolder, pidsOf, problemsOf, runHost, toldBy, waitForFile } from './fixture.ts';
import { untilTimeIsUp } from './held-clock.ts';

/** Interpreters to try, joined by colons. Jython is what Debian still has; CPython 2.7 does as well. */
const interpreters = (process.env['PLUGIN_HOST_LEGACY_PYTHONS'] ?? 'jython').split(path.delimiter).filter(Boolean);

function isThere(interpreter: string): boolean {
  const folders = interpreter.includes('/') ? [''] : (process.env['PATH'] ?? '').split(path.delimiter);
  return folders.some((folder) => existsSync(path.join(folder, interpreter)));
}

/** A copy of a fixture with a project file that names its interpreter, none when undefined. */
function place(behaviour: string, interpreter: string | undefined, projectFile = ''): string {
  const folder = makeFolder();
  cpSync(fixture(behaviour), folder, { recursive: true });
  if (interpreter !== undefined) {
    writeFileSync(path.join(folder, 'plugin-host.yaml'), `legacyPython: ${interpreter}\n${projectFile}`);
  }
  return folder;
}

interface LegacyCall extends PluginOptions {
  interpreter: string;
  hook?: string;
  kwargs?: JsonObject;
  projectFile?: string;
}

async function call(behaviour: string, legacyCall: LegacyCall): Promise<CallRecord> {
  const { interpreter, hook, kwargs, projectFile, ...options } = legacyCall;
  const folder = place(behaviour, interpreter, projectFile);
  await using plugin = await openPlugin(folder, { stateDir: makeFolder(), ...options });
  return await plugin.call(hook ?? 'get_password_list', kwargs);
}

describe('a plugin without entry_point', () => {
  test('is refused when no interpreter is named for it', async () => {
    await expect(openPlugin(place('legacy-does-as-told', undefined))).rejects.toMatchObject({ code: 'LEGACY_PYTHON' });
  });

  test('is refused with --force too: there is nothing to run it with', async () => {
    const folder = place('legacy-does-as-told', undefined);
    const { exitCode, json } = await runHost<JsonObject>('invoke', 'get_password_list', '-p', folder, '--force');
    expect({ exitCode, json }).toMatchObject({ exitCode: 1, json: { error: { code: 'LEGACY_PYTHON' } } });
  });

  test('names the interpreter that is not there', async () => {
    await expect(call('legacy-does-as-told', { interpreter: 'no-such-python2' })).rejects.toMatchObject({
      code: 'PYTHON_NOT_FOUND',
      message: 'no-such-python2: no such Python interpreter',
      hint: expect.stringContaining('legacyPython'),
    });
  });

  test('names the interpreter that does not work', async () => {
    await expect(call('legacy-does-as-told', { interpreter: '/bin/false' })).rejects.toMatchObject({
      code: 'CHILD_FAILED',
      message: '/bin/false ended (exit code 1) before it reached the plugin',
    });
  });
});

/** A Java machine takes seconds to start. */
const thorough = { tags: ['thorough'] };

const missing = interpreters.filter((interpreter) => !isThere(interpreter));
const why = (interpreter: string): string => `SKIPPED: there is no ${interpreter} (Debian: apt install jython)`;
for (const interpreter of missing) process.stderr.write(`Python 2 plugins: ${why(interpreter)}\n`);

describe.each(interpreters)('a Python 2 plugin on %s', { timeout: 120_000 }, (interpreter) => {
  const isSkipped = missing.includes(interpreter);

  describe.skipIf(isSkipped)(isSkipped ? why(interpreter) : 'is run as the others', () => {
    test('in its folder, with what it declares, by name', async () => {
      const folder = place('legacy-shows-surroundings', interpreter);
      await using plugin = await openPlugin(folder, { stateDir: makeFolder(), config: 'é\n' });
      const record = await plugin.call(
        'get_password_list',
        { server_username: 'wsmith' },
        { cookie: { step: 12345678901234567n.toString() }, sessionCookie: { shared: [1.5, null, true] } },
      );
      const { outcome, cookie, sessionCookie } = record;
      expect(outcome).toMatchObject({ kind: 'returned', phase: 'reply', log: 'printed module\nwritten\n' });
      expect(cookie.after).toEqual({
        here: [folder, folder, [path.join(folder, 'main.py')], '', []],
        given: ["u'wsmith'", 22, 'red', String.raw`u'\xe9\n'`],
        old: { step: '12345678901234567' },
      });
      expect(sessionCookie.after).toEqual({ shared: [1.5, null, true] });
      expect(Object.keys(record.kwargs).sort()).toEqual(['cookie', 'server_port', 'session_cookie', 'target_username']);
      expect({ problems: problemsOf(record), language: record.plugin.language }).toEqual({
        problems: [],
        language: 'python',
      });
      expect(readdirSync(folder).sort()).toEqual(['MANIFEST', 'bundled.py', 'main.py', 'plugin-host.yaml']);
    });

    test('with everything in **kwargs, by names that are str', thorough, async () => {
      const { cookie } = await call('legacy-shows-surroundings', { interpreter, hook: 'get_private_key_list' });
      expect(cookie.after).toMatchObject({
        names: expect.arrayContaining(['cookie', 'server_ip', 'session_id', 'target_host']),
        types: ['str'],
      });
    });

    test('with what the API of the emulated release passes', thorough, async () => {
      const options = { interpreter, hook: 'get_private_key_list', api: '1.0' };
      const { cookie } = await call('legacy-shows-surroundings', options);
      expect(cookie.after['names']).not.toEqual(expect.arrayContaining(['server_ip']));
    });

    test('without configuration when it takes none, by the signature of its decorator', thorough, async () => {
      const record = await call('legacy-constructor-takes-nothing', { interpreter });
      expect(record.outcome).toMatchObject({ kind: 'returned', value: { passwords: ['gatewayuser unknown'] } });
      expect(record.kwargs).toEqual({ server_username: 'gatewayuser' });
    });

    test('with a configuration that it cannot take', thorough, async () => {
      const { outcome } = await call('legacy-constructor-takes-nothing', { interpreter, config: 'a' });
      expect(outcome).toMatchObject({ kind: 'raised', exception: 'TypeError', phase: 'constructor' });
    });

    test('with an exception, without frames of ours', thorough, async () => {
      const { outcome } = await call('legacy-does-as-told', { interpreter, kwargs: { server_username: 'fail' } });
      expect(outcome).toMatchObject({
        kind: 'raised',
        exception: 'LookupError',
        message: 'nothing für you',
        traceback: expect.stringMatching(/^Traceback [^\n]*\n {2}File "[^"]*main\.py", line \d+, in get_password_list/),
      });
    });

    test.each([
      { what: 'exit', ending: { kind: 'crashed', exitCode: 3, signal: null, phase: 'hook' } },
      { what: 'kill', ending: { kind: 'crashed', exitCode: null, signal: 'SIGKILL', phase: 'hook' } },
      { what: 'nan', ending: { kind: 'malformed' } },
      { what: 'bytes', ending: { kind: 'malformed' } },
      { what: 'loop', ending: { kind: 'malformed' } },
    ])('to its end: $what', async ({ what, ending }) => {
      const record = await call('legacy-does-as-told', { interpreter, kwargs: { server_username: what } });
      expect(record.outcome).toMatchObject(ending);
      expect(problemsOf(record)).toEqual(ending.kind === 'malformed' ? ['error RESULT_NOT_JSON'] : []);
    });

    test('with more than a pipe holds, in both directions', thorough, async () => {
      const domain = 'ä'.repeat(300_000);
      const kwargs = { server_username: 'echo', gateway_domain: domain };
      const { cookie } = await call('legacy-does-as-told', { interpreter, kwargs });
      expect(cookie.after).toEqual({ length: 300_000, text: domain });
    });

    test('until its time is over; nothing of it is left', thorough, async () => {
      const kwargs = { server_username: 'hang' };
      const here = path.join(makeFolder(), 'here');
      const { result } = await untilTimeIsUp(
        () => call('legacy-does-as-told', { interpreter, kwargs, projectFile: toldBy(here) }),
        () => waitForFile(here),
      );
      const { outcome } = result;
      expect(outcome).toMatchObject({ kind: 'timed-out', phase: 'hook', pluginTimeoutMs: 300_000 });
      const pids = pidsOf(outcome.log);
      expect(pids).toHaveLength(3);
      expect(alive(pids)).toEqual([]);
    });

    test('never when it has no class or not the hook', thorough, async () => {
      const hook = 'session_ended';
      await expect(call('legacy-has-no-class', { interpreter })).rejects.toMatchObject({ code: 'CLASS_MISSING' });
      await expect(call('legacy-does-as-told', { interpreter, hook })).rejects.toMatchObject({ code: 'HOOK_MISSING' });
    });

    test('when it is checked', thorough, async () => {
      const folder = place('legacy-shows-surroundings', interpreter);
      interface Report {
        ok: boolean;
        hooks: string[];
        problems: (CallRecord['problems'][number] & { file: string; line: number })[];
      }
      const { json, exitCode } = await runHost<Report>('check', folder);
      expect({ exitCode, ok: json.ok, hooks: json.hooks }).toEqual({
        exitCode: 0,
        ok: true,
        hooks: ['get_private_key_list', 'get_password_list', 'authentication_completed', 'session_ended'],
      });
      expect(json.problems).toEqual(
        expect.arrayContaining([
          expect.objectContaining({ level: 'warning', code: 'LEGACY_PYTHON', file: 'MANIFEST' }),
          expect.objectContaining({ level: 'warning', code: 'HOOK_UNKNOWN_ARGUMENT', file: 'main.py', line: 11 }),
        ]),
      );
    });

    test('when it is checked and its constructor makes a hook', thorough, async () => {
      const { json } = await runHost<{ hooks: string[] }>('check', place('legacy-hooks-on-the-instance', interpreter));
      expect(json.hooks).toEqual(['authenticate', 'authorize', 'session_ended']);
    });
  });
});

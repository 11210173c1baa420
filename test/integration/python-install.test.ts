import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { fixture, makeFolder, startHost } from './fixture.ts';

const isWanted = Boolean(process.env['PLUGIN_HOST_INSTALL']);
const title = "the vendor's SDK from the package index";
const why = 'SKIPPED: set PLUGIN_HOST_INSTALL=1 to install real packages';
if (!isWanted) process.stderr.write(`${title}: ${why}\n`);

interface Installed {
  sdk: string;
  packages: Record<string, string>;
  warnings: string[];
}

describe.skipIf(!isWanted)(isWanted ? title : `${title} (${why})`, { timeout: 600_000 }, () => {
  // Apart from the user's cache, which may have these environments already.
  const env = { ...process.env, XDG_CACHE_HOME: makeFolder() };

  const start = (state: string, ...more: string[]): ReturnType<typeof startHost> =>
    startHost(['python', 'install', '--state', state, '--json', ...more], { env });

  const invoke = async (state: string, api: string): Promise<unknown> => {
    const args = ['-p', path.dirname(fixture('sdk-checks-out')), '--connection', 'ssh-gateway', '--api', api];
    const run = await startHost(['invoke', 'get_password_list', ...args, '--force', '--state', state, '--json'], {
      env,
    }).ended;
    return JSON.parse(run.stdout) as unknown;
  };

  test('1.9.1: two at once, one killed half-way; the other ends it, and a plugin runs on it', async () => {
    const state = path.join(makeFolder(), 'state');
    const first = start(state, '--sdk', '1.9.1');
    await first.said('making');
    const second = start(state, '--sdk', '1.9.1');
    await second.said('waiting for another installation that is running');
    await first.said('installing the SDK');
    first.kill('SIGKILL');
    const { exitCode, stdout, stderr } = await second.ended;
    expect(exitCode, stderr).toBe(0);
    const { packages, warnings } = JSON.parse(stdout) as Installed;
    expect(Object.keys(packages)).toEqual(
      expect.arrayContaining(['requests', 'pyOpenSSL', 'cryptography', 'PyYAML', 'invoke']),
    );
    expect(warnings).toContainEqual(expect.stringContaining('python-ldap'));
    expect(await invoke(state, '1.9')).toMatchObject({ outcome: { value: { passwords: ['***'] } } });
  });

  test('1.4.4: by whatever runs on this Python, with what is said of it', async () => {
    const state = path.join(makeFolder(), 'state');
    const { exitCode, stdout, stderr } = await start(state, '--sdk', '1.4.4').ended;
    expect(exitCode, stderr).toBe(0);
    const { sdk, warnings } = JSON.parse(stdout) as Installed;
    expect(sdk).toBe('1.4.4');
    expect(warnings).toContainEqual(expect.stringContaining('instead of'));
    expect(await invoke(state, '1.4')).toMatchObject({ outcome: { kind: 'returned' } });
  });
});

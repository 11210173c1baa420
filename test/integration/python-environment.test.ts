import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, readdirSync, readlinkSync, realpathSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { fixture, type HostRun, makeFolder, python, startHost } from './fixture.ts';
import { makeIndex } from './wheels.ts';

const env = makeIndex();

interface Report {
  sdk: string;
  python: string;
  path: string;
  packages: Record<string, string>;
  warnings: string[];
  error?: { code: string; message: string; hint: string };
}

function start(state: string, ...more: string[]): ReturnType<typeof startHost> {
  return startHost(['python', 'install', '--state', state, '--json', ...more], { env });
}

async function install(state: string, ...more: string[]): Promise<HostRun & { json: Report }> {
  const run = await start(state, ...more).ended;
  return { ...run, json: JSON.parse(run.stdout) as Report };
}

const makeState = (): string => path.join(makeFolder(), 'state');

interface Refusal {
  sdk: string;
  exitCode: number;
  code: string;
  says: string;
}

async function refuses({ sdk, exitCode, code, says }: Refusal): Promise<void> {
  const state = makeState();
  const run = await install(state, '--sdk', sdk);
  expect(run).toMatchObject({ exitCode, json: { error: { code } } });
  expect(`${run.json.error?.message ?? ''} ${run.json.error?.hint ?? ''}`).toContain(says);
  expect(existsSync(path.join(state, 'python/current'))).toBe(false);
}

/** Making a virtual environment takes seconds, many on a busy machine. */
const patience = { timeout: 600_000 };

/** pip is about to install the packages. */
async function waitForPackages(sdk: string): Promise<void> {
  const folder = path.join(env['XDG_CACHE_HOME'] ?? '', 'plugin-host/python');
  const isThere = (): boolean =>
    existsSync(folder) &&
    readdirSync(folder).some(
      (name) => name.startsWith(`sdk-${sdk}-`) && existsSync(path.join(folder, name, 'constraints.txt')),
    );
  await vi.waitUntil(isThere, { interval: 5, ...patience });
}

describe('plugin-host python install', patience, () => {
  test('installs the newest SDK with its pins; plugins of the state folder run on it from then on', async () => {
    const state = makeState();
    const { exitCode, json, stderr } = await install(state);
    expect({ exitCode, ...json }, stderr).toMatchObject({
      exitCode: 0,
      sdk: '3.1.0',
      path: expect.stringMatching(/\/plugin-host\/python\/sdk-3\.1\.0-py3\.\d+-\w{8}$/),
      python: path.join(json.path, 'bin/python'),
      packages: { requests: '2.0', pyOpenSSL: '1.0', cffi: '1.1' },
      warnings: [expect.stringContaining('python-ldap 3.4.4 has no wheel')],
    });
    const told = ['-p', fixture('tells-its-prefix'), '--state', state, '--json'];
    const call = await startHost(['invoke', 'get_password_list', ...told], { env }).ended;
    expect(JSON.parse(call.stdout)).toMatchObject({
      cookie: { after: { prefix: json.path } },
    });
    const doctor = await startHost(['doctor', '--state', state, '--json'], { env }).ended;
    const { checks } = JSON.parse(doctor.stdout) as { checks: unknown[] };
    expect(checks).toContainEqual({ name: 'SDK', status: 'ok', message: '3.1.0', hint: '' });

    // Another folder gets the same at once.
    const other = makeState();
    const again = await install(other, '--sdk', '3.1.0');
    expect(again.json).toEqual(json);
    expect(again.stderr).not.toContain('installing');
    expect([state, other].map((each) => readlinkSync(path.join(each, 'python/current')))).toEqual([
      json.path,
      json.path,
    ]);
    expect(readdirSync(path.join(other, 'python'))).toEqual(['current']);
  });

  test("the plugin's own packages go into an environment apart, where the plugin's calls find them", async () => {
    const [state, plugin] = [makeState(), makeFolder()];
    writeFileSync(path.join(plugin, 'requirements.txt'), 'requests==2.1  # the SDK pins 2.0\n');
    const { exitCode, json, stderr } = await install(state, '--requirements', '-p', plugin);
    expect({ exitCode, ...json }, stderr).toMatchObject({
      exitCode: 0,
      sdk: '3.1.0',
      path: expect.stringMatching(/sdk-3\.1\.0-py3\.\d+-\w{8}-r\w{8}$/),
      packages: { requests: '2.1', pyOpenSSL: '1.0' },
    });
    expect(readlinkSync(path.join(state, 'python/current'))).toBe(json.path);
    writeFileSync(path.join(plugin, 'requirements.txt'), 'radius-client-of-nobody\n');
    expect(await install(makeState(), '--requirements', '-p', plugin)).toMatchObject({
      exitCode: 3,
      json: { error: { code: 'DEPENDENCIES_UNINSTALLABLE' } },
    });
  });

  test(
    'where the cache is open to others, the state folder has an environment of its own',
    { tags: ['thorough'] },
    async () => {
      const caches = makeFolder();
      chmodSync(caches, 0o777);
      const state = makeState();
      const open = { ...env, XDG_CACHE_HOME: caches };
      const { exitCode, stdout } = await startHost(['python', 'install', '--state', state, '--json'], { env: open })
        .ended;
      expect(exitCode).toBe(0);
      expect((JSON.parse(stdout) as Report).path).toBe(realpathSync(path.join(state, 'python/current')));
    },
  );

  test(
    'two wait for each other, a killed one lets go, and the next goes on where it was',
    { tags: ['thorough'] },
    async () => {
      const state = makeState();
      const first = start(makeState(), '--sdk', '2.1.0');
      await waitForPackages('2.1.0');
      const second = start(state, '--sdk', '2.1.0');
      await second.said('waiting for another installation that is running');
      const impatient = start(makeState(), '--sdk', '2.1.0');
      await impatient.said('waiting for another installation that is running');
      impatient.kill('SIGINT');
      expect(await impatient.ended).toMatchObject({ exitCode: 130 });
      first.kill('SIGKILL');
      // Where a pin has no wheel or does not work, the newest is taken.
      const { exitCode, stdout, stderr } = await second.ended;
      expect(exitCode, stderr).toBe(0);
      expect(stderr).not.toContain('making');
      expect(JSON.parse(stdout)).toMatchObject({
        packages: { requests: '2.1', pyOpenSSL: '1.0', cffi: '1.1' },
        warnings: expect.arrayContaining([
          expect.stringMatching(
            /^requests 2\.1 instead of 1\.0: the pinned version does not work on this Python \(ImportError/,
          ),
          'cffi 1.1 instead of 1.0: the pinned version has no wheel for this Python',
        ]),
      });
      expect(readlinkSync(path.join(state, 'python/current'))).toMatch(/sdk-2\.1\.0-[^/]*$/);
    },
  );

  const { PLUGIN_HOST_UV: uv } = process.env;
  test.skipIf(uv === undefined)('with uv the same packages come, from the same index, and pip', async () => {
    const { PATH = '' } = process.env;
    const withUv = { ...env, XDG_CACHE_HOME: makeFolder(), PATH: `${path.dirname(uv ?? '')}:${PATH}` };
    const args = ['python', 'install', '--state', makeState(), '--sdk', '2.1.0', '--json'];
    const { exitCode, stdout, stderr } = await startHost(args, { env: withUv }).ended;
    expect(exitCode, stderr).toBe(0);
    expect(stderr).toContain(`with ${uv ?? ''}`);
    expect(stderr).not.toContain('with pip then');
    const { packages, python: made } = JSON.parse(stdout) as Report;
    expect(packages).toMatchObject({ requests: '2.1', pyOpenSSL: '1.0', cffi: '1.1' });
    expect(execFileSync(made, ['-m', 'pip', '--version'], { encoding: 'utf8' })).toMatch(/^pip /);
  });

  test.each([
    { sdk: '1.1.0', exitCode: 3, code: 'SDK_UNINSTALLABLE', says: "No module named 'imp_of_old'" },
    { sdk: '3.1.9', exitCode: 2, code: 'SDK_UNKNOWN', says: 'Did you mean 3.1.0? Versions: 1.1.0, 2.1.0, 3.1.0.' },
  ])('says of $sdk why not: $code', { tags: ['thorough'] }, refuses);

  test('says of newest why not: USAGE', () =>
    refuses({ sdk: 'newest', exitCode: 2, code: 'USAGE', says: 'Write it as 1.9.1.' }));

  test('names an index that cannot be reached as that', { tags: ['thorough'] }, async () => {
    const dead = {
      ...process.env,
      XDG_CACHE_HOME: makeFolder(),
      PIP_INDEX_URL: 'http://127.0.0.1:9/',
      PIP_RETRIES: '0',
      PIP_NO_INDEX: '0',
    };
    const run = await startHost(['python', 'install', '--state', makeState(), '--json'], { env: dead }).ended;
    expect(run.exitCode).toBe(3);
    expect(JSON.parse(run.stdout)).toMatchObject({ error: { code: 'INDEX_UNREACHABLE' } });
  });
});

describe('a Python that will not do is refused', () => {
  /** One that pretends. */
  function makePython(pretence: string): string {
    const file = path.join(makeFolder(), 'python');
    const program = `import runpy, sys; ${pretence}; sys.argv = sys.argv[1:]; runpy.run_path(sys.argv[0])`;
    writeFileSync(file, `#!/bin/sh\n[ "$1" = -B ] && shift\nexec ${python} -c '${program}' "$@"\n`);
    chmodSync(file, 0o755);
    return file;
  }

  test('without venv: with the line that mends it', async () => {
    const { exitCode, json } = await install(makeState(), '--python', makePython('sys.modules["ensurepip"] = None'));
    expect({ exitCode, ...json.error }).toMatchObject({
      exitCode: 3,
      code: 'VENV_MISSING',
      hint: expect.stringContaining('apt install python3-venv'),
    });
  });

  test('too old', async () => {
    const { exitCode, json } = await install(makeState(), '--python', makePython('sys.version_info = (3, 7, 17)'));
    expect({ exitCode, ...json.error }).toMatchObject({ exitCode: 3, code: 'PYTHON_UNSUPPORTED' });
  });

  test('none at all', async () => {
    const file = path.join(makeFolder(), 'python');
    writeFileSync(file, '#!/bin/sh\necho no Python at all\n');
    chmodSync(file, 0o755);
    const { exitCode, json } = await install(makeState(), '--python', file);
    expect({ exitCode, ...json.error }).toMatchObject({
      exitCode: 3,
      code: 'PYTHON_NOT_FOUND',
      message: expect.stringContaining('no Python at all'),
    });
  });
});

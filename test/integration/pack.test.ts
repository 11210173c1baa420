import { createHash } from 'node:crypto';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { PackReport } from '../../src/sps/authoring/pack/pack-plugin.ts';
import type { CheckReport } from '../../src/sps/check/check-plugin.ts';
import { readZip } from '../../src/sps/package/read-zip.ts';
import { makeFolder, python, runCommand, runHost, startHost } from './fixture.ts';
import { serveWheels, type Wheel } from './wheels.ts';

const sample = (name: string): string => path.resolve(import.meta.dirname, '../../sample-plugins', name);

const manifest =
  'name: Packed\ndescription: packed by tests\nversion: "1.0"\ntype: aa\napi: "1.9"\nentry_point: main.py\n';
const main = `#!/usr/bin/env pluginwrapper3
class Plugin:
    def __init__(self, configuration):
        pass

    def authenticate(self):
        return {"verdict": "ACCEPT"}

    def authorize(self):
        return {"verdict": "ACCEPT"}

    def session_ended(self):
        pass
`;

/** A folder with a plugin; the text of each further file by its name. */
function makePlugin(files: Record<string, string> = {}): string {
  const folder = path.join(makeFolder(), 'plugin');
  const all = { MANIFEST: manifest, 'main.py': main, 'default.cfg': '', ...files };
  for (const [name, text] of Object.entries(all)) {
    mkdirSync(path.join(folder, path.dirname(name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  }
  return folder;
}

async function pack(folder: string, env: NodeJS.ProcessEnv = process.env, ...more: string[]): Promise<PackReport> {
  const args = ['pack', folder, '--python', python, '--json', ...more];
  const { stdout, stderr, exitCode } = await (env === process.env ? runCommand(args) : startHost(args, { env }).ended);
  expect(stdout, stderr).toMatch(/^\{/);
  const report = JSON.parse(stdout) as PackReport;
  expect(exitCode).toBe(report.ok ? 0 : 1);
  return report;
}

/** With what plugin-host.yaml names. */
async function packWith(
  folder: string,
  env: NodeJS.ProcessEnv,
): Promise<{ json: PackReport & { error?: Record<'code' | 'hint', string> } }> {
  const { stdout } = await startHost(['pack', folder, '--json'], { env }).ended;
  return { json: JSON.parse(stdout) as PackReport };
}

async function textsIn(zip: string): Promise<Record<string, string>> {
  const content = await readZip(readFileSync(zip));
  if (Array.isArray(content)) throw new Error(JSON.stringify(content));
  return Object.fromEntries(content.files.map(({ segments, bytes }) => [segments.join('/'), bytes.toString('utf8')]));
}

describe('the ZIP of a plugin', () => {
  test('has the same bytes whatever time, order, rights, zone, language and file mask there are', async () => {
    const [one, other] = [path.join(makeFolder(), 'one'), path.join(makeFolder(), 'other')];
    cpSync(sample('otp'), one, { recursive: true });
    mkdirSync(other, { mode: 0o700 });
    const files = readdirSync(sample('otp'), { withFileTypes: true }).filter((each) => each.isFile());
    for (const { name } of files.toReversed()) {
      writeFileSync(path.join(other, name), readFileSync(path.join(sample('otp'), name)), { mode: 0o666 });
      utimesSync(path.join(other, name), 1, 1);
    }
    const first = await pack(one);
    expect(first).toMatchObject({ ok: true, file: path.join(one, 'dist/Sample_Otp-1.0.0.zip') });
    const again = await pack(one); // with the first one in the folder
    chmodSync(path.join(other, 'main.py'), 0o466);
    const umask = ['sh', '-c', 'umask 077; exec "$@"', 'sh'];
    const env = { ...process.env, TZ: 'Asia/Kathmandu', LC_ALL: 'tr_TR.UTF-8' };
    const args = ['pack', other, '--python', python, '--json'];
    const elsewhere = JSON.parse((await startHost(args, { command: umask, env }).ended).stdout) as PackReport;
    expect([again.sha256, elsewhere.sha256]).toEqual([first.sha256, first.sha256]);
    const bytes = readFileSync(elsewhere.file ?? '');
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(first.sha256);
    expect(bytes.equals(readFileSync(first.file ?? ''))).toBe(true);
    const checked = await runHost<CheckReport>(
      'check',
      '--strict',
      first.file ?? '',
      '--python',
      python,
      '--state',
      makeFolder(),
    );
    expect(checked.json).toMatchObject({
      ok: true,
      problems: [],
      hooks: ['authenticate', 'authorize', 'session_ended'],
    });
  });

  test('has what the plugin needs, and not what is for its author', async () => {
    const folder = makePlugin({
      'lib/__init__.py': '',
      'lib/client.py': '',
      'lib/tests/test_client.py': '',
      'data/ca.pem': 'certificate',
      'default.cfg': 'x',
      LICENSE: 'mine',
      Pipfile: '[packages]\n',
      'plugin-host.yaml': 'config: secret',
      'a.plugin-test.yaml': '',
      '.git/config': '',
      '.plugin-host/state': '',
      'build/x.py': '',
      'environment/pyvenv.cfg': '',
      'environment/x.py': '',
    });
    symlinkSync('client.py', path.join(folder, 'lib/same.py'));
    const report = await pack(folder, process.env, '-o', path.join(folder, 'here.zip'));
    expect(Object.keys(await textsIn(report.file ?? ''))).toEqual(
      'LICENSE MANIFEST data/ca.pem default.cfg lib/__init__.py lib/client.py lib/same.py main.py'.split(' '),
    );
    expect(report.leftOut).toEqual(
      expect.arrayContaining(['.git/', 'Pipfile', 'build/', 'environment/', 'lib/tests/', 'plugin-host.yaml']),
    );
    expect(report.problems).toMatchObject([
      { code: 'PACKED_OTHERWISE', message: expect.stringContaining('data/ca.pem') },
    ]);
  });

  test('has nothing that a CI job leaves in the folder: reports, coverage, what plugin-host is installed from', async () => {
    const folder = makePlugin();
    const before = await pack(folder);
    const left = {
      'lcov.info': 'DA:1,1',
      'reports/junit.xml': '<testsuites time="0.1">',
      'main.py.bak': main,
      'plugin_host-0.1.0-py3-none-any.whl': '',
      'plugin-host-0.1.0.tgz': '',
      'package.json': '{"devDependencies": {}}',
      'package-lock.json': '{}',
    };
    for (const [name, text] of Object.entries(left)) {
      mkdirSync(path.join(folder, path.dirname(name)), { recursive: true });
      writeFileSync(path.join(folder, name), text);
    }
    expect(await pack(folder)).toMatchObject({ sha256: before.sha256, problems: [] });
  });

  test('has nothing that --exclude names, and a private key in it is told', async () => {
    const key = '-----BEGIN RSA PRIVATE KEY-----\n';
    const folder = makePlugin({ 'keys/test.pem': key, 'notes/a.txt': '', 'lib/b.tmp': '', 'ca.pem': 'certificate' });
    const { problems, file } = await pack(folder);
    expect(problems).toMatchObject([
      { code: 'PACKED_OTHERWISE', hint: expect.stringContaining('--exclude') },
      { level: 'warning', code: 'SECRET_PACKED', file: 'keys/test.pem' },
    ]);
    const checked = await runHost<CheckReport>('check', file ?? '', '--no-import', '--state', makeFolder());
    expect(checked.json).toMatchObject({ ok: true, problems: [{ code: 'SECRET_PACKED' }] });
    const fewer = await pack(
      folder,
      process.env,
      ...['keys/*.pem', 'notes/', '*.tmp'].flatMap((each) => ['--exclude', each]),
    );
    expect(Object.keys(await textsIn(fewer.file ?? ''))).toEqual(['MANIFEST', 'ca.pem', 'default.cfg', 'main.py']);
    expect(fewer.leftOut).toEqual(['dist/', 'keys/test.pem', 'lib/b.tmp', 'notes/']);
  });
});

test("a package of the plugin's own is packed whatever it is called, and one that is not is named", async () => {
  const files = { 'main.py': `${main}import env.a\n`, 'env/__init__.py': '', 'env/a.py': '' };
  const folder = makePlugin(files);
  expect(await pack(folder)).toMatchObject({ ok: true, leftOut: [], problems: [] });
  const { problems } = await pack(makePlugin({ ...files, 'env/pyvenv.cfg': '' }));
  expect(problems).toMatchObject([
    { level: 'warning', code: 'IMPORT_LEFT_OUT', message: expect.stringContaining('imports env/') },
    { level: 'error', code: 'IMPORT_FAILED', hint: expect.stringContaining('give it another name') },
  ]);
});

test('a program of the plugin can be run from the ZIP as from the folder', async () => {
  const runs =
    "import os, subprocess\nsubprocess.check_call([os.path.join(os.path.dirname(os.path.abspath(__file__)), 'helper')])\n";
  const folder = makePlugin({ 'main.py': `${main}${runs}`, helper: '#!/bin/sh\n' });
  chmodSync(path.join(folder, 'helper'), 0o755);
  expect(await pack(folder)).toMatchObject({ ok: true });
});

describe('is refused, and nothing written:', () => {
  test.each([
    ['what check calls an error', { MANIFEST: manifest.replace('1.9', '1.10') }, 'API_TOO_NEW'],
    ['what cannot be imported', { 'main.py': `${main}import no_such_module\n` }, 'IMPORT_FAILED'],
    ['the SDK in the folder', { 'safeguard/sessions/plugin/__init__.py': '' }, 'SDK_BUNDLED'],
    [
      'the SDK as a package to be installed',
      { Pipfile: '[packages]\noneidentity_safeguard-sessions-plugin-sdk="*"' },
      'SDK_BUNDLED',
    ],
    ['a dependency without a lock', { Pipfile: '[packages]\nrequests = "*"\n' }, 'DEPENDENCIES_INVALID'],
  ])('%s', async (_what, files, code) => {
    const folder = makePlugin(files);
    mkdirSync(path.join(folder, 'dist'));
    writeFileSync(path.join(folder, 'dist/Packed-1.0.zip'), 'an earlier one');
    const report = await pack(folder);
    expect(report).toMatchObject({ ok: false, file: null, sha256: null });
    expect(report.problems.filter(({ level }) => level === 'error')).toMatchObject([{ code }]);
    expect(readdirSync(path.join(folder, 'dist'))).toEqual(['Packed-1.0.zip']);
    expect(readFileSync(path.join(folder, 'dist/Packed-1.0.zip'), 'utf8')).toBe('an earlier one');
  });

  test('symbolic links that lead outside, all named at once', async () => {
    const folder = makePlugin();
    symlinkSync('/etc/passwd', path.join(folder, 'file'));
    symlinkSync('..', path.join(folder, 'folder'));
    symlinkSync('nowhere', path.join(folder, 'dangling'));
    const { problems } = await pack(folder);
    expect(problems.map(({ code, file }) => `${code} ${file ?? ''}`)).toEqual([
      'PATH_ESCAPES dangling',
      'PATH_ESCAPES file',
      'PATH_ESCAPES folder',
    ]);
    expect(existsSync(path.join(folder, 'dist'))).toBe(false);
  });

  test('20 MiB, with the largest parts', async () => {
    const folder = makePlugin({ 'lib/__init__.py': '', 'lib/large.bin': '' });
    truncateSync(path.join(folder, 'lib/large.bin'), 20 * 1024 * 1024);
    const report = await pack(folder);
    expect(report.problems.map(({ code }) => code)).toContain('ZIP_TOO_LARGE');
    expect(report.largest[0]).toEqual({ path: 'lib/', sizeBytes: 20 * 1024 * 1024 });
  });
});

describe('the packages that a Python plugin depends on', () => {
  const wheels: Wheel[] = [
    { name: 'greeting', version: '2.0', license: 'MIT', files: { 'greeting/__init__.py': 'import aged\n' } },
    { name: 'aged', version: '1.0', files: { 'aged.py': '' } },
    {
      name: 'brings-sdk',
      version: '1.0',
      requires: ['oneidentity-safeguard-sessions-plugin-sdk'],
      files: { 'brings.py': '' },
    },
    { name: 'oneidentity-safeguard-sessions-plugin-sdk', version: '1.9.1', files: { 'safeguard/x.py': '' } },
  ];
  let index: ReturnType<typeof serveWheels>;

  beforeAll(() => {
    index = serveWheels(wheels);
  });

  const hashOf = (name: string): string =>
    `sha256:${createHash('sha256')
      .update(readFileSync(path.join(index.folder, name)))
      .digest('hex')}`;

  const locked = (hash: string): string =>
    JSON.stringify({
      _meta: { sources: [{ name: 'pypi', url: 'https://pypi.org/simple', verify_ssl: true }] },
      default: {
        greeting: { version: '==2.0', hashes: [hash], markers: "python_version >= '3.12' and python_version < '3.13'" },
        aged: { version: '==1.0', hashes: [hashOf('aged-1.0-py3-none-any.whl')] },
        absent: {
          version: '==9.9',
          hashes: ['sha256:00'],
          markers: "sys_platform == 'win32' or python_version < '3.12'",
        },
      },
      develop: { pytest: { version: '==8.0' } },
    });

  test('are those that are locked, for the Python of the appliance, with metadata and licences', async () => {
    const folder = makePlugin({
      'main.py': `${main}import greeting\n`,
      Pipfile: '[packages]\ngreeting = "*"\n[dev-packages]\npytest = "*"\n',
      'Pipfile.lock': locked(hashOf('greeting-2.0-py3-none-any.whl')),
    });
    const report = await pack(folder, index.environment);
    expect(report).toMatchObject({
      ok: true,
      problems: [],
      dependencies: {
        source: 'Pipfile.lock',
        targetPython: '3.12',
        python: expect.stringMatching(/^3\.\d+\.\d+$/),
        packages: [
          { name: 'aged', version: '1.0' },
          { name: 'greeting', version: '2.0', license: 'MIT' },
        ],
      },
    });
    const texts = await textsIn(report.file ?? '');
    expect(Object.keys(texts)).toEqual(
      expect.arrayContaining([
        'aged.py',
        'greeting/__init__.py',
        'greeting-2.0.dist-info/METADATA',
        '3rdparty-licenses.txt',
      ]),
    );
    expect(texts['3rdparty-licenses.txt']).toBe(
      'Name: aged\nHome-page: \nLicense: \n\nName: greeting\nHome-page: \nLicense: MIT\n\n',
    );
    const again = await pack(folder, index.environment, '--state', makeFolder());
    expect(again.sha256).toBe(report.sha256);
  });

  test('are fetched by an interpreter that needs the environment of plugin-host.yaml', async () => {
    const folder = makePlugin({
      'requirements.txt': 'aged==1.0',
      'plugin-host.yaml': 'python: ./wrapped\nenvironment: {NEEDED: "1"}\n',
      wrapped: `#!/bin/sh\n[ -n "$NEEDED" ] && exec ${python} "$@"\necho no library >&2; exit 127\n`,
    });
    chmodSync(path.join(folder, 'wrapped'), 0o755);
    const { json } = await packWith(folder, index.environment);
    expect(json).toMatchObject({ ok: true, dependencies: { packages: [{ name: 'aged' }] } });
    writeFileSync(path.join(folder, 'plugin-host.yaml'), 'python: ./wrapped\n');
    const refused = (await packWith(folder, index.environment)).json.error;
    expect(refused).toMatchObject({ code: 'PYTHON_NOT_FOUND', hint: expect.stringContaining('`environment:`') });
  });

  test('are refused when they are not what was locked', async () => {
    const folder = makePlugin({ 'Pipfile.lock': locked(hashOf('aged-1.0-py3-none-any.whl')) });
    const { problems } = await pack(folder, index.environment);
    expect(problems[0]).toMatchObject({
      code: 'DEPENDENCIES_INVALID',
      hint: expect.stringContaining('changed the package'),
    });
  });

  test('are refused when one brings the SDK', async () => {
    const { problems } = await pack(makePlugin({ 'requirements.txt': 'brings-sdk' }), index.environment);
    expect(problems.map(({ code }) => code)).toContain('SDK_BUNDLED');
  });

  test('are told when nothing fixes their version', async () => {
    const { problems, dependencies } = await pack(
      makePlugin({ 'pyproject.toml': '[project]\nname = "x"\ndependencies = ["greeting>=1", "aged == 1.0"]' }),
      index.environment,
    );
    expect(dependencies?.packages.map(({ name }) => name)).toEqual(['aged', 'greeting']);
    expect(problems).toMatchObject([{ level: 'warning', code: 'DEPENDENCY_UNLOCKED' }]);
    expect(problems[0]?.message).toContain('greeting 2.0;');
  });
});

describe('the packages that a TypeScript plugin depends on', () => {
  const typescript = {
    MANIFEST: manifest.replace('main.py', 'main.ts'),
    'main.ts':
      "import { greet } from 'greeting';\nexport class Plugin {\n  authenticate() {\n    return { verdict: greet };\n  }\n  authorize() {}\n  session_ended() {}\n}\n",
    'package.json': '{"type":"module","dependencies":{"greeting":"^2.0.0"},"devDependencies":{"typescript":"*"}}',
  };

  test('come from node_modules, with theirs, and are found in the ZIP', async () => {
    const folder = makePlugin({
      ...typescript,
      'node_modules/greeting/package.json':
        '{"version":"2.0.0","license":"MIT","main":"index.js","dependencies":{"aged":"1"}}',
      'node_modules/greeting/index.js': "exports.greet = require('aged');\n",
      'node_modules/greeting/node_modules/aged/package.json': '{"version":"1.0.0","main":"index.js"}',
      'node_modules/greeting/node_modules/aged/index.js': "module.exports = 'ACCEPT';\n",
      'node_modules/typescript/package.json': '{"version":"1.0.0"}',
    });
    const report = await pack(folder);
    expect(report).toMatchObject({ ok: true, dependencies: { source: 'package.json' } });
    expect(report.problems).toMatchObject([{ code: 'DEPENDENCY_UNLOCKED' }]);
    const names = Object.keys(await textsIn(report.file ?? ''));
    expect(names.filter((name) => name.startsWith('node_modules/'))).toHaveLength(4);
    const { json } = await runHost('invoke', 'authenticate', '-p', report.file ?? '', '--state', makeFolder());
    expect(json.verdict).toBe('ACCEPT');
  });

  test('are named when they are not installed', async () => {
    const { problems } = await pack(makePlugin(typescript));
    expect(problems).toMatchObject([{ code: 'DEPENDENCY_MISSING', message: expect.stringContaining('greeting') }]);
  });
});

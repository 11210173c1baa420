import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { commonCodes } from '../../src/base/common-codes.ts';
import { makeFolder } from '../integration/fixture.ts';

const root = path.resolve(import.meta.dirname, '../..');

/** A folder with files of these names and texts. */
function lay(folder: string, files: Record<string, string>): void {
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), text);
  }
}

const dist = {
  'dist/keep-compiled.js': 'export function keepCompiled() {}',
  'dist/cli.js': "export async function main(args) { console.log('ran', ...args); return 0; }",
};

async function run(folder: string, args: string[] = [], flags: string[] = [], agent = '') {
  const program = [...flags, path.join(folder, 'bin/plugin-host.js'), ...args];
  return await promisify(execFile)(process.execPath, program, {
    env: { ...process.env, npm_config_user_agent: agent },
  }).catch((error: unknown) => {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    expect(code).toBe(3);
    return { stdout, stderr };
  });
}

/** An installed package, or a checkout whose build writes the same. */
function makePackage(place: string, build?: string): string {
  const folder = path.join(makeFolder(), place);
  cpSync(path.join(root, 'bin'), path.join(folder, 'bin'), { recursive: true });
  lay(folder, { 'package.json': '{"type": "module"}' });
  if (build === undefined) {
    lay(folder, dist);
  } else {
    cpSync(path.join(root, 'build/build-checkout.js'), path.join(folder, 'build/build-checkout.js'));
    lay(folder, {
      'build.ts': build,
      'node_modules/esbuild/package.json': '{}',
      'node_modules/.package-lock.json': '{}',
    });
  }
  return folder;
}

const build = `import { mkdirSync, writeFileSync } from 'node:fs';
  mkdirSync('dist', { recursive: true });
  for (const [file, text] of Object.entries(${JSON.stringify({ ...dist, 'dist/.built': '' })})) writeFileSync(file, text);`;

describe('the command of a checkout', () => {
  test('is built before its first use, and again after the packages were installed, and says so in one line', async () => {
    const folder = makePackage('checkout', build);
    const line = /^plugin-host: building dist from src, once, some 10 s … \d+\.\d s\n$/;
    expect(await run(folder, ['check'])).toEqual({ stdout: 'ran check\n', stderr: expect.stringMatching(line) });
    expect(await run(folder, ['check'])).toEqual({ stdout: 'ran check\n', stderr: '' });
    const later = new Date(Date.now() + 60_000);
    utimesSync(path.join(folder, 'node_modules/.package-lock.json'), later, later);
    expect(await run(folder)).toEqual({ stdout: 'ran\n', stderr: expect.stringMatching(line) });
  });

  test('that cannot be built says why, with --json too', async () => {
    const folder = makePackage('checkout', "throw new Error('no space left');");
    expect(await run(folder)).toEqual({
      stdout: '',
      stderr: expect.stringMatching(/\nHOST_FAILED {2}.*the build failed\n[^]*no space left[^]*npm ci/),
    });
    const { stdout } = await run(folder, ['check', '--json']);
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'HOST_FAILED', hint: expect.any(String) } });
  });

  test('without its packages names the command that installs them', async () => {
    const folder = makePackage('checkout', build);
    rmSync(path.join(folder, 'node_modules'), { recursive: true });
    expect(await run(folder)).toMatchObject({
      stderr: expect.stringMatching(/^HOST_FAILED .* is not installed\n {2}npm ci\n$/),
    });
  });
});

test('a copy that was not built says so', async () => {
  const folder = makePackage('lib/x');
  rmSync(path.join(folder, 'dist'), { recursive: true });
  expect(await run(folder)).toEqual({
    stdout: '',
    stderr: expect.stringMatching(/^HOST_FAILED {2}this copy of plugin-host was not built\n.*npm pack/),
  });
});

describe('a Node that is too old', () => {
  const old = "Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '22.1.0' } });";
  const flags = ['--import', `data:text/javascript,${encodeURIComponent(old)}`];
  const allow = 'npm pkg set allowScripts.node=true --json';
  const inProject = path.join('project', 'node_modules/plugin-host');

  test.each([
    ['a checkout', '`npm ci` in the checkout installs one; then use `npx plugin-host`.', 'checkout', build],
    ['a project', `\`${allow} && npm i -D node@24\` installs one; then use \`npx plugin-host\`.`, inProject, undefined],
    [
      'a machine',
      '`npm i -g node@24` (npm 12: `npm i -g --allow-scripts=node node@24`) installs one; then use `plugin-host`.',
      'lib/x',
      undefined,
    ],
  ])('is told what helps in %s', async (_where, hint, place, builder) => {
    const folder = makePackage(place, builder);
    if (place === inProject) lay(path.resolve(folder, '../..'), { 'package.json': '{}' });
    const { stdout, stderr } = await run(folder, ['check', '--json'], flags);
    const message = `plugin-host needs Node 24 or newer, this is ${process.version}`;
    expect([JSON.parse(stdout), stderr]).toEqual([{ error: { code: 'NODE_TOO_OLD', message, hint } }, '']);
    expect(commonCodes.errors).toHaveProperty('NODE_TOO_OLD');
    expect(await run(folder, ['check'], flags)).toEqual({
      stdout: '',
      stderr: `NODE_TOO_OLD  ${message}\n  ${hint}\n`,
    });
  });

  test.each([
    ['npm/9.5.0 node/v20.1.0', 'npm i -D node@24'],
    ['npm/11.19.1 node/v22.1.0', 'npm i -D node@24'],
    ['npm/12.2.2 node/v22.1.0', `${allow} && npm i -D node@24`],
  ])('by %s is told a line that its npm carries out', async (agent, line) => {
    const folder = makePackage(inProject);
    lay(path.resolve(folder, '../..'), { 'package.json': '{}' });
    expect((await run(folder, [], flags, agent)).stderr).toContain(`\n  \`${line}\` installs`);
  });
});

import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runCommand } from '../integration/fixture.ts';

const checkout = path.resolve(import.meta.dirname, '../..');
const bin = path.join(checkout, 'bin/plugin-host.js');
let folder = '';

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'ph-test-'));
  cpSync(path.join(checkout, 'sample-plugins/otp'), path.join(folder, 'otp'), { recursive: true });
  process.chdir(folder);
});

afterAll(() => {
  process.chdir(checkout);
  rmSync(folder, { recursive: true });
});

/** What `invoke` tells of a plugin whose `authenticate` has this body. */
async function tellOf(body: string): Promise<string> {
  const plugin = mkdtempSync(path.join(folder, 'plugin-'));
  writeFileSync(path.join(plugin, 'MANIFEST'), readFileSync(path.join(folder, 'otp/MANIFEST')));
  const head = 'import datetime, decimal\n\n\nclass Plugin:\n    def authenticate(self, cookie):\n';
  writeFileSync(path.join(plugin, 'main.py'), `${head}        ${body}\n`);
  return (await runCommand(['invoke', 'authenticate', '-p', plugin])).stdout;
}

describe('a result that is not JSON is told with its place and the mend', () => {
  test.each([
    ['{"cookie": {"tries": {1, 2}}}', 'cookie.tries is a set', 'Make a list of it.'],
    ['{"cookie": {"at": [datetime.datetime.min]}}', 'cookie.at[0] is a datetime.datetime', 'isoformat()'],
    ['{"cookie": {(1, 2): 3}}', 'a key of cookie is a tuple', 'Make a text of the key.'],
    ['{"x": b"a"}', 'x is a bytes', 'base64'],
    ['{"x": float("nan")}', 'x is nan', 'write null'],
  ])('%s', async (result, place, mend) => {
    const told = await tellOf(`return ${result}`);
    expect(told).toContain(`the result cannot be written as JSON: ${place}\n`);
    expect(told.slice(told.indexOf('problems'))).toContain(mend);
  });

  test('a cycle too', async () => {
    expect(await tellOf('cookie["self"] = cookie; return {"cookie": cookie}')).toContain('cookie.self contains itself');
  });
});

test.each(['input("? ")', 'breakpoint()'])('%s is told that standard input is empty', async (call) => {
  const told = await tellOf(`${call}; return None`);
  expect(told).toMatch(/INPUT_EMPTY {2}authenticate: standard input is empty, as on the appliance/);
  expect(told).toContain('`plugin-host invoke authenticate --pdb`, or --debug');
});

test('a question is followed by what to type', async () => {
  const ask = async (...more: string[]): Promise<string> =>
    (await runCommand(['invoke', 'authenticate', '-p', 'otp', ...more])).stdout;
  expect(await ask('--session', 's')).toContain(
    'Answer it with `plugin-host invoke authenticate -p otp --session s --answer otp=…`.',
  );
  expect(await ask()).toContain('`plugin-host simulate -p otp`');
  expect(await ask('--set', 'server_hostname=hidden')).not.toContain('otp --set');
});

test('answers may come through a pipe, a line for each question', async () => {
  const words = ['simulate', '-p', 'otp', '--answers', '-', '--json'];
  const { stdout } = await execa(process.execPath, [bin, ...words], { cwd: folder, input: '000000\n123456\n' });
  const { steps } = JSON.parse(stdout) as { steps: { verdict: string | null }[] };
  expect(steps.map(({ verdict }) => verdict)).toEqual(['NEEDINFO', 'NEEDINFO', 'ACCEPT', 'ACCEPT', null]);
});

test('a mistyped value in a file is told at its place, with the near one', async () => {
  writeFileSync('s.yaml', 'plugins: {aa: otp}\nconnection: ssh-gatway\n');
  expect((await runCommand(['simulate', 's.yaml'])).stderr).toMatch(/s\.yaml:2:13: .*Did you mean ssh-gateway\?/);
  writeFileSync('x.plugin-test.yaml', 'plugin: otp\ncases:\n  - {name: a, hook: authorize}\n  - {hook: authorize}\n');
  expect((await runCommand(['test', 'x.plugin-test.yaml'])).stderr).toContain('case 2: the key name is missing');
  const { stdout } = await runCommand(['invoke', 'authorize', '-p', 'otp', '--set', 'protocl=ssh']);
  expect(stdout).toContain('Did you mean protocol?');
});

test('a bracket that is not closed is told where it stands', async () => {
  mkdirSync('bracket');
  writeFileSync('bracket/MANIFEST', `${readFileSync('otp/MANIFEST', 'utf8')}scope: [bar\n`);
  const lines = readFileSync('bracket/MANIFEST', 'utf8').trimEnd().split('\n').length;
  const { stdout } = await runCommand(['check', 'bracket']);
  expect(stdout).toContain(`MANIFEST:${lines}:8: not YAML: the list in brackets is not closed`);
});

test('pack makes no folder for a file that was named', async () => {
  const { stderr, exitCode } = await runCommand(['pack', 'otp', '-o', 'nope/x.zip']);
  expect({ stderr, exitCode }).toMatchObject({ stderr: expect.stringContaining('FILE_UNWRITABLE'), exitCode: 2 });
});

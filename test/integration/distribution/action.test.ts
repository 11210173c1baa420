import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { makeFolder } from '../fixture.ts';
import { checkout, runAction } from './run-action.ts';

describe('the action of GitHub', () => {
  let folder = '';
  let searchPath = '';

  beforeAll(() => {
    folder = makeFolder();
    const bin = path.join(folder, 'bin');
    mkdirSync(bin);
    const command = `exec '${process.execPath}' '${path.join(checkout, 'bin/plugin-host.js')}' "$@"`;
    writeFileSync(path.join(bin, 'plugin-host'), `#!/bin/sh\n${command}\n`, { mode: 0o755 });
    searchPath = `${bin}:${path.dirname(process.execPath)}:${process.env['PATH'] ?? ''}`;
    for (const name of ['otp', 'vault']) {
      cpSync(path.join(checkout, 'sample-plugins', name), path.join(folder, 'plugins', name), { recursive: true });
    }
  });

  const run = (name: string, inputs: Record<string, string>) => runAction(name, inputs, folder, folder, searchPath);

  test('checks and tests the plugins that a pattern names, and tells how many cases passed', () => {
    expect(run('Check', { plugins: 'plugins/*' })).toMatchObject({ status: 0, stdout: '' });
    const { status, stdout, outputs } = run('Test', { plugins: 'plugins/*' });
    const report = path.join(folder, 'temp/plugin-host/junit.xml');
    expect({ status, outputs }).toEqual({ status: 0, outputs: [`report=${report}`, 'passed=5', 'failed=0'] });
    expect(stdout).toContain('plugins/otp/otp.plugin-test.yaml');
    expect(readFileSync(report, 'utf8')).toContain('<testsuites');
  });

  test('annotates what is wrong, and fails', () => {
    const broken = path.join(folder, 'plugins/vault');
    const file = path.join(broken, 'vault.plugin-test.yaml');
    writeFileSync(file, readFileSync(file, 'utf8').replace('outcome: returned', '').replace('demo-Copper', 'another'));
    writeFileSync(path.join(broken, 'MANIFEST'), 'name: Vault\n');
    const checked = run('Check', { plugins: 'plugins/otp plugins/vault' });
    expect(checked).toMatchObject({
      status: 1,
      stdout: expect.stringMatching(/^::error file=plugins\/vault\/MANIFEST/),
    });
    cpSync(path.join(checkout, 'sample-plugins/vault/MANIFEST'), path.join(broken, 'MANIFEST'));
    const { status, stdout, outputs } = run('Test', { plugins: '.', tests: 'plugins/vault' });
    expect({ status, told: outputs.slice(1) }).toEqual({ status: 1, told: ['passed=1', 'failed=1'] });
    expect(stdout).toMatch(/^::error file=plugins\/vault\/vault\.plugin-test\.yaml,line=\d+/m);
  });

  test('tells of a test that is not there', () => {
    const { status, stderr, outputs } = run('Test', { tests: 'nowhere' });
    expect({ status, outputs }).toEqual({ status: 2, outputs: [] });
    expect(stderr).toContain('nowhere');
  });
});

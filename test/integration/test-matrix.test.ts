import { appendFileSync, cpSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { makeFolder, python, runCommand, runHost, startHost } from './fixture.ts';

interface Report {
  passed: number;
  failed: number;
  suites: { cases: { name: string; passed: boolean; combination?: Record<string, string> }[] }[];
}

const sample = path.resolve(import.meta.dirname, '../../sample-plugins/vault');

/** The sample plugin with a project file that says more, and one case. */
function makePlugin(matrix = ''): string {
  const folder = makeFolder();
  cpSync(sample, folder, { recursive: true });
  appendFileSync(path.join(folder, 'plugin-host.yaml'), matrix);
  const manifest = path.join(folder, 'MANIFEST');
  writeFileSync(manifest, readFileSync(manifest, 'utf8').replace(/^api:.*$/m, 'api: 1.9'));
  return folder;
}

const combinationsOf = ({ suites }: Report) =>
  suites.flatMap(({ cases }) => cases.map(({ passed, combination }) => ({ ...combination, passed })));

describe('a matrix', () => {
  test('of plugin-host.yaml runs each case for each combination; --matrix takes its place', async () => {
    const folder = makePlugin('\nmatrix: {release: [7.5.1, 9.0.0]}\n');
    const one = [folder, '--python', python, '--filter', 'root'];
    const all = await runHost<Report>('test', ...one);
    expect(all.exitCode).toBe(1);
    const found = combinationsOf(all.json);
    expect(found.slice(0, 2)).toEqual([
      { release: '7.5.1', passed: false }, // it has API 1.7, and the plugin is for 1.9
      { release: '9.0.0', passed: true },
    ]);
    const none = await runHost<Report>('test', ...one, '--matrix', 'none');
    expect(none.exitCode).toBe(0);
    expect(combinationsOf(none.json)).toEqual(found.slice(0, found.length / 2).map(() => ({ passed: true })));
  });

  test('of Pythons runs on each of them, and says which one is not there', async () => {
    const args = ['test', makePlugin(), '--filter', 'root', '--matrix', `python=${python},3.99`];
    const { exitCode, stdout } = await runCommand(args);
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/✓ .* \[python \/.*\]/);
    expect(stdout).toContain('PYTHON_NOT_FOUND: Python 3.99 was not found');
    expect(stdout).toMatch(/^ +python {2}\/\S+ +3\.99$/m);
  });

  test('lists its cases without making anything', async () => {
    const { exitCode, stdout } = await runCommand(['test', sample, '--matrix', 'sdk=1.8.4,1.9.1', '--list']);
    expect(exitCode).toBe(0);
    expect(stdout.split('\n').slice(0, 2)).toEqual([
      expect.stringMatching(/\[sdk 1\.8\.4\]$/),
      expect.stringMatching(/\[sdk 1\.9\.1\]$/),
    ]);
  });

  test('of unknown axes is refused with those that are known', async () => {
    const { exitCode, json } = await runHost<{ error: object }>('test', sample, '--matrix', 'pyhton=3.12');
    expect(exitCode).toBe(2);
    expect(json.error).toMatchObject({
      code: 'USAGE',
      message: '--matrix: "pyhton" is no axis',
      hint: expect.stringContaining('sdk, python, release') as string,
    });
  });

  const { PLUGIN_HOST_INSTALL: mayInstall } = process.env;
  test.skipIf(mayInstall === undefined)("of the vendor's SDK runs a plugin on each release", async () => {
    const folder = path.join(makeFolder(), 'plugin');
    await runHost('init', 'aa', folder, '--sdk');
    const { stdout, stderr } = await startHost(['test', folder, '--matrix', 'sdk=1.8.4,1.9.1', '--json']).ended;
    const report = JSON.parse(stdout) as Report;
    expect(combinationsOf(report).slice(0, 2), stderr).toEqual([
      { sdk: '1.8.4', passed: true },
      { sdk: '1.9.1', passed: true },
    ]);
    expect(report.failed).toBe(0);
  });
});

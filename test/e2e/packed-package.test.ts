import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');

interface Packed {
  files: { path: string }[];
}

describe('the packed package', () => {
  test('runs nothing when it is installed', () => {
    const { scripts } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
      scripts: Record<string, string>;
    };
    const ofInstallation = ['preinstall', 'install', 'postinstall', 'prepare', 'prepublish'];
    expect(ofInstallation.filter((name) => name in scripts)).toEqual([]);
  });

  test('brings all that it uses, the documents and the plugin for pytest, and nothing that was left lying about', () => {
    const pack = ['pack', '--dry-run', '--ignore-scripts', '--json'];
    const told: unknown = JSON.parse(execFileSync('npm', pack, { cwd: root, encoding: 'utf8', stdio: 'pipe' }));
    const [{ files }] = Object.values(told as Packed[]) as [Packed];
    const names = files.map((file) => file.path);
    expect(names).toEqual(
      expect.arrayContaining([
        'LICENSE',
        'bin/plugin-host.js',
        'bin/describe-node.js',
        'dist/cli.js',
        'dist/THIRD-PARTY-LICENSES.txt',
        'completions/plugin-host.bash',
        'docs/installing.md',
        'man/plugin-host.1',
        'python/pytest-plugin-host/pyproject.toml',
        'python/pytest-plugin-host/pytest_plugin_host.py',
        'sample-plugins/otp/MANIFEST',
        'templates/aa-python/MANIFEST',
      ]),
    );
    const stray =
      /__pycache__|\.pyc$|egg-info|node_modules|(?:^|\/)\.(?:plugin-host|built)|^python\/.*\/tests\/|\.tgz$|\.whl$/;
    expect(names.filter((name) => stray.test(name))).toEqual([]);
  });

  test('can be built from what goes into the build of the container', () => {
    const { files } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as { files: string[] };
    const read = ['package-lock.json', 'tsconfig.json', 'build.ts', 'build', 'src', 'LICENSE', 'README.md'];
    const made = ['dist', 'man', ...files.filter((name) => name.startsWith('!'))];
    const needed = [...read, ...files.filter((name) => !made.includes(name)).map((name) => name.split('/')[0])];
    const given = readFileSync(path.join(root, '.dockerignore'), 'utf8').split('\n');
    expect(needed.filter((name) => !given.includes(`!${name}`))).toEqual([]);
  });
});

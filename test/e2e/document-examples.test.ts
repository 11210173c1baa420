import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, expect, test } from 'vitest';

const checkout = path.resolve(import.meta.dirname, '../..');
const pytestPlugin = path.join(checkout, 'python/pytest-plugin-host');
let folder = '';

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'ph-test-'));
  const program = path.join(folder, 'plugin-host');
  writeFileSync(program, `#!/bin/sh\nexec '${process.execPath}' '${path.join(checkout, 'bin/plugin-host.js')}' "$@"\n`);
  chmodSync(program, 0o755);
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** Blocks of code that are run as they stand, each in the folder that its document says. */
const examples = [
  { document: 'README.md', language: 'ts', where: '.' },
  { document: 'docs/rpc.md', language: 'python', where: '.' },
  { document: 'docs/testing-in-ci.md', language: 'python', where: 'sample-plugins/vault' },
  { document: 'python/pytest-plugin-host/README.md', language: 'python', where: 'sample-plugins/vault' },
  { document: 'docs/testing-in-ci.md', language: 'ts', where: 'sample-plugins/otp' },
  { document: 'docs/testing.md', language: 'yaml', where: 'sample-plugins' },
  { document: 'docs/platform-testing.md', language: 'yaml', where: 'sample-plugins/platform', system: 'platform' },
] as const;

function readBlocks(document: string, language: string): string[] {
  const text = readFileSync(path.join(checkout, document), 'utf8');
  return [...text.matchAll(/^```(\w+)\n(.*?)^```$/gmsu)].flatMap(([, kind, block = '']) =>
    kind === language ? [block] : [],
  );
}

/** Calls the functions that begin with test_, with the fixture of the plugin for pytest; pytest itself need not be there. */
const testDriver = `
import sys, types
mark = lambda **options: lambda function: function
sys.modules["pytest"] = types.SimpleNamespace(fixture=mark, hookimpl=mark)
from pytest_plugin_host import plugin_host
fixture = plugin_host()
host, names = next(fixture), {}
exec(open(sys.argv[1]).read(), names)
for name in [each for each in names if each.startswith("test_")]:
    names[name](host)
next(fixture, None)
`;

/** The file that a block is written to, and what runs it. */
function howToRun(
  { language, system }: { language: 'ts' | 'python' | 'yaml'; system?: string },
  block: string,
): [name: string, ...command: string[]] {
  if (system !== undefined) return ['all.platform-test.yaml', 'plugin-host', system, 'test', 'all.platform-test.yaml'];
  if (language === 'yaml') return ['all.plugin-test.yaml', 'plugin-host', 'test', 'all.plugin-test.yaml'];
  if (language === 'python') {
    const driver = block.includes('def test_') ? ['-c', testDriver] : [];
    return ['example.py', 'python3', ...driver, 'example.py'];
  }
  const isTest = block.includes("from 'vitest'");
  const name = isTest ? 'example.test.ts' : 'example.ts';
  // A test file of a reader's has the five seconds that vitest grants; on a busy machine a plugin may need more.
  const runner = isTest ? ['node_modules/vitest/vitest.mjs', 'run', '--root', '.', '--testTimeout=100000'] : [];
  return [name, process.execPath, ...runner, name];
}

test.concurrent.each(examples)('$document: its $language runs as it stands', { timeout: 120_000 }, async (each) => {
  const { document, language, where } = each;
  const home = path.join(folder, `${document.replaceAll('/', '-')}-${language}`);
  cpSync(path.join(checkout, 'sample-plugins'), path.join(home, 'sample-plugins'), {
    recursive: true,
    filter: (file) => !file.includes('.plugin-host'),
  });
  const cwd = path.join(home, where);
  if (language === 'ts') {
    mkdirSync(path.join(cwd, 'node_modules'));
    symlinkSync(checkout, path.join(cwd, 'node_modules/plugin-host'));
    symlinkSync(path.join(checkout, 'node_modules/vitest'), path.join(cwd, 'node_modules/vitest'));
    writeFileSync(path.join(cwd, 'package.json'), '{"type": "module"}');
  }
  const blocks = readBlocks(document, language);
  if (!('system' in each)) expect(blocks).toHaveLength(1);
  expect(blocks).not.toEqual([]);
  for (const block of blocks) await runBlock(block, each, cwd);
});

async function runBlock(block: string, each: (typeof examples)[number], cwd: string): Promise<void> {
  const [name, command = '', ...args] = howToRun(each, block);
  writeFileSync(path.join(cwd, name), block);
  const { exitCode, all } = await execa(command, args, {
    cwd,
    env: {
      PATH: `${folder}:${process.env['PATH'] ?? ''}`,
      NO_COLOR: '1',
      PYTHONPATH: pytestPlugin,
      PYTHONDONTWRITEBYTECODE: '1',
    },
    stdin: 'ignore',
    all: true,
    reject: false,
  });
  expect(exitCode, all).toBe(0);
  // What a line prints stands behind it.
  for (const [, printed = ''] of block.matchAll(/^console\.log\(.*\); \/\/ (.*)$/gmu)) expect(all).toContain(printed);
}

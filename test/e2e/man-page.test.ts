import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { renderManPage } from '../../build/render-man-page.ts';
import { nameOf } from '../../src/cli/command/command-entry.ts';
import { createCommands } from '../../src/cli/create-commands.ts';
import { environmentVariables } from '../../src/cli/environment-variables.ts';

const checkout = path.resolve(import.meta.dirname, '../..');
const {
  man: [man = ''],
  version,
} = JSON.parse(readFileSync(path.join(checkout, 'package.json'), 'utf8')) as {
  man: string[]; // npm links nothing if it is a text
  version: string;
};
const file = path.join(checkout, man);

function isInstalled(program: string): boolean {
  return spawnSync('sh', ['-c', `command -v ${program}`]).status === 0;
}

test('the man page of the package is made from what is declared', () => {
  const page = renderManPage({ version, commands: createCommands(), environment: environmentVariables });
  expect(readFileSync(file, 'utf8')).toBe(page);
});

test('the man page has every command and every option', () => {
  const text = readFileSync(file, 'utf8').replaceAll('\\-', '-');
  const entries = createCommands().flatMap((each) =>
    'name' in each
      ? each.commands.map((entry) => [`plugin-host ${each.name} ${nameOf(entry)}`, entry] as const)
      : [[`plugin-host ${nameOf(each)}`, each] as const],
  );
  for (const [name, { declared }] of entries) {
    const from = text.indexOf(`.SS ${name}\n`);
    expect(from, name).toBeGreaterThan(0);
    const section = text.slice(from, text.indexOf('\n.S', from + 1));
    for (const { flags } of declared.options) expect(section, name).toContain(/--[\w-]+/.exec(flags)?.[0]);
  }
});

test.skipIf(!isInstalled('groff')).each([['groff', '-man', '-Tutf8', '-ww', '-z']])(
  'the man page draws no warning of %s',
  (program, ...options) => {
    const { status, stdout, stderr } = spawnSync(program, [...options, file], { encoding: 'utf8' });
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: '', stderr: '' });
  },
);

test.skipIf(!isInstalled('mandoc'))('the man page draws no warning of mandoc', () => {
  const { stdout } = spawnSync('mandoc', ['-T', 'lint', file], { encoding: 'utf8' });
  expect(stdout).toBe('');
});

test.skipIf(!isInstalled('man') || !isInstalled('groff'))('man shows it', () => {
  const env = { ...process.env, LC_ALL: 'C.UTF-8', MANWIDTH: '80' };
  const shown = execFileSync('man', ['--warnings', '-l', file], { encoding: 'utf8', env });
  expect(shown).toContain('run, debug and test plugins of privileged-access products');
  expect(shown).toMatch(/-p, --plugin <path>\n/);
});

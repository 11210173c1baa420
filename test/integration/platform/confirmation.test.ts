import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { makeTemporaryFolder } from '../../../src/process/folders/make-temporary-folder.ts';
import { runCommand } from '../fixture.ts';
import { typeInTerminal } from '../type-in-terminal.ts';

const text = `{ "Id": "Demo", "BackEnd": "Scriptable",
  "ChangePassword": { "Parameters": [], "Do": [ { "Log": { "Text": "it ran" } }, { "Return": { "Value": true } } ] } }`;

function writeScript(): string {
  const folder = makeTemporaryFolder();
  onTestFinished(() => {
    rmSync(folder, { recursive: true });
  });
  const file = path.join(folder, 'demo.json');
  writeFileSync(file, text);
  return file;
}

test.each(['n\r', '\r', '\u0004'])(
  'an operation that changes the target is not run after the answer %j',
  async (key) => {
    const args = ['platform', 'run', writeScript(), 'ChangePassword'];
    const { shown, exitCode } = await typeInTerminal([['[y/N] ', key]], args);
    const lines = stripVTControlCharacters(shown).replaceAll('\r\n', '\n');
    expect(lines).toContain('CONFIRMATION_NEEDED  not confirmed: nothing was changed\n  Add --yes');
    expect([lines.includes('it ran'), exitCode]).toEqual([false, 2]);
  },
);

test('where nobody can be asked, the hint is the option and no command that lacks the others', async () => {
  const { exitCode, stderr } = await runCommand(['platform', 'run', writeScript(), 'ChangePassword']);
  expect([exitCode, stderr]).toEqual([2, expect.stringContaining('nobody has confirmed it\n  Add --yes')]);
});

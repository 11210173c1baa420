import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { makeTemporaryFolder } from '../../../src/process/folders/make-temporary-folder.ts';
import { runCommand } from '../fixture.ts';
import { typeInTerminal } from '../type-in-terminal.ts';

const text = `{
  "Id": "Demo", "BackEnd": "Scriptable",
  "CheckPassword": {
    "Parameters": [ { "AccountPassword": { "Type": "Secret", "Required": true } } ],
    "Do": [
      { "SetItem": { "Name": "Count", "Value": 1 } },
      { "Log": { "Text": "count %Count%" } },
      { "Wait": { "Seconds": 60 } },
      { "Return": { "Value": true } }
    ]
  }
}`;

function writeScript(): string {
  const folder = makeTemporaryFolder();
  onTestFinished(() => {
    rmSync(folder, { recursive: true });
  });
  const file = path.join(folder, 'demo.json');
  writeFileSync(file, text);
  return file;
}

async function type(keys: [string, string][], ...breaks: string[]): Promise<{ shown: string; exitCode: number }> {
  const args = ['platform', 'run', writeScript(), 'CheckPassword', ...breaks.flatMap((each) => ['--break', each])];
  const { shown, exitCode } = await typeInTerminal(keys, args, { SPP_PARAM_AccountPassword: 'Hunter2secret' });
  return { shown: stripVTControlCharacters(shown).replaceAll('\r\n', '\n'), exitCode };
}

const prompt = 'break> ';

test('a stop shows the line of the script, and does what is typed', async () => {
  const { shown, exitCode } = await type(
    [
      [prompt, 'v\r'],
      [prompt, 'set Count=42\r'],
      [prompt, 'n\r'],
      [prompt, 'q\r'],
    ],
    'Log',
  );
  expect(shown).toContain('Log in CheckPassword  (breakpoint Log)  demo.json:7  /CheckPassword/Do/1/Log\n→    7  {');
  expect(shown).toContain('  Count = 1\n  AccountPassword = "**secret**"\n');
  expect(shown).toContain('count 42\nWait in CheckPassword  demo.json:8');
  expect(shown).toContain('CheckPassword: cancelled');
  expect(shown).not.toContain('DEADLINE_OFF'); // said at the stop, and the run was ended there
  expect(shown).not.toContain('Hunter2');
  expect(exitCode).toBe(130);
});

test('commands that are typed at once are done one after the other, and Enter repeats', async () => {
  const { shown, exitCode } = await type([[prompt, 'n\r\rp Count + 1\rq\r']], 'start');
  expect(shown.match(/^→ .*/gm)).toEqual([
    expect.stringContaining('"SetItem"'),
    expect.stringContaining('"Log"'),
    expect.stringContaining('"Wait"'),
  ]);
  expect([/^2$/m.test(shown), exitCode]).toEqual([true, 130]);
});

test('Ctrl-C ends a stop, and the step that runs after it', async () => {
  expect((await type([[prompt, '\u0003']], 'start')).exitCode).toBe(130);
  const { shown, exitCode } = await type([[prompt, 'c\r'], ['count 1', '\u0003']], 'start'); // prettier-ignore
  expect([shown.includes('CheckPassword: cancelled'), exitCode]).toEqual([true, 130]);
});

test('without a terminal nobody could say how to go on', async () => {
  const { exitCode, stderr } = await runCommand([
    'platform',
    'run',
    writeScript(),
    'CheckPassword',
    '--break',
    'start',
  ]);
  expect([exitCode, stderr]).toEqual([2, expect.stringContaining('--break needs a terminal')]);
});

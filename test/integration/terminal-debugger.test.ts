import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { makeFolder, runCommand } from './fixture.ts';
import { typeInTerminal } from './type-in-terminal.ts';

const manifest = 'api: "1.9"\ntype: aa\nname: Looked_Into\nversion: "1"\ndescription: x\nentry_point: main.py\n';
const main = `#!/usr/bin/env pluginwrapper3
class Plugin:
    def __init__(self, configuration):
        pass

    def authenticate(self, cookie):
        tries = 41
        breakpoint()
        return {"verdict": "DENY", "cookie": {"tries": tries}}

    def authorize(self, cookie):
        limit = 3
        return 1 / (limit - 3)
`;
let plugin = '';

beforeAll(() => {
  plugin = path.join(makeFolder(), 'looked-into');
  mkdirSync(plugin);
  writeFileSync(path.join(plugin, 'MANIFEST'), manifest);
  writeFileSync(path.join(plugin, 'main.py'), main);
});

const prompt = '(Pdb) ';

describe.skipIf(process.platform !== 'linux')('--pdb', () => {
  test('opens the debugger of Python in this terminal at breakpoint(), and the call goes on', async () => {
    const waits = [
      [prompt, 'p tries + 1\n'],
      ['42', ''],
      [prompt, 'c\n'],
    ] as const;
    const { shown, exitCode } = await typeInTerminal(waits, ['invoke', 'authenticate', '-p', plugin, '--pdb']);
    expect(shown).toContain('main.py(9)authenticate()');
    expect(shown).toMatch(/DENY.*without a deadline[^]*\+ tries: 41/);
    expect(exitCode).toBe(0);
  });

  test('opens it where a hook raises, and with --break in its first line', async () => {
    const raised = await typeInTerminal(
      [
        [prompt, 'p limit\n'],
        [prompt, 'q\n'],
      ],
      ['invoke', 'authorize', '-p', plugin, '--pdb'],
    );
    expect(raised.shown).toMatch(/ZeroDivisionError[^]*main\.py\(13\)authorize\(\)[^]*\n3\r?\n[^]*raised/);
    const stopped = await typeInTerminal([[prompt, 'q\n']], ['invoke', 'authorize', '-p', plugin, '--pdb', '--break']);
    expect(stopped.shown).toMatch(/main\.py\(12\)authorize\(\)[^]*bdb\.BdbQuit: the debugger was left with q/);
  });

  test('needs a terminal and a Python plugin', async () => {
    const { stderr, exitCode } = await runCommand(['invoke', 'authenticate', '-p', plugin, '--pdb']);
    expect({ exitCode, stderr }).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('--pdb needs a terminal'),
    });
  });
});

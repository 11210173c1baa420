import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { typeInProgram } from '../integration/type-in-terminal.ts';

const checkout = path.resolve(import.meta.dirname, '../..');
const host = path.join(checkout, 'bin/plugin-host.js');
const bashCompletion = '/usr/share/bash-completion/bash_completion';
let folder = '';

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'ph-test-'));
  cpSync(path.join(checkout, 'sample-plugins/vault'), path.join(folder, 'vault'), { recursive: true });
  mkdirSync(path.join(folder, 'a folder'));
  writeFileSync(path.join(folder, 'a folder/x.cfg'), '');
  mkdirSync(path.join(folder, '.plugin-host/sessions'), { recursive: true, mode: 0o700 });
  chmodSync(path.join(folder, '.plugin-host'), 0o700);
  writeFileSync(path.join(folder, '.plugin-host/sessions/my-demo.db'), '');
  const tell = `printf ARGS; printf '<%s>' "$@"; echo ' END'`;
  const answer = `[ "$1" = __complete ] && exec '${process.execPath}' '${host}' "$@"`;
  writeProgram('bin/plugin-host', `${answer}\n${tell}`);
  writeProgram('node_modules/.bin/plugin-host', `${answer}\nexit 1`);
  writeProgram('bin/npx', tell);
  for (const shell of ['bash', 'zsh', 'fish'])
    writeFileSync(
      path.join(folder, `completion.${shell}`),
      execFileSync(process.execPath, [host, 'completion', shell]),
    );
  mkdirSync(path.join(folder, 'functions'));
  cpSync(path.join(folder, 'completion.zsh'), path.join(folder, 'functions/_plugin-host'));
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

function writeProgram(name: string, text: string): void {
  const file = path.join(folder, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, `#!/bin/sh\n${text}\n`, { mode: 0o755 });
}

/** What is typed up to the key, and the words that the program then gets. */
const typed = [
  ['plugin-host inv', ['invoke']],
  ['plugin-host invoke get_pa', ['invoke', 'get_password_list']],
  ['plugin-host invoke x --connection ssh-', ['invoke', 'x', '--connection', 'ssh-gateway']],
  ['plugin-host invoke x --connection=ssh-', ['invoke', 'x', '--connection=ssh-gateway']],
  ['plugin-host session show my-', ['session', 'show', 'my-demo']],
  ['plugin-host invoke x -p vau', ['invoke', 'x', '-p', expect.stringMatching(/^vault\/?$/)]],
  ['plugin-host invoke x --config=a\\ folder/', ['invoke', 'x', '--config=a folder/x.cfg']],
  ['plugin-host simulate --chaos=timeout@get_pa', ['simulate', '--chaos=timeout@get_password_list']],
  ['plugin-host check --he', ['check', '--help']],
  ['npx plugin-host invoke get_pa', ['plugin-host', 'invoke', 'get_password_list']],
  ['npx -y plugin-host sim', ['-y', 'plugin-host', 'simulate']],
] as const;

const searching = 'PATH="$PWD/bin:$PATH"';
const shells = [
  ['bash', ['bash', '--norc', '--noprofile', '-i'], `${searching}; source completion.bash`],
  [
    'bash with bash-completion',
    ['bash', '--norc', '--noprofile', '-i'],
    `${searching}; source ${bashCompletion}; source completion.bash`,
  ],
  ['zsh', ['zsh', '-f', '-i'], `${searching}; autoload -U compinit; compinit -D -u; source completion.zsh`],
  [
    'zsh that finds it in fpath',
    ['zsh', '-f', '-i'],
    `${searching}; fpath=($PWD/functions $fpath); autoload -U compinit; compinit -D -u`,
  ],
  ['fish', ['fish', '--no-config', '-i'], 'set PATH "$PWD/bin" $PATH; source completion.fish'],
] as const;

describe.each(shells)('%s', (name, [shell, ...args], setup) => {
  const isThere = isInstalled(shell) && (!name.includes('bash-completion') || existsSync(bashCompletion));

  const options = name === 'bash' ? {} : { tags: ['thorough'] };
  test.skipIf(!isThere)('completes words, options and values', options, async () => {
    const { shown } = await typeInProgram(
      [
        ['', `${setup}; echo READ''Y\r`],
        ...typed.map(([line], index): [string, string] => [index === 0 ? 'READY' : ' END', `${line}\t\r`]),
        [' END', 'exit\r'],
      ],
      [shell, ...args],
      { cwd: folder, env: { HOME: folder, TERM: 'xterm' } },
    );
    const got = Array.from(shown.matchAll(/ARGS((?:<[^>]*>)*) END/g), ([, words = '']) =>
      Array.from(words.matchAll(/<([^>]*)>/g), ([, word]) => word),
    );
    expect(got).toEqual(typed.map(([, words]) => words));
  });
});

function isInstalled(program: string): boolean {
  return (process.env['PATH'] ?? '').split(path.delimiter).some((each) => existsSync(path.join(each, program)));
}

import { execFileSync } from 'node:child_process';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { makeFolder, python } from './fixture.ts';

const checkout = path.resolve(import.meta.dirname, '../..');
const tell = `process.on('exit', () => {
  require('fs').writeFileSync(__dirname + '/modules.json', JSON.stringify(process.moduleLoadList));
});`;

/** The modules of Node that a command loads. */
function modulesOf(folder: string, ...args: string[]): string[] {
  writeFileSync(path.join(folder, 'tell.cjs'), tell);
  const program = ['--require', path.join(folder, 'tell.cjs'), path.join(checkout, 'bin/plugin-host.js')];
  execFileSync(process.execPath, [...program, ...args], { cwd: folder, stdio: 'pipe' });
  return JSON.parse(readFileSync(path.join(folder, 'modules.json'), 'utf8')) as string[];
}

// What loads it again costs every start 4 ms of a processor; `base/hash-text.ts` is there to do without.
test.each(['invoke authenticate --plugin otp', 'check otp'])('a start of %s does not load node:crypto', (command) => {
  const folder = makeFolder();
  cpSync(path.join(checkout, 'sample-plugins/otp'), path.join(folder, 'otp'), { recursive: true });
  const loaded = modulesOf(folder, ...command.split(' '), '--python', python);
  expect(loaded).toContain('NativeModule fs');
  expect(loaded).not.toContain('NativeModule crypto');
});

// TLS, YAML, ssh2 and recordings need it: a run has what its script uses.
test('a start of platform run does not load node:crypto and node:tls', () => {
  const folder = makeFolder();
  const script = { Id: 'X', BackEnd: 'Scriptable', CheckSystem: { Do: [{ Return: { Value: true } }] } };
  writeFileSync(path.join(folder, 'script.json'), JSON.stringify(script));
  const loaded = modulesOf(folder, 'platform', 'run', 'script.json', 'CheckSystem');
  expect(loaded).toContain('NativeModule http');
  expect(loaded.filter((name) => /^NativeModule (?:crypto|tls|https)$/.test(name))).toEqual([]);
});

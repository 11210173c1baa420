import { execFileSync } from 'node:child_process';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { makeFolder, python } from './fixture.ts';

const checkout = path.resolve(import.meta.dirname, '../..');
const tell = `process.on('exit', () => {
  require('fs').writeFileSync(__dirname + '/modules.json', JSON.stringify(process.moduleLoadList));
});`;

// What loads it again costs every start 4 ms of a processor; `base/hash-text.ts` is there to do without.
test.each(['invoke authenticate --plugin otp', 'check otp'])('a start of %s does not load node:crypto', (command) => {
  const folder = makeFolder();
  cpSync(path.join(checkout, 'sample-plugins/otp'), path.join(folder, 'otp'), { recursive: true });
  writeFileSync(path.join(folder, 'tell.cjs'), tell);
  const program = ['--require', path.join(folder, 'tell.cjs'), path.join(checkout, 'bin/plugin-host.js')];
  execFileSync(process.execPath, [...program, ...command.split(' '), '--python', python], { cwd: folder });
  const loaded = JSON.parse(readFileSync(path.join(folder, 'modules.json'), 'utf8')) as string[];
  expect(loaded).toContain('NativeModule fs');
  expect(loaded).not.toContain('NativeModule crypto');
});

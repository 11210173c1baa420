import { cpSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { makeFolder, runCommand } from './fixture.ts';

const backends = (name: string): string =>
  `backends: [{address: mfa.acme.test, http: {routes: [{path: /, bearer: "\${${name}}", answer: {text: ok}}]}}]\n`;
const config = 'config: "[otp]\\npasscode = x\\n"\n';
const calls = 'cases: [{name: asks, hook: authenticate}]\n';

/** What a test says of a name that stands for nothing. */
async function failure(project: string, own: string): Promise<string> {
  const folder = makeFolder();
  cpSync(path.resolve(import.meta.dirname, '../../sample-plugins/otp-ts'), folder, { recursive: true });
  writeFileSync(path.join(folder, 'plugin-host.yaml'), project);
  const file = path.join(folder, 'own.plugin-test.yaml');
  writeFileSync(file, `plugin: .\n${own}${calls}`);
  const { stdout, stderr, exitCode } = await runCommand(['test', file]);
  expect(exitCode).toBe(1);
  return (stdout + stderr).replaceAll(/\S*\/(?=[\w.-]+\.yaml)/g, '').replaceAll(/\s+/g, ' ');
}

test('a name that stands for nothing is told with the file of the backend, and where the configuration is from', async () => {
  const told = (file: string, from: string): string =>
    `TARGET_INVALID: ${file}: backends.0.http.routes.0.bearer: nothing is named otp.key. ${from}`;
  const known = 'Known: otp.passcode. A literal begins with $${. The names are those of';
  const [project, own] = ['plugin-host.yaml', 'own.plugin-test.yaml'];
  expect(await failure(backends('otp.key'), config)).toContain(told(project, `${known} ${own}`));
  expect(await failure(config, backends('otp.key'))).toContain(told(own, `${known} ${project}`));
  expect(await failure(config + backends('otp.key'), '')).toContain(told(project, `${known} ${project}`));
});

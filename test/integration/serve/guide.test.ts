import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Served } from './served.ts';

const checkout = path.resolve(import.meta.dirname, '../../..');
const guide = readFileSync(path.join(checkout, 'docs/deploying-by-the-api.md'), 'utf8');
const [begin = '', deploy = '', attempt = ''] = [...guide.matchAll(/^```sh\n(.*?)^```$/gmsu)].map(
  ([, block = '']) => block,
);
let folder = '';

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'ph-test-'));
  mkdirSync(path.join(folder, 'bin'));
  cpSync(path.join(checkout, 'sample-plugins/otp'), path.join(folder, 'sample-plugins/otp'), { recursive: true });
  const npx = path.join(folder, 'bin/npx');
  writeFileSync(
    npx,
    `#!/bin/sh\nshift\nexec '${process.execPath}' '${path.join(checkout, 'bin/plugin-host.js')}' "$@"\n`,
  );
  chmodSync(npx, 0o755);
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

async function run(script: string, env: Record<string, string> = {}): Promise<string> {
  const { all, exitCode } = await execa('sh', ['-c', script], {
    cwd: folder,
    env: { PATH: `${path.join(folder, 'bin')}:${process.env['PATH'] ?? ''}`, NO_COLOR: '1', ...env },
    all: true,
    reject: false,
  });
  expect({ exitCode, all }).toMatchObject({ exitCode: 0 });
  return all;
}

test('the script of the guide deploys with curl, and what it commits runs', async () => {
  expect(begin).toContain('npx plugin-host serve --admin-password-file admin.txt');
  writeFileSync(path.join(folder, 'admin.txt'), 'correct horse battery\n');
  const served = await Served.start({ stateDir: path.join(folder, '.plugin-host') });
  try {
    const answers = await run(deploy, { SPS: served.server.url });
    expect(answers).toContain('"type":"create"');
    expect(answers).toContain('"status":"closed"');
  } finally {
    await served.close();
  }
  const shown = await run(attempt);
  expect(shown).toContain('policy ssh/ssh-lab: root allowed by the usermapping policy ops, entry 1');
  expect(shown).toContain('aa/Sample_Otp');
});

import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openScript, type ScriptRunOptions } from '../../../src/platform/run/open-script.ts';
import type { RunResult } from '../../../src/platform/run/run-result.ts';
import { systemCrypt } from '../../../src/platform/run/system-crypt.ts';
import { makeTemporaryFolder } from '../../../src/process/folders/make-temporary-folder.ts';

async function compare(password: string, hash: string, options: ScriptRunOptions = {}): Promise<RunResult> {
  const folder = makeTemporaryFolder();
  onTestFinished(() => {
    rmSync(folder, { recursive: true });
  });
  const file = path.join(folder, 'script.json');
  const steps = [
    { CompareShadowHash: { Password: password, SaltedHash: hash, ResultVariable: 'Is' } },
    { Return: { Value: '%Is%' } },
  ];
  writeFileSync(
    file,
    JSON.stringify({ Id: 'Test', BackEnd: 'Scriptable', CheckSystem: { Parameters: [], Do: steps } }),
  );
  return (await openScript(file)).run('CheckSystem', options);
}

/** Musl and macOS know neither. */
const isKnown = (await systemCrypt('right', '$y$j9T$abcdefghijklmnop', new AbortController().signal)) !== null;

// bcrypt with 2^31 rounds takes days.
const endless = '$2b$31$abcdefghijklmnopqrstuuJ5iOB3DcBdZ2nzZrGGUzQYkkhMdCvsC';

describe.runIf(isKnown)('crypt(3) of the system', () => {
  test.each(['right', 'wrong'])('knows yescrypt: %s', async (password) => {
    const hash = '$y$j9T$abcdefghijklmnop$fg53GdnxwfYgIeBAW3BgEqWAuDxTTs59ZbR55f0zS..';
    expect((await compare(password, hash)).value).toBe(password === 'right');
  });

  test('ends with the run, also when the hash takes days', async () => {
    const { error, durationMs } = await compare('password', endless, { maxRunMs: 300 });
    expect(error?.code).toBe('RUN_TIMEOUT');
    expect(durationMs).toBeLessThan(10_000);
  });

  test('ends when the user ends the run', async () => {
    const user = new AbortController();
    setTimeout(() => {
      user.abort();
    }, 100);
    expect((await compare('password', endless, { signal: user.signal })).outcome).toBe('cancelled');
  });
});

import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { readParameterOptions } from '../../../../src/cli/platform/read-parameter-options.ts';
import { fillParameters } from '../../../../src/platform/run/fill-parameters.ts';
import { requireOperation } from '../../../../src/platform/run/require-operation.ts';
import { readScript } from '../../../../src/platform/script/read-script.ts';
import { makeTemporaryFolder } from '../../../../src/process/folders/make-temporary-folder.ts';

const text = JSON.stringify({
  Id: 'Test',
  BackEnd: 'Scriptable',
  CheckPassword: { Parameters: [{ AccountPassword: { Type: 'Secret', Required: true } }], Do: [] },
});

/** What filling the parameter comes to: `set`, or the message. */
async function fill(
  options: Parameters<typeof readParameterOptions>[1],
  environment: Record<string, string> = {},
  answer?: string | null,
): Promise<string> {
  const { script } = readScript(text);
  if (script === undefined) throw new Error('no script');
  const operation = requireOperation(script, 'test.json', 'CheckPassword');
  const ask = answer === undefined ? undefined : () => Promise.resolve(answer ?? undefined);
  const { sources } = await readParameterOptions(operation, options, { environment, ask });
  return fillParameters(operation, sources).then(
    () => 'set',
    (reason: unknown) => (reason as Error).message,
  );
}

function writeParams(yaml: string): string {
  const folder = makeTemporaryFolder();
  onTestFinished(() => {
    rmSync(folder, { recursive: true });
  });
  const file = path.join(folder, 'lab.yaml');
  writeFileSync(file, yaml, { mode: 0o600 });
  return file;
}

const missing = 'AccountPassword has no value; CheckPassword needs one';

describe('--secret that gives nothing', () => {
  test.each([
    ['env:TYPO', undefined, '(the environment variable TYPO of --secret AccountPassword is not set)'],
    ['prompt', undefined, '(--secret AccountPassword=prompt: there is no terminal to ask on)'],
    ['prompt', null, '(--secret AccountPassword=prompt: nobody answered)'],
  ])('is named, and no other value gets in its place: %s', async (where, answer, reason) => {
    const options = { secret: [`AccountPassword=${where}`], params: writeParams('AccountPassword: another') };
    const environment = { SPP_PARAM_AccountPassword: 'another' };
    expect(await fill(options, environment, answer)).toBe(`${missing} ${reason}`);
  });
});

describe('a reference of --params that gives nothing', () => {
  test.each([
    ['{env: TYPO}', 'the environment variable TYPO of AccountPassword in FILE is not set'],
    ['{prompt: true}', '{prompt: true} for AccountPassword in FILE: there is no terminal to ask on'],
  ])('is named when nothing else fills: %s', async (reference, reason) => {
    const file = writeParams(`AccountPassword: ${reference}`);
    expect(await fill({ params: file })).toBe(`${missing} (${reason.replace('FILE', file)})`);
    expect(await fill({ params: file }, { SPP_PARAM_AccountPassword: 'another' })).toBe('set');
  });
});

test('an empty variable is a value', async () => {
  expect(await fill({ secret: ['AccountPassword=env:EMPTY'] }, { EMPTY: '' })).toBe('set');
});

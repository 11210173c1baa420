import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { openScript, type ScriptRunOptions } from '../../../src/platform/run/open-script.ts';
import type { RunResult } from '../../../src/platform/run/run-result.ts';
import { makeTemporaryFolder } from '../../../src/process/folders/make-temporary-folder.ts';

export interface StepsToRun {
  imports?: readonly string[];
  steps: readonly object[];
}

/** Runs steps as the operation `CheckSystem`, which declares what is given; what is called `…Password` or `…Key` is a secret. */
export async function runSteps(
  { imports = [], steps }: StepsToRun,
  { parameters = {}, quietMs = 20, ...options }: ScriptRunOptions = {},
): Promise<RunResult> {
  const folder = makeTemporaryFolder();
  onTestFinished(() => {
    rmSync(folder, { recursive: true });
  });
  const declared = Object.entries(parameters).map(([name, value]) => ({ [name]: { Type: typeOf(name, value) } }));
  const file = path.join(folder, 'script.json');
  const operation = { Parameters: declared, Do: steps };
  writeFileSync(file, JSON.stringify({ Id: 'Test', BackEnd: 'Scriptable', Imports: imports, CheckSystem: operation }));
  return (await openScript(file)).run('CheckSystem', { parameters, quietMs, ...options });
}

function typeOf(name: string, value: unknown): string {
  if (/(Password|UserKey|PrivateKey)$/.test(name)) return 'Secret';
  if (Array.isArray(value)) return 'Array';
  return typeof value === 'number' ? 'Integer' : typeof value === 'boolean' ? 'Boolean' : 'String';
}

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readScenarioTest } from '../../../../src/sps/testing/read-scenario-test.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'ph-test-'));

afterAll(() => {
  rmSync(folder, { recursive: true });
});

test('a scenario that is not valid is a case that fails, with its line', async () => {
  writeFileSync(path.join(folder, 'x.scenario.yaml'), '\ufeffplugins:\n  aa: nowhere\nexpect:\n  ended: denied\n');
  const { cases } = readScenarioTest('x.scenario.yaml', {
    host: { environment: {}, currentFolder: folder },
    showSecrets: false,
    renderSession: () => '',
    hardSignal: new AbortController().signal,
  });
  const run = cases.map(async (each) => each.run(new AbortController().signal));
  expect(await Promise.all(run)).toEqual([
    expect.objectContaining({
      name: 'x.scenario.yaml',
      passed: false,
      failure: expect.objectContaining({ line: 2, message: expect.stringContaining('SCENARIO_INVALID') }),
    }),
  ]);
});

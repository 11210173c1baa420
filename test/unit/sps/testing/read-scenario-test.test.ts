import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readScenarioTest } from '../../../../src/sps/testing/read-scenario-test.ts';
import { TestVariants } from '../../../../src/sps/testing/test-variants.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'ph-test-'));

afterAll(() => {
  rmSync(folder, { recursive: true });
});

test('a scenario that is not valid is a case that fails, with its line', async () => {
  writeFileSync(path.join(folder, 'x.scenario.yaml'), '\ufeffplugins:\n  aa: nowhere\nexpect:\n  ended: denied\n');
  const host = { environment: {}, currentFolder: folder };
  await using variants = new TestVariants({ host, repeatOptions: () => [] });
  const { cases } = readScenarioTest(
    'x.scenario.yaml',
    { host, showSecrets: false, renderSession: () => '', hardSignal: new AbortController().signal },
    await variants.waysOf(undefined),
  );
  const run = cases.map(async (each) => each.run(new AbortController().signal));
  expect(await Promise.all(run)).toEqual([
    expect.objectContaining({
      name: 'x.scenario.yaml',
      passed: false,
      failure: expect.objectContaining({ line: 2, message: expect.stringContaining('SCENARIO_INVALID') }),
    }),
  ]);
});

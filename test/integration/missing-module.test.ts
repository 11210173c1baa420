import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { CheckReport } from '../../src/sps/check/check-plugin.ts';
import type { JsonReport } from '../../src/testing/reporters/json-report.ts';
import { callFixture, fixture, makeFolder, python, runHost } from './fixture.ts';

const behaviour = 'imports-what-is-missing';
const hint = `${python} -m pip install radius_client_of_nobody, and write radius_client_of_nobody into requirements.txt so that pack includes it.`;

test('a module that is missing is mended by the same words in a call and in check', async () => {
  const { problems, outcome } = await callFixture(behaviour);
  expect(outcome).toMatchObject({ kind: 'raised', phase: 'import' });
  expect(problems).toMatchObject([{ level: 'warning', code: 'MODULE_MISSING', hint }]);
  const { json } = await runHost<CheckReport>('check', fixture(behaviour), '--python', python);
  expect(json.problems.at(-1)).toMatchObject({ code: 'IMPORT_FAILED', file: 'main.py', line: 1, hint });
});

test('it fails a file of tests once, and not the case that expects it', async () => {
  const file = path.join(makeFolder(), 'a.plugin-test.yaml');
  const plugin = path.relative(path.dirname(file), fixture(behaviour));
  const cases = ['value: {}', 'value: {passwords: []}', 'outcome: raised']
    .map((expected, n) => `  - {name: "${n}", hook: get_password_list, expect: {${expected}}}`)
    .join('\n');
  writeFileSync(file, `plugin: ${plugin}\ncases:\n${cases}\n`);
  const { json, exitCode } = await runHost<JsonReport>('test', file, '--python', python);
  expect({ exitCode, ...json }).toMatchObject({ exitCode: 1, passed: 1, failed: 1, skipped: 1 });
  expect(json.suites[0]?.cases[0]?.failure?.detail).toContain(hint);
});

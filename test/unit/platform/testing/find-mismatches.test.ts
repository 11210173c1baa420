import { expect, test } from 'vitest';
import type { RunResult } from '../../../../src/platform/run/run-result.ts';
import { findMismatches } from '../../../../src/platform/testing/find-mismatches.ts';
import type { Expectation } from '../../../../src/platform/testing/test-file.ts';

const status = (name: string, percent: number): RunResult['status'][number] => ({
  ...{ t: 0, type: 'Checking', percent, name, parameters: ['alice'], text: `${name} alice` },
});
const result: RunResult = {
  ...{ script: { id: 'X', path: 'x.json' }, operation: 'CheckPassword', parameters: {} },
  ...{ outcome: 'mismatch', taskStatus: 'PasswordMismatch', value: false, response: { key: 'k', more: [1, 2] } },
  error: { code: 'THROWN', message: 'no way in', hint: '', path: '/a', line: 1, column: 1, stack: [], cause: null },
  discovered: { accounts: [{ name: 'alice', userId: '5' }, { name: 'bob' }], services: [], sshKeys: [], assets: [] },
  status: [status('Connecting', 10), status('VerifyingPassword', 50), status('Done', 90)],
  log: [
    { t: 0, text: 'one', path: '/a' },
    { t: 0, text: 'two', path: '/b' },
  ],
  ...{ durationMs: 20, steps: 3, targets: [], trace: null, emulationNotes: [] },
  problems: [{ level: 'warning', code: 'NO_RETURN', message: '', hint: '' }],
};

const find = (expect: Expectation): string[] =>
  findMismatches({ outcome: 'mismatch', ...expect }, result, {
    requests: [],
    commands: [],
    unmatched: [],
    denied: [],
  }).map(({ keys }) => keys.join('.'));

test.each<[Expectation]>([
  [{ value: false, taskStatus: 'PasswordMismatch', problems: ['NO_RETURN'], withinMs: 20 }],
  [{ error: 'no way in' }],
  [{ error: { contains: 'way' } }],
  [{ error: { code: 'THROWN', message: { matches: '^no' } } }],
  [{ response: { key: { any: true } } }],
  [{ status: ['Connecting', { name: { contains: 'Done' }, percent: 90, parameters: ['alice'] }] }],
  [{ log: { contains: 'one\ntwo' } }],
  [{ records: { accounts: [{ name: 'alice' }, { name: 'bob' }], services: [] } }],
  [{ requests: [], commands: [] }],
])('%j holds', (expectation) => {
  expect(find(expectation)).toEqual([]);
});

test.each<[string[], Expectation]>([
  [['outcome'], { outcome: 'success', value: true }],
  [['value', 'problems'], { value: true, problems: [] }],
  [['error.code'], { error: { code: 'LOGIN_REFUSED' } }],
  [['response.more'], { response: { more: [1] } }],
  [['status.1'], { status: ['Done', 'Connecting'] }],
  [['records.accounts'], { records: { accounts: [{ name: 'alice' }] } }],
  [['requests.0'], { requests: [{ path: '/' }] }],
  [['withinMs'], { withinMs: 19 }],
])('%j differ from %j', (keys, expectation) => {
  expect(find(expectation)).toEqual(keys);
});

test('without an outcome, success is expected', () => {
  const found = findMismatches({}, result, { requests: [], commands: [], unmatched: [], denied: [] });
  expect(found).toEqual([{ keys: ['outcome'], expected: 'success', got: 'mismatch' }]);
});

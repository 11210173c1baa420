import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { checkScript, openScript, runTests, startTarget } from '../../../src/platform.ts';
import { makeFolder } from '../fixture.ts';

/** What a user has: a script, and the example of the documentation. */
const script = {
  Id: 'Health',
  BackEnd: 'Scriptable',
  CheckSystem: {
    Parameters: [{ Address: { Type: 'String' } }, { FuncPassword: { Type: 'Secret' } }],
    Do: [
      { BaseAddress: { Address: 'https://%Address%' } },
      { NewHttpRequest: { ObjectName: 'Health' } },
      { Request: { RequestObjectName: 'Health', ResponseObjectName: 'Answer', Verb: 'GET', Url: 'health' } },
      { Return: { Value: '%{ Answer.StatusCode == 200 }%' } },
    ],
  },
};

function writeScript(): string {
  const file = path.join(makeFolder(), 'health.json');
  writeFileSync(file, JSON.stringify(script));
  return file;
}

const description = { http: { routes: [{ path: '/health', answer: 200 }] } };

test('a script runs against a target of the test, whose certificate is trusted without being asked for', async () => {
  const opened = await openScript(writeScript());
  const target = await startTarget(description);
  const run = await opened.run('CheckSystem', {
    parameters: { Address: 'target.test', FuncPassword: 'p' },
    targets: [target],
  });
  await target.close();
  expect(run).toMatchObject({ outcome: 'success', targets: ['target.test:443'], parameters: { FuncPassword: 'p' } });
  expect(target.requests).toMatchObject([{ method: 'GET', path: '/health', status: 200 }]);
  expect([target.commands, target.unmatched]).toEqual([[], []]);
});

test('with targets nothing else is reached, not even this machine', async () => {
  const opened = await openScript(writeScript());
  await using target = await startTarget({ ...description, address: 'portal.test' });
  const of = async (Address: string): Promise<unknown> =>
    (await opened.run('CheckSystem', { parameters: { Address, FuncPassword: 'p' }, targets: [target] })).error?.message;
  expect(await of('127.0.0.1')).toMatch(/127\.0\.0\.1: no target has this name on port 443/);
  expect(await of('Portal.Test')).toBeUndefined();
});

test('the certificate of a target that is not to be trusted is not', async () => {
  const opened = await openScript(writeScript());
  await using target = await startTarget({ http: { ...description.http, tls: 'untrusted' } });
  const parameters = { Address: 'target.test', FuncPassword: 'p' };
  expect((await opened.run('CheckSystem', { parameters, targets: [target] })).error?.code).toBe('TLS_UNTRUSTED');
});

test('checkScript and runTests give the documents of the commands', async () => {
  const file = writeScript();
  expect(checkScript(JSON.stringify(script), { file: 'health.json' })).toMatchObject({ ok: true, id: 'Health' });
  const tests = file.replace('.json', '.platform-test.yaml');
  writeFileSync(
    tests,
    `script: health.json
parameters: {FuncPassword: p}
target: {http: {routes: [{path: /health, answer: [200, 503]}]}}
cases:
  - {name: it is there, operation: CheckSystem}
  - {name: it goes, steps: [{operation: CheckSystem}, {operation: CheckSystem, expect: {outcome: failure}}]}
`,
  );
  expect(await runTests(path.dirname(file), { jobs: 1 })).toMatchObject({ ok: true, passed: 2, failed: 0 });
  expect(await runTests([tests], { filter: 'goes' })).toMatchObject({ passed: 1 });
});

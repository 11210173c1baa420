import path from 'node:path';
import { execa } from 'execa';
import { expect, test } from 'vitest';

const checkout = path.resolve(import.meta.dirname, '../..');
const bin = path.join(checkout, 'bin/plugin-host.js');
const otp = path.join(checkout, 'sample-plugins/otp');

interface Answer {
  id: number | null;
  result?: Record<string, unknown>;
  error?: { code: string; message: string; hint: string };
}

/** Asks one after the other, each once the one before is answered, then ends the input. */
async function converse(requests: (object | string)[]): Promise<{ answers: Answer[]; exitCode: number | undefined }> {
  const child = execa(process.execPath, [bin, 'rpc'], { reject: false });
  const answers: Answer[] = [];
  const lines = child.iterable({ from: 'stdout' })[Symbol.asyncIterator]();
  for (const request of requests) {
    child.stdin.write(`${typeof request === 'string' ? request : JSON.stringify(request)}\n`);
    const { value } = (await lines.next()) as { value: string };
    answers.push(JSON.parse(value) as Answer);
  }
  child.stdin.end();
  const { exitCode } = await child;
  return { answers, exitCode };
}

test('rpc opens a plugin, calls it, keeps a session, and ends with its input', async () => {
  const { answers, exitCode } = await converse([
    { id: 1, method: 'open', params: { path: otp } },
    {
      id: 2,
      method: 'call',
      params: { plugin: 1, hook: 'authenticate', kwargs: { gateway_user: 'root' }, connection: 'ssh' },
    },
    { id: 3, method: 'session.open', params: { aa: 1 } },
    { id: 4, method: 'session.call', params: { session: 2, hook: 'authenticate' } },
    {
      id: 5,
      method: 'session.call',
      params: { session: 2, hook: 'authenticate', kwargs: { key_value_pairs: { otp: '123456' } } },
    },
    { id: 6, method: 'session.end', params: { session: 2 } },
    { id: 7, method: 'mask', params: { texts: ['the code is 123456', 'nothing'] } },
  ]);
  expect(answers.map(({ id, result }) => [id, result?.['verdict']])).toEqual([
    [1, undefined],
    [2, 'NEEDINFO'],
    [3, undefined],
    [4, 'NEEDINFO'],
    [5, 'ACCEPT'],
    [6, undefined],
    [7, undefined],
  ]);
  expect(answers[6]?.result).toEqual({ texts: ['the code is ***', 'nothing'] });
  expect(answers[0]?.result).toEqual({ plugin: 1, name: 'Sample_Otp', type: 'aa' });
  expect(exitCode).toBe(0);
});

test('rpc answers a wrong request with an error and goes on', async () => {
  const { answers } = await converse([
    'secret {',
    { id: 1, method: 'opne' },
    { id: 2, method: 'call', params: { plugin: 9, hook: 'authenticate' } },
    { id: 3, method: 'open', params: { path: './nowhere' } },
  ]);
  expect(answers.map(({ id, error }) => [id, error?.code])).toEqual([
    [null, 'JSON_INVALID'],
    [1, 'USAGE'],
    [2, 'USAGE'],
    [3, 'PACKAGE_NOT_FOUND'],
  ]);
  expect(answers[1]?.error?.hint).toBe('Did you mean open?');
  expect(JSON.stringify(answers[0])).not.toContain('secret');
});

import { expect, test } from 'vitest';
import { renderRunResult } from '../../../../src/cli/platform/render-run-result.ts';
import { runScript } from '../../platform/run-script.ts';

const plain = (_style: string, text: string): string => text;

test('the hint of a run is that of its first error: the script only threw what it had caught', async () => {
  const connect = { ConnectionObjectName: 'C', Type: 'Ssh', NetworkAddress: '127.0.0.1', Login: 'svc' };
  const steps = [{ Try: { Do: [{ Connect: connect }], Catch: [{ Throw: { Value: 'no: %Exception%' } }] } }];
  const lines = renderRunResult(await runScript({ steps }), plain)
    .split('\n')
    .slice(1);
  expect(lines.map((line) => line.replace(/test\.json:\d+/, 'FILE'))).toEqual([
    'THROWN  no: Command Connect failed with an error: HostKey has no value while CheckHostKey is true',
    '  at FILE  /CheckSystem/Do/0/Try/Catch/0/Throw',
    '  first: HOST_KEY_MISSING  Command Connect failed with an error: HostKey has no value while CheckHostKey is true',
    '    at FILE  /CheckSystem/Do/0/Try/Do/0/Connect',
    '  Give HostKey (`plugin-host platform hostkey HOST` prints it), or --accept-host-key.',
  ]);
});

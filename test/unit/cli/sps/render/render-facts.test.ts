import { expect, test } from 'vitest';
import { renderFacts } from '../../../../../src/cli/sps/render/render-facts.ts';

const plain = (_style: string, text: string): string => text;
const unknown = { origin: null, ended: null, gatewayUser: null, gatewayGroups: null, protocol: null };

test('nothing is said of calls that were made one by one', () => {
  expect(renderFacts({ ...unknown, origin: 'invoke' }, plain)).toBe('');
});

test('a session is told with its end and its user', () => {
  const facts = { ...unknown, ended: 'denied', gatewayUser: 'w\u001b[2Jsmith', gatewayGroups: ['dba', 'ops'] };
  expect(renderFacts(facts, plain)).toMatch(/^denied {2}gateway user w.*smith in dba, ops$/);
  expect(renderFacts(facts, plain)).not.toContain('\u001b');
});

test('of a real login client, target and channels are told, as far as they are known', () => {
  const gateway = {
    client: '127.0.0.1:53412',
    clientVersion: 'SSH-2.0-OpenSSH_9.2',
    target: { user: 'root', host: 'db1', ip: '127.0.0.1', port: 2200, hostKey: 'SHA256:abc' },
    credential: 'key',
    reason: 'client left',
    channels: [
      { n: 1, type: 'exec', command: 'id', exitStatus: 0, signal: null, bytesIn: 0, bytesOut: 39, recording: null },
      { n: 2, type: 'forward', command: 'db:5432', refused: true, bytesIn: 0, bytesOut: 0, recording: null },
    ],
  };
  expect(renderFacts({ ...unknown, ended: 'closed', gateway }, plain).split('\n')).toEqual([
    'closed  no gateway user',
    '  client  127.0.0.1:53412, SSH-2.0-OpenSSH_9.2',
    '  target  root@db1:2200, by key, SHA256:abc',
    '  ended   client left',
    '',
    '  channel  type     command  exit     bytes in  bytes out  recording',
    '  1        exec     id       0        0         39',
    '  2        forward  db:5432  refused  0         0',
  ]);
  const running = { client: '127.0.0.1:1', target: null, reason: null, channels: [] };
  expect(renderFacts({ ...unknown, gateway: running }, plain)).toBe('running\n  client  127.0.0.1:1');
});

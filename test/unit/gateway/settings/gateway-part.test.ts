import path from 'node:path';
import { expect, test } from 'vitest';
import { gatewayPart } from '../../../../src/gateway/settings/gateway-part.ts';

test('files are relative to the file, and what else is written stays', () => {
  const { value, problems } = gatewayPart.read(
    { gateway: { listen: '127.0.0.1:0', allowTarget: ['10.*'], loginTimeout: '5m', log: '-', record: 'casts' } },
    '/here',
  );
  expect(problems).toEqual([]);
  expect(value).toEqual({
    listen: '127.0.0.1:0',
    allowTarget: ['10.*'],
    loginTimeout: '5m',
    log: '-',
    record: path.resolve('/here/casts'),
  });
});

test.each([
  ['an unknown key', { ports: 1 }],
  ['a way to treat host keys that is not there', { targetHostKey: 'never' }],
  ['a time of nothing', { idleTimeout: '0s' }],
])('%s is told', (_, gateway) => {
  expect(gatewayPart.read({ gateway }, '/here').problems).not.toEqual([]);
});

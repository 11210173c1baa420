import { expect, test } from 'vitest';
import { findTarget, plainName } from '../../../../src/targets/running/find-target.ts';

const claim = (name: string, port: number | undefined, loopbackPort: number) => ({
  claims: (address: string, asked: number) =>
    plainName(address) === name && (port === undefined || port === asked) ? loopbackPort : undefined,
});

test('the first that claims a name and port answers for them', () => {
  const [ssh, any] = [claim('a.test', 22, 1), claim('a.test', undefined, 2)];
  expect(findTarget([ssh, any], 'A.test.', 22)).toEqual({ target: ssh, loopbackPort: 1 });
  expect(findTarget([ssh, any], 'a.test', 443)).toEqual({ target: any, loopbackPort: 2 });
  expect(findTarget([ssh, any], 'b.test', 22)).toBeUndefined();
});

test.each([
  ['Host.Test.', 'host.test'],
  ['[::1]', '::1'],
])('%s is %s', (written, plain) => {
  expect(plainName(written)).toBe(plain);
});

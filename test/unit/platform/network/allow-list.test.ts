import { expect, test } from 'vitest';
import { AllowList } from '../../../../src/platform/network/allow-list.ts';

test.each([
  [[], 'localhost', 22, true],
  [[], '127.8.0.1', 22, true],
  [[], '[::1]', 22, true],
  [[], '::ffff:127.0.0.1', 22, true],
  [[], '0.0.0.0', 22, false],
  [[], 'host.example', 22, false],
  [['host.example'], 'HOST.example.', 22, true],
  [['host.example:443'], 'host.example', 22, false],
  [['*.example'], 'a.b.example', 1, true],
  [['*.example'], 'example', 1, false],
  [['*.example'], 'badexample', 1, false],
  [['10.0.0.0/8'], '10.9.8.7', 1, true],
  [['10.0.0.0/8'], '11.0.0.1', 1, false],
  [['[2001:db8::1]:22'], '2001:db8::1', 22, true],
  [['2001:db8::/32'], '2001:db8::5', 22, true],
])('%j admits %s:%d: %s', (entries, host, port, expected) => {
  expect(new AllowList(entries).allowsName(host, port)).toBe(expected);
});

test('an address may be admitted where its name is not', () => {
  const list = new AllowList(['10.0.0.0/8']);
  expect([list.allowsName('host.example', 22), list.allowsAddress('10.1.1.1', 22)]).toEqual([false, true]);
});

test.each(['', 'a b', 'host:0', 'host:99999', '10.0.0.0/33', 'x/8'])('%j is none', (entry) => {
  expect(() => new AllowList([entry])).toThrow(RangeError);
});

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
  [['2001:db8::/32'], '2001:db9::', 22, false],
  [['2001:DB8::1'], '2001:db8::1', 22, true],
  [['::1/128'], '::2', 22, false],
  [['10.0.0.0/8'], '::ffff:10.1.2.3', 22, true],
  [['10.0.0.0/8'], '::ffff:a01:203', 22, true],
  [['10.0.0.0/8'], '::ffff:11.1.2.3', 22, false],
  [['10.1.2.0/24'], '10.1.2.0', 22, true],
  [['10.1.2.0/24'], '10.1.2.255', 22, true],
  [['10.1.2.0/24'], '10.1.3.0', 22, false],
  [['10.1.2.3/32'], '10.1.2.4', 22, false],
  [['10.1.2.3/31'], '10.1.2.2', 22, true],
  [['0.0.0.0/0'], '203.0.113.7', 22, true],
  [['0.0.0.0/0'], '2001:db8::1', 22, false],
  [['host.example.'], 'host.example', 22, true],
  [['*.EXAMPLE.'], 'a.example.', 22, true],
  [['host.example'], 'host.example..', 22, false],
  [['host.example'], 'host.example.evil', 22, false],
  // Only the address tells what such a spelling leads to.
  [['10.0.0.0/8'], '167838211', 22, false],
  [['10.0.0.0/8'], '012.1.2.3', 22, false],
  [['10.0.0.0/8'], '0x0a.1.2.3', 22, false],
  [[], '2130706433', 22, false],
  [[], '0177.0.0.1', 22, false],
  [[], '127.1', 22, false],
  [[], 'localhost.', 22, true],
  [[], 'LOCALHOST', 22, true],
  [[], 'localhost.example', 22, false],
  [[], '127.0.0.1.example', 22, false],
  [[], '128.0.0.1', 22, false],
  [[], '::', 22, false],
  [[], '::ffff:128.0.0.1', 22, false],
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

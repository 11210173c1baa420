import { describe, expect, test } from 'vitest';
import { isLoopback } from '../../../src/loopback/is-loopback.ts';
import { type Asked, judgeOrigin } from '../../../src/loopback/judge-origin.ts';

const served = { scheme: 'http', allowHosts: ['Tunnel.example'] } as const;
const judge = (asked: Partial<Asked>): string | undefined =>
  judgeOrigin({ hosts: ['localhost:8080'], origin: undefined, fetchSite: undefined, ...asked }, served);

describe('a request may pass', () => {
  test.each(['localhost', 'LOCALHOST:1', '127.0.0.1:8080', '127.9.9.9', '[::1]:8080', 'tunnel.example:443'])(
    'to %s',
    (host) => {
      expect(judge({ hosts: [host] })).toBeUndefined();
    },
  );

  test.each([undefined, 'http://localhost:8080', 'HTTP://LOCALHOST:8080'])('from %s', (origin) => {
    expect(judge({ origin, fetchSite: 'same-origin' })).toBeUndefined();
  });
});

describe('a request is refused', () => {
  test.each([
    'example.test',
    '10.0.0.5',
    'localhost.example.test',
    '127.0.0.1.example.test',
    '',
    'a@localhost',
    '[::2]',
  ])('to %j', (host) => {
    expect(judge({ hosts: [host] })).toBe('other-host');
  });

  test.each(['null', 'http://localhost:8081', 'https://localhost:8080', 'http://example.test'])('from %s', (origin) => {
    expect(judge({ origin })).toBe('other-origin');
  });

  test.each(['cross-site', 'same-site'])('when the browser says %s', (fetchSite) => {
    expect(judge({ fetchSite })).toBe('other-origin');
  });

  test('without a host, and with several', () => {
    expect(judge({ hosts: [] })).toBe('no-host');
    expect(judge({ hosts: ['localhost', 'localhost'] })).toBe('no-host');
  });

  test('by the target where that names another host', () => {
    expect(judge({ authority: 'example.test' })).toBe('other-host');
  });
});

test.each(['0.0.0.0', '192.168.1.1', '::', 'example.test'])('%s is not of this machine only', (host) => {
  expect(isLoopback(host)).toBe(false);
});

import { describe, expect, test } from 'vitest';
import { checkBackends, checkRequests } from '../../../../src/targets/backends/check-backends.ts';

const messagesOf = (backends: unknown): string[] =>
  checkBackends(['cases', 0, 'backends'], backends, '.').map(({ message }) => message);

describe('checkBackends', () => {
  test('takes HTTP and RADIUS at one name', () => {
    const radius = { secret: 's', users: { a: { password: 'p' }, b: { challenge: 'Next: ', password: 'q' } } };
    expect(
      messagesOf([
        { address: 'mfa.test', http: {} },
        { address: 'mfa.test', radius },
      ]),
    ).toEqual([]);
  });

  test.each([
    [[{ http: {} }], ['case 1, backends.0: the key address is missing']],
    [[{ address: 'a.test' }], ['case 1, backends.0: expected one of http and radius, got none']],
    [
      [{ address: 'a.test', http: {}, radius: { secret: 's' } }],
      ['case 1, backends.0: expected one of http and radius, got both'],
    ],
    [
      [{ address: 'a.test', http: { route: [] } }],
      ['case 1, backends.0.http: unknown key route. Did you mean routes?'],
    ],
    [
      [{ address: 'a.test', http: { routes: [{ body: { matches: '(' } }] } }],
      [expect.stringMatching(/^case 1, backends.0.http.routes.0.body.matches: Invalid regular expression/)],
    ],
    [
      [{ address: 'a.test', port: 1812, radius: { secret: 's', delay: 'soon' } }],
      [expect.stringContaining('case 1, backends.0.radius.delay')],
    ],
    [
      [
        { address: 'a.test', http: {} },
        { address: 'A.test.', port: 443, http: {} },
      ],
      ['case 1, backends.1: another backend claims A.test. too; give each of them a port'],
    ],
  ])('tells what is wrong in %j', (backends, messages) => {
    expect(messagesOf(backends)).toEqual(messages);
  });
});

test('checkRequests tells an unknown key and a pattern that is none', () => {
  const told = checkRequests(['expect', 'requests'], [{ url: '/' }]).map(({ message }) => message);
  expect(told).toEqual([expect.stringMatching(/^expect.requests.0: unknown key url/)]);
  const { keys } = checkRequests(['expect', 'requests'], [{ body: { matches: '(' } }])[0] ?? {};
  expect(keys).toEqual(['expect', 'requests', 0, 'body', 'matches']);
});

import { expect, test } from 'vitest';
import { layTarget } from '../../../../src/targets/description/lay-target.ts';

test('routes and commands of the one above come first, its other keys win', () => {
  const http = layTarget(
    { address: 'a.test', port: 1, http: { tls: 'none', routes: [{ path: '/1' }] } },
    { port: 2, http: { tls: 'expired', routes: [{ path: '/2' }] } },
  );
  expect(http).toEqual({
    address: 'a.test',
    port: 2,
    http: { tls: 'expired', routes: [{ path: '/2' }, { path: '/1' }] },
  });
  const ssh = layTarget({ ssh: { motd: 'm', commands: [{ command: 'a' }] } }, { ssh: { motd: 'n' } });
  expect(ssh).toEqual({ ssh: { motd: 'n', commands: [{ command: 'a' }] } });
});

test('a kind that only one of them has stays as it is', () => {
  expect(layTarget({ telnet: { prompt: '>' } }, {})).toEqual({ telnet: { prompt: '>' } });
});

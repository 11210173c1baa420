import { describe, expect, test } from 'vitest';
import { hashOfShadow, matchesHash } from '../../../../src/platform/hashes/matches-hash.ts';

const none = (): Promise<null> => Promise.resolve(null);

/** Made by crypt(3) of glibc, and by `openssl passwd`. */
const hashes = [
  [
    'Hello world!',
    '$6$saltstring$svn8UoSVapNtMuq1ukKS4tPQd8iKwSMHWjl/O817G3uBnIFNjnQJuesI68u4OTLiBFdcbYEdFCoEOfaS35inz1',
  ],
  ['password', '$1$abcdefgh$G//4keteveJp0qb8z2DxG/'],
  ['', '$1$x$fwjfZtMwarkdetsjiQreU1'],
] as const;

describe('a password hash', () => {
  test.each(hashes)('%s has %s, and nothing else has', async (password, hash) => {
    expect(await matchesHash(password, hash, none)).toBe(true);
    expect(await matchesHash(`${password}x`, hash, none)).toBe(false);
  });

  test.each(['!', '*', '!!$6$x$y', '', 'x'])('that is locked (%s) matches nothing', async (hash) => {
    expect(await matchesHash('', hash, none)).toBe(false);
  });

  test('of another format is asked of the system', async () => {
    const asked = (password: string, setting: string): Promise<string> =>
      Promise.resolve(password === 'right' ? setting : '$y$other');
    expect(await matchesHash('right', '$y$j9T$x$y', asked)).toBe(true);
    expect(await matchesHash('wrong', '$y$j9T$x$y', asked)).toBe(false);
    expect(await matchesHash('right', '$y$j9T$x$y', none)).toBeUndefined();
  });
});

test.each([
  ['svc:$6$a$b:19000:0:99999:7:::', '$6$a$b'],
  ['sudo cat\r\nsvc:$1$a$b:1::\r\n$ ', '$1$a$b'],
  ['  $5$a$b\r\n', '$5$a$b'],
  ['svc:!:1', '!'],
])('the hash of %j is %j', (text, hash) => {
  expect(hashOfShadow(text)).toBe(hash);
});

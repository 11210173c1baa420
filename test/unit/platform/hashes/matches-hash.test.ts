import { describe, expect, test } from 'vitest';
import { hashOfShadow, matchesHash } from '../../../../src/platform/hashes/matches-hash.ts';
import { runScript } from '../run-script.ts';

const none = (): Promise<null> => Promise.resolve(null);
const onward = (): Promise<void> => Promise.resolve();

/** Made by crypt(3) of glibc, by `openssl passwd`, and those of AIX as hashcat shows them. */
const hashes = [
  [
    'Hello world!',
    '$6$saltstring$svn8UoSVapNtMuq1ukKS4tPQd8iKwSMHWjl/O817G3uBnIFNjnQJuesI68u4OTLiBFdcbYEdFCoEOfaS35inz1',
  ],
  ['password', '$1$abcdefgh$G//4keteveJp0qb8z2DxG/'],
  ['', '$1$x$fwjfZtMwarkdetsjiQreU1'],
  ['hashcat', '{smd5}a5/yTL/u$VfvgyHx1xUlXZYBocQpQY0'],
  ['hashcat', '{ssha1}06$bJbkFGJAB30L2e23$dCESGOsP7jaIIAJ1QAcmaGeG.kr'],
  ['hashcat', '{ssha256}06$aJckFGJAB30LTe10$ohUsB7LBPlgclE3hJg9x042DLJvQyxVCX.nZZLEz.g2'],
  [
    'hashcat',
    '{ssha512}06$bJbkFGJAB30L2e23$bXiXjyH5YGIyoWWmEVwq67nCU5t7GLy9HkCzrodRCQCx3r9VvG98o7O3V0r9cVrX3LPPGuHqT5LLn0oGCuI1..',
  ],
  ['secret', '{SSHA}Wcm1xEisNjqp921ALcHfuQ7avFdzYWx0MTIzNA=='],
  ['password', '$5$abcdefgh$ZLdkj8mkc2XVSrPVjskDAgZPGjtj1VGVaa1aUkrMTU/'],
] as const;

describe('a password hash', () => {
  test.each(hashes)('%s has %s, and nothing else has', async (password, hash) => {
    expect(await matchesHash(password, hash, none, onward)).toBe(true);
    expect(await matchesHash(`${password}x`, hash, none, onward)).toBe(false);
  });

  test.each(['!', '*', '!!$6$x$y', '', 'x'])('that is locked (%s) matches nothing', async (hash) => {
    expect(await matchesHash('', hash, none, onward)).toBe(false);
  });

  test('of another format is asked of the system', async () => {
    const asked = (password: string, setting: string): Promise<string> =>
      Promise.resolve(password === 'right' ? setting : '$y$other');
    expect(await matchesHash('right', '$y$j9T$x$y', asked, onward)).toBe(true);
    expect(await matchesHash('wrong', '$y$j9T$x$y', asked, onward)).toBe(false);
    expect(await matchesHash('right', '$y$j9T$x$y', none, onward)).toBeUndefined();
  });
});

describe('a hash that takes long', () => {
  const endless = '$6$rounds=999999999$saltstring$x';

  test('is computed in slices, and ended from outside', async () => {
    let slices = 0;
    const pause = (): Promise<void> =>
      ++slices < 3 ? Promise.resolve() : Promise.reject(new Error('it is time to end'));
    await expect(matchesHash('password', endless, none, pause)).rejects.toThrow('it is time to end');
  });

  test('ends with the run: by its deadline, or by the user', async () => {
    const steps = [
      { ComparePasswordHash: { Password: 'password', SaltedHash: endless, ResultVariable: 'Is' } },
      { Return: { Value: '%Is%' } },
    ];
    const late = await runScript({ steps, maxRunMs: 50 });
    expect(late.error?.code).toBe('RUN_TIMEOUT');
    const user = new AbortController();
    setTimeout(() => {
      user.abort();
    }, 20);
    expect((await runScript({ steps, signal: user.signal })).outcome).toBe('cancelled');
  });

  test('of a password that no system would take is not even tried', async () => {
    expect(await matchesHash('x'.repeat(512), endless, none, onward)).toBe(false);
  });
});

test.each([
  ['svc:$6$a$b:19000:0:99999:7:::', '$6$a$b'],
  ['sudo cat\r\nsvc:$1$a$b:1::\r\n$ ', '$1$a$b'],
  ['  $5$a$b\r\n', '$5$a$b'],
  ['svc:!:1', '!'],
  ['svc:\n\tpassword = {ssha256}06$a$b\n\tlastupdate = 1\n', '{ssha256}06$a$b'],
  ['root@box:~# svc:$6$a$b:19000:0:99999:7:::\r\nroot@box:~# ', '$6$a$b'],
  ['root@box:~# \r\nsvc:$y$a:19000::::::\r\n', '$y$a'],
])('the hash of %j is %j', (text, hash) => {
  expect(hashOfShadow(text)).toBe(hash);
});

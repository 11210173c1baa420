import { beforeEach, describe, expect, test } from 'vitest';
import { CookieJar } from '../../../../src/platform/http/cookie-jar.ts';

const at = (text: string): URL => new URL(text);
const start = Date.UTC(2030, 0, 1);
let now = start;
let jar: CookieJar;

beforeEach(() => {
  now = start;
  jar = new CookieJar(() => now);
});

const sent = (url: string): string[] => jar.for(at(url)).map(({ name, value }) => `${name}=${value}`);

describe('a cookie', () => {
  test.each<[string, string, string, string, boolean]>([
    ['goes back to its host', 'a=1', 'https://www.example/x/y', 'https://www.example/x/z', true],
    ['goes to its host without regard to case', 'a=1', 'https://WWW.example/', 'https://www.EXAMPLE/', true],
    ['goes to no host below it', 'a=1', 'https://example.test/', 'https://www.example.test/', false],
    ['goes to hosts below its domain', 'a=1; Domain=example.test', 'https://example.test/', 'https://www.example.test/', true],
    ['may have a dot before its domain', 'a=1; Domain=.example.test', 'https://www.example.test/', 'https://example.test/', true],
    ['goes to no host that only ends so', 'a=1; Domain=example.test', 'https://example.test/', 'https://badexample.test/', false],
    ['goes to the folder of its page', 'a=1', 'https://h/x/y', 'https://h/x', true],
    ['goes to no other folder', 'a=1', 'https://h/x/y', 'https://h/z', false],
    ['goes below its path', 'a=1; Path=/x', 'https://h/', 'https://h/x/y', true],
    ['goes to no path that only begins so', 'a=1; Path=/x', 'https://h/', 'https://h/xy', false],
    ['has the default path when its own is none', 'a=1; Path=x', 'https://h/y/z', 'https://h/y/', true],
    ['that is secure goes to https', 'a=1; Secure', 'https://h/', 'https://h/', true],
    ['that is secure goes to no http', 'a=1; Secure', 'https://h/', 'http://h/', false],
    ['that is secure goes to loopback', 'a=1; Secure', 'http://127.0.0.1/', 'http://127.0.0.1/', true],
    ['that is secure goes to loopback of IPv6', 'a=1; Secure', 'http://[::1]/', 'http://[::1]/', true],
    ['that is secure goes to no name like loopback', 'a=1; Secure', 'http://127.h.test/', 'http://127.h.test/', false],
    ['with Max-Age=0 is none', 'a=1; Max-Age=0', 'https://h/', 'https://h/', false],
    ['that is over is none', 'a=1; Expires=Tue, 01 Jan 2019 00:00:00 GMT', 'https://h/', 'https://h/', false],
    ['with Max-Age does not look at Expires', 'a=1; Max-Age=60; Expires=Tue, 01 Jan 2019 00:00:00 GMT', 'https://h/', 'https://h/', true],
    ['with a date that is none lasts', 'a=1; Expires=tomorrow', 'https://h/', 'https://h/', true],
  ])('%s', (_, line, from, to, isSent) => {
    jar.take(line, at(from));
    expect(sent(to)).toEqual(isSent ? ['a=1'] : []);
  }); // prettier-ignore

  test('ends when its time is over', () => {
    jar.take('a=1; Max-Age=60', at('https://h/'));
    now += 59_999;
    expect(sent('https://h/')).toEqual(['a=1']);
    now += 1;
    expect(sent('https://h/')).toEqual([]);
  });

  test('replaces the one of that name, domain and path, and no other', () => {
    for (const line of ['a=1', 'a=2', 'a=3; Path=/x', 'A=4']) jar.take(line, at('https://h/'));
    expect(sent('https://h/x')).toEqual(['a=3', 'a=2', 'A=4']);
    jar.take('a=; Max-Age=0', at('https://h/'));
    expect(sent('https://h/x')).toEqual(['a=3', 'A=4']);
  });

  test.each([
    ['a=1; Domain=other.test', 'of another domain'],
    ['a=1; Domain=www.example.test', 'of a host below'],
    ['a', 'without a value'],
    ['=1', 'without a name'],
    ['', 'of nothing'],
  ])('%s is refused: %s', (line) => {
    expect(jar.take(line, at('https://example.test/'))).toBeUndefined();
    expect(sent('https://example.test/')).toEqual([]);
  });

  test('keeps what stands in its value, and may be called as a member of an object', () => {
    jar.take(' a = b=c d ; HttpOnly', at('https://h/'));
    jar.take('__proto__=x', at('https://h/'));
    expect(sent('https://h/')).toEqual(['a=b=c d', '__proto__=x']);
  });

  test('is deleted by name where it would be sent', () => {
    for (const line of ['a=1', 'b=2', 'c=3; Path=/x']) jar.take(line, at('https://h/'));
    jar.delete(['a', 'c'], at('https://h/'));
    expect(sent('https://h/x')).toEqual(['c=3', 'b=2']);
  });
});

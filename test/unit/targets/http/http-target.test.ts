import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { HttpDescription, Route } from '../../../../src/targets/description/target-description.ts';
import { type HttpReply, HttpTarget } from '../../../../src/targets/http/http-target.ts';
import { TargetRecords } from '../../../../src/targets/matching/target-records.ts';
import type { Show } from '../../../../src/targets/matching/telling.ts';

interface Asked {
  headers?: [string, string][];
  body?: string;
}

class Asker {
  readonly records = new TargetRecords();
  readonly #target: HttpTarget;

  constructor(description: HttpDescription) {
    this.#target = new HttpTarget(description, import.meta.dirname, this.records);
  }

  ask(line: string, { headers = [], body = '' }: Asked = {}): HttpReply {
    const [method = '', url = ''] = line.split(' ');
    return this.#target.answer({ method, url, headers, body: Buffer.from(body) });
  }

  status(line: string, asked?: Asked): number {
    return this.ask(line, asked).status;
  }
}

const asker = (...routes: Route[]): Asker => new Asker({ routes });
const basic = (user: string): Asked => ({
  headers: [['Authorization', `Basic ${Buffer.from(user).toString('base64')}`]],
});
const formType: [string, string] = ['Content-Type', 'application/x-www-form-urlencoded'];

describe('a route', () => {
  test.each<[string, Route, string, Asked | undefined]>([
    ['any request', {}, 'PUT /x', undefined],
    ['a method in any case', { method: 'get' }, 'GET /', undefined],
    ['the whole address that a proxy is given', { path: '/a' }, 'GET http://target.test/a?b=1', undefined],
    ['an escaped path', { path: '/a b' }, 'GET /a%20b', undefined],
    ['some of the query', { query: { a: '1' } }, 'GET /?b=2&a=1', undefined],
    ['one of several of a name', { query: { a: { matches: '^2$' } } }, 'GET /?a=1&a=2', undefined],
    [
      'a header in any case',
      { headers: { ACCEPT: { contains: 'json' } } },
      'GET /',
      { headers: [['accept', 'a/json']] },
    ],
    ['a cookie', { cookies: { sid: 'a=b' } }, 'GET /', { headers: [['Cookie', 'x=1; sid=a=b']] }],
    ['some of the JSON', { json: { a: { b: 1 } } }, 'POST /', { body: '{"a":{"b":1,"c":2}}' }],
    ['a field of a form', { form: { pw: 'a b&c' } }, 'POST /', { body: 'u=1&pw=a+b%26c', headers: [formType] }],
    ['a body', { body: { contains: '<a>' } }, 'POST /', { body: '<x><a></x>' }],
    ['a token', { bearer: 't' }, 'GET /', { headers: [['Authorization', 'bearer t']] }],
    ['credentials', { basic: 'u:p:q' }, 'GET /', basic('u:p:q')],
  ])('answers %s', (_what, route, line, asked) => {
    expect(asker(route).status(line, asked)).toBe(200);
  });

  test.each<[string, Route, string, Asked | undefined, string]>([
    ['another method', { method: 'POST' }, 'GET /', undefined, 'method: expected "POST", got "GET"'],
    ['another path', { path: '/a' }, 'GET /b', undefined, 'path: expected "/a", got "/b"'],
    ['no query', { query: { a: 1 } }, 'GET /', undefined, 'query.a: expected 1, got nothing'],
    ['no JSON', { json: { a: 1 } }, 'POST /', { body: 'a=1' }, 'json: expected {"a":1}, got nothing'],
    ['no form', { form: { a: 1 } }, 'POST /', { body: 'a=1' }, 'form: expected {"a":1}, got nothing'],
    ['no token', { bearer: 't' }, 'GET /', undefined, 'bearer: the credentials are missing'],
    [
      'another token',
      { bearer: 't' },
      'GET /',
      { headers: [['Authorization', 'Bearer x']] },
      'bearer: expected "t", got "x"',
    ],
    ['another state', { when: 'on' }, 'GET /', undefined, 'it answers in state on, and the target is in start'],
  ])('does not answer %s', (_what, route, line, asked, why) => {
    const one = asker(route);
    expect(one.status(line, asked)).toBe(404);
    const [unmatched] = one.records.unmatched;
    expect(unmatched?.message).toContain(`: no route answers this request. The nearest is routes.0 (`);
    expect(unmatched?.message).toContain(why);
  });

  test('that is nearest is told: the path weighs most', () => {
    const one = asker({ method: 'PUT', path: '/login', json: { a: 1 } }, { method: 'POST', path: '/logout' });
    one.ask('POST /login', { body: '{"a":2}' });
    expect(one.records.unmatched).toEqual([
      {
        kind: 'request',
        got: 'POST /login',
        message:
          'POST /login: no route answers this request. The nearest is routes.0 (PUT /login): method: expected "PUT", got "POST"; json.a: expected 1, got 2',
      },
    ]);
  });

  test('is not needed where that is allowed', () => {
    const one = new Asker({ unmatched: 'allowed' });
    expect(one.status('GET /')).toBe(404);
    expect(one.records.unmatched).toEqual([]);
  });

  test('answers as often as it may, then the next one does', () => {
    const one = asker({ times: 2, answer: 503 }, { answer: [429, 200] });
    expect([1, 2, 3, 4, 5].map(() => one.status('GET /'))).toEqual([503, 503, 429, 200, 200]);
  });

  test('changes the state of the target', () => {
    const one = asker(
      { path: '/lock', answer: { then: 'locked' } },
      { path: '/', when: 'locked', answer: 423 },
      { path: '/', answer: 200 },
    );
    expect(['GET /', 'GET /lock', 'GET /'].map((line) => one.status(line))).toEqual([200, 200, 423]);
  });
});

describe('credentials', () => {
  test('that are missing or wrong are challenged, and that is no failure', () => {
    const one = asker({ method: 'GET', path: '/', basic: 'u:p' }, { path: '/' });
    expect(one.ask('GET /')).toMatchObject({
      status: 401,
      headers: { 'WWW-Authenticate': 'Basic realm="target", charset="UTF-8"' },
    });
    const wrong = one.ask('GET /', basic('u:x'));
    expect([wrong.status, wrong.body.toString()]).toEqual([401, 'wrong credentials\n']);
    expect(one.records.unmatched).toEqual([]);
    const show: Show = (value, isSecret) => (isSecret === true ? '***' : value);
    expect(one.records.denials.map(({ tell }) => tell(show))).toEqual([
      'GET /: missing credentials, answered with 401. routes.0 (GET /): basic: the credentials are missing',
      'GET /: wrong credentials, answered with 401. routes.0 (GET /): basic: expected "u:***", got "u:***"',
    ]);
    expect(one.records.requests.map(({ status }) => status)).toEqual([401, 401]);
  });

  test('of several users are each taken', () => {
    const one = asker({ basic: 'u:p', answer: { text: '1' } }, { basic: 'v:q', answer: { text: '2' } });
    expect(one.ask('GET /', basic('v:q')).body.toString()).toBe('2');
  });

  test.each([
    ['MD5', 'md5'],
    ['SHA-256', 'sha256'],
    ['MD5-sess', 'md5'],
  ])('of digest are taken with %s', (algorithm, hash) => {
    const one = asker({ digest: { user: 'u', password: 'p' } });
    const challenge = String(one.ask('GET /a').headers['WWW-Authenticate']);
    const nonce = /nonce="([^"]+)"/.exec(challenge)?.[1] ?? '';
    const sum = (...parts: string[]): string => createHash(hash).update(parts.join(':')).digest('hex');
    const answerTo = (password: string): Asked => {
      const user = sum('u', 'target', password);
      const secret = algorithm.endsWith('sess') ? sum(user, nonce, 'c') : user;
      const response = sum(secret, nonce, '00000001', 'c', 'auth', sum('GET', '/a'));
      const text = `username="u", realm="target", nonce="${nonce}", uri="/a", algorithm=${algorithm}, qop=auth, nc=00000001, cnonce="c", response="${response}"`;
      return { headers: [['Authorization', `Digest ${text}`]] };
    };
    expect(one.status('GET /a', answerTo('p'))).toBe(200);
    expect(one.status('GET /a', answerTo('x'))).toBe(401);
    expect(one.status('GET /b', answerTo('p'))).toBe(401);
  });
});

describe('an answer', () => {
  test.each<[string, Route['answer'], Partial<HttpReply>, string]>([
    ['a status', 204, { status: 204, headers: {} }, ''],
    ['JSON', { json: { a: [1] } }, { headers: { 'Content-Type': 'application/json' } }, '{"a":[1]}'],
    [
      'a page',
      { html: '<p>', status: 201 },
      { status: 201, headers: { 'Content-Type': 'text/html; charset=utf-8' } },
      '<p>',
    ],
    [
      'a form',
      { form: { a: 'b c', n: 1 } },
      { headers: { 'Content-Type': 'application/x-www-form-urlencoded' } },
      'a=b+c&n=1',
    ],
    ['a type of its own', { json: 1, headers: { 'content-type': 'a/b' } }, { headers: { 'content-type': 'a/b' } }, '1'],
    ['several lines', { headers: { Link: ['a', 'b'], N: 1 } }, { headers: { Link: ['a', 'b'], N: '1' } }, ''],
    ['a redirect', { redirect: '/x' }, { status: 302, headers: { Location: '/x' } }, ''],
    [
      'cookies',
      { cookies: { a: '1', b: '2; Path=/x' } },
      { headers: { 'Set-Cookie': ['a=1; Path=/', 'b=2; Path=/x'] } },
      '',
    ],
    ['a delay and a break', { delay: '2s', abort: 'body' }, { delayMs: 2000, abort: 'body' }, ''],
  ])('may be %s', (_what, answer, expected, body) => {
    const reply = asker(answer === undefined ? {} : { answer }).ask('GET /');
    expect(reply).toMatchObject(expected);
    expect(Buffer.from(reply.body).toString()).toBe(body);
  });
});

test('what was asked is recorded', () => {
  const one = asker({ path: '/in', answer: 201 }, { path: '/out', answer: { abort: 'connect' } });
  one.ask('POST /in?a=1&a=2&b=3', {
    headers: [formType, ['X-A', '1'], ['x-a', '2'], ['Cookie', 's=1']],
    body: 'u=svc',
  });
  one.ask('GET /out');
  expect(one.records.requests).toEqual([
    {
      method: 'POST',
      path: '/in',
      query: { a: ['1', '2'], b: '3' },
      headers: { 'content-type': 'application/x-www-form-urlencoded', 'x-a': ['1', '2'], cookie: 's=1' },
      cookies: { s: '1' },
      form: { u: 'svc' },
      body: 'u=svc',
      status: 201,
    },
    { method: 'GET', path: '/out', query: {}, headers: {}, cookies: {}, body: '', status: null },
  ]);
});

import { describe, expect, test } from 'vitest';
import type { Json, JsonObject } from '../../../../src/base/json.ts';
import { compareCommands } from '../../../../src/targets/matching/compare-commands.ts';
import { compareRequests } from '../../../../src/targets/matching/compare-requests.ts';
import { renderDifference } from '../../../../src/targets/matching/render-difference.ts';
import type { RequestRecord } from '../../../../src/targets/matching/request-record.ts';

const request: RequestRecord = {
  method: 'POST',
  path: '/login',
  query: { page: '2' },
  headers: { 'content-type': 'application/json' },
  cookies: {},
  json: { user: 'svc', n: 1 },
  body: '{"user":"svc","n":1}',
  status: 200,
};

describe('requests', () => {
  test.each<[string, JsonObject[]]>([
    ['of each what is named', [{ method: 'POST', path: '/login', status: 200 }]],
    ['names of headers in any case', [{ method: 'post', headers: { 'Content-Type': { contains: 'json' } } }]],
    ['numbers in the query', [{ query: { page: 2 }, json: { n: 1 } }]],
  ])('are as expected: %s', (_what, expected) => {
    expect(compareRequests(expected, [request])).toEqual([]);
  });

  test.each<[string, JsonObject[], string[]]>([
    ['the status', [{ status: '200' }], ['requests.0.status: expected "200", got 200']],
    ['one too few', [{ path: '/login' }, { path: '/out' }], ['requests.1: expected {"path":"/out"}, got nothing']],
    ['the first that differs, before the number', [{ path: '/' }, {}], ['requests.0.path: expected "/", got "/login"']],
  ])('differ: %s', (_what, expected, told) => {
    expect(compareRequests(expected, [request]).map((each) => renderDifference(each))).toEqual(told);
  });

  test('that nobody expected differ', () => {
    expect(compareRequests([], [request]).map((each) => renderDifference(each))[0]).toMatch(
      /^requests\.0: expected nothing, got \{/,
    );
  });
});

describe('commands', () => {
  const got = [{ command: 'passwd svc', exit: 0, stdin: ['a'] }, { input: 'new' }];

  test.each<[string, Json[]]>([
    ['texts and mappings', ['passwd svc', { input: 'new' }]],
    ['matchers', [{ contains: 'svc' }, { input: 'new' }]],
    ['input and exit', [{ command: { matches: '^passwd' }, stdin: ['a'], exit: 0 }, { input: { any: true } }]],
  ])('are as expected: %s', (_what, expected) => {
    expect(compareCommands(expected, got)).toEqual([]);
  });

  test('differ in their order', () => {
    expect(compareCommands([{ input: 'new' }, 'passwd svc'], got).map((each) => renderDifference(each))).toEqual([
      'commands.0.input: expected "new", got nothing',
      'commands.1: expected "passwd svc", got nothing',
    ]);
  });
});

import { describe, expect, test } from 'vitest';
import { facetsOfSession, facetsOfStep, type FilteredStep } from '../../../../src/inspector/filter/facets-of-step.ts';
import { matchesSession, matchesStep } from '../../../../src/inspector/filter/matches-session.ts';
import { parseFilter } from '../../../../src/inspector/filter/parse-filter.ts';

const step = (given: Partial<FilteredStep>): FilteredStep => ({
  hook: 'authenticate',
  plugin: { name: 'Acme_Mfa', type: 'aa' },
  verdict: null,
  outcome: { kind: 'returned', durationMs: 10 },
  deadline: { pluginTimeoutMs: 300_000 },
  problems: [],
  ...given,
});
const session = facetsOfSession(
  { name: 'demo-1', origin: 'simulate', ended: 'closed', gatewayUser: 'wsmith', protocol: 'ssh' },
  false,
);
const asked = facetsOfStep(step({ verdict: 'NEEDINFO' }));
const failed = facetsOfStep(
  step({ hook: 'authorize', outcome: { kind: 'raised', durationMs: 150_000, exception: 'lib.VaultError' } }),
);
const masked = facetsOfStep(step({ outcome: { kind: 'raised', durationMs: 1, exception: 'Error***' } }));

describe('a session is found', () => {
  test.each([
    '',
    'DEMO',
    'mfa',
    'wsmith',
    'vaulterr',
    'hook:authorize',
    'hook:auth*',
    'hook:*ize',
    'type:aa',
    'verdict:needinfo outcome:raised',
    'is:error is:slow',
    '-hook:session_ended',
    '-is:running',
    'user:"wsmith"',
    'ended:closed origin:simulate protocol:ssh session:demo*',
    'hook:',
  ])('by %j', (text) => {
    expect(matchesSession(parseFilter(text), session, [asked, failed])).toBe(true);
  });

  test.each(['nobody', 'hook:auth', 'verdict:deny', '-wsmith', '-hook:authorize', 'is:running', 'demo nobody'])(
    'not by %j',
    (text) => {
      expect(matchesSession(parseFilter(text), session, [asked, failed])).toBe(false);
    },
  );
});

describe('a step is found', () => {
  test('by what it has itself, and by what its session has', () => {
    expect(matchesStep(parseFilter('hook:authorize user:wsmith'), failed, session)).toBe(true);
    expect(matchesStep(parseFilter('hook:authorize'), asked, session)).toBe(false);
    expect(matchesStep(parseFilter('-is:error'), asked, session)).toBe(true);
  });

  test('by nothing that is shown masked', () => {
    expect(matchesStep(parseFilter('error'), masked, session)).toBe(false);
    expect(matchesStep(parseFilter('***'), masked, session)).toBe(false);
  });
});

test('a word with a prefix that is not known is a bare word, and told of', () => {
  expect(parseFilter('colour:red -is:what a')).toEqual({
    words: [
      { isNegated: false, kind: 'text', text: 'colour:red' },
      { isNegated: true, kind: 'text', text: 'is:what' },
      { isNegated: false, kind: 'text', text: 'a' },
    ],
    unknown: ['colour:red', '-is:what'],
  });
});

test('quotes hold blanks, also when they are not closed', () => {
  expect(parseFilter('"a b" hook:"c d" "e').words.map((word) => 'text' in word && word.text)).toEqual([
    'a b',
    'c d',
    'e',
  ]);
});

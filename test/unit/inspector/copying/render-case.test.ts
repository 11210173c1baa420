import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { findMasked, nameOfCase, renderCase, renderTestFile } from '../../../../src/inspector/copying/render-case.ts';

const step = {
  hook: 'authenticate',
  plugin: { name: 'Acme' },
  kwargs: { session_id: 'svc/x:0', protocol: 'ssh', key_value_pairs: { otp: '***', reason: 'a: "b"' } },
  verdict: 'ACCEPT',
  outcome: { kind: 'returned', value: { verdict: 'ACCEPT', cookie: { a: 1 }, gateway_user: 'wsmith' } },
  cookie: { before: {}, after: { a: 1, token: 'x***' } },
  sessionCookie: { before: {}, after: {} },
};

test('a step is a case that expects what came, without what is masked', () => {
  expect(parse(renderCase(nameOfCase(step), [step]))).toEqual([
    {
      name: 'authenticate of Acme: ACCEPT',
      hook: 'authenticate',
      kwargs: { protocol: 'ssh', key_value_pairs: { reason: 'a: "b"' } },
      expect: { outcome: 'returned', verdict: 'ACCEPT', value: { gateway_user: 'wsmith' }, cookie: { a: 1 } },
    },
  ]);
});

test('several steps are one case', () => {
  const { cases } = parse(renderTestFile('demo', { plugin: 'plugins/mfa' }, [step, step])) as {
    cases: { steps: object[] }[];
  };
  expect(cases).toHaveLength(1);
  expect(cases[0]?.steps).toHaveLength(2);
});

test('what a call lacks because it is masked is named, and is all that has to be put back', () => {
  expect(findMasked({ ...step, cookie: { before: { 'a.b': ['***'], c: 1 }, after: {} } })).toEqual([
    'kwargs.key_value_pairs.otp',
    'cookie."a.b"',
  ]);
  expect(renderCase('demo', [step])).toContain('# Masked, put it back: kwargs.key_value_pairs.otp\n');
});

import { expect, test } from 'vitest';
import { caseSecrets } from '../../../../src/sps/testing/case-secrets.ts';
import type { LoadedStep } from '../../../../src/sps/testing/read-test-file.ts';

function stepWith(given: Partial<LoadedStep>): LoadedStep {
  return {
    hook: '',
    type: undefined,
    keys: [],
    written: { connection: undefined, answers: {} },
    connection: {},
    connectionName: undefined,
    login: undefined,
    kwargs: {},
    answers: {},
    cookie: undefined,
    sessionCookie: undefined,
    expect: {},
    ...given,
  };
}

test('the secrets of a case are those of all its steps', () => {
  const steps = [
    stepWith({
      answers: { otp: 'of-otp' },
      expect: { value: { verdict: 'NEEDINFO', question: ['pin', 'PIN: ', true] } },
    }),
    stepWith({ answers: { pin: 'of-pin', city: 'Bonn' }, kwargs: { gateway_password: 'of-kwargs' } }),
    stepWith({
      connection: { gateway_password: 'of-connection' },
      cookie: { ticket: 'of-cookie' },
      expect: { value: { passwords: ['of-value', { contains: 'of-matcher' }, { any: 'string' }] } },
    }),
    stepWith({ expect: { value: { passwords: { any: 'list' } }, cookie: { ticket: { equals: 'of-expected' } } } }),
  ];
  const { values, names } = caseSecrets(
    { steps },
    { secretNames: ['ticket'], configuration: '[a]\ntoken = of-config' },
  );
  expect(values.toSorted()).toEqual([
    'of-config',
    'of-connection',
    'of-cookie',
    'of-expected',
    'of-kwargs',
    'of-matcher',
    'of-otp',
    'of-pin',
    'of-value',
  ]);
  expect(names).toEqual(['ticket', 'pin']);
});

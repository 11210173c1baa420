import { expect, test } from 'vitest';
import type { TraceEvent } from '../../../../src/platform/engine/trace-event.ts';
import { runScript } from '../run-script.ts';

const secret = 'Tr0ub4dor&3';

/** A script that shows a secret wherever one can be shown. */
const steps = [
  { SetItem: { Name: 'Copy', Value: '%FuncPassword%' } },
  { SetItem: { Name: 'Joined', Value: 'password=%FuncPassword%;' } },
  { SetItem: { Name: 'Object', Value: { user: 'x', pass: '%FuncPassword%', list: ['%{ FuncPassword + "!" }%'] } } },
  {
    SetItem: {
      Name: 'Encoded',
      Value: '%{ Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(FuncPassword)) }%',
    },
  },
  { SetItem: { Name: 'Upper', Value: '%{ FuncPassword.ToUpper() }%' } },
  { UrlEncode: { Source: '%FuncPassword%', ResultVariable: 'InUrl' } },
  { Log: { Text: '%Joined% %Encoded% %Upper% %InUrl%' } },
  { Log: { Text: '%Object%' } },
  { Log: { Text: '%Short%' } },
  { Status: { Type: 'Checking', Percent: 5, Message: { Name: 'LookingUpUser', Parameters: ['%FuncPassword%'] } } },
  { WriteResponseObject: { Value: { key: '%Copy%' } } },
  { WriteDiscoveredAccount: { Name: '%FuncPassword%', UserId: '1' } },
  { Throw: { Value: 'it was %FuncPassword%' } },
];
const declared = [{ FuncPassword: { Type: 'Secret' } }, { Short: { Type: 'Secret' } }];
const parameters = { FuncPassword: secret, Short: 'qzj' };

test('no secret is in what a run shows, in whatever spelling', async () => {
  const events: TraceEvent[] = [];
  const result = await runScript({ steps, declared, parameters, onTrace: (event) => events.push(event) });
  const shown = JSON.stringify([result, events]);
  for (const spelling of [
    secret,
    Buffer.from(secret).toString('base64'),
    secret.toUpperCase(),
    encodeURIComponent(secret),
    'qzj',
  ])
    expect(shown).not.toContain(spelling);
  expect(result.error?.message).toBe('it was **secret**');
  expect(result.log[0]?.text.startsWith('password=**secret**;')).toBe(true);
  expect(result.parameters).toEqual({ FuncPassword: '**secret**', Short: '**secret**' });
  expect(result.status[0]).toMatchObject({ text: 'Looking up user **secret**', parameters: ['**secret**'] });
});

test('a program that asks gets them in clear', async () => {
  const result = await runScript({ steps, declared, parameters, isMasked: false });
  expect(result.response).toEqual({ key: secret });
  expect(result.discovered.accounts).toEqual([{ name: secret, userId: '1' }]);
});

test('what a secret says of itself is none', async () => {
  const { value } = await runScript({
    steps: [{ Return: { Value: '%{ FuncPassword == "x" }%' } }],
    declared,
    parameters,
  });
  expect(value).toBe(false);
});

test('of a caught error all but the secret is seen, however often it is thrown', async () => {
  const thrown = (text: string): object => ({ Throw: { Value: text } });
  const result = await runScript({
    steps: [
      {
        Try: {
          Do: [{ Try: { Do: [thrown('no %FuncPassword%')], Catch: [thrown('again: %Exception%')] } }],
          Catch: [{ Log: { Text: 'caught %Exception%' } }, { Log: { Text: '%Exception%' } }],
        },
      },
      { Try: { Do: [thrown('short %Short%')], Catch: [{ Log: { Text: 'caught %Exception%' } }] } },
    ],
    declared,
    parameters,
  });
  expect(result.log.map(({ text }) => text)).toEqual([
    'caught again: no **secret**',
    'again: no **secret**',
    '**secret**',
  ]);
});

import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { createTextMasker } from '../../../../src/secrets/create-text-masker.ts';
import { recordScript } from './record-script.ts';

const request = (answer: string, more: object): object => ({
  Request: { RequestObjectName: 'R', ResponseObjectName: answer, Verb: 'POST', SubstitutionInUrl: true, ...more },
});
const json = (content: string): object => ({
  Content: { ContentObjectName: content, ContentType: 'application/json' },
});

/** Sends a secret in many ways, and keeps what comes back. */
const steps = [
  { BaseAddress: { Address: 'http://target.test' } },
  { NewHttpRequest: { ObjectName: 'R' } },
  { HttpAuth: { RequestObjectName: 'R', Type: 'Basic', Credentials: { Login: 'svc', Password: '%Secret%' } } },
  { SetItem: { Name: 'Body', Value: { whole: '%Secret%', login: 'svc:%Secret%', part: '%{ Secret.Substring(1) }%' } } },
  request('A', { Url: '/json', ...json('Body') }),
  { UrlEncode: { Source: '%Secret%', ResultVariable: 'Encoded' } },
  request('B', { Url: '/form?p=%Encoded%', UrlIsSecret: true }),
  {
    SetItem: { Name: 'Data', Value: '%{ Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes("x" + Secret)) }%' },
  },
  { Headers: { RequestObjectName: 'R', AddHeaders: { 'X-Data': '%Data%' } } },
  request('C', { Url: '/header', Verb: 'GET' }),
  { Status: { Type: 'Checking', Percent: 10, Message: { Name: 'LookingUpUser', Parameters: ['%Secret%'] } } },
  { WriteResponseObject: { Value: { was: '%Secret%', page: '%{ A.Content }%' } } },
  { Return: { Value: true } },
];

const html = (text: string): string => text.replace(/[&<>"']/g, (each) => `&#${each.charCodeAt(0)};`);

/** A target that shows what it was sent, however it likes. */
function echo(secret: string, url: URL): { headers: [string, string][]; body: Buffer } {
  const bytes = Buffer.from(secret);
  switch (url.pathname) {
    case '/json':
      return {
        headers: [
          ['Content-Type', 'application/json'],
          ['Location', `/next?was=${encodeURIComponent(secret)}`],
        ],
        body: Buffer.from(JSON.stringify({ secret, nested: JSON.stringify({ secret }), [`of ${secret}`]: [secret] })),
      };
    case '/form':
      return {
        headers: [
          ['Content-Type', 'text/html'],
          ['X-Echo', bytes.toString('base64')],
        ],
        body: Buffer.from(`<p title="${html(secret)}">${html(secret)} or ${secret} or "${secret}"</p>`),
      };
    default:
      return {
        headers: [['Content-Type', 'text/plain']],
        body: Buffer.from(`${bytes.toString('hex')} ${Buffer.from(`svc:${secret}`).toString('base64')} ${secret}`),
      };
  }
}

describe('a recording', () => {
  test.each([
    ['an ordinary one', 'Summer-2024-Pass'],
    ['quotes and backslashes', `a"b'c\\d\`e`],
    ['percent signs', '100%25%Secret%'],
    ['umlauts and more', 'Müßig€😀!'],
    ['what looks like a reference', 'x${AccountPassword}y'],
    ['one that looks escaped', '$${no}$${hash:Secret}'],
    ['blanks', 'two words here'],
    ['three characters', 'q%Z'],
    ['a part of other texts', 'onte'],
    ['a number', '48151623'],
    ['markup', '<b>&amp;</b>'],
    ['a pattern', '^(a|b)*[c]$.'],
    ['a YAML indicator', '- {a: *b} # c'],
  ])('holds nothing of a secret in any spelling: %s', async (_, secret) => {
    const { text, outcome } = await recordScript({
      declared: { Secret: 'Secret' },
      steps,
      parameters: { Secret: secret },
      answer: ({ url }) => echo(secret, url),
    });
    expect([outcome.outcome, outcome.failure?.text]).toEqual(['success', undefined]);
    const told = text.replace(/\$\{(?:hash:)?Secret\}/g, '');
    expect(told).not.toContain(JSON.stringify(secret).slice(1, -1));
    expect(createTextMasker([secret], '*****')(told)).toBe(told);
    const { parameters, cases } = parse(text) as { parameters: { Secret: string }; cases: { expect: object }[] };
    expect(parameters.Secret).toMatch(/^[0-9A-Za-z]+$/);
    expect(cases[0]?.expect).toMatchObject({ outcome: 'success', response: { was: '${Secret}' } });
  });
});

describe('a run that cannot be repeated as it was', () => {
  const get = [
    { BaseAddress: { Address: 'http://target.test' } },
    { NewHttpRequest: { ObjectName: 'R' } },
    request('A', { Url: '/first', Verb: 'GET' }),
  ];

  test('is not recorded when the script takes another way with other secrets', async () => {
    const steps = [...get, { Return: { Value: '%{ Secret.Contains("#") }%' } }];
    const recorded = recordScript({ declared: { Secret: 'Secret' }, steps, parameters: { Secret: 'with-a-#' } });
    await expect(recorded).rejects.toMatchObject({
      code: 'RECORDING_UNSAFE',
      message: expect.stringContaining('it ends with mismatch, and ended with success') as string,
    });
    await expect(recorded).rejects.not.toThrow('with-a-#');
  });

  test('is recorded as a case that is skipped when it was ended from outside', async () => {
    const controller = new AbortController();
    const { outcome, text } = await recordScript({
      ...{ declared: {}, parameters: {}, signal: controller.signal },
      steps: [...get, request('B', { Url: '/second', Verb: 'GET' }), { Return: { Value: true } }],
      answer: ({ url }) => {
        if (url.pathname === '/second') controller.abort();
        return {};
      },
    });
    expect(outcome.outcome).toBe('cancelled');
    const { cases, target } = parse(text) as { cases: object[]; target: { http: { routes: { path: string }[] } } };
    expect(cases).toEqual([expect.objectContaining({ skip: true, expect: { outcome: 'cancelled' } })]);
    expect(target.http.routes.map(({ path }) => path)).toContain('/first');
  });
});

test('several hosts are several targets, and what they were asked is in order', async () => {
  const ask = (url: string): object => request('A', { Url: url, Verb: 'GET' });
  const { text } = await recordScript({
    ...{ declared: {}, parameters: {} },
    steps: [
      { NewHttpRequest: { ObjectName: 'R' } },
      ...['http://one.test/a', 'https://two.test:8443/b', 'http://one.test/c'].map(ask),
      { Return: { Value: true } },
    ],
  });
  const { targets, cases } = parse(text) as {
    targets: object[];
    cases: [{ expect: { requests: { path: string }[] } }];
  };
  expect(targets).toMatchObject([
    { address: 'one.test', port: 80, http: { tls: 'none' } },
    { address: 'two.test', port: 8443 },
  ]);
  expect(cases[0].expect.requests.map(({ path }) => path)).toEqual(['/a', '/b', '/c']);
});

test('what a target took its time for takes time again', async () => {
  let clock = 0;
  const { text } = await recordScript({
    ...{ declared: {}, parameters: {}, now: () => (clock += 700) },
    steps: [
      { NewHttpRequest: { ObjectName: 'R' } },
      request('A', { Url: 'http://one.test/quick', Verb: 'GET' }),
      { Return: { Value: true } },
    ],
    answer: () => {
      clock += 900;
      return {};
    },
  });
  expect(text).toContain('answer: {delay: 1.6s}');
});

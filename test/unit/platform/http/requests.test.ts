import { describe, expect, test } from 'vitest';
import { answering, runScript } from '../run-script.ts';

const base = [{ BaseAddress: { Address: 'https://portal.example' } }, { NewHttpRequest: { ObjectName: 'R' } }];
const request = (more: object): object => ({
  Request: { RequestObjectName: 'R', ResponseObjectName: 'A', Verb: 'Get', Url: 'api', ...more },
});

describe('a request', () => {
  test('has its headers, and a body as its content says', async () => {
    const { network, sent } = answering(() => ({}));
    const { error } = await runScript({
      network,
      steps: [
        ...base,
        {
          Headers: { RequestObjectName: 'R', AddHeaders: { Accept: 'text/x', Authorization: 'Bearer %{ "t" + 1 }%' } },
        },
        { SetItem: { Name: 'Body', Value: { user: 'x', n: 1, yes: true } } },
        request({ Verb: 'POST', Content: { ContentObjectName: 'Body', ContentType: 'application/json' } }),
        { SetFormValue: { FormObjectName: 'Form', InputName: 'a[b]', Value: 'ü &' } },
        request({ Verb: 'put', Url: 'a?q=[1]', Content: { ContentObjectName: 'Form' } }),
        request({ Content: {} }),
        { Return: { Value: true } },
      ],
    });
    expect(error).toBeNull();
    expect(sent.map(({ method, url, body }) => [method, url.href, body?.toString()])).toEqual([
      ['POST', 'https://portal.example/api', '{"user":"x","n":1,"yes":true}'],
      ['PUT', 'https://portal.example/a?q=%5B1%5D', 'a%5Bb%5D=%C3%BC+%26'],
      ['GET', 'https://portal.example/api', undefined],
    ]);
    expect(sent[0]?.headers).toEqual([
      ['Accept', 'text/x'],
      ['Authorization', 'Bearer t1'],
      ['Content-Type', 'application/json'],
    ]);
  });

  test.each([
    ['a body that the engine does not know', [...base, request({ Content: { Value: 'x' } })], 'Content.Value'],
    ['a relative URL without base', [{ NewHttpRequest: { ObjectName: 'R' } }, request({})], 'relative'],
    ['an unknown verb', [...base, request({ Verb: 'BREW' })], 'BREW'],
  ])('fails for %s', async (_, steps, message) => {
    const { error } = await runScript({ steps });
    expect(error).toMatchObject({ code: 'COMMAND_FAILED', message: expect.stringContaining(message) });
  });

  test('replaces tokens in its URL only when it says so', async () => {
    const { network, sent } = answering(() => ({}));
    const steps = [...base, { SetItem: { Name: 'Id', Value: 'a b' } }];
    await runScript({
      network,
      steps: [...steps, request({ Url: '%Id%' }), request({ Url: '%Id%', SubstitutionInUrl: true })],
    });
    expect(sent.map(({ url }) => url.pathname)).toEqual(['/%Id%', '/a%20b']);
  });

  test('follows redirects: POST becomes GET, another origin gets no credentials, http is not followed from https', async () => {
    const { network, sent } = answering(({ url }) =>
      url.pathname === '/api'
        ? { status: 302, headers: [['Location', 'https://other.example/next']] }
        : url.pathname === '/next'
          ? { status: 302, headers: [['Location', 'http://other.example/plain']] }
          : {},
    );
    const auth = { RequestObjectName: 'R', Type: 'Basic', Credentials: { Login: 'u', Password: 'pass' } };
    const { value } = await runScript({
      network,
      steps: [
        ...base,
        { HttpAuth: auth },
        { SetItem: { Name: 'Body', Value: 'text' } },
        request({ Verb: 'POST', Content: { ContentObjectName: 'Body' } }),
        { Return: { Value: '%{ A.StatusCode.ToString() == "Redirect" && A.StatusCode == 302 }%' } },
      ],
    });
    expect(value).toBe(true);
    expect(sent.map(({ method, headers }) => [method, headers.map(([name]) => name)])).toEqual([
      ['POST', ['Authorization', 'Content-Type']],
      ['GET', []],
    ]);
  });

  test('keeps cookies, and sends them where they belong', async () => {
    const { network, sent } = answering(({ url }) =>
      url.pathname === '/login' ? { headers: [['Set-Cookie', 'sid=abcd; Path=/; HttpOnly']] } : {},
    );
    const { error } = await runScript({
      network,
      steps: [
        ...base,
        request({ Url: 'login' }),
        request({}),
        { GetCookie: { Name: 'sid', Domain: 'portal.example', VariableName: 'Sid' } },
        { ClearCookie: { Name: 'sid', Domain: 'portal.example' } },
        request({}),
        { Return: { Value: '%{ Sid == "abcd" }%' } },
      ],
    });
    expect(error).toBeNull();
    expect(sent.map(({ headers }) => headers.find(([name]) => name === 'Cookie')?.[1])).toEqual([
      undefined,
      'sid=abcd',
      undefined,
    ]);
  });
});

describe('a response', () => {
  const json = {
    headers: [
      ['Content-Type', 'application/json; charset=utf-8'],
      ['Link', '<a>'],
      ['Link', '<b>'],
    ] as const,
  };

  test('has headers line by line, and JSON', async () => {
    const { network } = answering(() => ({ ...json, body: Buffer.from('{"items":[{"id":7}],"ok":true}') }));
    const { value, error } = await runScript({
      network,
      steps: [
        ...base,
        request({}),
        { ExtractJsonObject: { JsonObjectName: 'A', Name: 'J' } },
        { Return: { Value: '%{ A.Headers["link"].Length == 2 && J.items[0].id == 7 && J.ok }%' } },
      ],
    });
    expect(error).toBeNull();
    expect(value).toBe(true);
  });

  test('of another content type is no JSON', async () => {
    const { network } = answering(() => ({ headers: [['Content-Type', 'text/html']], body: Buffer.from('{}') }));
    const { error } = await runScript({
      network,
      steps: [...base, request({}), { ExtractJsonObject: { JsonObjectName: 'A', Name: 'J' } }],
    });
    expect(error?.message).toContain('text/html, not application/json');
  });

  test('and body that are secret are not in the trace, nor is a secret URL', async () => {
    const { network } = answering(() => ({ ...json, body: Buffer.from('{"token":"abcdefgh"}') }));
    const events: unknown[] = [];
    await runScript({
      network,
      onTrace: (event) => events.push(event),
      steps: [
        ...base,
        { SetItem: { Name: 'Id', Value: 'key' } },
        { SetFormValue: { FormObjectName: 'Form', InputName: 'grant', Value: 'hidden-5678', IsSecret: true } },
        request({
          Verb: 'POST',
          Url: 'x?k=%Id%-1234',
          SubstitutionInUrl: true,
          IsSecret: true,
          UrlIsSecret: true,
          Content: { ContentObjectName: 'Form' },
        }),
        { Log: { Text: '%{ A.Content }%' } },
      ],
    });
    const text = JSON.stringify(events);
    for (const secret of ['abcdefgh', 'key-1234', 'hidden-5678', '<a>']) expect(text).not.toContain(secret);
    expect(text).toContain('Sending request [POST **secret**] [Skip SSL Validation=False]');
  });

  test('that is secret is masked', async () => {
    const { network } = answering(() => ({ ...json, body: Buffer.from('{"token":"abcdefgh"}') }));
    const { log } = await runScript({
      network,
      steps: [
        ...base,
        request({ IsSecret: true }),
        { ExtractJsonObject: { JsonObjectName: 'A', Name: 'J' } },
        { Log: { Text: 'got %{ J.token }%' } },
      ],
    });
    expect(log[0]?.text).toBe('got **secret**');
  });
});

describe('a form', () => {
  const page = `<html><body><form id="one"><input name="a" value="1"></form>
    <form id="login" action="/go" method="post"><input name="token" value="t&amp;1" type="hidden"><input name="user">
    <input type="checkbox" name="off"><input type="checkbox" name="on" checked><input type="submit" name="s" value="Go">
    <select name="pick"><option value="x">X<option value="y" selected>Y</select><textarea name="text">
line</textarea></form></body></html>`;

  test.each([
    [undefined, 'a=1'],
    ["//form[@id='login']", 'token=t%261&user=me&on=on&pick=y&text=line'],
    ['/html/body/form[2]', 'token=t%261&user=me&on=on&pick=y&text=line'],
    ["//form[contains(@action,'go') and .//x]", undefined],
  ])('is found by %s, and sent as it is filled in', async (path, expected) => {
    const { network, sent } = answering(() => ({ body: Buffer.from(page) }));
    const { error } = await runScript({
      network,
      steps: [
        ...base,
        request({}),
        {
          ExtractFormData: { ResponseObjectName: 'A', FormObjectName: 'F', ...(path !== undefined && { XPath: path }) },
        },
        ...(path === undefined
          ? []
          : [{ SetFormValue: { FormObjectName: 'F', CreateForm: 'DoNotCreate', InputName: 'user', Value: 'me' } }]),
        request({
          Verb: 'POST',
          Content: { ContentObjectName: 'F', ContentType: 'application/x-www-form-urlencoded' },
        }),
      ],
    });
    expect(error?.code).toBe(expected === undefined ? 'NOT_EMULATED' : undefined);
    expect(sent[1]?.body?.toString()).toBe(expected);
  });

  test('that is not there is null', async () => {
    const { network } = answering(() => ({ body: Buffer.from('<p>none</p>') }));
    const steps = [...base, request({}), { ExtractFormData: { ResponseObjectName: 'A', FormObjectName: 'F' } }];
    expect((await runScript({ network, steps: [...steps, { Return: { Value: '%{ F == null }%' } }] })).value).toBe(
      true,
    );
  });
});

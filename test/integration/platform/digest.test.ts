import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { expect, test } from 'vitest';
import { startServer } from './http-server.ts';
import { runSteps } from './run-steps.ts';

const [user, password, realm] = ['sv"c', 'digest-Pass1', 'a, b'];

interface Asked {
  /** `WWW-Authenticate` for a nonce. */
  challenge: (nonce: string) => string | string[];
  /** Nonces that the server takes; the others are stale. */
  takes?: (nonce: string) => boolean;
}

/** Judges the credentials as RFC 7616 does, on its own. */
function judge({ headers, method }: IncomingMessage): { isRight: boolean; nonce: string } {
  const given = new Map(
    Array.from(
      (headers.authorization ?? '').matchAll(/(\w+)=(?:"((?:[^"\\]|\\.)*)"|([^\s,]+))/g),
      ([, name, quoted, bare]) => [name, (quoted ?? bare ?? '').replace(/\\(.)/g, '$1')],
    ),
  );
  const of = (name: string): string => given.get(name) ?? '';
  const algorithm = of('algorithm') || 'MD5';
  const hash = (text: string): string =>
    createHash(algorithm.startsWith('SHA-256') ? 'sha256' : 'md5')
      .update(text)
      .digest('hex');
  const first = hash(`${user}:${realm}:${password}`);
  const secret = algorithm.endsWith('-sess') ? hash(`${first}:${of('nonce')}:${of('cnonce')}`) : first;
  const target = hash(`${method ?? ''}:${of('uri')}`);
  const middle = of('qop') === '' ? '' : `:${of('nc')}:${of('cnonce')}:${of('qop')}`;
  const isRight = of('response') === hash(`${secret}:${of('nonce')}${middle}:${target}`) && of('username') === user;
  return { isRight, nonce: of('nonce') };
}

async function signIn(
  { challenge, takes = () => true }: Asked,
  given = password,
): Promise<{ status: string; paths: string[] }> {
  const paths: string[] = [];
  let count = 0;
  await using server = await startServer((request, response) => {
    const { isRight, nonce } = judge(request);
    paths.push(`${request.method ?? ''} ${request.url ?? ''}`);
    if (isRight && takes(nonce)) response.end('in');
    else response.writeHead(401, { 'WWW-Authenticate': challenge(`n${++count}`) }).end();
  });
  const result = await runSteps(
    {
      steps: [
        { BaseAddress: { Address: `http://127.0.0.1:${server.port}` } },
        { NewHttpRequest: { ObjectName: 'R' } },
        {
          HttpAuth: {
            RequestObjectName: 'R',
            Type: 'Digest',
            Credentials: { Login: user, Password: '%FuncPassword%', Uri: `http://127.0.0.1:${server.port}/dir/` },
          },
        },
        { SetItem: { Name: 'Body', Value: 'b' } },
        {
          Request: {
            RequestObjectName: 'R',
            ResponseObjectName: 'A',
            Verb: 'POST',
            Url: 'dir/x?q=1',
            Content: { ContentObjectName: 'Body' },
          },
        },
        { WriteResponseObject: { Value: '%{ A.StatusCode.ToString() }%' } },
        { Return: { Value: true } },
      ],
    },
    { parameters: { FuncPassword: given } },
  );
  expect(result.error).toBeNull();
  return { status: result.response as string, paths };
}

const common = (nonce: string): string => `realm="${realm}", nonce="${nonce}", opaque="o=\\"p"`;

test.each([
  ['MD5 with qop', (nonce: string) => `Digest ${common(nonce)}, qop="auth,auth-int", algorithm=MD5`],
  ['SHA-256', (nonce: string) => `Digest ${common(nonce)}, qop="auth", algorithm=SHA-256`],
  ['MD5 sessions', (nonce: string) => `Digest ${common(nonce)}, qop="auth", algorithm=MD5-sess`],
  ['no qop and no algorithm', (nonce: string) => `Digest ${common(nonce)}`],
  ['several schemes in a line', (nonce: string) => `Basic realm="x, Digest y", Digest ${common(nonce)}, qop="auth"`],
  [
    'an algorithm that is not known first',
    (nonce: string) => [
      `Digest ${common(nonce)}, qop="auth", algorithm=SHA-512-256`,
      `Digest ${common(nonce)}, qop="auth", algorithm=MD5`,
    ],
  ],
])('Digest is answered: %s', async (_, challenge) => {
  const right = await signIn({ challenge });
  expect(right).toEqual({ status: 'OK', paths: ['POST /dir/x?q=1', 'POST /dir/x?q=1'] });
  expect((await signIn({ challenge }, 'wrong-Pass9')).status).toBe('Unauthorized');
});

test('a nonce that is too old is replaced once', async () => {
  const challenge = (nonce: string): string =>
    `Digest ${common(nonce)}, qop="auth"${nonce === 'n2' ? ', stale=true' : ''}`;
  expect(await signIn({ challenge, takes: (nonce) => nonce === 'n2' })).toMatchObject({
    status: 'OK',
    paths: { length: 3 },
  });
  expect(await signIn({ challenge, takes: () => false })).toMatchObject({
    status: 'Unauthorized',
    paths: { length: 3 },
  });
});

test('what asks for more than qop auth is not answered', async () => {
  const challenge = (nonce: string): string => `Digest ${common(nonce)}, qop="auth-int"`;
  expect(await signIn({ challenge })).toEqual({ status: 'Unauthorized', paths: ['POST /dir/x?q=1'] });
});

import type { Route } from '../../../targets/description/target-description.ts';
import { checkCredentials } from '../../../targets/http/check-credentials.ts';
import type { HttpRequest } from '../../../targets/http/http-request.ts';
import type { Templater } from '../../../targets/recording/create-templater.ts';
import { describeSentBody, receivedRequest, usualHeaders } from '../../../targets/recording/received-request.ts';
import type { StandIn } from '../../../targets/recording/stand-ins.ts';
import type { RequestCall } from '../observing/recorded-call.ts';

/** What a route asks of a request so that it is this one. @param standIns By one of which it may be signed */
export function describeRequest(call: RequestCall, { text, json }: Templater, standIns: readonly StandIn[]): Route {
  const request = receivedRequest(call.request);
  const { method, path, query, cookies, headers, form, body } = request;
  const others = Object.fromEntries(Object.entries(headers).filter(([name]) => !usualHeaders.test(name)));
  const type =
    String(headers['content-type'] ?? '')
      .split(';')[0]
      ?.trim() ?? '';
  const isTypeTelling = body !== '' && form === undefined && type !== 'application/json';
  const told = { ...others, ...(isTypeTelling && type !== '' && { 'content-type': { contains: type } }) };
  const { headers: authorization, ...credentials } = describeCredentials(request, text, standIns);
  const named = { ...authorization, ...(json(told) as Record<string, string>) };
  return {
    method,
    path: text(path),
    ...(isFilled(query) && { query: json(query) as Record<string, string> }),
    ...credentials,
    ...(isFilled(named) && { headers: named }),
    ...(isFilled(cookies) && { cookies: json(cookies) as Record<string, string> }),
    ...describeSentBody(request, json),
  };
}

function isFilled(mapping: object): boolean {
  return Object.keys(mapping).length > 0;
}

type Credentials = Pick<Route, 'basic' | 'bearer' | 'digest' | 'headers'>;

function describeCredentials(
  request: HttpRequest,
  text: (text: string) => string,
  standIns: readonly StandIn[],
): Credentials {
  const given = String(request.headers['authorization'] ?? '');
  const [, scheme = '', rest = ''] = /^(\S+) *(.*)$/s.exec(given) ?? [];
  switch (scheme.toLowerCase()) {
    case '':
      return {};
    case 'basic': {
      const pair = Buffer.from(rest, 'base64').toString();
      return pair.includes(':') ? { basic: text(pair) } : { headers: { authorization: text(given) } };
    }
    case 'bearer':
      return { bearer: text(rest) };
    case 'digest': {
      const digest = findDigest(rest, request, standIns);
      return digest === undefined ? { headers: { authorization: { matches: '^Digest ' } } } : { digest };
    }
    default:
      return { headers: { authorization: text(given) } };
  }
}

function findDigest(rest: string, request: HttpRequest, standIns: readonly StandIn[]): Route['digest'] {
  const user = /\busername="((?:[^"\\]|\\.)*)"/.exec(rest)?.[1]?.replace(/\\(.)/g, '$1') ?? '';
  const nonce = /\bnonce="([^"]*)"/.exec(rest)?.[1] ?? '';
  const signer = standIns.find(
    ({ text }) => checkCredentials({ digest: { user, password: text } }, request, nonce) === 'right',
  );
  return signer && { user, password: `\${${signer.name}}` };
}

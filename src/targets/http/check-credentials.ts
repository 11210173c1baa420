import { createHash } from 'node:crypto';
import type { Route } from '../description/target-description.ts';
import type { HttpRequest } from './http-request.ts';

/** Whether a request has what a route asks for; a route that challenges answers one that has not. */
export type Credentials = 'right' | 'missing' | 'wrong';

export function checkCredentials(route: Route, request: HttpRequest, nonce: string): Credentials {
  const { basic, bearer, digest } = route;
  if (basic === undefined && bearer === undefined && digest === undefined) return 'right';
  const { scheme, rest } = credentialsIn(request);
  const kind = basic !== undefined ? 'basic' : bearer !== undefined ? 'bearer' : 'digest';
  if (scheme !== kind) return 'missing';
  const isRight =
    basic !== undefined
      ? Buffer.from(rest, 'base64').toString() === basic
      : digest === undefined
        ? rest === bearer
        : isDigest(rest, digest, request, nonce);
  return isRight ? 'right' : 'wrong';
}

/** What the header `Authorization` holds. @returns `scheme` in small letters; `parameters` as those of digest */
export function credentialsIn({ headers }: HttpRequest): {
  scheme: string;
  rest: string;
  parameters: Record<string, string | undefined>;
} {
  const [, scheme = '', rest = ''] = /^(\S+) *(.*)$/s.exec(String(headers['authorization'] ?? '')) ?? [];
  return { scheme: scheme.toLowerCase(), rest, parameters: readParameters(rest) };
}

/** The line `WWW-Authenticate`, undefined for a route that does not challenge. */
export function challengeOf({ basic, digest }: Route, nonce: string): string | undefined {
  if (basic !== undefined) return 'Basic realm="target", charset="UTF-8"';
  if (digest !== undefined) return `Digest realm="target", qop="auth", algorithm=MD5, nonce="${nonce}"`;
  return undefined;
}

/** Source: RFC 7616, section 3.4; without qop, RFC 2069. */
function isDigest(text: string, digest: NonNullable<Route['digest']>, request: HttpRequest, nonce: string): boolean {
  const given = readParameters(text);
  const { username, realm = '', uri = '', response, qop, nc = '', cnonce = '', algorithm = 'MD5' } = given;
  if (username !== digest.user || given['nonce'] !== nonce || uri !== request.url) return false;
  const name = algorithm
    .toUpperCase()
    .replace(/-SESS$/, '')
    .replace('-', '');
  if (name !== 'MD5' && name !== 'SHA256') return false;
  const sum = (...parts: string[]): string => createHash(name).update(parts.join(':')).digest('hex');
  const user = sum(digest.user, realm, digest.password);
  const secret = algorithm.toUpperCase().endsWith('-SESS') ? sum(user, nonce, cnonce) : user;
  const what = sum(request.method, uri);
  return response === (qop === undefined ? sum(secret, nonce, what) : sum(secret, nonce, nc, cnonce, qop, what));
}

/** `name="value", name=value` */
function readParameters(text: string): Record<string, string | undefined> {
  const found: [string, string][] = [];
  for (let at = 0; at < text.length;) {
    const equals = text.indexOf('=', at);
    if (equals === -1) break;
    const isQuoted = text[equals + 1] === '"';
    const start = equals + (isQuoted ? 2 : 1);
    const end = endOf(text, isQuoted ? '"' : ',', start);
    found.push([text.slice(at, equals).trim().toLowerCase(), text.slice(start, end).trim()]);
    at = endOf(text, ',', end) + 1;
  }
  return Object.fromEntries(found);
}

function endOf(text: string, mark: string, start: number): number {
  const at = text.indexOf(mark, start);
  return at === -1 ? text.length : at;
}

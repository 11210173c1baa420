import type { Route } from '../description/target-description.ts';
import type { Telling } from '../matching/telling.ts';
import { type Credentials, credentialsIn } from './check-credentials.ts';
import type { HttpRequest } from './http-request.ts';

/** What is wrong with the credentials of a request for a route: `basic: expected "svc:…", got "svc:…"`. */
export function describeCredentials(
  { basic, bearer, digest }: Route,
  request: HttpRequest,
  credentials: Exclude<Credentials, 'right'>,
): Telling {
  const kind = basic !== undefined ? 'basic' : bearer !== undefined ? 'bearer' : 'digest';
  if (credentials === 'missing') return () => `${kind}: the credentials are missing`;
  const got = credentialsIn(request);
  if (basic !== undefined) {
    const sent = Buffer.from(got.rest, 'base64').toString();
    return (show) => `basic: expected ${showPair(basic, show)}, got ${showPair(sent, show)}`;
  }
  if (bearer !== undefined) return (show) => `bearer: expected "${show(bearer, true)}", got "${show(got.rest, true)}"`;
  const { user = '', password = '' } = digest ?? {};
  const { username = '' } = got.parameters;
  return username === user
    ? (show) => `digest: what came for "${show(user)}" was not made with the password "${show(password, true)}"`
    : (show) => `digest.user: expected "${show(user)}", got "${show(username)}"`;
}

/** `user:password` */
function showPair(pair: string, show: Parameters<Telling>[0]): string {
  const colon = pair.indexOf(':');
  return colon === -1
    ? `"${show(pair, true)}"`
    : `"${show(pair.slice(0, colon))}:${show(pair.slice(colon + 1), true)}"`;
}

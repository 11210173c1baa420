import type { IncomingMessage } from 'node:http';
import { PluginHostError } from '../../base/plugin-host-error.ts';
import { equalsSecret } from '../../loopback/equals-secret.ts';
import { askedOf, judgeOrigin } from '../../loopback/judge-origin.ts';

export interface Admission {
  token: string;
  cookieName: string;
  allowHosts: readonly string[];
}

/** How a request showed its token. */
export type Shown = 'address' | 'bearer' | 'cookie';

/**
 * Whether a request is for this server, made by its own page or by a program of the user, and has the token. Source: inspector contract,
 * "Security". @throws PluginHostError HOST_REFUSED, ORIGIN_REFUSED, TOKEN_MISSING
 */
export function admitRequest(request: IncomingMessage, target: URL, admission: Admission): Shown {
  const { method = 'GET' } = request;
  const asked = askedOf(request);
  const isFirstVisit = method === 'GET' && target.pathname === '/';
  const fault = judgeOrigin(
    { ...asked, fetchSite: isFirstVisit ? undefined : asked.fetchSite },
    { scheme: 'http', allowHosts: admission.allowHosts },
  );
  if (fault === 'other-origin') throw refuseOrigin();
  if (fault !== undefined) {
    throw new PluginHostError('HOST_REFUSED', 'this server does not answer for that host', {
      hint: 'Use 127.0.0.1, or allow a name with --allow-host.',
    });
  }
  const shown = findToken(request, target, admission);
  if (shown === undefined) {
    throw new PluginHostError('TOKEN_MISSING', 'the token is missing or wrong', {
      hint: 'Open the address that plugin-host printed; it has the token. Each start makes a new one.',
    });
  }
  if (method !== 'GET' && shown !== 'bearer' && asked.origin === undefined) throw refuseOrigin();
  return shown;
}

function refuseOrigin(): PluginHostError {
  return new PluginHostError('ORIGIN_REFUSED', 'requests of other sites are refused', {
    hint: 'Open the page by its own address; programs send the token as Authorization: Bearer.',
  });
}

function findToken(
  { headers, method }: IncomingMessage,
  { pathname, searchParams }: URL,
  { token, cookieName }: Admission,
): Shown | undefined {
  const [, bearer] = /^bearer +(\S+)$/i.exec(headers.authorization ?? '') ?? [];
  if (bearer !== undefined) return equalsSecret(bearer, token) ? 'bearer' : undefined;
  const inAddress = searchParams.get('token');
  if (inAddress !== null && method === 'GET' && !pathname.startsWith('/v1/')) {
    return equalsSecret(inAddress, token) ? 'address' : undefined;
  }
  const cookies = (headers.cookie ?? '').split(';').map((each) => each.trim());
  const own = cookies
    .filter((each) => each.startsWith(`${cookieName}=`))
    .map((each) => each.slice(cookieName.length + 1));
  return own.some((each) => equalsSecret(each, token)) ? 'cookie' : undefined;
}

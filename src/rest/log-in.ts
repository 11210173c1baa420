import type { JsonObject } from '../base/json.ts';
import { plainMeta } from '../sps/policies/links/endpoint-meta.ts';
import type { Account } from './access/accounts.ts';
import type { Answer, AuthenticatedCall, Call } from './call.ts';
import { cookieOf } from './find-session.ts';
import { RestFault } from './rest-fault.ts';
import { closeTransaction } from './stage.ts';

/** On every refusal of this endpoint: a client may send credentials only after it. */
export const challenge = { 'WWW-Authenticate': 'Basic realm="SPS"' };
const meta = plainMeta('/api/authentication');
const localMethod = { name: 'local', authentication: 'local', credential: 'password' };

/** Each success is a new session. @throws RestFault Unauthenticated, AuthenticationFailure, TooManyRequests */
export async function logIn(call: Call): Promise<Answer> {
  const account = await authenticate(call);
  const { sessions, isSecure } = call.state;
  const { id, session } = sessions.create(account);
  return {
    body: { meta },
    isBare: true,
    session,
    headers: { 'Set-Cookie': cookieOf(id, sessions.expiresMs(session), isSecure) },
  };
}

async function authenticate({ state, request, query, path }: Call): Promise<Account> {
  const { authorization } = request.headers;
  if (authorization === undefined) {
    throw new RestFault('Unauthenticated', 'Log in first', { resource: path }, challenge);
  }
  const failure = new RestFault('AuthenticationFailure', 'The credentials are wrong', { resource: path }, challenge);
  const credentials = readBasic(authorization);
  if (credentials === undefined || !hasKnownMethod(query)) throw failure;
  const { user, password } = credentials;
  const account = await state.accounts.verify(user, password);
  if (account !== undefined) return account;
  if (!(await state.throttle.delayFailure(user))) {
    throw new RestFault('TooManyRequests', 'Too many failed logins are waiting', { resource: path });
  }
  throw failure;
}

function hasKnownMethod(query: Call['query']): boolean {
  const valueOf = (name: string): string | undefined => query.find(([each]) => each === name)?.[1];
  return (valueOf('login_method') ?? 'local') === 'local' && (valueOf('type') ?? 'password') === 'password';
}

function readBasic(authorization: string): { user: string; password: string } | undefined {
  const [, encoded] = /^basic +([A-Za-z0-9+/_=-]+) *$/i.exec(authorization) ?? [];
  if (encoded === undefined) return undefined;
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  const at = text.indexOf(':');
  return at < 0 ? undefined : { user: text.slice(0, at), password: text.slice(at + 1) };
}

export function logOut({ state, session }: AuthenticatedCall): Answer {
  closeTransaction(state, session);
  state.sessions.end(session);
  return { body: { meta }, isBare: true };
}

export function listLoginMethods({ path }: Call): Answer {
  return { body: { login_methods: [localMethod], meta: plainMeta(path) } };
}

export function listTypes({ path }: Call): Answer {
  return { body: { types: ['basic'], meta: plainMeta(path) } };
}

export function showUser({ session: { account, token } }: AuthenticatedCall): Answer {
  const user = { name: account.name };
  const endpoints = account.privileges.map(({ path: url, access }): JsonObject => ({
    url,
    methods: access === 'write' ? ['DELETE', 'GET', 'POST', 'PUT'] : ['GET'],
  }));
  return {
    body: {
      user,
      login_method: localMethod,
      endpoints,
      token,
      body: { user, login_method: localMethod, token },
      meta: { href: '/api/user_info', parent: '/api' },
    },
  };
}

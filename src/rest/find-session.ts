import type { Session } from './access/sessions.ts';
import type { Call } from './call.ts';

/** In the spelling that real clients look for. Source: SPS REST API, authentication; SafeguardJava. */
export function cookieOf(id: string, expiresMs: number, isSecure: boolean): string {
  const expires = new Date(expiresMs).toUTCString();
  return `session_id=${id}; expires=${expires}; HttpOnly; Path=/${isSecure ? '; Secure' : ''}`;
}

/** The session id of a request: the cookie, else the header of the same name. */
function sessionIdOf({ headers }: Call['request']): string | undefined {
  const cookie = headers['cookie'];
  const [, id] = (cookie === undefined ? undefined : /(?:^|;) *session_id="?([0-9a-f]+)"?(?=;|$| )/.exec(cookie)) ?? [];
  return id ?? headers['session_id'];
}

/** The session of a request, renewed, with its id. */
export function findSession({
  state,
  request,
}: Pick<Call, 'state' | 'request'>): { id: string; session: Session } | undefined {
  const id = sessionIdOf(request);
  const session = id === undefined ? undefined : state.sessions.find(id);
  return id === undefined || session === undefined ? undefined : { id, session };
}

import type { IncomingMessage } from 'node:http';
import { parseTarget } from '../parse-target.ts';
import type { RestAnswer } from '../rest-api.ts';

export interface AccessFacts {
  id: string;
  request: IncomingMessage;
  target: string;
  answer: RestAnswer;
  bytes: number;
  ms: number;
}

/** A line of the access log. It holds no body, no value of a parameter, and nothing that lets somebody in. */
export function renderAccess({ id, request, target, answer, bytes, ms }: AccessFacts): string {
  const { path, query } = parseTarget(target);
  const { status, type, session } = answer;
  return JSON.stringify({
    time: new Date().toISOString(),
    id,
    remote: request.socket.remoteAddress ?? null,
    user: session?.account.name ?? null,
    session: session?.hash.slice(0, 8) ?? null,
    method: request.method ?? null,
    path,
    query: query.length === 0 ? null : [...new Set(query.map(([name]) => name))],
    status,
    type,
    bytes,
    ms: Math.round(ms * 10) / 10,
    agent: request.headers['user-agent'] ?? null,
  });
}

/** A doubtful change, as a line of the same log. */
export function renderWarning(code: string, message: string, path: string | null): string {
  return JSON.stringify({ time: new Date().toISOString(), level: 'warning', code, message, path });
}

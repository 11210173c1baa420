import type { HttpDescription, TlsKind } from '../../../targets/description/target-description.ts';
import { describeAnswer } from '../../../targets/recording/describe-answer.ts';
import { describeRoutes, type Exchange } from '../../../targets/recording/describe-routes.ts';
import { receivedRequest } from '../../../targets/recording/received-request.ts';
import type { RequestCall } from '../observing/recorded-call.ts';
import { describeRequest } from './describe-request.ts';
import type { AskedRequest, At, Material, PlayedCall } from './recorded-target.ts';

/** An HTTP target from its requests. */
export function describeHttp(
  calls: readonly PlayedCall<RequestCall>[],
  { templater, namer, standIns, values, scriptText }: Material,
): { http: HttpDescription; requests: At<AskedRequest>[] } {
  const reached = calls.filter(({ call }) => call.failure?.code !== 'TLS_UNTRUSTED');
  const exchanges = reached.map(({ call, played }, index): Exchange => {
    const { method, url, headers, body } = played.request;
    return {
      match: describeRequest(played, namer, standIns.all),
      answer: describeAnswer(call, templater, scriptText),
      isChallenge: isChallenge(played, reached[index + 1]?.played),
      received: { method, url: url.pathname + url.search, headers: [...headers], body: body ?? Buffer.alloc(0) },
    };
  });
  const tls = tlsOf(calls.map(({ call }) => call));
  return {
    http: { ...(tls !== undefined && { tls }), routes: describeRoutes(exchanges, values) },
    requests: reached.map(({ call, played, at }) => {
      const { method, path, query } = receivedRequest(played.request);
      const isAsked = Object.keys(query).length > 0;
      const asked = {
        method,
        path: namer.text(path),
        ...(isAsked && { query: namer.json(query) as Record<string, string> }),
        status: call.result?.status ?? null,
      };
      return { at, asked };
    }),
  };
}

/** A digest is only sent when it is asked for, and a target that wants one asks by itself. */
function isChallenge(played: RequestCall, next: RequestCall | undefined): boolean {
  const isAnswered =
    next?.request.method === played.request.method && next.request.url.href === played.request.url.href;
  return played.result?.status === 401 && isAnswered && isDigest(next) && !isDigest(played);
}

function isDigest({ request }: RequestCall): boolean {
  return request.headers.some(([name, value]) => name.toLowerCase() === 'authorization' && /^digest /i.test(value));
}

function tlsOf(calls: readonly RequestCall[]): TlsKind | undefined {
  if (calls.every(({ request }) => request.url.protocol === 'http:')) return 'none';
  const reasons = calls.map(({ failure, result }) =>
    failure?.code === 'TLS_UNTRUSTED' ? (failure.causeCode ?? 'unknown') : result?.distrust,
  );
  switch (reasons.find((each) => each !== undefined)) {
    case undefined:
      return undefined;
    case 'CERT_HAS_EXPIRED':
      return 'expired';
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
      return 'wrong-name';
    default:
      return 'untrusted';
  }
}

import type { Json } from '../../base/json.ts';
import type { Answer } from '../description/target-description.ts';
import { gatherValues } from '../matching/gather-values.ts';
import type { Templater } from './create-templater.ts';
import { decodeBody, headerOf, parseJson } from './decode-body.ts';
import { describeCookies } from './describe-cookies.ts';
import type { RecordedAnswer, RecordedExchange } from './recorded-exchange.ts';
import { renderDelay } from './render-delay.ts';

/** Of the connection and of browsers: no script asks for them, unless it names them. */
const noise =
  /^(?:date|connection|keep-alive|transfer-encoding|content-length|content-encoding|server|vary|via|age|expires|pragma|cache-control|etag|last-modified|accept-ranges|alt-svc|nel|report-to|reporting-endpoints|p3p|strict-transport-security|content-security-policy.*|x-content-type-options|x-frame-options|x-xss-protection|x-powered-by|x-aspnet.*|x-request-id|x-correlation-id|x-ua-compatible|x-rate-limit.*|x-envoy.*|x-amz.*|x-cache.*|access-control-.*|referrer-policy|permissions-policy|cross-origin-.*|cf-.*|set-cookie|location|content-type)$/i;

/** What a request was answered, without secrets. @param clientText In which a header may be named */
export function describeAnswer(call: RecordedExchange, { text, json }: Templater, clientText: string): Answer {
  const { result, failure, request } = call;
  if (result === undefined)
    return failure?.code === 'TARGET_TIMEOUT'
      ? { delay: `${Math.ceil(request.timeoutMs / 1000) + 1}s` }
      : { abort: 'connect' };
  const redirect = headerOf(result, 'location');
  const status = redirect !== undefined && result.status === 302 ? undefined : result.status;
  const cookies = describeCookies(result, request.url, text);
  const { headers, ...body } = describeBody(result, text, json);
  const all = { ...headers, ...otherHeaders(result, text, clientText) };
  const delay = renderDelay(call.tookMs ?? 0);
  return {
    ...(status !== undefined && (status !== 200 || redirect !== undefined) && { status }),
    ...(redirect !== undefined && { redirect: text(redirect) }),
    ...(Object.keys(cookies).length > 0 && { cookies }),
    ...(Object.keys(all).length > 0 && { headers: all }),
    ...body,
    ...(delay !== undefined && { delay }),
  };
}

type Headers = Record<string, string | string[]>;

function otherHeaders(answer: RecordedAnswer, text: (text: string) => string, clientText: string): Headers {
  const named = clientText.toLowerCase();
  const own = ['set-cookie', 'location', 'content-type', 'content-length', 'content-encoding', 'transfer-encoding'];
  const kept = answer.headers.filter(([name]) => {
    const folded = name.toLowerCase();
    return (
      !own.includes(folded) && (!noise.test(name) || named.includes(`"${folded}"`) || named.includes(`'${folded}'`))
    );
  });
  return gatherValues(kept.map(([name, value]) => [name, text(value)]));
}

type Body = Pick<Answer, 'json' | 'text' | 'html'> & { headers?: Headers };

/** The type is told where it is not the one that the kind of body stands for. */
function describeBody(answer: RecordedAnswer, text: (text: string) => string, json: (value: Json) => Json): Body {
  const content = decodeBody(answer);
  const [given = ''] = (headerOf(answer, 'content-type') ?? '').split(';');
  const type = given.trim().toLowerCase();
  const typed = (usual: string): Body =>
    type === usual ? {} : type === '' ? {} : { headers: { 'Content-Type': type } };
  if (content === '') return typed('');
  const data = /json/.test(type) || type === '' ? exactJson(content) : undefined;
  if (data !== undefined) return { ...typed('application/json'), json: json(data) };
  if (type === 'text/html') return { html: text(content) };
  return type === 'text/plain' || type === ''
    ? { text: text(content) }
    : { headers: { 'Content-Type': `${type}; charset=utf-8` }, text: text(content) };
}

/** Undefined when something of it would be lost, such as the last digits of a large number. */
function exactJson(content: string): Json | undefined {
  const data = parseJson(content) as Json | undefined;
  return data === undefined || !isExact(content) ? undefined : data;
}

function isExact(content: string): boolean {
  let isSame = true;
  const look = (_name: string, value: unknown, context?: { source?: string }): unknown => {
    if (typeof value === 'number' && (context?.source ?? '').length > safeDigits) isSame = false;
    return value;
  };
  JSON.parse(content, look);
  return isSame;
}

/** A number of JavaScript has them all. */
const safeDigits = 15;

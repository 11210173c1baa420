import { isJsonObject, type Json } from '../../base/json.ts';
import type { Route } from '../description/target-description.ts';
import { type HttpRequest, readRequest, type ReceivedRequest } from '../http/http-request.ts';

/** Headers of every client, and those that the rest of a route stands for. */
export const usualHeaders =
  /^(?:host|accept|accept-.*|user-agent|connection|content-length|content-type|cache-control|cookie|authorization|pragma|referer|origin)$/;

/** A request as a client makes it. */
interface SentRequest extends Pick<ReceivedRequest, 'method' | 'headers'> {
  url: URL;
  body?: Uint8Array | undefined;
}

/** The same as it came to the target. */
export function receivedRequest({ method, url, headers, body = Buffer.alloc(0) }: SentRequest): HttpRequest {
  return readRequest({ method, url: url.pathname + url.search, headers, body });
}

/** What a route asks of the body. @param write Without secrets */
export function describeSentBody(
  { form, json, body }: HttpRequest,
  write: (value: Json) => Json,
): Pick<Route, 'form' | 'json' | 'body'> {
  if (form !== undefined) return { form: write(form) as Record<string, string> };
  if (isJsonObject(json) || Array.isArray(json)) return { json: write(json) };
  return body === '' ? {} : { body: write(body) as string };
}

import type { Json } from '../../base/json.ts';
import { gatherValues } from '../matching/gather-values.ts';
import type { RequestRecord } from '../matching/request-record.ts';

/** A request as it came. */
export interface ReceivedRequest {
  method: string;
  /** As in the request line. */
  url: string;
  headers: readonly (readonly [name: string, value: string])[];
  body: Uint8Array;
}

/** A request taken apart, with the target of its line as credentials are made for it. */
export interface HttpRequest extends RequestRecord {
  url: string;
}

export function readRequest({ method, url, headers, body }: ReceivedRequest): HttpRequest {
  const { path, query } = splitUrl(url);
  const text = new TextDecoder().decode(body);
  const named = gatherValues(headers.map(([name, value]) => [name.toLowerCase(), value]));
  const type = String(named['content-type'] ?? '');
  return {
    method,
    url,
    path,
    query: gatherValues(new URLSearchParams(query)),
    headers: named,
    cookies: readCookies(named['cookie']),
    ...readJson(text),
    ...(type.includes('application/x-www-form-urlencoded') && { form: gatherValues(new URLSearchParams(text)) }),
    body: text,
    status: null,
  };
}

/** Through a proxy, the line has the whole address. */
function splitUrl(url: string): { path: string; query: string } {
  const local = url.replace(/^https?:\/\/[^/?#]*/i, '') || '/';
  const mark = local.indexOf('?');
  return mark === -1 ? { path: local, query: '' } : { path: local.slice(0, mark), query: local.slice(mark + 1) };
}

function readCookies(header: string | string[] | undefined): Record<string, string> {
  const pairs = [header ?? []].flat().flatMap((line) => line.split(';'));
  return Object.fromEntries(
    pairs.flatMap((pair) => {
      const [name = '', ...value] = pair.split('=');
      return name.trim() === '' ? [] : [[name.trim(), value.join('=').trim()]];
    }),
  );
}

function readJson(text: string): { json?: Json } {
  if (!/^\s*[[{"\-\dtfn]/.test(text)) return {};
  try {
    return { json: JSON.parse(text) as Json };
  } catch {
    return {};
  }
}

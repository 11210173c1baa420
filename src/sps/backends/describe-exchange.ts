import { isJsonObject, type Json, type JsonObject } from '../../base/json.ts';
import type { Route } from '../../targets/description/target-description.ts';
import { describeSentBody, receivedRequest, usualHeaders } from '../../targets/recording/received-request.ts';
import type { PassedExchange } from '../../targets/recording/start-traffic-recorder.ts';

/** Takes the secrets out of a text; undefined when one of them was typed, so that another run has another. */
export type Redact = (text: string) => string | undefined;

/** What a route asks of a request so that it is this one: what holds a secret that was typed may be anything, credentials only where they are known. */
export function describeExchange({ request }: PassedExchange, redact: Redact): Route {
  const read = receivedRequest(request);
  const json = (value: Json): Json => {
    if (typeof value === 'string') return redact(value) ?? { any: true };
    if (Array.isArray(value)) return value.map(json);
    if (!isJsonObject(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [redact(name) ?? name, json(item)]));
  };
  const fields = (part: JsonObject): Record<string, string> => json(part) as Record<string, string>;
  const others = Object.entries(read.headers).filter(
    ([name, value]) => !usualHeaders.test(name) && isKnown(String(value), redact),
  );
  return {
    method: read.method,
    path: read.path
      .split('/')
      .map((segment) => redact(segment) ?? '*')
      .join('/'),
    ...(isFilled(read.query) && { query: fields(read.query) }),
    ...describeCredentials(String(read.headers['authorization'] ?? ''), redact),
    ...(others.length > 0 && { headers: fields(Object.fromEntries(others)) }),
    ...describeSentBody(read, json),
  };
}

/** Whether something in a value is known: what is not may be a signature or a time, which another run makes anew. */
function isKnown(value: string, redact: Redact): boolean {
  const made = redact(value);
  return made !== undefined && made !== value;
}

function describeCredentials(given: string, redact: Redact): Pick<Route, 'basic' | 'bearer' | 'headers'> {
  const [, scheme = '', rest = ''] = /^(\S+) *(.*)$/s.exec(given) ?? [];
  const kind = scheme.toLowerCase();
  const pair = kind === 'basic' ? Buffer.from(rest, 'base64').toString() : rest;
  if (kind === 'basic' && isKnown(pair, redact)) return { basic: redact(pair) ?? '' };
  if (kind === 'bearer' && isKnown(rest, redact)) return { bearer: redact(rest) ?? '' };
  return isKnown(given, redact) ? { headers: { authorization: redact(given) ?? '' } } : {};
}

function isFilled(mapping: object): boolean {
  return Object.keys(mapping).length > 0;
}

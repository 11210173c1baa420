import { isJsonObject, type Json, type JsonObject, parseExactJson, plainJson } from '../base/json.ts';
import { RestFault } from './rest-fault.ts';

const maxDepth = 64;
const decoder = new TextDecoder('utf-8', { fatal: true }); // drops a byte-order mark

/** An object in the body of a request, whatever the media type says. @throws RestFault SyntacticError */
export function readJsonBody(body: Buffer): JsonObject {
  const value = parseBody(body);
  if (isJsonObject(value)) return unwrap(value);
  throw syntactic('The body is not a JSON object');
}

/** Any JSON; undefined of an empty body. @throws RestFault SyntacticError */
export function readAnyJson(body: Buffer): Json | undefined {
  return body.length === 0 ? undefined : parseBody(body);
}

function parseBody(body: Buffer): Json {
  try {
    const value = parseExactJson(decoder.decode(body), maxDepth);
    if (isFinite(value)) return value;
  } catch (error) {
    throw syntactic(error instanceof RangeError ? 'The body is nested too deeply' : 'The body is not JSON');
  }
  throw syntactic('A number of the body is not finite');
}

export function syntactic(message: string, path = ''): RestFault {
  return new RestFault('SyntacticError', message, { problems: [{ path, message }] });
}

function isFinite(value: Json): boolean {
  if (Array.isArray(value)) return value.every(isFinite);
  if (isJsonObject(value)) return Object.values(value).every(isFinite);
  const plain = plainJson(value); // a number that JavaScript would spell differently is held as its text
  return typeof plain !== 'number' || Number.isFinite(plain);
}

const wrapping = ['body', 'key', 'meta'];

/** Answers wrap an object as `{"body": …}`; a client that sends that back is understood. */
function unwrap(value: JsonObject): JsonObject {
  const { body } = value;
  const isWrapped = isJsonObject(body) && Object.keys(value).every((name) => wrapping.includes(name));
  return isWrapped ? body : value;
}

import { isJsonObject, type Json, type JsonObject, parseExactJson } from '../../base/json.ts';
import { PluginHostError } from '../../base/plugin-host-error.ts';
import type { ApiRoute, Field } from './api-route.ts';

export interface MatchedRoute {
  route: ApiRoute;
  params: Record<string, string>;
}

/** @throws PluginHostError ROUTE_UNKNOWN, METHOD_NOT_ALLOWED */
export function matchRoute(routes: readonly ApiRoute[], method: string, pathname: string): MatchedRoute {
  const segments = decodePath(pathname);
  const found = routes.flatMap((route) => {
    const params = segments && paramsOf(route.path, segments);
    return params === undefined ? [] : [{ route, params }];
  });
  if (found.length === 0) {
    throw new PluginHostError('ROUTE_UNKNOWN', 'there is nothing at this address', {
      hint: 'GET /v1/openapi.json describes all addresses.',
    });
  }
  const matched = found.find(({ route }) => route.method === method);
  if (matched !== undefined) return matched;
  throw new PluginHostError('METHOD_NOT_ALLOWED', 'this address does not take this method', {
    hint: `Use ${methodsOf(found.map(({ route }) => route)).join(', ')}.`,
  });
}

/** Of an address that does not take a method. */
export function allowedMethods(routes: readonly ApiRoute[], pathname: string): string[] {
  const segments = decodePath(pathname);
  return methodsOf(routes.filter(({ path }) => segments && paramsOf(path, segments)));
}

function methodsOf(routes: readonly ApiRoute[]): string[] {
  return [...new Set(routes.map(({ method }) => method))];
}

/** Decoded once. Undefined: it cannot be one of ours. */
export function decodePath(pathname: string): string[] | undefined {
  try {
    const segments = pathname.slice(1).split('/').map(decodeURIComponent);
    const isSafe = segments.every((each) => each !== '.' && each !== '..' && !/[/\\\p{Cc}]/u.test(each));
    return isSafe ? segments : undefined;
  } catch {
    return undefined;
  }
}

function paramsOf(path: string, segments: readonly string[]): Record<string, string> | undefined {
  const parts = path.slice(1).split('/');
  if (parts.length !== segments.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, part] of parts.entries()) {
    const segment = segments[index] ?? '';
    if (part.startsWith('{')) {
      if (segment === '') return undefined;
      params[part.slice(1, -1)] = segment;
    } else if (part !== segment) return undefined;
  }
  return params;
}

/** @throws PluginHostError REQUEST_INVALID */
export function readQuery({ query: known = {} }: ApiRoute, given: URLSearchParams): Record<string, string> {
  const read: Record<string, string> = {};
  for (const [name, value] of given) {
    const field = Object.hasOwn(known, name) ? known[name] : undefined;
    if (field === undefined) throw invalid(`unknown parameter ${name}`, known);
    if (Object.hasOwn(read, name)) throw invalid(`${name} is given twice`, known);
    checkField(name, field.schema.type === 'integer' && /^\d{1,9}$/.test(value) ? Number(value) : value, field);
    read[name] = value;
  }
  return read;
}

/** @throws PluginHostError REQUEST_INVALID */
export function readJsonBody({ body: known = {} }: ApiRoute, bytes: Buffer): JsonObject {
  if (bytes.length === 0) return {};
  let body: Json;
  try {
    body = parseExactJson(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw invalid('the body is not JSON', known);
  }
  if (!isJsonObject(body)) throw invalid('the body is not a JSON object', known);
  for (const [name, value] of Object.entries(body)) {
    const field = Object.hasOwn(known, name) ? known[name] : undefined;
    if (field === undefined) throw invalid(`unknown key ${name}`, known);
    checkField(name, value, field);
  }
  return body;
}

function checkField(name: string, value: Json, { schema }: Field): void {
  const { type, minimum = -Infinity, maximum = Infinity, enum: choices } = schema;
  const isRight =
    type === 'object'
      ? isJsonObject(value)
      : type === 'string'
        ? typeof value === 'string' && (choices?.includes(value) ?? true)
        : Number.isInteger(value) && Number(value) >= minimum && Number(value) <= maximum;
  if (isRight) return;
  const range = type === 'integer' ? `an integer from ${minimum} to ${maximum}` : undefined;
  const expected = choices?.join(' or ') ?? range ?? (type === 'object' ? 'an object' : 'a text');
  throw new PluginHostError('REQUEST_INVALID', `${name}: expected ${expected}`, {
    hint: 'GET /v1/openapi.json describes what may be given.',
  });
}

/** Names that a client made up are not repeated in full. */
function invalid(what: string, known: object): PluginHostError {
  const names = Object.keys(known);
  return new PluginHostError('REQUEST_INVALID', what.slice(0, 200), {
    hint: names.length === 0 ? 'Nothing may be given here.' : `Known here: ${names.join(', ')}.`,
  });
}

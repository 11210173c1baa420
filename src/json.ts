/** A JSON value. A number that JavaScript would spell differently is held as `JSON.rawJSON` text (an object, so it fits here). */
export type Json = null | boolean | number | string | Json[] | JsonObject;

export interface JsonObject {
  [key: string]: Json;
}

interface JsonWithSource {
  parse(text: string, reviver: (key: string, value: Json, context: { source?: string }) => Json): Json;
  rawJSON(text: string): Json;
  isRawJSON(value: unknown): value is { rawJSON: string };
}

// Node 24 has these; the standard library's declarations do not yet.
const json = JSON as unknown as JsonWithSource;

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !json.isRawJSON(value);
}

/**
 * Parses JSON so that `JSON.stringify` gives the same numbers again: Python tells `1.0` from `1` and has integers of any size.
 * @throws SyntaxError
 */
export function parseExactJson(text: string): Json {
  return json.parse(text, (_key, value, { source }) =>
    typeof value === 'number' && source !== undefined && source !== String(value) ? json.rawJSON(source) : value,
  );
}

/** A text as it is, anything else as JSON, for messages. */
export function showJson(value: Json | undefined): string {
  return typeof value === 'string' ? value : JSON.stringify(value ?? null);
}

/** The same value with plain JavaScript numbers, for programs that calculate with them. */
export function plainJson(value: Json): Json {
  if (json.isRawJSON(value)) return Number(value.rawJSON);
  if (Array.isArray(value)) return value.map(plainJson);
  if (isJsonObject(value)) return plainJsonObject(value);
  return value;
}

function plainJsonObject(value: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plainJson(item)]));
}

/**
 * A document that is read and may be looked at in a terminal: the characters that JSON leaves as they are and a terminal obeys are written
 * as escapes.
 */
export function printJson(document: unknown): string {
  const text = JSON.stringify(document, undefined, 2);
  return text.replace(/[\x7f-\x9f\u2028\u2029]/g, (each) => `\\u${each.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

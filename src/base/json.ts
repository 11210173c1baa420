import { scanJson } from './scan-json.ts';

/**
 * A JSON value that comes out: of a plugin, of a file. It belongs to who gets it; what is given is a `JsonInput`. A number that JavaScript would spell differently is held as `JSON.rawJSON` text (an object,
 * so it fits here); the library gives plain numbers.
 */
export type Json = null | boolean | number | string | Json[] | JsonObject;

export interface JsonObject {
  [key: string]: Json;
}

interface JsonWithSource {
  rawJSON(text: string): Json;
  isRawJSON(value: unknown): value is { rawJSON: string };
}

// Node 24 has these; the standard library's declarations do not yet.
const json = JSON as unknown as JsonWithSource;

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !json.isRawJSON(value);
}

/** Much of the code that handles a value could not read or write one that is nested deeper. */
const deepest = 1900;
/** Begins the texts that replace numbers for a moment; nobody can guess it. Made when it is first needed: loading node:crypto takes time. */
let sign: string | undefined;

/**
 * Parses JSON so that `JSON.stringify` gives the same numbers again: Python distinguishes `1.0` and `1`, and has integers of any size.
 * @param limit what holds such a value, as a stored step does, is nested a little deeper
 * @throws SyntaxError; RangeError when it is nested too deep
 */
export function parseExactJson(text: string, limit = deepest): Json {
  const value = JSON.parse(text) as Json;
  const { depth, inexact } = scanJson(text);
  if (depth > limit) throw new RangeError(`it is nested ${depth} deep`);
  if (inexact.length === 0) return value;
  // A reviver, which gets the text of a number, takes ten times as long.
  const own = (sign ??= process.getBuiltinModule('node:crypto').randomUUID());
  const parts: string[] = [];
  let done = 0;
  for (const [start, end] of inexact) {
    parts.push(text.slice(done, start), `"${own}${text.slice(start, end)}"`);
    done = end;
  }
  return restoreNumbers(JSON.parse(parts.join('') + text.slice(done)) as Json, own);
}

function restoreNumbers(value: Json, own: string): Json {
  if (typeof value === 'string') return value.startsWith(own) ? json.rawJSON(value.slice(own.length)) : value;
  if (Array.isArray(value)) value.forEach((item, index) => (value[index] = restoreNumbers(item, own)));
  else if (isJsonObject(value))
    for (const key of Object.keys(value)) setOwn(value, key, restoreNumbers(value[key] ?? null, own));
  return value;
}

/** An assignment to `__proto__` would set no key. */
function setOwn(object: JsonObject, key: string, value: Json): void {
  if (Object.is(object[key], value)) return;
  Object.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true });
}

/** For a parsed value that has become part of another one. */
export const storedDepth = deepest + 100;

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
 * A document that programs read and people may see in a terminal: control characters that JSON leaves as they are, and a terminal obeys, are written
 * as escapes.
 */
export function printJson(document: unknown): string {
  return escapeControls(JSON.stringify(document, undefined, 2));
}

/** The same on one line. */
export function printJsonLine(document: unknown): string {
  return escapeControls(JSON.stringify(document));
}

function escapeControls(text: string): string {
  return text.replace(/[\x7f-\x9f\u2028\u2029]/g, (each) => `\\u${each.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

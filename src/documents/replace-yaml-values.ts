import { isDeepStrictEqual } from 'node:util';
import { type Document, isAlias, isMap, isNode, isScalar, isSeq, type Node, parse, parseDocument, visit } from 'yaml';
import { isJsonObject, type Json } from '../base/json.ts';
import { type Quotes, renderYamlBlock, renderYamlFlow, renderYamlLines } from './render-yaml-flow.ts';

export interface Replacement {
  /** Lead to a value that is there. */
  keys: readonly (string | number)[];
  value: Json;
}

/**
 * The text with other values in some places; every other byte stays. A value keeps its style: its quotes, on one line or on several.
 * Undefined where that cannot be: a place is not there, others refer to it (`&name`), or the text would mean something else.
 */
export function replaceYamlValues(text: string, replacements: readonly Replacement[]): string | undefined {
  const document = parseDocument(text);
  const edits = replacements.map(({ keys, value }) => findEdit(document, text, keys, value));
  if (!edits.every((edit) => edit !== undefined)) return undefined;
  const changed = edits
    .toSorted((one, other) => other.start - one.start)
    .reduce((all, { start, end, put }) => all.slice(0, start) + put + all.slice(end), text);
  return meansChanged(changed, document.toJS() as Json, replacements) ? changed : undefined;
}

interface Edit {
  start: number;
  end: number;
  put: string;
}

interface Place {
  node: Node;
  /** Column, from 0, of what holds it: of its key, or of the dash of its item. */
  column: number;
  isInFlow: boolean;
  /** Of the nearest key above that is a text. */
  keyQuotes: Quotes;
}

function findEdit(document: Document, text: string, keys: Replacement['keys'], value: Json): Edit | undefined {
  const place = findPlace(document, text, keys);
  if (place === undefined || isReferredTo(place.node)) return undefined;
  const [start, valueEnd] = place.node.range ?? [0, 0];
  const end = isBlock(place.node) ? endOf(place.node) : valueEnd;
  const old = text.slice(start, end);
  const put = render(value, place, {
    isPadded: isPadded(old) ?? isPadded(text) ?? true,
    rest: restOfLine(text, end),
    column: columnOf(text, start),
  });
  const whole = old.endsWith('\n') && !put.endsWith('\n') ? `${put}\n` : put;
  return { start, end, put: text.includes('\r\n') ? whole.replaceAll('\n', '\r\n') : whole };
}

function findPlace(document: Document, text: string, keys: Replacement['keys']): Place | undefined {
  let node: unknown = document.contents;
  const place = { column: 0, isInFlow: false, keyQuotes: 'none' as Quotes };
  for (const key of keys) {
    if (isSeq(node)) {
      place.isInFlow ||= node.flow === true;
      place.column = columnOf(text, node.range?.[0] ?? 0);
      node = node.items[Number(key)];
    } else if (isMap(node)) {
      place.isInFlow ||= node.flow === true;
      const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(key));
      if (pair === undefined || !isScalar(pair.key)) return undefined;
      place.column = columnOf(text, pair.key.range?.[0] ?? 0);
      place.keyQuotes = quotesOf(pair.key);
      node = pair.value;
    } else return undefined; // an alias too: what it leads to is not only here
    if (isNode(node) && isAnchored(node)) return undefined;
  }
  return isNode(node) ? { node, ...place } : undefined;
}

function isAnchored({ anchor }: Node & { anchor?: string | undefined }): boolean {
  return anchor !== undefined;
}

/** It, or something in it. */
function isReferredTo(node: Node): boolean {
  const anchored: Node[] = [];
  visit(node, {
    Node: (_key, each) => {
      if (!isAlias(each) && isAnchored(each)) anchored.push(each);
    },
  });
  return anchored.length > 0;
}

interface Around {
  isPadded: boolean;
  /** What follows on the same line. */
  rest: string;
  column: number;
}

function render(value: Json, { node, isInFlow, column, keyQuotes }: Place, around: Around): string {
  const isCollection = Array.isArray(value) || isJsonObject(value);
  const hasItems = isCollection && Object.keys(value).length > 0;
  if (isBlock(node) && hasItems) return renderYamlBlock(value, around.column);
  if (typeof value === 'string' && !isInFlow && around.rest.trim() === '' && !isQuoted(node)) {
    const lines = renderYamlLines(value, column);
    if (lines !== undefined) return lines;
  }
  const quotes = isScalar(node) && typeof node.value === 'string' ? quotesOf(node) : keyQuotes;
  return renderYamlFlow(value, { quotes, isInFlow, isPadded: around.isPadded });
}

/** As the first mapping on one line is. */
function isPadded(text: string): boolean | undefined {
  const [, pad] = /\{( ?)[^} ]/.exec(text) ?? [];
  return pad === undefined ? undefined : pad !== '';
}

function isBlock(node: Node): boolean {
  return (isMap(node) || isSeq(node)) && node.flow !== true && node.items.length > 0;
}

function isQuoted(node: Node): boolean {
  return isScalar(node) && quotesOf(node) !== 'none';
}

function quotesOf(node: { type?: string }): Quotes {
  return node.type === 'QUOTE_DOUBLE' ? 'double' : node.type === 'QUOTE_SINGLE' ? 'single' : 'none';
}

/** Of the last thing in it: what the parser gives holds the comments and blank lines below it too. */
function endOf(node: Node): number {
  if (isBlock(node) && (isMap(node) || isSeq(node))) {
    const last = node.items.at(-1);
    const inner = isNode(last) ? last : isMap(node) ? (node.items.at(-1)?.value ?? node.items.at(-1)?.key) : undefined;
    if (isNode(inner)) return endOf(inner);
  }
  return node.range?.[1] ?? 0;
}

function columnOf(text: string, offset: number): number {
  return offset - (text.lastIndexOf('\n', offset - 1) + 1);
}

function restOfLine(text: string, offset: number): string {
  if (text[offset - 1] === '\n') return '';
  const end = text.indexOf('\n', offset);
  return text.slice(offset, end < 0 ? undefined : end);
}

function meansChanged(changed: string, before: Json, replacements: readonly Replacement[]): boolean {
  for (const { keys, value } of replacements) setIn(before, keys, value);
  try {
    return isDeepStrictEqual(parse(changed, { logLevel: 'error' }), before);
  } catch {
    return false;
  }
}

function setIn(root: Json, keys: Replacement['keys'], value: Json): void {
  const last = keys.at(-1);
  const holder = keys.slice(0, -1).reduce<Json | undefined>((inner, key) => stepInto(inner, key), root);
  if (last !== undefined && typeof holder === 'object' && holder !== null)
    (holder as Record<string | number, Json>)[last] = value;
}

function stepInto(value: Json | undefined, key: string | number): Json | undefined {
  return typeof value === 'object' && value !== null ? (value as Record<string | number, Json>)[key] : undefined;
}

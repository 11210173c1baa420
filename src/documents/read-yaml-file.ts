import path from 'node:path';
import { type Document, isAlias, isCollection, LineCounter, type Node, parseDocument, visit } from 'yaml';
import type { RefusalCode } from '../base/code.ts';
import { PluginHostError } from '../base/plugin-host-error.ts';
import type { Problem, ValueFault } from '../base/problem.ts';
import { findYamlPlace } from './find-yaml-place.ts';
import { type PlacedFault, readPlacedText } from './read-placed-text.ts';

export interface YamlFile {
  /** Of unknown shape; undefined when the text is not YAML. */
  value: unknown;
  /** Of the text itself: it is not YAML. */
  problems: PlacedFault[];
  /** The place in the text of a problem that was found in the value. */
  place: (problem: ValueFault) => PlacedFault;
  /** Line, from 1, that keys and list indexes lead to. */
  lineOf: (keys: readonly (string | number)[]) => number;
}

/** Reads a YAML file so that each of its problems can be reported with its line. @throws PluginHostError FILE_NOT_FOUND */
export function readYamlFile(file: string): YamlFile {
  const read = readPlacedText(file);
  if (typeof read === 'string') return readYaml(read);
  return {
    value: undefined,
    problems: [read],
    place: ({ message }) => ({ ...read, message }),
    lineOf: () => read.line,
  };
}

/** @param schema `failsafe`: every scalar stays the text that was written. */
export function readYaml(text: string, schema: 'core' | 'failsafe' = 'core'): YamlFile {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { schema, lineCounter, prettyErrors: false });
  const placeAt = (offset: number, message: string): PlacedFault => {
    const { line } = lineCounter.linePos(offset);
    const before = text.slice(lineCounter.lineStarts[line - 1], offset);
    return { line, column: Array.from(before).length + 1, message }; // in characters, not in units of UTF-16
  };
  const problems = document.errors.map(({ message, pos: [offset] }) => placeAt(offset, message));
  let value: unknown;
  try {
    if (problems.length === 0) problems.push(...findOddKeys(document).map((offset) => placeAt(offset, oddKey)));
    if (problems.length === 0) value = document.toJS();
  } catch (error) {
    // An alias without its anchor, or so many aliases that they would fill the memory.
    problems.push(placeAt(0, (error as Error).message));
  }
  return {
    value,
    problems,
    place: ({ keys, message, hint, isValue }) => ({
      ...placeAt(findYamlPlace(document, keys, isValue), message),
      ...(hint !== undefined && { hint }),
    }),
    lineOf: (keys) => lineCounter.linePos(findYamlPlace(document, keys)).line,
  };
}

const oddKey =
  'a key must be a string; this one is a list or a mapping. Put a string that begins with [ or { in quotes';

/** Offsets of keys that are not strings. */
function findOddKeys(document: Document): number[] {
  const offsets: number[] = [];
  visit(document, {
    Pair(_key, { key }) {
      const node = isAlias(key) ? key.resolve(document) : key;
      if (isCollection(node)) offsets.push((key as Node).range?.[0] ?? 0);
    },
  });
  return offsets;
}

/** The error that reports all problems of a file at once. @param hint Of those that have none of their own */
export function invalidFile(
  code: RefusalCode,
  file: string,
  problems: readonly PlacedFault[],
  hint: string,
): PluginHostError {
  return new PluginHostError(code, renderPlaced(path.basename(file), problems).join('\n'), {
    hint: inOrder(problems).find((each) => each.hint !== undefined)?.hint ?? hint,
    problems: toProblems(code, file, problems, hint),
  });
}

/** In the order of the file. */
export function toProblems(code: RefusalCode, file: string, problems: readonly PlacedFault[], hint: string): Problem[] {
  return inOrder(problems).map((problem) => ({ level: 'error', code, hint, file, ...problem }));
}

/** `vault.yaml:3:1: …` for each, in the order of the file. */
export function renderPlaced(name: string, problems: readonly PlacedFault[]): string[] {
  return inOrder(problems).map(({ line, column, message }) => `${name}:${line}:${column}: ${message}`);
}

function inOrder(problems: readonly PlacedFault[]): PlacedFault[] {
  return problems.toSorted((one, other) => one.line - other.line || one.column - other.column);
}

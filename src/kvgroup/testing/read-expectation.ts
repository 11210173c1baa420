import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { ErrorObject } from 'ajv';
import { type Document, isMap, isScalar, isSeq, LineCounter, parseDocument } from 'yaml';
import { renderSuggestion } from '../../nearest-name.ts';
import { type Expectation, expectationSchema } from './expectation-schema.ts';
import { validate } from './expectation-validator.ts';

export interface ReadExpectation {
  expectation: Expectation;
  /** Line of a key, from 1; undefined when it is not there. */
  lineOf: (key: string) => number | undefined;
  /** All that is wrong, each with its place. */
  problems: string[];
}

interface Problem {
  keys: readonly string[];
  message: string;
}

/** Reads `expect.yaml` of a folder; without one nothing is expected. @param name Of the folder, for messages. */
export function readExpectation(folder: string, name: string): ReadExpectation {
  const file = path.join(folder, 'expect.yaml');
  if (!existsSync(file)) return { expectation: {}, lineOf: () => undefined, problems: [] };
  const lineCounter = new LineCounter();
  const document = parseDocument(readFileSync(file, 'utf8'), { lineCounter, prettyErrors: false });
  const place = (offset: number): string => {
    const { line, col } = lineCounter.linePos(offset);
    return `${path.join(name, 'expect.yaml')}:${line}:${col}`;
  };
  const problems = document.errors.map(({ message, pos: [offset] }) => `${place(offset)}: ${message}`);
  const value = problems.length === 0 ? toValue(document) : {};
  for (const { keys, message } of check(value)) problems.push(`${place(offsetOf(document, keys))}: ${message}`);
  return {
    expectation: problems.length === 0 ? (value as Expectation) : {},
    lineOf: (key) => (document.has(key) ? lineCounter.linePos(offsetOf(document, [key])).line : undefined),
    problems,
  };
}

function toValue(document: Document): unknown {
  try {
    return document.toJS() ?? {};
  } catch (error) {
    return String(error); // an alias without its anchor: no mapping, which is told
  }
}

function check(value: unknown): Problem[] {
  if (!validate(value)) return (validate.errors ?? []).map(describeError);
  const { errmsg } = value as Expectation;
  if (typeof errmsg !== 'object') return [];
  try {
    new RegExp(errmsg.matches);
    return [];
  } catch (error) {
    return [{ keys: ['errmsg', 'matches'], message: (error as Error).message }];
  }
}

function describeError({ instancePath, keyword, params, message = 'is not valid' }: ErrorObject): Problem {
  const keys = instancePath.split('/').slice(1);
  const where = keys.length === 0 ? '' : `${keys.join('.')} `;
  switch (keyword) {
    case 'additionalProperties': {
      const extra = String(params['additionalProperty']);
      const known = keys.length === 0 ? Object.keys(expectationSchema.properties) : ['matches', 'taken'];
      return { keys: [...keys, extra], message: `unknown key ${extra}. ${renderSuggestion(extra, known)}` };
    }
    case 'enum':
      return { keys, message: `${where}must be one of ${(params['allowedValues'] as string[]).join(', ')}` };
    case 'type':
      return { keys, message: `${where || 'the file '}must be ${[params['type']].flat().join(' or ')}` };
    case 'dependencies':
      return { keys: ['taken'], message: 'taken belongs to settle: add settle: true' };
    default:
      return { keys, message: `${where}${message}` };
  }
}

/** Where the innermost known part of a path starts. */
function offsetOf(document: Document, keys: readonly string[]): number {
  let node: unknown = document.contents;
  let offset = 0;
  for (const key of keys) {
    if (isMap(node)) {
      const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === key);
      if (pair === undefined) break;
      offset = (isScalar(pair.key) ? pair.key.range?.[0] : undefined) ?? offset;
      node = pair.value;
    } else if (isSeq(node)) {
      node = node.items[Number(key)];
      offset = (isScalar(node) ? node.range?.[0] : undefined) ?? offset;
    } else break;
  }
  return offset;
}

import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { ErrorObject } from 'ajv';
import { isMap, isNode, LineCounter, parseDocument } from 'yaml';
import { PluginHostError } from '../../errors.ts';
import { renderSuggestion } from '../../nearest-name.ts';
import { type ProjectSettings, projectSchema } from './project-schema.ts';
import { validate } from './project-validator.ts';

/** @throws PluginHostError FILE_NOT_FOUND, HOST_CONFIG_INVALID (all problems, with line and column) */
export function readProjectFile(file: string): ProjectSettings {
  const text = readText(file);
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter, prettyErrors: false });
  const problems = document.errors.map(({ message, pos: [offset] }) => ({ offset, message }));
  let value: unknown = {};
  try {
    if (problems.length === 0) value = document.toJS();
  } catch (error) {
    // An alias without its anchor, or a score of them that would fill the memory.
    problems.push({ offset: 0, message: (error as Error).message });
  }
  if (!validate(value ?? {})) {
    for (const error of validate.errors ?? []) {
      const keys = error.instancePath.split('/').slice(1);
      problems.push({
        offset: offsetOf(document.contents, [...keys, ...extraKey(error)]),
        message: describeError(error),
      });
    }
  }
  if (problems.length === 0) return value ?? {};
  const lines = problems.map(({ offset, message }) => {
    const { line, col } = lineCounter.linePos(offset);
    return `${path.basename(file)}:${line}:${col}: ${message}`;
  });
  throw new PluginHostError('HOST_CONFIG_INVALID', lines.join('\n'), {
    hint: `Known keys: ${Object.keys(projectSchema.properties as object).join(', ')}.`,
  });
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new PluginHostError('FILE_NOT_FOUND', `${file}: ${cause instanceof Error ? cause.message : String(cause)}`, {
      hint: 'Name a readable file.',
      cause,
    });
  }
}

function extraKey({ keyword, params }: ErrorObject): string[] {
  return keyword === 'additionalProperties' ? [String(params['additionalProperty'])] : [];
}

function describeError(error: ErrorObject): string {
  const [extra] = extraKey(error);
  const where = error.instancePath.slice(1).replaceAll('/', '.') || 'the file';
  if (extra === undefined) return `${where} ${error.message ?? 'is not valid'}`;
  return `unknown key ${extra}. ${renderSuggestion(extra, Object.keys(projectSchema.properties as object))}`;
}

/** Where the innermost known node of a path starts. */
function offsetOf(root: unknown, keys: readonly string[]): number {
  let node = root;
  let offset = 0;
  for (const key of keys) {
    if (!isMap(node)) break;
    const pair = node.items.find((item) => isNode(item.key) && String(item.key) === key);
    if (pair === undefined) break;
    offset = isNode(pair.key) ? (pair.key.range?.[0] ?? offset) : offset;
    node = pair.value;
  }
  return offset;
}

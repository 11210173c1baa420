import { findOperation, operations } from '../tables/operations.ts';
import { entryOf, textOf, valueOf } from './entry-of.ts';
import type { JsonEntry, JsonNode, ObjectNode, StringNode } from './json-node.ts';
import { JsonFault, JsonTextReader } from './json-text-reader.ts';
import { LineIndex } from './line-index.ts';
import { plainValueOf } from './plain-value-of.ts';
import { readParameters } from './read-parameters.ts';
import { type OnFault, readSequence } from './read-sequence.ts';
import type { Block, Fault, Script } from './script.ts';

export interface ReadScript {
  /** Undefined when the text is no JSON object. */
  script: Script | undefined;
  lines: LineIndex;
  /** In no order. */
  faults: Fault[];
}

const byteOrderMark = '\uFEFF';

/** Keys of a script that are no functions. */
const ownKeys = ['$schema', 'Id', 'BackEnd', 'Meta', 'Imports', 'Functions'];

/** Reads a script, and tells what is wrong with its structure: E01 to E05, E08, E09. */
export function readScript(source: string): ReadScript {
  const text = source.startsWith(byteOrderMark) ? source.slice(1) : source;
  const lines = new LineIndex(text);
  const faults: Fault[] = [];
  const onFault: OnFault = (fault) => faults.push(fault);
  const root = readRoot(text, onFault);
  if (root === undefined) return { script: undefined, lines, faults };
  checkRoot(root, onFault);
  const meta = valueOf(root, 'Meta');
  const blocks = root.entries.flatMap((entry) => readEntry(entry, onFault));
  if (!blocks.some(({ kind }) => kind === 'operation')) onFault(noOperation(root));
  const script: Script = {
    text,
    lines,
    root,
    id: textOf(root, 'Id'),
    meta: meta === undefined ? null : plainValueOf(meta),
    imports: readImports(valueOf(root, 'Imports'), onFault),
    blocks,
  };
  return { script, lines, faults };
}

function readRoot(text: string, onFault: OnFault): ObjectNode | undefined {
  try {
    const root = new JsonTextReader(text).read();
    if (root.kind === 'object') return root;
    onFault(faultAt('E03', 'A script is a JSON object', 'Write { "Id": "…", "BackEnd": "Scriptable", … }.', root));
  } catch (error) {
    if (!(error instanceof JsonFault)) throw error;
    const { message, offset, path } = error;
    const hint = 'An upload of it is refused; trailing commas and comments are no JSON.';
    onFault({ code: 'E01', message: `Definition was not a valid json object: ${message}`, hint, offset, path });
  }
  return undefined;
}

function checkRoot(root: ObjectNode, onFault: OnFault): void {
  const id = valueOf(root, 'Id');
  const idHint = 'Give the platform a short unique name.';
  if (id === undefined) onFault(faultAt('E03', 'Id is missing', idHint, root));
  else if (id.kind !== 'string' || id.value === '') onFault(faultAt('E03', 'Id must be a text', idHint, id));
  const backEnd = valueOf(root, 'BackEnd');
  const backEndHint = 'Write "BackEnd": "Scriptable".';
  if (backEnd === undefined) onFault(faultAt('E03', 'BackEnd is missing', backEndHint, root));
  else if (backEnd.kind !== 'string' || backEnd.value !== 'Scriptable') {
    onFault(faultAt('E03', 'BackEnd must be "Scriptable"', backEndHint, backEnd));
  }
}

function noOperation(root: ObjectNode): Fault {
  const hint = `Define at least one, such as ${operations[0]?.name ?? ''}.`;
  return faultAt('E04', 'The script has no operation', hint, root);
}

function readImports(node: JsonNode | undefined, onFault: OnFault): StringNode[] {
  if (node === undefined) return [];
  const hint = 'Write "Imports": ["LinuxSshLogin"].';
  if (node.kind !== 'array') {
    onFault(faultAt('E10', 'Imports must be an array of names', hint, node));
    return [];
  }
  return node.items.flatMap((item) => {
    if (item.kind === 'string') return [item];
    onFault(faultAt('E10', 'An import is a name', hint, item));
    return [];
  });
}

function readEntry(entry: JsonEntry, onFault: OnFault): Block[] {
  const { key, keyStart, value } = entry;
  if (key === 'Functions') return readFunctions(value, onFault);
  if (ownKeys.includes(key)) return [];
  if (value.kind !== 'object') return [];
  return [readBlock(key, { start: keyStart, path: value.path }, value, false, onFault)];
}

function readFunctions(node: JsonNode, onFault: OnFault): Block[] {
  if (node.kind !== 'array') {
    const hint = 'Write "Functions": [ { "Name": "Login", "Do": [ … ] } ].';
    onFault(faultAt('E05', 'Functions must be an array', hint, node));
    return [];
  }
  return node.items.flatMap((item) => {
    const name = item.kind === 'object' ? entryOf(item, 'Name')?.value : undefined;
    if (item.kind === 'object' && name?.kind === 'string' && name.value !== '') {
      return [readBlock(name.value, name, item, true, onFault)];
    }
    onFault(faultAt('E05', 'A function has no Name', 'Write { "Name": "Login", "Do": [ … ] }.', name ?? item));
    return [];
  });
}

function readBlock(
  name: string,
  namePlace: { start: number; path: string },
  node: ObjectNode,
  isListed: boolean,
  onFault: OnFault,
): Block {
  const body = valueOf(node, 'Do');
  return {
    kind: findOperation(name) === undefined ? 'function' : 'operation',
    name,
    nameStart: namePlace.start,
    namePath: namePlace.path,
    isListed,
    node,
    path: node.path,
    parameters: readParameters(node, onFault),
    body: body && readSequence(body, onFault),
  };
}

function faultAt(code: Fault['code'], message: string, hint: string, node: JsonNode): Fault {
  return { code, message, hint, offset: node.start, path: node.path };
}

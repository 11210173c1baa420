import type { JsonEntry, JsonNode, ObjectNode } from './json-node.ts';

/** What an object has under a name; of repeated ones the last, as Newtonsoft takes it. */
export function entryOf(node: ObjectNode, key: string): JsonEntry | undefined {
  return node.entries.findLast((entry) => entry.key === key);
}

export function valueOf(node: JsonNode | undefined, key: string): JsonNode | undefined {
  return node?.kind === 'object' ? entryOf(node, key)?.value : undefined;
}

/** The text under a name, if there is one. */
export function textOf(node: JsonNode | undefined, key: string): string | undefined {
  const value = valueOf(node, key);
  return value?.kind === 'string' ? value.value : undefined;
}

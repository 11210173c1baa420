import type { Json } from '../../base/json.ts';
import type { JsonNode } from './json-node.ts';

/** The value without its places. */
export function plainValueOf(node: JsonNode): Json {
  switch (node.kind) {
    case 'object':
      return Object.fromEntries(node.entries.map(({ key, value }) => [key, plainValueOf(value)]));
    case 'array':
      return node.items.map(plainValueOf);
    case 'number':
      return Number(node.text);
    case 'null':
      return null;
    default:
      return node.value;
  }
}

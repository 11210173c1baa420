import { entryOf } from './entry-of.ts';
import { splitPointer } from './join-pointer.ts';
import type { JsonNode } from './json-node.ts';

/** What a JSON Pointer leads to. */
export function findNode(root: JsonNode, pointer: string): JsonNode | undefined {
  let node: JsonNode | undefined = root;
  for (const key of splitPointer(pointer)) {
    if (node?.kind === 'object') node = entryOf(node, key)?.value;
    else if (node?.kind === 'array') node = node.items[Number(key)];
    else return undefined;
  }
  return node;
}

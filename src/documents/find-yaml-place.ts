import { type Document, isAlias, isMap, isNode, isScalar, isSeq, type Node } from 'yaml';

/** Where the innermost known part of a path through keys and list indexes starts, as an offset in the text. @param isValue The value of the last key, not the key */
export function findYamlPlace(document: Document, keys: readonly (string | number)[], isValue = false): number {
  let node: unknown = document.contents;
  let offset = 0;
  for (const key of keys) {
    const step = stepInto(isAlias(node) ? node.resolve(document) : node, String(key));
    if (step === undefined) break;
    offset = step.place?.range?.[0] ?? offset;
    node = step.node;
  }
  return isValue && isScalar(node) ? (node.range?.[0] ?? offset) : offset;
}

function stepInto(node: unknown, key: string): { place: Node | undefined; node: unknown } | undefined {
  if (isSeq(node)) {
    const item = node.items[Number(key)];
    return isNode(item) ? { place: item, node: item } : undefined;
  }
  if (!isMap(node)) return undefined;
  const pair = node.items.find((item) => isNode(item.key) && String(item.key) === key);
  return pair === undefined ? undefined : { place: isNode(pair.key) ? pair.key : undefined, node: pair.value };
}

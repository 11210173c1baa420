import type { DefaultTreeAdapterTypes } from 'parse5';

export type Node = DefaultTreeAdapterTypes.Node;
export type Element = DefaultTreeAdapterTypes.Element;

export function attribute({ attrs }: Element, name: string): string | undefined {
  return attrs.find((each) => each.name === name)?.value;
}

export function childrenOf(node: Node): Node[] {
  return 'childNodes' in node ? node.childNodes : [];
}

/** Every node below, in the order of the document, without what stands in a template. */
function nodesBelow(node: Node): Node[] {
  const found: Node[] = [];
  const waiting = childrenOf(node).toReversed();
  for (let each = waiting.pop(); each !== undefined; each = waiting.pop()) {
    found.push(each);
    for (const child of childrenOf(each).toReversed()) waiting.push(child);
  }
  return found;
}

export function elementsBelow(node: Node): Element[] {
  return nodesBelow(node).filter((each): each is Element => 'tagName' in each);
}

export function textOf(node: Node): string {
  const texts = nodesBelow(node).filter((each): each is DefaultTreeAdapterTypes.TextNode => each.nodeName === '#text');
  return texts.map(({ value }) => value).join('');
}

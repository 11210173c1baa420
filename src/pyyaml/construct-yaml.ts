import { shorten } from '../base/shorten.ts';
import { flattenMapping } from './flatten-mapping.ts';
import { keyOf, type PyDict, type PyEntry, type PyList, type PyValue } from './py-value.ts';
import { scalarConstructors } from './scalar-constructors.ts';
import { YamlError } from './yaml-error.ts';
import { yamlTag, type MappingNode, type ScalarNode, type YamlNode } from './yaml-node.ts';

/** An entry with the nodes that it was made from. */
export interface ConstructedEntry extends PyEntry {
  keyNode: YamlNode;
  valueNode: YamlNode;
}

export interface ConstructedDict extends PyDict {
  entries: Map<string, ConstructedEntry>;
}

/**
 * Makes Python values from a node tree, with the constructors of PyYAML's safe loader.
 * @throws YamlError
 */
export function constructYaml(node: YamlNode): PyValue {
  return new Constructor().construct(node);
}

class Constructor {
  readonly #made = new Map<YamlNode, PyValue>();
  // Filled one after the other, not recursively: aliases nest deeper than the text does, or even in themselves.
  readonly #unfilled: (() => void)[] = [];

  construct(root: YamlNode): PyValue {
    const value = this.#make(root);
    for (let fill = this.#unfilled.pop(); fill !== undefined; fill = this.#unfilled.pop()) fill();
    return value;
  }

  #make(node: YamlNode): PyValue {
    const known = this.#made.get(node);
    if (known !== undefined) return known;
    const value = this.#makeNew(node);
    this.#made.set(node, value);
    return value;
  }

  #makeNew(node: YamlNode): PyValue {
    const constructScalar = scalarConstructors.get(node.tag);
    if (constructScalar !== undefined) {
      const text = scalarText(node);
      const value = constructScalar(text);
      if (value !== undefined) return value;
      const name = node.tag.replace(yamlTag(''), '');
      throw new YamlError(`${JSON.stringify(shorten(text))} is not a valid ${name} in Python`, node.mark);
    }
    switch (node.tag) {
      case yamlTag('seq'):
        return this.#makeList(node);
      case yamlTag('map'):
        return this.#makeDict(node, 'dict');
      case yamlTag('set'):
        return this.#makeDict(node, 'set');
      case yamlTag('omap'):
      case yamlTag('pairs'):
        return this.#makePairs(node);
      default:
        throw new YamlError(unknownTag(node), node.mark);
    }
  }

  #makeList(node: YamlNode): PyList {
    if (node.kind !== 'sequence') throw new YamlError('!!seq is before a value that is not a list', node.mark);
    const list: PyList = { kind: 'list', items: [] };
    this.#unfilled.push(() => {
      for (const item of node.items) list.items.push(this.#make(item));
    });
    return list;
  }

  #makeDict(node: YamlNode, kind: 'dict' | 'set'): ConstructedDict {
    if (node.kind !== 'mapping')
      throw new YamlError('!!map or !!set is before a value that is not a mapping', node.mark);
    const dict: ConstructedDict = { kind, entries: new Map() };
    this.#unfilled.push(() => {
      this.#fillDict(dict, node);
    });
    return dict;
  }

  #fillDict(dict: ConstructedDict, node: MappingNode): void {
    flattenMapping(node);
    for (const [keyNode, valueNode] of node.pairs) {
      const key = this.#make(keyNode);
      const name = keyOf(key);
      if (name === undefined) throw new YamlError('a list or a mapping cannot be a key', keyNode.mark);
      // The last of several equal keys counts, as in Python, but the first one names it.
      const first = dict.entries.get(name)?.key ?? key;
      dict.entries.set(name, { key: first, value: this.#make(valueNode), keyNode, valueNode });
    }
  }

  #makePairs(node: YamlNode): PyList {
    if (node.kind !== 'sequence')
      throw new YamlError('!!omap or !!pairs is before a value that is not a list', node.mark);
    const list: PyList = { kind: 'list', items: [] };
    this.#unfilled.push(() => {
      for (const item of node.items) {
        const [pair, ...others] = item.kind === 'mapping' ? item.pairs : [];
        if (pair === undefined || others.length > 0) {
          throw new YamlError('an item of !!omap or !!pairs must be one key with its value', item.mark);
        }
        list.items.push({ kind: 'list', items: [this.#make(pair[0]), this.#make(pair[1])] });
      }
    });
    return list;
  }
}

/** The text after a scalar's tag. A mapping stands for the value of its key `=`. Source: YAML 1.1 value type. */
function scalarText(node: YamlNode): string {
  // The vendor's parser looks for a time in the node itself.
  const mayStandIn = node.tag !== yamlTag('timestamp');
  let inner: YamlNode | undefined = node;
  const seen = new Set<YamlNode>();
  while (mayStandIn && inner?.kind === 'mapping' && !seen.has(inner)) {
    seen.add(inner);
    inner = inner.pairs.find(([key]) => key.tag === yamlTag('value'))?.[1];
  }
  if (inner?.kind !== 'scalar') throw new YamlError('the tag is before a value that is not text', node.mark);
  return inner.text;
}

function unknownTag(node: YamlNode): string {
  if (isLone(node, 'value')) return '"=" alone has no meaning; quote it';
  if (isLone(node, 'merge')) return '"<<" alone has no meaning; quote it';
  return `the tag ${shorten(node.tag)} is not known`;
}

function isLone(node: YamlNode, name: string): node is ScalarNode {
  return node.kind === 'scalar' && node.plain && node.tag === yamlTag(name);
}

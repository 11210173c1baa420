import { YamlError } from './yaml-error.ts';
import { yamlTag, type MappingNode, type YamlNode } from './yaml-node.ts';

/** Ours: merges of merges multiply without a limit. */
const maxPairs = 100_000;
/** Python gives up at about this depth. */
const maxDepth = 950;

/**
 * Puts the pairs of the mappings behind `<<` in front of the mapping's own, so that those of the mapping win. Source: YAML 1.1 merge key, as
 * PyYAML 6.0 does it: once for each node, in place.
 */
export function flattenMapping(node: MappingNode, depth = 0): void {
  if (depth > maxDepth) throw new YamlError(`"<<" reaches through more than ${maxDepth} mappings`, node.mark);
  const merged: MappingNode['pairs'] = [];
  const own: MappingNode['pairs'] = [];
  // Emptied first, so that a mapping that merges itself comes to an end.
  const pairs = node.pairs;
  if (!pairs.some(([key]) => key.tag === yamlTag('merge') || key.tag === yamlTag('value'))) return;
  node.pairs = own;
  for (const pair of pairs) {
    const [key, value] = pair;
    if (key.tag === yamlTag('merge')) {
      for (const source of sourcesOf(value, node)) {
        flattenMapping(source, depth + 1);
        for (const each of source.pairs.slice()) merged.push(each);
      }
    } else {
      if (key.tag === yamlTag('value')) key.tag = yamlTag('str');
      own.push(pair);
    }
    if (merged.length > maxPairs) throw new YamlError(`"<<" brings more than ${maxPairs} keys`, node.mark);
  }
  node.pairs = [...merged, ...own];
}

/** The mappings to merge, the weakest first. */
function sourcesOf(value: YamlNode, node: MappingNode): MappingNode[] {
  const sources = value.kind === 'sequence' ? value.items.toReversed() : [value];
  return sources.map((source) => {
    if (source.kind !== 'mapping') throw new YamlError('"<<" takes a mapping or a list of mappings', node.mark);
    return source;
  });
}

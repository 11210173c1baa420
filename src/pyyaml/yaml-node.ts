import type { Mark } from './yaml-error.ts';

export interface ScalarNode {
  kind: 'scalar';
  tag: string;
  text: string;
  /** Neither quoted nor tagged, so that YAML decides by its form what it means. */
  plain: boolean;
  mark: Mark;
}

export interface SequenceNode {
  kind: 'sequence';
  tag: string;
  items: YamlNode[];
  mark: Mark;
}

export interface MappingNode {
  kind: 'mapping';
  tag: string;
  pairs: [YamlNode, YamlNode][];
  mark: Mark;
}

export type YamlNode = ScalarNode | SequenceNode | MappingNode;

/** The full name of one of YAML's own tags: `yamlTag('str')`. */
export function yamlTag(name: string): string {
  return `tag:yaml.org,2002:${name}`;
}

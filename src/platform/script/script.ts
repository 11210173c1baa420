import type { Json } from '../../base/json.ts';
import type { RuleCode } from '../../base/platform-codes.ts';
import type { ParameterType } from '../tables/parameter-types.ts';
import type { Verb } from '../tables/verb.ts';
import type { JsonNode, ObjectNode, StringNode } from './json-node.ts';
import type { LineIndex } from './line-index.ts';

/** A property of a step's payload. */
export interface Property {
  /** In canonical case where the verb knows it, else as it is written. */
  name: string;
  keyStart: number;
  value: JsonNode;
}

/** A `Case` of a `Switch`. */
export interface Case {
  node: ObjectNode;
  value: JsonNode | undefined;
  body: Sequence | undefined;
}

/** One step: a verb and what it is given. */
export interface Step {
  verb: Verb;
  /** The JSON Pointer of the payload, which names the verb: `/CheckPassword/Do/2/SetItem`. */
  path: string;
  /** Where the key with the verb stands. */
  start: number;
  payload: JsonNode;
  /** By canonical name. A payload that is a text or a number is under the name that it stands for. */
  properties: ReadonlyMap<string, Property>;
  /** What the verb does not know. */
  unknown: readonly Property[];
  /** `Then`, `Else`, `Body`, `Do`, … by name, in the order of the verb's properties. */
  blocks: ReadonlyMap<string, Sequence>;
  cases: readonly Case[];
}

/** Steps that run one after the other. */
export interface Sequence {
  /** The array. */
  node: JsonNode;
  steps: readonly Step[];
}

export interface Parameter {
  name: string;
  keyStart: number;
  /** Undefined when it is of no known type. */
  type: ParameterType | undefined;
  isRequired: boolean;
  default: JsonNode | undefined;
  description: string | undefined;
  /** What describes it. */
  node: JsonNode;
}

/** A function or an operation: a function that is named like one is one. */
export interface Block {
  kind: 'operation' | 'function';
  name: string;
  /** Where its name stands: the key at the top, the text in `Functions`. */
  nameStart: number;
  namePath: string;
  /** Whether it stands among `Functions`. */
  isListed: boolean;
  node: ObjectNode;
  path: string;
  parameters: readonly Parameter[];
  /** Undefined without `Do`. */
  body: Sequence | undefined;
}

/** Wrong with the structure, and where. */
export interface Fault {
  code: RuleCode;
  message: string;
  hint: string;
  offset: number;
  path: string;
}

/** What could be read of a script; what is no script at all is among its faults. */
export interface Script {
  text: string;
  lines: LineIndex;
  root: ObjectNode;
  id: string | undefined;
  meta: Json;
  imports: readonly StringNode[];
  /** Operations and functions in the order of the file. */
  blocks: readonly Block[];
}

export function operationsOf({ blocks }: Pick<Script, 'blocks'>): Block[] {
  return blocks.filter(({ kind }) => kind === 'operation');
}

export function functionsOf({ blocks }: Pick<Script, 'blocks'>): Block[] {
  return blocks.filter(({ kind }) => kind === 'function');
}

/** The text of a property, when it is one. */
export function textProperty({ properties }: Pick<Step, 'properties'>, name: string): StringNode | undefined {
  const value = properties.get(name)?.value;
  return value?.kind === 'string' ? value : undefined;
}

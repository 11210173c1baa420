/** Where a value stands: offsets in the text, and the JSON Pointer that leads to it. */
interface Placed {
  start: number;
  /** Behind its last character. */
  end: number;
  path: string;
}

export interface JsonEntry {
  key: string;
  keyStart: number;
  value: JsonNode;
}

export interface ObjectNode extends Placed {
  kind: 'object';
  /** As they are written, repeated ones too. */
  entries: JsonEntry[];
}

interface ArrayNode extends Placed {
  kind: 'array';
  items: JsonNode[];
}

export interface StringNode extends Placed {
  kind: 'string';
  value: string;
}

interface NumberNode extends Placed {
  kind: 'number';
  /** As it is written. */
  text: string;
}

interface BooleanNode extends Placed {
  kind: 'boolean';
  value: boolean;
}

interface NullNode extends Placed {
  kind: 'null';
}

/** A value of a JSON text that knows where it stands. */
export type JsonNode = ObjectNode | ArrayNode | StringNode | NumberNode | BooleanNode | NullNode;

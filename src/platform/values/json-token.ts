import type { Double } from './double.ts';
import { ScriptObject } from './script-object.ts';
import type { Value } from './value.ts';

/** What is in a JSON object or array; a list or an object of a script may be put there. */
export type JsonToken = Value;

/** `JObject`: members in order, the names exactly as they are in the text. */
export class JsonObject extends ScriptObject {
  readonly typeName = 'JObject';
  readonly members: Map<string, JsonToken>;

  constructor(members = new Map<string, JsonToken>()) {
    super();
    this.members = members;
  }
}

/** `JArray`. */
export class JsonArray extends ScriptObject {
  readonly typeName = 'JArray';
  readonly items: JsonToken[];

  constructor(items: JsonToken[] = []) {
    super();
    this.items = items;
  }
}

/** `JValue`: a text, number, Boolean or null inside JSON. Whole numbers are Int64, or floating when they do not fit. */
export class JsonScalar extends ScriptObject {
  readonly typeName = 'JValue';
  readonly value: null | boolean | bigint | Double | string;

  constructor(value: JsonScalar['value']) {
    super();
    this.value = value;
  }
}

/** What can travel between a plugin and the product. */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | JsonMapping;

/** A mapping of simple data. A key whose value is `undefined` counts as absent. */
export interface JsonMapping {
  readonly [key: string]: JsonValue | undefined;
}

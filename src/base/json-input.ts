/**
 * What can be given to a plugin or to the library, and what a plugin may return: simple data, which nobody changes. Its twin
 * for what comes out is `Json`.
 */
export type JsonInput = null | boolean | number | string | readonly JsonInput[] | JsonInputObject;

/** A mapping of simple data. A key whose value is `undefined` counts as absent. */
export interface JsonInputObject {
  readonly [key: string]: JsonInput | undefined;
}

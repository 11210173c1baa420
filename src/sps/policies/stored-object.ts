import type { JsonObject } from '../../base/json.ts';

/** The package of a plugin, as far as the configuration knows it. */
export interface PackageFacts {
  /** SHA-256 of the ZIP in hex; the ZIP is stored under it. */
  digest: string;
  sizeBytes: number;
  /** What a new instance is configured with; null when the package has no default.cfg. */
  defaultConfiguration: string | null;
}

/** One object of the configuration. A change makes another one. */
export interface StoredObject {
  readonly key: string;
  /** References are keys. */
  readonly body: JsonObject;
  /** Time of its first commit, in milliseconds since 1970; 0 of a built-in one. */
  readonly createdMs: number;
  /** Number of the commit that changed it last; 0 of a built-in one. */
  readonly changed: number;
  /** Of a password or a private key: the address of the object that it belongs to, once it belongs to one. */
  readonly owner?: string;
  /** Of a plugin. */
  readonly package?: PackageFacts;
}

/** The name that is unique in a collection; undefined of what has none. */
export function nameOfObject({ body }: Pick<StoredObject, 'body'>): string | undefined {
  const name = body['name'];
  return typeof name === 'string' ? name : undefined;
}

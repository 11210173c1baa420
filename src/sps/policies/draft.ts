import type { ChangeEntry } from './change-entry.ts';
import type { Collection } from './collection.ts';
import type { Configuration, View } from './configuration.ts';
import type { StoredObject } from './stored-object.ts';

/** The staged changes of a transaction: what it sees is what was committed when it was opened, and its own changes. */
export class Draft implements View {
  readonly base: Configuration;
  readonly log: ChangeEntry[] = [];
  commitMessage = '';
  readonly #own = new Map<string, Collection>();
  readonly #touched = new Map<string, Set<string>>();
  readonly #reordered = new Set<string>();
  /** By their digests. */
  readonly #packages = new Map<string, Uint8Array>();

  constructor(base: Configuration) {
    this.base = base;
  }

  collection(id: string): Collection {
    return this.#own.get(id) ?? this.base.collection(id);
  }

  set(id: string, object: StoredObject): void {
    this.#ownOf(id).set(object);
    this.#touch(id, object.key);
  }

  delete(id: string, key: string): void {
    this.#ownOf(id).delete(key);
    this.#touch(id, key);
  }

  reorder(id: string, keys: readonly string[]): void {
    this.#ownOf(id).reorder(keys);
    this.#reordered.add(id);
  }

  addPackage(digest: string, bytes: Uint8Array): void {
    this.#packages.set(digest, bytes);
  }

  /** Packages that came with this transaction. */
  get packages(): ReadonlyMap<string, Uint8Array> {
    return this.#packages;
  }

  /** Collections with the keys of objects that were changed in them. */
  get touched(): ReadonlyMap<string, ReadonlySet<string>> {
    return this.#touched;
  }

  get reordered(): ReadonlySet<string> {
    return this.#reordered;
  }

  #ownOf(id: string): Collection {
    const own = this.#own.get(id) ?? this.base.collection(id).copy();
    this.#own.set(id, own);
    return own;
  }

  #touch(id: string, key: string): void {
    const keys = this.#touched.get(id) ?? new Set();
    this.#touched.set(id, keys.add(key));
  }
}

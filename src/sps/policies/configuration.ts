import { builtInObjects } from './built-in-objects.ts';
import { Collection } from './collection.ts';
import type { StoredObject } from './stored-object.ts';

/** Something that has collections: what is committed, or a draft. */
export interface View {
  collection: (id: string) => Collection;
}

const empty = new Collection();

/** What is committed. It never changes: a commit makes another one. */
export class Configuration implements View {
  /** Of the last commit; 0 when there was none. */
  readonly number: number;
  readonly #collections: ReadonlyMap<string, Collection>;

  constructor(number: number, collections: ReadonlyMap<string, Collection>) {
    this.number = number;
    this.#collections = collections;
  }

  /** @param objects In their order; what is built in is added before them */
  static of(number: number, objects: Iterable<readonly [collection: string, object: StoredObject]>): Configuration {
    const collections = new Map<string, Collection>();
    for (const [id, object] of [...builtInObjects(), ...objects]) {
      const collection = collections.get(id) ?? new Collection();
      collections.set(id, collection);
      collection.set(object);
    }
    return new Configuration(number, collections);
  }

  collection(id: string): Collection {
    return this.#collections.get(id) ?? empty;
  }

  /** Every collection that has objects, with its id. */
  get collections(): ReadonlyMap<string, Collection> {
    return this.#collections;
  }
}

import { nameOfObject, type StoredObject } from './stored-object.ts';

/** The objects of a collection in their order. Only a draft changes it, and only a copy of its own. */
export class Collection {
  readonly #objects: Map<string, StoredObject>;
  readonly #keysByName = new Map<string, string>();
  #keys: string[] | undefined;
  #places: Map<string, number> | undefined;

  constructor(objects: Iterable<StoredObject> = []) {
    this.#objects = new Map();
    for (const object of objects) this.set(object);
  }

  copy(): Collection {
    return new Collection(this.#objects.values());
  }

  get(key: string): StoredObject | undefined {
    return this.#objects.get(key);
  }

  values(): Iterable<StoredObject> {
    return this.#objects.values();
  }

  get size(): number {
    return this.#objects.size;
  }

  get keys(): readonly string[] {
    return (this.#keys ??= [...this.#objects.keys()]);
  }

  /** From 0; undefined when it is not there. */
  placeOf(key: string): number | undefined {
    this.#places ??= new Map(this.keys.map((each, place) => [each, place]));
    return this.#places.get(key);
  }

  keyOfName(name: string): string | undefined {
    return this.#keysByName.get(name);
  }

  /** A new one becomes the last. */
  set(object: StoredObject): void {
    const former = this.#objects.get(object.key);
    if (former === undefined) this.#forgetOrder();
    else this.#forgetName(former);
    this.#objects.set(object.key, object);
    const name = nameOfObject(object);
    if (name !== undefined) this.#keysByName.set(name, object.key);
  }

  delete(key: string): void {
    const former = this.#objects.get(key);
    if (former === undefined) return;
    this.#forgetName(former);
    this.#objects.delete(key);
    this.#forgetOrder();
  }

  /** @param keys All keys, each once */
  reorder(keys: readonly string[]): void {
    const objects = keys.flatMap((key) => this.#objects.get(key) ?? []);
    this.#objects.clear();
    for (const object of objects) this.#objects.set(object.key, object);
    this.#forgetOrder();
  }

  #forgetName(object: StoredObject): void {
    const name = nameOfObject(object);
    if (name !== undefined && this.#keysByName.get(name) === object.key) this.#keysByName.delete(name);
  }

  #forgetOrder(): void {
    this.#keys = undefined;
    this.#places = undefined;
  }
}

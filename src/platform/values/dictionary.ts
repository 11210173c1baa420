import { ScriptObject } from './script-object.ts';
import type { Value } from './value.ts';

/**
 * An object that a script made: `SetItem` or `Return` with an object, a call's result. Members keep their order and are found
 * without regard to case when no name is exactly the one asked for. Source: specification c.4.
 */
export class Dictionary extends ScriptObject {
  readonly typeName: string;
  readonly isReadOnly: boolean;
  readonly #members = new Map<string, Value>();
  /** The name of each member that was first of its lower-case spelling. */
  readonly #folded = new Map<string, string>();

  /** A read-only one is what a command gives: a response, a discovered group; `typeName` says which. */
  constructor(members: Iterable<readonly [string, Value]> = [], typeName?: string) {
    super();
    this.typeName = typeName ?? 'Dictionary`2';
    this.isReadOnly = typeName !== undefined;
    for (const [name, value] of members) this.set(name, value);
  }

  get size(): number {
    return this.#members.size;
  }

  /** The name as it was written, or undefined when there is no such member. */
  find(name: string): string | undefined {
    return this.#members.has(name) ? name : this.#folded.get(name.toLowerCase());
  }

  get(name: string): Value | undefined {
    const found = this.find(name);
    return found === undefined ? undefined : this.#members.get(found);
  }

  set(name: string, value: Value): void {
    const found = this.find(name) ?? name;
    this.#members.set(found, value);
    this.#folded.set(found.toLowerCase(), found);
  }

  delete(name: string): boolean {
    const found = this.find(name);
    if (found === undefined) return false;
    this.#folded.delete(found.toLowerCase());
    return this.#members.delete(found);
  }

  entries(): IterableIterator<[string, Value]> {
    return this.#members.entries();
  }
}

import { ScriptList } from './script-list.ts';
import { ScriptObject } from './script-object.ts';
import type { Value } from './value.ts';

/** The headers of a response: each name, without regard to case, with its lines as an array. Source: specification d.6. */
export class HeaderCollection extends ScriptObject {
  readonly typeName = 'HeaderCollection';
  readonly #lines = new Map<string, { name: string; values: ScriptList }>();

  constructor(lines: Iterable<readonly [name: string, value: Value]> = []) {
    super();
    for (const [name, value] of lines) {
      const known = this.#lines.get(name.toLowerCase());
      if (known === undefined) this.#lines.set(name.toLowerCase(), { name, values: new ScriptList('array', [value]) });
      else known.values.items.push(value);
    }
  }

  get(name: string): ScriptList | undefined {
    return this.#lines.get(name.toLowerCase())?.values;
  }

  entries(): { name: string; values: ScriptList }[] {
    return [...this.#lines.values()];
  }
}

import { ScriptObject } from './script-object.ts';
import type { Value } from './value.ts';

/** An array has a `Length`, a list a `Count` and may grow; a sequence, what `Select` and its like give, has neither. */
export type ListKind = 'array' | 'list' | 'sequence';

const typeNames: Record<ListKind, string> = { array: 'Object[]', list: 'List`1', sequence: 'IEnumerable`1' };

/** An array, a `List<T>` or a sequence. */
export class ScriptList extends ScriptObject {
  readonly kind: ListKind;
  readonly items: Value[];

  constructor(kind: ListKind, items: Value[] = []) {
    super();
    this.kind = kind;
    this.items = items;
  }

  get typeName(): string {
    return typeNames[this.kind];
  }
}

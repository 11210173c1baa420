import type { KvGroup, KvItem } from '../format/kv-group.ts';
import type { Layout } from '../format/kv-message.ts';

/** Remembers where the items of a tree stand and how they are written. */
export class TreeRecorder {
  readonly starts = new Map<KvItem, number>();
  readonly layout: Layout | undefined;
  readonly #text: string;
  /** Where the item before, or the brace, ends. */
  #end = 0;

  constructor(text: string, { layout }: { layout: boolean }) {
    this.#text = text;
    this.layout = layout ? { items: new Map(), after: '' } : undefined;
  }

  /** A pair or value; for a group, what goes up to its `{`. */
  add(item: KvItem, start: number, end: number): void {
    this.starts.set(item, start);
    this.layout?.items.set(item, {
      before: this.#text.slice(this.#end, start),
      head: this.#text.slice(start, end),
      tail: '',
      k: 'k' in item ? item.k : '',
      n: 'n' in item ? item.n : undefined,
      v: 'v' in item ? item.v : undefined,
    });
    this.#end = end;
  }

  /** A group, at its `}`. */
  close(group: KvGroup, end: number): void {
    const written = this.layout?.items.get(group);
    if (this.layout === undefined || written === undefined) return;
    written.tail = this.#text.slice(this.#end, end);
    this.layout.after = this.#text.slice(end);
    this.#end = end;
  }
}

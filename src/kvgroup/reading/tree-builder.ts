import type { KvGroup, KvItem } from '../format/kv-group.ts';
import { complaints } from './complaints.ts';
import { type DiagnosticLog, ReadingEnded } from './diagnostic-log.ts';
import type { TreeRecorder } from './tree-recorder.ts';

/** A group that is open, and those around it. */
export interface OpenGroup {
  group: KvGroup;
  parent: OpenGroup | undefined;
  /** Index of its key. */
  start: number;
  depth: number;
}

export interface TreeLimits {
  maxDepth: number;
  maxItems: number;
}

/** Puts items where they belong. */
export class TreeBuilder {
  root: KvGroup | undefined;
  open: OpenGroup | undefined;
  readonly #log: DiagnosticLog;
  readonly #limits: TreeLimits;
  readonly #recorder: TreeRecorder | undefined;
  #items = 0;

  constructor(log: DiagnosticLog, limits: TreeLimits, recorder: TreeRecorder | undefined) {
    this.#log = log;
    this.#limits = limits;
    this.#recorder = recorder;
  }

  add(item: KvItem, start: number, end: number): void {
    this.#count(start);
    this.open?.group.c.push(item);
    this.#recorder?.add(item, start, end);
  }

  push(key: string, name: string | undefined, start: number, end: number): void {
    this.#count(start);
    const { open } = this;
    const depth = (open?.depth ?? 0) + 1;
    if (depth > this.#limits.maxDepth) {
      this.#log.error('KVG011', start, complaints.tooDeep(this.#limits.maxDepth));
      throw new ReadingEnded();
    }
    const group: KvGroup = name === undefined ? { k: key, c: [] } : { k: key, n: name, c: [] };
    if (open === undefined) this.root = group;
    else open.group.c.push(group);
    this.open = { group, parent: open, start, depth };
    this.#recorder?.add(group, start, end);
  }

  close({ group, parent }: OpenGroup, end: number): void {
    this.#recorder?.close(group, end);
    this.open = parent;
  }

  /** Goes on in a group that was open before. What was added since stays: a tree with errors is not handed out. */
  resume(open: OpenGroup | undefined): void {
    this.open = open;
    if (open === undefined) this.root = undefined;
  }

  #count(start: number): void {
    this.#items += 1;
    if (this.#items <= this.#limits.maxItems) return;
    this.#log.error('KVG012', start, complaints.tooMany(this.#limits.maxItems));
    throw new ReadingEnded();
  }
}

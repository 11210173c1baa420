import type { Authority } from './authority.ts';
import type { BothSides, BothSidesOptions } from './both-sides.ts';

/** A published plugin and the sessions that it is put through. */
export interface RealPlugin {
  /** What `check` is to say of it, all of it warnings. */
  warnings: readonly string[];
  /** Something in the copy of the packed folder that the run needs; never a file of the plugin itself. */
  prepare?: (folder: string, authority: Authority) => void;
  /** By what happens in them. */
  sessions: Readonly<Record<string, (bench: Bench) => Promise<void>>>;
}

export interface Bench {
  authority: Authority;
  open: (options: BothSidesOptions) => Promise<BothSides>;
}

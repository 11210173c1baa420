import type { Authority } from './authority.ts';
import type { BothSides, BothSidesOptions } from './both-sides.ts';
import type { Respond } from './start-backend.ts';

/** A published plugin and the sessions that it is put through. */
export interface RealPlugin {
  /** What `check` is to say of it, all of it warnings. */
  warnings: readonly string[];
  /** Something in the copy of the packed folder that the run needs; never a file of the plugin itself. */
  prepare?: (folder: string, authority: Authority) => void;
  /** By what happens in them. */
  sessions: Readonly<Record<string, (bench: Bench) => Promise<void>>>;
}

/** What a session of a plugin needs from its beginning to its end. */
export interface WholeSession {
  /** The vendor's service. */
  respond: Respond;
  /** Configuration for the service at this address. */
  configure: (address: string, authority: Authority) => string;
  /** By the key of the question, in the order in which they are asked. */
  answers: Readonly<Record<string, string>>;
}

export interface Bench {
  authority: Authority;
  open: (options: BothSidesOptions) => Promise<BothSides>;
}

import type { UnkeptSession } from './memory-session.ts';
import type { SessionContent, StoredStep } from './session-content.ts';
import type { SessionFacts, ShownFacts } from './session-facts.ts';
import type { SessionReader, Summary } from './session-reader.ts';
import type { Awaitable, BegunCall, HeldSession } from './session-state.ts';

/** For `look`: more steps than any session has. Of the steps, only the last one can be read. */
export const noSteps = 2 ** 31;

export interface SessionSummary extends ShownFacts, Summary {
  name: string;
  /** Why it cannot be read. */
  problem: string | null;
}

export interface WaitOptions {
  signal?: AbortSignal | undefined;
  /** A call of the session is running. */
  onWait?: (name: string) => void;
}

export interface OpenOptions extends WaitOptions {
  /** What is known about the session when it is new. */
  first?: Partial<SessionFacts>;
}

/** A call under way, and the number that its step will have. */
export type RunningCall = BegunCall & { n: number };

/** Says that a process lives, until it is released or the process ends, however that ends. */
export type Owner = { readonly id: string; release: () => Awaitable<void> } & (Disposable | AsyncDisposable);

/** Host keys of targets that several hosts share. @throws PluginHostError STATE_UNREACHABLE */
export interface TargetKeys {
  find: (target: string) => Promise<string | undefined>;
  /** Keeps the key of a target that has none yet; resolves to the one that it then has. */
  learn: (target: string, key: string) => Promise<string>;
}

/**
 * All stored sessions of one state: a folder, or a Redis server that several hosts share. Whoever opens it closes it.
 *
 * Errors of all its members: SESSION_NAME_INVALID, STORE_UNREADABLE, FORMAT_TOO_NEW, STATE_UNTRUSTED, STATE_UNREACHABLE.
 */
export interface StoredSessions extends AsyncDisposable {
  /** As it may be shown: a folder, or a URL without its password. */
  readonly place: string;

  /**
   * Opens a session, made when new, for one call, and holds it until `commit` or `close`. Waits for a running call of the same
   * session, also in another process or on another host; a process that dies releases it. A session that can be read but not written
   * is an UnkeptSession.
   * @throws PluginHostError also STATE_UNWRITABLE
   */
  open: (name: string, options?: OpenOptions) => Promise<HeldSession | UnkeptSession>;

  /**
   * Reads several things of a session at one moment.
   * @param use May be called twice.
   * @param known How many steps of it need not be read again, most likely.
   * @throws PluginHostError also SESSION_NOT_FOUND
   */
  look: <T>(name: string, use: (reader: SessionReader) => T, known?: number) => Awaitable<T>;
  /** @throws PluginHostError also SESSION_NOT_FOUND */
  readSteps: (name: string) => Awaitable<StoredStep[]>;
  /** @throws PluginHostError also SESSION_NOT_FOUND */
  readContent: (name: string) => Awaitable<SessionContent>;
  /** @throws PluginHostError also SESSION_NOT_FOUND */
  readFacts: (name: string) => Awaitable<SessionFacts>;
  /** Judges what was read of a session: its DatabaseFault becomes an error with a remedy. */
  judge: <T>(name: string, use: () => T) => T;

  /** While it stays the same, so does the session; undefined: that is known only by reading. */
  stampOf: (name: string) => string | undefined;

  has: (name: string) => Awaitable<boolean>;
  /** Of everything that could be a session, sorted. */
  names: () => Awaitable<string[]>;
  /** An unreadable session does not hide the others; its summary says why. */
  list: () => Awaitable<SessionSummary[]>;

  /**
   * Makes a session from the content of another one.
   * @param replace replaces an existing session
   * @throws PluginHostError also SESSION_EXISTS, STATE_UNWRITABLE
   */
  fill: (
    name: string,
    content: SessionContent & Partial<SessionFacts>,
    options: WaitOptions & { replace: boolean },
  ) => Promise<void>;
  /**
   * Removes sessions, also unreadable ones; removes none when one of them does not exist.
   * @throws PluginHostError also SESSION_NOT_FOUND
   */
  removeAll: (names: readonly string[], options?: WaitOptions) => Promise<void>;
  remove: (name: string, options?: WaitOptions) => Promise<void>;

  /**
   * Reports which sessions change, within a second: a call begins, a step is stored, facts become known, a session is removed. Nothing is read for that.
   * @param onChange Gets the name of a session; undefined: any of them may have changed.
   */
  watch: (onChange: (name: string | undefined) => void) => Awaitable<{ close: () => void }>;
  /** The sessions with a call that began and is not over, or whose host was killed. */
  begunCalls: () => Awaitable<string[]>;
  /** The running call of a session, also in another process or on another host. */
  callUnderWay: (name: string) => Awaitable<RunningCall | undefined>;
  /** For the fact `owner` of sessions that this process runs. @throws PluginHostError also STATE_UNWRITABLE */
  takeOwner: () => Awaitable<Owner>;
  /** Whether the process that runs the session lives; of one that has not ended, false means that it was killed. */
  isRunning: (facts: SessionFacts) => Awaitable<boolean>;
  /** Sessions that have not ended and whose owner was killed. */
  orphans: () => Awaitable<string[]>;
  /**
   * Makes somebody else the owner of an orphan. Only one of several gets it: false when it is none any more.
   * @param owner id of the new owner
   */
  claim: (name: string, owner: string) => Promise<boolean>;

  /** Stores what became known about a session as soon as its place can be reached again. Undefined: it can always be reached. */
  tellLater?: (name: string, facts: Partial<SessionFacts>) => void;
  /** Says that an inspector is open, where a folder cannot say it. */
  takeInspector?: () => Promise<Owner>;
  /** Undefined: each machine has a file of its own. */
  targetKeys?: TargetKeys;
}

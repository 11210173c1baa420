import type { LimitName } from '../../process/limits.ts';
import type { CollectedLog } from '../../process/output/log-collector.ts';
import type { StackFrame } from '../stacks/stack-frame.ts';
import type { Connection } from './connection.ts';
import type { Doubts } from './doubts.ts';
import type { Phase } from './shim-request.ts';

/** How a call ended, as it was observed. `judgeExchange` says what it means. */
export type Ending =
  | {
      kind: 'returned';
      /** JSON text of the result. */
      text: string;
      /** JSON text of the result's own `cookie` and `session_cookie`, where it has them. */
      cookies: Partial<Record<string, string>>;
    }
  | {
      kind: 'not-json';
      problem: string;
      reply: string;
      /** Python: the hook is `async def`, or similar. */
      isAwaitable?: boolean;
    }
  | { kind: 'reply-too-large'; limitBytes: number; reply: string }
  | ({ kind: 'raised'; exception: string; message: string; traceback: string } & Located)
  | ({ kind: 'timed-out'; forced: boolean } & LocatedInTime)
  | ({ kind: 'exited'; exitCode: number | undefined; signal: string | undefined; isNeverSettled: boolean } & Located);

/** Where in its code the plugin was, when that is known. */
export interface Located {
  /** The innermost last. */
  stack?: StackFrame[];
}

/** At the deadline. */
export interface LocatedInTime extends Located {
  /** Of its other threads. */
  otherStacks?: StackFrame[][];
  /** What an idle process waited for, in Node's words. */
  waitsFor?: string[];
}

/** One call, observed. */
export interface Exchange {
  ending: Ending;
  /** Where the call ended. */
  phase: Phase;
  /** Names of the arguments that the hook received, undefined when it was not reached. */
  received: string[] | undefined;
  /** Arguments that the hook requires and the product does not know; they were None. */
  unknownArguments: string[];
  durationMs: number;
  /** What the plugin wrote. @param mask Must keep the number of newlines. */
  collectLog: (mask: (text: string) => string) => CollectedLog;
  doubts: Doubts;
  /** With backends: what did not come to them. */
  connections: readonly Connection[];
  /** Names of processes that were still running after the reply and had to be ended. */
  left: string[];
  /** The limit of `limits:` that the host ended the plugin for. */
  exceeded: LimitName | undefined;
}

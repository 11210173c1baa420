import type { LimitName } from '../../process/limits.ts';
import type { CollectedLog } from '../../process/log-collector.ts';
import type { Place, SdkClass } from '../plugin/described-class.ts';
import type { Phase } from './protocol.ts';

/** How a call ended, as it was observed; what that means is the judge's to say. */
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
      /** Python: the hook is `async def`, or its like. */
      isAwaitable?: boolean;
    }
  | { kind: 'reply-too-large'; limitBytes: number; reply: string }
  | { kind: 'raised'; exception: string; message: string; traceback: string }
  | { kind: 'timed-out'; forced: boolean }
  | { kind: 'exited'; exitCode: number | undefined; signal: string | undefined; isNeverSettled: boolean };

/** What was seen of the plugin's code in a call, where it matters. */
export interface Doubts {
  /** Where the hook is written, when it judges and returned nothing. */
  place?: Place | null;
  /** When the SDK's own method stands in for one that the plugin is to define. */
  sdk?: SdkClass | null;
  /** Where the constructor is written that does not take the configuration text. */
  construction?: Partial<Place>;
}

/** One call, observed. */
export interface Exchange {
  ending: Ending;
  /** Where the call ended. */
  phase: Phase;
  /** Names of the arguments that the hook received, undefined when it was not reached. */
  received: string[] | undefined;
  /** Arguments that the hook demands and the product does not know; they were None. */
  unknownArguments: string[];
  durationMs: number;
  /** What the plugin wrote. @param mask Must keep the number of newlines. */
  collectLog: (mask: (text: string) => string) => CollectedLog;
  doubts: Doubts;
  /** Names of processes that were still there after the reply and had to be ended. */
  left: string[];
  /** The limit of `limits:` that the host ended the plugin for. */
  exceeded: LimitName | undefined;
}

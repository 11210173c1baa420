import type { Ending } from './ending.ts';

/** Ends a session from outside: whoever waits for its user or its target gets it, and no further hook but session_ended is called. */
export class SessionOver extends Error {
  readonly ended: Ending;

  constructor(ended: Ending) {
    super(`the session is over: ${ended}`);
    this.ended = ended;
  }
}

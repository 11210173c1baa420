import type { JsonObject } from '../../base/json.ts';
import type { Ending } from './ending.ts';

/** Whether the target lets the user in, or how the session ends because of it. */
export type Admission = boolean | Ending;

/** The server that the user logs in on: the list of a scenario, or a real one. A credential is offered once, in the order of the store. */
export interface Target {
  /** Is called before a credential is fetched. Undefined: the target can be reached, and is the right one. */
  reach: (connection: JsonObject) => Promise<Ending | undefined>;
  /** @param privateKey As the store gave it, PEM */
  takesKey: (privateKey: string) => Promise<Admission>;
  /** Of the store, or typed. */
  takesPassword: (password: string) => Promise<Admission>;
  /** Whether the target needs no credential; asked before the user has to type one. */
  takesNothing: () => Promise<Admission>;
}

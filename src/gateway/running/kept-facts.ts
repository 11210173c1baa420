import type { Json, JsonObject } from '../../base/json.ts';
import { type OpenState, tellSession } from '../../sps/session/open-state.ts';
import type { SessionFacts } from '../../sps/store/session-facts.ts';
import type { GatewayFacts } from '../events/gateway-facts.ts';
import type { SessionSecrets } from '../events/session-secrets.ts';

/** What is kept of a connection besides its steps, one write after the other. It is masked before it is written. */
export class KeptFacts {
  readonly facts: GatewayFacts;
  readonly #openState: OpenState;
  readonly #secrets: SessionSecrets;
  readonly #onFault: (error: unknown) => void;
  #last = Promise.resolve();

  constructor(facts: GatewayFacts, openState: OpenState, secrets: SessionSecrets, onFault: (error: unknown) => void) {
    this.facts = facts;
    this.#openState = openState;
    this.#secrets = secrets;
    this.#onFault = onFault;
  }

  /** As it may be kept and shown. */
  masked(): JsonObject {
    return this.#secrets.json({ ...this.facts } as unknown as Json) as JsonObject;
  }

  /** Resolves once it is written; a fault is told of, and ends nothing. */
  async keep(change: Partial<GatewayFacts>, others: Partial<SessionFacts> = {}): Promise<void> {
    Object.assign(this.facts, change);
    this.#last = this.#last
      .then(() => tellSession(this.#openState, { gateway: this.masked(), ...others }))
      .catch(this.#onFault);
    await this.#last;
  }
}

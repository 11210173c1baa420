import type { PluginHostError } from '../../base/plugin-host-error.ts';
import { MemorySession } from './memory-session.ts';
import type { Held, SessionChange } from './session-state.ts';

/** A session that can be read but not written, as on a full disk. It continues in memory, and every call says that it is not stored. */
export class UnkeptSession extends MemorySession {
  readonly #reason: PluginHostError;

  /** @param held What the session holds; undefined when there is none. */
  constructor(reason: PluginHostError, held: Held | undefined) {
    super(held);
    this.#reason = reason;
  }

  /** @throws PluginHostError that says why it is not stored */
  override commit(change: SessionChange): void {
    super.commit(change);
    throw this.#reason;
  }
}

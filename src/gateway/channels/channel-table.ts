import { BridgedChannel } from './bridged-channel.ts';
import type { ChannelFacts } from './channel-facts.ts';
import { Credit } from './credit.ts';

/** Refusals cost a client nothing, so only so many are told of. */
const mostRefusals = 100;

/** The open channels of a session, by the numbers that both sides gave them. */
export class ChannelTable {
  readonly #byClientId = new Map<number, BridgedChannel>();
  readonly #byTargetId = new Map<number, BridgedChannel>();
  readonly #mask: (text: string) => string;
  readonly #tell: (facts: ChannelFacts) => void;
  #opened = 0;
  #refusals = 0;

  /** @param tell called when a channel has closed on which something was asked for */
  constructor(mask: (text: string) => string, tell: (facts: ChannelFacts) => void) {
    this.#mask = mask;
    this.#tell = tell;
  }

  get size(): number {
    return this.#byClientId.size;
  }

  all(): BridgedChannel[] {
    return [...this.#byClientId.values()];
  }

  ofClient(clientId: number): BridgedChannel | undefined {
    return this.#byClientId.get(clientId);
  }

  ofTarget(targetId: number): BridgedChannel | undefined {
    return this.#byTargetId.get(targetId);
  }

  /** @param window what the client takes first, in bytes */
  add(clientId: number, window: number): BridgedChannel {
    if (this.#byClientId.has(clientId)) throw new Error('a client opened a channel with the number of an open one');
    const channel = new BridgedChannel(++this.#opened, clientId, new Credit(window));
    this.#byClientId.set(clientId, channel);
    return channel;
  }

  confirm(channel: BridgedChannel, targetId: number): void {
    if (this.#byTargetId.has(targetId)) throw new Error('a target opened a channel with the number of an open one');
    channel.targetId = targetId;
    this.#byTargetId.set(targetId, channel);
  }

  /** The channel is closed, or was not opened. */
  remove(channel: BridgedChannel, isRefused = false): void {
    this.#byClientId.delete(channel.clientId);
    if (channel.targetId !== undefined) this.#byTargetId.delete(channel.targetId);
    channel.recorder?.close();
    if (isRefused && ++this.#refusals > mostRefusals) return;
    const facts = channel.facts(this.#mask, isRefused);
    if (facts !== undefined) this.#tell(facts);
  }
}

import type { Client, Connection } from 'ssh2';
import type { Masker } from '../../secrets/masker.ts';
import type { BridgedChannel, Recorder } from './bridged-channel.ts';
import type { ChannelFacts } from './channel-facts.ts';
import { ChannelOpener, type MayForward } from './channel-opener.ts';
import { ChannelTable } from './channel-table.ts';
import { MessageReader } from './message-reader.ts';
import { MessageType } from './message-type.ts';
import { PacketPort } from './packet-port.ts';
import { otherSide, type Side, wayTo } from './side.ts';
import { writeMessage } from './write-message.ts';

export interface BridgeOptions {
  /** Of the user, who was let in in this very moment: the library has not yet read a message about channels. */
  client: Connection;
  /** To the server that the user wants, logged in. */
  target: Client;
  /** Whether the target may be asked to connect there. Default: never. */
  mayForward?: MayForward;
  /** Of commands. */
  masker: Pick<Masker, 'text'>;
  /** Begins the recording of a channel with a terminal; undefined when there can be none. */
  record?: (n: number, pty: NonNullable<ChannelFacts['pty']>) => Recorder | undefined;
  /** At the close of each channel on which something was asked for. */
  onChannel?: (facts: ChannelFacts) => void;
  /** Data passes, whichever way. */
  onData?: () => void;
  /** Once, when one of both connections has closed by itself and all channels were told of. The other one is being closed. */
  onEnd?: (left: 'client' | 'target') => void;
}

export interface Bridge {
  /** How many channels are open. */
  readonly openChannels: number;
  /** Closes all channels and both connections. */
  close: () => void;
}

/** How long it may take to send what waits: to one whose other side is gone, and when all ends. */
const patienceMs = { gone: 60_000, closing: 2000 };

/**
 * Joins a user and a server, message by message: what the client opens and asks for is opened and asked for on the target, with the same bytes.
 * Channels keep their numbers, as only the client opens any. A sender is never further ahead than the receiver allows, nor than the gateway
 * wants to hold.
 */
export function bridgeChannels(options: BridgeOptions): Bridge {
  return new ChannelBridge(options);
}

class ChannelBridge implements Bridge {
  readonly #options: BridgeOptions;
  readonly #channels: ChannelTable;
  readonly #ports: Record<Side, PacketPort>;
  readonly #opener: ChannelOpener;
  #hasEnded = false;

  constructor(options: BridgeOptions) {
    this.#options = options;
    const { client, target, masker, onChannel, mayForward = () => false } = options;
    this.#channels = new ChannelTable(
      (text) => masker.text(text),
      (facts) => onChannel?.(facts),
    );
    this.#ports = { client: new PacketPort(client), target: new PacketPort(target) };
    this.#opener = new ChannelOpener(this.#channels, this.#ports, mayForward);
    for (const side of ['client', 'target'] as const) {
      const port = this.#ports[side];
      port.onMessage = (message) => {
        this.#take(message, side);
        // Whoever fills the way to the other one is not read until there is room.
        if (this.#isFull) port.pause();
      };
      port.onReady = () => {
        this.#goOn();
      };
      options[side].on('close', () => {
        this.#end(side);
      });
    }
  }

  get openChannels(): number {
    return this.#channels.size;
  }

  close(): void {
    // The other side of one that is gone still gets what waits for it.
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    this.#closeChannels();
    for (const port of Object.values(this.#ports)) port.end(patienceMs.closing);
  }

  get #isFull(): boolean {
    return this.#ports.client.isFull || this.#ports.target.isFull;
  }

  #goOn(): void {
    if (!this.#isFull) for (const port of Object.values(this.#ports)) port.resume();
    for (const channel of this.#channels.all()) {
      this.#grant(channel, 'client');
      this.#grant(channel, 'target');
    }
  }

  #end(left: Side): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    this.#closeChannels();
    this.#ports[otherSide[left]].end(patienceMs.gone);
    this.#options.onEnd?.(left);
  }

  #closeChannels(): void {
    for (const channel of this.#channels.all()) {
      if (channel.targetId !== undefined && !channel.closedBy.target)
        this.#ports.client.send(writeMessage(MessageType.channelClose, channel.clientId));
      this.#channels.remove(channel, channel.targetId === undefined);
    }
  }

  #take(message: Buffer, from: Side): void {
    switch (message[0]) {
      case MessageType.globalRequest:
        this.#refuseGlobally(message, from);
        return;
      case MessageType.channelOpen:
        if (from === 'client') this.#opener.open(message);
        else this.#opener.refuseTarget(message);
        return;
      default:
    }
    const recipient = message.readUInt32BE(1);
    const channel = from === 'client' ? this.#channels.ofTarget(recipient) : this.#channels.ofClient(recipient);
    // What was on its way when the channel closed is for nobody.
    if (channel === undefined || channel.closedBy[from]) return;
    if (channel.targetId === undefined) this.#opener.takeAnswer(channel, message);
    else this.#pass(channel, message, from);
  }

  /** Remote forwarding, keepalives, further host keys: nothing of this is for the other side. */
  #refuseGlobally(message: Buffer, from: Side): void {
    const reader = new MessageReader(message);
    if (reader.text() === 'no-more-sessions@openssh.com' && from === 'client') this.#opener.refuseSessions();
    if (reader.boolean()) this.#ports[from].send(writeMessage(MessageType.requestFailure));
  }

  #pass(channel: BridgedChannel, message: Buffer, from: Side): void {
    const to = otherSide[from];
    switch (message[0]) {
      case MessageType.channelOpenConfirmation:
      case MessageType.channelOpenFailure:
        return;
      case MessageType.channelWindowAdjust:
        channel[wayTo[from]]?.add(message.readUInt32BE(5));
        this.#grant(channel, from);
        return;
      case MessageType.channelData:
      case MessageType.channelExtendedData:
        this.#passData(channel, message, to);
        return;
      case MessageType.channelRequest:
        if (from === 'target') channel.takeEnding(message);
        else if (!channel.takeRequest(message, this.#options.record)) {
          this.#passAsUnknown(message);
          return;
        }
        break;
      default:
    }
    this.#ports[to].send(message);
    if (message[0] !== MessageType.channelClose) return;
    channel.closedBy[from] = true;
    if (channel.closedBy[to]) this.#channels.remove(channel);
  }

  #passData(channel: BridgedChannel, message: Buffer, to: Side): void {
    const data = new MessageReader(message, message[0] === MessageType.channelData ? 5 : 9).bytes();
    channel[wayTo[to]]?.spend(data.length);
    channel.bytes[wayTo[to]] += data.length;
    this.#ports[to].send(message);
    if (to === 'client') channel.recorder?.output(data);
    this.#grant(channel, to);
    this.#options.onData?.();
  }

  /** Answers must come in the order of the requests, so the target refuses what is not for it: a request that nobody knows. */
  #passAsUnknown(message: Buffer): void {
    const reader = new MessageReader(message, 5);
    reader.text();
    if (!reader.boolean()) return;
    const recipient = message.readUInt32BE(1);
    this.#ports.target.send(writeMessage(MessageType.channelRequest, recipient, 'refused@plugin-host', true));
  }

  /** Tells the sender what it may send besides, unless what it has sent still waits here. */
  #grant(channel: BridgedChannel, to: Side): void {
    const senderId = to === 'client' ? channel.targetId : channel.clientId;
    if (this.#ports[to].isBusy || senderId === undefined) return;
    const bytes = channel[wayTo[to]]?.take() ?? 0;
    if (bytes > 0) this.#ports[otherSide[to]].send(writeMessage(MessageType.channelWindowAdjust, senderId, bytes));
  }
}

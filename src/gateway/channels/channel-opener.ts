import type { BridgedChannel } from './bridged-channel.ts';
import type { ChannelTable } from './channel-table.ts';
import { Credit } from './credit.ts';
import { MessageReader } from './message-reader.ts';
import { MessageType, OpenFailure } from './message-type.ts';
import type { PacketPort } from './packet-port.ts';
import { type Opening, readOpening } from './read-opening.ts';
import type { Side } from './side.ts';
import { writeMessage } from './write-message.ts';

/** Whether a target may be asked to connect there. */
export type MayForward = (host: string, port: number) => boolean | Promise<boolean>;

const mostChannels = 20;

/** The library reads no packets that are much larger. */
const largestPacket = 32 * 1024;

/** Opens on the target what a client wants opened, and refuses what may not be. */
export class ChannelOpener {
  readonly #channels: ChannelTable;
  readonly #ports: Record<Side, PacketPort>;
  readonly #mayForward: MayForward;
  #noMoreSessions = false;

  constructor(channels: ChannelTable, ports: Record<Side, PacketPort>, mayForward: MayForward) {
    this.#channels = channels;
    this.#ports = ports;
    this.#mayForward = mayForward;
  }

  /** The client has said that it will want none. */
  refuseSessions(): void {
    this.#noMoreSessions = true;
  }

  /** A client wants a channel. */
  open(message: Buffer): void {
    const opening = readOpening(message);
    const { clientId, window, wanted } = opening;
    const isFull = this.#channels.size >= mostChannels;
    const channel = this.#channels.add(clientId, window);
    if (wanted.kind === 'session') {
      if (isFull || this.#noMoreSessions) this.#refuse(channel, OpenFailure.resourceShortage);
      else this.#ask(channel, message, opening);
      return;
    }
    if (wanted.destination !== undefined) channel.becomeForward(wanted.destination);
    if (wanted.kind === 'never') this.#refuse(channel, wanted.reason);
    else if (isFull) this.#refuse(channel, OpenFailure.resourceShortage);
    else void this.#forward(channel, Buffer.from(message), opening, this.#judge(wanted.host, wanted.port));
  }

  /** A target wants a channel: for a forwarding that nobody was allowed to ask for. */
  refuseTarget(message: Buffer): void {
    const reader = new MessageReader(message);
    reader.bytes();
    this.#ports.target.send(failure(reader.number(), OpenFailure.administrativelyProhibited));
  }

  /** What the target answers when it was asked for a channel. */
  takeAnswer(channel: BridgedChannel, message: Buffer): void {
    if (!channel.isAsked) return;
    if (message[0] === MessageType.channelOpenConfirmation) {
      channel.toTarget = new Credit(message.readUInt32BE(9));
      this.#channels.confirm(channel, message.readUInt32BE(5));
      this.#ports.client.send(lowered(message, 9, channel.toTarget));
    } else if (message[0] === MessageType.channelOpenFailure) {
      this.#ports.client.send(message);
      this.#channels.remove(channel, true);
    }
  }

  async #judge(host: string, port: number): Promise<boolean> {
    return this.#mayForward(host, port);
  }

  async #forward(
    channel: BridgedChannel,
    message: Buffer,
    opening: Opening,
    judgement: Promise<boolean>,
  ): Promise<void> {
    const isAllowed = await judgement.catch(() => false);
    // The connection may have closed meanwhile.
    if (this.#channels.ofClient(channel.clientId) !== channel) return;
    if (isAllowed) this.#ask(channel, message, opening);
    else this.#refuse(channel, OpenFailure.administrativelyProhibited);
  }

  #ask(channel: BridgedChannel, message: Buffer, { limitsAt }: Opening): void {
    channel.isAsked = true;
    this.#ports.target.send(lowered(message, limitsAt, channel.toClient));
  }

  #refuse(channel: BridgedChannel, reason: number): void {
    this.#ports.client.send(failure(channel.clientId, reason));
    this.#channels.remove(channel, true);
  }
}

function failure(recipient: number, reason: number): Buffer {
  return writeMessage(MessageType.channelOpenFailure, recipient, reason, 'the gateway does not allow this', '');
}

/** The message with what the gateway passes on of the window, and with packets that it can read. */
function lowered(message: Buffer, at: number, { granted }: Credit): Buffer {
  const copy = Buffer.from(message);
  copy.writeUInt32BE(granted, at);
  copy.writeUInt32BE(Math.min(copy.readUInt32BE(at + 4), largestPacket), at + 4);
  return copy;
}

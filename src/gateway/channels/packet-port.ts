import type { Socket } from 'node:net';
import type { Client, Connection } from 'ssh2';
import { keepKeyObjects } from './keep-key-objects.ts';
import { MessageType } from './message-type.ts';

/**
 * The parts of the library that are used and that its types do not have. Its own channels read and write streams, and lose on the way what
 * they do not know: modes of terminals, signals, the bytes of a command, where one of two streams waits.
 */
interface Inner {
  _sock: Socket;
  _protocol: {
    /** Takes the decrypted messages. */
    _onPayload: (message: Buffer) => unknown;
    /** Something came: keepalive. */
    _onPacket: () => void;
    /** Keys are being exchanged: what is sent waits in the queue. */
    _kexinit: Buffer | undefined;
    _queue: Buffer[] | undefined;
    /** A new one after each exchange of keys. */
    _decipher: { _onPayload: (message: Buffer) => unknown };
    _cipher: { encrypt: (packet: Buffer) => void };
    _packetRW: { write: { allocStart: number; alloc: (length: number) => Buffer } };
    /** Gone once the connection cannot be used. */
    _destruct: (() => void) | undefined;
  };
}

/** What the library itself has asked for, or must answer. */
const ownOfLibrary: ReadonlySet<number> = new Set([MessageType.requestSuccess, MessageType.requestFailure]);

/** So much may wait to be sent before nothing more is read that might have to be sent. */
const mostWaiting = { bytes: 8 * 1024 * 1024, messages: 4096 };

const errorPatienceMs = 1000;

/** The messages of the connection protocol that come and go on one logged-in connection. All others stay the library's. */
export class PacketPort {
  /** Set once; `message` is only valid during the call. */
  onMessage: (message: Buffer) => void = () => undefined;
  /** What waited has been sent. */
  onReady: () => void = () => undefined;
  readonly #connection: Connection | Client;
  readonly #socket: Socket;
  readonly #protocol: Inner['_protocol'];
  #isClosed = false;
  #isCorked = false;

  constructor(connection: Connection | Client) {
    this.#connection = connection;
    const { _sock: socket, _protocol: protocol } = connection as unknown as Inner;
    this.#socket = socket;
    this.#protocol = protocol;
    const library = protocol._onPayload;
    const take = (message: Buffer): unknown => {
      const type = message[0] ?? 0;
      if (type < MessageType.globalRequest || type > MessageType.channelFailure || ownOfLibrary.has(type))
        return library(message);
      protocol._onPacket();
      if (!this.#isClosed) this.onMessage(message);
      return undefined;
    };
    protocol._onPayload = take;
    if (protocol._kexinit === undefined) protocol._decipher._onPayload = take;
    socket.setNoDelay(true);
    socket.on('drain', () => {
      this.onReady();
    });
    const keepKeys = (): void => {
      keepKeyObjects(protocol._cipher);
      keepKeyObjects(protocol._decipher);
    };
    keepKeys();
    connection.on('handshake', () => {
      keepKeys();
      this.onReady();
    });
    const close = (): void => {
      this.#isClosed = true;
    };
    connection.on('end', close).on('close', close);
    // The library only says good-bye to one that sends nonsense or answers no more, and waits for it to hang up.
    connection.on('error', () => {
      this.end(errorPatienceMs);
    });
  }

  /** What is sent now would have to wait. */
  get isBusy(): boolean {
    return this.#socket.writableNeedDrain || this.#protocol._kexinit !== undefined;
  }

  /** So much waits that nothing should be read that may add to it. */
  get isFull(): boolean {
    return (
      this.#socket.writableLength > mostWaiting.bytes || (this.#protocol._queue?.length ?? 0) > mostWaiting.messages
    );
  }

  send(message: Buffer): void {
    if (this.#isClosed || this.#protocol._destruct === undefined || !this.#socket.writable) return;
    this.#cork();
    const { write } = this.#protocol._packetRW;
    const packet = write.alloc(message.length);
    packet.set(message, write.allocStart);
    if (this.#protocol._kexinit === undefined) this.#protocol._cipher.encrypt(packet);
    else (this.#protocol._queue ??= []).push(packet);
  }

  pause(): void {
    this.#socket.pause();
  }

  resume(): void {
    if (!this.#isClosed) this.#socket.resume();
  }

  /** Says good-bye and hangs up: after what waits was sent, but not later than that. */
  end(withinMs: number): void {
    this.#isClosed = true;
    if (this.#protocol._destruct === undefined) this.#socket.end();
    else this.#connection.end();
    if (this.#socket.destroyed) return;
    const timer = setTimeout(() => this.#socket.destroy(), withinMs);
    this.#socket.once('close', () => {
      clearTimeout(timer);
    });
  }

  /** The packets of one chunk that came leave in one piece. */
  #cork(): void {
    if (this.#isCorked) return;
    this.#isCorked = true;
    this.#socket.cork();
    process.nextTick(() => {
      this.#isCorked = false;
      this.#socket.uncork();
    });
  }
}

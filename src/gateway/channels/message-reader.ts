/** Reads the fields of a message one after another. @throws Error where the message is too short */
export class MessageReader {
  /** Of the next field. */
  at: number;
  readonly #message: Buffer;

  /** @param at the first field that is wanted; byte 0 is the type of the message */
  constructor(message: Buffer, at = 1) {
    this.#message = message;
    this.at = at;
  }

  boolean(): boolean {
    return this.#take(1)[0] !== 0;
  }

  number(): number {
    return this.#take(4).readUInt32BE(0);
  }

  bytes(): Buffer {
    return this.#take(this.number());
  }

  text(): string {
    return this.bytes().toString('utf8');
  }

  #take(length: number): Buffer {
    const end = this.at + length;
    if (end > this.#message.length) throw new Error('a message of the connection protocol is too short');
    const taken = this.#message.subarray(this.at, end);
    this.at = end;
    return taken;
  }
}

import type { KvGroup } from '../format/kv-group.ts';
import type { KvMessage } from '../format/kv-message.ts';
import { printMessage } from '../format/print-message.ts';
import { MessageStream } from '../reading/message-stream.ts';
import { type Observation, type Running, startPlugin } from './observe-call.ts';

export interface ConversationRequest {
  /** Comes first and gets no answer. */
  context: KvGroup;
  /** The next item after these answers; undefined at the end. */
  nextItem: (answers: readonly Answer[]) => KvGroup | undefined;
  /** For one item, from sending it to its answer, and for the end after the last one. */
  itemMs: number;
  /** For all together. */
  streamMs: number;
}

export interface Answer {
  message: KvMessage;
  durationMs: number;
}

export interface Conversation extends Observation {
  /** How many items were sent. */
  sent: KvGroup[];
  answers: Answer[];
  /** Messages that came before their item. The plugin was ended at the first. */
  early: KvMessage[];
  /** Messages after the answer to the last item, or text that is not a message. */
  surplus: KvMessage[];
  /** The time that it had for the last thing it did. */
  allowedMs: number;
}

/**
 * Streams items to a plugin, each after the answer to the one before; then the end of file.
 * Source: Filter pre-defined requests; Filter users.
 */
export async function converse(
  { context, nextItem, itemMs, streamMs }: ConversationRequest,
  running: Running,
): Promise<Conversation> {
  const inbox = new Inbox(new MessageStream({ ...running.reading, positions: true }));
  const { process, send, ended } = startPlugin(running, (bytes) => {
    inbox.add(bytes);
  });
  const isOver = ended.then(
    () => undefined,
    () => undefined,
  );
  const startedAt = performance.now();
  let allowedMs = itemMs;
  const allow = (): void => {
    allowedMs = Math.max(1, Math.min(itemMs, streamMs - (performance.now() - startedAt)));
    process.allow(allowedMs);
  };
  const sent: KvGroup[] = [];
  const answers: Answer[] = [];
  let early: KvMessage[] = [];
  allow();
  send(printMessage(context));
  for (let item = nextItem(answers); item !== undefined; item = nextItem(answers)) {
    await turn(); // what the plugin has written by now came before the item
    early = inbox.takeAll();
    if (early.length > 0) {
      process.stop('refused');
      break;
    }
    const sentAt = performance.now();
    sent.push(item);
    allow();
    send(printMessage(item));
    const message = await inbox.take(isOver);
    if (message === undefined) break;
    answers.push({ message, durationMs: Math.round(performance.now() - sentAt) });
    if (message.root === undefined) {
      process.stop('refused'); // nobody knows where the next message begins
      break;
    }
  }
  allow();
  process.endInput();
  const observation = await ended;
  return { ...observation, sent, answers, early, surplus: inbox.finish(), allowedMs };
}

/** Messages that have arrived and nobody has taken. */
class Inbox {
  readonly #stream: MessageStream;
  readonly #messages: KvMessage[] = [];
  #wake: () => void = () => undefined;

  constructor(stream: MessageStream) {
    this.#stream = stream;
  }

  add(bytes: Buffer): void {
    for (const message of this.#stream.push(bytes)) this.#messages.push(message);
    if (this.#messages.length > 0) this.#wake();
  }

  /** The next message, undefined when nothing more can come. */
  async take(isOver: Promise<undefined>): Promise<KvMessage | undefined> {
    if (this.#messages.length === 0) {
      const arrival = new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
      await Promise.race([arrival, isOver]);
    }
    return this.#messages.shift();
  }

  takeAll(): KvMessage[] {
    return this.#messages.splice(0);
  }

  finish(): KvMessage[] {
    return [...this.takeAll(), ...this.#stream.finish()];
  }
}

function turn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

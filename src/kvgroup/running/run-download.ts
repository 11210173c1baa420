import { KeyValueGroup } from '../format/key-value-group.ts';
import type { KvGroup } from '../format/kv-group.ts';
import type { KvMessage } from '../format/kv-message.ts';
import { printMessage } from '../format/print-message.ts';
import { MessageStream } from '../reading/message-stream.ts';
import { parseMessage } from '../reading/parse-message.ts';
import { judgeCall } from './judge-call.ts';
import { type Running, startPlugin } from './observe-call.ts';
import { type CallOptions, raisedIn, toRun } from './run-call.ts';
import type { Run } from './run-result.ts';

const closingBrace = 0x7d;

/**
 * A streamed download: one input, one answer, then the items, and what the plugin writes after its answer is the file.
 * Source: Download search results.
 */
export async function runDownload(
  input: KvGroup,
  items: readonly KvGroup[],
  { traits, ...options }: CallOptions,
  running: Running,
): Promise<Run> {
  const file: Buffer[] = [];
  const head = new Head(new MessageStream({ ...running.reading, positions: true }));
  const { process, send, ended } = startPlugin(running, (bytes) => {
    if (head.message !== undefined) file.push(bytes);
    else {
      const rest = head.add(bytes);
      if (rest === undefined) return;
      file.push(rest);
      for (const item of items) send(printMessage(item));
      process.endInput();
    }
  });
  process.allow(options.allowedMs);
  send(printMessage(input));
  const { message: first, ...observation } = await ended.then((each) => ({ ...each, message: head.message }));
  const message = first ?? parseMessage(observation.recording.stdout, running.reading);
  const judgement = judgeCall(observation.report, message, traits, {
    ...options,
    raised: raisedIn(observation, running),
  });
  const { root: output = null } = message;
  const body = Buffer.concat(file);
  return toRun(traits, judgement, observation, [input, ...items], {
    output,
    ...(output === null ? {} : { download: describeFile(output, body) }),
  });
}

function describeFile(output: KvGroup, body: Buffer): NonNullable<Run['result']['download']> {
  const answer = new KeyValueGroup(output);
  return {
    contentType: answer.get('contentType') ?? null,
    filename: answer.get('filename') ?? null,
    bytes: body.length,
    body: body.toString(),
  };
}

/** Finds the end of the answer: what follows is not a KVGroup and must not be read as one. */
class Head {
  readonly #stream: MessageStream;
  message: KvMessage | undefined;

  constructor(stream: MessageStream) {
    this.#stream = stream;
  }

  /** What follows the answer, once it is complete. */
  add(bytes: Buffer): Buffer | undefined {
    for (let from = 0; from < bytes.length;) {
      const brace = bytes.indexOf(closingBrace, from);
      const end = brace < 0 ? bytes.length : brace + 1;
      [this.message] = this.#stream.push(bytes.subarray(from, end));
      if (this.message !== undefined) return bytes.subarray(end);
      from = end;
    }
    return undefined;
  }
}

import type { ProblemCode } from '../../base/code.ts';
import type { Problem } from '../../base/problem.ts';
import type { DiagnosticCode } from '../format/kv-diagnostic.ts';
import type { KvGroup } from '../format/kv-group.ts';
import type { KvMessage } from '../format/kv-message.ts';
import type { Point } from '../points/point.ts';
import { MessageStream } from '../reading/message-stream.ts';
import { parseMessage } from '../reading/parse-message.ts';
import type { Direction } from './check-value.ts';
import { valueOf } from './groups-of.ts';
import { describeUnpublished, validateMessage } from './validate-message.ts';

/** Of the text, or of what it says. */
export type MessageCode = DiagnosticCode | ProblemCode;

/**
 * Everything that is wrong with the text of an input or an output, by its format and by its point. For a streaming point, that is the
 * context and its items, or the answers one after the other.
 * @param input messages that an output answers, for the cross checks
 */
export function checkMessages(
  point: Point,
  direction: Direction,
  bytes: Uint8Array,
  input: readonly KvGroup[] = [],
): Problem<MessageCode>[] {
  const messages = readAll(point, direction, bytes);
  return [
    ...describeUnpublished(point),
    ...(messages.length === 0 ? [describeEmpty(point, direction)] : []),
    ...messages.flatMap((message, index) => [
      ...describeDiagnostics(message),
      ...validateOne(point, direction, message, index, input),
    ]),
    ...checkCount(point, direction, messages, input),
  ];
}

function readAll({ kind }: Point, direction: Direction, bytes: Uint8Array): KvMessage[] {
  const isStream = kind === 'filter' || kind === 'generator' || kind === 'download';
  if (!isStream) return [parseMessage(bytes, { positions: true })];
  const stream = new MessageStream({ positions: true });
  const messages = stream.push(bytes);
  // After the answer of a download come the bytes of a file.
  if (kind === 'download' && direction === 'output' && messages.length > 0) return messages.slice(0, 1);
  return [...messages, ...stream.finish()];
}

function describeDiagnostics({ diagnostics }: KvMessage): Problem<MessageCode>[] {
  return diagnostics.map(({ level, code, message, hint = '', line, column }) => ({
    level,
    code,
    message,
    hint,
    path: null,
    line,
    column,
  }));
}

function validateOne(
  point: Point,
  direction: Direction,
  { root, positionOf }: KvMessage,
  index: number,
  input: readonly KvGroup[],
): Problem<MessageCode>[] {
  if (root === undefined || (point.kind === 'trap' && direction === 'output')) return [];
  const answersItem = point.kind === 'filter' || point.kind === 'generator';
  return validateMessage(point, direction, root, {
    part: index === 0 ? 'context' : 'item',
    input: direction === 'output' ? input[answersItem ? index + 1 : 0] : undefined,
    positionOf,
  });
}

/** A filter answers every item, unless it stops the stream. */
function checkCount(
  { kind }: Point,
  direction: Direction,
  messages: readonly KvMessage[],
  input: readonly KvGroup[],
): Problem<MessageCode>[] {
  if (direction === 'input' || input.length === 0 || (kind !== 'filter' && kind !== 'generator')) return [];
  const items = input.length - 1;
  const last = messages.at(-1)?.root;
  const stops = kind === 'generator' || (last !== undefined && saysStop(last));
  if (messages.length === items || (messages.length < items && stops)) return [];
  return [
    {
      level: 'error',
      code: 'MESSAGE_COUNT',
      message: `expected ${items} ${items === 1 ? 'answer' : 'answers'}, one for each item, got ${messages.length}`,
      hint: 'The context gets no answer; every item gets one.',
      path: null,
      line: null,
      column: null,
    },
  ];
}

function saysStop(answer: KvGroup): boolean {
  return Number(valueOf(answer, 'retval') ?? 0) !== 0 || (valueOf(answer, 'errmsg') ?? '') !== '';
}

function describeEmpty({ kind }: Point, direction: Direction): Problem<MessageCode> {
  const expected = direction === 'input' ? 'the context, then items' : 'an answer for each item';
  return {
    level: 'error',
    code: 'KVG000',
    message: `no KVGroup; expected ${kind === 'download' ? 'one' : expected}`,
    hint: 'Expected: "" "" = { "key" = "value" }.',
    path: null,
    line: null,
    column: null,
  };
}

import { hasSecret } from '../conversion/has-secret.ts';
import { plainValue } from '../conversion/plain-value.ts';
import { toText } from '../conversion/render-text.ts';
import type { ActiveStep } from '../engine/active-step.ts';
import { CommandError } from '../engine/command-error.ts';
import { plainVerb, type VerbHandler, waitingVerb } from '../engine/verb-handler.ts';
import { itemsOf } from '../members/items-of.ts';
import { compilePattern } from '../regex/compile-pattern.ts';
import { regexOption } from '../regex/parsing/regex-options.ts';
import { reveal, Secret } from '../values/secret.ts';
import type { Value } from '../values/value.ts';
import { ConnectionValue } from './connection-value.ts';
import type { LineBuffer } from './line-buffer.ts';

const defaultTimeoutSeconds = 20;

/** The connection that a step names. @throws CommandError */
export function requireConnection(active: ActiveStep): ConnectionValue {
  const value = reveal(active.read('ConnectionObjectName'));
  if (!(value instanceof ConnectionValue))
    throw new CommandError('COMMAND_FAILED', 'ConnectionObjectName names no connection; Connect makes one');
  if (value.isClosed) throw new CommandError('TARGET_CLOSED', 'the connection is closed');
  return value;
}

function requireLine(active: ActiveStep): { connection: ConnectionValue; line: LineBuffer } {
  const connection = requireConnection(active);
  const { line } = connection;
  if (line === undefined)
    throw new CommandError(
      'COMMAND_FAILED',
      'An interactive session is required',
      'Connect with RequestTerminal true, or use ExecuteCommand.',
    );
  return { connection, line };
}

/** `Send`: a text, and what ends a line unless it is there already. Source: specification d.4. */
function send(active: ActiveStep): void {
  const { connection, line } = requireLine(active);
  const isSecret = active.flag('ContainsSecret', false);
  const node = active.node('Buffer');
  const given: Value = node === undefined ? null : active.substitute(node);
  if (plainValue(given) === null) throw new CommandError('COMMAND_FAILED', 'Buffer has no value');
  const text = toText(given);
  const shown = isSecret && !(given instanceof Secret) ? Secret.of(text) : given;
  if (isSecret && !hasSecret(given)) active.run.secrets.addText(text.trim());
  active.noteGiven('Buffer', shown);
  const ownSuffix = active.has('EndOfDataSuffix') ? (active.text('EndOfDataSuffix') ?? '') : undefined;
  const suffix = ownSuffix ?? (/[\r\n]$/.test(text) ? '' : connection.suffix);
  if (line.isClosed) throw new CommandError('TARGET_CLOSED', 'connection closed by remote host');
  active.trace({
    kind: 'ssh',
    phase: 'start',
    text: `Send : ${isSecret ? active.run.secrets.hide(text) : active.run.secrets.show(shown)}`,
  });
  line.write(text + suffix);
}

/** `Receive`: what comes until a pattern is found, the time runs out, or the line is quiet. */
async function receive(active: ActiveStep): Promise<void> {
  const { line } = requireLine(active);
  const { run } = active;
  const name = active.requireTarget('BufferName');
  const isEnough = expectation(active);
  const limitMs = limitOf(active);
  const isSecret = active.flag('ContainsSecret', false);
  const isAppended = active.flag('Append', false);
  active.setNamed('TimeoutResultVariableName', false);
  active.begin();
  const { text, end } = await line.receive({
    isEnough,
    limitMs,
    quietMs: run.settings.quietMs,
    signal: run.clock.signal,
  });
  if (end === 'timeout') active.setNamed('TimeoutResultVariableName', true);
  if (end === 'closed' && text === '') throw new CommandError('TARGET_CLOSED', 'connection closed by remote host');
  const former = isAppended ? (active.frame.get(name.replace(/^global:/i, '')) ?? '') : '';
  const whole = toText(former) + text;
  run.budget.make(whole.length);
  if (isSecret) run.secrets.addText(text);
  active.set(name, whole, isSecret || hasSecret(former));
  active.trace({
    kind: 'ssh',
    phase: 'end',
    text: `Receive : ${isSecret ? run.secrets.hide(text) : run.secrets.mask(text)}`,
    why: end,
  });
}

/** What is waited for; undefined: until the line is quiet, also with a pattern such as `a|b|` that waits for nothing in particular. */
function expectation(active: ActiveStep): ((text: string) => boolean) | undefined {
  const pattern = active.text('ExpectRegex');
  if (pattern === null || pattern === '') return undefined;
  const options = active.value('ExpectOptions');
  let flags = 0;
  for (const each of options === null ? [] : (itemsOf(reveal(options)) ?? [options]))
    for (const word of toText(each).split(/[,|\s]+/))
      flags |= regexOption(word.replace(/^RegexOptions\./, ''))?.value ?? 0;
  const compiled = compilePattern(pattern, flags);
  const { budget } = active.run;
  const matches = (text: string): boolean => {
    budget.startStep();
    return compiled.match(text, 0, budget).success;
  };
  return matches('') ? undefined : matches;
}

/** `ExpectTimeout` in milliseconds, else the variable `Timeout` in seconds. */
function limitOf(active: ActiveStep): number {
  const given = active.number('ExpectTimeout');
  if (given !== null && given >= 0)
    return given === 0 && !active.has('ExpectRegex') ? active.timeoutMs(defaultTimeoutSeconds) : given;
  return active.timeoutMs(defaultTimeoutSeconds);
}

/** What is said over a terminal. */
export const dialogueHandlers: Readonly<Record<string, VerbHandler>> = {
  Send: plainVerb(send),
  Receive: waitingVerb(receive),
};

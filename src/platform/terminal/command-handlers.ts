import { exitOfSignal } from '../../posix/exit-of-signal.ts';
import { hasSecret } from '../conversion/has-secret.ts';
import { plainValue } from '../conversion/plain-value.ts';
import { toText } from '../conversion/render-text.ts';
import type { ActiveStep } from '../engine/active-step.ts';
import { CommandError } from '../engine/command-error.ts';
import { type VerbHandler, waitingVerb } from '../engine/verb-handler.ts';
import { itemsOf } from '../members/items-of.ts';
import { NetworkError } from '../network/network-error.ts';
import type { CommandOutput, SshConnection } from '../network/network.ts';
import { reveal, Secret } from '../values/secret.ts';
import type { Value } from '../values/value.ts';
import type { ConnectionValue } from './connection-value.ts';
import { requireConnection } from './dialogue-handlers.ts';

const defaultTimeoutSeconds = 20;

/** `ExecuteCommand`: a command on a channel of its own. A code other than zero is no error. Source: specification d.4. */
async function execute(active: ActiveStep): Promise<void> {
  const connection = requireSsh(active).ssh;
  const isCommandSecret = active.flag('CommandContainsSecret', false);
  const isInputSecret = active.flag('InputContainsSecret', false);
  const isOutputSecret = active.flag('OutputContainsSecret', false);
  const command = textOf(active, 'Command', isCommandSecret);
  const stdin = inputOf(active, 'Stdin', isInputSecret);
  const timeout = timeoutMs(active);
  const isForgiving = active.flag('SuppressExceptions', false);
  active.trace({
    kind: 'ssh',
    phase: 'start',
    text: `Execute : ${showText(active, command, isCommandSecret)}`,
  });
  const running = connection.execute(command, { stdin, timeoutMs: timeout, signal: active.run.clock.signal });
  const output = await (isForgiving ? running.catch(asCut) : running);
  store(active, output, isOutputSecret);
  if (!isForgiving) requireWhole(output, timeout);
}

/** No channel is as one that closed at once. */
function asCut(error: unknown): CommandOutput {
  if (!(error instanceof NetworkError)) throw error;
  return { stdout: Buffer.alloc(0), stderr: Buffer.alloc(0), exitCode: null, signal: null, isCut: 'closed' };
}

function store(active: ActiveStep, output: CommandOutput, isSecret: boolean): void {
  const [stdout, stderr] = [output.stdout.toString(), output.stderr.toString()];
  active.run.budget.make(stdout.length + stderr.length);
  active.setNamed('BufferName', stdout, isSecret);
  active.setNamed('StderrBufferName', stderr, isSecret);
  active.setNamed('ExitStatusBufferName', exitStatus(output));
  active.trace({
    kind: 'ssh',
    phase: 'end',
    text: `Output : ${showText(active, stdout, isSecret)}`,
    value: exitStatus(output),
    why: output.isCut ?? output.signal ?? 'exit',
  });
}

function showText({ run }: ActiveStep, text: string, isSecret: boolean): string {
  return isSecret ? run.secrets.hide(text) : run.secrets.mask(text);
}

/** Of one that a signal ended 128 and its number. */
function exitStatus({ exitCode, signal, isCut }: CommandOutput): number {
  return exitCode ?? (isCut === undefined ? (exitOfSignal(signal) ?? -1) : -1);
}

function requireWhole({ isCut }: CommandOutput, limitMs: number): void {
  if (isCut === 'timeout') throw new CommandError('TARGET_TIMEOUT', `the command did not end within ${limitMs} ms`);
  if (isCut === 'closed') throw new CommandError('TARGET_CLOSED', 'connection closed by remote host');
}

function requireSsh(active: ActiveStep): { ssh: SshConnection; connection: ConnectionValue } {
  const connection = requireConnection(active);
  const { ssh, line } = connection;
  if (ssh !== undefined && line === undefined) return { ssh, connection };
  throw new CommandError(
    'COMMAND_FAILED',
    'a connection of type Ssh without a terminal is required, this is an interactive session',
    'Connect with RequestTerminal false, or use Send and Receive.',
  );
}

function textOf(active: ActiveStep, property: string, isSecret: boolean): string {
  const node = active.node(property);
  const value = node === undefined ? null : active.substitute(node);
  if (plainValue(value) === null) throw new CommandError('COMMAND_FAILED', `${property} has no value`);
  return noteText(active, property, value, isSecret);
}

function noteText(active: ActiveStep, property: string, value: Value, isSecret: boolean): string {
  const text = toText(value);
  if (isSecret && !hasSecret(value)) active.run.secrets.addText(text);
  active.noteGiven(property, isSecret && !hasSecret(value) ? Secret.of(text) : value);
  return text;
}

/** Each text with a line break; nothing without any. */
function inputOf(
  active: ActiveStep,
  property: string,
  isSecret: boolean,
  resolveItem = (_: ActiveStep, __: string, item: Value): Value => item,
): Buffer {
  const node = active.node(property);
  const value = node === undefined ? null : active.substitute(node);
  const plain = plainValue(value);
  if (plain === null || plain === '') return Buffer.alloc(0);
  const items = [...(itemsOf(reveal(value)) ?? [value])].map((item) => resolveItem(active, property, item));
  if (isSecret) for (const item of items) active.run.secrets.addText(toText(item));
  active.noteGiven(property, isSecret ? Secret.of(value) : value);
  return Buffer.from(items.map((item) => `${toText(item)}\n`).join(''));
}

function timeoutMs(active: ActiveStep): number {
  const seconds = active.number('Timeout') ?? 0;
  return seconds > 0 ? seconds * 1000 : active.timeoutMs(defaultTimeoutSeconds);
}

/** `ExecuteDependentCommand`: a command of a change profile, in whose texts tokens are replaced once more. */
async function executeDependent(active: ActiveStep): Promise<void> {
  const { ssh, connection } = requireSsh(active);
  const isLogged = {
    command: active.flag('LogCommand', false),
    arguments: active.flag('LogCommandArguments', false),
    stdin: active.flag('LogStdin', false),
    stdout: active.flag('LogStdout', false),
  };
  const command = resolve(active, 'DependentCommand', !isLogged.command);
  if (command === '') throw new CommandError('COMMAND_FAILED', 'DependentCommand has no value');
  const words = resolve(active, 'CommandArguments', !isLogged.arguments);
  const line = words === '' ? command : `${command} ${words}`;
  const stdin = inputOf(active, 'StdinArguments', !isLogged.stdin, resolveText);
  const timeout = timeoutMs(active);
  const isLineShown = isLogged.command && (isLogged.arguments || words === '');
  active.setNamed('CommandBufferName', line, !isLineShown);
  active.trace({
    kind: 'ssh',
    phase: 'start',
    text: `Execute : ${showText(active, line, !isLineShown)}`,
  });
  const output = await ssh.execute(line, { stdin, timeoutMs: timeout, signal: active.run.clock.signal });
  if (output.isCut === 'timeout') connection.close();
  store(active, output, !isLogged.stdout);
  requireWhole(output, timeout);
}

function resolve(active: ActiveStep, property: string, isSecret: boolean): string {
  const node = active.node(property);
  const given = node === undefined ? null : active.substitute(node);
  if (plainValue(given) === null) return '';
  const text = resolveText(active, property, given);
  return noteText(active, property, plainValue(text) === null ? '' : text, isSecret);
}

/** Replaces the tokens of a text that came from a profile; a secret is never read again. */
function resolveText(active: ActiveStep, property: string, given: Value): Value {
  if (hasSecret(given)) return given;
  const { step } = active;
  const { start, end, path } = active.node(property) ?? { start: step.start, end: step.start, path: step.path };
  return active.substitute({ kind: 'string', value: toText(given), start, end, path });
}

/** Commands without a terminal. */
export const commandHandlers: Readonly<Record<string, VerbHandler>> = {
  ExecuteCommand: waitingVerb(execute),
  ExecuteDependentCommand: waitingVerb(executeDependent),
};

import type { Json } from '../../base/json.ts';
import { plainValue } from '../conversion/plain-value.ts';
import { toText } from '../conversion/render-text.ts';
import { toBoolean, toInt32 } from '../conversion/to-int32.ts';
import { evaluate } from '../expression/evaluate.ts';
import { type Expression, parseExpression } from '../expression/parse-expression.ts';
import type { JsonNode } from '../script/json-node.ts';
import type { Step } from '../script/script.ts';
import { Double } from '../values/double.ts';
import { reveal, Secret } from '../values/secret.ts';
import type { Value } from '../values/value.ts';
import type { ActiveCall } from './active-call.ts';
import { CommandError } from './command-error.ts';
import { FrameScope, requireVariable } from './frame-scope.ts';
import type { Frame } from './frame.ts';
import type { Run } from './run.ts';
import { substitute } from './substitute.ts';
import type { TraceFact } from './trace-event.ts';

const globalPrefix = /^global:/i;
const expressions = new WeakMap<JsonNode, Expression>();

/** A step while it runs: what it is given, and what it may do. */
export class ActiveStep {
  readonly step: Step;
  readonly run: Run;
  readonly frame: Frame;
  readonly call: ActiveCall;
  /** Only when the run is traced: what the step was given, and what it set. */
  readonly #given = new Map<string, Value>();
  readonly #changed = new Map<string, Value>();
  #startedAt: number | undefined;

  constructor(step: Step, run: Run, frame: Frame, call: ActiveCall) {
    this.step = step;
    this.run = run;
    this.frame = frame;
    this.call = call;
  }

  /** Steps of a library are ours: what is doubtful about how they are written is not told. */
  readonly warn = (code: string, message: string): void => {
    const isOwn = this.call.callable.library === undefined;
    if (!isOwn && /^[A-Z]\d\d$/.test(code)) return;
    this.run.warn(code, message, this.step.path, isOwn ? this.step.start : undefined);
  };

  has(name: string): boolean {
    return this.step.properties.has(name);
  }

  node(name: string): JsonNode | undefined {
    return this.step.properties.get(name)?.value;
  }

  /** The value of a property after substitution; null when it is not there. */
  value(name: string): Value {
    const node = this.node(name);
    return node === undefined ? null : this.noteGiven(name, this.substitute(node));
  }

  substitute(node: JsonNode): Value {
    return substitute(node, this);
  }

  /** A text; null when there is none. */
  text(name: string): string | null {
    const value = reveal(this.value(name));
    return value === null || plainValue(value) === null ? null : toText(value);
  }

  /** @throws CommandError */
  requireText(name: string): string {
    const text = this.text(name);
    if (text === null) throw new CommandError('COMMAND_FAILED', `${name} has no value`);
    return text;
  }

  flag(name: string, otherwise: boolean): boolean {
    const value = this.value(name);
    const plain = plainValue(value);
    if (plain === null || plain === '') return otherwise;
    return toBoolean(value, name, (text) => {
      this.warn('L25', `${name} ${text}`);
    });
  }

  /** A number, also as text; null when there is none. */
  number(name: string): number | null {
    const plain = plainValue(this.value(name));
    if (plain === null || plain === '') return null;
    if (plain instanceof Double) return plain.value;
    const number = typeof plain === 'string' && plain.trim() !== '' ? Number(plain) : undefined;
    if (number === undefined) return toInt32(plain);
    if (Number.isFinite(number)) return number;
    throw new CommandError('COMMAND_FAILED', `${name} must be a number`);
  }

  /** The variable `Timeout`, which is in seconds, as milliseconds. */
  timeoutMs(otherwiseSeconds: number): number {
    const plain = plainValue(this.frame.get('Timeout') ?? null);
    const seconds =
      plain instanceof Double ? plain.value : Number(plain === null || typeof plain === 'object' ? 0 : plain);
    return (Number.isFinite(seconds) && seconds > 0 ? seconds : otherwiseSeconds) * 1000;
  }

  /** The name of a variable to set. */
  target(name: string): string | undefined {
    const text = this.text(name);
    return text === null || text === '' ? undefined : text;
  }

  requireTarget(name: string): string {
    const target = this.target(name);
    if (target === undefined) throw new CommandError('COMMAND_FAILED', `${name} names no variable`);
    return target;
  }

  /** The variable that a property names, or the value that stands there as a token; undefined when there is no such variable. */
  find(name: string): Value | undefined {
    const node = this.node(name);
    if (node?.kind !== 'string') return node && this.substitute(node);
    if (node.value.includes('%')) return this.noteGiven(name, this.substitute(node));
    return this.frame.get(node.value.replace(globalPrefix, ''));
  }

  /** @throws ScriptError VARIABLE_MISSING */
  read(name: string): Value {
    const found = this.find(name);
    if (found !== undefined) return found;
    const path = this.node(name)?.path ?? this.step.path;
    return requireVariable(this.frame, this.requireText(name).replace(globalPrefix, ''), path, this.warn);
  }

  /** Makes or changes a variable; one with the prefix is a global. */
  set(name: string, value: Value, isSecret = false): void {
    const kept = isSecret ? Secret.of(value) : value;
    if (kept instanceof Secret && !(value instanceof Secret)) this.run.secrets.add(kept);
    if (globalPrefix.test(name)) this.run.globals.declare(name.replace(globalPrefix, ''), kept);
    else this.frame.assign(name, kept);
    this.noteChanged(name, kept);
  }

  /** Sets the variable that a property names, if it names one. */
  setNamed(property: string, value: Value, isSecret = false): void {
    const name = this.target(property);
    if (name !== undefined) this.set(name, value, isSecret);
  }

  /** Evaluates a property that is an expression; a literal there is its own value. */
  evaluate(name: string, { mayCreate = false, frame = this.frame } = {}): Value {
    const node = this.node(name);
    if (node === undefined) return null;
    if (node.kind !== 'string') return this.substitute(node);
    let expression = expressions.get(node);
    if (expression === undefined) expressions.set(node, (expression = parseExpression(node.value)));
    return this.noteSecret(
      evaluate(expression, new FrameScope(frame, this.warn, node.path, mayCreate), this.run.budget),
    );
  }

  /** What an expression made of secrets is a secret too. */
  noteSecret(value: Value): Value {
    if (value instanceof Secret) this.run.secrets.add(value);
    return value;
  }

  /** Tells that the step begins, with what is known of what it was given; called again it does nothing. */
  begin(): void {
    if (!this.run.isTraced || this.#startedAt !== undefined) return;
    this.#startedAt = this.run.clock.elapsedMs;
    this.#tell({ kind: 'step', phase: 'start', in: this.#shown(this.#given) });
  }

  /** Tells of something in the step. */
  trace(fact: TraceFact): void {
    if (!this.run.isTraced) return;
    this.begin();
    this.#tell(fact);
  }

  end(error?: { code: string; message: string }): void {
    if (!this.run.isTraced) return;
    this.begin();
    const ms = this.run.clock.elapsedMs - (this.#startedAt ?? 0);
    const set = this.#changed.size === 0 ? {} : { set: this.#shown(this.#changed) };
    this.#tell({ kind: 'step', phase: 'end', ms, ...set, ...(error && { error }) });
  }

  noteGiven(name: string, value: Value): Value {
    if (this.run.isTraced && this.#startedAt === undefined) this.#given.set(name, value);
    return value;
  }

  noteChanged(name: string, value: Value): void {
    if (this.run.isTraced) this.#changed.set(name, value);
  }

  #tell(fact: TraceFact): void {
    this.run.trace(fact, this.step.path, this.step.verb.name, this.call.depth);
  }

  #shown(values: ReadonlyMap<string, Value>): { [name: string]: Json } {
    return Object.fromEntries(Array.from(values, ([name, value]) => [name, this.run.secrets.showJson(value)]));
  }
}

import type { Clock } from '../../base/clock.ts';
import { isJsonObject, type JsonObject } from '../../base/json.ts';
import { PluginHostError } from '../../base/plugin-host-error.ts';
import { error, type Problem } from '../../base/problem.ts';
import type { LogLine } from '../../process/output/log-collector.ts';
import type { CallResult, Secrets } from '../call/call-hook.ts';
import type { CallRecord } from '../call/call-record.ts';
import type { Question } from '../outcome/read-verdict.ts';
import { findHook, pluginTypes, type PluginType } from '../plugin/find-hook.ts';
import { callInSession, type Disturb, type KeptCall, type SessionCall } from '../session/call-in-session.ts';
import { endEach } from '../session/find-unended.ts';
import type { Member } from '../session/open-member.ts';
import type { OpenState } from '../session/open-state.ts';
import type { ShownStep } from '../store/shown-step.ts';
import type { Ending } from './ending.ts';

/** Where a step's plugin comes from, when a committed connection policy names it. */
export interface PolicyStep {
  name: string;
  protocol: string;
  key: string;
  /** Key of the plugin. */
  plugin: string;
  /** Key of its instance or credential store. */
  instance: string;
}

export interface FlowStep extends ShownStep {
  policy?: PolicyStep;
  /** Of several proxy sessions of one login, from 1. */
  proxySession?: number;
}

/** A step with what is not part of its document. */
export interface PlayedStep {
  step: FlowStep;
  logLines: LogLine[];
  clearLogLines: LogLine[];
  secrets: Secrets;
}

export interface StageOptions {
  members: Partial<Record<PluginType, Member>>;
  connection: JsonObject;
  /** Fields of the login name. */
  loginAnswers: JsonObject;
  /** First part of the session id; null: nothing is kept. */
  sessionName: string | null;
  /** Opens what the calls share, for one call. */
  openState: OpenState;
  clock: Clock;
  signal: AbortSignal;
  /** Ends the calls that are still made after `signal`. */
  hardSignal: AbortSignal;
  /** Number of the first step. */
  firstStep: number;
  proxySession?: number | undefined;
  policySteps?: Partial<Record<PluginType, PolicyStep>>;
  onStep?: ((played: PlayedStep) => void) | undefined;
  /** What goes wrong on purpose. */
  disturb?: Disturb | undefined;
  /** Each call waits for a debugger. */
  debugging?: SessionCall['debugging'];
  onLog?: SessionCall['onLog'];
  /** Aborted with a `SessionOver`: the call under way has its time and counts, then only session_ended follows. */
  over?: AbortSignal | undefined;
  /** Is told of each call before it, and after it; a call waits for what it returns. */
  aroundCall?: ((hook: string) => Promise<() => void>) | undefined;
}

/** The state of a running session: its plugins, what is known about the connection so far, and what has happened. */
export class SessionStage {
  readonly options: StageOptions;
  /** Changes when a plugin names the gateway user. */
  connection: JsonObject;
  readonly played: PlayedStep[] = [];
  readonly problems: Problem[] = [];
  #newAnswers: JsonObject = {};
  /** Plugins that were called, even if the end of the call could not be recorded. */
  readonly #called = new Set<PluginType>();

  constructor(options: StageOptions) {
    this.options = options;
    this.connection = options.connection;
  }

  get protocol(): string {
    const { protocol } = this.connection;
    return typeof protocol === 'string' ? protocol.toLowerCase() : '';
  }

  has(type: PluginType): boolean {
    return this.options.members[type] !== undefined;
  }

  /** Goes into `key_value_pairs` from the next call of the AA plugin on. */
  addAnswers(answers: JsonObject): void {
    this.#newAnswers = { ...this.#newAnswers, ...answers };
  }

  /** @throws PluginHostError as `callHook`; INTERRUPTED; SessionOver, also when the call has been made */
  async call(type: PluginType, hookName: string, overlay: JsonObject = {}): Promise<CallResult> {
    const { over, aroundCall } = this.options;
    const isEnd = hookName === 'session_ended';
    if (!isEnd) over?.throwIfAborted();
    const done = await aroundCall?.(hookName);
    const result = await this.#make(type, hookName, overlay).finally(done);
    if (!isEnd) over?.throwIfAborted();
    return result;
  }

  async #make(type: PluginType, hookName: string, overlay: JsonObject): Promise<CallResult> {
    const member = this.options.members[type];
    const hook = findHook(type, hookName);
    if (member === undefined || hook === undefined) throw new Error(`no plugin for ${hookName}`);
    const { sessionName, openState, clock, hardSignal, disturb, debugging, onLog } = this.options;
    const signal = hookName === 'session_ended' ? hardSignal : this.options.signal;
    const { plugin, host, shims } = member;
    const takesAnswers = type === 'aa' && hookName !== 'session_ended';
    const state = await openState({ signal });
    const isBegun = !signal.aborted;
    const calling = callInSession(state, {
      plugin,
      hook,
      ...host,
      shims,
      connection: this.connection,
      overlay,
      newAnswers: takesAnswers ? this.#newAnswers : {},
      loginAnswers: this.options.loginAnswers,
      ownCookies: {},
      sessionName,
      clock,
      signal,
      disturb,
      debugging,
      onLog,
    });
    const result = await calling.catch((failure: unknown) => {
      if (isBegun && this.isInterruption(failure)) this.#called.add(type);
      throw failure;
    });
    this.#called.add(type);
    this.#record(result);
    return result;
  }

  /** Notes the answer to the last question. */
  noteAnswer(answer: string): void {
    const last = this.played.at(-1);
    if (last !== undefined) last.step.answer = answer;
  }

  #record({ startedAt, record, question, logLines, clearLogLines, secrets }: KeptCall): void {
    const { firstStep, proxySession, policySteps, onStep } = this.options;
    const policy = policySteps?.[record.plugin.type];
    const played: PlayedStep = {
      step: {
        n: firstStep + this.played.length,
        startedAt,
        ...(proxySession === undefined ? {} : { proxySession }),
        ...record,
        ...(policy === undefined ? {} : { policy }),
        question: question === undefined ? null : toAsked(question),
        answer: null,
      },
      logLines,
      clearLogLines,
      secrets,
    };
    this.played.push(played);
    onStep?.(played);
  }

  /** Whether the plugin has had a call of this session. */
  isCalled(type: PluginType): boolean {
    return this.#called.has(type);
  }

  /** The cookies that a plugin's next call would get. */
  cookiesAfter(type: PluginType): JsonObject {
    const last = this.played.findLast(({ step }) => step.plugin.type === type);
    return isJsonObject(last?.step.cookie.after) ? last.step.cookie.after : {};
  }

  /** Calls session_ended of each plugin that was called, the credential store first; the session has ended, whatever they do. */
  async end(): Promise<void> {
    const called = pluginTypes.filter((type) => this.isCalled(type));
    await endEach(
      called,
      (type) => type,
      async (type) => {
        const { record } = await this.call(type, 'session_ended');
        if (record.outcome.kind !== 'returned') this.problems.push(describeFailure(record, 'SPS only logs this.'));
      },
    );
  }

  /** How an outcome ends the session; undefined when it goes on. */
  endingOf({ record }: CallResult): Ending | undefined {
    const { kind } = record.outcome;
    if (kind === 'returned') {
      const unreachable = record.problems.find(({ code }) => code === 'STATE_UNREACHABLE');
      if (unreachable === undefined) return undefined;
      this.problems.push(unreachable); // other hosts would go on from an older state
      return 'plugin-error';
    }
    this.problems.push(describeFailure(record, 'A plugin that fails ends the session; its log has the reason.'));
    return kind === 'timed-out' ? 'timed-out' : 'plugin-error';
  }

  /** Whether a rejected call means that the user interrupted the session. */
  isInterruption(failure: unknown): boolean {
    return this.options.signal.aborted && (failure === this.options.signal.reason || isAbort(failure));
  }
}

function toAsked({ key, prompt, disableEcho }: Question): FlowStep['question'] {
  return { key, prompt, echo: !disableEcho };
}

export function describeFailure({ plugin, hook, outcome }: CallRecord, hint: string): Problem {
  return error('HOOK_FAILED', `${hook} of ${plugin.name} ${describeOutcome(outcome)}`, hint);
}

/** Without the message of an exception, which may hold a secret. */
function describeOutcome(outcome: CallRecord['outcome']): string {
  switch (outcome.kind) {
    case 'returned':
      return 'returned';
    case 'raised':
      return `raised ${outcome.exception}`;
    case 'timed-out':
      return `was ended after ${outcome.pluginTimeoutMs} ms, half of the proxy timeout`;
    case 'crashed':
      return outcome.signal === null
        ? `ended with exit code ${outcome.exitCode ?? 0}`
        : `was ended by ${outcome.signal}`;
    case 'malformed':
      return 'gave an invalid reply';
  }
}

function isAbort(failure: unknown): boolean {
  return failure instanceof PluginHostError && failure.code === 'INTERRUPTED';
}

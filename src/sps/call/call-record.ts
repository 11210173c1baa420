import type { Json, JsonObject } from '../../base/json.ts';
import type { Problem } from '../../base/problem.ts';
import type { LocatedInTime } from '../invocation/exchange.ts';
import type { Outcome } from '../outcome/outcome.ts';
import type { Verdict } from '../plugin/find-hook.ts';
import type { HookValue } from '../plugin/hook-name.ts';
import type { Plugin } from '../plugin/plugin.ts';
import type { StackFrame } from '../stacks/stack-frame.ts';

/**
 * One stateless call with everything there is to say about it. `outcome.value` is what the hook should return; if the plugin
 * returned something else, `problems` says so. Source: product contract, JSON of `invoke`.
 */
export interface CallRecord<Hook extends string = string, Value = HookValue<Hook>> {
  plugin: Pick<Plugin, 'name' | 'version' | 'type' | 'api' | 'language' | 'path'>;
  hook: Hook;
  /** Null when nothing is kept. */
  session: string | null;
  /** Exactly what the hook received, cookies included; empty when it was not reached. */
  kwargs: JsonObject;
  outcome: Outcome<Value>;
  /** Null for a hook that does not judge and for an outcome without one. */
  verdict: Verdict | null;
  /** Equal unless the outcome is `returned` and well formed. */
  cookie: CookieChange;
  sessionCookie: CookieChange;
  deadline: {
    proxyTimeoutMs: number;
    /** Half of it: what the plugin has. */
    pluginTimeoutMs: number;
  };
  problems: Problem[];
}

export interface CookieChange {
  before: JsonObject;
  after: JsonObject;
}

export function describePluginOfRecord({ name, version, type, api, language, path }: Plugin): CallRecord['plugin'] {
  return { name, version, type, api, language, path };
}

/** Applies a change to every place of a record where a plugin's data stands. */
export function mapRecordData(
  record: CallRecord,
  text: (value: string) => string,
  json: (value: Json) => Json,
): CallRecord {
  const object = (value: JsonObject): JsonObject => json(value) as JsonObject;
  const change = ({ before, after }: CookieChange): CookieChange => ({ before: object(before), after: object(after) });
  return {
    ...record,
    kwargs: object(record.kwargs),
    outcome: mapOutcome(record.outcome, text, json),
    cookie: change(record.cookie),
    sessionCookie: change(record.sessionCookie),
    problems: record.problems.map((problem) => ({
      ...problem,
      message: text(problem.message),
      hint: text(problem.hint),
    })),
  };
}

function mapStack({ stack, otherStacks }: LocatedInTime, text: (value: string) => string): LocatedInTime {
  const map = (frames: StackFrame[]): StackFrame[] =>
    frames.map(({ file, line, name }) => ({ file: text(file), line, name: text(name) }));
  return { ...(stack && { stack: map(stack) }), ...(otherStacks && { otherStacks: otherStacks.map(map) }) };
}

function mapOutcome(outcome: Outcome, text: (value: string) => string, json: (value: Json) => Json): Outcome {
  const log = text(outcome.log);
  switch (outcome.kind) {
    case 'returned':
      return { ...outcome, log, value: json(outcome.value) };
    case 'raised':
      return {
        ...outcome,
        log,
        exception: text(outcome.exception),
        message: text(outcome.message),
        traceback: text(outcome.traceback),
        ...mapStack(outcome, text),
      };
    case 'malformed':
      return { ...outcome, log, problem: text(outcome.problem), reply: text(outcome.reply) };
    case 'timed-out':
    case 'crashed':
      return { ...outcome, log, ...mapStack(outcome, text) };
  }
}

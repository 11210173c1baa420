import type { Clock } from '../../base/clock.ts';
import type { JsonObject } from '../../base/json.ts';
import { PluginHostError } from '../../base/plugin-host-error.ts';
import { error, type Problem } from '../../base/problem.ts';
import { callHook, type CallResult, type HookCall } from '../call/call-hook.ts';
import type { CallRecord } from '../call/call-record.ts';
import type { Cookies } from '../call/cookies.ts';
import type { Question } from '../outcome/read-verdict.ts';
import type { SessionFacts } from '../store/session-facts.ts';
import type { SessionChange, SessionState } from '../store/session-state.ts';
import { gatewayUserOf, withGatewayUser } from './gateway-user.ts';

/** Faults on purpose around a call, see `disturbances`. */
export interface Disturb {
  /** Before the call: what it is given. */
  cookies?: (call: SessionCall, held: Cookies) => Cookies;
  before?: (call: SessionCall) => Promise<void>;
  /** After it: what the host sees of it. */
  result?: (call: SessionCall, result: CallResult) => CallResult;
}

export type SessionCall = Omit<HookCall, 'answers' | 'secretAnswers' | 'cookies' | 'knownSecrets'> & {
  /** Added to the session's answers, whatever the outcome. */
  newAnswers: JsonObject;
  /** Fields of the login name, which are answers too. */
  loginAnswers?: JsonObject;
  /** Instead of the session's. */
  ownCookies: Partial<Cookies>;
  clock: Clock;
  disturb?: Disturb | undefined;
};

export interface KeptCall extends CallResult {
  /** As it is stored: ISO 8601, UTC. */
  startedAt: string;
}

/** Calls a hook with the data of its session, and stores the result. @throws PluginHostError as `callHook` */
export async function callInSession(state: SessionState, call: SessionCall): Promise<KeptCall> {
  const startedAt = call.clock().toISOString();
  const plugin = `${call.plugin.type}/${call.plugin.name}`;
  try {
    const answers = { ...state.answers(), ...call.loginAnswers, ...call.newAnswers };
    const secretAnswers = state.secretAnswers();
    const { disturb } = call;
    const stored = state.cookiesOf(plugin);
    const held = disturb?.cookies?.(call, stored) ?? stored;
    await disturb?.before?.(call);
    await state.begin({ hook: call.hook.name, plugin: call.plugin.name, startedAt });
    const observed = await callHook({
      ...call,
      answers,
      secretAnswers,
      cookies: { ...held, ...call.ownCookies },
      knownSecrets: state.knownSecrets(),
    });
    const result = disturb?.result?.(call, observed) ?? observed;
    const { record, cookies, question, input } = result;
    const change: SessionChange = {
      plugin,
      cookies: cookies ?? held,
      answers,
      secretAnswers: addSecretAnswer(secretAnswers, question),
      step: {
        startedAt,
        record: withoutLog(record),
        // Found when they are needed, because that takes time.
        get logLines() {
          return result.logLines;
        },
        get secrets() {
          return result.secrets;
        },
        input,
      },
      facts: factsOf(call, record),
    };
    return Object.assign(await keep(state, change, result), { startedAt });
  } finally {
    await state.close();
  }
}

/** A call that was made is reported, even if it cannot be stored. */
async function keep(state: SessionState, change: SessionChange, result: CallResult): Promise<CallResult> {
  try {
    await state.commit(change);
    return result;
  } catch (failure) {
    if (!(failure instanceof PluginHostError)) throw failure;
    const { record } = result;
    return { ...result, record: { ...record, problems: [...record.problems, notStored(failure)] } };
  }
}

/** What a call says about its session as a whole. An ended session continues with any other hook. */
function factsOf({ connection, overlay, hook }: SessionCall, record: CallRecord): Partial<SessionFacts> {
  const given = { ...connection, ...overlay };
  const { protocol } = given;
  const { gatewayUser, gatewayGroups } = gatewayUserOf(withGatewayUser(given, record));
  return {
    ...(typeof protocol === 'string' ? { protocol: protocol.toLowerCase() } : {}),
    ...(gatewayUser === null ? {} : { gatewayUser }),
    ...(gatewayGroups === null ? {} : { gatewayGroups }),
    ...(hook.name === 'session_ended' ? {} : { ended: null, endedAt: null }),
  };
}

/** Whether a call was made that is not stored in its session. */
export function isUnstored({ code }: Problem): boolean {
  return code === 'NOT_STORED' || code === 'STATE_UNREACHABLE';
}

export function notStored({ code, message, hint }: PluginHostError): Problem {
  return error(
    code === 'STATE_UNREACHABLE' ? code : 'NOT_STORED',
    `this call was made, but it is not stored in its session: ${message}`,
    hint,
  );
}

function addSecretAnswer(keys: readonly string[], question: Question | undefined): readonly string[] {
  return question?.disableEcho === true ? [...new Set([...keys, question.key])] : keys;
}

/** The log is stored only as masked lines. */
function withoutLog(record: CallResult['record']): CallResult['record'] {
  return { ...record, outcome: { ...record.outcome, log: '' } };
}

import type { JsonDifference } from '../../base/diff-json.ts';
import type { JsonObject } from '../../base/json.ts';
import { callHook, type CallResult } from '../call/call-hook.ts';
import type { Cookies } from '../call/cookies.ts';
import { withAnswers } from '../call/with-answers.ts';
import { buildKwargs } from '../plugin/build-kwargs.ts';
import type { Hook } from '../plugin/find-hook.ts';
import { requireHook } from '../session/open-plugin.ts';
import type { StoredStep } from '../store/session-content.ts';
import { compareRecords } from './compare-records.ts';
import type { Reopened } from './reopen-plugin.ts';

export interface ReplayOptions extends Reopened {
  /** Replaces what was recorded, key by key. */
  edits: JsonObject;
  /** Answers that replace the recorded ones. */
  answers: JsonObject;
  /** Keys whose answers were typed with echo off. */
  secretAnswers: readonly string[];
  /** Known from the session. */
  knownSecrets: readonly string[];
  /** Run what the release would not run. */
  force: boolean;
  signal: AbortSignal;
}

export interface Replay {
  step: StoredStep;
  result: CallResult;
  /** In clear; none when the call went as recorded. */
  differences: JsonDifference[];
}

/** Calls the hook of a step with its recorded input, and keeps nothing of it in the session. @throws PluginHostError as `callHook` */
export async function replayStep(step: StoredStep, options: ReplayOptions): Promise<Replay> {
  const { plugin, host, edits, answers, secretAnswers, knownSecrets, force, signal } = options;
  const hook = requireHook(plugin, step.record.hook, force ? undefined : host.release.api);
  const cookies = recordedCookies(step);
  const { connection, additions } = recordedArguments(step, hook);
  const result = await callHook({
    ...host,
    plugin,
    hook,
    connection,
    overlay: withAnswers({ ...additions, ...edits }, answers),
    answers,
    newAnswers: answers,
    secretAnswers,
    cookies,
    sessionName: step.record.session,
    knownSecrets,
    signal,
  });
  return { step, result, differences: compareRecords(step.record, result.record) };
}

function recordedCookies({ record, input }: StoredStep): Cookies {
  return (
    input?.cookies ?? {
      cookie: JSON.stringify(record.cookie.before),
      session_cookie: JSON.stringify(record.sessionCookie.before),
    }
  );
}

/**
 * The recorded arguments as a connection, from which the names of any release are made, and the additions: arguments that
 * SPS would not have passed.
 */
export function recordedArguments(step: StoredStep, hook: Hook): Record<'connection' | 'additions', JsonObject> {
  const { cookie, session_cookie, ...received } = step.record.kwargs;
  const given = step.input?.kwargs ?? received;
  const { gateway_username: gatewayUser, ...others } = given;
  const connection =
    gatewayUser === undefined || 'gateway_user' in given ? given : { ...others, gateway_user: gatewayUser };
  const rebuilt = buildKwargs(hook, {
    connection,
    overlay: {},
    answers: {},
    cookie: {},
    sessionCookie: {},
    sessionName: '',
    api: step.input?.api ?? step.record.plugin.api,
  });
  const isAddition = ([name, value]: [string, unknown]): boolean =>
    JSON.stringify(rebuilt[name]) !== JSON.stringify(value);
  return { connection, additions: Object.fromEntries(Object.entries(given).filter(isAddition)) };
}

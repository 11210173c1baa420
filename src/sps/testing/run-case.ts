import { systemClock } from '../../base/clock.ts';
import { PluginHostError } from '../../base/plugin-host-error.ts';
import type { Problem } from '../../base/problem.ts';
import { backendSecrets } from '../../targets/backends/backend-secrets.ts';
import { layBackends } from '../../targets/backends/lay-backends.ts';
import { failureOfError, isFaultOfCase } from '../../testing/compose-failure.ts';
import { findWarnings } from '../../testing/find-warnings.ts';
import type { EarlyEnd, RanCase } from '../../testing/tell-once.ts';
import type { TestFailure } from '../../testing/test-report.ts';
import type { ExpectationWriter } from '../../testing/updating/expectation-writer.ts';
import type { RunningBackends } from '../backends/running-backends.ts';
import { startBackends } from '../backends/start-backends.ts';
import type { CallResult } from '../call/call-hook.ts';
import type { CallRecord } from '../call/call-record.ts';
import type { Cookies } from '../call/cookies.ts';
import { timeoutsOf } from '../call/resolve-host.ts';
import { withAnswers } from '../call/with-answers.ts';
import { failOpenCodes } from '../outcome/check-fail-open.ts';
import { Recorder } from '../recording/recorder.ts';
import { callInSession, type SessionCall } from '../session/call-in-session.ts';
import type { Member } from '../session/open-member.ts';
import { plainRecord, requireHook } from '../session/open-plugin.ts';
import { MemorySession } from '../store/memory-session.ts';
import { describeFailedStep, type FailureOptions } from './describe-failed-step.ts';
import { findMismatches } from './find-mismatches.ts';
import type { LoadedCase, LoadedStep, LoadedTestFile } from './read-test-file.ts';
import type { Expectation } from './test-file.ts';
import type { TestPlugins } from './test-plugins.ts';
import { updateStep } from './update-step.ts';

export interface RunOptions extends FailureOptions {
  plugins: TestPlugins;
  /** Each call waits for a debugger, and the time that it takes says nothing. */
  debugging?: SessionCall['debugging'];
  /** Writes what came over what a failing expectation says. */
  updates?: ExpectationWriter | undefined;
  signal: AbortSignal;
}

/** Calls the steps of a case in their order, up to the first that fails. @throws PluginHostError of the host and its machine; the reason of an aborted signal */
export async function runCase(file: LoadedTestFile, each: LoadedCase, options: RunOptions): Promise<RanCase> {
  const startedAt = performance.now();
  const problems: Problem[] = [];
  const { isWritten, ...failed } = await judgeCase(file, each, options, problems);
  const durationMs = Math.round(performance.now() - startedAt);
  const warnings = findWarnings(problems, failOpenCodes);
  return {
    name: isWritten === true ? `${each.name} (expect written)` : each.name,
    passed: failed.failure === undefined,
    durationMs,
    ...failed,
    ...(warnings.length > 0 && { warnings }),
  };
}

/** The one failure of a case, and what ended it where no hook was reached. */
interface Judgement {
  failure?: TestFailure;
  cause?: EarlyEnd;
  /** What came is in the file now. */
  isWritten?: boolean;
}

async function judgeCase(
  file: LoadedTestFile,
  each: LoadedCase,
  options: RunOptions,
  problems: Problem[],
): Promise<Judgement> {
  let isWritten = false;
  let step = each.steps[0];
  let running: RunningBackends | undefined;
  const stateFolder = options.plugins.takeStateFolder();
  try {
    const subject = await options.plugins.open(file.subject);
    const session = new MemorySession();
    const recorder = new Recorder(subject.place, 'test');
    let seed: Partial<Cookies> = {};
    for (const loaded of each.steps) {
      const prepared = subject.prepare((step = loaded));
      step = prepared.step;
      const provided = subject.provide(surround(prepared.member.host, each, file.file));
      running ??= await startBackends(provided.host);
      const member = { ...prepared.member, host: { ...provided.host, running, stateDir: stateFolder } };
      problems.push(...(loaded === each.steps[0] ? provided.problems : []));
      seed = { ...seed, ...cookiesOf(step) };
      const result = await callStep(member, step, {
        session,
        recorder,
        ownCookies: seed,
        debugging: options.debugging && namingCall(options.debugging, each, step),
        signal: options.signal,
      });
      // Returned cookies replace them; a failed call leaves them for the next one.
      if (result.record.outcome.kind === 'returned') seed = {};
      // What a test names is known.
      if (step.expect.problems === undefined) problems.push(...result.record.problems);
      const compared = judged(step, result.record, options);
      const found = findMismatches(...compared, running);
      if (found.length === 0) continue;
      const failed = { file, each, step, member, result, running, options };
      const updated = options.updates && updateStep(options.updates, failed, compared);
      const left = updated?.left;
      isWritten ||= updated?.isWritten === true;
      if (left?.length === 0) continue;
      const mismatches = left?.map(({ mismatch }) => mismatch) ?? found;
      const notes = new Set(left?.map(({ why }) => why));
      const failure = describeFailedStep({ ...failed, mismatches, answers: session.answers(), notes: [...notes] });
      return { failure, ...causeOf(result), isWritten };
    }
    return { isWritten };
  } catch (error) {
    if (!(error instanceof PluginHostError) || !isFaultOfCase(error)) throw error;
    const keys = error.code === 'HOOK_UNKNOWN' ? [...(step?.keys ?? each.keys), 'hook'] : (step?.keys ?? each.keys);
    const failure = failureOfError(error, { line: file.lineOf(keys) });
    return ofOneHook.has(error.code)
      ? { failure }
      : { failure, cause: { key: failure.message, why: 'the plugin cannot be run' } };
  } finally {
    await running?.close();
    options.plugins.giveBack(stateFolder);
  }
}

/** Codes of a single call; anything else prevents every call of the plugin. */
const ofOneHook = new Set<string>(['HOOK_UNKNOWN', 'HOOK_MISSING', 'USAGE', 'JSON_INVALID']);

const early = { start: 'started', import: 'imported', constructor: 'constructed' };

function causeOf({ record: { outcome } }: CallResult): { cause?: EarlyEnd } {
  const { phase, durationMs, log, ...ending } = outcome;
  if (phase === 'hook' || phase === 'reply') return {};
  return { cause: { key: JSON.stringify([phase, ending]), why: `the plugin cannot be ${early[phase]}` } };
}

/** Says of which case a call waits. */
function namingCall(
  debugging: NonNullable<RunOptions['debugging']>,
  { name, steps }: LoadedCase,
  { hook, keys }: LoadedStep,
): typeof debugging {
  const at = steps.findIndex((each) => each.keys === keys);
  const call = `${steps.length > 1 ? `step ${at + 1}, ` : ''}${hook} of the case ${JSON.stringify(name)}`;
  return {
    ...debugging,
    onWaiting: (waiting) => {
      debugging.onWaiting({ ...waiting, call });
    },
  };
}

/** What is expected of a call, and what came of it; without what a debugger brings: a call that waits for one is late, and says that it had no deadline. */
function judged(
  { expect }: LoadedStep,
  record: CallRecord,
  { debugging }: Pick<RunOptions, 'debugging'>,
): [Expectation, CallRecord] {
  const plain = plainRecord(record);
  if (debugging === undefined) return [expect, plain];
  const { withinMs, ...others } = expect;
  return [others, { ...plain, problems: plain.problems.filter(({ code }) => code !== 'DEADLINE_OFF') }];
}

/** What a case says wins over the project file. */
function surround(
  host: Member['host'],
  { configuration, proxyTimeoutMs, services, backends }: LoadedCase,
  file: string,
): Member['host'] {
  return {
    ...host,
    configuration: configuration?.text ?? host.configuration,
    configurationFrom: configuration === undefined ? host.configurationFrom : file,
    test: { file, backends },
    ...(proxyTimeoutMs === undefined ? {} : timeoutsOf(proxyTimeoutMs)),
    services: { ...host.services, ...services?.services },
    backends: layBackends(host.backends, backends),
    serviceSecrets: [...host.serviceSecrets, ...(services?.secrets ?? []), ...(backends ?? []).flatMap(backendSecrets)],
  };
}

function cookiesOf({ cookie, sessionCookie }: LoadedStep): Partial<Cookies> {
  return {
    ...(cookie === undefined ? {} : { cookie: JSON.stringify(cookie) }),
    ...(sessionCookie === undefined ? {} : { session_cookie: JSON.stringify(sessionCookie) }),
  };
}

interface StepCall {
  session: MemorySession;
  recorder: Recorder;
  ownCookies: Partial<Cookies>;
  debugging: RunOptions['debugging'];
  signal: AbortSignal;
}

async function callStep(
  { plugin, host, shims }: Member,
  { hook, connection, kwargs, answers }: LoadedStep,
  { session, recorder, ownCookies, debugging, signal }: StepCall,
): Promise<CallResult> {
  return callInSession((await recorder.watch(session)) ?? session, {
    plugin,
    hook: requireHook(plugin, hook, host.release.api),
    ...host,
    shims,
    connection,
    overlay: withAnswers(kwargs, { ...session.answers(), ...answers }),
    newAnswers: answers,
    ownCookies,
    clock: systemClock,
    sessionName: null,
    debugging,
    signal,
  });
}
